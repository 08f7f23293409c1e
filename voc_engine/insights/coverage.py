"""Findings inside a theme: the key points that most people say, taken one after the other (Bar-Haim et al. 2021).

A theme holds what is near in meaning: of two of its quotes about as many are only related as say the same. A finding
holds who says its key point.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.key_points import stands_alone, tidied, understood
from voc_engine.insights.likeness import UnitFeatures, same
from voc_engine.insights.shared_words import Floats, Ints
from voc_engine.insights.spoken_for import able_to_speak
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

# Of a large theme so many units are looked at for a key point, spread evenly over its words.
_CANDIDATES = 400
_SEVERAL = 2
_BARE = 0.05
# A quote that somebody pinned speaks before all others; one in doubt, or that may not be shown, after them.
_FIRST, _LAST = 10.0, 0.01


def findings_in(
    mentions: Sequence[Mention], units: Sequence[Unit], rows: UnitFeatures, options: InsightsConfig
) -> list[Ints]:
    """Rows of the units of each finding, of two units and more of one theme, the most widely held first; each unit goes into
    one at most. Whoever says a key point with a probability of ``match`` is gathered (who stays is judged afterwards). A key
    point is firm, and it can be understood by itself or names its thing, or somebody pinned it; where two people say it,
    both are firm: one who may not have said it at all is no second voice."""
    step = max(1, -(-len(units) // _CANDIDATES))
    candidates = np.arange(0, len(units), step, dtype=np.int64)
    chance = same(rows.at(candidates), rows)
    chance[np.arange(len(candidates)), candidates] = 1.0
    mentions_of = [[mentions[row] for row in units[candidate].rows] for candidate in candidates.tolist()]
    able = np.array([any(_leads(mention, options) for mention in of_unit) for of_unit in mentions_of])
    alone = np.array([_voice(of_unit) for of_unit in mentions_of], np.float32)
    people = _People.of([{mentions[row].person_id for row in unit.rows} for unit in units])
    firm = _People.of(
        [{mentions[row].person_id for row in unit.rows if is_firm(mentions[row], options)} for unit in units]
    )
    open_ = np.ones(len(units), dtype=bool)
    findings: list[Ints] = []
    says = (chance >= options.match) & able[:, None]
    while True:
        # Who speaks for a finding is one of its own: what an earlier finding holds speaks for no other.
        left = says & open_ & open_[candidates][:, None]
        left &= (firm.counted(left) >= np.minimum(people.counted(left), _SEVERAL))[:, None]
        best = _widest(left, chance, alone, people)
        if best is None:
            break
        members = np.flatnonzero(says[best] & open_).astype(np.int64)
        findings.append(members)
        open_[members] = False
    return findings


def is_firm(mention: Mention, options: InsightsConfig) -> bool:
    """Whether it is sure enough that the mention was meant so to count as one of the two voices of a finding."""
    return mention.pinned or mention.probability >= options.firm


def _leads(mention: Mention, options: InsightsConfig) -> bool:
    clear = mention.own_thing or understood(mention) >= options.clear
    return mention.pinned or bool(clear and is_firm(mention, options))


def _voice(mentions: Sequence[Mention]) -> float:
    """How well the best wording of one unit can stand alone."""
    able = [mentions[row] for row in able_to_speak(mentions)]
    ranked = [
        (max(_worth(text, mention) for text in {mention.statement or mention.quote, mention.quote}), mention)
        for mention in able
    ]
    worth, best = min(ranked, key=lambda pair: (not pair[1].pinned, -pair[0], pair[1].mention_id))
    if best.quotable == "none":
        return _LAST
    return _FIRST if best.pinned else worth * (_LAST if best.review else 1.0)


def _worth(text: str, mention: Mention) -> float:
    return stands_alone(tidied(text).rstrip(" .!"), mention)


@dataclass(frozen=True, slots=True)
class _People:
    """Who says what. ``once``: how many people each unit has that say nothing else of the theme, shape (units,). The others
    stand one after the other: ``units`` of each, each from a place of ``starts`` on."""

    once: Ints
    units: Ints
    starts: Ints

    @classmethod
    def of(cls, people: Sequence[Collection[str]]) -> _People:
        units: dict[str, list[int]] = {}
        for unit, of_unit in enumerate(people):
            for person in of_unit:
                units.setdefault(person, []).append(unit)
        once = np.bincount(
            [units_of_person[0] for units_of_person in units.values() if len(units_of_person) == 1],
            minlength=len(people),
        ).astype(np.int64)
        several = [units_of_person for units_of_person in units.values() if len(units_of_person) > 1]
        starts = np.cumsum([0, *map(len, several)], dtype=np.int64)[:-1]
        return cls(once, np.array([unit for units_of_person in several for unit in units_of_person], np.int64), starts)

    def counted(self, says: Any) -> Ints:
        """How many people each row of ``says`` (rows, units) has."""
        counts: Ints = (says @ self.once.astype(np.float32)).astype(np.int64)
        if len(self.starts):
            counts += np.logical_or.reduceat(says[:, self.units], self.starts, axis=1).sum(axis=1)
        return counts


def _widest(says: Any, chance: Floats, alone: Floats, people: _People) -> int | None:
    """The candidate that says what most people say; of those as wide, which can stand alone the best and is nearest.
    None where none says what another unit says."""
    units = says.sum(axis=1)
    if units.max(initial=0) < _SEVERAL:
        return None
    near = np.where(says, chance, 0).sum(axis=1) / np.maximum(units, 1)
    score = np.round(people.counted(says) * (_BARE + alone) * (_BARE + near), 4)
    return int(np.where(units >= _SEVERAL, score, -1.0).argmax())
