"""The run as people decided it, at once: what the next run will say of items, people and counts, without a fit.

Every action is the function that the stages replay (``Grouping``, ``decided_mentions``), so that page and next run agree.
A change costs what was decided, not what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from voc_engine.mentions.replay import added, as_decided, fits
from voc_engine.privacy.withholding import withhold
from voc_engine.records import (
    Batch,
    Decision,
    Document,
    Grouping,
    Insight,
    Mention,
    Passage,
    Persona,
    Segment,
    Topic,
    Utterance,
    end_of_merges,
    move_of,
    said_of,
)
from voc_engine.review.given_codes import CodeLayer
from voc_engine.review.material import Material
from voc_engine.runners.targets import Found, resolve
from voc_engine.statistics import wilson
from voc_engine.store.holdings import spread

# What the value of such a decision names.
PICKED = {"move": "insight", "assign": "persona"}


@dataclass(frozen=True, slots=True)
class Counted:
    """An insight with the people behind it as decisions have it. ``fresh``: whether it is as the run counted it; if not,
    its priority, trend and statement are still the run's."""

    insight_id: str
    insight: Insight
    name: str
    n_people: int
    n_mentions: int
    share_low: float
    share_high: float
    fresh: bool


class AnyOf(Set[str]):
    """Whether an id is a key of any of these, without a copy of them all."""

    def __init__(self, *mappings: Mapping[str, object]) -> None:
        self.known = mappings

    def __contains__(self, key: object) -> bool:
        return any(key in one for one in self.known)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.known)

    def __len__(self) -> int:
        return sum(map(len, self.known))


def _fresh(insight: Insight, name: str) -> Counted:
    """As the run counted it."""
    figures = (insight.n_people, insight.n_mentions, insight.share_low, insight.share_high)
    return Counted(insight.insight_id, insight, name, *figures, fresh=True)


class Overlay:
    """``material`` with decisions ``in_force``. Nothing in it changes: the next decision makes another overlay."""

    def __init__(self, material: Material, decisions: Sequence[Decision]) -> None:
        self.material, self.decisions = material, list(decisions)
        self._settle_mentions()
        self._settle_insights()
        self._settle_people()
        self.codes = CodeLayer(material, self.decisions)

    def _settle_mentions(self) -> None:
        """What was decided on single passages, placed in the stored texts and shown as readers may see it."""
        material = self.material
        wanted = [one for one in self.decisions if one.target in ("mention", "document")]
        texts, stored = material.texts, material.stored_mentions
        self.lost = [one for one in wanted if one.action in ("add", "bounds") and not fits(one, texts, stored)]
        self.said = said_of(wanted, "mention")
        by_hand = {new.mention_id: new for one in wanted if one.action == "add" and (new := added(one, texts))}
        self.added = {key: one for key, one in by_hand.items() if key not in stored}
        every = {key: stored.get(key) or self.added.get(key) for key in (*self.said, *self.added)}
        changed = {key: as_decided(one, self.said.get(key, {}), texts) for key, one in every.items() if one is not None}
        self.changed: dict[str, Mention | None] = self._readable(changed)
        self.rejected = frozenset(key for key, one in self.changed.items() if one is None)

    def _readable(self, changed: dict[str, Mention | None]) -> dict[str, Mention | None]:
        here = {one.document_id for one in changed.values() if one is not None} & self.material.silenced
        if not here:
            return changed
        tables = self.material.tables
        batch = Batch.make(
            (Document, [one for one in tables.of(Document) if one.document_id in here]),
            (Utterance, [one for one in tables.of(Utterance) if one.document_id in here]),
            (Segment, [one for one in tables.of(Segment) if one.document_id in here]),
            (Mention, [one for one in changed.values() if one is not None and one.document_id in here]),
        )
        readable = {one.mention_id: one for one in withhold(batch, self.material.withheld).of(Mention)}
        return {key: readable.get(key, one) if one is not None else None for key, one in changed.items()}

    def _settle_insights(self) -> None:
        material = self.material
        wanted = [one for one in self.decisions if one.target == "insight" or one.action == "move"]
        wanted += [move for one in self.decisions if (move := move_of(one)) is not None]
        targets = AnyOf(material.insights, material.stored_mentions, self.added)
        self.groups = Grouping(material.home, material.members)
        self.found: list[Found] = resolve(wanted, self.groups, targets)
        on_insights = [one.decision for one in self.found if one.decision.target == "insight"]
        self.on_insight = said_of(on_insights, "insight")
        self.gone = frozenset(key for key, said in self.on_insight.items() if "reject" in said)

    def _settle_people(self) -> None:
        material = self.material
        wanted = [one for one in self.decisions if one.target == "persona" or one.action == "assign"]
        self.crowds = Grouping(material.member_of, material.crowds)
        resolved = resolve(wanted, self.crowds, AnyOf(material.personas, material.member_of))
        self.on_persona = said_of((one.decision for one in resolved), "persona")
        on_topics = [one for one in self.decisions if one.target == "topic"]
        topics = resolve(on_topics, Grouping(material.topic_of, material.topic_segments), material.topics.keys())
        self.on_topic = said_of((one.decision for one in topics), "topic")
        self.found += [*resolved, *topics]

    def mention(self, mention_id: str) -> Mention | None:
        """As decided; None where it was rejected or never was."""
        return self.changed[mention_id] if mention_id in self.changed else self.material.mentions.get(mention_id)

    def any_mention(self, mention_id: str) -> Mention | None:
        """As decided, and a rejected one as it was: a page shows it struck through."""
        return self.mention(mention_id) or self.material.mentions.get(mention_id) or self.added.get(mention_id)

    def mentions_in(self, document_id: str) -> list[Mention]:
        """Of a document, in the order of its text; rejected ones are left out."""
        keys = [*self.material.mentions_in.get(document_id, ()), *self._added_in.get(document_id, ())]
        mentions = [mention for key in keys if (mention := self.mention(key)) is not None]
        return sorted(mentions, key=lambda one: (one.start, -one.end, one.mention_id))

    @cached_property
    def _added_in(self) -> dict[str, list[str]]:
        by_document: dict[str, list[str]] = defaultdict(list)
        for key, mention in self.added.items():
            by_document[mention.document_id].append(key)
        return by_document

    def home(self, mention_id: str) -> str | None:
        """The insight that a mention is in, None for none."""
        item = self.groups.of(mention_id)
        return None if item in self.gone else item

    def members(self, insight_id: str | None) -> list[str]:
        """Ids of an insight's mentions, without rejected ones, in a fixed order."""
        return sorted(self.groups.pieces(insight_id) - self.rejected)

    def insight(self, insight_id: str) -> Counted | None:
        """An insight with its people counted; None where it is rejected, merged away or empty."""
        return self.counted.get(insight_id)

    @cached_property
    def counted(self) -> dict[str, Counted]:
        """Every insight that is left, strongest first; what was made by hand stands behind what it was made of."""
        material, groups = self.material, self.groups
        if not material.counted:
            material.counted.update({key: _fresh(one, one.title) for key, one in material.insights.items()})
        touched: Set[str | None] = groups.touched | {groups.of(key) for key in self.rejected}
        findings = dict(material.counted)
        for key in self.on_insight.keys() & material.insights.keys() - touched:
            findings[key] = _fresh(material.insights[key], self.name(key, material.insights[key]))
        for key in sorted(key for key in touched if key is not None):
            counted = self._count(key)
            if counted is not None:
                findings[key] = counted
            else:
                findings.pop(key, None)
        for key in self.gone:
            findings.pop(key, None)
        return findings

    def _count(self, key: str) -> Counted | None:
        of_run = self.material.insights.get(key)
        members = [mention for name in self.members(key) if (mention := self.mention(name)) is not None]
        if not members:
            return None
        people = len({one.person_id for one in members})
        total = max(len(self.material.people), people)
        low, high = wilson(people, total)
        insight = of_run or self._stands_for(key, members)
        return Counted(key, insight, self.name(key, insight), people, len(members), low, high, False)

    def _stands_for(self, key: str, members: Sequence[Mention]) -> Insight:
        """What is split off, until a run describes it: the figures of what it was part of, its own surest words."""
        best = max(members, key=lambda one: (one.quotable != "none", one.probability, one.mention_id))
        origin = self.material.home.get(best.mention_id)
        source = self.material.insights.get(origin or "") or next(iter(self.material.insights.values()))
        statement = best.statement or best.quote
        return replace(source, insight_id=key, kind=best.kind, statement=statement, suggested_merges=())

    def name(self, insight_id: str, insight: Insight) -> str:
        """What an insight is called: the name given to it by a person, its own, or what it says."""
        renamed = self.on_insight.get(insight_id, {}).get("rename")
        return renamed or insight.title

    def end(self, insight_id: str) -> str:
        """The insight into which one was merged, or itself."""
        return end_of_merges(insight_id, self.groups.into)

    def persona_name(self, persona_id: str) -> str:
        """The name that holds; a persona that a split made has none yet."""
        persona = self.material.personas.get(persona_id)
        return self.on_persona.get(persona_id, {}).get("rename") or (persona.name if persona else "Split off by hand")

    def personas(self) -> list[tuple[str, Persona | None, list[str]]]:
        """(id, card of the run, people) of every persona that has people."""
        keys = [
            *self.material.personas,
            *sorted(k for k in self.crowds.touched if k and k not in self.material.personas),
        ]
        rows = ((key, self.material.personas.get(key), sorted(self.crowds.pieces(key))) for key in keys)
        return [(key, card, people) for key, card, people in rows if people]

    def topics(self) -> list[tuple[Topic, str]]:
        """(topic, label) of those that were not merged into another."""
        decided = self.on_topic
        standing = (one for key, one in self.material.topics.items() if "merge" not in decided.get(key, {}))
        return [(one, decided.get(one.topic_id, {}).get("rename") or one.label) for one in standing]

    def standing_on(self, decision: Decision) -> Decision:
        """A new decision with what its target holds now, by which it is known again when ids change."""
        groupings = {"insight": self.groups, "persona": self.crowds}
        evidence, other = decision.evidence, ""
        if not evidence and decision.target in groupings:
            evidence = tuple(spread(sorted(groupings[decision.target].pieces(decision.target_id))))
        if not evidence and decision.target == "topic":
            evidence = tuple(spread(sorted(self.material.topic_segments.get(decision.target_id, ()))))
        if decision.action in ("merge", "move", "assign"):
            other = {"move": "insight", "assign": "persona"}.get(decision.action, decision.target)
        if decision.action == "add" and (passage := Passage.read(decision.value)) and passage.insight_id:
            return replace(decision, evidence=evidence, value_evidence=self._holds("insight", passage.insight_id))
        value_evidence = decision.value_evidence or self._holds(other, decision.value or "")
        return replace(decision, evidence=evidence, value_evidence=value_evidence)

    def _holds(self, target: str, key: str) -> tuple[str, ...]:
        ids: Iterable[str] = ()
        if target in ("insight", "persona"):
            ids = (self.groups if target == "insight" else self.crowds).pieces(key)
        elif target == "topic":
            ids = self.material.topic_segments.get(key, ())
        return tuple(spread(sorted(ids)))
