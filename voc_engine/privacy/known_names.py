"""Names that the study gives: people's, in every way in which they are written, and companies'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from voc_engine.language.keywords import keywords
from voc_engine.language.word_lists import word_list
from voc_engine.privacy.masks import Span
from voc_engine.privacy.name_lists import MONTHS, SHORT_NAME, folded, is_word, listed, nicknames, starts_sentence
from voc_engine.privacy.seen_text import SeenText

_KEYWORDS = keywords(__package__, "known_names")

_NAME_PART = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_RUN = re.compile(r"[^\W_]+")
_LEGAL = re.compile(_KEYWORDS.pattern("legal"), re.IGNORECASE)
# Letters of a name that is run together; shorter ones may be words of any language.
_TOGETHER = 8
# Letters of a company's name; one that has fewer than the second is often a word or an abbreviation as well.
_FEWEST_LETTERS = 3
_PLAIN_LETTERS = 4
_PARTICLES = word_list("name_particles")
# What a person does and a word does not: "Will said", "Grace is".
_ACTS = re.compile(_KEYWORDS.pattern("acts"))
_ADDRESSED = re.compile(_KEYWORDS.pattern("addressed"), re.IGNORECASE)
_SIGNED = re.compile(r"[,.!\n]\s*$")
_ARTICLE = re.compile(_KEYWORDS.pattern("article"), re.IGNORECASE)


@dataclass(frozen=True)
class KnownName:
    """Somebody whose name may not stay in a text. ``names``: several ways to write it, separated by semicolons.

    With ``whole`` only full names are looked for: a list of thousands holds every first name there is.
    """

    names: str
    mask: str
    company: bool = False
    whole: bool = False

    @property
    def forms(self) -> tuple[tuple[str, bool], ...]:
        """(folded form, whether it is a common word and so needs a capital and a place for a name), longest first."""
        return _written(self.names, self.company, self.whole).forms

    @cached_property
    def ways(self) -> _Ways:
        """The forms with what looking for them needs."""
        return _written(self.names, self.company, self.whole)


@dataclass(frozen=True)
class _Ways:
    """``forms`` of a name as of ``KnownName``."""

    forms: tuple[tuple[str, bool], ...]

    @cached_property
    def doubtful(self) -> dict[str, bool]:
        """Form -> whether it is a common word."""
        return dict(self.forms)

    @cached_property
    def worded(self) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
        """(form, its words, the runs of letters that a text with it holds), longest first."""
        return tuple((form, tuple(form.split(" ")), _runs(form)) for form, _ in self.forms)

    @cached_property
    def needed(self) -> frozenset[str]:
        """Runs of letters of which a text with one of the forms holds at least one: the longest of each form."""
        return frozenset(max(runs, key=lambda run: (len(run), run)) for _, _, runs in self.worded if runs)


def _runs(text: str) -> frozenset[str]:
    """The runs of letters and figures in a folded text. A form stands between other signs, and so do the runs in it."""
    return frozenset(_RUN.findall(text))


@lru_cache(maxsize=50_000)
def _written(names: str, company: bool, whole: bool) -> _Ways:
    """The same people write one ticket after another."""
    forms: dict[str, bool] = {}
    for name in filter(None, (given.strip() for given in names.split(";"))):
        for form, doubtful in _company_forms(name) if company else _person_forms(name, whole):
            forms[form] = forms.get(form, True) and doubtful
    return _Ways(tuple(sorted(forms.items(), key=lambda item: (-len(item[0]), item[0]))))


def _person_forms(name: str, whole: bool) -> Iterator[tuple[str, bool]]:
    parts = [folded(one) for one in _NAME_PART.findall(name)]
    real = [one for one in parts if one not in _PARTICLES]
    if len(parts) > 1:
        yield " ".join(parts), False
        yield f"{parts[-1]} {' '.join(parts[:-1])}", False
        yield f"{parts[-1]}, {' '.join(parts[:-1])}", False
        yield f"{parts[0]} {parts[-1]}", False
        for together in ("".join(parts), f"{parts[0]}{parts[-1]}", f"{parts[0][0]}{parts[-1]}"):
            # Tags and accounts: "#AnnaBerg", "C:\\Users\\aberg".
            if len(together) >= _TOGETHER and not is_word(together):
                yield together, False
        if len(real) > 1:
            for initial in (f"{real[0][0]}. {real[-1]}", f"{real[0][0]} {real[-1]}", f"{real[0]} {real[-1][0]}."):
                yield initial, False
    if not whole or len(parts) == 1:
        for name_part in real or parts:
            yield from _alone(name_part, short=len(parts) == 1)
        if len(real) > 1:
            yield from _several(real[-1])
        for nickname in nicknames().get(parts[0] if parts else "", ()):
            yield from _alone(nickname, short=False)


def _alone(part: str, *, short: bool) -> Iterator[tuple[str, bool]]:
    """A part of a name by itself. Two letters of a longer name, or one letter, could be anything."""
    if len(part) >= SHORT_NAME:
        yield part, len(part) == SHORT_NAME or is_word(part)
    if "-" in part or "'" in part:
        for piece in re.split(r"[-']", part):
            if len(piece) >= _PLAIN_LETTERS and piece in listed("given_names"):
                yield piece, is_word(piece)


def _several(family: str) -> Iterator[tuple[str, bool]]:
    """A family by its name: "the Berghoffs". "Roberts" is another name than "Robert"."""
    form = f"{family}{'es' if family.endswith(('s', 'x', 'z', 'ch', 'sh')) else 's'}"
    other = is_word(family) or is_word(form) or form in listed("surnames") or form in listed("given_names")
    if len(family) >= _PLAIN_LETTERS and not other:
        yield form, False


def _company_forms(name: str) -> Iterator[tuple[str, bool]]:
    form = folded(" ".join(name.split()))
    short = form
    while (cut := _LEGAL.sub("", short)) != short and len(cut) >= _FEWEST_LETTERS:
        short = cut
    for variant in {form, short}:
        if len(variant) >= _FEWEST_LETTERS:
            yield variant, " " not in variant and (is_word(variant) or len(variant) < _PLAIN_LETTERS)


def _matches(plain: str, forms: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, form) of what stands in a folded text as whole words, without overlaps: from left to right, and of those
    that begin together the one that is named first. An expression for each person of a large study costs more."""
    spans = []
    for order, (form, words) in enumerate(forms):
        start = plain.find(words[0])
        while start >= 0:
            if (start == 0 or not plain[start - 1].isalnum()) and (end := _end_of(plain, words, start)) > 0:
                spans.append((start, order, end, form))
            start = plain.find(words[0], start + 1)
    last = 0
    for start, _, end, form in sorted(spans):
        if start >= last:
            yield start, end, form
            last = end


def _end_of(plain: str, words: Sequence[str], at: int) -> int:
    """Where the words end that begin here, one or two blanks, dots, dashes or underscores apart; 0 where they do not."""
    at += len(words[0])
    for word in words[1:]:
        gap = next((gap for gap in (1, 2) if plain.startswith(word, at + gap)), 0)
        if not gap or not all(char.isspace() or char in "_.-" for char in plain[at : at + gap]):
            return 0
        at += gap + len(word)
    return 0 if plain[at : at + 1].isalnum() else at


def known_spans(text: str, names: Sequence[KnownName]) -> Iterator[Span]:
    """Where the names stand: in any case and without their accents, whole, in parts, with initials, as nicknames.

    A name that is also a word is taken for the name with a capital only, and where a name may stand. Where two people
    share a form, the first in the list is meant.
    """
    plain = folded(text)
    runs = _runs(plain)
    spans: dict[tuple[int, int], str] = {}
    for name in names:
        ways = name.ways
        if runs.isdisjoint(ways.needed):
            continue
        here = [(form, words) for form, words, needed in ways.worded if needed <= runs]
        for start, end, form in _matches(plain, here):
            if not ways.doubtful[form] or _is_named(text, start, end):
                spans.setdefault((start, end), name.mask)
    yield from ((start, end, mask) for (start, end), mask in sorted(spans.items()))


def _is_named(text: str, start: int, end: int) -> bool:
    """Whether a word that is also a name is the name here."""
    word = text[start:end]
    if not word[0].isupper() or (word.isupper() and len(word) > 1 and is_shouted(text)):
        return False
    if _ARTICLE.search(text, max(0, start - 12), start) and not text.startswith(("'s", "’s"), end):
        return False
    if not starts_sentence(text, start):
        return True
    following = _ACTS.match(text, end)
    if following is None:
        alone = text[end : end + 1] in ("", "\n") and bool(_SIGNED.search(text, max(0, start - 4), start))
        return alone or not text[end:].strip(" .!?\n") or bool(_greeted(text, start))
    if (
        following.group().strip() in ("and", "or", "in", "at", "for", "will")
        and folded(word) in {"will", "may", "mark", "bill"} | MONTHS
    ):
        return following.group().strip() in ("and", "will")
    return True


def _greeted(text: str, start: int) -> re.Match[str] | None:
    return _ADDRESSED.search(text, max(0, start - 16), start)


def is_shouted(text: str) -> bool:
    """Whether more than seven of ten letters are capitals."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > 0.7 * len(letters)


_ALONE = ""


class Directory:
    """Many known names, of which a text is searched only for those of which a word stands in it."""

    def __init__(self, names: Mapping[str, str], *, company: bool = False, whole: bool = False) -> None:
        """``names`` maps a pseudonym to the names behind it."""
        self._known = [KnownName(name, f"[{one}]", company, whole) for one, name in sorted(names.items())]
        words = [sorted({tuple(_NAME_PART.findall(form)) for form, _ in one.forms}) for one in self._known]
        often = Counter(word for forms in words for form in forms for word in form)
        # By the rarest word of each form, and by the next one: thousands may share a first name or a last one.
        self._by_word: dict[str, dict[str, list[tuple[int, tuple[str, ...]]]]] = {}
        for number, forms in enumerate(words):
            for form in filter(None, forms):
                rarest, *others = sorted(form, key=lambda word: (often[word], word))
                self._by_word.setdefault(rarest, {}).setdefault((others or [_ALONE])[0], []).append((number, form))

    def near(self, text: str) -> list[KnownName]:
        """The names of which all words of a form stand in the text, in the order of their masks."""
        if not self._by_word:
            return []
        words = _words_in(text)
        places = {
            place
            for word in words & self._by_word.keys()
            for other in self._by_word[word].keys() & words | {_ALONE}
            for place, form in self._by_word[word].get(other, ())
            if all(one in words for one in form)
        }
        return [self._known[place] for place in sorted(places)]


@lru_cache(maxsize=8)
def _words_in(text: str) -> frozenset[str]:
    """The folded words of a text, and their pieces: several directories are asked for the same text."""
    words = set(_NAME_PART.findall(folded(SeenText(text).text)))
    words |= {word[:-2] for word in words if word.endswith(("'s", "’s"))}
    words |= {piece for word in words if not word.isalnum() for piece in re.split(r"['’-]", word)}
    return frozenset(words)
