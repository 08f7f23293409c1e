"""Which item of this run a decision means: by its id, else by the evidence on which it stood when it was decided on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from voc_engine.records import NOWHERE, Decision, Grouping

_INTO = ("merge", "move", "assign")


@dataclass(frozen=True)
class Found:
    """``decision`` with the ids that hold in this run; ``given`` is the decision as it was made."""

    given: Decision
    decision: Decision

    @property
    def moved(self) -> bool:
        """Whether the item has another id now than when it was decided on."""
        return self.given.target_id != self.decision.target_id


def resolve(
    decisions: Iterable[Decision], home: Mapping[str, str | None] | Grouping, ids: Iterable[str]
) -> list[Found]:  # fmt: skip
    """The decisions whose target is in this run, in the order in which they hold. ``home``: id of a piece of evidence -> id
    of the item that holds it; a Grouping is left as the decisions make it.

    Each is read against what those before it made. What is not there yet waits for a split that makes it. Where two
    decisions on different items of old turn out to mean one item now, the later one holds.
    """
    groups = home if isinstance(home, Grouping) else Grouping(home)
    id_set, split_ids = ids if isinstance(ids, AbstractSet) else frozenset(ids), set[str]()
    resolved: dict[tuple[str, ...], Found] = {}
    waiting, before = list(decisions), -1
    while waiting and len(waiting) != before:
        before, unplaced = len(waiting), []
        for decision in waiting:
            translated = _translated(decision, groups, id_set, split_ids)
            if translated is None:
                unplaced.append(decision)
                continue
            resolved.pop(translated.key, None)
            resolved[translated.key] = Found(decision, translated)
            groups.apply([translated])
            split_ids |= {translated.split_id} if decision.action == "split" else set()
        waiting = unplaced
    return list(resolved.values())


def _translated(
    decision: Decision, groups: Grouping, ids: AbstractSet[str], split_ids: AbstractSet[str]
) -> Decision | None:
    """The decision with this run's ids; None where its target, or what it names, is not there."""

    def item(key: str, evidence: Sequence[str]) -> str | None:
        """The id itself where it still stands, else the item that holds more than half of the evidence."""
        if key in ids or key in split_ids:
            return key
        counts = Counter(home for piece in evidence if (home := groups.of(piece)) is not None)
        best = min(counts, key=lambda home: (-counts[home], home), default=None)
        return best if best is not None and 2 * counts[best] > len(evidence) else None

    target = item(decision.target_id, decision.evidence)
    if target is None:
        return None
    if decision.action == "split" and not any(groups.of(piece) == target for piece in decision.leaving):
        return None
    value = decision.value
    if decision.action in _INTO and value != NOWHERE:
        value = item(value or "", decision.value_evidence)
        if value is None or value == target:
            return None
    return replace(decision, target_id=target, value=value)
