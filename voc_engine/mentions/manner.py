"""How often something happens and under which modal it is said: the slots ``frequency`` and ``modality``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADVERBS = words("manner_often")
_SET_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "all the time", "all day", "all night", "over and over again", "over and over", "again and again",
        "time and again", "time and time again", "time after time", "day after day", "week after week", "day in day out",
        "half the time", "most of the time", "much of the time", "some of the time", "a lot of the time",
        "on a daily basis", "on a weekly basis", "on a regular basis", "from time to time", "now and then",
        "now and again", "once in a while", "once in awhile", "every now and then", "every so often", "more than once",
        "at random", "at times", "for the umpteenth time", "as often as not", "more often than not",
    )
)  # fmt: skip
_COUNTS = words("manner_counts")
_ORDINALS = words("manner_ordinals")
_DAYS = words("manner_days")
_PARTS = words("manner_parts")
_MODALS = frozenset(("can", "could", "may", "might", "must", "shall", "should", "will", "would", "'d", "ought"))
_SEMI = {"have": "have to", "need": "need to", "suppose": "supposed to", "able": "able to", "unable": "able to"}
_CHAIN = ("xcomp", "ccomp", "conj")


def frequency_of(frame: Frame, place: int, span: tuple[int, int]) -> str | None:
    """The words that say how often, the nearest to word ``place`` inside the code points ``span``; else None."""
    found = []
    for start, end in _phrases(frame):
        first, last = frame.doc[start], frame.doc[end - 1]
        if span[0] <= first.idx and last.idx + len(last) <= span[1]:
            found.append((min(abs(start - place), abs(end - 1 - place)), start, end))
    if not found:
        return None
    _, start, end = min(found)
    return " ".join(frame.doc[start:end].text.split())


def frequency_places(frame: Frame) -> frozenset[int]:
    """Places of the words that say how often."""
    return frozenset(place for start, end in _phrases(frame) for place in range(start, end))


def _phrases(frame: Frame) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(frame.words):
        end = _frequency_end(frame, start)
        if end is not None:
            yield start, end
        start = start + 1 if end is None else end


def _frequency_end(frame: Frame, at: int) -> int | None:
    """Where a phrase of frequency that begins at word ``at`` ends; None where none begins."""
    said = frame.words
    for phrase in _SET_PHRASES:
        if tuple(said[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    for reader in (_every, _so_many_times, _ordinal_time, _on_days):
        if (end := reader(frame, at)) is not None:
            return end
    adverb = said[at] in _ADVERBS and frame.doc[at].pos_ == "ADV" and frame.negator(at) is None
    if said[at] in ("daily", "weekly", "monthly", "yearly", "hourly"):
        # "A weekly report" names a report; "it fails weekly" tells how often.
        adverb = frame.doc[at].dep_ != "amod" and (at + 1 == len(said) or frame.doc[at + 1].pos_ not in ("NOUN", "ADJ"))
    return at + 1 if adverb else None


def _every(frame: Frame, at: int) -> int | None:
    """ "Every time", "each single day", "every other week", "every 20 minutes", "every Friday"."""
    said = frame.words
    if said[at] not in ("every", "each"):
        return None
    end = at + 1
    while end < len(said) and end < at + 3 and (said[end] in ("single", "other", "few") or _counts(said[end])):
        end += 1
    return end + 1 if end < len(said) and _is_occasion(said[end]) else None


def _so_many_times(frame: Frame, at: int) -> int | None:
    """ "Twice a week", "three times a day", "several times", "a couple of times", "10 times in a month"."""
    said = frame.words
    end = at
    if said[at] in ("once", "twice", "thrice"):
        end = at + 1
        per = _per(said, end)
        return per if per is not None else end if said[at] != "once" else None
    if said[end : end + 3] in (["a", "couple", "of"], ["a", "number", "of"]):
        end += 3
    elif said[end : end + 2] == ["a", "few"]:
        end += 2
    elif _counts(said[end]):
        end += 1
        if end < len(said) and said[end] in ("or", "to", "-") and end + 1 < len(said) and _counts(said[end + 1]):
            end += 2
    else:
        return None
    end += said[end : end + 1] in (["different"], ["separate"], ["more"])
    if said[end : end + 1] != ["times"] or _compares(frame, end + 1):
        return None
    return _per(said, end + 1) or end + 1


def _per(said: Sequence[str], at: int) -> int | None:
    """The end of "a week", "per day", "in a month", "each evening" at ``at``."""
    end = at + (said[at : at + 1] in (["in"], ["within"]))
    if said[end : end + 1] in (["a"], ["an"], ["per"], ["each"], ["every"], ["one"]) and end + 1 < len(said):
        return end + 2 if _is_occasion(said[end + 1]) and said[end + 1] != "time" else None
    return None


def _compares(frame: Frame, at: int) -> bool:
    """ "Three times the price", "ten times faster" multiply."""
    if at >= len(frame.words):
        return False
    return frame.words[at] in ("as", "the", "more", "less") or frame.doc[at].tag_ in ("JJR", "RBR")


def _ordinal_time(frame: Frame, at: int) -> int | None:
    """ "The third time", "for the second time this week"."""
    said = frame.words
    if said[at] not in _ORDINALS or said[at + 1 : at + 2] != ["time"]:
        return None
    end = at + 2
    return end + 2 if said[end : end + 1] == ["this"] and end + 1 < len(said) and _is_occasion(said[end + 1]) else end


def _on_days(frame: Frame, at: int) -> int | None:
    """ "On Fridays", "at weekends"."""
    said = frame.words
    following = said[at + 1] if at + 1 < len(said) else ""
    return at + 2 if said[at] in ("on", "at") and following.endswith("s") and following[:-1] in _DAYS else None


def _counts(word: str) -> bool:
    return word in _COUNTS or (is_number(word) and word not in ("a", "an"))


def _is_occasion(word: str) -> bool:
    return word in ("time", "day", "night") or is_time(word) or word in _DAYS or word in _PARTS


def modality_of(frame: Frame, verb: Token | None, span: tuple[int, int]) -> str | None:
    """The modal over the verb, contractions written out: can, could, must, should, would, "have to", "able to" ...

    The verb's own modal comes first, then that of the verb which rules it ("I would like to export").
    """
    node, steps = verb, 0
    while node is not None and steps < 3:
        if found := _own_modal(frame, node, span):
            return found
        if node.dep_ not in _CHAIN or node.head == node:
            return None
        node, steps = node.head, steps + 1
    return None


def _own_modal(frame: Frame, verb: Token, span: tuple[int, int]) -> str | None:
    for child in verb.children:
        word = frame.words[child.i]
        if child.dep_ == "aux" and word in _MODALS and span[0] <= child.idx < span[1]:
            return str({"'d": "would", "ought": "ought to"}.get(word, word))
    lemma = verb.head.lemma_.lower()
    opens = any(child.tag_ == "TO" for child in verb.children) and verb.dep_ == "xcomp" and verb.head.i < verb.i
    if opens and lemma in _SEMI and span[0] <= verb.head.idx < span[1]:
        return _SEMI[lemma]
    return None
