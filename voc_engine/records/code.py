"""Code and Coding: what a researcher looks for, and the passages that are of it; GivenCode: a code as it was given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from voc_engine.records.record import Record, stable_hash

MACHINE, PERSON = "machine", "person"


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code before it is applied. ``include`` and ``exclude`` are lines on what belongs and what does not, ``examples`` the
    researcher's own; ``above`` is the id of the code that it stands below. ``passages`` are ids of segments of the study
    that belong, ``insight_id`` the finding from which it was adopted."""

    code_id: str
    name: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    above: str | None = None
    passages: tuple[str, ...] = ()
    insight_id: str | None = None

    @classmethod
    def read(cls, code_id: str, value: str | None) -> GivenCode | None:
        """The code in the value of a "define"; None where it is none."""
        try:
            data = json.loads(value or "")
            include, exclude, examples, passages = (
                _lines(data.get(key)) for key in ("include", "exclude", "examples", "passages")
            )
            above, insight = (str(data[key]).strip() if data.get(key) else None for key in ("above", "insight_id"))
            name, definition = str(data["name"]).strip(), str(data.get("definition") or "").strip()
            code = cls(code_id, name, definition, include, exclude, examples, above, passages, insight)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return code if code.name else None

    def as_value(self) -> str:
        """The value of the decision that defines it."""
        fields = {key: value for key, value in asdict(self).items() if value and key != "code_id"}
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @property
    def is_heading(self) -> bool:
        """Whether nothing but a name was given."""
        return not (self.definition or self.include or self.examples or self.passages)


def code_id(*path: str) -> str:
    """Id of a code that has none of its own: of its name and those above it."""
    return f"c-{stable_hash('code', *path)}"


def _lines(value: Any) -> tuple[str, ...]:
    """One text is so many lines, a list so many entries."""
    every: Iterable[Any] = value.splitlines() if isinstance(value, str) else value or ()
    return tuple(text for one in every if (text := str(one).strip()))


@dataclass(frozen=True, slots=True)
class CodedWords:
    """Words that a person put under a code: where they stood when they were marked, and which they were."""

    code_id: str
    start: int
    end: int
    words: str

    @classmethod
    def read(cls, value: str | None) -> CodedWords | None:
        """The words in the value of a "code"; None where it is none."""
        try:
            data = json.loads(value or "")
            words = cls(str(data["code"]), int(data["start"]), int(data["end"]), str(data.get("words") or ""))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return words if 0 <= words.start < words.end and words.code_id else None

    def as_value(self) -> str:
        """The value of the decision that keeps them."""
        fields = {"code": self.code_id, "start": self.start, "end": self.end, "words": self.words}
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Code(Record):
    """A node of the codebook that was given; findings are those that were found.

    ``n_people`` are those coded with it or with a code below it, ``n_codings`` the passages coded with itself. ``n_machine``
    passages were the machine's before anybody corrected it; ``n_accepted`` and ``n_added`` are a person's,
    ``n_rejected`` were taken out, ``n_came`` and ``n_left`` followed from what was learned. ``right_low`` and ``right_high``
    bound the share of the machine's passages that are right, by those that a person looked at. ``shift`` is what the answers
    moved the code's log-odds by. ``example_segments`` and ``against_segments`` belong and do not, as people said;
    ``near_segments`` are the likeliest that the machine left out.
    """

    table: ClassVar[str] = "codes"

    code_id: str
    name: str
    definition: str
    basis: str
    n_people: int
    n_codings: int
    share_low: float
    share_high: float
    above: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    insight_id: str | None = None
    n_machine: int = 0
    n_accepted: int = 0
    n_rejected: int = 0
    n_added: int = 0
    n_came: int = 0
    n_left: int = 0
    right_low: float = 0.0
    right_high: float = 1.0
    shift: float = 0.0
    example_segments: tuple[str, ...] = ()
    against_segments: tuple[str, ...] = ()
    near_segments: tuple[str, ...] = ()

    @property
    def given(self) -> GivenCode:
        """As it would be given, without what people said of single passages."""
        names = {one.name for one in fields(GivenCode)} - {"passages"}
        return GivenCode(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True)
class Coding(Record):
    """A passage that is of a code. ``coding_id`` is "code:segment": a code stands once at a sentence. ``by`` is machine or
    person; ``checked`` tells that a person accepted what the machine said."""

    table: ClassVar[str] = "codings"

    coding_id: str
    code_id: str
    segment_id: str
    document_id: str
    person_id: str
    start: int
    end: int
    probability: float
    by: str
    checked: bool = False
    reasons: tuple[str, ...] = ()


def coding_id(code: str, segment: str) -> str:
    """Id of a code at a sentence."""
    return f"{code}:{segment}"


def halves(coding: str) -> tuple[str, str]:
    """(code id, segment id) of a coding's id; empty where it is none."""
    code, _, segment = coding.partition(":")
    return code, segment


def below(above: Mapping[str, str | None]) -> dict[str, set[str]]:
    """Code id -> itself and every code below it. ``above``: code id -> the one above; a circle ends where it closes."""
    subtree: dict[str, set[str]] = {key: {key} for key in above}
    for key in above:
        at, visited = above[key], {key}
        while at is not None and at in subtree and at not in visited:
            subtree[at].add(key)
            visited.add(at)
            at = above[at]
    return subtree
