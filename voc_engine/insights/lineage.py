"""Ids across runs: insights that are the same as earlier ones get the earlier ids, whatever became of their founders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voc_engine.insights.matching import Claim, match
from voc_engine.records import Batch, Insight, InsightMember, stable_hash


def with_earlier_ids(result: Batch, earlier: Batch) -> Batch:
    """``result`` (Insight, InsightMember) with the ids of ``earlier`` (the same) where the mentions show it to be the same.

    Of a split the piece with most of the old mentions keeps the id, of a merger the old insight with most of them gives
    it. Ids stay distinct: an id that an earlier insight has elsewhere is given up.
    """
    old, new = _claims(earlier), _claims(result)
    given: dict[str, str] = {}
    for one in match(list(old.values()), list(new.values())):
        if one.old and one.new:
            before, now = _closest([old[key] for key in one.old], [new[key] for key in one.new])
            given[now] = before
    taken = set(given.values())
    for key in new:
        if key not in given:
            given[key] = _free(key, taken)
            taken.add(given[key])
    return _renamed(result, given)


def _claims(batch: Batch) -> dict[str, Claim]:
    evidence: dict[str, set[str]] = {}
    for member in batch.of(InsightMember):
        evidence.setdefault(member.insight_id, set()).add(member.mention_id)
    return {
        one.insight_id: Claim(one.insight_id, one.kind, frozenset(evidence.get(one.insight_id, ())))
        for one in sorted(batch.of(Insight), key=lambda one: one.insight_id)
    }


def _closest(old: list[Claim], new: list[Claim]) -> tuple[str, str]:
    pairs = [(-len(one.evidence & other.evidence), one.claim_id, other.claim_id) for one in old for other in new]
    _, before, now = min(pairs)
    return before, now


def _free(key: str, taken: set[str]) -> str:
    while key in taken:
        key = f"i-{stable_hash(key, 'again')}"
    return key


def _renamed(result: Batch, names: Mapping[str, str]) -> Batch:
    insights = [
        replace(
            one,
            insight_id=names[one.insight_id],
            suggested_merges=tuple(names[other] for other in one.suggested_merges),
        )
        for one in result.of(Insight)
    ]
    insights.sort(key=lambda one: (-one.priority, one.insight_id))
    members = [InsightMember(one.mention_id, names[one.insight_id]) for one in result.of(InsightMember)]
    return Batch.make((Insight, insights), (InsightMember, members))
