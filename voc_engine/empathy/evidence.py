"""The evidence of one persona: its people's own mentions, by quadrant and by insight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voc_engine.records import Batch, Insight, InsightMember, Membership, Mention, Persona, Segment
from voc_engine.records.utterance import EVIDENCE_ROLES


@dataclass(frozen=True)
class Evidence:
    """``mentions`` of one persona's people, by id; ``insight_of`` maps mention id to insight id."""

    persona: Persona
    mentions: Sequence[Mention]
    insight_of: Mapping[str, str]
    insights: Mapping[str, Insight]

    def by_claim(self, mentions: Iterable[Mention]) -> list[list[Mention]]:
        """Mentions that say the same: of one insight, or alone where they are in none. Sorted by people, then id."""
        claims: dict[str, list[Mention]] = {}
        for mention in mentions:
            claims.setdefault(self.insight_of.get(mention.mention_id, mention.mention_id), []).append(mention)
        return sorted(claims.values(), key=lambda said: (-len({m.person_id for m in said}), said[0].mention_id))


@dataclass(frozen=True)
class StudyEvidence:
    """Evidence per persona, in the order of the personas, and how many people the study has."""

    personas: Sequence[Evidence]
    n_people: int


def collect(batch: Batch) -> StudyEvidence:
    """Hand every persona its people's own mentions. What they report of others (``holder``) is kept out."""
    home = {m.person_id: m.persona_id for m in batch.of(Membership) if m.persona_id is not None}
    insight_of = {member.mention_id: member.insight_id for member in batch.of(InsightMember)}
    insights = {insight.insight_id: insight for insight in batch.of(Insight)}
    mine: dict[str, list[Mention]] = {}
    everyone = {s.person_id for s in batch.of(Segment) if s.role in EVIDENCE_ROLES}
    for mention in sorted(batch.of(Mention), key=lambda m: m.mention_id):
        everyone.add(mention.person_id)
        if mention.holder == "self" and mention.person_id in home:
            mine.setdefault(home[mention.person_id], []).append(mention)
    return StudyEvidence(
        [Evidence(p, mine.get(p.persona_id, ()), insight_of, insights) for p in batch.of(Persona)], len(everyone)
    )


def people_first(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Mention ids, one of each person before anybody's second."""
    seen: dict[str, int] = {}
    ranked = []
    for number, mention in enumerate(mentions):
        turn = seen.get(mention.person_id, 0)
        seen[mention.person_id] = turn + 1
        ranked.append((turn, number, mention.mention_id))
    return tuple(mention_id for _, _, mention_id in sorted(ranked))
