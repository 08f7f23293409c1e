"""One decision about what the rows of a table are, with its reasons: texts, turns of talk, messages, records of a tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.ingest.counterparts import NOBODY, Counterparts
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.answering import filled_by_staff, is_served, sides_of
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.flags import Flag, flag_columns
from voc_engine.ingest.tables.headers import folded
from voc_engine.ingest.tables.labelled_columns import open_question, opinion_part
from voc_engine.ingest.tables.table import Table
from voc_engine.ingest.tables.texts import reads_free, says_whose
from voc_engine.ingest.tables.tool_records import Records, records_of
from voc_engine.ingest.tables.turns import TurnColumns, alternate, one_asks, turn_columns
from voc_engine.ingest.tables.unread_prose import same_words
from voc_engine.ingest.tables.values import filled
from voc_engine.ingest.tables.words_column import mean_words

_KEYWORDS = keywords("table_layout")

ENTRIES, TURNS, MESSAGES, RECORDS = "a text per row", "a turn of talk per row", "a message per row", "records of a tool"
# The winner must be this likely, and lead the next by this much; else a person is asked.
FLOOR = 0.45
LEAD = 0.15
_THREAD = re.compile(_KEYWORDS.pattern("thread"))
_VOICE = re.compile(_KEYWORDS.pattern("voice"))
_BY_AMOUNT = "the column with the most words"
_UNKNOWN = ("not used; map it", "attribute (few")
_FEWEST_WORDS = 3
# What tells of the person behind a row: an author, or a rating or an answer that somebody gave or got.
_OF_SOMEBODY = frozenset(("person", "email", "name", "handle", "person_id", "rating", "reply", "question"))
_MESSAGE_ID = re.compile(_KEYWORDS.pattern("message_id"))
_TAKE_TURNS = 0.4  # of the rows have another speaker than the row before
_VOICE_WORDS = 3  # per cell, of people's own words


@dataclass
class Layout:
    """A way to understand the rows; ``score`` from 0 to 1."""

    name: str
    score: float
    speaks_for: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def add(self, weight: float, reason: str) -> None:
        """A piece of evidence, for it where the weight is above zero and against it below."""
        self.score += weight
        (self.speaks_for if weight > 0 else self.against).append(reason)

    def told(self) -> str:
        """The layout with its reasons on one line."""
        parts = [f"{self.name} ({min(1.0, max(0.0, self.score)):.2f} of 1)"]
        if self.speaks_for:
            parts.append("for it: " + ", ".join(self.speaks_for))
        if self.against:
            parts.append("against it: " + ", ".join(self.against))
        return "; ".join(parts)


@dataclass(frozen=True)
class Decision:
    """The layouts, likeliest first, and the question to a person where none is sure; ``question`` is "" where one is."""

    ranked: tuple[Layout, ...]
    turns: TurnColumns | None
    thread: str | None
    flags: tuple[Flag, ...]
    records: Records | None
    question: str = ""
    sides: Counterparts = NOBODY

    @property
    def name(self) -> str:
        return self.ranked[0].name


def decide(table: Table, mapping: ColumnMap, options: SourceConfig, kind: str) -> Decision:
    """What the rows are. ``options.kind`` settles it: "interview" makes rows turns, any other kind makes them texts."""
    values = table.cells()
    places = turn_columns(table.columns, values)
    flags = flag_columns(table.columns, values) if kind != "survey" else []
    thread = _thread(table.columns, values)
    sides = NOBODY
    if thread is not None and not flags and not options.agents and mapping.texts and kind != "survey":
        flags = filled_by_staff(table.columns, mapping, table.sample, thread)
        sides = NOBODY if flags else sides_of(mapping, table.sample, thread)
    records = records_of(table.columns)
    layouts = [_entries(table.columns, values, mapping), _messages(values, thread, flags, mapping, options, sides)]
    layouts.append(_turns(values, places, mapping, kind))
    layouts.append(_records(records, mapping, values))
    ranked = sorted(layouts, key=lambda one: -one.score)
    settled = _settled(options, places)
    if settled:
        ranked.sort(key=lambda one: one.name not in settled)
    question = "" if settled else _question(ranked, places)
    if not question and not settled and ranked[0].name in (ENTRIES, MESSAGES):
        question = _which_words(mapping, values) or _whose_notes(mapping)
        question = question or ("" if kind == "survey" else _whose_words(mapping, values))
    if not question and thread is not None and options.kind in (None, "ticket"):
        question = _who_answers(ranked[0].name, thread, sides)
    return Decision(tuple(ranked), places, thread, tuple(flags), records, question, sides)


def _settled(options: SourceConfig, places: TurnColumns | None) -> tuple[str, ...]:
    """The layouts that the configuration leaves; () where it says nothing."""
    if options.kind == "interview" and places is not None:
        return (TURNS,)
    return (ENTRIES, MESSAGES) if options.kind or "text" in options.columns else ()


def _entries(columns: Sequence[str], values: Mapping[str, Sequence[str]], mapping: ColumnMap) -> Layout:
    layout = Layout(ENTRIES, 0.45)
    if mapping.texts:
        named = [column for column, context in mapping.texts if context or "by its name" in mapping.reasons[column]]
        layout.add(0.15 if named else 0.05, f"words under {', '.join(repr(c) for c, _ in mapping.texts[:3])}")
    if "rating" in mapping.by_key:
        layout.add(0.15, f"ratings under {mapping.by_key['rating']!r}")
    if mapping.tool is not None:
        layout.add(0.3, f"an export of {mapping.tool.name}")
    if any(context for _, context in mapping.texts):
        layout.add(0.15, "questions as headers")
    if {"title", "url", "email"} & set(mapping.by_key):
        layout.add(0.05, "titles, links or mail addresses")
    return layout


def _messages(
    values: Mapping[str, Sequence[str]], thread: str | None, flags: Sequence[Flag], mapping: ColumnMap,
    options: SourceConfig, sides: Counterparts,
) -> Layout:  # fmt: skip
    layout = Layout(MESSAGES, 0.1)
    if not mapping.texts:
        return layout
    if thread is not None:
        layout.add(0.3, f"{thread!r} comes again over several rows")
    if flags:
        layout.add(0.4, f"{', '.join(repr(flag.column) for flag in flags)} says who wrote")
    elif sides.clear:
        layout.add(0.4, f"{len(sides.staff)} authors answer in {sides.answered} of {sides.exchanges} conversations")
    elif options.agents:
        layout.add(0.2, "agents are named in the configuration")
    if any(_MESSAGE_ID.fullmatch(folded(column)) for column in values):
        layout.add(0.1, "messages have ids")
    return layout


def _turns(values: Mapping[str, Sequence[str]], places: TurnColumns | None, mapping: ColumnMap, kind: str) -> Layout:
    layout = Layout(TURNS, 0.0)
    if places is None:
        return layout
    speakers, words = values[places.speaker], values[places.words]
    layout.add(0.45 if places.sure else 0.1, f"few names return under {places.speaker!r}")
    if places.when is not None:
        layout.add(0.3, f"times of a recording under {places.when!r}")
    if alternate(speakers) >= _TAKE_TURNS:
        layout.add(0.1, "speakers take turns")
    if one_asks(list(speakers), list(words)):
        layout.add(0.3, "one asks and others answer")
    for score, reason in _no_talk(mapping, timed=places.when is not None):
        layout.add(score, reason)
    if kind == "interview":
        layout.add(0.1, "the file's name or headers speak of interviews")
    return layout


def _no_talk(mapping: ColumnMap, *, timed: bool) -> Iterator[tuple[float, str]]:
    """(score, reason) of each column that the rows of a conversation seldom have; ``timed``: turns have times."""
    if "rating" in mapping.by_key:
        yield -0.4, "ratings"
    if any(context for _, context in mapping.texts):
        yield -0.3, "questions as headers"
    if {"email", "url", "title"} & set(mapping.by_key):
        yield -0.2, "titles, links or mail addresses"
    if "id" in mapping.by_key:
        yield -0.15, "each row has an id"
    if "date" in mapping.by_key and not timed:
        yield -0.1, "each row has a date"


def _records(records: Records | None, mapping: ColumnMap, values: Mapping[str, Sequence[str]]) -> Layout:
    layout = Layout(RECORDS, 0.0)
    if records is None:
        return layout
    layout.add(0.7 + 0.05 * min(6, records.marks - records.least), f"columns of {records.what}")
    voices = [
        c
        for c, _ in mapping.texts
        if (_VOICE.fullmatch(folded(c)) or open_question(c) or opinion_part(c))
        and mean_words(filled(values[c])) >= _VOICE_WORDS
    ]
    if voices:
        layout.add(-0.3, f"people's words under {', '.join(map(repr, voices[:2]))}")
    if mapping.tool is not None:
        layout.add(-0.6, f"an export of {mapping.tool.name}")
    return layout


def _which_words(mapping: ColumnMap, values: Mapping[str, Sequence[str]]) -> str:
    """The question where nothing but the amount of words chose the column and another holds phrases as well."""
    if len(mapping.texts) != 1 or _BY_AMOUNT not in mapping.reasons[mapping.texts[0][0]]:
        return ""
    chosen = mapping.texts[0][0]
    least = max(_FEWEST_WORDS, 0.4 * mean_words(values[chosen]))
    others = [
        c for c, why in mapping.reasons.items()
        if c != chosen and why.startswith(_UNKNOWN) and mean_words(values.get(c, ())) >= least
        and reads_free(values[c]) and not same_words(values[c], values[chosen])
    ]  # fmt: skip
    if not others:
        return ""
    both = " + ".join([chosen, *others])
    return (
        f'say which columns hold people\'s words: columns = {{ text = "{both}" }} for all of them, or'
        f' columns = {{ text = "{chosen}" }} for one'
    )


def _who_answers(layout: str, thread: str, sides: Counterparts) -> str:
    """The question where rows are messages between a company and its customers and nothing tells who is who."""
    if layout not in (ENTRIES, MESSAGES) or sides.clear or not sides.exchanges or not is_served(thread):
        return ""
    return (
        f'say who answers for the company in the conversations of {thread!r}: agents = ["..."] takes names, addresses and'
        ' domains; kind = "post" where all are customers'
    )


def _whose_notes(mapping: ColumnMap) -> str:
    """The question where the only words are notes that may be the staff's."""
    used = [column for column, _ in mapping.texts]
    if len(used) != 1 or used[0] not in mapping.doubtful:
        return ""
    return (
        f'say whose words stand under {used[0]!r}: the customers\' own, columns = {{ text = "{used[0]}" }}; where staff'
        " noted them, take the source out"
    )


def _whose_words(mapping: ColumnMap, values: Mapping[str, Sequence[str]]) -> str:
    """The question where nothing but the amount of words chose the column, nothing beside it tells of a person, and the
    words seldom say "I" or "we": a machine's summaries and the descriptions of a catalogue look so."""
    used = [column for column, _ in mapping.texts]
    if len(used) != 1 or _BY_AMOUNT not in mapping.reasons[used[0]] or len(values) <= 1 or mapping.tool is not None:
        return ""
    if _OF_SOMEBODY & set(mapping.by_key) or mapping.name_parts or says_whose(values[used[0]]):
        return ""
    return (
        f'say whose words stand under {used[0]!r}: people\'s own, columns = {{ text = "{used[0]}" }}; where a program, a'
        " catalogue or staff wrote them, take the source out"
    )


def _thread(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> str | None:
    """The column whose values name the conversation that a row belongs to."""
    for column in columns:
        answers = filled(values[column])
        if _THREAD.fullmatch(folded(column)) and answers and len(set(answers)) <= 0.8 * len(answers):
            return column
    return None


def _question(ranked: Sequence[Layout], places: TurnColumns | None) -> str:
    """What to ask a person, with the keys to paste; "" where the first layout is sure."""
    first, second = ranked[0], ranked[1]
    if first.name == RECORDS and second.score < first.score - LEAD:
        return ""
    if first.score >= FLOOR and first.score - second.score >= LEAD:
        return ""
    if {first.name, second.name} <= {ENTRIES, MESSAGES}:
        return ""
    keys = {TURNS: 'kind = "interview"', ENTRIES: 'kind = "post"', MESSAGES: 'kind = "ticket"', RECORDS: ""}
    answers = [f"{keys[one.name]} for {one.name}" for one in (first, second) if keys[one.name]]
    if RECORDS in (first.name, second.name):
        answers.append("take the source out for records of a tool")
    return "say which it is in the section of this source: " + ", or ".join(answers)
