"""Blame and praise, each said or denied: "not one crash" praises, "anything but simple" blames.

Coloured words are those of VADER's lexicon (Hutto & Gilbert 2014) and the faults listed in ``faults.txt``, which general
lexicons take for neutral. A word is denied where the parse or a short window before it holds a negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.sentiment import valences

_COLOURED = 0.9
_NEAR = 5
_DENYING = frozenset(
    ("rarely", "seldom", "hardly", "barely", "scarcely", "neither", "nor", "none", "nothing", "nobody", "no", "not", "never",
     "without", "zero", "cannot", "few", "little", "free", "lacks", "lacked", "lack", "lacking", "fails", "failed", "fail",
     "refuses", "refused", "stopped", "spared", "least", "unable")
)  # fmt: skip
_PHRASES = (
    ("anything", "but"), ("far", "from"), ("no", "longer"), ("by", "no", "means"), ("free", "of"), ("free", "from"),
    ("not", "once"), ("quite", "a", "few"), ("only", "a", "few"), ("more", "than", "once"), ("could", "not", "be"),
    ("even", "though"),
)  # fmt: skip
_ASSERTING = (
    ("quite", "a", "few"),
    ("a", "little"),
    ("not", "only"),
    ("no", "doubt"),
    ("no", "wonder"),
    ("even", "though"),
)


@cache
def _faults() -> frozenset[str]:
    lines = files(__package__).joinpath("faults.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def denials(frame: Frame) -> Iterator[tuple[str, float]]:
    """Names of features with their values: blame or praise that is said, denied, or denied twice."""
    said = dict.fromkeys(("blame said", "blame denied", "praise said", "praise denied"), 0)
    for place, word in enumerate(frame.words):
        lemma = frame.lemmas[place]
        side = _side(word, lemma)
        if not side or (word in _DENYING and word not in _faults()):
            continue
        turns = _turns(frame, place)
        yield f"{side} {('said', 'denied', 'denied twice')[min(turns, 2)]}", 1.0
        said[f"{side} {'denied' if turns % 2 else 'said'}"] += 1
        if turns == 1 and place == len(frame.words) - 2:
            yield f"{side} denied at the end", 1.0
    for name, amount in said.items():
        yield f"nothing but {name}", float(amount > 0 and amount == sum(said.values()))
    for phrase in _PHRASES:
        size = len(phrase)
        if any(tuple(frame.words[at : at + size]) == phrase for at in range(len(frame.words) - size + 1)):
            yield f"'{' '.join(phrase)}'", 1.0
    denied = sum(word in _DENYING for word in frame.words)
    yield "two denials", float(denied >= 2)
    yield "an odd number of denials", float(denied % 2)


def _side(word: str, lemma: str) -> str:
    if word in _faults() or lemma in _faults():
        return "blame"
    value = valences().get(word, valences().get(lemma, 0.0))
    return "blame" if value <= -_COLOURED else "praise" if value >= _COLOURED else ""


def _turns(frame: Frame, place: int) -> int:
    """How often the word is turned round: by a word of denial near before it, or by one that the parse finds."""
    start = max(0, place - _NEAR)
    window = frame.words[start:place]
    for stop in (",", ";", ".", "but", "and"):
        if stop in window[:-1]:
            window = window[len(window) - window[::-1].index(stop) :]
    asserted = any(tuple(window[at : at + len(phrase)]) == phrase for phrase in _ASSERTING for at in range(len(window)))
    # "Neither loud nor stiff" denies each once.
    turns = (
        0
        if asserted
        else sum(word in _DENYING for word in window)
        - (("no", "means") in pairwise(window))
        - ("neither" in window and "nor" in window)
    )
    turns += sum(pair in (("anything", "but"), ("far", "from"), ("no", "means")) for pair in pairwise(window))
    if not turns and not asserted and frame.negator(place) is not None:
        turns = 1
    return turns
