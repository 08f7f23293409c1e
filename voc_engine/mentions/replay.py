"""People's decisions on mentions: reject, re-label, pin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from voc_engine.records import Batch, Decision, Mention


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """The mentions as decided. A mention that was both rejected and re-labelled is rejected: one cannot undo the other."""
    said: dict[str, dict[str, str | None]] = defaultdict(dict)
    for one in decisions:
        said[one.target_id][one.action] = one.value
    kept = [_as_decided(one, said.get(one.mention_id, {})) for one in batch.of(Mention)]
    return Batch.make((Mention, [one for one in kept if one is not None]))


def _as_decided(mention: Mention, said: dict[str, str | None]) -> Mention | None:
    if "reject" in said:
        return None
    if said.get("relabel"):
        mention = replace(mention, kind=str(said["relabel"]), reasons=(*mention.reasons, "re-labelled by a person"))
    return replace(mention, pinned=True) if "pin" in said else mention
