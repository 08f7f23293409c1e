"""voc train: the heads refitted with a user's own labels."""

from __future__ import annotations

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from voc_engine.evaluation.sets.own import Labelled
    from voc_engine.mentions.chosen import Refittable
    from voc_engine.mentions.heads.adapt import Moved
    from voc_engine.mentions.heads.card import Training
    from voc_engine.mentions.heads.linear import LinearHeads
    from voc_engine.mentions.heads.refit import Text
    from voc_engine.mentions.row_labelling import Labeller

_LISTED = 5  # a choice: enough to find what is wrong with the file, in one line


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--text-column", default="text", show_default=True, metavar="NAME", help="Column that holds the texts.")
@click.option("--out", required=True, metavar="DIR", help="Folder for the refitted heads and their card.")
@click.option("--extractor", default="heads.v1", show_default=True, help="Mention extractor whose heads are refitted.")
@click.option("--any-language", is_flag=True, help="Learn from rows in other languages than English as well.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def train(file: str, text_column: str, out: str, extractor: str, any_language: bool, quiet: bool) -> int:
    """Refit the heads with your own labels in FILE (CSV or JSON lines), and write them to a folder.

    Columns named pain_point, goal, objection, request, delight or trigger hold 0 or 1; sentiment and quadrant hold
    their names; empty cells are no label. A few dozen labels move a head, where cross-validation says that they improve
    it; a head that they do not improve stays as it is. Use the folder with --heads, or as heads in [mentions].

    A row without text is counted and makes the exit code 1; a row in another language than English is counted.

    \b
    Example:
      voc train labelled.csv --text-column review --out my-heads
      voc label reviews.csv --text-column review --heads my-heads --out out.csv
    """
    from pathlib import Path

    from voc_engine.errors import ConfigError
    from voc_engine.evaluation.sets.own import labelled_rows
    from voc_engine.interface.labelled import labeller_for
    from voc_engine.mentions.chosen import refittable
    from voc_engine.mentions.heads.card import Training, save
    from voc_engine.mentions.heads.refit import ADAPTABLE

    source = Path(file)
    if not source.is_file():
        raise ConfigError(f"There is no file {file}.", do="check the path")
    named, rows = labelled_rows(source, text_column)
    learner = refittable(extractor)
    labeller = labeller_for(extractor, any_language=any_language)
    texts, empty, other = _read(rows, labeller)
    counts = {column: sum(column in text.labels for text in texts) for column in named}
    if not any(counts.get(column) for column in ADAPTABLE):
        raise ConfigError(
            f"{source.name} has no label that a head can learn from.",
            found=", ".join(f"{column}: {count} labels" for column, count in counts.items()),
            do=f"fill one of the columns {', '.join(ADAPTABLE)}",
        )
    heads, moved = _refitted(texts, learner, quiet)
    ignored = tuple(column for column in named if column not in ADAPTABLE)
    training = Training(source.name, extractor, len(rows), counts, len(empty), other, ignored, tuple(moved))
    save(heads, training, Path(out))
    _show(training)
    click.echo(f"{out} written. Use it with --heads {out}, or as heads in [mentions].", err=True)
    if empty:
        lines = ", ".join(map(str, empty[:_LISTED])) + (" ..." if len(empty) > _LISTED else "")
        click.echo(f"{len(empty)} of {len(rows)} rows have no text in {text_column!r}: line {lines}.", err=True)
    return 1 if empty else 0


def _read(rows: Sequence[Labelled], labeller: Labeller) -> tuple[list[Text], list[int], int]:
    """Texts with a label as ``voc label`` reads them, lines of rows without text, and how many are in another language."""
    from voc_engine.mentions.heads.refit import Text

    texts, empty, other = [], [], 0
    for row in rows:
        sentences = labeller.sentences(row.text)
        if not sentences:
            empty.append(row.line)
        elif not labeller.is_read(labeller.language(row.text)):
            other += 1
        elif row.labels:
            texts.append(Text(tuple(sentences), row.labels))
    return texts, empty, other


def _refitted(texts: Sequence[Text], learner: Refittable, quiet: bool) -> tuple[LinearHeads, list[Moved]]:
    from voc_engine.mentions.heads.refit import refit
    from voc_engine.runners.progress import progress_for

    progress = progress_for(quiet=quiet)
    progress.begin("train", len(texts), "rows")
    try:
        refitted = refit(learner, texts, progress.advance)
        progress.end(f"{len(texts)} labelled rows read")
    finally:
        progress.close()
    return refitted


def _show(training: Training) -> None:
    """Plain columns held apart by two spaces, then what has to be known."""
    from voc_engine.mentions.heads.card import HEADER

    rows = [HEADER, *training.lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADER))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for note in training.notes:
        click.echo(note)
