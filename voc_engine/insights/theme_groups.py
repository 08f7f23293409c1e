"""The groups in which findings are looked for: what is sure and understood makes groups, what is sure may join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.key_points import understood
from voc_engine.insights.likeness import UnitFeatures
from voc_engine.insights.shared_words import Ints
from voc_engine.insights.theme_finding import Limits, grouped, homes, taken_in
from voc_engine.insights.units import Unit
from voc_engine.records import Mention


def theme_groups(
    mentions: Sequence[Mention], units: Sequence[Unit], rows: UnitFeatures, options: InsightsConfig
) -> list[Ints]:
    """Numbers of the units of each group, and of each unit that is alone; no group has two sides."""
    return [
        of_side[group]
        for of_side in _sides(units)
        for group in _groups(_labels(mentions, units, rows, of_side, options))
    ]


def _sides(units: Sequence[Unit]) -> Iterator[Ints]:
    """Rows of the units of each side; units are sorted by side."""
    names = np.array([unit.side for unit in units])
    for side in sorted(set(names.tolist())):
        yield np.flatnonzero(names == side).astype(np.int64)


def _labels(
    mentions: Sequence[Mention], units: Sequence[Unit], rows: UnitFeatures, of_side: Ints, options: InsightsConfig
) -> Ints:
    """Group of each unit of one side, -1 for those alone: what is sure and can be understood makes groups, what is sure may
    join them."""
    part = rows.at(of_side)
    sure = np.array([mentions[units[row].rows[0]].probability >= options.sure for row in of_side])
    clear = np.array([understood(mentions[units[row].rows[0]]) >= options.clear for row in of_side])
    labels = np.full(len(of_side), -1, dtype=np.int64)
    able, unclear = np.flatnonzero(sure & clear), np.flatnonzero(sure & ~clear)
    labels[able] = grouped(part.at(able), Limits(options.join, options.stay))
    if len(unclear) and labels.max() >= 0:
        labels[unclear] = taken_in(part.at(unclear), *homes(part, labels), options.stay)
    return labels


def _groups(labels: Ints) -> list[Ints]:
    """Rows of each group, in the order of their numbers, then each row that is alone."""
    order = np.argsort(labels, kind="stable")
    inside = order[labels[order] >= 0]
    groups = np.split(inside, np.flatnonzero(np.diff(labels[inside])) + 1) if len(inside) else []
    return [*groups, *np.flatnonzero(labels < 0).reshape(-1, 1).astype(np.int64)]
