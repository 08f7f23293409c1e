"""The evidence of one persona: its people's own mentions, by quadrant and by insight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voc_engine.language.stems import content_set
from voc_engine.language.telling import telling
from voc_engine.records import Batch, Insight, InsightMember, Membership, Mention, Persona, Segment
from voc_engine.records.utterance import EVIDENCE_ROLES
from voc_engine.statistics import log_odds


@dataclass(frozen=True)
class Evidence:
    """``mentions`` of one persona's people, by id; ``insight_of`` maps mention id to insight id.

    ``weights``: stems of words by how much they set this persona apart from the others.
    """

    persona: Persona
    mentions: Sequence[Mention]
    insight_of: Mapping[str, str]
    insights: Mapping[str, Insight]
    weights: Mapping[str, float] = field(default_factory=dict)

    def fitness(self, mention: Mention) -> tuple[bool, bool, float, str]:
        """Sort key: the most telling mention first, those that a person should check after all others, and last the
        words of people who may not be quoted."""
        return (
            mention.quotable == "none",
            bool(mention.review),
            -telling(mention, content_set(mention.quote), self.weights),
            mention.mention_id,
        )

    def best(self, mentions: Sequence[Mention]) -> Mention | None:
        """The fittest to lend an entry its words; None where nobody of them may be quoted."""
        best = min(mentions, key=self.fitness)
        return None if best.quotable == "none" else best

    def by_claim(self, mentions: Iterable[Mention]) -> list[list[Mention]]:
        """Mentions that say the same: of one insight, or alone where they are in none.

        Sorted by people, then by the most telling mention.
        """
        claims: dict[str, list[Mention]] = {}
        for mention in mentions:
            claims.setdefault(self.insight_of.get(mention.mention_id, mention.mention_id), []).append(mention)
        return sorted(
            claims.values(), key=lambda said: (-len({m.person_id for m in said}), min(self.fitness(m) for m in said))
        )


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
    personas = []
    for persona in batch.of(Persona):
        own_mentions = mine.get(persona.persona_id, [])
        others = [m for key in sorted(mine) if key != persona.persona_id for m in mine[key]]
        personas.append(Evidence(persona, own_mentions, insight_of, insights, _own_words(own_mentions, others)))
    return StudyEvidence(personas, len(everyone))


def people_first(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Mention ids, one of each person before anybody's second."""
    turns: dict[str, int] = {}
    ranked = []
    for number, mention in enumerate(mentions):
        turn = turns.get(mention.person_id, 0)
        turns[mention.person_id] = turn + 1
        ranked.append((turn, number, mention.mention_id))
    return tuple(mention_id for _, _, mention_id in sorted(ranked))


def _own_words(mine: Sequence[Mention], others: Iterable[Mention]) -> dict[str, float]:
    """Stem -> z of the log-odds of people who use it, at least 0: what sets this persona's talk apart."""
    here, there = _users(mine), _users(others)
    inside, outside = len({m.person_id for m in mine}), len(set[str]().union(*there.values()))
    if not inside or not outside:
        return {}
    return {stem: max(0.0, log_odds(len(who), inside, len(there.get(stem, ())), outside)) for stem, who in here.items()}


def _users(mentions: Iterable[Mention]) -> dict[str, set[str]]:
    users: dict[str, set[str]] = {}
    for mention in mentions:
        for stem in content_set(mention.quote):
            users.setdefault(stem, set()).add(mention.person_id)
    return users
