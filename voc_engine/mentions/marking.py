"""What is marked of a reading: what is sure enough, worth a researcher's marking, and somebody's own experience."""

from __future__ import annotations

from voc_engine.config.sections import MentionsConfig
from voc_engine.mentions.contract import Finding, Reading
from voc_engine.records import MENTION_KINDS

# The plot of a story is nobody's experience; what might happen is a reason or a wish, and no experience yet.
_TOLD_BY = {
    "self": MENTION_KINDS, "other": MENTION_KINDS, "story": (), "hypothetical": ("goal", "objection", "request"),
}  # fmt: skip


def marked(reading: Reading, options: MentionsConfig) -> list[Finding]:
    """The findings that a study with these options keeps, by kind and place: most talk that leans to a kind carries no
    finding."""
    if reading.worth < options.min_worth:
        return []
    unheard = frozenset(reading.off) if not options.every_kind else frozenset()
    kept = [
        finding
        for finding in reading.findings
        if finding.probability >= options.min_probability
        and finding.kind not in unheard
        and finding.kind in _TOLD_BY[reading.holder]
    ]
    return sorted(kept, key=lambda finding: (MENTION_KINDS.index(finding.kind), finding.start, finding.end))
