"""Who is read in full by the draw: people, with all that they say, at random within source and month.

The unit of evidence is the person, so people are drawn and not sentences: of whom anything is read, all is read, and what
they say can be counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.records import CERTAIN, DRAWN, stable_hash

# A kind of source of which so few people speak is read whole: twelve interviews beside tickets are no sample of them.
FEW = 200
_WHOLE = float(1 << 64)


@dataclass(frozen=True, slots=True)
class Voice:
    """A person with evidence: the ``kinds`` of document they speak in, the ``stratum`` (source and month) of the first of
    these, and how many ``sentences`` have to be read with theirs."""

    person: str
    kinds: frozenset[str]
    stratum: str
    sentences: int


def drawn(voices: Sequence[Voice], budget: int) -> dict[str, str]:
    """Person -> CERTAIN or DRAWN, until ``budget`` sentences are spent; nobody is skipped for being long.

    Each person of a stratum has the same chance, and strata have people drawn in proportion: by a hash of the person's id
    everybody has a place in [0, 1) of their stratum, and the lowest places are taken. So the draw is the same on every run
    and machine, and a draw of more people holds those of fewer.
    """
    people_of = Counter(kind for one in voices for kind in one.kinds)
    few = {kind for kind, people in people_of.items() if people <= FEW}
    chosen = {one.person: CERTAIN for one in voices if one.kinds & few}
    spent = sum(one.sentences for one in voices if one.person in chosen)
    if spent > budget / 2:
        chosen, spent = {}, 0  # too much to be read beside a draw
    places = _places([one for one in voices if one.person not in chosen])
    for voice in sorted(
        (one for one in voices if one.person in places), key=lambda one: (places[one.person], one.person)
    ):
        if spent >= budget:
            break
        chosen[voice.person] = DRAWN
        spent += voice.sentences
    return chosen


def _places(voices: Sequence[Voice]) -> Mapping[str, float]:
    """Person -> place in [0, 1): equally spaced in the stratum from a start of its own, in the order of a hash."""
    strata: dict[str, list[str]] = defaultdict(list)
    for voice in voices:
        strata[voice.stratum].append(voice.person)
    places: dict[str, float] = {}
    for stratum, people in strata.items():
        start = _uniform("stratum", stratum)
        people.sort(key=lambda person: (_uniform("person", person), person))
        places |= {person: (row + start) / len(people) for row, person in enumerate(people)}
    return places


def _uniform(*words: str) -> float:
    return int(stable_hash(*words), 16) / _WHOLE
