"""Severity of a pain, additive and explained: what it blocks, loses and costs, what followed, how strongly it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, words

_SCALE = 6.0
LOW, HIGH = 0.34, 0.67
_HOURS = frozenset(["hour", "hours", "hr", "hrs"])
_DAYS = frozenset(["day", "days"])
_LONG = frozenset(["week", "weeks", "month", "months", "year", "years"])
_MINUTES = frozenset(["minute", "minutes", "min", "mins"])
_LOST = re.compile(
    r"\b(lost|lose|losing|deleted|wiped|corrupt\w*|stolen|fraud\w*|unauthorized|overcharged?|"
    r"double charged?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£]\s?\d|\b\d+(?:\.\d+)?\s?(?:dollars|euros|pounds|bucks|usd|eur)\b", re.I)
_LEFT = re.compile(
    r"\b(gave up|giv(?:e|ing) up|cancel\w*|switch(?:ed|ing) to|uninstalled|returned it|sent it back|"
    r"never again|left for|went elsewhere|abandoned)\b",
    re.IGNORECASE,
)
_WORKAROUND = re.compile(
    r"\b(work-?around|work around|instead i|fix(?:ed)? it (?:by|myself)|eventually|managed to|"
    r"found a way|minor|small (?:issue|problem|gripe|complaint)|only (?:complaint|gripe|problem|"
    r"issue)|nitpick\w*|slight\w*|a (?:little|bit))\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(very|extremely|completely|totally|absolutely|terribl[ey]|horribl[ey]|worst|awful|ridiculous|"
    r"unacceptable|never|nightmare|disaster|useless|impossible|furious|outrageous|critical|urgent|"
    r"unusable|worthless)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("ability", "failure", "loss"))
_ANNOYS = words("severity_annoys")


def severity(frame: Frame, evidence: Sequence[Evidence]) -> tuple[str, float, tuple[str, ...]]:
    """Band, score in [0, 1] and the reasons with their points. Nothing felt or foreseen as bad scores zero."""
    bad = [piece for piece in evidence if piece.kind in ("pain_point", "objection") and piece.weight > 0.8]
    patterns = {piece.pattern.removeprefix("negated ") for piece in bad}
    if not bad:
        return "low", 0.0, ()
    points: list[tuple[float, str]] = []
    if patterns & _BLOCKS:
        points.append((2.0, "blocks what the person wants to do"))
    elif patterns & _ANNOYS:
        points.append((1.0, "annoys"))
    if "treatment" in patterns:
        points.append((1.0, "wrongs the person"))
    points += _losses(frame)
    if "repetition" in patterns:
        points.append((1.0, "happens again and again"))
    if found := _LEFT.search(frame.text):
        points.append((2.0, f"consequence: '{found.group(0)}'"))
    points += _intensity(frame)
    if found := _WORKAROUND.search(frame.text):
        points.append((-1.5, f"softened or has a way around: '{found.group(0)}'"))
    score = round(max(0.0, min(1.0, sum(value for value, _ in points) / _SCALE)), 4)
    reasons = tuple(f"{text} ({value:+g})" for value, text in points)
    return ("high" if score >= HIGH else "medium" if score >= LOW else "low"), score, reasons


def _losses(frame: Frame) -> list[tuple[float, str]]:
    points = []
    if found := _LOST.search(frame.text):
        points.append((2.0, f"loses data or money: '{found.group(0)}'"))
    if found := _MONEY.search(frame.text):
        points.append((1.0, f"money at stake: '{found.group(0).strip()}'"))
    for units, value in ((_LONG, 2.0), (_DAYS, 1.5), (_HOURS, 1.0), (_MINUTES, 0.5)):
        for place in range(1, len(frame.words)):
            if frame.words[place] in units and is_number(frame.words[place - 1]):
                points.append((value, f"time lost: '{frame.doc[place - 1 : place + 1].text}'"))
                return points
    return points


def _intensity(frame: Frame) -> list[tuple[float, str]]:
    points = []
    if found := _STRONG.search(frame.text):
        points.append((1.0, f"said strongly: '{found.group(0)}'"))
    if "!!" in frame.text or any(word.isupper() and len(word) > 3 and word.isalpha() for word in frame.text.split()):
        points.append((0.5, "written with emphasis"))
    return points
