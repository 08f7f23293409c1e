"""How many people come into their own persona when it is learned without them, by the model that ``voc assign`` uses.

The groups themselves were found with everybody: this tells whether a new person could be placed, and not whether the
groups are there (their stability does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.errors import ConfigError
from voc_engine.personas.assigning import FOLDS, MOST_LEARNED, Assigner
from voc_engine.personas.profiles import Crowd
from voc_engine.personas.space import statements_of
from voc_engine.records import Batch, Membership, Persona, stable_hash

EVERYBODY = 100  # people up to whom each is held out once; of more, a fifth is


def held_out(
    batch: Batch, crowd: Crowd, personas: Sequence[Persona], memberships: Sequence[Membership]
) -> list[Persona]:
    """The personas with ``n_held_out`` and ``n_placed``: how many of their people were held out, a fifth at a time, and
    how many of these were then placed in this persona. Both 0 where there is nothing to place people in.

    People are drawn by a hash of their ids, at most MOST_LEARNED of them.
    """
    if batch.vectors is None:
        return list(personas)
    home = {one.person_id: one.persona_id for one in memberships if one.persona_id is not None}
    members = [person for person in crowd.people if person.person_id in home and statements_of(person, batch.vectors)]
    members = sorted(members, key=lambda person: stable_hash("held out", person.person_id))[:MOST_LEARNED]
    tried: dict[str, int] = {}
    right: dict[str, int] = {}
    for fold in range(FOLDS if len(members) <= EVERYBODY else 1):
        some = members[fold::FOLDS]
        out = {person.person_id for person in some}
        try:
            model = Assigner(batch, personas, [one for one in memberships if one.person_id not in out], crowd=crowd)
        except ConfigError:
            return list(personas)
        for placed in model.place(some, batch.vectors, reasons=False):
            home_id = home[placed.person_id]
            tried[home_id] = tried.get(home_id, 0) + 1
            right[home_id] = right.get(home_id, 0) + (placed.persona_id == home_id)
    return [
        replace(one, n_held_out=tried.get(one.persona_id, 0), n_placed=right.get(one.persona_id, 0)) for one in personas
    ]
