"""The table of a talk's turns that a person fills in: who speaks, with the guess; and what was filled in, read again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from voc_engine.errors import ConfigError, nearest
from voc_engine.ingest.confirmed_turns import ConfirmedTurns
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.transcripts.proposal import proposed_turns
from voc_engine.ingest.transcripts.roles import names_part
from voc_engine.records import ROLES, Document, Utterance, stable_hash

COLUMNS = ("talk", "start", "time", "guess", "role", "speaker", "text")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def turn_sheet(talks: Sequence[Conversation]) -> str:
    """CSV with a row per turn of every talk; "role" and "speaker" are left to be filled in, "guess" is the engine's."""
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\n")
    rows.writerow(COLUMNS)
    for talk in talks:
        for start, end, role, speaker, ms in _turns(talk):
            text = " ".join(talk.document.text[start:end].split())
            rows.writerow((talk.document.locator, start, _clock(ms), role, "", _safe(speaker), _safe(text)))
    return sheet.getvalue()


def _turns(talk: Conversation) -> Iterator[tuple[int, int, str, str, int | None]]:
    for turn in talk.utterances:
        if turn.speaker is not None:
            yield turn.start, turn.end, turn.role, turn.speaker, next(iter(turn.time_ms), None)
            continue
        for start, end, role in proposed_turns(talk.document.text[turn.start : turn.end]):
            yield turn.start + start, turn.start + end, role, "", _time_at(turn, turn.start + start)


def _time_at(turn: Utterance, offset: int) -> int | None:
    before = [ms for at, ms in zip(turn.time_offsets, turn.time_ms, strict=True) if at <= offset]
    return before[-1] if before else None


def _clock(ms: int | None) -> str:
    return "" if ms is None else f"{ms // 3_600_000}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}"


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def confirmed_in(path: Path, documents: Sequence[Document]) -> dict[str, ConfirmedTurns]:
    """Document id -> its turns as the table has them. An empty role takes the guess, a row that is gone joins the one above.

    Raises ConfigError for a table that is not one of these talks, or a role that is none.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text.", found=str(error)) from error
    if not rows or not {"talk", "start", "guess", "role"} <= set(rows[0]):
        raise ConfigError(f"{path} is no table of turns.", do="write one with 'voc speakers FILE --out TABLE'")
    by_locator = {one.locator: one for one in documents}
    turns: dict[str, list[tuple[int, str, str]]] = {}
    for number, row in enumerate(rows, 2):
        document = by_locator.get(row["talk"] or "")
        start = (row["start"] or "").strip()
        if document is None or not start.isdigit() or int(start) >= len(document.text):
            raise ConfigError(f"{path}, line {number}: there is no such turn.", found=f"{row['talk']}, {start}")
        role = _role(row, f"{path}, line {number}")
        turns.setdefault(document.document_id, []).append((int(start), _speaker(row, role), role))
    marks = {one.document_id: stable_hash(one.text) for one in documents}
    return {name: ConfirmedTurns(marks[name], tuple(sorted(made))) for name, made in turns.items()}


def _role(row: dict[str, str], where: str) -> str:
    role = (row["role"] or row["guess"] or "").strip().casefold()
    if role not in ROLES:
        raise ConfigError(f"{where}: {role!r} is no role.", do=nearest(role, ROLES))
    return role


def _speaker(row: dict[str, str], role: str) -> str:
    """Decisions lie outside the vault: a person's name is kept as a mark, by which the same name is the same person."""
    name = " ".join((row.get("speaker") or "").lstrip("'").split())
    if not name:
        return role.capitalize()
    return name if names_part(name) else f"Speaker {stable_hash(name.casefold(), size=3)}"
