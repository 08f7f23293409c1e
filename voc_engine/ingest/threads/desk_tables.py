"""Help desks' CSV exports: known headers become tickets; what else is short becomes attributes by its header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import date_order
from voc_engine.ingest.decoding import head_text, is_binary
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.delimited import Delimited, find_delimiter
from voc_engine.ingest.tables.identity_columns import names_a_person
from voc_engine.ingest.tables.table import Row, Table
from voc_engine.ingest.tables.words_column import mean_words, varied
from voc_engine.ingest.threads.desk import rating_among
from voc_engine.ingest.threads.desk_messages import Author
from voc_engine.ingest.threads.thread import Message, Thread, conversation, facts_of, moment, number, tags, title_of
from voc_engine.privacy.consent import stated_consent
from voc_engine.records import Skipped

_KEYWORDS = keywords("desk_tables")

SURE = 0.95  # below the .98 of a desk's own JSON, above what any table gets
_LOOKED_AT = 50  # a choice: rows that tell whether a column holds sentences
_SENTENCE = 5  # words per cell; a choice: subjects have about four
_KIND_MARK = re.compile(r"\[(?:list|txt|int|flag|dec|date)\]$", re.IGNORECASE)
_STAFF = re.compile(_KEYWORDS.pattern("staff"), re.IGNORECASE)
_TIMES = re.compile(_KEYWORDS.pattern("times"), re.IGNORECASE)


def plain_header(header: str) -> str:
    """A header as it is compared: "Tags [list]" is "tags", "CaseNumber", "CASENUMBER" and "Case Number" are one."""
    return re.sub(r"[\W_]+", "", _KIND_MARK.sub("", header)).casefold()


@dataclass(frozen=True)
class Columns:
    """Which headers mean what, likeliest first, as ``plain_header`` writes them."""

    id: Sequence[str]
    subject: Sequence[str]
    text: Sequence[str] = ()
    name: Sequence[str] = ()
    email: Sequence[str] = ()
    person_id: Sequence[str] = ()
    created: Sequence[str] = ()
    channel: Sequence[str] = ()
    rating: Sequence[str] = ()
    url: Sequence[str] = ()
    language: Sequence[str] = ()
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def known_headers(self) -> frozenset[str]:
        """All headers that have a meaning."""
        who = (self.name, self.email, self.person_id)
        what = (self.id, self.subject, self.text, self.created, self.channel, self.rating, self.url, self.language)
        return frozenset(name for names in (*who, *what, *self.attributes.values()) for name in names)


@dataclass(frozen=True)
class Cells:
    """A row by plain header; of columns of one name the first that is filled, all of them in ``lists``."""

    row: Row
    by_header: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]

    def first(self, names: Sequence[str]) -> str:
        return next((self.by_header[name] for name in names if self.by_header.get(name)), "")


def cells_of(row: Row) -> Cells:
    """The row's cells; a second column of one name, which the table calls "Comment (2)", belongs to the first."""
    first: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for header, cell in row.cells.items():
        name = plain_header(re.sub(r" \(\d+\)$", "", header))
        if cell.strip():
            first.setdefault(name, cell.strip())
            lists.setdefault(name, []).append(cell.strip())
    return Cells(row, first, lists)


class DeskTable(Delimited):
    """Subclasses give ``name``, ``scope``, ``columns``, ``knows`` and, where rows hold answers too, ``messages``.

    With ``columns`` in the configuration the table is read like any other.
    """

    kind = "ticket"
    fixed_kind = "ticket"
    scope = ""
    columns = Columns((), ())

    def knows(self, headers: frozenset[str], raw: Sequence[str]) -> bool:
        """Whether a header row is the system's own; ``headers`` are plain, ``raw`` as they stand."""
        raise TypeError(f"{type(self).__name__} does not say how it knows its format")

    def messages(self, cells: Cells, customer: Identity, day_first: bool) -> list[Message]:
        """Answers that stand in the row beside the ticket's text."""
        return []

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not text.strip() or text.lstrip()[:1] in "{[<" or is_binary(text):
            return 0.0
        delimiter = find_delimiter(text)[0]
        rows = csv.reader(io.StringIO(text.lstrip("\n")), delimiter=delimiter)
        header = next(rows, [])
        plain = frozenset(plain_header(cell) for cell in header)
        if not self.knows(plain, header) or not plain & {*self.columns.subject, *self.columns.text}:
            return 0.0
        # Subjects alone are read of a list of tickets; where words stand in a column of another name it is another system's.
        return 0.0 if not plain & set(self.columns.text) and self._words_elsewhere(header, rows) else SURE

    def _words_elsewhere(self, header: Sequence[str], rows: Iterator[list[str]]) -> bool:
        """Whether a column that this reader does not know holds sentences."""
        try:
            body = list(islice(rows, _LOOKED_AT))
        except csv.Error:
            return False
        unknown = [
            n
            for n, cell in enumerate(header)
            if plain_header(cell) not in self.columns.known_headers() | self.not_custom
        ]
        cells = ([row[n] for row in body if n < len(row)] for n in unknown)
        return any(mean_words(one) >= _SENTENCE and varied(one) for one in cells)

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        if options.columns:
            return super().read(source, options)
        return self._tickets(source, options)

    def _tickets(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        for table in self.tables(source, options):
            day_first = self._day_first(table)
            for row in table.rows:
                if isinstance(row, Skipped):
                    yield self.footer(source, row)
                else:
                    yield self._ticket(source, options, cells_of(row), day_first)

    def footer(self, source: SourceFile, row: Skipped) -> Skipped:
        """A row that is none: what some systems write below their tables."""
        return row

    def _day_first(self, table: Table) -> bool:
        created = [cells_of(row).first(self.columns.created) for row in table.sample]
        return date_order([one for one in created if one]).day_first

    def _ticket(
        self, source: SourceFile, options: SourceConfig, cells: Cells, day_first: bool
    ) -> Conversation | Skipped:
        native = cells.first(self.columns.id)
        customer = self.customer(cells)
        created = moment(cells.first(self.columns.created), day_first)
        opening = Message(self.text(cells), Author(customer, self.role(cells)), created)
        attributes = self.attributes(cells, options)
        rating = number(cells.first(self.columns.rating))
        thread = Thread(
            native=native or cells.row.locator, customer=customer,
            locator=f"{cells.row.locator}, ticket {native}" if native else cells.row.locator,
            messages=[one for one in (opening, *self.messages(cells, customer, day_first)) if one.text],
            subject=cells.first(self.columns.subject), created_at=created,
            rating=rating if rating is not None else rating_among(attributes),
            channel=cells.first(self.columns.channel).lower() or None, url=cells.first(self.columns.url) or None,
            language=cells.first(self.columns.language) or None, attributes=attributes,
        )  # fmt: skip
        talk = conversation(source, options, thread)
        if isinstance(talk, Skipped):
            rest = "; ".join(f"{name}: {cell}" for name, cell in cells.row.cells.items() if cell.strip())
            return set_aside(source, talk.locator, talk.reason, rest)
        return talk

    def customer(self, cells: Cells) -> Identity:
        """Whose ticket the row is."""
        return make_identity(
            name=cells.first(self.columns.name), email=cells.first(self.columns.email),
            id=cells.first(self.columns.person_id), scope=self.scope,
        )  # fmt: skip

    def text(self, cells: Cells) -> str:
        """What the ticket says."""
        return cells.first(self.columns.text)

    def role(self, cells: Cells) -> str:
        """Who wrote the ticket's text."""
        return "participant"

    def attributes(self, cells: Cells, options: SourceConfig) -> dict[str, str]:
        """Priority, tags, company and the like, and custom fields that are short."""
        facts = {name: cells.first(headers) for name, headers in self.columns.attributes.items()}
        if "tags" in facts:
            every = [cell for name in self.columns.attributes["tags"] for cell in cells.lists.get(name, ())]
            facts["tags"] = tags(", ".join(every) if self.tags_are_apart else " ".join(every).replace(" ", ", "))
        wanted = {plain_header(one) for one in options.attributes}
        custom = facts_of(
            (self.title(header), cell) for header, cell in cells.row.cells.items() if self.is_custom(header, wanted)
        )
        stated = {name: value for name, value in facts.items() if value}
        return {**custom, **stated, **_consent(cells, options)}

    tags_are_apart = True

    def title(self, header: str) -> str:
        """What an attribute is called."""
        return title_of(_KIND_MARK.sub("", header).rstrip())

    def is_custom(self, header: str, wanted: set[str]) -> bool:
        """Whether a column becomes an attribute: named in ``attributes``, or not known and about the ticket or person."""
        plain = plain_header(re.sub(r" \(\d+\)$", "", header))
        if plain in wanted:
            return True
        if wanted or plain in self.columns.known_headers() or plain in self.not_custom or plain.startswith("consent"):
            return False
        return not (names_a_person(header) or _STAFF.search(header) or _TIMES.search(header))

    not_custom: frozenset[str] = frozenset()

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        if options.columns:
            return super().describe(source, options)
        lines = []
        for table in self.tables(source, options):
            headers = self.columns.known_headers()
            used = [one for one in table.columns if plain_header(re.sub(r" \(\d+\)$", "", one)) in headers]
            wanted = {plain_header(one) for one in options.attributes}
            custom = [one for one in table.columns if self.is_custom(one, wanted)]
            others = [one for one in table.columns if one not in used and one not in custom]
            lines += [
                f"layout: {self.scope} tickets as a table", *table.notes, f"columns used: {', '.join(used)}",
                f"attributes, where short: {', '.join(custom) or 'none'}",
                f"columns not used: {', '.join(others) or 'none'}",
            ]  # fmt: skip
        return lines


def _consent(cells: Cells, options: SourceConfig) -> dict[str, str]:
    """What the row states of its author's consent, under the key by which the redact stage knows it."""
    named = {str(key): column for key, column in options.consent.items()}
    stated = stated_consent(cells.row.cells, cells.row.locator, named)
    return {} if stated is None else {"identity.consent": stated}
