"""voc assign: which persona of a study new people belong to."""

from __future__ import annotations

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from voc_engine.personas.assigning import Assigner, Placement
    from voc_engine.store.workspace import Workspace

ADDED = ("person", "persona_id", "persona", "probability", "nearest_id", "fit", "rows", "why")
PEOPLE_AT_ONCE = 2_000


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
    rows and why. probability is calibrated on people of the study who were held out: of those with 0.8, eight in ten
    belong there. fit is the share of held-out people who are as far from their persona or farther; under 0.05 a person
    is none of these, and the probability, of the nearest persona, is never above 0.5. As a lead score, take the
    probability of the persona that you sell to.

    Whoever has no text is none of these, is counted, and makes the exit code 1.

    \b
    Example:
      voc assign leads.csv --text-column message --person-column email --workspace my-study --out personas.csv
    """
    from pathlib import Path

    from voc_engine.cli.study import find_run
    from voc_engine.errors import ConfigError

    source = Path(file)
    if not source.is_file():
        raise ConfigError(f"There is no file {file}.", do="check the path")
    if out != "-" and Path(out).resolve() == source.resolve():
        raise ConfigError("The input would be overwritten.", found=f"--out {out}", do="name another file for --out")
    people, rows = read_people(source, text_column, person_column)
    place, found = find_run(workspace, run_id)
    manifest = place.manifest(found) or {}
    assigner = _assigner(place, manifest)
    names = {persona.persona_id: persona.name for persona in assigner.personas}
    placed = list(_placed(people, assigner, manifest["config"]["embed"]["model"]))
    _write(placed, names, rows, out)
    none = sum(one.persona_id is None for one in placed)
    silent = sum(not said for said in people.values())
    if not quiet:
        click.echo(f"{len(placed)} people, {none} of them none of these personas", err=True)
    if silent:
        click.echo(f"{silent} people have no text and are none of these.", err=True)
    return 1 if silent else 0


def read_people(
    source: Path, text_column: str, person_column: str | None
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """(sentences by person, rows by person), in order of first appearance. Raises ConfigError for unknown columns."""
    from voc_engine.cli.label import _check_column, _opened
    from voc_engine.mentions.tabular import columns_of, rows_of, shape_of
    from voc_engine.segment.sentences import sentence_spans

    shape = shape_of(source.name)
    with _opened(source) as stream:
        columns, _ = columns_of(stream, shape)
    for column in filter(None, (text_column, person_column)):
        _check_column(column, columns, source)
    people: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    with _opened(source) as stream:
        for number, row in enumerate(rows_of(stream, shape), start=1):
            given = str(row.values.get(person_column) or "").strip() if person_column else ""
            person = given or f"row {number}"
            text = str(row.values.get(text_column) or "")
            counts[person] = counts.get(person, 0) + 1
            said = people.setdefault(person, [])
            said += [text[start:end].strip() for start, end in sentence_spans(text, 60) if text[start:end].strip()]
    return people, counts


def _assigner(place: Workspace, manifest: dict[str, Any]) -> Assigner:
    from voc_engine.personas.assigning import Assigner
    from voc_engine.pipeline import stage
    from voc_engine.records import Batch, Membership, Persona, Vectors
    from voc_engine.store.results import records_of

    kinds = [kind for kind in stage("personas").reads if kind is not Vectors]
    batch = Batch.make(*records_of(place.parts, manifest["parts"], kinds))  # type: ignore[arg-type]
    batch.vectors = place.parts.read_vectors("embed", manifest["parts"]["embed"])
    made = Batch.make(*records_of(place.parts, manifest["parts"], (Persona, Membership)))
    return Assigner(batch, made.of(Persona), made.of(Membership))


def _placed(people: dict[str, list[str]], assigner: Assigner, model: str) -> Iterator[Placement]:
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


def _write(placed: list[Placement], names: dict[str, str], rows: dict[str, int], out: str) -> None:
    import csv
    from pathlib import Path

    from voc_engine.cli.label import _output

    with _output(None if out == "-" else Path(out)) as stream:
        lines = csv.writer(stream, lineterminator="\n")
        lines.writerow(ADDED)
        for one in placed:
            name = names[one.persona_id] if one.persona_id else ""
            numbers = (f"{one.probability:.4f}", one.nearest_id or "", f"{one.fit:.4f}", rows[one.person_id])
            lines.writerow([one.person_id, one.persona_id or "", name, *numbers, "; ".join(one.reasons)])
