"""Fixed text of forms and macros: what the file itself repeats is nobody's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.pieces import Piece, build
from voc_engine.records import EVIDENCE_ROLES, Skipped, Utterance, stable_hash

TEMPLATE = "template"
# The beginning of a file shows its forms and macros; its first records are read twice.
SAMPLE = 2_000
_FEWEST_TICKETS = 8
_FORM_SHARE = 0.5
_FEWEST_MACROS = 3
_MACRO_WORDS = 4
_LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][^:?\n]{5,120}[:?])(?P<rest>.*)$", re.DOTALL)
_GREETING = re.compile(r"^\s*(?:hi|hello|dear|hey|hallo|liebe[r]?|bonjour|hola|beste)\b[^\n]{0,60}\n", re.IGNORECASE)
_VARIABLE = re.compile(r"(?<!\S)(?=\S*\d)\S+|https?://\S+")

Items = Iterator[Conversation | Skipped]


@dataclass
class Repeated:
    """In how many tickets each line of customers stands, and how often each answer of staff and machines."""

    tickets: int = 0
    lines: Counter[str] = field(default_factory=Counter)
    labels: set[str] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)

    def learn(self, talk: Conversation) -> None:
        text = talk.document.text
        mine: dict[str, bool] = {}
        for turn in talk.utterances:
            said = text[turn.start : turn.end]
            if turn.role in EVIDENCE_ROLES:
                mine.update(_line_marks(said) if turn.cut is None else ())
            else:
                self.answers[_answer_mark(said)] += 1
        self.tickets += bool(mine)
        self.lines.update(mine.keys())
        self.labels.update(mark for mark, is_label in mine.items() if is_label)

    def forms(self) -> frozenset[str]:
        """Marks of the lines that at least half of the tickets have, and eight or more.

        One of them must read like a label ("Please describe your problem:"): many people may well say the same.
        """
        fewest = max(_FEWEST_TICKETS, _FORM_SHARE * self.tickets)
        often = frozenset(mark for mark, count in self.lines.items() if count >= fewest)
        return often if often & self.labels else frozenset()

    def is_macro(self, said: str) -> bool:
        return len(said.split()) >= _MACRO_WORDS and self.answers[_answer_mark(said)] >= _FEWEST_MACROS


def without_templates(read: Callable[[], Items]) -> Items:
    """What ``read`` gives, with the fixed lines of forms and repeated answers cut; ``read`` is called twice.

    The words stay in the document; only the reason why they are no evidence is added.
    """
    repeated = _learned(read)
    forms = repeated.forms()
    if not forms and not any(count >= _FEWEST_MACROS for count in repeated.answers.values()):
        yield from read()
        return
    for item in read():
        yield _cut(item, repeated, forms) if isinstance(item, Conversation) else item


def _learned(read: Callable[[], Items]) -> Repeated:
    repeated = Repeated()
    with suppress(Exception):  # a fault of the file is told by the reading that counts
        for item in islice(read(), SAMPLE):
            if isinstance(item, Conversation):
                repeated.learn(item)
    return repeated


def _cut(talk: Conversation, repeated: Repeated, forms: frozenset[str]) -> Conversation:
    pieces = [piece for turn in talk.utterances for piece in _pieces(talk, turn, repeated, forms)]
    return build(talk.document, pieces)


def _pieces(talk: Conversation, turn: Utterance, repeated: Repeated, forms: frozenset[str]) -> list[Piece]:
    said = talk.document.text[turn.start : turn.end]
    if turn.cut is not None:
        return [_piece(turn, said, turn.cut)]
    if turn.role not in EVIDENCE_ROLES:
        return [_piece(turn, said, TEMPLATE if repeated.is_macro(said) else None)]
    return [_piece(turn, part, cut) for part, cut in _stretches(said, forms)]


def _piece(turn: Utterance, text: str, cut: str | None) -> Piece:
    return Piece(text, turn.person_id, turn.role, turn.speaker, cut, turn.created_at)


def _stretches(said: str, forms: frozenset[str]) -> list[tuple[str, str | None]]:
    """The lines of a message, those of the form apart from what was filled in."""
    parts: list[tuple[str, str | None]] = []
    for line in said.split("\n"):
        for part, cut in _line_parts(line, forms):
            if parts and (parts[-1][1] == cut or not part.strip()):
                parts[-1] = (f"{parts[-1][0]}\n{part}", parts[-1][1])
            else:
                parts.append((part, cut))
    return [(part.strip("\n"), cut) for part, cut in parts if part.strip()]


def _line_parts(line: str, forms: frozenset[str]) -> list[tuple[str, str | None]]:
    if _mark(line) in forms:
        return [(line, TEMPLATE)]
    match = _LABEL.match(line)
    if match and _mark(match["label"]) in forms:
        rest = match["rest"].strip()
        return [(match["label"].strip(), TEMPLATE), *([(rest, None)] if rest else [])]
    return [(line, None)]


def _line_marks(said: str) -> dict[str, bool]:
    """Mark of each line with two words or more, and of each label that begins a line: whether it is a label."""
    marks: dict[str, bool] = {}
    for line in said.split("\n"):
        match = _LABEL.match(line)
        label = match["label"].strip() if match else ""
        for one in (line.strip(), label):
            if len(one.split()) >= 2:
                marks[_mark(one)] = one == label
    return marks


def _mark(line: str) -> str:
    return stable_hash(" ".join(line.casefold().split()))


def _answer_mark(said: str) -> str:
    """The same for two answers that differ in the greeting, numbers and links only."""
    bare = _VARIABLE.sub("#", _GREETING.sub("", said, count=1))
    return stable_hash(" ".join(bare.casefold().split()))
