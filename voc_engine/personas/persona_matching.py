"""Personas of two runs: which were kept, split, merged, are new or gone; and whether a share changed.

Members in common decide first. Where the runs share too few people, personas are matched by traits and centroid with
the Hungarian method (Kuhn 1955), and a pair counts only where it is nearer than pairs of different personas are within
the runs. Shares are compared with Newcombe's (1998, method 10) interval for the difference of two proportions, over
channels weighted alike in both runs, so that more tickets than last time is not taken for more of a persona.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from voc_engine.personas.distinctive_terms import Terms
from voc_engine.personas.profiles import Person, gather
from voc_engine.personas.space import Floats, statements_of
from voc_engine.records import Batch, Membership, Persona, Vectors
from voc_engine.statistics import CONFIDENCE, jaccard, newcombe_stratified

IN_COMMON = 0.3  # of the people of the smaller run that must be in both for members to decide
FLOWS = 0.3  # of a persona's people in common that make a link to the other run's persona
ALIKE = 0.3  # least likeness of a matched pair without members in common
LEAST_IN_CHANNEL = 5  # of either run; a choice: Newcombe's interval of fewer is nearly all of 0 to 1
MOST_TRAITS = 20  # a choice: the telling words; the rest are shared by all personas


@dataclass(frozen=True)
class Side:
    """One run: people by persona id, everybody assigned or not, and what the personas are like.

    ``traits`` are words, insights or terms by persona id; ``centroids`` vectors of unit length. ``channel`` by person
    is for the adjustment, people without one form a channel of their own.
    """

    members: Mapping[str, frozenset[str]]
    people: frozenset[str]
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    centroids: Mapping[str, Floats] = field(default_factory=dict)
    channel: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ShareChange:
    """New share minus old share in [-1, 1] with its 95% interval; ``adjusted``: over channels weighted alike.

    ``claimed``: the interval leaves out zero, at a level that allows for all personas that were compared (Bonferroni).
    """

    old: float
    new: float
    difference: float
    low: float
    high: float
    adjusted: bool
    claimed: bool


@dataclass(frozen=True)
class Match:
    """``status`` is kept, split, merged, new or gone; ``basis`` members, likeness or none; ``likeness`` in [0, 1]."""

    status: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    basis: str
    likeness: float
    change: ShareChange | None


def side_of(batch: Batch, personas: Sequence[Persona], memberships: Sequence[Membership]) -> Side:
    """A run as it is matched. ``batch`` as the personas stage reads it.

    Traits are the words that set a persona apart; a centroid is the mean of its people's sentences less that of all, so
    that what all people of a study talk about makes no two personas alike. A person's channel is that of most of the
    person's documents.
    """
    crowd, home = gather(batch), {one.person_id: one.persona_id for one in memberships if one.persona_id}
    members = {
        one.persona_id: frozenset(person for person, where in home.items() if where == one.persona_id)
        for one in personas
    }
    means = {p.person_id: mean for p in crowd.people if (mean := _mean(p, batch.vectors)) is not None}
    middle = np.mean(list(means.values()), axis=0) if means else np.zeros(0)
    centroids, traits, words = {}, {}, Terms(crowd)
    for persona_id, some in members.items():
        if near := [means[person] for person in sorted(some) if person in means]:
            apart = np.mean(near, axis=0) - middle
            centroids[persona_id] = apart / max(1e-12, float(np.linalg.norm(apart)))
        traits[persona_id] = frozenset(list(words.of(crowd.of(sorted(some))))[:MOST_TRAITS])
    people = frozenset(one.person_id for one in memberships)
    return Side(members, people, traits, centroids, {p.person_id: p.channel for p in crowd.people if p.documents})


def match_personas(old: Side, new: Side) -> list[Match]:
    """Every persona of both runs in exactly one Match: kept and split and merged first, then new, then gone."""
    both = old.people & new.people
    if len(both) >= IN_COMMON * max(1, min(len(old.people), len(new.people))):
        links, basis = _flows(old, new), "members"
    else:
        links, basis = _alike(old, new), "likeness"
    groups = _connected(links)
    matches = [_match(before, after, basis, links, (old, new), len(groups)) for before, after in groups]
    had, have = {one for before, _ in groups for one in before}, {one for _, after in groups for one in after}
    matches += [Match("new", (), (one,), "none", 0.0, None) for one in sorted(new.members) if one not in have]
    matches += [Match("gone", (one,), (), "none", 0.0, None) for one in sorted(old.members) if one not in had]
    return matches


def share_change(before: frozenset[str], after: frozenset[str], old: Side, new: Side, tests: int = 1) -> ShareChange:
    """How the share of these people among everybody changed; both intervals allow for ``tests`` comparisons."""
    strata = _strata(old, new)
    everybody = len(old.people) + len(new.people)
    counts = [((len(before & a), len(a)), (len(after & b), len(b)), (len(a) + len(b)) / everybody) for a, b in strata]
    change, low, high = newcombe_stratified(counts)
    _, safe_low, safe_high = newcombe_stratified(counts, 1 - (1 - CONFIDENCE) / max(1, tests))
    raw = (len(before) / max(1, len(old.people)), len(after) / max(1, len(new.people)))
    return ShareChange(
        round(raw[0], 6), round(raw[1], 6), change, low, high,
        len(strata) > 1, safe_low > 0 or safe_high < 0,
    )  # fmt: skip


def _mean(person: Person, vectors: Vectors | None) -> Floats | None:
    statements = statements_of(person, vectors) if vectors is not None else []
    return (
        vectors.rows([s.text_key for s in statements]).mean(axis=0).astype(np.float64)
        if statements and vectors
        else None
    )


def _strata(old: Side, new: Side) -> list[tuple[frozenset[str], frozenset[str]]]:
    """People of both runs by channel; channels with few people in either run go together, and one whole where there
    is nothing to weigh."""
    by_channel: dict[str, tuple[set[str], set[str]]] = {}
    for side, run in enumerate((old, new)):
        for person in run.people:
            by_channel.setdefault(run.channel.get(person, ""), (set(), set()))[side].add(person)
    few: tuple[set[str], set[str]] = (set(), set())
    strata = []
    for _, pair in sorted(by_channel.items()):
        if min(len(pair[0]), len(pair[1])) >= LEAST_IN_CHANNEL:
            strata.append(pair)
        else:
            few[0].update(pair[0])
            few[1].update(pair[1])
    if few[0] and few[1]:
        strata.append(few)
    if not strata or bool(few[0]) != bool(few[1]):
        # People of a channel that only one run has cannot be weighed against anybody.
        return [(old.people, new.people)]
    return [(frozenset(a), frozenset(b)) for a, b in strata]


def _flows(old: Side, new: Side) -> dict[tuple[str, str], float]:
    """(old, new) -> Jaccard among people of both runs, of pairs into which enough of either's people went."""
    both = old.people & new.people
    links = {}
    for before, some in sorted(old.members.items()):
        for after, others in sorted(new.members.items()):
            here, there, shared = some & both, others & both, some & others
            if shared and len(shared) >= FLOWS * min(len(here), len(there)):
                links[before, after] = jaccard(here, there)
    return links


def _alike(old: Side, new: Side) -> dict[tuple[str, str], float]:
    """The best one-to-one pairs by likeness that are nearer than different personas of one run are to each other."""
    from scipy.optimize import linear_sum_assignment

    before, after = sorted(old.members), sorted(new.members)
    if not before or not after:
        return {}
    alike = np.array([[_likeness(old, one, new, other) for other in after] for one in before])
    least = max(ALIKE, _usual(old), _usual(new))
    pairs = zip(*linear_sum_assignment(-np.round(alike, 8)), strict=True)
    return {(before[a], after[b]): float(alike[a, b]) for a, b in pairs if alike[a, b] > least}


def _usual(side: Side) -> float:
    """How alike the two most similar personas of one run are: a match must be nearer than that."""
    names = sorted(side.members)
    return max((_likeness(side, a, side, b) for a in names for b in names if a < b), default=0.0)


def _likeness(this: Side, a: str, other: Side, b: str) -> float:
    """Mean of the traits' overlap (Dice) and the centroids' cosine, of what both runs have."""
    likenesses = []
    if a in this.centroids and b in other.centroids:
        likenesses.append(float(this.centroids[a] @ other.centroids[b]))
    first, second = this.traits.get(a, frozenset()), other.traits.get(b, frozenset())
    if first and second:
        likenesses.append(2 * len(first & second) / (len(first) + len(second)))
    return sum(likenesses) / len(likenesses) if likenesses else 0.0


def _connected(links: Mapping[tuple[str, str], float]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Old and new personas that hang together, each one-to-one, one-to-many or many-to-one where links allow."""
    groups: list[tuple[set[str], set[str]]] = []
    for (before, after), _ in sorted(links.items(), key=lambda one: (-one[1], one[0])):
        touching = [group for group in groups if before in group[0] or after in group[1]]
        joined = ({before}.union(*(g[0] for g in touching)), {after}.union(*(g[1] for g in touching)))
        if len(joined[0]) > 1 and len(joined[1]) > 1:
            continue  # a tangle: the stronger links stand
        groups = [group for group in groups if group not in touching] + [joined]
    return sorted((tuple(sorted(a)), tuple(sorted(b))) for a, b in groups)


def _match(
    before: tuple[str, ...],
    after: tuple[str, ...],
    basis: str,
    links: Mapping[tuple[str, str], float],
    sides: tuple[Side, Side],
    tests: int,
) -> Match:
    old, new = sides
    status = "split" if len(after) > 1 else "merged" if len(before) > 1 else "kept"
    likeness = max(links.get((a, b), 0.0) for a in before for b in after)
    had = frozenset().union(*(old.members[one] for one in before))
    have = frozenset().union(*(new.members[one] for one in after))
    return Match(status, before, after, basis, round(likeness, 6), share_change(had, have, old, new, tests))
