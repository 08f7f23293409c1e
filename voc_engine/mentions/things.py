"""The object of a finding: the thing that it is about, as a bare noun phrase ("login code", "cancellation fee")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 40
_NEAR = 8
_SEARCHES = frozenset(["look", "search", "hunt"])
_DIRECT = ("dobj", "attr", "nsubjpass", "nsubj", "oprd")
_HAPPENINGS = ("failure", "problem", "loss", "effort", "repetition", "praise", "feeling")
_WHOLE = ("answer", "tone")


def object_of(frame: Frame, lead: Evidence, verb: Token | None, span: tuple[int, int]) -> str | None:
    """The thing, in lower case, its noun in the singular and without determiners; None where only pronouns stand.

    Tried in order: what the verb acts on, what the evidence's own words name or are said of, what fails, where it
    happens, and the noun that stands nearest to the evidence.
    """
    found = [
        noun
        for noun in dict.fromkeys(_candidates(frame, lead, verb))
        if not (lead.place <= noun.i < lead.end and lead.pattern in _HAPPENINGS)
        and span[0] <= noun.idx
        and noun.idx + len(noun) <= span[1]
        and _names_a_thing(frame, noun)
    ]
    # People and places come last: "Silke" is seldom what a pain is about.
    common = [
        noun
        for noun in found
        if (noun.pos_ == "NOUN" or noun.dep_ in ("dobj", "pobj") or not noun.is_title)
        and noun.lemma_.lower() not in words("human")
    ]
    chosen = next(iter(common or found), None)
    return _bare(frame, chosen, lead) if chosen is not None else None


def _candidates(frame: Frame, lead: Evidence, verb: Token | None) -> Iterator[Token]:
    whole = lead.pattern in _WHOLE
    if not whole:
        yield from _of_evidence(frame, lead)
    if verb is not None:
        yield from _of_verb(verb)
    elif whole and frame.root is not None:
        yield frame.root
    if whole and frame.root is not None and frame.root.pos_ in ("VERB", "AUX"):
        yield from _of_verb(frame.root)
    yield from _near(frame, lead)


def _of_evidence(frame: Frame, lead: Evidence) -> Iterator[Token]:
    """Nouns within the cue ("cancellation fee"), and the noun that a judging adjective stands before."""
    tokens = [frame.doc[place] for place in range(lead.place, min(lead.end, len(frame.doc)))]
    if lead.pattern.removeprefix("negated ") in ("ability", "effort", "ease", "imperative", "want", "aim", "wish"):
        return
    for token in tokens:
        if token.dep_ in ("amod", "det", "compound") and token.head.pos_ in ("NOUN", "PROPN"):
            yield token.head
        if token.dep_ in ("acomp", "attr", "advmod", "oprd"):
            yield from (child for child in token.head.children if child.dep_ in ("nsubj", "nsubjpass"))
        if token.pos_ in ("NOUN", "PROPN") and lead.pattern in _HAPPENINGS:
            yield from (child for child in token.children if child.dep_ == "compound")
        if token.dep_ == "nsubj" or lead.pattern == "cost":
            yield token


def _of_verb(verb: Token) -> Iterator[Token]:
    if verb.lemma_.lower() in _SEARCHES:
        yield from (t for child in verb.children if child.lower_ == "for" for t in child.children if t.dep_ == "pobj")
    transitive = [child for child in verb.children if child.dep_ in _DIRECT]
    yield from sorted(transitive, key=lambda child: _DIRECT.index(child.dep_))
    for child in verb.children:
        if child.dep_ in ("prep", "agent", "dative"):
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
        if child.dep_ in ("xcomp", "ccomp"):
            yield from (inner for inner in child.children if inner.dep_ == "dobj")
            yield from (inner for inner in child.children if inner.dep_ in ("nsubj", "nsubjpass"))
    if verb.dep_ == "relcl":
        yield verb.head
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp"):
        yield from (child for child in verb.head.children if child.dep_ in ("dobj", "nsubj", "nsubjpass"))


def _near(frame: Frame, lead: Evidence) -> Iterator[Token]:
    """All nouns, those of the evidence's clause and close to it first; the one before wins over the one after."""
    home = frame.clause_of(lead.place)
    nouns = [
        token for token in frame.doc if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "npadvmod")
    ]
    close = [token for token in nouns if frame.clause_of(token.i) == home or abs(token.i - lead.place) <= _NEAR]
    yield from sorted(close, key=lambda t: (frame.clause_of(t.i) != home, abs(t.i - lead.place), t.i))


def _names_a_thing(frame: Frame, noun: Token) -> bool:
    word, lemma = frame.words[noun.i], noun.lemma_.lower()
    if (
        noun.pos_ not in ("NOUN", "PROPN")
        or not any(letter.isalpha() for letter in noun.text)
        or noun.text[0] in "@#[="
    ):
        return False
    told = noun.dep_ in ("nsubj", "nsubjpass", "dobj") and lemma in ("month", "week", "year", "day", "hour")
    counted = any(child.dep_ in ("nummod", "quantmod") for child in noun.children)
    if (is_time(lemma) and (counted or not told)) or (is_number(word) and noun.pos_ != "PROPN"):
        return False
    return (
        lemma not in words("things_empty") and word not in words("things_empty") and word not in words("human_pronouns")
    )


def _bare(frame: Frame, noun: Token, lead: Evidence) -> str:
    """Compounds and naming adjectives before the noun; words that judge or count it are left out."""
    kept = [noun]
    for place in range(noun.i - 1, max(-1, noun.i - 4), -1):
        token = frame.doc[place]
        judged = lead.place <= place < lead.end and lead.pattern not in _WHOLE and token.dep_ != "compound"
        names = token.dep_ == "compound" or (
            token.dep_ == "amod" and token.lemma_.lower() not in words("things_judging")
        )
        joins = token.dep_ == "punct" and token.text in ("-", "/")
        if (
            judged
            or not (names or joins)
            or not (token.head in kept or joins)
            or not (joins or token.text[0].isalnum())
        ):
            break
        kept.insert(0, token)
    while kept[0].is_punct:
        kept.pop(0)
    head = noun.lemma_ if noun.tag_ in ("NNS", "NNPS") and noun.lemma_.isalpha() else noun.text
    text = "".join(token.text_with_ws for token in kept[:-1]) + head
    return str(text if len(text) <= _LONGEST else head).lower()
