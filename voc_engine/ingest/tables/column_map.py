"""What each column of a table is taken for, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from voc_engine.ingest.dates import DateOrder
from voc_engine.ingest.tables.survey_tools import SurveyTool
from voc_engine.ingest.tables.table import Row


@dataclass
class ColumnMap:
    """Which column is what. ``texts`` are (column, question that it answers or None).

    ``record`` is the nested object that holds the author ("author" of "author.name"), ``name_parts`` the columns of the
    first and the last name where no column has the whole name, ``tool`` the survey tool that exported the table, ``dates``
    how 03/04/2022 is to be read and why, ``utc`` whether the header says that times are UTC. ``noted`` are columns of what
    staff noted, as it seems, ``doubtful`` those of which that is not sure. ``unused`` are columns whose words are
    known to be nobody's who is heard.
    """

    texts: list[tuple[str, str | None]] = field(default_factory=list)
    by_key: dict[str, str] = field(default_factory=dict)
    attributes: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    dates: DateOrder = field(default_factory=DateOrder)
    utc: bool = False
    person_as: str = "name"
    record: str = ""
    tool: SurveyTool | None = None
    name_parts: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    unused: set[str] = field(default_factory=set)

    def get(self, key: str, row: Row) -> str:
        """The row's cell for a meaning; "" where no column has it."""
        column = self.by_key.get(key)
        return row.cells.get(column, "").strip() if column else ""

    def free(self, columns: Sequence[str]) -> list[str]:
        """The columns that have no meaning yet."""
        return [column for column in columns if column not in self.reasons]

    def take(self, key: str, column: str, why: str) -> None:
        self.by_key[key] = column
        self.reasons[column] = f"{key} ({why})"
        self.unused.discard(column)

    def leave(self, column: str, why: str) -> None:
        """A column whose words are nobody's who is heard."""
        self.reasons[column] = f"not used: {why}"
        self.unused.add(column)
