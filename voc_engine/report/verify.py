"""Re-check a run: its sources, every quote, every count and every link. The first fault is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.errors import EvidenceError
from voc_engine.privacy.consent import CONSENTS, strictest
from voc_engine.privacy.withholding import published_documents, withheld_in
from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Utterance
from voc_engine.report.verify_pages import check_pages
from voc_engine.report.verify_withheld import check_silence, check_spans
from voc_engine.store.parts import read_parquet
from voc_engine.store.results import CONTRACT, csv_bytes
from voc_engine.store.workspace import Workspace

Row = dict[str, Any]


@dataclass(frozen=True)
class Checked:
    """How many things of one sort were checked and found right."""

    what: str
    count: int


class Run:
    """The result tables of a run, each read once."""

    def __init__(self, workspace: Workspace, run_id: str) -> None:
        self.workspace, self.run_id = workspace, run_id
        self.folder = workspace.report(run_id)
        self.manifest: dict[str, Any] = workspace.manifest(run_id) or {}
        if self.manifest:
            self.manifest["inputs"] = _found_again(self.manifest, workspace)
        self._tables: dict[str, list[Row]] = {}
        self.consents: dict[str, str] = self.manifest.get("consents", {})
        self.withheld = withheld_in(self.manifest)

    def rows(self, name: str) -> list[Row]:
        """A table's rows. Raises EvidenceError when the table or one of its columns is missing."""
        if name not in self._tables:
            table = read_parquet(self.folder / "tables" / f"{name}.parquet")
            missing = [column for column in CONTRACT.get(name, ()) if column not in table.column_names]
            if missing:
                raise fault(f"Table {name} lacks columns.", ", ".join(missing))
            self._tables[name] = table.to_pylist()
        return self._tables[name]


def _found_again(manifest: dict[str, Any], workspace: Workspace) -> list[dict[str, Any]]:
    """The run's inputs with the places of those files whose names may not be told."""
    from voc_engine.runners.removals import removal_of
    from voc_engine.runners.sources import find_sources

    forgotten = removal_of(workspace).forgotten
    inputs: list[dict[str, Any]] = manifest["inputs"]
    if not forgotten or all(Path(item["path"]).is_absolute() for item in inputs):
        return inputs
    config, folder = Config.model_validate(manifest["config"]), Path(manifest["folder"])
    places = {one.source: str(one.path) for one in find_sources(config, folder, workspace.root, forgotten)}
    return [{**item, "path": places.get(item["source"], item["path"])} for item in inputs]


def fault(happened: str, found: str) -> EvidenceError:
    """A broken promise, with what to do about it."""
    return EvidenceError(happened, found=found, do="run the study again; if the fault comes back, report it")


def verify(workspace: Workspace, run_id: str) -> Iterator[Checked]:
    """Each check in turn. Raises EvidenceError at the first fault."""
    run = Run(workspace, run_id)
    checks: tuple[Callable[[Run], Checked], ...] = (
        _sources, _documents, _segments, _quotes, _insights, _topics, _personas, _empathy, _spreadsheets, _pages,
        _withheld,
    )  # fmt: skip
    for check in checks:
        yield check(run)


def _sources(run: Run) -> Checked:
    from voc_engine.runners.fingerprint import file_hash

    for item in run.manifest["inputs"]:
        path = Path(item["path"])
        if not path.is_file():
            raise fault(f"The source {item['source']} is gone.", f"no file at {path}")
        if file_hash(path) != item["sha256"]:
            raise EvidenceError(
                f"The source {item['source']} is not the file that was read.",
                found="its bytes have changed since the run",
                do="run the study again, or put the old file back",
            )
    return Checked("source files unchanged", len(run.manifest["inputs"]))


def _documents(run: Run) -> Checked:
    """Read every source again, redact it again, and compare with the documents of the run."""
    texts = {row["document_id"]: (row["text"], row["person_id"]) for row in run.rows("documents")}
    seen = 0
    for batch in _read_again(run):
        for document in published_documents(batch, run.withheld):
            stored = texts.get(document.document_id)
            if stored is None:
                raise fault(f"Document {document.document_id} is missing.", f"{document.source}, {document.locator}")
            if stored != (document.text, document.person_id):
                place = next(
                    (i for i, (a, b) in enumerate(zip(stored[0], document.text, strict=False)) if a != b),
                    min(len(stored[0]), len(document.text)),
                )
                raise fault(
                    f"Document {document.document_id} is not what {document.source} says.",
                    f"first difference at character {place}: {stored[0][place : place + 40]!r}",
                )
            seen += 1
    if seen != len(texts):
        raise fault("Some documents stand in no source.", f"{len(texts):,} stored, {seen:,} read again")
    return Checked("documents equal to their sources", seen)


def _read_again(run: Run) -> Iterator[Batch]:
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.study_speakers import settle
    from voc_engine.privacy.forgotten import people_left
    from voc_engine.privacy.pseudonyms import consents_by_person, identities, pseudonyms_for
    from voc_engine.redact.stage import run as redact
    from voc_engine.runners.allocate import read_people
    from voc_engine.runners.removals import removal_of
    from voc_engine.runners.tasks import read_batches

    config = Config.model_validate(run.manifest["config"])
    removal = removal_of(run.workspace)
    changes = _changes(run, config, removal)
    people = people_left(read_people(config.people, Path(run.manifest["folder"])), removal.forgotten)
    ids = run.workspace.vault.lookup()
    roster = _roster(run, config, people, ids, removal, changes)
    stated: dict[str, str] = {}
    for item in run.manifest["inputs"]:
        options = config.sources[item["section"]]
        taken_out = removal.of(options)
        for read, _ in read_batches(SourceFile(Path(item["path"]), item["source"]), options, config.study.part_rows):
            batch = settle(taken_out.applied(read)[0] if taken_out else read, changes)
            documents, turns = batch.of(Document), batch.of(Utterance)
            found = identities(
                ((one.person_id, one.attributes) for one in documents),
                ((one.person_id, one.role, one.speaker) for one in turns),
                people,
            )
            try:
                given = pseudonyms_for(found, ids, people, run.consents)
                here = consents_by_person(found, ids)
            except KeyError as error:
                raise fault("Somebody in the sources has no pseudonym.", f"in {item['source']}") from error
            for one, consent in here.items():
                stated[one] = strictest((stated.get(one, CONSENTS[-1]), consent))
            companies = [key for one in documents for key, _ in roster.companies_of(one.attributes)]
            companies += [key for one in given.attributes.values() for key, _ in roster.companies_of(one)]
            yield redact(batch, config.redact, roster.given(given, [item["source"]], companies, None))
    if stated != run.consents:
        who = next(one for one in sorted({*stated, *run.consents}) if stated.get(one) != run.consents.get(one))
        raise fault(f"The run did not heed what {who} consented to.", str(stated.get(who, CONSENTS[-1])))


def _changes(run: Run, config: Config, removal: Any) -> Any:
    """What settles who speaks over the study, from the sources and the decisions in force."""
    from voc_engine.ingest.source import SourceFile
    from voc_engine.runners.settle import changes_of
    from voc_engine.runners.tasks import read_batches

    def talks() -> Iterator[Any]:
        for item in run.manifest["inputs"]:
            if "interview" not in item.get("kinds", ("interview",)):
                continue
            options = config.sources[item["section"]]
            taken_out = removal.of(options)
            source = SourceFile(Path(item["path"]), item["source"])
            for read, _ in read_batches(source, options, config.study.part_rows):
                batch = taken_out.applied(read)[0] if taken_out else read
                yield (batch.of(Document), batch.of(Utterance)), options

    return changes_of(talks(), run.workspace.decisions.in_force())[0]


def _roster(run: Run, config: Config, people: Any, ids: Mapping[str, str], removal: Any, changes: Any) -> Any:
    """Whom and which companies the study knows, learnt from the sources as the run learnt it from its parts."""
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.study_speakers import settle
    from voc_engine.privacy.pseudonyms import identities, names_of
    from voc_engine.runners.allocate import roster_for
    from voc_engine.runners.tasks import read_batches

    inputs = run.manifest["inputs"]
    roster = roster_for(config, ((one["source"], one["section"], one["documents"]) for one in inputs), people)
    if not roster.wanted:
        return roster
    try:
        for item in inputs:
            options = config.sources[item["section"]]
            taken_out = removal.of(options)
            for read, _ in read_batches(
                SourceFile(Path(item["path"]), item["source"]), options, config.study.part_rows
            ):
                batch = settle(taken_out.applied(read)[0] if taken_out else read, changes)
                documents, turns = batch.of(Document), batch.of(Utterance)
                found = identities(
                    ((one.person_id, one.attributes) for one in documents),
                    ((one.person_id, one.role, one.speaker) for one in turns),
                    people,
                )
                if roster.is_small(item["source"]):
                    roster.add(item["source"], names_of(found, ids, people))
                for document in documents:
                    roster.add_companies(roster.companies_of(document.attributes), ids)
                for one in found:
                    if one.keys[0].startswith("person:"):
                        of_person = people.attributes[one.keys[0].removeprefix("person:")]
                        roster.add_companies(roster.companies_of(of_person), ids)
        roster.settle(ids)
    except KeyError as error:
        raise fault("Somebody in the sources has no pseudonym.", str(error)) from error
    return roster


def _segments(run: Run) -> Checked:
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    for row in run.rows("segments"):
        if texts.get(row["document_id"], "")[row["start"] : row["end"]] != row["text"]:
            raise fault(f"Segment {row['segment_id']} is not the text at its place.", repr(row["text"][:80]))
    return Checked("segments at their place", len(run.rows("segments")))


def _quotes(run: Run) -> Checked:
    texts = {row["document_id"]: row["text"] for row in run.rows("documents")}
    segments = {row["segment_id"]: row for row in run.rows("segments")}
    for row in run.rows("mentions"):
        if texts.get(row["document_id"], "")[row["start"] : row["end"]] != row["quote"]:
            raise fault(f"Mention {row['mention_id']} does not quote its document.", repr(row["quote"][:80]))
        segment = segments.get(row["segment_id"])
        if segment is None or not segment["start"] <= row["start"] < row["end"] <= segment["end"]:
            raise fault(f"Mention {row['mention_id']} lies outside its segment.", str(row["segment_id"]))
        if segment["role"] not in EVIDENCE_ROLES or segment["person_id"] != row["person_id"]:
            raise fault(
                f"Mention {row['mention_id']} is not the customer's own words.",
                f"said by {segment['person_id']} as {segment['role']}, counted for {row['person_id']}",
            )
    return Checked("quotes equal to their documents", len(run.rows("mentions")))


def _insights(run: Run) -> Checked:
    members: dict[str, list[Row]] = defaultdict(list)
    for row in run.rows("mentions"):
        if row["insight_id"] is not None:
            members[row["insight_id"]].append(row)
    heard = {row["person_id"] for row in run.rows("segments") if row["role"] in EVIDENCE_ROLES}
    for row in run.rows("insights"):
        own = members.pop(row["insight_id"], [])
        people = {one["person_id"] for one in own}
        _same(f"Insight {row['insight_id']}", "people", row["n_people"], len(people))
        _same(f"Insight {row['insight_id']}", "mentions", row["n_mentions"], len(own))
        if not row["share_low"] <= len(people) / max(1, len(heard)) <= row["share_high"]:
            raise fault(
                f"Insight {row['insight_id']} has an interval that leaves out its share.", str(row["share_low"])
            )
        if row["medoid_mention_id"] not in {one["mention_id"] for one in own}:
            raise fault(f"Insight {row['insight_id']} is represented by a quote not its own.", row["medoid_mention_id"])
    if members:
        raise fault("Mentions point to an insight that is not there.", sorted(members)[0])
    return Checked("insights with their people counted", len(run.rows("insights")))


def _same(what: str, unit: str, said: int, counted: int) -> None:
    if said != counted:
        raise fault(f"{what} counts its {unit} wrongly.", f"{said} said, {counted} counted")


def _topics(run: Run) -> Checked:
    people = {row["segment_id"]: row["person_id"] for row in run.rows("segments")}
    members: dict[str, list[str]] = defaultdict(list)
    for row in run.rows("topic_assignments"):
        if row["topic_id"] is not None:
            members[row["topic_id"]].append(row["segment_id"])
    for row in run.rows("topics"):
        own = members.pop(row["topic_id"], [])
        _same(f"Topic {row['topic_id']}", "segments", row["n_segments"], len(own))
        _same(f"Topic {row['topic_id']}", "people", row["n_people"], len({people[one] for one in own}))
    if members:
        raise fault("Segments point to a topic that is not there.", sorted(members)[0])
    return Checked("topics with their segments counted", len(run.rows("topics")))


def _personas(run: Run) -> Checked:
    members = _members(run)
    known = {row["insight_id"] for row in run.rows("insights")}
    quotes = {row["mention_id"]: row["person_id"] for row in run.rows("mentions")}
    for row in run.rows("personas"):
        own = members.get(row["persona_id"], set())
        _same(f"Persona {row['name']!r}", "people", row["n_people"], len(own))
        for trait in ("goals", "pains", "objections", "requests", "delights", "triggers", "distinctive"):
            lost = [one for one in row[trait] if one not in known]
            if lost:
                raise fault(f"Persona {row['name']!r} has a trait without an insight.", lost[0])
        if any(quotes.get(one) not in own for one in row["quotes"]):
            raise fault(f"Persona {row['name']!r} quotes somebody who does not belong to it.", str(row["quotes"]))
    return Checked("personas with their people counted", len(run.rows("personas")))


def _members(run: Run) -> Mapping[str, set[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for row in run.rows("memberships"):
        if row["persona_id"] is not None:
            members[row["persona_id"]].add(row["person_id"])
    return members


def _empathy(run: Run) -> Checked:
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


def _spreadsheets(run: Run) -> Checked:
    """People open the CSV files; each must say what its Parquet file says."""
    paths = sorted((run.folder / "tables").glob("*.parquet"))
    for path in paths:
        sheet = path.with_suffix(".csv")
        if not sheet.is_file() or sheet.read_bytes() != csv_bytes(read_parquet(path)):
            raise fault(f"The spreadsheet {sheet.name} does not say what {path.name} says.", str(sheet))
    return Checked("spreadsheets equal to their tables", len(paths))


def _withheld(run: Run) -> Checked:
    """Who may not be quoted: their rows stand on the words that the store holds, and no file repeats these."""
    if not run.withheld:
        return Checked("people whose words are withheld", 0)
    check_spans(run.workspace.parts, run.manifest["parts"], run.rows("mentions"), run.withheld)
    check_silence(run.workspace.parts, run.manifest["parts"], run.folder, run.withheld)
    return Checked("people whose words are withheld", len(run.withheld))


def _pages(run: Run) -> Checked:
    quotes = {row["mention_id"]: row["quote"] for row in run.rows("mentions")}
    counts = {
        "insight": {row["insight_id"]: row["n_people"] for row in run.rows("insights")},
        "persona": {row["persona_id"]: row["n_people"] for row in run.rows("personas")},
        "topic": {row["topic_id"]: row["n_people"] for row in run.rows("topics")},
    }
    return Checked("links and quotes on the pages", check_pages(run.folder, quotes, counts))
