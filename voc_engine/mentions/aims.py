"""Rules for what the person wants: an end state of their own (goal), or somebody else's act (request)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

# "I want to know" asks and "I want to thank" greets; neither names an end state.
_SPEAKING = words("patterns_speaking")
_TOLD = frozenset(("know", "hear", "ask", "see", "report", "request"))
_PRODUCT_WISH = words("patterns_product_wish")
_SOURCING = words("patterns_sourcing")
_WANTING = frozenset(("want", "need", "like", "love", "expect", "require", "prefer", "wish", "hope"))


def wants(frame: Frame) -> Iterator[Evidence]:
    """I want you to / I would like it to: a request. I want to / I need to + own verb: a goal."""
    for verb in frame.doc:
        lemma = verb.lemma_.lower()
        if lemma not in _WANTING or frame.subject_word(verb) not in ("i", "we") or frame.negator(verb.i):
            continue
        if frame.is_question and any(c.dep_ == "aux" and c.lemma_ == "do" and c.i < verb.i for c in verb.children):
            # "Why do we need to verify it?" asks; it names no end.
            continue
        would = any(frame.words[c.i] in ("would", "'d") for c in verb.children if c.dep_ == "aux")
        if lemma in ("like", "love", "prefer") and not would:
            continue
        if frame.unreal(verb.i) not in ("if", "unless", "whether"):
            yield from _wanted(frame, verb, would)


def _wanted(frame: Frame, verb: Token, would: bool) -> Iterator[Evidence]:
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")), None)
    quote = frame.doc[verb.i : min(verb.i + 4, len(frame.doc))].text
    if inner is None:
        wanted = any(c.dep_ in ("dobj", "ccomp") for c in verb.children) and (verb.lemma_ != "love" or would)
        if verb.tag_ in ("VBP", "VB") and wanted:
            # In a ticket or post it is said to the provider; a reviewer's need is rather a fact about them.
            weight = 2.8 if would else 2.5 if frame.kind == "ticket" else 1.6
            yield Evidence("request", "want", weight, f"something is wanted: '{quote}'", verb.i, verb.i + 1)
        return
    other = next((c for c in inner.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    straight = frame.words[verb.i + 1 : verb.i + 2] == ["to"]
    if other is not None and not straight and frame.words[other.i] not in ("i", "we", "me", "us"):
        yield from _of_another(frame, verb, other, quote)
    elif inner.lemma_ in _PRODUCT_WISH and verb.tag_ != "VBD":
        yield Evidence("request", "want", 2.4, f"a wish about the product: '{quote}'", verb.i, verb.i + 1)
    elif would and (verb.lemma_ == "love" or inner.lemma_ in _TOLD):
        yield Evidence("request", "want", 2.6, f"a wish: '{quote}'", verb.i, verb.i + 1)
    elif verb.lemma_ in ("want", "need", "like", "hope", "love") and inner.lemma_ not in _SPEAKING:
        weight = 2.7 if verb.lemma_ in ("want", "hope") else 2.5
        yield Evidence("goal", "aim", weight, f"first person wants an end state: '{quote}'", verb.i, verb.i + 1)


def _of_another(frame: Frame, verb: Token, other: Token, quote: str) -> Iterator[Evidence]:
    word = frame.words[other.i]
    asked = frame.kind == "ticket" or frame.subject_word(verb) == "i" or word in ("you", "they", "them")
    hoped = verb.lemma_ in ("hope", "expect") and word not in ("you", "they", "them")
    if verb.tag_ not in ("VBD", "VBG") and verb.lemma_ != "love" and not hoped:
        # "We want players to feel free" is what its makers aim at; "I want you to refund me" asks.
        kind, reason = ("request", "wants somebody to act") if asked else ("goal", "wants an outcome for others")
        yield Evidence(kind, "want", 2.9 if asked else 2.6, f"{reason}: '{quote}'", verb.i, verb.i + 1)


def purpose(frame: Frame) -> Iterator[Evidence]:
    """First person + getting or using something + to + verb: the job it was hired for."""
    for token in frame.doc:
        if token.dep_ != "advcl" or token.tag_ != "VB" or not any(child.tag_ == "TO" for child in token.children):
            continue
        head = token.head
        if frame.negator(head.i):
            # "I can't get my card to work": the card's purpose, if any, not the speaker's.
            continue
        if frame.subject_word(head) in ("i", "we") and frame.unreal(head.i) is None:
            quote = frame.doc[token.left_edge.i : min(token.i + 3, len(frame.doc))].text
            stated = "order" in frame.words[token.left_edge.i : token.i] or head.lemma_ in _SOURCING
            yield Evidence(
                "goal", "purpose", 2.5 if stated else 1.1, f"what it is for: '{quote}'", token.i, token.i + 1
            )
