"""Given codes on sentences: how likely each sentence is of each code, and what people's answers change."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from voc_engine.codebook.code_likeness import (
    CodeVectors,
    Floats,
    Lines,
    closeness,
    middle,
    nearer_to,
    probability,
    shift_of,
    shipped,
)
from voc_engine.language.stems import content_stems
from voc_engine.records import EVIDENCE_ROLES, Code, GivenCode, Segment, Vectors

# What joins two names in one.
_JOINED = re.compile(r"\s*[,;/&]\s*|\s+(?:and|or)\s+")
Encode = Callable[[Sequence[str]], Any]


@dataclass(frozen=True)
class Answers:
    """What people said of one code's passages, as ids of segments. ``machine`` tells of them which were the machine's:
    only these say how often it is right."""

    belong: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    machine: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Placed:
    """``chance`` of each sentence that it is of the code; ``why`` in words, where it is; ``shift`` in log-odds."""

    chance: Floats
    why: Callable[[int], str]
    shift: float = 0.0


@dataclass
class Sentences:
    """Segments that may be evidence and have a vector, with their rows, in a fixed order."""

    segments: list[Segment]
    lines: Lines
    common: Floats
    at: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, segments: Sequence[Segment], vectors: Vectors | None, study: Sentences | None = None) -> Sentences:
        """``study``: the sentences of the study to which these are new."""
        evidence = [
            one for one in segments if one.role in EVIDENCE_ROLES and vectors is not None and one.text_key in vectors
        ]
        able = sorted(evidence, key=lambda one: one.segment_id)
        keys = [one.text_key for one in able]
        rows: Floats = vectors.rows(keys) if keys and vectors is not None else np.zeros((0, 1), np.float32)
        lines = Lines.of(rows, [one.text for one in able], study.lines.weights if study else None)
        at = {one.segment_id: number for number, one in enumerate(able)}
        return cls(able, lines, study.common if study else middle(rows), at)

    @property
    def rows(self) -> Floats:
        """(sentences, dimensions)."""
        return self.lines.rows

    def places(self, ids: Sequence[str]) -> list[int]:
        """Numbers of those that are there."""
        return [self.at[one] for one in ids if one in self.at]

    def of_ids(self, ids: Sequence[str]) -> Floats:
        """The rows of those that are there."""
        rows: Floats = self.rows[self.places(ids)]
        return rows


class CodeScorer:
    """Knows the words of some codes; ``place`` reads sentences for one of them."""

    def __init__(self, codes: Sequence[GivenCode], encode: Encode) -> None:
        self.codes = {one.code_id: one for one in codes}
        texts = sorted({text for one in codes for text in (*_words(one), one.definition, *one.examples, *one.exclude)})
        rows = np.asarray(encode(texts), np.float32) if texts else np.zeros((0, 1), np.float32)
        self._row = dict(zip(texts, rows, strict=True))

    def vectors(self, code: GivenCode, sentences: Sentences, answers: Answers) -> CodeVectors:
        """What the code stands on: its words and examples, and what people said of the study's own passages."""
        belong = sentences.of_ids(sorted({*code.passages, *answers.belong} - set(answers.do_not)))
        code_vectors = CodeVectors(
            self._rows(_words(code), sentences), np.vstack([self._rows(code.examples, sentences), belong]),
            np.vstack([self._rows(code.exclude, sentences), sentences.of_ids(sorted(answers.do_not))]),
            tuple(stems for one in _names(code) if (stems := frozenset(content_stems(one)))),
            sense=self._rows([code.definition], sentences) if code.definition else None,
        )  # fmt: skip
        return code_vectors.among(sentences.rows, sentences.common)

    def score(self, code: GivenCode, sentences: Sentences, answers: Answers) -> Placed:
        """How likely each sentence is of the code, as people's answers have it."""
        vectors = self.vectors(code, sentences, answers)
        near = closeness(sentences.lines, vectors, sentences.common)
        looked = [one for one in sorted(answers.machine) if one in sentences.at]
        # An example is nearest to itself: what the answers teach is told from the code as it was given.
        before = (
            closeness(
                sentences.lines.at(sentences.places(looked)), self.vectors(code, sentences, Answers()), sentences.common
            )
            if looked
            else near[:0]
        )
        shift = shift_of(before, [one in answers.belong for one in looked], shipped())
        return Placed(self.chances(sentences, vectors, shift), lambda row: _why(code, near[row]), shift)

    @staticmethod
    def chances(sentences: Sentences, vectors: CodeVectors, shift: float) -> Floats:
        """(sentences,) that each is of the code; 0 where it is nearer to what is not meant."""
        chance = probability(closeness(sentences.lines, vectors, sentences.common), shipped(), shift)
        chance[nearer_to(sentences.rows, vectors, sentences.common)] = 0.0
        return np.round(chance, 4)

    def _rows(self, texts: Sequence[str], sentences: Sentences) -> Floats:
        width = sentences.rows.shape[1]
        return np.vstack([self._row[text] for text in texts]) if texts else np.zeros((0, width), np.float32)


def _words(code: GivenCode) -> list[str]:
    """The name with its definition, and each line of what belongs. A name that is defined does not stand alone: "Switching"
    is near to every light switch, and only what it is said to mean tells them apart."""
    both = f"{code.name}. {code.definition}" if code.definition else code.name
    return list(dict.fromkeys([both, *code.include]))


def _names(code: GivenCode) -> list[str]:
    """What a sentence may call it: "Calendar and appointments" is two names."""
    return [one for name in (code.name, *code.include) for one in _JOINED.split(name)]


def _why(code: GivenCode, near: Floats) -> str:
    by_example = bool(near[1] > near[0])
    what = "an example" if by_example else "the definition"
    named = ", says so" if near[-1] >= 1 else ""
    return f"like {what} of “{code.name}” ({near[1] if by_example else near[0]:.2f}){named}"


def applied(
    codes: Sequence[GivenCode], scorer: CodeScorer, sentences: Sentences, answers: Mapping[str, Answers]
) -> dict[str, Placed]:
    """Code id -> what it is of, for every code that says more than a heading over others."""
    heads = {one.above for one in codes}
    wanted = [one for one in codes if not (one.is_heading and one.code_id in heads)]
    return {one.code_id: scorer.score(one, sentences, answers.get(one.code_id, Answers())) for one in wanted}


def answers_of(code: Code) -> Answers:
    """What a finished run's code had learned."""
    return Answers(code.example_segments, code.against_segments)
