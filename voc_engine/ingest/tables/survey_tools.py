"""Survey tools known by their headers: which columns are the tool's own, who held the survey, when it was answered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# LimeSurvey's headings "code. Question [Label]", where both are exported.
_CODED = re.compile(r"^(?P<code>[A-Za-z_]\w*(?:\[\w+\])*)\.\s+(?P<words>\S.*)$", re.DOTALL)
_OPEN_PART = re.compile(
    r"\[(?:other|comment)\]|_TEXT$|_other$|_specify$|\[(?:Other|Comment|Kommentar|Sonstiges|Autre)\]", re.I
)
# The tools' own columns stand at the beginning; a header of a hundred thousand is nobody's survey.
_MOST_COLUMNS = 2_000


@dataclass(frozen=True)
class SurveyTool:
    """One tool. The patterns are matched with whole headers; ``answers`` empty: any column may be an answer."""

    name: str
    least: int
    marks: tuple[re.Pattern[str], ...]
    needs: tuple[re.Pattern[str], ...]
    system: tuple[re.Pattern[str], ...]
    staff: tuple[re.Pattern[str], ...]
    answers: tuple[re.Pattern[str], ...]
    person: tuple[re.Pattern[str], ...]
    date: tuple[re.Pattern[str], ...]

    def knows(self, columns: Sequence[str]) -> bool:
        """Whether as many different marks stand in the header as the tool asks for."""
        hits = sum(any(mark.fullmatch(column) for column in columns) for mark in self.marks)
        needed = not self.needs or any(_matches(self.needs, column) for column in columns)
        return needed and hits >= self.least

    def why_no_answer(self, column: str) -> str | None:
        """Why a column cannot be an answer; None where it can."""
        if _matches(self.staff, column):
            return f"who held the survey, not who answered ({self.name})"
        if _matches(self.system, column):
            return f"the tool's own column ({self.name})"
        if self.answers and not _matches(self.answers, column):
            return f"no answer ({self.name} marks answers)"
        return None

    def first(self, patterns: Sequence[re.Pattern[str]], columns: Sequence[str]) -> str | None:
        """The first column by the order of the patterns."""
        return next((c for pattern in patterns for c in columns if pattern.fullmatch(c)), None)


def survey_tool(columns: Sequence[str]) -> SurveyTool | None:
    """The tool whose export has these columns; None where it is none that is known."""
    return _tool_of(tuple(bare_heading(column).strip() for column in columns[:_MOST_COLUMNS]))


@lru_cache(maxsize=64)
def _tool_of(columns: tuple[str, ...]) -> SurveyTool | None:
    return next((tool for tool in _tools() if tool.knows(columns)), None)


def bare_heading(header: str) -> str:
    """The code of a heading that has both, "submitdate" of "submitdate. Date submitted"; else the header."""
    match = _CODED.match(header)
    return match["code"] if match else header


def plain_headings(headers: Sequence[str]) -> tuple[str, ...] | None:
    """LimeSurvey's headings "code. Question" as questions, codes for its own columns; None where they are not such."""
    coded = [_CODED.match(header.strip()) for header in headers]
    if sum(match is not None for match in coded) < max(3, 0.8 * len(headers)):
        return None
    tool = survey_tool(headers)
    if tool is None:
        return None
    return tuple(
        header if match is None else match["code"] if tool.why_no_answer(match["code"]) or _matches(tool.date, match["code"])
        else match["words"] for header, match in zip(headers, coded, strict=True)
    )  # fmt: skip


def is_open_part(header: str) -> bool:
    """Whether a header says that its cells were typed beside a choice ("G1Q1[other]", "Q4_6_TEXT")."""
    return bool(_OPEN_PART.search(header))


def _matches(patterns: Sequence[re.Pattern[str]], column: str) -> bool:
    return any(pattern.fullmatch(column.strip()) for pattern in patterns)


@cache
def _tools() -> tuple[SurveyTool, ...]:
    text = (resources.files("voc_engine.ingest.tables") / "survey_tools.toml").read_text(encoding="utf-8")
    keys = ("marks", "needs", "system", "staff", "answers", "person", "date")
    return tuple(
        SurveyTool(row["name"], row["least"], *(_patterns(row.get(key, ())) for key in keys))
        for row in tomllib.loads(text).values()
    )


def _patterns(written: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"(?:{one})", re.IGNORECASE) for one in written)
