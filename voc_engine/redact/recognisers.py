"""Recognisers as data: each a pattern with a score and the context words that raise it (``recognisers.toml``).

The form and the boost by context are Presidio's (Microsoft, MIT): a match below the threshold counts where a word before
it tells what it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from voc_engine.language.pattern_screen import AnyPattern, ScreenedPattern, screened
from voc_engine.privacy.masks import Span

THRESHOLD = 0.5  # as recognisers.toml says: patterns that are sure alone have 1, the others need a word
BOOST = 0.35  # Presidio's own (context_similarity_factor)
_CONTEXT_WORDS = 5  # Presidio's own (context_prefix_count)
_CONTEXT_CHARS = 60  # a bound on time: five words and the blanks between them
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Recogniser:
    """``pattern`` finds; its group "span", where it has one, is what is masked."""

    name: str
    mask: str
    score: float
    pattern: ScreenedPattern
    context: frozenset[str]
    keep: frozenset[str]

    def spans(self, text: str) -> Iterator[Span]:
        """What is sure enough, by itself or by a word before it."""
        group = "span" if "span" in self.pattern.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            sure = self.score + (BOOST if self._is_told(text, match.start()) else 0.0)
            if sure >= THRESHOLD and match[group].casefold().lstrip("@") not in self.keep:
                yield (*match.span(group), self.mask)

    def _is_told(self, text: str, at: int) -> bool:
        if not self.context:
            return False
        before = _WORD.findall(text[max(0, at - _CONTEXT_CHARS) : at].casefold())[-_CONTEXT_WORDS:]
        return not self.context.isdisjoint(before)


@cache
def recognisers() -> tuple[Recogniser, ...]:
    """All of them, in the order of the file."""
    file = tomllib.loads((resources.files("voc_engine.redact") / "recognisers.toml").read_text(encoding="utf-8"))
    return tuple(
        Recogniser(
            row["name"], row["mask"], row["score"], screened(row["pattern"]),
            frozenset(row.get("context", ())), frozenset(row.get("keep", ())),
        )
        for row in file["recogniser"]
    )  # fmt: skip


def recognised_spans(text: str) -> Iterator[Span]:
    """What the recognisers find, names of people apart."""
    if _any_but_people().may_match(text):
        yield from (span for one in _all_but_people() for span in one.spans(text))


@cache
def _all_but_people() -> tuple[Recogniser, ...]:
    return tuple(one for one in recognisers() if one.mask != PERSON)


@cache
def _any_but_people() -> AnyPattern:
    return AnyPattern(one.pattern for one in _all_but_people())


def recognised_people(text: str) -> Iterator[tuple[int, int]]:
    """Names that an honorific tells of, in scripts without capitals."""
    if text.isascii():
        return
    yield from (span[:2] for one in recognisers() if one.mask == PERSON for span in one.spans(text))


PERSON = "[person]"
