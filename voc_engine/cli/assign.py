"""voc assign: which persona of a study new people belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from voc_engine.personas.assigning import Assigner, Placement
    from voc_engine.store.workspace import Workspace

ADDED = ("person", "persona_id", "persona", "probability", "nearest_id", "fit", "rows", "why")
PEOPLE_AT_ONCE = 2_000  # a choice: so many people's sentences and vectors are held at a time


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--text-column", required=True, metavar="NAME", help="Column that holds what a person said.")
@click.option("--person-column", metavar="NAME", help="Column that tells people apart; without it, every row is one.")
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("--run", "run_id", metavar="RUN_ID", help="The run whose personas are meant; the latest when absent.")
@click.option("--out", default="-", metavar="OUT", help="File to write, .csv; standard output when absent or -.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def assign(
    file: str, text_column: str, person_column: str | None, workspace: str, run_id: str | None, out: str, quiet: bool
) -> int:
    """Give the people or leads in FILE (CSV or JSON lines) a persona of a finished run, or none of these.

    One line of CSV per person: person, persona_id and persona (empty: none of these), probability, nearest_id, fit,
    rows and why. probability, of the nearest persona, is calibrated on people of the study who were held out: of those
    with 0.8, eight in ten belong there. fit is the share of held-out people who are as far from their persona or
    farther; under 0.03 a person is none of these, unless it is likelier that they belong to a persona than to nobody's.
    As a lead score, take the probability of the persona that you sell to.

    Contact data in the texts is masked before they are read, and no text is written; the person column is, as it is
    given. Whoever has no text, or rows that cannot be read, is told and makes the exit code 1. Runs with "no stable
    segmentation" or too few people refuse.

    \b
    Example:
      voc assign leads.csv --text-column message --person-column email --workspace my-study --out personas.csv
    """
    from pathlib import Path

    from voc_engine.cli.opening import find_run
    from voc_engine.errors import ConfigError

    source = Path(file)
    if not source.is_file():
        raise ConfigError(f"There is no file {file}.", do="check the path")
    if out != "-" and Path(out).resolve() == source.resolve():
        raise ConfigError("The input would be overwritten.", found=f"--out {out}", do="name another file for --out")
    read = read_people(source, text_column, person_column)
    opened, chosen = find_run(workspace, run_id)
    manifest = opened.manifest(chosen) or {}
    assigner = _assigner(opened, chosen, manifest)
    people = read.said
    if manifest["config"]["redact"]["enabled"]:
        people = {person: [_masked(text) for text in said] for person, said in people.items()}
    names = {persona.persona_id: persona.name for persona in assigner.personas}
    placed = list(_placed(people, assigner, manifest["config"]["embed"]["model"]))
    _write(placed, names, read.rows, out)
    none = sum(one.persona_id is None for one in placed)
    if not quiet:
        click.echo(f"People: {len(placed)}, none of these personas: {none}", err=True)
    return _tell_unplaced(read)


@dataclass(frozen=True)
class Given:
    """A file's people in order of first appearance: sentences and rows of each, and lines that could not be read."""

    said: Mapping[str, list[str]]
    rows: Mapping[str, int]
    unread: tuple[int, ...] = ()


def read_people(source: Path, text_column: str, person_column: str | None) -> Given:
    """Rows of one person together; a row that names nobody is a person of its own.

    Raises ConfigError for columns that are not there and for a file without rows.
    """
    from voc_engine.cli.label import _check_column, _opened
    from voc_engine.errors import ConfigError
    from voc_engine.mentions.tabular import columns_of, rows_of, shape_of
    from voc_engine.segment.sentences import sentence_spans

    shape = shape_of(source.name)
    with _opened(source) as stream:
        columns, _ = columns_of(stream, shape)
    for column in filter(None, (text_column, person_column)):
        _check_column(column, columns, source)
    people: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    unread = []
    with _opened(source) as stream:
        for number, row in enumerate(rows_of(stream, shape), start=1):
            if row.problem:
                unread.append(row.line)
                continue
            named = str(row.values.get(person_column) or "").strip() if person_column else ""
            person = named or f"row {number}"
            text = str(row.values.get(text_column) or "")
            counts[person] = counts.get(person, 0) + 1
            sentences = people.setdefault(person, [])
            sentences += [text[start:end].strip() for start, end in sentence_spans(text, 60) if text[start:end].strip()]
    if not people:
        raise ConfigError(
            f"There is nobody in {source.name}.",
            found=f"{len(unread)} rows that cannot be read" if unread else "a header without rows",
            do="give one row per message, with its text",
        )
    return Given(people, counts, tuple(unread))


def _tell_unplaced(read: Given) -> int:
    """What could not be placed, on standard error. Returns the exit code."""
    silent = sum(not said for said in read.said.values())
    if silent:
        click.echo(f"Without text, and so none of these: {silent}", err=True)
    if read.unread:
        lines = ", ".join(map(str, read.unread[:10]))
        click.echo(f"Rows that could not be read and were left out: {len(read.unread)} (line {lines})", err=True)
    return 1 if silent or read.unread else 0


def _masked(text: str) -> str:
    """As the study's own texts were masked, by form alone: who writes in is not known by name."""
    from voc_engine.privacy.masks import apply
    from voc_engine.redact.finding import pattern_spans

    return apply(text, list(pattern_spans(text)))[0]


def _assigner(workspace: Workspace, run_id: str, manifest: dict[str, Any]) -> Assigner:
    """Learned from everybody; told in what the run's readers may see."""
    from voc_engine.personas.assigning import Assigner
    from voc_engine.pipeline import stage
    from voc_engine.privacy.withholding import MARK, withheld_in
    from voc_engine.records import Batch, Membership, Persona, Segment, Vectors
    from voc_engine.report.publish import published_records
    from voc_engine.store.results import records_of

    kinds = [kind for kind in stage("personas").reads if kind is not Vectors]
    batch = Batch.make(*records_of(workspace.parts, manifest["parts"], kinds))  # type: ignore[arg-type]
    batch.vectors = workspace.parts.read_vectors("embed", manifest["parts"]["embed"])
    if withheld_in(manifest):
        readable = published_records(workspace, run_id)
        segments = [one for one in readable.of(Segment) if one.text != MARK]
        readable_batch: Batch | None = Batch({**readable.tables, Segment: segments})
    else:
        readable, readable_batch = (
            Batch.make(*records_of(workspace.parts, manifest["parts"], (Persona, Membership))),
            None,
        )
    return Assigner(batch, readable.of(Persona), readable.of(Membership), readable_batch)


def _placed(people: Mapping[str, list[str]], assigner: Assigner, model: str) -> Iterator[Placement]:
    from voc_engine.personas.assigning import newcomers
    from voc_engine.records import Vectors
    from voc_engine.registry import component

    names = list(people)
    for start in range(0, len(names), PEOPLE_AT_ONCE):
        some = {name: people[name] for name in names[start : start + PEOPLE_AT_ONCE]}
        texts = sorted({text for said in some.values() for text in said})
        if texts:
            vectors = Vectors(tuple(texts), component("embedder", model).encode(texts))
            yield from assigner.place(newcomers(some), vectors)
        else:
            yield from assigner.place_silent(some)


def _write(placed: list[Placement], names: dict[str, str], rows: Mapping[str, int], out: str) -> None:
    import csv
    from pathlib import Path

    from voc_engine.cli.label import _output
    from voc_engine.records.spreadsheet import guarded

    with _output(None if out == "-" else Path(out)) as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(ADDED)
        for placement in placed:
            name = names[placement.persona_id] if placement.persona_id else ""
            numbers = (
                f"{placement.probability:.4f}",
                placement.nearest_id or "",
                f"{placement.fit:.4f}",
                rows[placement.person_id],
            )
            cells = [placement.person_id, placement.persona_id or "", name, *numbers, "; ".join(placement.reasons)]
            lines.writerow([guarded(str(cell)) for cell in cells])
