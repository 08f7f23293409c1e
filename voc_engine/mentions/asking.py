"""Rules for requests: commands, polite questions, wishes, and what the product could do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASKING = ("what", "how", "why", "who", "where", "when", "that", "which")
_ASKED = ("you", "someone", "somebody", "anyone", "we", "i")


def asks(frame: Frame) -> Iterator[Evidence]:
    """Requests put as commands; advice to other customers is none."""
    for verb in frame.commands():
        lemma = verb.lemma_.lower()
        polite = "please" in frame.words
        if lemma == "let" and _suggests_together(frame, verb):
            continue
        quote = frame.doc[verb.i : min(verb.i + 3, len(frame.doc))].text
        if lemma in words("request_verb") and (polite or not _to_customers(frame, verb)):
            yield Evidence("request", "imperative", 3.0, f"a command to the provider: '{quote}'", verb.i, verb.i + 1)
        elif polite and lemma not in ("note", "see", "read", "beware", "be", "do", "understand"):
            yield Evidence("request", "imperative", 1.0, f"please + verb: '{quote}'", verb.i, verb.i + 1)
        elif lemma in words("advice_verb") and not polite:
            yield Evidence("request", "advice", -1.2, f"advice to other customers: '{quote}'", verb.i, verb.i + 1)


def _suggests_together(frame: Frame, verb: Token) -> bool:
    """ "Let's go" calls upon all; "let us rename a folder" asks the provider."""
    after = frame.doc[verb.i + 1 : verb.i + 2].text.lower()
    return after in ("'s", "’s") or frame.words[verb.i + 1 : verb.i + 3] in (["us", "not"], ["us", "say"])


def _to_customers(frame: Frame, verb: Token) -> bool:
    ahead = frame.words[verb.i : verb.i + 6]
    if frame.kind in ("post", "ticket", "survey"):
        return False
    return any(word in ("sure", "yourself", "favor", "try", "chance") for word in ahead)


def polite_question(frame: Frame) -> Iterator[Evidence]:
    """Can you, could we, could the list not; is there a way to."""
    for place in range(len(frame.words) - 2):
        modal, asked = frame.words[place], frame.words[place + 1]
        if modal not in ("can", "could", "would", "will") or asked not in _ASKED:
            continue
        polite_you = asked not in ("i", "we")
        if place and frame.words[place - 1] in _ASKING:
            continue
        if not polite_you and modal in ("would", "will"):
            continue
        if frame.is_question or (place == 0 and polite_you):
            weight = 2.9 if polite_you else 2.5
            found = frame.doc[place : place + 3].text
            yield Evidence("request", "question", weight, f"asked of the provider: '{found}'", place, place + 2)
            return
    if frame.is_question and frame.words[0] in ("could", "can") and frame.words[1:2] not in (["you"], ["i"], ["we"]):
        found = frame.doc[:3].text
        yield Evidence("request", "question", 2.5, f"asked of the product: '{found}'", 0, 1)


_WAYS = frozenset(("way", "setting", "option", "switch", "possibility", "plan", "button", "function", "feature"))


def asks_for_a_way(frame: Frame) -> Iterator[Evidence]:
    """ "Is there a setting?", "any way to export?", "A way to copy last week": what should be possible."""
    for token in frame.doc:
        if frame.lemmas[token.i] not in _WAYS or frame.negator(token.i):
            continue
        lead = frame.words[max(0, token.i - 4) : token.i]
        asked = frame.is_question and ("there" in lead or "any" in lead)
        named = token.dep_ == "ROOT" and frame.words[token.i + 1 : token.i + 2] == ["to"] and token.i <= 2
        if (asked or named) and "no" not in lead:
            quote = frame.doc[max(0, token.i - 1) : token.i + 2].text
            yield Evidence("request", "wish", 2.6, f"a way is asked for: '{quote}'", token.i, token.i + 1)
            return


def would_if(frame: Frame) -> Iterator[Evidence]:
    """ "If I could keep them on my phone I'd upgrade": what would change the decision."""
    for verb in frame.doc:
        modal = next((c for c in verb.children if c.dep_ == "aux" and frame.words[c.i] == "could"), None)
        conditional = any(child.dep_ == "mark" and frame.words[child.i] == "if" for child in verb.children)
        if not {"would", "'d"} & set(frame.words) or frame.words[max(0, verb.left_edge.i - 1)] == "even":
            continue
        if modal is None or not conditional or frame.subject_word(verb) not in ("i", "we", "you", "it", "they"):
            continue
        quote = frame.doc[verb.left_edge.i : verb.i + 1].text
        yield Evidence("request", "wish", 2.5, f"would be welcome: '{quote}'", verb.i, verb.i + 1)
        return
