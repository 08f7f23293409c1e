"""Terms that set a group apart: nouns and pairs of words that more of its people use than of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voc_engine.language.matters import can_name
from voc_engine.language.stems import stem
from voc_engine.language.stop_words import is_stop
from voc_engine.language.tokens import WORD, folded
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import stable_hash
from voc_engine.statistics import log_odds

CLEARLY = 1.64  # z of the log-odds: over-represented beyond a one-sided 5%
LEAST_PEOPLE = 3  # two may share a word by chance
_FEWEST_LETTERS = 3  # what is shorter names no matter ("ok", "pc")
MOST_PEOPLE = 4_000  # a choice: of more a sample tells words apart as well
MOST_READ = 50  # statements of a person
_INSIDE = 0.78  # of the rates inside and outside, that inside: words of everybody name nobody
_BEFORE_NOUN = frozenset(
    word
    for line in ("the a an my our your his her their", "this that no every each any of per")
    for word in line.split()
)
_BEFORE_ADJECTIVE = frozenset(
    word
    for line in ("is are was were be been it's very too so", "as for went gone get got still")
    for word in line.split()
)
_TOKEN = re.compile(rf"\[[^\]\s]*\]|{WORD.pattern}|[^\w\s]")


def mostly_here(here: int, size: int, there: int, outside: int) -> bool:
    """Whether ``here`` of ``size`` people inside is nearly all of the rate, against ``there`` of ``outside`` others."""
    return here * outside >= _INSIDE * (here * outside + there * size)


@dataclass(frozen=True)
class _Use:
    """``noun``: a noun or a pair that ends in one, which somebody who may be quoted uses."""

    people: frozenset[str]
    noun: bool
    shown: str


class _Places:
    """Where a word stands: before what, after what, and how it is written in mid-sentence."""

    def __init__(self) -> None:
        self._all = self._led = self._closed = self._said_of = 0
        self._forms: dict[str, int] = {}

    def add(self, tokens: Sequence[str], start: int, position: int) -> None:
        follows = tokens[position + 1].lower() if position + 1 < len(tokens) else "."
        leads = tokens[start - 1].lower() if start else "."
        self._all += 1
        self._led += leads in _BEFORE_NOUN
        self._said_of += leads in _BEFORE_ADJECTIVE
        self._closed += not follows[0].isalnum() or is_stop(folded(follows))
        if leads[-1].isalnum() or leads == ",":
            self._forms[tokens[position]] = self._forms.get(tokens[position], 0) + 1

    @property
    def noun(self) -> bool:
        """Often led by an article, mostly closing its phrase, seldom said of something: "the list.", not "is free"."""
        return 10 * self._led >= 3 * self._all and 2 * self._closed >= self._all and 8 * self._said_of < self._all

    def written(self, word: str) -> str:
        forms = self._forms
        return min(forms, key=lambda form: (-forms[form], form)) if forms else word


class Terms:
    """Terms of everybody's statements; names of people, days and products (capitalised in mid-sentence) are none."""

    def __init__(self, crowd: Crowd) -> None:
        self.people = _some(crowd.people)
        self._ids = frozenset(person.person_id for person in self.people)

    @cached_property
    def _uses(self) -> Mapping[str, _Use]:
        people: dict[str, set[str]] = {}
        places: dict[str, _Places] = {}
        quotable: set[str] = set()
        for person in self.people:
            for statement in person.statements[:MOST_READ]:
                tokens = _TOKEN.findall(statement.text)
                for position, token in enumerate(tokens):
                    key = _key(token)
                    if key is None:
                        continue
                    for term in (key, *_pair(tokens, position)):
                        places.setdefault(term, _Places()).add(tokens, position - term.count(" "), position)
                        people.setdefault(term, set()).add(person.person_id)
                        quotable.update([term] if statement.quotable else ())
        return {
            key: _Use(
                frozenset(who),
                places[key].noun and key in quotable,
                " ".join(places[word].written(word) for word in key.split()),
            )
            for key, who in people.items()
        }

    def of(self, members: Sequence[Person]) -> dict[str, float]:
        """Nouns and pairs that set these people apart, as shown, with the z of their log-odds, strongest first."""
        inside = self._ids & {person.person_id for person in members}
        outside = len(self.people) - len(inside)
        scored = []
        for key, use in self._uses.items():
            here = len(use.people & inside)
            if use.noun and here >= LEAST_PEOPLE and use.shown[:1] and not _name(use.shown):
                z = log_odds(here, len(inside), len(use.people) - here, outside)
                if z >= CLEARLY and mostly_here(here, len(inside), len(use.people) - here, outside):
                    scored.append((-round(z, 6), key))
        return {self._uses[key].shown: -z for z, key in sorted(scored)}

    def weights(self, members: Sequence[Person]) -> dict[str, float]:
        """Every word with the z of its log-odds among these people, at least 0."""
        inside = self._ids & {person.person_id for person in members}
        outside = len(self.people) - len(inside)
        scores = {}
        for key, use in self._uses.items():
            if " " not in key:
                here = len(use.people & inside)
                scores[key] = max(0.0, log_odds(here, len(inside), len(use.people) - here, outside))
        return scores


def _some(people: Sequence[Person]) -> Sequence[Person]:
    """Everybody, or MOST_PEOPLE of them by a hash of their ids: words are told apart as well by so many."""
    if len(people) <= MOST_PEOPLE:
        return people
    sample = sorted(people, key=lambda person: stable_hash("terms", person.person_id))[:MOST_PEOPLE]
    return sorted(sample, key=lambda person: person.person_id)


def content(text: str) -> list[str]:
    """The folded words of a text that may be terms."""
    return [key for token in _TOKEN.findall(text) if (key := _key(token)) is not None]


def strongest(terms: Mapping[str, float], most: int) -> list[str]:
    """The strongest terms of which none repeats a word of another; a pair that is nearly as strong stands for its
    words."""
    pairs = [term for term in terms if " " in term]
    chosen: list[str] = []
    for term in list(terms)[: 4 * most]:
        whole = next((pair for pair in pairs if term in pair.split() and 5 * terms[pair] >= 4 * terms[term]), term)
        if len(chosen) < most and not any(_stems(whole) & _stems(other) for other in chosen):
            chosen.append(whole)
    return chosen


def _stems(term: str) -> set[str]:
    return {stem(folded(word)) for word in term.split()}


def _key(token: str) -> str | None:
    """The folded word where it may be a term, or part of one."""
    word = folded(token)
    if (
        len(word) < _FEWEST_LETTERS
        or not word[0].isalpha()
        or "'" in word
        or any(map(str.isdigit, word))
        or not can_name(word)
    ):
        return None
    return word


def _pair(tokens: Sequence[str], position: int) -> Iterator[str]:
    if position:
        first, last = _key(tokens[position - 1]), _key(tokens[position])
        if first and last and first != last:
            yield f"{first} {last}"


def _name(term: str) -> bool:
    """Capitalised but no abbreviation: the name of somebody or something."""
    return any(word[:1].isupper() and not word.isupper() for word in term.split())
