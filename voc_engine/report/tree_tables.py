"""The tree of what was found as tables: themes, the findings below them, and topics, with name, definition, basis."""

from __future__ import annotations

from dataclasses import fields

from voc_engine.records import Insight, ThemeNode, Topic, TopicNode, stable_hash
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence

_KEYWORDS = 4  # a choice: words that say what a topic is about where it has no definition


def theme_id(name: str) -> str:
    """Id of the theme of that name: the same in every run."""
    return f"th-{stable_hash('theme', name)}"


def theme_nodes(evidence: Evidence) -> list[ThemeNode]:
    """Every theme that tells more than one of its findings does, that of most people first."""
    nodes = []
    for name, inside in evidence.themes.items():
        several = sum(one.n_people > 1 for one in inside)
        mentions = sum(len(evidence.members[one.insight_id]) for one in inside)
        nodes.append(
            ThemeNode(
                theme_id(name), None, name, _defined(name, inside), "found", len(evidence.theme_people[name]), mentions,
                several, tuple(one.insight_id for one in inside),
            )
        )  # fmt: skip
    return nodes


def _defined(name: str, inside: list[Insight]) -> str:
    """What belongs to it, with its leading findings as examples."""
    led = [one.name for one in inside if one.n_people > 1 and one.name]
    examples = f", such as {wording.listing(led[:2])}" if led else ""
    return f"What people say of {name} (and what is meant by it){examples}."


def topic_nodes(evidence: Evidence) -> list[TopicNode]:
    """The topics with what a node has."""
    return [
        TopicNode(
            **{field.name: getattr(one, field.name) for field in fields(Topic)}, name=one.label,
            definition=f"Sentences near to each other in what they are about; what sets them apart: {_terms(one)}.",
        )
        for one in evidence.study.tables.of(Topic)
    ]  # fmt: skip


def _terms(topic: Topic) -> str:
    return wording.listing(list(topic.keywords[:_KEYWORDS]) or [topic.label])


def parents(evidence: Evidence) -> dict[str, str | None]:
    """Insight id -> id of its theme; None where it stands by itself."""
    return {
        one.insight_id: theme_id(one.theme) if one.theme in evidence.themes and one.theme else None
        for one in evidence.insights.values()
    }
