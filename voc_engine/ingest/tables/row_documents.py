"""From rows to documents: one per text column, with its title, person, date, rating and attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from voc_engine.config import SourceConfig
from voc_engine.errors import ConfigError, nearest
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.counterparts import NOBODY, Counterparts
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.dialogues import dialogue
from voc_engine.ingest.identity import Identity, is_mail, is_service, make_identity, scope_of
from voc_engine.ingest.mail import split_mail, split_quotes
from voc_engine.ingest.pieces import Piece, adds_words, build, dialogue_pieces, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.answering import author_marks
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.flags import NOTE, UNTOLD, Flag, told_role
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.table import Row, Table
from voc_engine.ingest.tables.talk_cells import talk_in, talk_of_cell
from voc_engine.ingest.tables.texts import is_missing, says_nothing
from voc_engine.ingest.tables.values import rating_of
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text, role_named
from voc_engine.privacy.consent import stated_consent
from voc_engine.records import Document, Skipped, language_code

_Value = TypeVar("_Value")
PRIVATE = "private note"
_REPOST = re.compile(r"^RT @\w+")
_NUMBER = re.compile(r"\s*-?\d{1,6}(?:[.,]\d{1,3})?\s*%?\s*")
_REMOVED = re.compile(
    r"\s*[\[(<]\s*(?:removed|deleted|removed by (?:reddit|moderators?|admin)|deleted by (?:user|author)|comment deleted|"
    r"message deleted|gelöscht|entfernt|supprimé|eliminado|borrado)\s*[\])>]\s*",
    re.IGNORECASE,
)


@dataclass
class Faults:
    """Cells that could not be understood although their rows were used, by meaning."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)

    def note(self, what: str, example: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        self.examples.setdefault(what, example)


@dataclass(frozen=True)
class TableReading:
    """All that is fixed for one table: where it is from, what its columns mean, of which kind it is.

    ``thread`` is the column that names the conversation of a row, ``flags`` are columns that say who wrote, ``sides`` who
    answers where none does.
    """

    source: SourceFile
    options: SourceConfig
    table: Table
    mapping: ColumnMap
    kind: str
    thread: str | None = None
    flags: tuple[Flag, ...] = ()
    sides: Counterparts = NOBODY


def documents_of(reading: TableReading, told_later: Faults | None = None) -> Iterator[Conversation | Skipped]:
    """Conversations and what was set aside, in the table's order; cells not understood are counted at the end, or in
    ``told_later``."""
    faults = Faults() if told_later is None else told_later
    for row in reading.table.rows:
        if isinstance(row, Skipped):
            yield row
        else:
            yield from _documents(reading, row, faults)
    if told_later is None:
        yield from told_faults(reading, faults)


def told_faults(reading: TableReading, faults: Faults) -> Iterator[Skipped]:
    """Cells that were not understood, by meaning, with their count and an example."""
    for what in sorted(faults.counts):
        column = reading.mapping.by_key.get(what, what)
        yield Skipped(
            reading.source.name,
            f"column {column}",
            f"the {what} was not understood; the rows are used without it",
            f"a {what}",
            faults.examples[what],
            f"map another column with columns.{what}, or correct the cells",
            faults.counts[what],
            quarantined=False,
        )


def told_by(reading: TableReading, row: Row) -> str:
    """Who wrote the row by its flags, see ``told_role``; by the configured agents where no flag says it."""
    stated = told_role(row.cells, reading.flags) if reading.flags else ""
    if not stated and reading.sides.staff and reading.sides.holds(author_marks(reading.mapping, row, "")):
        stated = "agent"
    if stated or not reading.options.agents:
        return stated
    who = identity_of(reading, row)
    names = {one.casefold() for one in (who.name, who.handle, who.email, who.email.rpartition("@")[2]) if one}
    agents = {one.casefold().removeprefix("@") for one in reading.options.agents}
    return "agent" if names & agents else ""


def untold(reading: TableReading, row: Row) -> Skipped:
    cells = "; ".join(f"{flag.column}: {row.cells.get(flag.column, '')}" for flag in reading.flags)
    return quarantine(
        reading.source,
        row.locator,
        "a row that does not tell who wrote it",
        expected="inbound or outbound, customer or agent, or a like word",
        found=cells,
        to_do="correct the cell, or take the column out and name the staff with agents = [...]",
    )


def _documents(reading: TableReading, row: Row, faults: Faults) -> Iterator[Conversation | Skipped]:
    mapping, source = reading.mapping, reading.source
    several = len(mapping.texts) > 1
    stated = told_by(reading, row)
    if stated == UNTOLD:
        yield untold(reading, row)
        return
    used = False
    question = mapping.get("question", row) or None
    who = identity_of(reading, row)
    for column, header in mapping.texts:
        context = header or question
        text = plain(row.cells.get(column, "").strip())
        title = mapping.get("title", row) if not used else ""
        reason = why_not(reading.kind, text, context) or why_own_name(who, text, context)
        if reason and not (title and not text):
            rest = "" if several else without_author(mapping, row)
            yield set_aside(source, _locator(row, column, several), reason, text or rest)
            continue
        talk = talk_in(source, text, column) if not stated and context is None and reading.kind != "ticket" else None
        if talk is not None and dialogue(text) is None:
            yield from talk_of_cell(
                source, reading.options, talk, _frame_of_cell(reading, row, column, faults, several)
            )
        else:
            yield _conversation(reading, row, who, column, context, text, title, faults, several, not used, stated)
        used = True


def _frame_of_cell(reading: TableReading, row: Row, column: str, faults: Faults, several: bool) -> Document:
    """What the row tells of the talk in one of its cells. Who wrote the row need not have spoken."""
    native = reading.mapping.get("id", row) or row.locator
    new_id = document_id("interview", reading.source.name, f"{native}\n{column}" if several else native)
    frame = frame_of(reading, row, new_id, "", None, reading.mapping.get("title", row), faults)
    facts = {key: value for key, value in frame.attributes.items() if not key.startswith("identity.")}
    return replace(frame, locator=_locator(row, column, several), attributes=facts)


def without_author(mapping: ColumnMap, row: Row) -> str:
    """The cells of a row but those that say whose it is: redaction looks for authors of documents, and there is none."""
    authors = {mapping.by_key.get(key) for key in ("person", "name", "email", "handle")} | set(mapping.name_parts)
    return "; ".join(f"{name}: {cell}" for name, cell in row.cells.items() if cell.strip() and name not in authors)


def _locator(row: Row, column: str, several: bool) -> str:
    return f"{row.locator}, {column}" if several else row.locator


def why_not(kind: str, text: str, context: str | None) -> str | None:
    if not text:
        return "no text in the row" if context is None else "no answer"
    if (context is not None or kind == "survey") and says_nothing(text):
        return "an answer that says nothing (n/a)"
    if (context is not None or kind == "survey") and _NUMBER.fullmatch(text):
        return "a number and no words"
    if _REMOVED.fullmatch(text):
        return "removed by its author or by moderators"
    if kind == "post" and _REPOST.match(text):
        return "repost of somebody else's words"
    return None


def why_own_name(who: Identity, text: str, context: str | None) -> str | None:
    """Why a text that is nothing but its author's name is nobody's words: a program writes who joined so."""
    names = {one.casefold() for one in (who.name, who.handle, who.email, who.id) if one}
    return "the author's name and no words" if context is None and text.casefold() in names else None


def _conversation(
    reading: TableReading, row: Row, who: Identity, column: str, context: str | None, text: str, title: str, faults: Faults,
    several: bool, first_of_row: bool, stated: str,
) -> Conversation:  # fmt: skip
    mapping = reading.mapping
    native = mapping.get("id", row) or row.locator
    new_id = document_id(reading.kind, reading.source.name, f"{native}\n{column}" if several else native)
    key = who.key(new_id) if who.key("") != "anonymous:" else _anonymous(reading, new_id, native, several)
    frame = frame_of(reading, row, new_id, key, context, title, faults, who)
    frame = replace(frame, locator=_locator(row, column, several)) if several else frame
    role = role_of(reading, row, who, text, stated)
    if role == "agent" and key.startswith("anonymous:"):
        key = f"speaker:{new_id}:agent"
    # "Re: Import" is the thread's title and nobody's new words.
    own_title = title and not (reading.kind == "post" and title.casefold().startswith("re:"))
    first = [Piece(title, key, role)] if own_title and adds_words(title, text) else []
    reply = plain(mapping.get("reply", row)) if first_of_row else ""
    last = [Piece(reply, f"speaker:{new_id}:agent", "agent")] if reply else []
    talk = dialogue(text) if role == "participant" and context is None else None
    if talk is not None:
        parts = dialogue_pieces(talk, key, new_id)
    else:
        cuts = parts_of(reading.kind, text)
        parts = [Piece(part, key, role, cut=PRIVATE if stated == NOTE else cut) for part, cut in cuts]
    return build(frame, [*first, *parts, *last])


def frame_of(
    reading: TableReading, row: Row, new_id: str, key: str, context: str | None, title: str, faults: Faults,
    who: Identity | None = None,
) -> Document:  # fmt: skip
    """The document without its words, from the facts of one row."""
    mapping, options = reading.mapping, reading.options
    who = who or identity_of(reading, row)
    return Document(
        document_id=new_id,
        kind=reading.kind,
        source=reading.source.name,
        locator=row.locator,
        person_id=key,
        text="",
        title=title or None,
        context=context,
        created_at=_date(mapping, row, faults),
        language=_understood(mapping, "language", row, faults, language_code),
        rating=_understood(mapping, "rating", row, faults, rating_of),
        channel=mapping.get("channel", row) or options.channel,
        url=mapping.get("url", row) or None,
        attributes={**_attributes(reading, row), **who.attributes(), **_consent(reading, row)},
    )


def parts_of(kind: str, text: str) -> list[tuple[str, str | None]]:
    """The text in pieces: what is quoted from others, or a signature, is cut from evidence."""
    if kind == "ticket":
        return split_mail(text)
    return split_quotes(text) if kind == "post" else [(text, None)]


def _anonymous(reading: TableReading, new_id: str, native: str, several: bool) -> str:
    """Answers of one unnamed respondent belong to one person, so all bear the id of the row and not of the cell."""
    return f"anonymous:{document_id(reading.kind, reading.source.name, native)}" if several else f"anonymous:{new_id}"


def role_of(reading: TableReading, row: Row, who: Identity, text: str, stated: str) -> str:
    """Who wrote: what a machine says of itself, then the flags, then the column of roles."""
    if stated == NOTE:
        return "agent"
    if stated == "bot" or is_bot_name(who.name) or is_bot_name(who.handle) or is_bot_text(text):
        return "bot"
    return stated or role_named(reading.mapping.get("role", row))


def identity_of(reading: TableReading, row: Row) -> Identity:
    mapping = reading.mapping
    person = mapping.get("person", row)
    identity = {key: mapping.get(key, row) for key in ("name", "email", "handle")}
    identity = {key: "" if is_service(value) else value for key, value in identity.items()}
    person = "" if is_service(person) else person
    what = "email" if is_mail(person) else mapping.person_as
    if person and not identity.get(what):
        identity[what] = person
    if not identity["name"]:
        identity["name"] = " ".join(row.cells.get(column, "").strip() for column in mapping.name_parts).strip()
    if not identity.get("id"):
        identity["id"] = mapping.get("person_id", row)
    id_column = normal(mapping.by_key.get("id", ""))
    if not person and not identity["id"] and id_column in ("respondent id", "respondent", "response id", "responseid"):
        identity["id"] = mapping.get("id", row)
    scope = reading.options.ids or scope_of(reading.source.name, reading.options.channel)
    who = make_identity(scope=scope, **identity)
    return replace(who, shared=True) if reading.options.ids is not None else who


def _consent(reading: TableReading, row: Row) -> dict[str, str]:
    """What the row states of its author's consent; the redact stage joins it with what other sources state."""
    for key, wanted in reading.options.consent.items():
        if wanted not in reading.table.columns:
            raise ConfigError(
                f"{reading.source.name} has no column {wanted!r}, which consent.{key} names.",
                found=f"columns: {', '.join(reading.table.columns)}",
                do=nearest(wanted, reading.table.columns),
            )
    named = {str(key): column for key, column in reading.options.consent.items()}
    stated = stated_consent(row.cells, f"{reading.source.name}, {row.locator}", named)
    return {} if stated is None else {"identity.consent": stated}


def _date(mapping: ColumnMap, row: Row, faults: Faults) -> str | None:
    return _understood(
        mapping, "date", row, faults, lambda cell: parse_date(cell, mapping.dates.day_first, mapping.utc)
    )


def _understood(
    mapping: ColumnMap, key: str, row: Row, faults: Faults, parse: Callable[[str], _Value | None]
) -> _Value | None:
    """What a cell says; a cell that says nothing that ``parse`` understands is noted."""
    cell = mapping.get(key, row)
    value = parse(cell) if cell else None
    if cell and value is None:
        faults.note(key, cell)
    return value


def _attributes(reading: TableReading, row: Row) -> dict[str, str]:
    """What is told of the person; a survey's code for an answer that nobody gave is none."""
    cells = {column: row.cells.get(column, "").strip() for column in reading.mapping.attributes}
    survey = reading.kind == "survey"
    return {column: value for column, value in cells.items() if value and not (survey and is_missing(value))}
