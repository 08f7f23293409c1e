"""The normalised statement of a finding: slots from syntax, and one short sentence in the quote's own words.

Every content word of a statement stands in its quote (as the word or an inflection of it) or in ``closed_list.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 90
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
_SEARCHES = frozenset(["look", "search", "hunt"])
_LEADS = re.compile(
    r"^(?:(?:and|but|so|well|also|ok|okay|oh|um|uh|yeah|yes|plus|because|then|actually|basically|honestly|anyway|however)"
    r"\b[,\s]+)+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a pattern fills; None where the evidence has no words for it."""

    statement: str
    action: str | None = None
    object: str | None = None
    cost: str | None = None
    consequence: str | None = None
    when: str | None = None
    purpose: str | None = None


@cache
def closed_list() -> frozenset[str]:
    """The published words that a statement may use beside those of its quote."""
    lines = files(__package__).joinpath("closed_list.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def normalise(frame: Frame, kind: str, lead: Evidence, span: tuple[int, int]) -> Slots:
    """Slots and statement of a finding led by ``lead`` in code points ``span`` of the frame."""
    verb = _verb(frame, lead)
    action, thing = _action(frame, verb), _object(frame, verb)
    when, purpose = _when(frame, verb, span), _purpose(frame, span)
    quote = frame.text[span[0] : span[1]]
    built = _build(frame, kind, lead, verb, action, thing, when, purpose)
    consequence = next((name for name, pattern in _GAVE_UP if pattern.search(quote)), None)
    return Slots(
        statement=built or shorten(quote),
        action=action,
        object=thing,
        cost=_cost(frame, span),
        consequence=consequence if kind == "pain_point" else None,
        when=when,
        purpose=purpose,
    )


def shorten(quote: str) -> str:
    """The quote on one line without its filler opening, cut at a word where it is long, ellipsis at the end only."""
    tidy = " ".join(quote.split())
    tidy = _LEADS.sub("", tidy) or tidy
    tidy = tidy.rstrip(" .,;:").strip() or tidy
    if len(tidy) > LONGEST:
        cut = tidy[: LONGEST + 1]
        tidy = (cut[: cut.rfind(" ")] if " " in cut else cut[:LONGEST]).rstrip(" ,;:") + "…"
    return tidy[:1].upper() + tidy[1:]


def _verb(frame: Frame, lead: Evidence) -> Token | None:
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


def _action(frame: Frame, verb: Token | None) -> str | None:
    if verb is None or verb.pos_ not in ("VERB", "AUX") or not verb.text.isalpha() or verb.lemma_ in ("be", "have"):
        return None
    lemma = str(verb.lemma_.lower())
    if lemma in _SEARCHES and any(child.lower_ == "for" for child in verb.children):
        return "find"
    return lemma


def _object(frame: Frame, verb: Token | None) -> str | None:
    if verb is None:
        return None
    searching = verb.lemma_.lower() in _SEARCHES
    for dep in ("dobj", "attr", "prep"):
        for child in verb.children:
            if child.dep_ != dep:
                continue
            if dep == "prep":
                if not searching or child.lower_ != "for":
                    continue
                child = next((c for c in child.children if c.dep_ == "pobj"), child)
            if child.pos_ in ("NOUN", "PROPN"):
                return _noun_phrase(frame, child)
    return None


def _noun_phrase(frame: Frame, noun: Token, determiner: bool = False) -> str | None:
    keep = ("compound", "amod", "nummod", "poss", "det") if determiner else ("compound", "amod", "nummod")
    left = noun.i
    while left > 0 and frame.doc[left - 1].dep_ in keep and frame.doc[left - 1].head.i in range(left, noun.i + 1):
        left -= 1
    text = str(frame.doc[left : noun.i + 1].text)
    return text if len(text) <= 60 else noun.text


def _cost(frame: Frame, span: tuple[int, int]) -> str | None:
    """An amount of time as an ISO 8601 duration, or money as written."""
    money = re.search(r"[$€£]\s?\d[\d,]*(?:\.\d+)?", frame.text[span[0] : span[1]])
    for place in range(1, len(frame.words)):
        number, unit = frame.words[place - 1], frame.lemmas[place]
        inside = span[0] <= frame.doc[place - 1].idx and frame.doc[place].idx < span[1]
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


def _when(frame: Frame, verb: Token | None, span: tuple[int, int]) -> str | None:
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


def _purpose(frame: Frame, span: tuple[int, int]) -> str | None:
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


def _phrase(frame: Frame, verb: Token | None, action: str | None) -> str | None:
    """Lemma of the verb with what follows in its subtree, short: "find the export button"."""
    if verb is None or action is None:
        return None
    if action == "find" and verb.lemma_ != "find":
        target = next((t for c in verb.children if c.lower_ == "for" for t in c.children if t.dep_ == "pobj"), None)
        found = _noun_phrase(frame, target, determiner=True) if target is not None else None
        return f"find {found}" if found else None
    edge = verb.i
    for child in verb.children:
        if child.i > verb.i and child.dep_ in (
            "dobj",
            "prt",
            "prep",
            "acomp",
            "advmod",
            "dative",
            "attr",
            "xcomp",
            "ccomp",
            "neg",
        ):
            if child.right_edge.i - verb.i > 9 or child.i > edge + 1 + (child.i - child.left_edge.i):
                break
            edge = child.right_edge.i
    rest = " ".join(frame.doc[verb.i + 1 : edge + 1].text.split()).rstrip(" .,;:!?-")
    return f"{action} {rest}".strip()


def _build(
    frame: Frame, kind: str, lead: Evidence, verb: Token | None, action: str | None, thing: str | None,
    when: str | None, purpose: str | None,
) -> str | None:  # fmt: skip
    phrase = _phrase(frame, verb, action)
    if lead.pattern == "ability" and frame.subject_word(verb) in ("they", "he", "she"):
        return None
    maker = _MAKERS.get((kind, lead.pattern.removeprefix("negated ")))
    if maker in (_hard, _easy) and not _infinitive(verb, lead) and not (phrase or "").startswith("find "):
        return None
    made = _job(phrase, when, purpose) if kind == "goal" else maker(lead, phrase, thing) if maker else None
    if not made or len(made) > LONGEST + 30:
        return None
    return made[:1].upper() + made[1:]


def _infinitive(verb: Token | None, lead: Evidence) -> bool:
    """Whether the verb is the "to ..." that follows what is hard or easy."""
    return verb is not None and verb.i >= lead.end - 1 and any(child.tag_ == "TO" for child in verb.children)


def _job(phrase: str | None, when: str | None, purpose: str | None) -> str | None:
    """When ..., I want to ..., so I can ... (job-to-be-done), empty slots dropped."""
    wanted = phrase if phrase and purpose != phrase and len(phrase.split()) > 1 else None
    if not wanted and not purpose:
        return None
    parts = [f"When {when}"] if when else []
    if wanted:
        parts.append(f"I want to {wanted}")
    bare = re.sub(r"^(?:I|we) (?:can|could|will|would) ", "", purpose or "", flags=re.I)
    if bare and not (wanted and set(wanted.split()[1:]) <= set(bare.split()) | {wanted.split()[0]} - {"it"}):
        parts.append(f"so I can {bare}" if wanted else f"I want to {bare}")
    return ", ".join(parts)


def _hard(lead: Evidence, phrase: str | None, thing: str | None) -> str | None:
    if lead.pattern.startswith("negated") and "eas" not in lead.reason:
        return None
    if phrase and phrase.split()[0] in ("struggle", "spend", "waste", "take", "have"):
        return None
    usable = phrase and len(phrase.split()) > 1 and any(mark in lead.reason for mark in _EFFORT_MARKS)
    return f"Hard to {phrase}" if usable else None


_EFFORT_MARKS = ("hard", "difficult", "tricky", "tough", "spent", "spend", "wast", "struggl", "impossible", "easy")


def _cannot(lead: Evidence, phrase: str | None, thing: str | None) -> str | None:
    return f"Cannot {phrase}" if phrase and lead.negated | ("unable" in lead.reason) else None


def _asked(lead: Evidence, phrase: str | None, thing: str | None) -> str | None:
    return phrase if phrase and len(phrase.split()) > 1 else None


def _easy(lead: Evidence, phrase: str | None, thing: str | None) -> str | None:
    if lead.negated or not any(mark in lead.reason for mark in ("easy", "easier", "simple")):
        return None
    return f"Easy to {phrase}" if phrase else None


_Maker = Callable[[Evidence, str | None, str | None], str | None]
_MAKERS: dict[tuple[str, str], _Maker] = {
    ("pain_point", "effort"): _hard,
    ("pain_point", "ease"): _hard,
    ("pain_point", "ability"): _cannot,
    ("request", "imperative"): _asked,
    ("delight", "ease"): _easy,
}


def unsupported(statement: str, quote: Sequence[str], lemmas: Sequence[str]) -> tuple[str, ...]:
    """Words of a statement that are neither in the quote, as word or lemma, nor in the closed list."""
    known = {word.lower() for word in (*quote, *lemmas)} | closed_list()
    return tuple(word for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", statement.lower()) if word not in known)
