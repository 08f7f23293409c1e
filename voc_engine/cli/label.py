"""voc label: labels for each row of a file, without a study."""

from __future__ import annotations

import click

from voc_engine.records.document import DOCUMENT_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import TextIO

    from voc_engine.interface.on_the_tree import Placer
    from voc_engine.mentions.row_labelling import Labeller, Summary


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--text-column", required=True, metavar="NAME", help="Column that holds the text to read.")
@click.option("--context-column", metavar="NAME", help="Column that holds what stands before it: a question, a turn.")
@click.option(
    "--kind",
    type=click.Choice(DOCUMENT_KINDS),
    help="Kind of document that the rows are; how much is enough depends on it.",
)
@click.option(
    "--out", default="-", metavar="OUT", help="File to write, .csv or .jsonl; standard output when absent or -."
)
@click.option("--extractor", default="heads.v1", show_default=True, help="Mention extractor, by its registered name.")
@click.option("--heads", metavar="DIR", help="Heads refitted with 'voc train', instead of the shipped ones.")
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True),
    help="Also give each row its theme and finding on the tree of a finished run in this workspace.",
)  # fmt: skip
@click.option(
    "--run", "run_id", metavar="RUN_ID", help="With --workspace: the run that is meant; the latest when absent."
)
@click.option("--any-language", is_flag=True, help="Label rows in other languages than English as well.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def label(
    file: str, text_column: str, context_column: str | None, kind: str | None, out: str, extractor: str,
    heads: str | None, workspace: str | None, run_id: str | None, any_language: bool, quiet: bool,
) -> int:  # fmt: skip
    """Label each row of FILE: CSV or JSON lines in and out, by the files' endings.

    All columns are kept; in a CSV file that --out names, what a spreadsheet would run as a formula gets an apostrophe in
    front. Added are probabilities in [0, 1] for pain_point, goal, objection, request, delight and
    trigger, and sentiment, sentiment_score, emotion, severity, quadrant, advice, review, and language where the text
    shows it. advice is the probability that fellow customers are meant; request counts it in. review says why a person
    should look: "unsure" names the kinds from 0.4 to 0.6, "may be sarcasm" praise that complains.

    A sentence of talk means little alone: name the column with the question or the turn before as --context-column.

    With --workspace: theme, finding, finding_id, finding_probability and further_findings, on the tree of a finished run. A
    finding is one of two people or more; "none" where the row says the key point of none, where it cannot be understood by
    itself ("It came three times"), and where finding_probability is below 0.5. finding_probability is calibrated
    on the study's own mentions: of those with 0.8, the run itself put eight in ten into that finding. Name the --kind.

    A row without text keeps its place with empty labels, is counted, and makes the exit code 1. A row in another
    language than English keeps its place with empty labels as well and is counted; the exit code stays 0.

    \b
    Example:
      voc label reviews.csv --text-column review --out labelled.csv
      voc label tickets.jsonl --text-column body --kind ticket | head
      voc label june.csv --text-column body --kind ticket --workspace support --out june-labelled.csv
      voc label answers.csv --text-column answer --context-column question --kind survey --out labelled.csv
    """
    from pathlib import Path

    from voc_engine.errors import ConfigError
    from voc_engine.interface.labelled import labeller_for

    source, target = Path(file), None if out == "-" else Path(out)
    if not source.is_file():
        raise ConfigError(f"There is no file {file}.", do="check the path")
    if target is not None and target.resolve() == source.resolve():
        raise ConfigError("The input would be overwritten.", found=f"--out {out}", do="name another file for --out")
    labeller = labeller_for(extractor, heads, any_language=any_language, kind=kind)
    placer = _placer(workspace, run_id, kind, heads)
    summary = _label_file(source, target, (text_column, context_column), labeller, placer, quiet)
    if summary is not None and summary.unread and not quiet:
        click.echo(
            f"{summary.other.total()} of {summary.rows} rows are in another language than English and have empty labels: "
            f"{summary.unread}. --any-language labels them all the same.",
            err=True,
        )
    if summary is not None and summary.problem:
        click.echo(summary.problem, err=True)
        return 1
    return 0


def _placer(workspace: str | None, run_id: str | None, kind: str | None, heads: str | None) -> Placer | None:
    from voc_engine.errors import ConfigError

    if workspace is None:
        if run_id is not None:
            raise ConfigError(
                "A run is of a workspace.", found=f"--run {run_id}", do="name its folder with --workspace"
            )
        return None
    if kind is None:
        raise ConfigError(
            "On a tree of findings a row is read as in a study, which depends on the kind of document.",
            found="--workspace without --kind",
            do=f"name the kind with --kind: {', '.join(DOCUMENT_KINDS)}",
        )
    from voc_engine.cli.opening import find_run
    from voc_engine.interface.on_the_tree import placer_for

    return placer_for(*find_run(workspace, run_id), kind, heads)


def _label_file(
    source: Path, target: Path | None, read: tuple[str, str | None], labeller: Labeller, placer: Placer | None,
    quiet: bool,
) -> Summary | None:  # fmt: skip
    """Chunk by chunk from one file to the other; the target appears whole or not at all."""
    from voc_engine.interface.on_the_tree import PLACED
    from voc_engine.mentions.row_labelling import free_names, label_rows
    from voc_engine.mentions.tabular import columns_of, rows_of, shape_of, writer_for
    from voc_engine.runners.progress import progress_for

    shape = shape_of(source.name)
    written = shape_of(target.name) if target is not None else shape
    with _opened(source) as stream:
        columns, count = columns_of(stream, shape)
    for column in filter(None, read):
        _check_column(column, columns, source)
    names = free_names(columns, PLACED if placer else ())
    renamed = [f"{name!r} (ours is {ours!r})" for name, ours in names.items() if name != ours]
    if renamed and not quiet:
        click.echo(f"Columns that were there before are kept: {', '.join(renamed)}.", err=True)
    summary, progress = None, progress_for(quiet=quiet)
    progress.begin("label", count, "rows")
    try:
        with _opened(source) as stream, _output(target) as sink:
            out = writer_for(sink, written, columns, tuple(names.values()), guard=target is not None)
            for done, so_far in label_rows(rows_of(stream, shape), out, names, labeller, *read, more=placer):
                summary = so_far
                progress.advance(done)
        empty = summary.n_bad + summary.other.total() if summary else 0
        progress.end(f"{count} rows, {empty} without labels")
    finally:
        progress.close()
    return summary


def _check_column(column: str, columns: tuple[str, ...], source: Path) -> None:
    from voc_engine.errors import ConfigError, nearest

    if column not in columns:
        raise ConfigError(
            f"There is no column {column!r} in {source.name}.",
            found=f"columns {', '.join(map(repr, columns))}" if columns else "no columns",
            do=nearest(column, columns) if columns else "give a file with a header row",
        )


def _opened(source: Path) -> TextIO:
    """The file as text in its detected encoding; bytes that do not belong to it become U+FFFD."""
    from voc_engine.config import SourceConfig
    from voc_engine.ingest.decoding import encoding_of
    from voc_engine.ingest.source import SourceFile

    encoding = encoding_of(SourceFile(source, source.name), SourceConfig.model_validate({"path": source.name}))
    return source.open(encoding=encoding, errors="replace", newline="")


def _output(target: Path | None) -> AbstractContextManager[TextIO]:
    import os
    import sys
    from contextlib import contextmanager

    from voc_engine.errors import ConfigError

    @contextmanager
    def opened() -> Iterator[TextIO]:
        if target is None:
            yield sys.stdout
            return
        partial_file = target.with_name(f".{target.name}.part")
        try:
            with partial_file.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            os.replace(partial_file, target)
        except OSError as error:
            raise ConfigError(f"{target} cannot be written.", found=str(error), do="check its folder") from error
        finally:
            partial_file.unlink(missing_ok=True)

    return opened()
