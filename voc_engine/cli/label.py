"""voc label: give each row of a file its mention probabilities, sentiment, emotion, severity and quadrant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    pass


@click.command(
    "label",
    epilog="Example: voc label reviews.csv --text-column review --out labelled.csv",
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE")
@click.option("--text-column", required=True, help="Column that holds the text to read.")
@click.option("--out", default="-", help="File to write, .csv or .jsonl; standard output when absent or '-'.")
@click.option("--extractor", default="rules.v1", show_default=True, help="Mention extractor, by its registered name.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
def label(file: str, text_column: str, out: str, extractor: str, quiet: bool) -> None:
    """Label each row of FILE (CSV or JSON lines) without a workspace.

    All columns of FILE are kept. Added are probabilities in [0, 1] for pain_point, goal, objection, request, delight
    and trigger, and sentiment, sentiment_score, emotion, severity and quadrant. A row without text gets empty labels
    and exit code 1.
    """
    from voc_engine.errors import VocError
    from voc_engine.mentions.labelling import label_file

    try:
        summary = label_file(file, text_column, out, extractor, quiet)
    except VocError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
