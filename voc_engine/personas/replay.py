"""People's decisions on personas: rename, merge, split, negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.records import Batch, Decision, Membership, Persona


def replayed(batch: Batch, options: object, decisions: Sequence[Decision]) -> Batch:
    """Personas and memberships as decided."""
    names = {one.target_id: str(one.value) for one in decisions if one.action == "rename"}
    personas = [replace(one, name=names.get(one.persona_id, one.name)) for one in batch.of(Persona)]
    return Batch.make((Persona, personas), (Membership, batch.of(Membership)))
