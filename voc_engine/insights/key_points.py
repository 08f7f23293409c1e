"""Key points: which of a finding's clauses can stand for it, verbatim.

After key point analysis (Bar-Haim et al. 2020): the clause that most members say, among those that can be understood
alone. How well a clause can be understood alone is judged by a small model trained on clauses that people read
(``training/judges.py``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Protocol

from voc_engine.language.negation import is_negated
from voc_engine.language.stop_words import is_content, is_stop
from voc_engine.language.tokens import words
from voc_engine.language.word_lists import word_list
from voc_engine.records import Mention

FEATURES = (
    "short", "long", "content", "pronoun", "loose", "question", "digits", "named", "first", "marks", "worth", "sure",
    "thing",
)  # fmt: skip
# What the judge is called that also weighs what the extractor reads.
READ, READS = ", read", "reads"
SHORT, LONG = 5, 14
_LEAST = 0.001
# What a wording is worth of which the others say no word, beside one that they all say whole.
_BARE = 0.3
_LOOSE = frozenset(words("and but so or because also then that it this they he she which who these those yes oh no"))
_POINTING = frozenset(words("it this that they them these those he she there"))
_FIRST = frozenset(words("i me my we us our"))
# Marks at the head of posts, mails and spreadsheet cells ("Re:", "[App feedback 5.0]"), handles, and the link or tag at the
# end: no part of a sentence. A placeholder such as [P0003] has no blank inside and stays.
_HEAD = re.compile(r"^(?:[\s=*•>.,:;!?\-–—]+|RT\b|@\w+|#\w+(?=\s+[#@])|(?i:re|fwd?|aw)\s*:|\[[^\[\]]*\s[^\[\]]*\])+")
_TAIL = re.compile(r"(?:\s+(?:https?://\S+|[#@]\w+)|\s+[,;:\-–—]+)+\s*$")
# Parts of a clause between commas and the like; a comma inside a number divides nothing.
_PART = re.compile(r"[^\s,;:–—](?:[^,;:–—]|(?<=\d)[,:](?=\d))*")
_FEWEST = 3
_MARKS = re.compile(r"[@=#\[\]]|https?://|&\w+;|XX|…")


@lru_cache(maxsize=100_000)
def tidied(text: str) -> str:
    """The text without handles, marks and links at its ends, capitalised; the text itself where nothing is left."""
    plain = _TAIL.sub("", _HEAD.sub("", " ".join(text.split()))).strip()
    plain = plain if words(plain) else text.strip()
    return plain[:1].upper() + plain[1:]


def marked(text: str) -> bool:
    """Whether handles, links, masked words and the like stand in it: these make no heading."""
    return _MARKS.search(text) is not None


def features(wording: str, mention: Mention, reads: float | None = None) -> tuple[float, ...]:
    """What is seen of one wording, in the order of FEATURES, then the log-odds of ``reads`` where it is told: what the
    extractor says to the same question, a probability."""
    thing = (mention.thing or "").casefold()
    named = float(bool(thing) and thing in wording.casefold())
    odds = () if reads is None else (math.log(max(reads, _LEAST) / max(1 - reads, _LEAST)),)
    return (*_form_of(wording), mention.worth, mention.probability, named, *odds)


@lru_cache(maxsize=100_000)
def _form_of(wording: str) -> tuple[float, ...]:
    spoken = words(wording)
    many = max(1, len(spoken))
    content = pointing = first = 0
    for word in spoken:
        kind = _kind_of(word)
        content, pointing, first = content + kind[0], pointing + kind[1], first + kind[2]
    return (
        max(0, SHORT - len(spoken)) / SHORT,
        max(0, len(spoken) - LONG) / LONG,
        content / many,
        pointing / many,
        float(bool(spoken) and spoken[0] in _LOOSE),
        float("?" in wording),
        float(any(map(str.isdigit, wording))),
        sum(map(str.isupper, [word[0] for word in wording.split()[1:]])) / many,
        first / many,
        float(marked(wording)),
    )


@lru_cache(maxsize=200_000)
def _kind_of(word: str) -> tuple[bool, bool, bool]:
    """Whether a folded word carries content, points at something, is the first person: one look-up for all three."""
    return is_content(word), word in _POINTING, word in _FIRST


def stands_alone(wording: str, mention: Mention) -> float:
    """Probability that a reader would let these words alone stand as the key point of a finding."""
    return _judged("key point", wording, mention, mention.stands)


def understood(mention: Mention) -> float:
    """Probability that a reader understands the quote without what stood before it."""
    return _judged("understood", tidied(mention.quote), mention, mention.understood)


def _judged(question: str, wording: str, mention: Mention, reads: float | None) -> float:
    weights, constant = _weights(question if reads is None else f"{question}{READ}")
    odds = 0.0
    for weight, value in zip(weights, features(wording, mention, reads), strict=True):
        odds += weight * value
    return round(1 / (1 + math.exp(-(constant + odds))), 4)


class Shared(Protocol):
    """What the others of a finding say too."""

    def part(self, wording: str, mention: Mention) -> float:
        """How much of a wording of a mention they say, in [0, 1]."""
        ...

    def touched(self, text: str, mention: Mention) -> bool:
        """Whether they say any of it."""
        ...


def key_point(ranked: Sequence[tuple[Mention, float]], shared: Shared) -> tuple[str, Mention]:
    """The wording and the mention that lends it, of equals the shortest. ``ranked``: mentions with how near each is to the
    others, in [0, 1]."""
    best: tuple[float, int, str, str] | None = None
    chosen: tuple[str, Mention] | None = None
    for mention, near in ranked:
        texts = dict.fromkeys((mention.statement or mention.quote, mention.quote))
        for wording in dict.fromkeys(cut for text in texts for cut in _cuts(text, mention, shared)):
            worth = round(near * stands_alone(wording, mention) * (_BARE + shared.part(wording, mention)), 4)
            key = (-worth, len(wording), wording, mention.mention_id)
            if best is None or key < best:
                best, chosen = key, (wording, mention)
    assert chosen is not None
    return chosen


def _cuts(text: str, mention: Mention, shared: Shared) -> Iterator[str]:
    """The text, tidied, and what of it is left without a lead-in ("Other thing, …") and an end ("…, every day from four") of
    which the others say no word. What denies is never cut away; what is left supposes nothing and ends in no small word."""
    text = tidied(text)
    parts = list(_PART.finditer(text))

    def idle(away: str) -> bool:
        return not shared.touched(away, mention) and not is_negated(words(away))

    yield text.rstrip(" .!") or text
    for first, part in enumerate(parts):
        if first and not idle(text[: part.start()]):
            break
        for last in parts[first:]:
            left, end = words(text[part.start() : last.end()]), text[last.end() :]
            whole = not words(end)
            if (whole and not first) or len(left) < _FEWEST or not _supposing().isdisjoint(words(last.group())):
                continue
            if whole or (idle(end) and len(words(end)) >= _FEWEST and not is_stop(left[-1])):
                cut = tidied(text[part.start() : last.end()]).rstrip(" .!")
                if cut.count('"') % 2 == 0:
                    yield cut


@cache
def _supposing() -> frozenset[str]:
    return word_list("contrasts", "supposing")


@cache
def _weights(question: str) -> tuple[tuple[float, ...], float]:
    fitted = json.loads((files("voc_engine.insights") / "model" / "key_points.json").read_text("utf-8"))[question]
    names = (*FEATURES, READS) if question.endswith(READ) else FEATURES
    return tuple(fitted["weights"][name] for name in names), float(fitted["constant"])
