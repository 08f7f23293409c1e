"""The framework grid: who says what, person by finding, each cell with its quotes (Ritchie and Spencer 1994)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from voc_engine.records import Mention
from voc_engine.review.overlay import Counted, Overlay

COLUMNS, ROWS = 8, 60  # a choice: columns that can be read beside each other, people of a page


def grid(overlay: Overlay, kind: str, attribute: str, value: str, question: str = "") -> dict[str, Any]:
    """The most widely held findings of a kind as columns, and the people who hold them as rows, those with most first.

    ``attribute`` and ``value`` leave only people of whom that is stated; empty for all. ``question``: the number of a
    question of the guide, from 1, which leaves what is said in answer to it, and the findings that most say there.
    """
    material = overlay.material
    stated: dict[str, dict[str, str]] = defaultdict(dict)
    for document in material.documents.values():
        stated[document.person_id].update(document.attributes)
    guide = material.guide
    number = int(question) - 1 if question.isdecimal() and 0 < int(question) <= len(guide.questions) else None

    def mentions_of(counted: Counted) -> list[Mention]:
        mentions = (overlay.mention(key) for key in overlay.members(counted.insight_id))
        return [m for m in mentions if m is not None and (number is None or guide.place.get(m.segment_id) == number)]

    able = [one for one in overlay.counted.values() if not kind or one.insight.kind == kind]
    here = {
        one.insight_id: len({m.person_id for m in mentions_of(one)}) if number is not None else one.n_people
        for one in able
    }
    ranked = sorted(able, key=lambda one: (-here[one.insight_id], -one.n_people, one.insight_id))
    columns = [one for one in ranked if here[one.insight_id]][:COLUMNS]
    cells: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for column in columns:
        for mention in mentions_of(column):
            if not attribute or stated[mention.person_id].get(attribute) == value:
                cells[mention.person_id][column.insight_id].append(mention)
    people = sorted(cells, key=lambda person: (-len(cells[person]), person))
    rows = [(person, [_cell(cells[person], column) for column in columns]) for person in people[:ROWS]]
    choices = sorted({(name, one) for own in stated.values() for name, one in own.items()})
    return {"columns": columns, "rows": rows, "n_people": len(people), "choices": choices, "kind": kind,
            "chosen": f"{attribute}={value}" if attribute else "", "questions": guide.questions, "here": here,
            "asked": "" if number is None else str(number + 1)}  # fmt: skip


def _cell(mentions_by_insight: dict[str, list[Mention]], column: Counted) -> list[Mention]:
    return sorted(mentions_by_insight.get(column.insight_id, ()), key=lambda one: (-one.probability, one.mention_id))
