"""Rules for how people fare with a thing: measured against another, worked around, not as expected, slow, unclear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORSE, _BETTER = words("dealings_worse"), words("dealings_better")
_FORMER = frozenset(("old", "previous", "former", "last", "older", "original", "competitor", "other", "rival"))
_MAKESHIFT = words("dealings_makeshift")
_LONG = frozenset(("hour", "hr", "week", "month", "year", "age", "eternity", "forever", "ages"))
_SHORT_OF = frozenset(("only", "just", "under", "less", "mere", "within"))
_KNOWING = frozenset(("know", "understand", "see", "tell", "figure", "find", "remember", "work"))
_SET_KNOWING = frozenset(("say", "think", "expect", "do", "happen", "mean", "feel", "live", "start", "begin"))


def comparison(frame: Frame) -> Iterator[Evidence]:
    """Slower than the old one, easier to use than X, no better than before: a judgement against something else."""
    for token in frame.doc:
        if token.tag_ not in ("JJR", "RBR") or not _measured_against(token):
            continue
        word, quality = frame.words[token.i], token
        if word in ("more", "less") and token.head.i > token.i and token.head.pos_ in ("ADJ", "ADV"):
            quality = token.head
        lemma = frame.words[quality.i]
        worse = lemma in _WORSE or (word == "less" and lemma in _BETTER) or (word == "more" and lemma in _WORSE)
        better = lemma in _BETTER and word != "less"
        asked = any(frame.words[c.i] in ("must", "should", "need") for node in token.ancestors for c in node.children)
        if not (worse or better) or asked or frame.unreal(quality.i) is not None or frame.is_question:
            continue
        if frame.negator(token.i) or frame.words[max(0, token.i - 1)] == "no":
            worse, better = better, False
        if _of_the_former(frame, quality):
            worse, better = better, worse
        if worse or better:
            kind = "pain_point" if worse else "delight"
            quote = frame.doc[min(token.i, quality.i) : max(token.i, quality.i) + 2].text
            yield Evidence(kind, "comparison", 2.1, f"compares: '{quote} …'", token.i, quality.i + 1)
            return


def _measured_against(token: Token) -> bool:
    """Whether "than" follows under the comparative, the word it grades, or their verb."""
    above = [token, token.head, token.head.head]
    return any(child.lower_ == "than" and child.i > token.i for node in above for child in node.children)


def _of_the_former(frame: Frame, quality: Token) -> bool:
    """ "The old one was faster than this" blames what is here now."""
    found = frame.subject(quality.head if quality.pos_ != "VERB" else quality)
    return found is not None and any(frame.words[node.i] in _FORMER for node in found.subtree)


def workaround(frame: Frame) -> Iterator[Evidence]:
    """I use a spreadsheet instead, we end up printing it, I type it in by hand: a way round what does not work."""
    for verb in frame.doc:
        if verb.pos_ != "VERB" or frame.subject_word(verb) not in ("i", "we") or frame.unreal(verb.i) is not None:
            continue
        if frame.negator(verb.i) or frame.is_question or verb.tag_ == "VBN":
            continue
        around = _around(frame, verb)
        if around is not None:
            quote = frame.doc[verb.i : around + 1].text
            yield Evidence("pain_point", "workaround", 2.0, f"a way round it: '{quote}'", verb.i, around + 1)
            return


def _around(frame: Frame, verb: Token) -> int | None:
    """The last word of what makes it a makeshift, None where nothing does."""
    said = frame.words
    if verb.lemma_ == "end" and said[verb.i + 1 : verb.i + 2] == ["up"]:
        inner = next((c for c in verb.children if c.tag_ == "VBG" and c.i > verb.i), None)
        return inner.i if inner is not None and inner.lemma_ in _MAKESHIFT else None
    if verb.lemma_ == "work" and said[verb.i + 1 : verb.i + 2] == ["around"]:
        return int(verb.i + 1)
    for child in verb.children:
        instead = said[child.i] == "instead" and said[child.i + 1 : child.i + 2] != ["of"]
        by_hand = said[child.i] == "manually" or said[child.i : child.i + 2] == ["by", "hand"]
        if child.i > verb.i and (instead or by_hand) and verb.lemma_ in _MAKESHIFT and child.i - verb.i <= 8:
            return int(child.i + (said[child.i] == "by"))
    return None


def expectation(frame: Frame) -> Iterator[Evidence]:
    """It was supposed to arrive on Monday, I expected it to last: what was told or hoped did not come about."""
    for verb in frame.doc:
        word = frame.words[verb.i]
        inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
        if inner is None or frame.negator(verb.i) or frame.is_question:
            continue
        past = any(frame.words[c.i] in ("was", "were") for c in verb.children if c.dep_ in ("auxpass", "aux"))
        meant = word in ("supposed", "meant", "promised", "guaranteed") and past and _is_infinitive(inner)
        hoped = verb.tag_ == "VBD" and verb.lemma_ in ("expect", "assume") and frame.subject_word(verb) in ("i", "we")
        own = _is_infinitive(inner) and frame.subject_word(inner) in ("i", "we")
        if (meant and frame.subject_word(verb) not in ("i", "we")) or (hoped and not own):
            quote = frame.doc[verb.i : inner.i + 1].text
            yield Evidence("pain_point", "expectation", 2.0, f"expected otherwise: '{quote}'", verb.i, inner.i + 1)
            return


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def duration(frame: Frame) -> Iterator[Evidence]:
    """It took three weeks, takes forever to load: hours and more; minutes may well be praise."""
    for verb in frame.doc:
        if verb.lemma_.lower() != "take" or frame.unreal(verb.i) is not None or frame.negator(verb.i):
            continue
        for child in verb.children:
            amount = child.i > verb.i and child.dep_ in ("dobj", "npadvmod", "advmod", "attr", "ccomp")
            if not amount or frame.lemmas[child.i] not in _LONG or child.i - verb.i > 5:
                continue
            before = set(frame.words[verb.i - 2 : child.i])
            told = frame.words[child.i] in ("forever", "ages") or any(is_number(word) for word in before - {"a", "an"})
            if told and not before & _SHORT_OF and not frame.is_question:
                quote = frame.doc[verb.i : child.i + 1].text
                yield Evidence("pain_point", "delay", 2.6, f"time it took: '{quote}'", verb.i, child.i + 1)
                return


def bafflement(frame: Frame) -> Iterator[Evidence]:
    """I can't tell which plan I am on, I don't know how to undo it: the thing leaves its user in the dark."""
    for verb in frame.doc:
        if verb.lemma_ not in _KNOWING or frame.subject_word(verb) not in ("i", "we", "you", "one"):
            continue
        if frame.negator(verb.i) is None or frame.is_question or frame.unreal(verb.i) in ("if", "unless", "whether"):
            continue
        inner = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None)
        if inner is None or inner.lemma_ in _SET_KNOWING:
            continue
        opening = frame.words[inner.left_edge.i]
        if opening in ("how", "where", "which", "what") and inner.left_edge.i - verb.i <= 3:
            quote = frame.doc[verb.i : inner.i + 1].text
            weight = 2.1 if opening in ("how", "where", "which") else 1.6
            reason = f"left in the dark: 'not … {quote}'"
            yield Evidence("pain_point", "confusion", weight, reason, verb.i, inner.i + 1, negated=True)
            return
