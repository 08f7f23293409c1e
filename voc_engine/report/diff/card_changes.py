"""What of a persona's card is not as it was in the run before: its share of people, lines that came and lines that went."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.report.diff.compare import Change, Difference
from voc_engine.report.diff.sides import Side

LEAST_PEOPLE = 2  # of the persona, behind a line whose coming or going is told: one voice more or less is no change


@dataclass(frozen=True)
class CardChange:
    """``status``: kept, split, merged or new. ``old_people`` of ``old_of`` were in it before, ``people`` of ``of`` are now;
    ``told`` where the share changed by more than chance.

    ``came`` and ``left`` are ids of insights of the newer run: what nobody says any more is counted in ``n_gone`` and not
    repeated, since whoever said it may have withdrawn their consent since.
    """

    status: str
    since: str | None
    old_people: int
    old_of: int
    people: int
    of: int
    told: bool
    came: tuple[str, ...]
    left: tuple[str, ...]
    n_gone: int


def card_changes(difference: Difference) -> dict[str, CardChange]:
    """Id of a persona of the newer run -> what changed. Where each side has one group of everybody, these are held against
    each other; where only one side has groups, nothing is told."""
    old, new = difference.old, difference.new
    if len(old.groups) == len(new.groups) == 1:
        everybody = Change("kept", "everybody", "persona", tuple(old.groups), tuple(new.groups), (), (), 0, 0, 0, 0)
        return dict.fromkeys(new.groups, _change(difference, everybody))
    return {key: _change(difference, one) for one in difference.personas for key in one.new_ids}


def _change(difference: Difference, persona_change: Change) -> CardChange:
    old, new = difference.old, difference.new
    before, after = _lines(old, persona_change.old_ids), _lines(new, persona_change.new_ids)
    whence: dict[str, set[str]] = {}
    whither: dict[str, set[str]] = {}
    for change in difference.insights:
        for key in change.new_ids:
            whence.setdefault(key, set()).update(change.old_ids)
        for key in change.old_ids:
            whither.setdefault(key, set()).update(change.new_ids)
    compared = bool(persona_change.old_ids)
    gone = {key for key in before if not whither.get(key, set()) & after}
    return CardChange(
        status=persona_change.match,
        since=old.last,
        old_people=_people(old, persona_change.old_ids),
        old_of=len(old.heard),
        people=_people(new, persona_change.new_ids),
        of=len(new.heard),
        told=persona_change.told,
        came=tuple(sorted(key for key in after if compared and not whence.get(key, set()) & before)),
        left=tuple(sorted({new_id for key in gone for new_id in whither.get(key, ())})),
        n_gone=sum(not whither.get(key) for key in gone),
    )


def _people(side: Side, groups: tuple[str, ...]) -> int:
    return len({person for key in groups for person in side.groups[key].people})


def _lines(side: Side, groups: tuple[str, ...]) -> set[str]:
    """Insights on the cards of these groups that at least two of their people say, or all of a group of one."""
    lines = set()
    for key in groups:
        group = side.groups[key]
        least = min(LEAST_PEOPLE, len(group.people))
        lines |= {
            one
            for one in group.lines
            if one in side.insights and len(side.insights[one].people & group.people) >= least
        }
    return lines
