"""Frame: one parsed sentence with what every rule asks of it: clauses, negation, reality, questions, commands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from voc_engine.mentions.language import norm
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CONTRAST = words("frame_contrast")
_LEADING = frozenset(["although", "though", "while", "despite"])
_NO_CONTRAST_AFTER = words("frame_no_contrast_after")
_CLAUSE_DEPS = frozenset(("advcl", "relcl", "ccomp", "parataxis", "acl", "csubj"))
_RAISING = words("frame_raising")
_MODALS = frozenset(("would", "'d", "could", "might", "may", "should"))
_IF = frozenset(("if", "unless", "whether", "case"))
_FILLERS = words("frame_fillers")
_BREAKS = words("frame_breaks")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words [first, last) and code points [start, end) between contrasts."""

    first: int
    last: int
    start: int
    end: int


class Frame:
    """``words`` and ``lemmas`` run parallel to the tokens, contractions written out ("n't" is "not")."""

    def __init__(self, doc: Doc, hint: str | None, kind: str) -> None:
        self.doc, self.hint, self.kind = doc, hint, kind
        self.text: str = doc.text
        self.words: list[str] = [norm(token) for token in doc]
        self.lemmas: list[str] = [
            word if word in ("not", "will", "can") else token.lemma_.lower()
            for token, word in zip(doc, self.words, strict=True)
        ]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The sentence cut at its contrasts; one clause where there is none."""
        cuts = [place for place in range(1, len(self.words)) if self._is_cut(place)]
        if self.words and self.words[0] in _LEADING:
            cuts = sorted({*cuts, *self._leading_cut()})
        bounds = [0, *cuts, len(self.words)]
        pieces = [(first, last) for first, last in itertools.pairwise(bounds) if last > first]
        return tuple(self._clause(first, last) for first, last in pieces)

    def _is_cut(self, place: int) -> bool:
        word, before = self.words[place], self.words[place - 1]
        if place < 2 or place > len(self.words) - 3:
            return False
        if word == ";" or (word == "yet" and before == ","):
            return True
        # "but now" after "Unfortunately" is one contrast; adjacent markers must not leave an empty clause.
        return word in _CONTRAST and before not in _NO_CONTRAST_AFTER and before not in _CONTRAST

    def _leading_cut(self) -> list[int]:
        commas = [place for place, word in enumerate(self.words) if word == "," and 2 < place < len(self.words) - 2]
        return [commas[0] + 1] if commas else []

    def _clause(self, first: int, last: int) -> Clause:
        start, end = first, last
        while start < end - 1 and (self.words[start] in _CONTRAST or self.words[start] in {",", ";", "yet", "and"}):
            start += 1
        while end - 1 > start and self.words[end - 1] in {",", ";", "and", "-", "--"}:
            end -= 1
        if last == len(self.words):
            end = last
        tail = self.doc[end - 1]
        stop = len(self.text.rstrip()) if last == len(self.words) else tail.idx + len(tail)
        head = len(self.text) - len(self.text.lstrip()) if first == 0 and start == first else self.doc[start].idx
        return Clause(first, last, head, stop)

    def clause_of(self, place: int) -> int:
        """Number of the clause that a word stands in."""
        return self._clause_numbers[place]

    @cached_property
    def _clause_numbers(self) -> list[int]:
        return [number for number, clause in enumerate(self.clauses) for _ in range(clause.first, clause.last)]

    @cached_property
    def root(self) -> Token | None:
        """Root of the main clause: of the last sentence part that has a verb, else the first root."""
        roots = [token for token in self.doc if token.head == token]
        verbs = [token for token in roots if token.pos_ in ("VERB", "AUX")]
        return next(iter(verbs or roots), None)

    def negator(self, place: int) -> str | None:
        """The word that negates this one, by dependency first and by a short window after that; else None."""
        if self.words[place] in words("negators"):
            return None
        token = self.doc[place]
        for step, node in enumerate([token, *token.ancestors]):
            if step > 5 or self.clause_of(node.i) != self.clause_of(place):
                break
            if found := self._own_negator(node, place):
                return found
            if node.dep_ in _CLAUSE_DEPS and node.head.lemma_.lower() not in _RAISING:
                break
            if node.dep_ == "conj" and step > 0 and node.pos_ in ("VERB", "AUX"):
                break
        return self._window_negator(place)

    def _own_negator(self, node: Token, place: int) -> str | None:
        for child in [*node.children, node]:
            word: str = self.words[child.i]
            if child.i >= place or word not in words("negators") or child.i == place:
                continue
            if (
                child is node
                and node.dep_ not in ("prep", "det")
                and word not in ("without", "lack", "nothing", "none")
            ):
                continue
            if (word == "no" and child.dep_ not in ("det", "advmod", "neg")) or not self._is_real_negator(child.i):
                continue
            if word == "no" and node.i != place and child.head == node and node.dep_ in ("nsubj", "nsubjpass"):
                continue
            return word
        return None

    def _is_real_negator(self, place: int) -> bool:
        following = self.words[place + 1] if place + 1 < len(self.words) else ""
        return not (
            (self.words[place] == "not" and following in ("only", "just", "to", "sure"))
            or (self.words[place] == "no" and following in ("wonder", "doubt", ",", "matter"))
        )

    def _window_negator(self, place: int) -> str | None:
        for back in range(place - 1, max(-1, place - 4), -1):
            word = self.words[back]
            if word in _BREAKS:
                return None
            if word in words("negators") and self._is_real_negator(back):
                # A determiner's "no" reaches its own noun only: "no manual and bad screen" keeps "bad".
                return None if word == "no" and place - back > 2 else word
        return None

    def unreal(self, place: int) -> str | None:
        """Why this was not experienced: "if", a modal, or a wish above it; None where it is told as fact."""
        token = self.doc[place]
        for node in [token, *token.ancestors]:
            if node.dep_ in ("advcl", "ccomp", "pcomp", "ROOT", "mark") or node == token:
                for child in node.children:
                    word: str = self.words[child.i]
                    if child.dep_ == "mark" and word in _IF:
                        return word
                    if word in _MODALS and child.dep_ == "aux" and not self._past_modal(child, node):
                        return word
            if node.lemma_ in ("wish", "hope", "imagine") and node != token:
                return str(node.lemma_)
            if node.dep_ in ("relcl", "ROOT", "parataxis"):
                break
            if node.dep_ in ("advcl", "ccomp") and not any(c.dep_ == "mark" for c in node.children):
                break
        return None

    def _past_modal(self, modal: Token, verb: Token) -> bool:
        word = self.words[modal.i]
        negated = any(child.dep_ == "neg" for child in verb.children)
        perfect = any(child.lemma_ == "have" and child.dep_ == "aux" for child in verb.children)
        if word == "could":
            return negated or (not perfect and not any(child.dep_ == "advcl" for child in verb.children))
        return word == "would" and negated and not perfect and self.subject_word(verb) not in ("i", "we")

    def subject(self, verb: Token | None) -> Token | None:
        """The verb's subject, its own or the one that a coordinated or infinitive verb shares."""
        while verb is not None:
            for child in verb.children:
                if child.dep_ in ("nsubj", "nsubjpass", "expl"):
                    return child
            if verb.dep_ not in ("conj", "xcomp") or verb.head == verb:
                return None
            verb = verb.head
        return None

    def subject_word(self, verb: Token | None) -> str:
        found = self.subject(verb)
        return self.words[found.i] if found is not None else ""

    @cached_property
    def is_question(self) -> bool:
        """A question mark at the end, or question words in question order."""
        return self.text.rstrip().rstrip("\"')").endswith("?")

    @cached_property
    def first_person(self) -> bool:
        return any(word in words("first_person") for word in self.words)

    def commands(self) -> Iterator[Token]:
        """Bare imperatives: a base-form verb that opens a clause and has no subject."""
        for token in self.doc:
            opens = token.dep_ in ("ROOT", "conj", "ccomp", "parataxis") and token.pos_ in ("VERB", "AUX")
            if not opens or token.tag_ not in ("VB", "VBP") or self.words[token.i] in words("not_imperative"):
                continue
            lead = [child for child in token.children if child.i < token.i]
            if any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark") for child in lead):
                continue
            if any(self.words[child.i] not in ("do",) for child in lead if child.dep_ == "aux"):
                continue
            if any(self.doc[place].lower_ in ("did", "does") for place in range(max(0, token.i - 2), token.i)):
                continue
            if token.dep_ == "conj" and not self._opens_anew(token):
                continue
            if token.dep_ != "conj" and any(self._is_content(place) for place in range(self._start_of(token), token.i)):
                continue
            yield token

    def _opens_anew(self, token: Token) -> bool:
        """A second command: "send it and refund me"; never the second half of an infinitive or of "they call and ask"."""
        first = token.head
        lead = {child.dep_ for child in first.children if child.i < first.i}
        bare = first.dep_ in ("ROOT", "parataxis") and first.tag_ in ("VB", "VBP")
        return bare and not lead & {"nsubj", "nsubjpass", "aux", "mark", "expl"} and self.subject(token) is None

    def _start_of(self, token: Token) -> int:
        clause = self.clauses[self.clause_of(token.i)]
        for place in range(token.i - 1, clause.first - 1, -1):
            if self.words[place] in {",", ":", ";", ".", "!", "?", "-", "and", "so", "then"}:
                return place + 1
        return clause.first

    def _is_content(self, place: int) -> bool:
        word = self.words[place]
        adverb = self.doc[place].pos_ in ("ADV", "INTJ", "PUNCT", "SYM", "CCONJ", "X", "SPACE")
        return not (word in _FILLERS or word in ("do", "not", "never", "always") or word[:1] in "@#'\"" or adverb)
