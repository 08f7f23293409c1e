"""The estimates stage: how many of all people say what was found among those who were read in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from voc_engine.config.sections import EstimatesConfig
from voc_engine.estimates.foreseen import foreseen_of
from voc_engine.records import (
    CERTAIN,
    DRAWN,
    SOUGHT,
    Batch,
    Drawn,
    Estimate,
    Heard,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Sampling,
    Segment,
)
from voc_engine.statistics import Powered, lowest_of_found, prediction_powered

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Target = tuple[str, str]
# What is there because somebody who was read says it; kinds are there beforehand.
_FINDINGS = ("insight", "theme")


def run(batch: Batch, options: EstimatesConfig, drawn: Drawn) -> Batch:
    """One Estimate for each insight, theme, kind of mention and persona, by target and id; one Sampling.

    Reads Segment, Mention, Insight, InsightMember, Membership of those who were read in full, and ``drawn.heard`` of
    everybody. Whose documents were read because of others in them counts as not read: not all they say is known.
    """
    evidence = drawn.heard
    if evidence is None:
        return Batch.make((Estimate, []), (Sampling, []))
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):
        counted = _Counted(batch, drawn, evidence, options)
        estimates = sorted(counted.estimates(), key=lambda one: (one.target, one.target_id))
    return Batch.make((Estimate, estimates), (Sampling, [counted.sampling()]))


@dataclass(frozen=True)
class _Counted:
    batch: Batch
    drawn: Drawn
    heard: Heard
    options: EstimatesConfig

    @cached_property
    def people(self) -> list[str]:
        """Everybody with evidence, sorted."""
        return [one.decode() for one in np.unique(self.heard.people).tolist()]

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {one: row for row, one in enumerate(self.people)}

    @cached_property
    def _read_as(self) -> dict[str, npt.NDArray[np.int64]]:
        """How somebody came to be read -> places among ``people`` of those who did."""
        rows = [(row, self.drawn.people.get(one)) for row, one in enumerate(self.people)]
        return {how: np.array([row for row, own in rows if own == how], np.int64) for how in (CERTAIN, DRAWN)}

    def estimates(self) -> Iterator[Estimate]:
        """Each target's estimate."""
        sayers = self._sayers()
        n_read = Counter({target: len(people) for target, (people, _) in sayers.items()})
        wanted = sorted(one for one in sayers if one[0] != "persona" and n_read[one] >= self.options.least_people)
        segments = {target: sayers[target][1] for target in wanted}
        foreseen = foreseen_of(self.heard, self.drawn.people, segments)
        columns = {target: column for column, target in enumerate(segments)}
        for target, (people, _) in sayers.items():
            column = columns.get(target)
            yield self._estimate(target, people, None if column is None else foreseen[:, column])

    def _sayers(self) -> dict[Target, tuple[set[str], set[str]]]:
        """Target -> people who say it, and the segments in which they do; a persona's have none."""
        mentions = {one.mention_id: one for one in self.batch.of(Mention)}
        themes = {one.insight_id: one.theme for one in self.batch.of(Insight)}
        by_target: dict[Target, tuple[set[str], set[str]]] = {}

        def add(target: Target, person: str, segment: str | None) -> None:
            people, segments = by_target.setdefault(target, (set(), set()))
            people.add(person)
            segments.update([segment] if segment else [])

        for member in self.batch.of(InsightMember):
            if (mention := mentions.get(member.mention_id)) and member.insight_id in themes:
                add(("insight", member.insight_id), mention.person_id, mention.segment_id)
                if theme := themes[member.insight_id]:
                    add(("theme", theme), mention.person_id, mention.segment_id)
        for mention in mentions.values():
            if mention.holder == "self":
                add(("kind", mention.kind), mention.person_id, mention.segment_id)
        for each in self.batch.of(Membership):
            if each.persona_id:
                add(("persona", each.persona_id), each.person_id, None)
        return by_target

    def _estimate(self, target: Target, people: set[str], foreseen: Floats | None) -> Estimate:
        certain, drawn = self._read_as[CERTAIN], self._read_as[DRAWN]
        is_certain = np.zeros(len(self.people), bool)
        is_certain[certain] = True
        rest = len(self.people) - len(certain)
        says = np.zeros(len(self.people))
        says[[self._row_of[one] for one in people if one in self._row_of]] = 1.0
        ahead = np.zeros(len(self.people)) if foreseen is None else foreseen
        share: Powered = prediction_powered(
            says[drawn], ahead[drawn], float(ahead[~is_certain].mean()) if rest else 0.0, rest
        )
        sure, n_people, among = int(says[certain].sum()), len(people), int(says[drawn].sum())
        if target[0] in _FINDINGS and not share.weight:
            share = replace(share, low=min(share.low, lowest_of_found(among, len(drawn))))
        low, middle, high = (sure + round(value * rest) for value in (share.low, share.share, share.high))
        high = max(min(high, len(self.people)), n_people)
        return Estimate(
            *target,
            n_people,
            among,
            max(middle, n_people),
            max(low, n_people),
            high,
            len(self.people),
            share.weight,
        )

    def sampling(self) -> Sampling:
        """How much was read."""
        how = Counter(self.drawn.people.values())
        read = {one.segment_id for one in self.batch.of(Segment)}
        rows = np.array([one.decode() in read for one in self.heard.segments.tolist()], bool)
        documents = self.heard.documents
        return Sampling(
            len(self.people), how[CERTAIN], how[DRAWN], how[SOUGHT], len(np.unique(documents)),
            len(np.unique(documents[rows])), len(rows), int(rows.sum()),
        )  # fmt: skip
