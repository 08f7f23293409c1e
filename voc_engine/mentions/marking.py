"""What is marked of a reading: what is sure enough, worth a researcher's marking, and somebody's own experience."""

from __future__ import annotations

from voc_engine.config.sections import MentionsConfig
from voc_engine.mentions.contract import Finding, Reading
from voc_engine.records import MENTION_KINDS

# The plot of a story is nobody's experience; what might happen is a reason or a wish, and no experience yet.
_TOLD_BY = {
    "self": MENTION_KINDS, "other": MENTION_KINDS, "story": (), "hypothetical": ("goal", "objection", "request"),
}  # fmt: skip


def marked_kinds(reading: Reading, options: MentionsConfig) -> list[str]:
    """The kinds that a study with these options marks: most talk that leans to a kind is not marked."""
    if reading.worth < options.min_worth:
        return []
    unheard = frozenset((*reading.off, *reading.doubted)) if not options.every_kind else frozenset()
    return [
        kind
        for kind in MENTION_KINDS
        if reading.probabilities[kind] >= options.min_probability
        and kind not in unheard
        and kind in _TOLD_BY[reading.holder]
    ]


def marked(reading: Reading, options: MentionsConfig) -> list[Finding]:
    """The findings of the marked kinds, by kind and place."""
    kinds = marked_kinds(reading, options)
    findings = [
        finding
        for finding in reading.findings
        if finding.kind in kinds and finding.probability >= options.min_probability
    ]
    return sorted(findings, key=lambda finding: (MENTION_KINDS.index(finding.kind), finding.start, finding.end))
