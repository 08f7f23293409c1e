"""Polarity of a claim: sentence vectors put "can export" beside "cannot export", so words must keep them apart.

The lists are closed and small on purpose: they only ever keep claims apart or allow a merge that vectors propose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voc_engine.records import Mention

LONG = 12
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def _bag(words_: str) -> frozenset[str]:
    return frozenset(words_.split())


NEGATORS = _bag(
    """not no never none nothing nobody nowhere cannot cant neither nor without unable hardly barely lacks
    lacking"""
)
GOOD = _bag(
    """easy easily simple fast quick quickly smooth smoothly great good excellent love loves loved like likes liked
    happy helpful works worked working reliable reliably clear clearly intuitive perfect perfectly recommend worth
    affordable cheap safe secure responsive friendly accurate stable succeed succeeds succeeded enjoy enjoyed"""
)
BAD = _bag(
    """hard difficult slow slowly confusing confused complicated bad poor terrible awful horrible hate hates hated
    fail fails failed failing failure broken breaks broke crash crashes crashed crashing error errors bug bugs buggy
    lost loses losing missing lack wrong worse worst unusable useless unreliable unclear expensive overpriced
    annoying annoyed frustrating frustrated problem problems issue issues complaint complaints trouble impossible
    struggle struggled struggling stuck freezes frozen froze delay delayed late waste wasted refused refuses
    disappointing disappointed unresponsive rude painful mess"""
)
REVERSING = _bag("remove stop disable less fewer avoid hide quit cancel reduce drop prevent unsubscribe")
# Opposite ends of one scale: claims at different ends are never one insight, even where both are complaints.
SCALES = tuple(
    (_bag(low), _bag(high))
    for low, high in (
        ("small smaller tiny little", "big bigger large larger huge"),
        ("slow slower slowly", "fast faster quick quicker quickly"),
        ("cheap cheaper inexpensive affordable", "expensive costly overpriced pricey"),
        ("easy easier easily simple simpler", "hard harder difficult complicated complex confusing"),
        ("short shorter", "long longer"),
        ("early earlier", "late later"),
        ("cold colder", "hot hotter"),
        ("light lighter lightweight", "heavy heavier"),
        ("quiet quieter silent", "loud louder noisy"),
        ("less fewer", "more"),
        ("dark darker dim", "bright brighter"),
        ("low lower", "high higher"),
        ("thin thinner", "thick thicker"),
        ("weak weaker", "strong stronger"),
        ("old older outdated", "new newer"),
        ("remove removed delete disable hide", "add added enable show"),
        ("decrease reduce", "increase raise"),
        ("off", "on"),
        ("stop stopped ends", "start started starts"),
        ("before", "after"),
        ("empty", "full"),
        ("rude unfriendly unhelpful", "friendly polite helpful kind"),
    )
)
_END_OF = {word: (scale, -1 + 2 * end) for scale, ends in enumerate(SCALES) for end in (0, 1) for word in ends[end]}
_FELT = {"pain_point": -1, "objection": -1, "delight": 1}
_SIGN = {"negative": -1, "neutral": 0, "positive": 1}


@dataclass(frozen=True, slots=True)
class Polarity:
    """``block``: kind, felt sign, sign of the claim and negation, the same for all mentions of one unit.

    ``felt`` is the sign of the sentiment where the kind has one, 0 where it is neutral. ``explicit`` is the sign that
    words (not the kind) give, 0 where none do. ``scales`` maps the index of a scale in SCALES to the end (-1, 1) at
    which the claim stands.
    """

    block: tuple[str, int, int, bool]
    felt: int
    explicit: int
    scales: tuple[tuple[int, int], ...]


def words(text: str) -> list[str]:
    """Lower-case words; apostrophes are kept so that "can't" stays one word."""
    found: list[str] = WORD.findall(text.lower().replace("’", "'"))
    return found


def is_negator(word: str) -> bool:
    """True for words that turn a claim round, contracted forms included."""
    return word in NEGATORS or word.endswith("n't")


def polarity(mention: Mention, said: list[str]) -> Polarity:
    """How the claim of a mention leans: by its kind and sentiment, by its words ``said``, and by its negation.

    A goal, request or trigger is parted by negation and reversing words only: the same wish may be said gladly or
    angrily. Complaints, objections and praise are parted by sentiment as well. In a long claim single words of praise
    or blame tell nothing of the whole.
    """
    negated = mention.negated or any(is_negator(word) for word in said)
    turn = -1 if negated else 1
    scales = _scales(said, turn) if len(said) <= LONG else ()
    home = _FELT.get(mention.kind)
    if home is None:
        sign = turn * (-1 if sum(word in REVERSING for word in said) % 2 else 1)
        return Polarity((mention.kind, 0, sign, negated), 0, sign, scales)
    cue = sum(word in GOOD for word in said) - sum(word in BAD for word in said) if len(said) <= LONG else 0
    explicit = turn * (cue > 0) - turn * (cue < 0)
    if not explicit and negated and home < 0:
        explicit = home  # a complaint that something does not happen, in whatever words
    felt = _SIGN[mention.sentiment]
    return Polarity((mention.kind, felt or home, explicit or home, negated), felt, explicit, scales)


def _scales(said: list[str], turn: int) -> tuple[tuple[int, int], ...]:
    ends: dict[int, set[int]] = {}
    for word in said:
        if word in _END_OF:
            scale, end = _END_OF[word]
            ends.setdefault(scale, set()).add(end * turn)
    return tuple((scale, next(iter(found))) for scale, found in sorted(ends.items()) if len(found) == 1)
