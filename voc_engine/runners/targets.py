"""Which item of this run a decision means: by its id, else by the evidence on which it stood when it was decided on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from voc_engine.records import Decision


@dataclass(frozen=True)
class Found:
    """``decision`` with the ids that hold in this run; ``given`` is the decision as it was made."""

    given: Decision
    decision: Decision

    @property
    def moved(self) -> bool:
        """Whether the item has another id now than when it was decided on."""
        return self.given.target_id != self.decision.target_id


def resolve(decisions: Iterable[Decision], home: Mapping[str, str], ids: Iterable[str]) -> list[Found]:
    """The decisions whose target is in this run. ``home``: id of a piece of evidence -> id of the item that holds it.

    Splits come first: what they make may be the target of others. Where two decisions on different items of old turn
    out to mean one item now, the later one holds.
    """
    given, homes, known = list(decisions), dict(home), set(ids)
    found: list[Found] = []
    for one in (one for one in given if one.action == "split"):
        target = _item(one.target_id, one.evidence, homes, known)
        leaving = [piece for piece in one.leaving if target is not None and homes.get(piece) == target]
        if target is None or not leaving:
            continue
        found.append(Found(one, replace(one, target_id=target)))
        homes |= dict.fromkeys(leaving, one.split_id)
        known.add(one.split_id)
    latest: dict[tuple[str, str], Found] = {}
    for one in (one for one in given if one.action != "split"):
        target = _item(one.target_id, one.evidence, homes, known)
        value = one.value
        if one.action == "merge":
            value = _item(one.value or "", one.value_evidence, homes, known)
        if target is None or (one.action == "merge" and value in (None, target)):
            continue
        latest.pop((target, one.action), None)
        latest[target, one.action] = Found(one, replace(one, target_id=target, value=value))
    return [*found, *latest.values()]


def _item(said: str, evidence: Sequence[str], home: Mapping[str, str], known: AbstractSet[str]) -> str | None:
    """The id itself where it still stands, else the item that holds more than half of the evidence."""
    if said in known:
        return said
    counts = Counter(home[one] for one in evidence if one in home)
    best = min(counts, key=lambda item: (-counts[item], item), default=None)
    return best if best is not None and 2 * counts[best] > len(evidence) else None
