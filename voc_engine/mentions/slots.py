"""The slots of a finding, filled from syntax: action, object, cost, consequence, occasion and purpose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time
from voc_engine.mentions.manner import frequency_places

if TYPE_CHECKING:
    from spacy.tokens import Token

_ISO = {"second": "PT{}S", "minute": "PT{}M", "min": "PT{}M", "hour": "PT{}H", "hr": "PT{}H",
        "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}  # fmt: skip
_COUNTS = dict(
    zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True)
)
_COUNTS |= {"a": 1, "an": 1, "couple": 2}
_GAVE_UP = (
    ("abandoned", re.compile(r"\b(?:gave|giv\w+) up\b|\babandon\w*", re.I)),
    ("cancelled", re.compile(r"\bcancel\w*", re.I)),
    ("switched", re.compile(r"\bswitch(?:ed|ing) (?:to|over|away)\b", re.I)),
    ("returned", re.compile(r"\breturned (?:it|them|the|this)\b|\b(?:sent|took) (?:it|them) back\b", re.I)),
    ("uninstalled", re.compile(r"\buninstall\w*", re.I)),
    ("called support", re.compile(r"\bhad to (?:call|contact|phone|email)\b", re.I)),
)
# Lemmas that the language pipeline gets wrong.
_MISREAD = {"hat": "hate", "took": "take", "woke": "wake", "stuck": "stick"}
_SEARCHES = frozenset(["look", "search", "hunt"])


def consequence_of(quote: str) -> str | None:
    """What the person did about it, named; None where the words tell of nothing."""
    return next((name for name, pattern in _GAVE_UP if pattern.search(quote)), None)


def verb_of(frame: Frame, lead: Evidence) -> Token | None:
    """The verb that the evidence is about: what cannot be done, what is hard, what is asked for."""
    places = list(range(lead.place, min(lead.end, len(frame.doc))))
    tokens = [frame.doc[place] for place in places]
    tokens = [token.head if token.dep_ in ("aux", "auxpass", "neg") else token for token in tokens]
    if not tokens:
        return None
    if lead.pattern in ("ability", "failure"):
        verb = next((t for t in reversed(tokens) if t.pos_ == "VERB"), None) or _above(tokens[-1])
        if verb is not None and verb.lemma_ in ("allow", "let", "prevent", "seem"):
            return next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ == "VERB"), verb)
        return verb
    head = tokens[0]
    for token in tokens:
        inner = [
            c
            for c in token.children
            if c.dep_ in ("xcomp", "ccomp", "acl", "advcl", "pcomp") and c.pos_ in ("VERB", "AUX")
        ]
        outside = [c for c in inner if c.i >= lead.end - 1]
        if outside:
            return outside[0]
        if token.head.i in places:
            continue
        head = token
    if head.pos_ in ("ADJ", "NOUN"):
        inner = [c for c in head.head.children if c.dep_ in ("xcomp", "advcl") and c.i > head.i and c.tag_ == "VB"]
        if inner:
            return inner[0]
    return _above(head)


def _above(token: Token) -> Token | None:
    for node in [token, *token.ancestors]:
        if node.pos_ in ("VERB", "AUX"):
            return node
    return None


def action_of(frame: Frame, verb: Token | None) -> str | None:
    if verb is None or verb.pos_ not in ("VERB", "AUX") or not verb.text.isalpha() or verb.lemma_ in ("be", "have"):
        return None
    lemma = _MISREAD.get(verb.lemma_.lower(), str(verb.lemma_.lower()))
    if lemma in _SEARCHES and any(child.lower_ == "for" for child in verb.children):
        return "find"
    return lemma


def cost_of(frame: Frame, span: tuple[int, int]) -> str | None:
    """An amount of time as an ISO 8601 duration, or money as written."""
    money = re.search(r"[$€£]\s?\d[\d,]*(?:\.\d+)?", frame.text[span[0] : span[1]])
    often = frequency_places(frame)
    for place in range(1, len(frame.words)):
        number, unit = frame.words[place - 1], frame.lemmas[place]
        inside = span[0] <= frame.doc[place - 1].idx and frame.doc[place].idx < span[1]
        if place in often or frame.words[max(0, place - 2)] in ("than", "per", "every"):
            # "Twice a week" and "every two days" say how often, not what it cost.
            continue
        if inside and is_time(frame.words[place]) and is_number(number) and unit in _ISO:
            amount = str(_COUNTS.get(number, number.replace(",", "")))
            if amount.replace(".", "", 1).isdigit():
                return _ISO[unit].format(amount)
    return money.group(0) if money else None


def _text_of(frame: Frame, token: Token, span: tuple[int, int]) -> str | None:
    left, right = token.left_edge, token.right_edge
    while right.is_punct and right.i > left.i:
        right = frame.doc[right.i - 1]
    if left.idx < span[0] or right.idx + len(right) > span[1] or right.i - left.i > 14:
        return None
    return " ".join(frame.doc[left.i : right.i + 1].text.split())


def when_of(frame: Frame, verb: Token | None, span: tuple[int, int]) -> str | None:
    for token in frame.doc:
        if token.dep_ == "advcl" and frame.words[token.left_edge.i] in (
            "when",
            "whenever",
            "if",
            "after",
            "while",
            "once",
        ):
            if verb is not None and (token == verb or token in verb.ancestors):
                continue
            text = _text_of(frame, token, span)
            return text.split(" ", 1)[1] if text and " " in text else None
    return None


def purpose_of(frame: Frame, span: tuple[int, int]) -> str | None:
    for token in frame.doc:
        if token.dep_ != "advcl":
            continue
        opening = frame.words[token.left_edge.i : token.left_edge.i + 2]
        marks = [frame.words[child.i] for child in token.children if child.dep_ in ("mark", "aux")]
        if opening[:1] == ["so"] or (token.tag_ == "VB" and "to" in marks and "if" not in marks):
            text = _text_of(frame, token, span)
            if text:
                return re.sub(r"^(?:in order to|so that|so|to)\s+", "", text, flags=re.I) or None
    return None
