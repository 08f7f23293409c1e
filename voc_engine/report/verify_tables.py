"""Check the tables of a run against each other: every quote at its place, every count counted again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.errors import EvidenceError
from voc_engine.records import EVIDENCE_ROLES, below
from voc_engine.store.parts import read_parquet
from voc_engine.store.results import CONTRACT

Row = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """How many things of one sort were checked and found right."""

    what: str
    count: int


class Tables:
    """The result tables in a report's folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._tables: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """A table's rows. Raises EvidenceError when the table or one of its columns is missing."""
        if name not in self._tables:
            table = read_parquet(self.folder / "tables" / f"{name}.parquet")
            missing = [column for column in CONTRACT.get(name, ()) if column not in table.column_names]
            if missing:
                raise fault(f"Table {name} lacks columns.", ", ".join(missing))
            self._tables[name] = table.to_pylist()
        return self._tables[name]


def fault(happened: str, details: str) -> EvidenceError:
    """A broken promise, with what to do about it."""
    return EvidenceError(happened, found=details, do="run the study again; if the fault comes back, report it")


def check_segments(run: Tables) -> Checked:
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    for row in run.rows("segments"):
        if texts.get(row["document_id"], "")[row["start"] : row["end"]] != row["text"]:
            raise fault(f"Segment {row['segment_id']} is not the text at its place.", repr(row["text"][:80]))
    return Checked("segments at their place", len(run.rows("segments")))


def check_quotes(run: Tables) -> Checked:
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    segments = {row["segment_id"]: row for row in run.rows("segments")}
    for row in run.rows("mentions"):
        _check_own_words(f"Mention {row['mention_id']}", row, texts, segments)
        if row.get("statement", "") not in row["quote"]:
            raise fault(
                f"The statement of mention {row['mention_id']} is not in its quote.", repr(row["statement"][:80])
            )
    return Checked("quotes equal to their documents", len(run.rows("mentions")))


def check_disclosures(run: Tables) -> Checked:
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    segments = {row["segment_id"]: row for row in run.rows("segments")}
    for row in run.rows("disclosures"):
        _check_own_words(f"Disclosure {row['disclosure_id']}", row, texts, segments)
    return Checked("disclosures equal to their documents", len(run.rows("disclosures")))


def _check_own_words(what: str, row: Row, texts: Mapping[str, str], segments: Mapping[str, Row]) -> None:
    """The quote at its place, inside its segment, said by whom it is counted for."""
    if texts.get(row["document_id"], "")[row["start"] : row["end"]] != row["quote"]:
        raise fault(f"{what} does not quote its document.", repr(row["quote"][:80]))
    segment = segments.get(row["segment_id"])
    if segment is None or not segment["start"] <= row["start"] < row["end"] <= segment["end"]:
        raise fault(f"{what} lies outside its segment.", str(row["segment_id"]))
    if segment["role"] not in EVIDENCE_ROLES or segment["person_id"] != row["person_id"]:
        raise fault(
            f"{what} is not the customer's own words.",
            f"said by {segment['person_id']} as {segment['role']}, counted for {row['person_id']}",
        )


def _check_title(row: Row, mentions: list[Row]) -> None:
    """A title that is told as its people's words is a run of one of their quotes; what a person or a language model named
    is not told so, and neither is what has its end from the published list."""
    name = row.get("name") or ""
    told = bool(name) and ":" not in name and (row.get("definition") or "").endswith(f": {name}.")
    if told and not any(_plain(name) in _plain(one["quote"]) for one in mentions):
        raise fault(f"Insight {row['insight_id']} has a title that nobody said.", repr(name[:80]))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def check_insights(run: Tables) -> Checked:
    members: dict[str, list[Row]] = defaultdict(list)
    for row in run.rows("mentions"):
        if row["insight_id"] is not None:
            members[row["insight_id"]].append(row)
    speakers = {row["person_id"] for row in run.rows("segments") if row["role"] in EVIDENCE_ROLES}
    for row in run.rows("insights"):
        mentions = members.pop(row["insight_id"], [])
        people = {one["person_id"] for one in mentions}
        _same(f"Insight {row['insight_id']}", "people", row["n_people"], len(people))
        _same(f"Insight {row['insight_id']}", "mentions", row["n_mentions"], len(mentions))
        if not row["share_low"] <= len(people) / max(1, len(speakers)) <= row["share_high"]:
            raise fault(
                f"Insight {row['insight_id']} has an interval that leaves out its share.", str(row["share_low"])
            )
        if row["medoid_mention_id"] not in {one["mention_id"] for one in mentions}:
            raise fault(f"Insight {row['insight_id']} is represented by a quote not its own.", row["medoid_mention_id"])
        _check_title(row, mentions)
    if members:
        raise fault("Mentions point to an insight that is not there.", sorted(members)[0])
    return Checked("insights with their people counted", len(run.rows("insights")))


def theme_people(run: Tables) -> dict[str, int]:
    """Theme -> people, counted again from the mentions of whatever belongs to it."""
    theme = {row["insight_id"]: row.get("theme") for row in run.rows("insights")}
    people: dict[str, set[str]] = defaultdict(set)
    for row in run.rows("mentions"):
        if name := theme.get(row["insight_id"]):
            people[name].add(row["person_id"])
    return {name: len(own) for name, own in people.items()}


def _same(what: str, unit: str, stored: int, counted: int) -> None:
    if stored != counted:
        raise fault(f"{what} counts its {unit} wrongly.", f"{stored} said, {counted} counted")


def check_topics(run: Tables) -> Checked:
    people = {row["segment_id"]: row["person_id"] for row in run.rows("segments")}
    members: dict[str, list[str]] = defaultdict(list)
    for row in run.rows("topic_assignments"):
        if row["topic_id"] is not None:
            members[row["topic_id"]].append(row["segment_id"])
    for row in run.rows("topics"):
        segments = members.pop(row["topic_id"], [])
        _same(f"Topic {row['topic_id']}", "segments", row["n_segments"], len(segments))
        _same(f"Topic {row['topic_id']}", "people", row["n_people"], len({people[one] for one in segments}))
    if members:
        raise fault("Segments point to a topic that is not there.", sorted(members)[0])
    return Checked("topics with their segments counted", len(run.rows("topics")))


def check_themes(run: Tables) -> Checked:
    people, below = theme_people(run), defaultdict(set)
    for row in run.rows("insights"):
        if row.get("parent"):
            below[row["parent"]].add(row["insight_id"])
    for row in run.rows("themes"):
        _same(f"Theme {row['name']!r}", "people", row["n_people"], people.get(row["name"], 0))
        if below.pop(row["theme_id"], set()) != set(row["insight_ids"]):
            raise fault(f"Theme {row['name']!r} and the findings below it do not agree.", row["theme_id"])
    if below:
        raise fault("Insights stand below a theme that is not there.", sorted(below)[0])
    return Checked("themes with their people counted", len(run.rows("themes")))


def check_codes(run: Tables) -> Checked:
    segments = {row["segment_id"]: row for row in run.rows("segments")}
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    people: dict[str, set[str]] = defaultdict(set)
    sizes: Counter[str] = Counter()
    for row in run.rows("codings"):
        segment = segments.get(row["segment_id"], {})
        words = texts.get(row["document_id"], "")[row["start"] : row["end"]]
        fits = (segment.get("document_id"), segment.get("person_id")) == (row["document_id"], row["person_id"])
        if not fits or not words.strip() or not segment["start"] <= row["start"] < segment["end"]:
            raise fault(f"Coding {row['coding_id']} is not a customer's words at its place.", repr(words[:80]))
        people[row["code_id"]].add(row["person_id"])
        sizes[row["code_id"]] += 1
    above = {row["code_id"]: row["above"] for row in run.rows("codes")}
    for row in run.rows("codes"):
        under = below(above)[row["code_id"]]
        _same(f"Code {row['name']!r}", "passages", row["n_codings"], sizes.pop(row["code_id"], 0))
        _same(f"Code {row['name']!r}", "people", row["n_people"], len(set().union(*(people[key] for key in under))))
    if sizes:
        raise fault("Passages are of a code that is not there.", sorted(sizes)[0])
    return Checked("codes with their people counted", len(run.rows("codes")))


def check_personas(run: Tables) -> Checked:
    members = _members(run)
    insight_ids = {row["insight_id"] for row in run.rows("insights")}
    quotes = {row["mention_id"]: row["person_id"] for row in run.rows("mentions")}
    for row in run.rows("personas"):
        people = members.get(row["persona_id"], set())
        _same(f"Persona {row['name']!r}", "people", row["n_people"], len(people))
        for trait in ("goals", "pains", "objections", "requests", "delights", "triggers", "distinctive"):
            lost = [one for one in row[trait] if one not in insight_ids]
            if lost:
                raise fault(f"Persona {row['name']!r} has a trait without an insight.", lost[0])
        if any(quotes.get(one) not in people for one in row["quotes"]):
            raise fault(f"Persona {row['name']!r} quotes somebody who does not belong to it.", str(row["quotes"]))
    return Checked("personas with their people counted", len(run.rows("personas")))


def _members(run: Tables) -> Mapping[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for row in run.rows("memberships"):
        if row["persona_id"] is not None:
            members[row["persona_id"]].add(row["person_id"])
    return members


def check_empathy(run: Tables) -> Checked:
    members = _members(run)
    mentions = {row["mention_id"]: row for row in run.rows("mentions")}
    for row in run.rows("empathy"):
        what = f"The {row['quadrant']} entry {row['statement'][:60]!r} of {row['persona_id']}"
        if not row["mention_ids"] or any(one not in mentions for one in row["mention_ids"]):
            raise fault(f"{what} has no evidence.", str(row["mention_ids"]))
        people = {mentions[one]["person_id"] for one in row["mention_ids"]}
        _same(what, "people", row["n_people"], len(people))
        if not people <= members.get(row["persona_id"], set()):
            raise fault(f"{what} rests on people of another persona.", ", ".join(sorted(people)))
        if row["quadrant"] == "says" and row["statement"] not in {mentions[one]["quote"] for one in row["mention_ids"]}:
            raise fault(f"{what} is not a quote.", row["statement"][:80])
    return Checked("empathy entries with their evidence", len(run.rows("empathy")))


CHECKS = (
    check_segments,
    check_quotes,
    check_disclosures,
    check_insights,
    check_topics,
    check_themes,
    check_codes,
    check_personas,
    check_empathy,
)
