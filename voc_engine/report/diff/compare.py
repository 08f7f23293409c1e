"""What changed between two sides: every insight and persona in one line, with the change of its share of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from voc_engine.insights.insight_matching import Match, match
from voc_engine.insights.shares import ShareChange, share_change, surely_changed
from voc_engine.report.diff.groups import matched
from voc_engine.report.diff.sides import Said, Side

LEAST_PEOPLE = 3  # on both sides together, below which no change is tested
LEAST_HEARD = 8  # people on either side, below which nothing is said about shares


@dataclass(frozen=True)
class Change:
    """``match`` is kept, split, merged, new or gone. ``told``: the change is more than chance gives when as many are
    looked at as here; ``verdict`` says it in words. Counts are of people; ``old_of`` and ``new_of`` were heard."""

    match: str
    basis: str
    kind: str
    old_ids: tuple[str, ...]
    new_ids: tuple[str, ...]
    old_names: tuple[str, ...]
    new_names: tuple[str, ...]
    old_people: int
    new_people: int
    old_of: int
    new_of: int
    share: ShareChange | None = None
    told: bool = False
    verdict: str = ""


@dataclass(frozen=True)
class Difference:
    """Changes sorted: told ones first, then by people. ``cautions`` are what a reader has to know before the rest."""

    old: Side
    new: Side
    insights: tuple[Change, ...]
    themes: tuple[Change, ...]
    personas: tuple[Change, ...]
    channels: tuple[tuple[str, int, int], ...]
    cautions: tuple[str, ...]


def compare(old: Side, new: Side) -> Difference:
    """Match insights, themes and personas of the two sides, and tell which shares of people changed."""
    insights = [_insight(old, new, one) for one in _pairs(old, new)]
    personas = tuple(sorted(_personas(old, new), key=_by_weight))
    themes = _with_verdicts(_themes(old, new))
    return Difference(old, new, _with_verdicts(insights), themes, personas, _mix(old, new), tuple(_cautions(old, new)))


def _pairs(old: Side, new: Side) -> list[Match]:
    """Insights of two periods of one run are the same by id; those of two runs have to be found again."""
    if old.run_id != new.run_id or old.home != new.home:
        return match([one.claim for one in old.insights.values()], [one.claim for one in new.insights.values()])
    pairs = []
    for key in sorted(set(old.insights) | set(new.insights)):
        before, after = (key,) if key in old.insights else (), (key,) if key in new.insights else ()
        pairs.append(Match("kept" if before and after else "gone" if before else "new", before, after, "id", 1.0))
    return pairs


def _insight(old: Side, new: Side, pair: Match) -> Change:
    before = [old.insights[key] for key in pair.old]
    after = [new.insights[key] for key in pair.new]
    return _change(old, new, pair.kind, pair.basis, pair.old, pair.new, before, after, (before or after)[0].kind)


def _themes(old: Side, new: Side) -> Iterator[Change]:
    """Themes by what they are about, in one run or two."""
    for key in sorted({*old.themes, *new.themes}):
        before, after = old.themes.get(key), new.themes.get(key)
        people = [frozenset() if one is None else one.people for one in (before, after)]
        if len(people[0] | people[1]) >= LEAST_PEOPLE:
            yield Change(
                "kept" if before and after else "gone" if before else "new", "name", "theme",
                (key,) if before else (), (key,) if after else (), (before.name,) if before else (),
                (after.name,) if after else (), len(people[0]), len(people[1]), len(old.heard), len(new.heard),
                _share(old, new, *people),
            )  # fmt: skip


def _change(
    old: Side, new: Side, matched: str, basis: str, old_ids: tuple[str, ...], new_ids: tuple[str, ...],
    before: Sequence[Said], after: Sequence[Said], kind: str,
) -> Change:  # fmt: skip
    speakers = frozenset().union(*(one.people for one in before)), frozenset().union(*(one.people for one in after))
    change = Change(
        matched, basis, kind, old_ids, new_ids, tuple(one.statement for one in before),
        tuple(one.statement for one in after), len(speakers[0]), len(speakers[1]), len(old.heard), len(new.heard),
    )  # fmt: skip
    return replace(change, share=_share(old, new, *speakers))


def _share(old: Side, new: Side, before: Collection[str], after: Collection[str]) -> ShareChange | None:
    if min(len(old.heard), len(new.heard)) < LEAST_HEARD or len(before) + len(after) < LEAST_PEOPLE:
        return None
    return share_change(_counts(old.heard, before), _counts(new.heard, after))


def _counts(channel_of: Mapping[str, str], people: Collection[str]) -> dict[str, tuple[int, int]]:
    every, counts = (
        Counter(channel_of.values()),
        Counter(channel_of[person] for person in people if person in channel_of),
    )
    return {channel: (counts[channel], every[channel]) for channel in sorted(every)}


def _personas(old: Side, new: Side) -> Iterable[Change]:
    for status, basis, before, after, share, claimed in matched(old, new):
        names = [tuple(side.groups[key].name for key in keys) for side, keys in ((old, before), (new, after))]
        people = [sum(len(side.groups[key].people) for key in keys) for side, keys in ((old, before), (new, after))]
        change = Change(
            status, basis, "persona", before, after, names[0], names[1], people[0], people[1], len(old.heard),
            len(new.heard), share, claimed,
        )  # fmt: skip
        yield replace(change, verdict=_verdict(change, claimed))


def _by_weight(change: Change) -> tuple[bool, int, tuple[str, ...], tuple[str, ...]]:
    return not change.told, -(change.old_people + change.new_people), change.old_ids, change.new_ids


def _with_verdicts(changes: Iterable[Change]) -> tuple[Change, ...]:
    """With verdicts; those that are told first, then by the number of people."""
    listed = list(changes)
    able = [one for one in listed if one.share is not None]
    people = [one.old_people + one.new_people for one in able]
    sure = surely_changed([one.share for one in able if one.share is not None], people)
    clear = {id(one) for one, yes in zip(able, sure, strict=True) if yes}
    done = [replace(one, told=id(one) in clear, verdict=_verdict(one, id(one) in clear)) for one in listed]
    return tuple(sorted(done, key=_by_weight))


def _verdict(compared: Change, clear: bool) -> str:
    if compared.share is None:
        return "too few people to tell"
    if not clear:
        return "no clear change"
    change = compared.share.adjusted if compared.share.adjusted is not None else compared.share.change
    more = "growing" if change > 0 else "fading"
    return {"new": "new, and more than chance", "gone": "gone, and more than chance"}.get(compared.match, more)


def _mix(old: Side, new: Side) -> tuple[tuple[str, int, int], ...]:
    before, after = Counter(old.heard.values()), Counter(new.heard.values())
    return tuple((channel, before[channel], after[channel]) for channel in sorted(before | after))


def _cautions(old: Side, new: Side) -> Iterable[str]:
    for side in (old, new):
        if len(side.heard) < LEAST_HEARD:
            yield f"Only {len(side.heard)} people were heard in {side.name}: shares are not compared."
    before, after = set(old.heard.values()), set(new.heard.values())
    if not before & after:
        yield "The two sides have no channel in common: a change may be one of channels and not of people."
    elif before != after:
        once = ", ".join(sorted(before ^ after))
        yield f"Heard on one side only: {once}. Changes adjusted for channels leave these people out."
    if old.first and new.first and old.last and new.first <= old.last and old.run_id == new.run_id:
        yield "The two periods overlap: people heard in both count on both sides."
    if old.home != new.home:
        yield "The runs are of two workspaces: pseudonyms are dealt in each, so nobody is known to be the same person."
