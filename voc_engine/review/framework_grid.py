"""The framework grid: who says what, person by finding, each cell with its quotes (Ritchie and Spencer 1994)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from voc_engine.records import Mention
from voc_engine.review.overlay import Counted, Overlay

COLUMNS, ROWS = 8, 60


def grid(overlay: Overlay, kind: str, attribute: str, value: str) -> dict[str, Any]:
    """The most widely held findings of a kind as columns, and the people who hold them as rows, those with most first.

    ``attribute`` and ``value`` leave only people of whom that is stated; empty for all.
    """
    material = overlay.material
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for one in material.documents.values():
        stated[one.person_id].update(one.attributes)
    ranked = sorted(overlay.counted.values(), key=lambda one: (-one.n_people, one.insight_id))
    columns = [one for one in ranked if not kind or one.insight.kind == kind][:COLUMNS]
    cells: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for column in columns:
        for key in overlay.members(column.insight_id):
            mention = overlay.mention(key)
            if mention is not None and (not attribute or stated[mention.person_id].get(attribute) == value):
                cells[mention.person_id][column.insight_id].append(mention)
    people = sorted(cells, key=lambda person: (-len(cells[person]), person))
    rows = [(person, [_cell(cells[person], column) for column in columns]) for person in people[:ROWS]]
    choices = sorted({(name, one) for own in stated.values() for name, one in own.items()})
    return {"columns": columns, "rows": rows, "n_people": len(people), "choices": choices, "kind": kind,
            "chosen": f"{attribute}={value}" if attribute else ""}  # fmt: skip


def _cell(own: dict[str, list[Mention]], column: Counted) -> list[Mention]:
    return sorted(own.get(column.insight_id, ()), key=lambda one: (-one.probability, one.mention_id))
