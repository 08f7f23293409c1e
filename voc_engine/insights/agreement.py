"""Who says the heading of a finding: one judge with one threshold decides who is of it, whether its name holds, which
findings are one, and which single voices belong to them (key point matching, Bar-Haim et al. 2021)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from voc_engine.insights.clause_vectors import Clauses
from voc_engine.insights.finding_judge import member_chances, member_features
from voc_engine.insights.likeness import UnitFeatures, same
from voc_engine.insights.shared_words import Floats, Ints
from voc_engine.insights.title_judge import Heard
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

Chances = npt.NDArray[np.float64]
# Findings that are looked at for a single voice, and others that a finding may be one with: those nearest to it.
_NEAREST = 5
_AT_A_TIME = 2_000  # units, for memory


@dataclass(frozen=True)
class Agreement:
    """``rows``: the units by what their clauses say, ``clauses`` what reads others (a name)."""

    mentions: Sequence[Mention]
    units: Sequence[Unit]
    rows: UnitFeatures
    clauses: Clauses

    @classmethod
    def of(cls, mentions: Sequence[Mention], units: Sequence[Unit], rows: UnitFeatures, clauses: Clauses) -> Agreement:
        """``rows``: the units by their sentences, until they are read."""
        return cls(mentions, units, replace(rows, meaning=rows.meaning.copy()), clauses)

    def read(self, rows: Collection[int]) -> None:
        """Read the clauses of these units."""
        self.clauses.put(self.rows.meaning, self.mentions, self.units, sorted(rows))

    def says(self, own: Ints, point: int, wording: str, outside: Ints | None = None) -> Chances:
        """How likely each unit of a finding, and then each of ``outside``, says its key point, ``wording``, which the unit
        ``point`` lends; 1 for that one."""
        every = own if outside is None else np.concatenate([own, outside])
        title = self.clauses.meaning([wording])
        chance = self._chances(every, self.rows.meaning[point] if title is None else title[0], wording, len(own))
        chance[np.flatnonzero(own == point)] = 1
        return chance

    def name_holds(self, own: Ints, name: str, least: float) -> bool:
        """Whether those of a finding say its name: the mean over people of how likely they do. Where clauses cannot be read
        it is not known, and the name stands."""
        hearing = self.hearing(own, name)
        return hearing is None or hearing.cover >= least

    def hearing(self, own: Ints, wording: str, lends: str = "") -> Heard | None:
        """How the people of a finding are to a wording that the person ``lends``; None where clauses cannot be read."""
        title = self.clauses.meaning([wording])
        if title is None:
            return None
        chance = self._chances(own, title[0], wording, len(own))
        cosine = self.rows.meaning[own] @ title[0]
        says: dict[str, float] = {}
        near: dict[str, float] = {}
        for unit, likely, alike in zip(own.tolist(), chance.tolist(), cosine.tolist(), strict=True):
            for row in self.units[unit].rows:
                person = self.mentions[row].person_id
                says[person] = max(says.get(person, 0.0), likely)
                near[person] = max(near.get(person, -1.0), alike)
        others = [alike for person, alike in near.items() if person != lends]
        return Heard(round(sum(says.values()) / len(says), 4), round(sum(others) / max(1, len(others)), 4))

    def _chances(self, every: Ints, title: Floats, wording: str, members: int) -> Chances:
        units = [self.units[unit] for unit in every.tolist()]
        return member_chances(member_features(self.mentions, units, self.rows.meaning[every], title, wording, members))

    def nearest(self, points: Ints, others: Ints, least: float) -> Iterator[tuple[int, list[int]]]:
        """Of each of ``others`` (numbers of units) the places of the nearest of ``points`` that say the same with ``least``,
        the nearest first; those that are near to none are left out."""
        if not len(points):
            return
        there = self.rows.at(points)
        for start in range(0, len(others), _AT_A_TIME):
            part = others[start : start + _AT_A_TIME]
            chance: Floats = same(self.rows.at(part), there)
            order = np.argsort(-chance, axis=1, kind="stable")[:, :_NEAREST]
            for row, one in enumerate(part.tolist()):
                near = [place for place in order[row].tolist() if chance[row, place] >= least]
                if near:
                    yield one, near
