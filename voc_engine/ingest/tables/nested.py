"""Records with lists of records inside (messages, replies, comments, answers): turns and answers, or told as not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.counterparts import NOBODY, Counterparts, counterparts, nameless, told_staff, unanswered
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.tables.answering import author_marks
from voc_engine.ingest.tables.cast import are_messages
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.column_meanings import map_columns
from voc_engine.ingest.tables.flags import UNTOLD, Flag, flag_columns, told_role
from voc_engine.ingest.tables.headers import ORDER, normal
from voc_engine.ingest.tables.record_shapes import with_replies
from voc_engine.ingest.tables.record_turns import Inner, RecordTurns, Turn, are_people
from voc_engine.ingest.tables.row_documents import (
    Faults,
    TableReading,
    frame_of,
    identity_of,
    parts_of,
    role_of,
    told_faults,
    untold,
    why_not,
)
from voc_engine.ingest.tables.table import Row, Table
from voc_engine.ingest.tables.unread_prose import LIST, LOOKED_AT, Account, columns_read, is_known, texts_in
from voc_engine.records import Skipped

_KEYWORDS = keywords("nested")

_QUESTION = ("question", "question text", "title", "prompt", "label", "field", "field title", "name", "question title",
             "key")  # fmt: skip
_ANSWER = ("answer", "text", "value", "response", "answer text", "content", "free text", "comment", "answer value")
_NUMBER = ("number", "score", "rating", "value", "answer")
_NOTES = re.compile(r"(?:internal|private|staff|agent|team)?[ _]?(?:notes?|remarks)|internal.*|private.*|annotations?")
_REPLY = re.compile(_KEYWORDS.pattern("reply"))
_TALK = re.compile(_KEYWORDS.pattern("talk"))
_SURVEY = re.compile(r"(?:.*[ _])?(?:answers?|responses?|questions?|fields?|items?)")
# Under these headers a list holds answers, whatever it is called itself.
_ASKED, _ANSWERED = ("question", "question text"), ("answer", "answer text", "response")
_SAMPLE = 200  # a choice: records, and items of their lists, that are looked at before they are read
_COPIED = 0.8  # a choice: of a list's texts, which stand in another one too


@dataclass(frozen=True)
class Plan:
    """How records with lists are read: the lists by key; ``outer`` are the columns beside them, ``sides`` who answers where
    no flag of a list and no list of people says it."""

    lists: tuple[Inner, ...]
    outer: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    sides: Counterparts = NOBODY

    @property
    def survey(self) -> bool:
        return any(one.holds == "answers" for one in self.lists) and not any(one.holds == "turns" for one in self.lists)


def lists_in(record: Mapping[str, Any], prefix: str = "", depth: int = 3) -> dict[str, list[dict[str, Any]]]:
    """The lists of objects inside a record, by dotted key, with the replies inside their entries; other lists inside those
    lists are not looked for."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for key, value in record.items():
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lists[f"{prefix}{key}"] = [each for one in value if isinstance(one, dict) for each in with_replies(one)]
        elif isinstance(value, dict) and depth:
            lists.update(lists_in(value, f"{prefix}{key}.", depth - 1))
    return lists


def plan_of(reading: TableReading, records: Sequence[Mapping[str, Any]], flat: Any) -> Plan | None:
    """The plan for these records; None where no list inside them holds anybody's words."""
    samples: dict[str, list[dict[str, Any]]] = {}
    for record in records[:_SAMPLE]:
        for key, inner in lists_in(record).items():
            samples.setdefault(key, []).extend(inner[:_SAMPLE])
    lists = [_inner(reading, key, rows, flat) for key, rows in samples.items()]
    if any(one.holds == "turns" for one in lists):
        # Beside the messages of a conversation its comments are what the staff says of it.
        messages = any(
            "message" in normal(one.key) or "part" in normal(one.key) for one in lists if one.holds == "turns"
        )
        lists = [
            replace(one, holds="notes")
            if messages and one.holds == "turns" and normal(one.key).endswith("comments")
            else one
            for one in lists
        ]
    lists = _without_copies(lists)
    if not any(one.holds for one in lists):
        return None
    notes = [f"list {one.key}: {_HOLDS['people' if are_people(one) else one.holds]}" for one in lists]
    plan = Plan(tuple(lists), tuple(c for c in reading.table.columns if c not in samples), notes)
    return replace(plan, sides=_sides(reading, plan, records[:_SAMPLE], flat))


def _without_copies(lists: Sequence[Inner]) -> list[Inner]:
    """The lists; of two that hold the same words the shorter is a copy (messages beside all events of a chat)."""
    kept: list[Inner] = []
    said: list[set[str]] = []
    for one in sorted(lists, key=lambda inner: -len(inner.table.sample)):
        words = _texts(one) if one.holds == "turns" else set[str]()
        copy = any(len(words & other) >= _COPIED * len(words) for other in said) if words else False
        kept.append(replace(one, holds="copy") if copy else one)
        said += [] if copy else [words]
    return sorted(kept, key=lambda inner: [one.key for one in lists].index(inner.key))


def _texts(inner: Inner) -> set[str]:
    return {" ".join(plain(cell).split()) for cell in inner.table.cells()[inner.mapping.texts[0][0]] if cell.strip()}


def _sides(reading: TableReading, plan: Plan, records: Sequence[Mapping[str, Any]], flat: Any) -> Counterparts:
    """Who answers in the sampled records, where people have to be told apart by what they do.

    Raises SourceError where messages between two sides do not tell which side is the company's.
    """
    lists = [one for one in plan.lists if one.holds == "turns" and are_messages(one.key)]
    if not lists or reading.options.agents or reading.options.kind not in (None, "ticket"):
        return NOBODY
    spoken: list[tuple[str, tuple[str, ...]]] = []
    for number, record in enumerate(records):
        row = Row(f"item {number + 1}", flat(record))
        talk = RecordTurns(reading, plan.lists, plan.sides, row, lists_in(record), flat)
        if not talk.settled:
            spoken += [(str(number), author_marks(turn.inner.mapping, turn.row, str(number))) for turn in talk.turns]
    sides = counterparts(spoken)
    voices = {author[0] for thread, author in spoken if author[0] != nameless(thread)}
    several = len(spoken) > len({thread for thread, _ in spoken})
    if (sides.exchanges and not sides.clear) or (several and not voices):
        name = '; name the staff: agents = ["..."] takes names, addresses and domains' if voices else ""
        raise SourceError(
            f"{reading.source.name} holds conversations in which nothing tells who answers for the company.",
            found=f"messages under {', '.join(one.key for one in lists)} by {len(voices) or 'nameless'} authors",
            do=f'export them with a field such as author type{name}; kind = "post" where all are customers',
        )
    return sides


_HOLDS = {
    "turns": "turns of the record's conversation",
    "answers": "answers to questions",
    "notes": "notes of the staff, no evidence",
    "staff": "replies of the company, no evidence",
    "people": "who takes part, and on which side",
    "copy": "the words of another list once more",
    "": "not read",
}


def _inner(reading: TableReading, key: str, sample: Sequence[dict[str, Any]], flat: Any) -> Inner:
    rows = [Row(f"{key} {number}", flat(record)) for number, record in enumerate(sample, 1)]
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    table = Table(key, columns, iter(()), rows)
    options = reading.options.model_copy(update={"columns": {}, "attributes": []})
    mapping = map_columns(columns, rows, options, reading.source.name, "post")
    flags = tuple(flag_columns(columns, table.cells()))
    last = normal(key.rpartition(".")[2])
    names = {normal(column): column for column in columns}
    question = next((names[one] for one in _QUESTION if one in names), "")
    answer = tuple(names[one] for one in (*_ANSWER, *_NUMBER) if one in names and names[one] != question)
    surely = normal(question) in _ASKED and any(one in names for one in _ANSWERED)
    if question and answer and (surely or _SURVEY.fullmatch(last)) and not _says_who(mapping, flags):
        return Inner(key, table, mapping, flags, "answers", question, answer)
    if not mapping.texts or not (_TALK.fullmatch(last) or _of_both_sides(rows, flags)):
        return Inner(key, table, mapping, flags, "")
    holds = "notes" if _NOTES.fullmatch(last) else "staff" if _REPLY.fullmatch(last) else "turns"
    return Inner(key, table, mapping, flags, holds)


def _of_both_sides(rows: Sequence[Row], flags: Sequence[Flag]) -> bool:
    """Whether a list, whatever its name, holds words of customers and of staff."""
    return {"participant", "agent"} <= {told_role(row.cells, flags) for row in rows}


def _is_read(inner: Inner, plan: Plan | None) -> bool:
    """Whether a list's words reach documents; answers beside the turns of a conversation do not."""
    return bool(inner.holds) and (inner.holds != "answers" or (plan is not None and plan.survey))


def account_of_records(
    reading: TableReading, plan: Plan | None, records: Sequence[Mapping[str, Any]], flat: Any
) -> Account:
    """What of these records is read, and which words are not."""
    mapping, account = reading.mapping, Account()
    for record in records[:LOOKED_AT]:
        cells = flat(record)
        read = [cells.get(column, "") for column in columns_read(mapping)]
        inside = lists_in(record)
        for inner in plan.lists if plan is not None else ():
            columns = (
                (*(c for c, _ in inner.mapping.texts), inner.question, *inner.answer) if _is_read(inner, plan) else ()
            )
            read += [flat(one).get(column, "") for one in inside.get(inner.key, ()) for column in columns if column]
        texts = (
            (next((f"{LIST} {key}" for key in inside if path.startswith(f"{key}.")), path), text)
            for path, text in texts_in(record)
            if not is_known(path, mapping)
        )
        account.add(texts, read)
    return account


def _says_who(mapping: ColumnMap, flags: Sequence[Flag]) -> bool:
    return bool(flags or mapping.record or {"person", "name", "handle", "email"} & set(mapping.by_key) - {"name"})


def nested_documents(
    reading: TableReading, plan: Plan, records: Iterator[tuple[Row, Mapping[str, Any]] | Skipped], flat: Any
) -> Iterator[Conversation | Skipped]:
    """The records as conversations, or as one document for each answer; what is not read of them is told."""
    faults = Faults()
    unread: dict[str, int] = {}
    yield from told_staff(reading.source, "records", plan.sides)
    for item in records:
        if isinstance(item, Skipped):
            yield item
            continue
        row, record = item
        inside = lists_in(record)
        for inner in plan.lists:
            if not inner.holds and not are_people(inner) and inside.get(inner.key):
                unread[inner.key] = unread.get(inner.key, 0) + len(inside[inner.key])
        make = _answers if plan.survey else _talk
        yield from make(reading, plan, row, inside, faults, flat)
    for key, count in unread.items():
        yield set_aside(reading.source, f"list {key}", "note: a list inside the records that is not read", "", count)
    yield from told_faults(reading, faults)


def _answers(
    reading: TableReading, plan: Plan, row: Row, inside: Mapping[str, list[dict[str, Any]]], faults: Faults, flat: Any
) -> Iterator[Conversation | Skipped]:
    native = reading.mapping.get("id", row) or row.locator
    who = identity_of(reading, row)
    record_id = document_id(reading.kind, reading.source.name, native)
    person = who.key(record_id)
    answers = [
        (one, flat(record)) for one in plan.lists if one.holds == "answers" for record in inside.get(one.key, ())
    ]
    pairs = [(cells.get(one.question, "").strip(), _first(cells, one.answer)) for one, cells in answers]
    closed = {asked: said for asked, said in pairs if asked and said and not _is_words(said)}
    scores = [
        float(said) for asked, said in closed.items() if re.fullmatch(r"\d{1,2}(?:\.\d+)?", said) and _asks_score(asked)
    ]
    for number, (question, answer) in enumerate(pairs):
        if not _is_words(answer):
            continue
        reason = why_not("survey", answer, question)
        if reason is not None:
            yield set_aside(reading.source, f"{row.locator}, {question}", reason, answer)
            continue
        new_id = document_id(reading.kind, reading.source.name, f"{native}\n{number} {question}")
        frame = frame_of(reading, row, new_id, person, question or None, "", faults, who)
        frame = replace(
            frame, locator=f"{row.locator}, {question}", attributes={**closed, **frame.attributes},
            rating=frame.rating if frame.rating is not None else next(iter(scores), None),
        )  # fmt: skip
        yield build(frame, [Piece(plain(answer), person, "participant")])


def _is_words(text: str) -> bool:
    return len(text.split()) > 1 and re.search(r"[^\W\d]{2}", text) is not None


def _asks_score(question: str) -> bool:
    from voc_engine.ingest.tables.headers import asks_score

    return asks_score(question)


def _first(cells: Mapping[str, str], names: Sequence[str]) -> str:
    return next((cells[name].strip() for name in names if cells.get(name, "").strip()), "")


def _talk(
    reading: TableReading, plan: Plan, row: Row, inside: Mapping[str, list[dict[str, Any]]], faults: Faults, flat: Any
) -> Iterator[Conversation | Skipped]:
    mapping = reading.mapping
    native = mapping.get("id", row) or row.locator
    new_id = document_id(reading.kind, reading.source.name, native)
    talk = RecordTurns(reading, plan.lists, plan.sides, row, inside, flat)
    turns = talk.turns
    if (
        plan.sides.staff
        and not talk.settled
        and len(talk.authors) > 1
        and not any(turn.told == "agent" for turn in turns)
    ):
        yield unanswered(reading.source, row.locator, "\n".join(turn.text for turn in turns))
        return
    record_text = plain(row.cells.get(mapping.texts[0][0], "").strip()) if mapping.texts else ""
    title = mapping.get("title", row)
    if mapping.texts and normal(mapping.texts[0][0]) in ORDER["title"]:
        record_text, title = "", record_text
    spoken = [turn for turn in turns if turn.text and turn.why_aside is None and turn.told != UNTOLD]
    if all(turn.when for turn in spoken):
        spoken.sort(key=lambda turn: turn.when or "")
    who = _customer(reading, talk, spoken, record_text)
    for turn in turns:
        if turn.why_aside is not None:
            yield set_aside(reading.source, turn.row.locator, turn.why_aside, turn.text)
        elif turn.told == UNTOLD and turn.text:
            yield untold(turn.reading, turn.row)
    person = who.key(new_id)
    customer_text = "\n".join([record_text, *(turn.text for turn in spoken if turn.told in ("", "participant"))])
    record_text = "" if record_text and _says_again(record_text, spoken) else record_text
    role = role_of(reading, row, who, record_text, "")
    pieces = [Piece(title, person, role)] if title and adds_words(title, customer_text) else []
    # The first message often says again what the record says.
    if (
        record_text
        and why_not(reading.kind, record_text, None) is None
        and " ".join(record_text.split()) not in {" ".join(t.text.split()) for t in spoken}
    ):
        pieces += [
            Piece(part, person, role, who.name or who.handle or None, cut)
            for part, cut in parts_of(reading.kind, record_text)
        ]
    pieces += [piece for turn in spoken for piece in turn.pieces(new_id, who)]
    if not any(piece.text.strip() for piece in pieces):
        yield set_aside(reading.source, row.locator, "no text in the record", title)
        return
    frame = frame_of(reading, row, new_id, person, None, title, faults, who)
    first = next((turn.when for turn in spoken if turn.when), None)
    yield build(replace(frame, created_at=frame.created_at or first), pieces)


def _customer(reading: TableReading, talk: RecordTurns, spoken: Sequence[Turn], record_text: str) -> Identity:
    """Whose conversation it is: who the record names, else who opened it; a room's or a thread's name is nobody's."""
    opening = next((turn for turn in spoken if turn.told in ("", "participant") and turn.inner.holds == "turns"), None)
    if opening is None or record_text:
        return talk.who
    room = reading.kind == "post" and not any(turn.who == talk.who for turn in spoken)
    return opening.who if room or talk.who.key("") == "anonymous:" else talk.who


def _says_again(record_text: str, turns: Sequence[Turn]) -> bool:
    """Whether a record's own text is its conversation once more, as one piece of writing."""
    whole = " ".join(record_text.split())
    repeated = sum(" ".join(turn.text.split()) in whole for turn in turns)
    return len(turns) > 1 and repeated >= 0.8 * len(turns)
