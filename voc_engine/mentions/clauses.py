"""Clauses of a parsed sentence: whole ones, with subject, negation, condition and object, and where contrasts divide it.

A statement is a clause as it was said. Nothing is reworded, so what is kept has to be whole: a clause keeps all that
hangs on its verb, and loses only what another verb with a subject of its own says beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from voc_engine.language.negation import is_negator
from voc_engine.language.tokens import folded
from voc_engine.language.word_lists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
# What another clause of the same rank hangs on; conditions and relative clauses (advcl, relcl) belong to their verb.
_BESIDE = frozenset(("conj", "parataxis"))
_VERBAL = frozenset(("VERB", "AUX"))
_LEADING = frozenset(("cc", "intj", "punct", "discourse"))
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code points of the sentence."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def trimmed(text: str) -> Span:
    """The text without outer white space."""
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))


def whole_clauses(doc: Doc) -> list[Span]:
    """Every clause of the sentence that can stand alone, the shortest first; the whole sentence is always among them."""
    spans = {trimmed(doc.text)}
    for verb in doc:
        if _heads_a_clause(verb):
            tokens = sorted(_clause_words(verb), key=lambda token: token.i)
            run = _run_around(tokens, verb)
            if sum(token.is_alpha for token in run) >= _FEWEST_WORDS:
                spans.add(_span(doc, run))
    return sorted(spans, key=lambda span: (len(span), span))


def contrasts(doc: Doc) -> list[Span]:
    """The sentence cut where a contrast ("but", "although", a semicolon) divides it; one span where none does."""
    cuts = [0]
    for token in doc:
        if not 1 < token.i < len(doc) - 2:  # two words at least on either side
            continue
        word, before = folded(token.text), folded(doc[token.i - 1].text)
        divides = word == ";" or (word in word_list("contrasts", "dividing") and not _asserts(before))
        if divides and token.i - cuts[-1] >= _FEWEST_WORDS:
            cuts.append(token.i)
    cuts.append(len(doc))
    spans = []
    for first, last in pairwise(cuts):
        run = [token for token in doc[first:last] if not token.is_space]
        while run and (run[0].is_punct or folded(run[0].text) in word_list("contrasts", "dividing")):
            run = run[1:]
        while run and run[-1].text in (",", ";", "-", "–"):
            run = run[:-1]
        if run:
            spans.append(_span(doc, run))
    return spans or [trimmed(doc.text)]


def _asserts(before: str) -> bool:
    """ "Nothing but praise", "can't help but": no contrast."""
    return before in word_list("contrasts", "joining")


def _heads_a_clause(verb: Token) -> bool:
    """A finite verb with a subject of its own, or an order; in what somebody thinks, too ("I think it is slow"), but
    never below a denial or a condition ("I don't think it works")."""
    if verb.pos_ not in _VERBAL and not any(child.dep_ == "cop" for child in verb.children):
        return False
    commands = verb.dep_ == "ROOT" and verb.tag_ == "VB"
    if not commands and not any(child.dep_ in _SUBJECTS for child in verb.children):
        return False
    if verb.dep_ == "ROOT" or verb.dep_ in _BESIDE:
        return True
    if verb.dep_ == "advcl":
        # "Although printing never works" stands by itself; a condition does not.
        return any(
            folded(child.text) in word_list("contrasts", "dividing") for child in verb.children if child.dep_ == "mark"
        )
    return verb.dep_ == "ccomp" and not _is_turned(verb.head)


def _is_turned(verb: Token) -> bool:
    """Whether what hangs on the verb is denied, asked, supposed or another person's."""
    for node in (verb, *verb.ancestors):
        words = {folded(child.text) for child in node.children}
        if any(is_negator(word) for word in words) or words & word_list("contrasts", "supposing"):
            return True
        subjects = {folded(child.text) for child in node.children if child.dep_ in _SUBJECTS}
        if subjects and not subjects & {"i", "we"}:
            return True
        if folded(node.lemma_) in word_list("contrasts", "doubting"):
            return True
    return False


def _clause_words(verb: Token) -> Iterator[Token]:
    """The verb with all that hangs on it, without clauses of the same rank that have a subject of their own."""
    yield verb
    for child in verb.children:
        if child.dep_ in _BESIDE and child.pos_ in _VERBAL and any(n.dep_ in _SUBJECTS for n in child.children):
            continue
        yield from _clause_words(child)


def _run_around(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """The unbroken run of tokens around the verb, without what leads in and nothing else ("and", "well,")."""
    places = {token.i for token in tokens}
    first = last = verb.i
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    run = list(verb.doc[first : last + 1])
    while len(run) > 1 and (run[0].dep_ in _LEADING or run[0].is_punct or _fills(run[0])):
        run = run[1:]
    while len(run) > 1 and run[-1].text in (",", ";", "-", "–", "and", "but", "so"):
        run = run[:-1]
    return run


def _fills(token: Token) -> bool:
    return token.dep_ in ("advmod", "mark", "intj") and folded(token.text) in word_list(
        "contrasts", "filling", "dividing"
    )


def _span(doc: Doc, run: Sequence[Token]) -> Span:
    end = run[-1].idx + len(run[-1])
    tail = trimmed(doc.text).end
    # The mark at the sentence's end belongs to its last clause.
    if run[-1].i + 2 >= len(doc) and doc.text[end:tail].strip() in ("", ".", "!", "?", "…", "..."):
        end = tail
    return Span(run[0].idx, end)
