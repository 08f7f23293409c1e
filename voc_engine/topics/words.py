"""Words, phrases and fillers: what in a sentence carries content and may name a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.language.matters import can_name, is_barred, is_weak
from voc_engine.language.tokens import folded, spans

LONGEST = 4  # words of a phrase

_PARTICLES = {"up", "off", "out", "down"}
_BARRIER = re.compile(
    r"https?://\S+|www\.\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|\b[\w\-]+(?:\.[\w\-]+)*\.(?:com|net|org|io|app|eu|uk|de|fr)\b"
    r"|[\[<{][^\]>}]{0,40}[\]>}]|[@#]\w+|\bX{2,}\b|&\w+;"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """``text[start:end]`` of one sentence; ``words`` are its lower-cased words."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words joined with one space: how the same phrase of two sentences is recognised."""
        return " ".join(self.words)


def words_at(text: str) -> Iterator[re.Match[str]]:
    """The words of a sentence in their places; links, masks, handles and hash tags are passed over."""
    return spans(_unbarred(text))


def _unbarred(text: str) -> str:
    return _BARRIER.sub(lambda found: "\n" * len(found.group()), text)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    # A phrase must stand in the text as it reads, so only words parted by a single space can share one.
    blank = _unbarred(text)
    run: list[re.Match[str]] = []
    for word in spans(blank):
        barred = is_barred(folded(word.group()))
        if run and (barred or blank[run[-1].end() : word.start()] != " "):
            yield run
            run = []
        if not barred:
            run.append(word)
    if run:
        yield run


def content_words(text: str) -> set[str]:
    """Distinct lower-cased words that carry content; empty for a filler such as "Yeah, thanks!"."""
    return {folded(word.group()) for run in _runs(text) for word in run if can_name(folded(word.group()))}


def phrases(text: str, longest: int = LONGEST) -> Iterator[Phrase]:
    """Phrases of 1 to ``longest`` words that stand verbatim in the text and neither begin nor end in a weak word.

    None holds a date, a number or an amount, and each holds a word that names a matter.
    """
    for run in _runs(text):
        lowered = [word.group().lower() for word in run]  # as they are written: a label stands in the text
        folded_words = [folded(word) for word in lowered]
        weak = [is_weak(word) for word in folded_words]
        for first in range(len(run)):
            if weak[first]:
                continue
            for last in range(first, min(first + longest, len(run))):
                torn = last > first and last + 1 < len(run) and lowered[last + 1] in _PARTICLES
                if not weak[last] and not torn and any(map(can_name, folded_words[first : last + 1])):
                    yield Phrase(run[first].start(), run[last].end(), tuple(lowered[first : last + 1]))
