"""Findings by thing and side: what several people of a small study praise, suffer by or wish of one thing.

In talk of an hour few people say just the same, and several speak of one thing. Aspect by side, as in aspect-based key
points (Tang et al. 2024): where few findings are shared, people are counted by what they say of a thing on one side. The
thing is in the words of its people; what everybody speaks of all the time (the study's own subject) and nouns that
seldom name a matter ("time", "way", "lot", by labelled sentences) are none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.likeness import UnitFeatures, same
from voc_engine.insights.shared_words import Floats, Ints, said_words
from voc_engine.insights.theme_finding import Limits, linked
from voc_engine.insights.units import Unit
from voc_engine.language.matters import can_name
from voc_engine.language.polarity import lean
from voc_engine.language.stems import stem
from voc_engine.language.stop_words import is_content
from voc_engine.language.tokens import folded, parts, words
from voc_engine.records import Mention
from voc_engine.statistics import SMALL_SAMPLE

# With fewer findings of several people a small study is told by thing and side; with each more, one person more has to
# speak of a thing, so that no study loses at once what it told of.
FEW = 5
SIDES: Mapping[str, str] = {
    "delight": "praise", "pain_point": "trouble", "objection": "trouble", "request": "wishes",
}  # fmt: skip
# What says the same with this mean probability says it of one thing; what speaks of it and has no thing of its own has to be
# surer. Of pairs of talk that were read, those from .3 were right but for the study's own subject.
_TOGETHER, _BESIDE = 0.3, 0.4
# A statement of so few words that names the thing says nothing else: two of them are as likely as not one matter.
_PLAIN, _BOTH_PLAIN = 12, 0.5
# A noun names one thing, whatever stands before it, where so many of who name it say it alone: "viewfinder", and not
# "quality" where most mean the sound's.
_ALONE = 0.5
# What so large a share of the mentions speaks of, and more than a few, is what the study is about.
_SUBJECT, _LEAST_SUBJECT = 0.09, 10
# A noun is the thing of a labelled sentence in which it stands at least so often; that of so many sentences is as of all.
_NAMES, _UNKNOWN = 0.15, 4
_SEVERAL = 2

Key = frozenset[str]


def fewest_of_a_thing(people: int, shared: int) -> int | None:
    """How many people have to speak of a thing before a study of so many people, with so many findings of several, tells of
    it by side; None where it tells of none."""
    fewest = max(_SEVERAL, _SEVERAL + 1 + shared - FEW)
    return fewest if people < SMALL_SAMPLE and fewest <= people else None


@lru_cache(maxsize=200_000)
def key_of(thing: str | None) -> Key | None:
    """What a phrase names, whatever its form: the stems of its words, without what only praises or blames ("great
    speakerphone"). None where its noun seldom names a matter, or is praise or a complaint itself."""
    named = parts(thing or "")
    if not named or not can_name(named[-1]) or lean(named[-1:]) or names_things(stem(named[-1])) < _NAMES:
        return None
    telling = [word for word in named[:-1] if is_content(word) and not lean([word])]
    return frozenset(map(stem, [*telling, named[-1]]))


def own_key(mention: Mention) -> Key | None:
    """What a mention names in its own words: of pairs whose thing stood only before them two in twelve were right."""
    key = key_of(mention.thing)
    return key if key and speaks_of(mention.quote, key) else None


def bare(thing: str) -> str:
    """A phrase without the words in it that only praise or blame, as it was said."""
    return " ".join(word for word in thing.split() if not lean([folded(word)])) or thing


def names_things(noun: str) -> float:
    """How often a noun, by its stem, is what a sentence is about in which it stands; in [0, 1]."""
    named, spoken = _counts().get(noun, (0, 0))
    every, of = _counts()[""]
    return (named + _UNKNOWN * every / of) / (spoken + _UNKNOWN)


@cache
def _counts() -> Mapping[str, tuple[int, int]]:
    counted = json.loads((files("voc_engine.insights") / "model" / "things.json").read_text("utf-8"))
    return {noun: (named, spoken) for noun, (named, spoken) in counted.items()}


def thing_of(mentions: Sequence[Mention]) -> Key | None:
    """The thing that most people of a finding name; None where no two speak of it."""
    named = Counter(key for key, _ in {(own_key(mention), mention.person_id) for mention in mentions} if key)
    speaking = {key: len({mention.person_id for mention in mentions if speaks_of(mention.quote, key)}) for key in named}
    best = min(named, key=lambda key: (-named[key], -speaking[key], sorted(key)), default=None)
    return best if best is not None and speaking[best] >= _SEVERAL else None


def speaks_of(text: str, key: Key) -> bool:
    """Whether the words of a thing stand in a text."""
    return key <= set(said_words(text))


def plainly(mention: Mention, key: Key) -> bool:
    """Whether its statement names the thing and says little else."""
    wording = mention.statement or mention.quote
    return len(words(wording)) <= _PLAIN and speaks_of(wording, key)


def by_thing(
    mentions: Sequence[Mention],
    units: Sequence[Unit],
    rows: UnitFeatures,
    shared: Sequence[Ints],
    options: InsightsConfig,
    fewest: int = _SEVERAL,
) -> list[Ints]:
    """Rows of the units of each finding by thing and side, of ``fewest`` people and more, widest first; no unit is in two.

    ``shared``: the units of each finding that several people share. Such a finding goes in whole where most of its units do
    and somebody else does, else its units stay with it.
    """
    seen_units = _Seen.of(mentions, units, rows, options)
    groups = sorted(seen_units.groups(), key=lambda group: (-seen_units.people(group[1]), group[0], group[1][0]))
    home = {row: number for number, unit_rows in enumerate(shared) for row in unit_rows.tolist()}
    free = np.ones(len(units), dtype=bool)
    findings: list[Ints] = []
    for _, group in groups:
        left = set(group[free[group]].tolist())
        inside = Counter(home[row] for row in left if row in home)
        joined = [number for number, count in inside.items() if 2 * count > len(shared[number])]
        rows_taken = {row for row in left if row not in home}.union(*(shared[number].tolist() for number in joined))
        whole = np.array(sorted(rows_taken), np.int64)
        joins = len(joined) > 1 or any(row not in home for row in rows_taken)
        if joins and seen_units.people(whole) >= fewest and seen_units.firm(whole, options):
            free[whole] = False
            findings.append(whole)
    return findings


@dataclass(frozen=True, slots=True)
class _Seen:
    """Units as they are looked at. ``first``: a mention of each; ``sides``: its side, None where it is not sure; ``keys``:
    what it names in its own words; ``subject``: stems of what the whole study is about; ``alone``: things that most name by
    their noun alone."""

    mentions: Sequence[Mention]
    units: Sequence[Unit]
    rows: UnitFeatures
    first: Sequence[Mention]
    sides: Sequence[str | None]
    keys: Sequence[Key | None]
    subject: frozenset[str]
    alone: frozenset[Key]

    @classmethod
    def of(
        cls, mentions: Sequence[Mention], units: Sequence[Unit], rows: UnitFeatures, options: InsightsConfig
    ) -> _Seen:
        first = [mentions[unit.rows[0]] for unit in units]
        sides = [SIDES.get(one.kind) if one.probability >= options.sure else None for one in first]
        keys = [own_key(one) if side else None for one, side in zip(first, sides, strict=True)]
        spread = Counter(word for one in first for word in said_words(f"{one.quote} {one.thing or ''}"))
        most = max(_SUBJECT * len(first), _LEAST_SUBJECT)
        subject = frozenset(word for word, count in spread.items() if count > most)
        return cls(mentions, units, rows, first, sides, keys, subject, _by_noun_alone(first, keys))

    def groups(self) -> Iterator[tuple[list[str], Ints]]:
        """Each thing with rows of units that say the same of it on one side: two people at least, one of whom names it."""
        for side in sorted(set(SIDES.values())):
            of_side = [row for row, of in enumerate(self.sides) if of == side]
            for key in sorted(
                {key for row in of_side if (key := self.keys[row]) and not key <= self.subject}, key=sorted
            ):
                able = [row for row in of_side if self._names(row, key) or self._only_speaks(row, key)]
                rows = np.array(able, np.int64)
                if len(rows) < _SEVERAL or self.people(rows) < _SEVERAL:
                    continue
                labels = linked(self._near(rows, key), Limits(_TOGETHER, _TOGETHER))
                several = [group for number in range(int(labels.max()) + 1)
                           if self.people(group := rows[labels == number]) >= _SEVERAL
                           and any(self.keys[row] == key for row in group.tolist())]  # fmt: skip
                if several:
                    yield sorted(key), np.sort(np.concatenate(several))

    def _near(self, rows: Ints, key: Key) -> Floats:
        """Probability that two units say the same, where it is known that both speak of the thing, shape (rows, rows)."""
        near: Floats = same(self.rows.at(rows), self.rows.at(rows))
        near = np.minimum(near, near.T)
        named = np.array([self._names(row, key) for row in rows.tolist()])
        plain = np.array([plainly(self.first[row], key) for row in rows.tolist()])
        near[~named] *= _TOGETHER / _BESIDE
        near[:, ~named] = np.minimum(near[:, ~named], near[~named].T)
        both = np.outer(plain, plain) & (near > 0)
        near[both] = np.maximum(near[both], _BOTH_PLAIN)
        np.fill_diagonal(near, 1.0)
        return near

    def _names(self, row: int, key: Key) -> bool:
        """Whether a unit is about the thing, by whatever more words, where most name it by its noun alone."""
        thing = self.keys[row]
        return thing == key or (thing is not None and thing >= key and key in self.alone)

    def _only_speaks(self, row: int, key: Key) -> bool:
        """Whether the words of the thing stand in a unit that has no thing of its own."""
        mention = self.first[row]
        return key_of(mention.thing) is None and speaks_of(mention.quote, key)

    def people(self, rows: Ints) -> int:
        return len({self.mentions[one].person_id for row in rows.tolist() for one in self.units[row].rows})

    def firm(self, rows: Ints, options: InsightsConfig) -> bool:
        """Whether two of its people are firm: who may not have said it at all is no second voice."""
        mentions = (self.mentions[mention] for row in rows.tolist() for mention in self.units[row].rows)
        firm = {one.person_id for one in mentions if one.pinned or one.probability >= options.firm}
        return len(firm) >= _SEVERAL


def _by_noun_alone(mentions: Sequence[Mention], keys: Sequence[Key | None]) -> frozenset[Key]:
    """Things of one word that enough of the people who name them, with or without more words, name by it alone."""
    people: dict[Key, set[str]] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key:
            people.setdefault(key, set()).add(mention.person_id)
    able = set()
    for key in people:
        every = set().union(*(who for other, who in people.items() if other >= key))
        if len(key) == 1 and len(people[key]) >= _ALONE * len(every):
            able.add(key)
    return frozenset(able)
