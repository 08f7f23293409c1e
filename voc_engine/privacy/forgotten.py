"""Who was forgotten, as marks that tell nobody's name: found again by their keys, and their names in others' words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from voc_engine.config import Config
from voc_engine.language.tokens import LETTERS
from voc_engine.privacy.masks import apply
from voc_engine.privacy.name_lists import is_word
from voc_engine.privacy.people_file import PeopleFile

NAME_MARK, MAIL_MARK = "[person]", "[email]"
Edits = list[tuple[int, int, int]]
_GAP = re.compile(r"[ \t\u00a0,._'’-]{1,3}")
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@.])@?\w(?:[\w.-]*\w)?")
# words of a name; letters of a part and characters of a handle below which words would be taken for them
_MOST_PARTS, _LEAST_LETTERS, _LEAST_HANDLE = 4, 3, 5


@dataclass(frozen=True)
class Forgotten:
    """``marks`` are keyed hashes of identity keys, names, single parts of names, mail addresses and handles."""

    key: bytes = b""
    marks: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.marks)

    def is_person(self, keys: Iterable[str]) -> bool:
        """Whether any of these identity keys ("mail:a@x.org", "name:anna vos") is of somebody who was forgotten."""
        return bool(self.marks) and any(_mark(self.key, "identity", key.casefold()) in self.marks for key in keys)

    def mask(self, text: str) -> tuple[str, Edits]:
        """The text with forgotten people's names, addresses and handles masked, and the edits (start, end, new length)."""
        if not self.marks or not text:
            return text, []
        spans = list(self._spans(text))
        return apply(text, spans) if spans else (text, [])

    def masked(self, text: str) -> str:
        """``mask`` without the edits."""
        return self.mask(text)[0]

    def mask_path(self, path: str) -> str:
        """A file's path or place without these names, also where they are written in small letters."""
        return _path_masked(self, path) if self.marks else path

    def _path_masked(self, path: str) -> str:
        parts = [(*match.span(), NAME_MARK) for match in LETTERS.finditer(path) if self._is_part(match.group())]
        return apply(path, [*self._spans(path), *parts])[0]

    def _is_part(self, word: str) -> bool:
        return len(word) >= _LEAST_LETTERS and self._has("part", word.casefold())

    def _spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in _MAIL.finditer(text):
            if self._has("mail", match.group().casefold()):
                yield (*match.span(), MAIL_MARK)
        for match in _HANDLE.finditer(text):
            if self._has("handle", match.group().lstrip("@").casefold()):
                yield (*match.span(), NAME_MARK)
        yield from self._names(text)

    def _names(self, text: str) -> Iterator[tuple[int, int, str]]:
        tokens = [(match.start(), match.end(), match.group()) for match in LETTERS.finditer(text)]
        for number, (start, end, word) in enumerate(tokens):
            if word[0].isupper() and self._is_part(word):
                yield start, end, NAME_MARK
            phrase = word.casefold()
            if not self._has("first", phrase):  # one look-up for most words: pairs of words are too many to be hashed
                continue
            for after, stop, more in tokens[number + 1 : number + _MOST_PARTS]:
                if not _GAP.fullmatch(text, end, after):
                    break
                phrase, end = f"{phrase} {more.casefold()}", stop
                if self._has("name", phrase):
                    yield start, end, NAME_MARK

    def _has(self, sort: str, phrase: str) -> bool:
        return _mark(self.key, sort, phrase) in self.marks


def marks_of(key: bytes, identity: Iterable[str], names: Iterable[str]) -> frozenset[str]:
    """The marks of one person: of every identity key (without role), and of every way to write each name.

    A part of a name that is a common word too ("Will") is known in the whole name only.
    """
    marks: set[str] = set()
    keys = {one.casefold() for one in identity}
    for identity_key in keys:
        marks.add(_mark(key, "identity", identity_key))
        sort, _, value = identity_key.partition(":")
        if sort == "mail":
            marks.add(_mark(key, "mail", value))
        if sort == "handle" and len(value) >= _LEAST_HANDLE:
            marks.add(_mark(key, "handle", value.rstrip(".-")))
    for name in names:
        parts = [part.casefold() for part in LETTERS.findall(name)]
        if len(parts) > 1:
            orders = (parts, [*parts[-1:], *parts[:-1]], [parts[0], parts[-1]], [parts[-1], parts[0]])
            marks |= {_mark(key, "name", " ".join(order)) for order in orders}
            marks |= {_mark(key, "first", order[0]) for order in orders}
            marks.add(_mark(key, "identity", f"name:{' '.join(name.casefold().split())}"))
        for part in parts:
            if len(part) >= _LEAST_LETTERS and not is_word(part):
                marks.add(_mark(key, "part", part))
    return frozenset(marks)


@lru_cache(maxsize=1 << 10)
def _path_masked(forgotten: Forgotten, path: str) -> str:
    return forgotten._path_masked(path)


@lru_cache(maxsize=1 << 16)
def _mark(key: bytes, sort: str, phrase: str) -> str:
    return blake2b(f"{sort}:{phrase}".encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()


def people_left(people: PeopleFile, forgotten: Forgotten) -> PeopleFile:
    """The people file without the rows of people who were forgotten."""
    if not forgotten:
        return people
    keys: dict[str, list[str]] = {person: [f"person:{person}", f"name:{name}"] for person, name in people.names.items()}
    for key, person in people.alias.items():
        keys[person].append(key)
    staying = {person for person in people.names if not forgotten.is_person(keys[person])}

    return PeopleFile(
        {key: person for key, person in people.alias.items() if person in staying},
        {person: said for person, said in people.attributes.items() if person in staying},
        {person: name for person, name in people.names.items() if person in staying},
        {person: consent for person, consent in people.consents.items() if person in staying},
    )


def config_left(config: Config, forgotten: Forgotten) -> Config:
    """The configuration with names of forgotten people masked, since every run's manifest keeps it."""
    if not forgotten:
        return config
    sources = [
        one.model_copy(
            update={
                "interviewers": [forgotten.masked(name) for name in one.interviewers],
                "participants": [forgotten.masked(name) for name in one.participants],
            }
        )
        for one in config.sources
    ]
    return config.model_copy(update={"sources": sources})


def config_told(config: Config, forgotten: Forgotten) -> Config:
    """The configuration as a manifest may keep it: "*" for forgotten people's names in the sources' paths."""
    if not forgotten:
        return config
    masked = [
        one.model_copy(update={"path": forgotten.mask_path(one.path).replace(NAME_MARK, "*")}) for one in config.sources
    ]
    return config.model_copy(update={"sources": masked})
