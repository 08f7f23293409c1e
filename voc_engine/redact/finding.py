"""All that is masked in one text: what the study gives, contact data and ids, and names of other people."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain

from voc_engine.config import RedactConfig
from voc_engine.privacy.known_names import KnownName, known_spans
from voc_engine.privacy.masks import Covered, Span, without_overlaps
from voc_engine.privacy.name_lists import SHORT_NAME, folded, is_given, is_word, listed
from voc_engine.privacy.seen_text import SeenText
from voc_engine.redact.addresses import address_spans
from voc_engine.redact.contact import contact_spans
from voc_engine.redact.files import file_name_spans
from voc_engine.redact.identifiers import identifier_spans
from voc_engine.redact.links import handle_spans, link_spans
from voc_engine.redact.others import Entities, people_in, surname_end
from voc_engine.redact.recognisers import PERSON, recognised_people, recognised_spans
from voc_engine.redact.writing import Person


def entities_for(options: RedactConfig) -> Entities | None:
    """The language model, where the options want it; it loads when it is first asked."""
    if options.names != "model":
        return None
    from voc_engine.redact.entity_model import entities

    return entities


def pattern_spans(text: str, keep: Collection[str] = ()) -> Iterator[Span]:
    """Everything that has a form of its own."""
    return chain(
        contact_spans(text),
        link_spans(text),
        handle_spans(text, keep),
        identifier_spans(text),
        address_spans(text),
        recognised_spans(text),
        file_name_spans(text),
    )


# Attributes and titles are the same few words again and again.
_SHORT = 80


def _formed(text: str, keep: frozenset[str]) -> list[Span]:
    return list(_formed_short(text, keep)) if len(text) <= _SHORT else list(pattern_spans(text, keep))


@lru_cache(maxsize=20_000)
def _formed_short(text: str, keep: frozenset[str]) -> tuple[Span, ...]:
    return tuple(pattern_spans(text, keep))


@dataclass
class Naming:
    """Names of unknown people within one document: the same person gets the same number, in the order of the text."""

    numbers: dict[str, int] = field(default_factory=dict)

    def mask(self, name: str) -> str:
        """ "[person 1]" for the first. Who was named in full is known again by a part of the name."""
        parts = [part for part in folded(name).replace(".", " ").split() if len(part) > 1] or [folded(name)]
        number = next((self.numbers[part] for part in parts if part in self.numbers), None)
        if number is None:
            number = max(self.numbers.values(), default=0) + 1
        for part in parts:
            self.numbers.setdefault(part, number)
        return f"[person {number}]"


class Finder:
    """Finds what is masked in the texts of one document.

    ``names`` are the people and companies that the study gives, the nearest first; ``keep`` are folded names that stay;
    ``english``: whether people speak English with each other in the document.
    """

    def __init__(self, names: Sequence[KnownName], options: RedactConfig, *, english: bool = True) -> None:
        self.known, self.options, self.english = names, options, english
        self.keep = frozenset(folded(name) for name in options.keep)
        self._entities = entities_for(options)
        self.naming = Naming()

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """Spans of each text, without overlaps. A name that is sure in one of them is one in the others too."""
        readable = [SeenText(text) for text in texts]
        spans = self._spans([visible.text for visible in readable])
        return [visible.original_spans(of_text) for visible, of_text in zip(readable, spans, strict=True)]

    def _spans(self, texts: Sequence[str]) -> list[list[Span]]:
        identities = [list(known_spans(text, self.known)) if self.known else [] for text in texts]
        formed = [_formed(text, self.keep) if text else [] for text in texts]
        people_of: list[list[Person]] = [[] for _ in texts]
        for index, text in enumerate(texts if any(identities) else ()):
            identities[index], namesakes = self._with_surnames(text, identities[index])
            people_of[index] += namesakes
        if self.options.names != "list":
            for index, text in enumerate(texts):
                if not text:
                    continue
                blocked = [(start, end) for start, end, _ in (*identities[index], *formed[index])]
                blocked += [*self._kept_phrases(text), *((person.start, person.end) for person in people_of[index])]
                people = people_in(text, blocked, self._entities, english=self.english)
                people += [Person(*span, sure=True) for span in recognised_people(text)]
                people_of[index] = sorted(
                    [*people_of[index], *(person for person in people if not self._is_kept(text, person))]
                )
            self._again(texts, identities, formed, people_of)
        return [
            without_overlaps([*self._first(identities[index], formed[index]), *self._masked(text, people_of[index])])
            for index, text in enumerate(texts)
        ]

    def _with_surnames(self, text: str, spans: Sequence[Span]) -> tuple[list[Span], list[Person]]:
        """Known first names with the family name behind them, and people who only share a first name with the study's.

        Somebody known as "Anna" alone is taken to be "Anna Berg"; beside a known "Anna Berg", "Anna Holm" is another.
        """
        short, companies = self._masks
        identities: list[Span] = []
        namesakes: list[Person] = []
        lefts = sorted(left for left, _, _ in spans)
        for start, end, mask in spans:
            reach = end if mask in companies or " " in text[start:end] else surname_end(text, end)
            following = lefts[bisect_right(lefts, start) :][:1]
            if reach == end or any(left < reach + 2 for left in following) or self._stays(text[end:reach]):
                identities.append((start, end, mask))
            elif mask in short:
                identities.append((start, reach, mask))
            elif self.options.names == "list" or not is_given(folded(text[start:end])):
                identities.append((start, end, mask))
            else:
                namesakes.append(Person(start, reach, sure=True))
        return identities, namesakes

    @cached_property
    def _masks(self) -> tuple[set[str], set[str]]:
        """Masks of those who are known by one word, and of companies."""
        short = {one.mask for one in self.known if any(" " not in name.strip() for name in one.names.split(";"))}
        return short, {one.mask for one in self.known if one.company}

    def _stays(self, name: str) -> bool:
        return folded(name.strip()) in self.keep

    def _first(self, identities: list[Span], formed: list[Span]) -> list[Span]:
        """A known name inside a mail address goes with it; elsewhere it goes before what only looks like something."""
        starts = sorted(formed)
        ends = list(accumulate((end for _, end, _ in starts), max))
        return [*formed, *(span for span in identities if not _inside(span, starts, ends))]

    def _masked(self, text: str, people: Sequence[Person]) -> list[Span]:
        return [(one.start, one.end, self.naming.mask(text[one.start : one.end])) for one in people]

    def _kept_phrases(self, text: str) -> list[tuple[int, int]]:
        """Where names of several words that are to stay stand."""
        plain = folded(text) if self.keep else ""
        return [match.span() for one in sorted(self.keep) if " " in one for match in re.finditer(re.escape(one), plain)]

    def _is_kept(self, text: str, person: Person) -> bool:
        return folded(text[person.start : person.end]) in self.keep

    def _again(
        self,
        texts: Sequence[str],
        identities: list[list[Span]],
        formed: list[list[Span]],
        people_of: list[list[Person]],
    ) -> None:
        """Parts of names that are sure somewhere in the document, wherever they stand with a capital."""
        names = {
            folded(part)
            for text, people in zip(texts, people_of, strict=True)
            for person in people
            if person.sure
            for part in text[person.start : person.end].split()
        }
        wanted = sorted(
            part for part in names if len(part) > SHORT_NAME and not is_word(part) and part not in listed("places")
        )
        if not wanted:
            return
        again = [KnownName(";".join(wanted), PERSON)]
        for index, text in enumerate(texts):
            others = Covered(len(text), ((start, end) for start, end, _ in (*identities[index], *formed[index])))
            for person in people_of[index]:
                others.add(person.start, person.end)
            for start, end, _ in known_spans(text, again):
                if text[start].isupper() and not others.touches(start, end):
                    people_of[index].append(Person(start, end))
            people_of[index].sort()


def _inside(span: Span, starts: Sequence[Span], ends: Sequence[int]) -> bool:
    """Whether a span lies in one of those that are sorted by start; ``ends``: the furthest end of each and all before."""
    index = bisect_right(starts, span[0], key=lambda other: other[0]) - 1
    return index >= 0 and span[1] <= ends[index]
