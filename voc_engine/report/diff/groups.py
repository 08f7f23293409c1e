"""Personas of two sides: by id within one run, by members in common or by what they say between two."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.insights.shares import ShareChange
from voc_engine.personas import persona_matching
from voc_engine.report.diff.sides import Side


def matched(old: Side, new: Side) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...], ShareChange, bool]]:
    """(kept, split, merged, new or gone; basis; old ids; new ids; change of the share; whether it is told as one).

    Nothing where a side has one persona of everybody or none: there is nothing to compare.
    """
    if min(len(old.groups), len(new.groups)) <= 1:
        return
    sides = _side(old), _side(new)
    for status, basis, before, after in _pairs(old, new, *sides):
        had = frozenset(person for key in before for person in sides[0].members[key])
        have = frozenset(person for key in after for person in sides[1].members[key])
        change = persona_matching.share_change(had, have, *sides, tests=max(len(old.groups), len(new.groups)))
        yield status, basis, before, after, _as_share(change), change.claimed


def _pairs(
    old: Side, new: Side, before: persona_matching.Side, after: persona_matching.Side
) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    if old.run_id != new.run_id or old.home != new.home:
        yield from ((one.status, one.basis, one.old, one.new) for one in persona_matching.match_personas(before, after))
        return
    for key in sorted(set(old.groups) | set(new.groups)):
        had, have = (key,) if key in old.groups else (), (key,) if key in new.groups else ()
        yield ("kept" if had and have else "gone" if had else "new"), "id", had, have


def _side(side: Side) -> persona_matching.Side:
    """Pseudonyms of two workspaces are made different: the same number there is not the same person."""
    home = str(side.home)
    return persona_matching.Side(
        {key: frozenset(f"{home} {person}" for person in group.people) for key, group in side.groups.items()},
        frozenset(f"{home} {person}" for person in side.heard),
        {},
        {key: group.apart.astype(float) for key, group in side.groups.items() if group.apart is not None},
        {f"{home} {person}": channel for person, channel in side.heard.items()},
    )


def _as_share(change: persona_matching.ShareChange) -> ShareChange:
    adjusted = change.adjusted
    return ShareChange(
        old_share=change.old,
        new_share=change.new,
        change=round(change.new - change.old, 6),
        low=change.low,
        high=change.high,
        adjusted=change.difference if adjusted else None,
        adjusted_low=change.low if adjusted else None,
        adjusted_high=change.high if adjusted else None,
        left_out=0,
        p=0.0 if change.claimed else 1.0,
    )
