"""voc evaluate: how often the labels are right, on public gold sets and on a user's own labels."""

from __future__ import annotations

import click

from voc_engine.cli.label import label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from voc_engine.evaluation.assistant_answers import Assistant
    from voc_engine.evaluation.figures import Sheet
    from voc_engine.evaluation.goldsets import Found
    from voc_engine.evaluation.task import Examples

_REAL = "redaction-real"
_DEFAULT = next(str(option.default) for option in label.params if option.name == "extractor")


@click.command()
@click.option(
    "--gold", metavar="DIR", help="Folder of public gold sets, under their public names (gold/..., posts/...)."
)
@click.option("--set", "named", multiple=True, metavar="NAME=FILE", help="Another file for a set; measured whole.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this set; can be given again.")
@click.option("--labels", metavar="FILE", help="Your own labelled rows, CSV; every label column there is measured.")
@click.option("--text-column", default="text", show_default=True, metavar="NAME", help="Column of --labels with texts.")
@click.option("--extractor", default=_DEFAULT, show_default=True, help="Mention extractor, by its registered name.")
@click.option("--heads", metavar="DIR", help="Heads refitted with 'voc train', instead of the shipped ones.")
@click.option("--baselines", is_flag=True, help="Fit heads on vectors alone and on words alone too; takes minutes.")
@click.option("--baseline-labels", metavar="FILE", help="Labelled rows (text and label columns) to fit these heads on.")
@click.option(
    "--assistant",
    metavar="URL",
    help="A language model's server, such as http://localhost:8080/v1: measured beside ours.",
)
@click.option("--assistant-model", default="", metavar="NAME", help="The model, as that server knows it.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N rows of each set, for a quick look.")
@click.option("--floors", is_flag=True, help="Exit with 1 where a figure is below its floor.")
@click.option("--out", metavar="DIR", help="Write evaluation.csv, .json and .md there.")
@click.option(
    "--errors", metavar="DIR", help="Write the surest errors of each set and kind there, as pages with the texts."
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def evaluate(
    gold: str | None,
    named: tuple[str, ...],
    only: tuple[str, ...],
    labels: str | None,
    text_column: str,
    extractor: str,
    heads: str | None,
    baselines: bool,
    baseline_labels: str | None,
    assistant: str | None,
    assistant_model: str,
    limit: int | None,
    floors: bool,
    out: str | None,
    errors: str | None,
    quiet: bool,
) -> int:
    """Measure the labels against gold sets: one table with intervals, general lexicons beside, floors and targets.

    The sets are public and not part of this program. A set whose file is not there is named and left out. Sets that
    also train are measured on the part that is set aside. Beside a kind's F1 stand precision and recall at the shipped
    threshold and average precision, with intervals; the files of --out tell them by kind of source too. Your own
    rows need columns named pain_point, goal, request, objection, delight or trigger (0 or 1), sentiment, emotion or
    quadrant; empty cells are left out.

    --assistant puts to that server what a study with [assistant] would: whether what is unsure is a mention. "with the
    assistant" is our figure once what it rejects is left out. The sets' texts go there; they are public.

    --only redaction measures what the redact stage masks, on invented sentences that come with the project;
    --only redaction-real on real ones, whose labels come with it and whose texts lie below --gold.

    \b
    Example:
      voc evaluate --gold ../shared/data --out figures
      voc evaluate --gold ../shared/data --only talk --errors errors
      voc evaluate --labels mine.csv --text-column review
      voc evaluate --only redaction
    """
    from pathlib import Path

    redaction_sets = [one for one in ("redaction", _REAL) if one in only]
    if redaction_sets:
        files = dict(one.partition("=")[::2] for one in named)
        figures = [_redaction(one, files.get(one), gold, out) for one in redaction_sets]
        missed = any(figures)
        only = tuple(one for one in only if one not in redaction_sets)
        if not only:
            return 1 if floors and missed else 0
    helper = _assistant(assistant, assistant_model, on_labels=labels is not None)
    sets = _tasks_named(Path(gold) if gold else None, named, only, labels, text_column)
    examples = _examples(baseline_labels)
    baselines = baselines or baseline_labels is not None
    sheet = _measured(sets, extractor, heads, baselines, examples, limit, helper, quiet)
    _show(sheet)
    _written(sheet, out, errors)
    return 1 if floors and any(result.missed for result in sheet.results) else 0


def _written(sheet: Sheet, out: str | None, errors: str | None) -> None:
    from pathlib import Path

    from voc_engine.evaluation.figures import write, write_files
    from voc_engine.evaluation.mistakes import pages

    if out is not None:
        for path in write(sheet, Path(out)):
            click.echo(f"{path} written.", err=True)
    if errors is not None:
        written = write_files(Path(errors), pages(sheet.results, sheet.extractor))
        click.echo(f"{written[0]} and {len(written) - 1} pages written.", err=True)


def _redaction(name: str, file: str | None, gold: str | None, out: str | None) -> bool:
    """Print the figures of redaction on invented or on real sentences; whether a floor is missed."""
    from pathlib import Path

    import voc_engine
    from voc_engine.config import RedactConfig
    from voc_engine.errors import ConfigError
    from voc_engine.evaluation.redaction_measures import measure, plain, write
    from voc_engine.evaluation.sets import placed_names
    from voc_engine.evaluation.sets.gold_file import Source
    from voc_engine.evaluation.sets.planted_names import read, require

    real = name == _REAL
    shipped = Path(voc_engine.__file__).parents[1] / "corpora" / "redaction" / ("real.tsv" if real else "gold.tsv")
    path = Path(file) if file else shipped
    if not path.is_file():
        raise ConfigError(
            "The redaction gold set is not there.", found=f"no {path}", do=f"name its file: --set {name}=FILE"
        )
    if real and gold is None:
        raise ConfigError("The real sentences are not the project's to copy.", do="give their folder: --gold DIR")
    source = Source(path, path.parent)
    rows = placed_names.read(source, Path(gold)) if real and gold else read(source)
    sheet = measure(require(rows), RedactConfig(), real=real)
    click.echo(plain(sheet))
    if out is not None and not real:
        click.echo(f"{write(sheet, Path(out))} written.", err=True)
    return bool(sheet.missed)


def _tasks_named(
    gold: Path | None, named: tuple[str, ...], only: tuple[str, ...], labels: str | None, text_column: str
) -> Found:
    """The tasks to run; raises ConfigError where there are none."""
    from pathlib import Path

    import voc_engine
    from voc_engine.errors import ConfigError
    from voc_engine.evaluation.goldsets import Found, find
    from voc_engine.evaluation.sets.own import tasks_of

    if gold is None and not named and labels is None:
        raise ConfigError("There is nothing to measure.", do="give --gold DIR, --set NAME=FILE or --labels FILE")
    if gold is not None and not gold.is_dir():
        raise ConfigError(f"There is no folder {gold}.", do="check --gold")
    files = {}
    for assignment in named:
        name, there, path = assignment.partition("=")
        if not there or not path:
            raise ConfigError(
                "A set's file is not understood.", found=f"--set {assignment}", do="write --set NAME=FILE"
            )
        files[name] = Path(path)
    sets = find(gold, files, only, Path(voc_engine.__file__).parents[1] / "corpora")
    if labels is not None:
        if not Path(labels).is_file():
            raise ConfigError(f"There is no file {labels}.", do="check --labels")
        sets = Found((*sets.tasks, *tasks_of(Path(labels), text_column)), sets.missing)
    if not sets.tasks:
        raise ConfigError(
            "None of the gold sets is there.",
            found="; ".join(f"no {path}" for _, path in sets.missing) or "no set of --only among those given",
            do="check --gold: it holds the folders gold and posts; or name files with --set NAME=FILE",
        )
    return sets


def _examples(path: str | None) -> dict[str, Examples]:
    """Texts and labels to fit baselines on, by what they answer."""
    from pathlib import Path

    from voc_engine.errors import ConfigError
    from voc_engine.evaluation.sets.own import tasks_of

    if path is None:
        return {}
    if not Path(path).is_file():
        raise ConfigError(f"There is no file {path}.", do="check --baseline-labels")
    return {
        task.classes[0] if task.question == "kinds" else task.question: [(row.text, row.gold) for row in task.rows]
        for task in tasks_of(Path(path), "text")
    }


def _measured(
    sets: Found,
    extractor: str,
    heads: str | None,
    baselines: bool,
    examples: dict[str, Examples],
    limit: int | None,
    assistant: Assistant | None,
    quiet: bool,
) -> Sheet:
    from pathlib import Path

    from voc_engine.evaluation.figures import Sheet
    from voc_engine.evaluation.measuring import evaluate as measure
    from voc_engine.evaluation.measuring import texts
    from voc_engine.interface.labelled import labeller_for
    from voc_engine.mentions.heads.linear import content_of
    from voc_engine.runners.progress import progress_for

    labeller = labeller_for(extractor, heads, any_language=False)
    progress = progress_for(quiet=quiet)
    progress.begin("evaluate", texts(sets.tasks, limit), "texts")
    try:
        results = measure(
            sets.tasks,
            labeller,
            baselines=baselines,
            examples=examples,
            limit=limit,
            assistant=assistant,
            advance=progress.advance,
        )
        progress.end(f"{len(results)} sets, {sum(result.n for result in results)} rows")
    finally:
        progress.close()
    named = extractor if heads is None else f"{extractor}, heads refitted ({content_of(Path(heads))})"
    return Sheet(named, results, sets.missing, limit, _assistant_note(assistant))


def _assistant(endpoint: str | None, model: str, *, on_labels: bool) -> Assistant | None:
    """The model to measure. Raises ConfigError for what is no address."""
    from voc_engine.assistant.model_server import is_this_machine
    from voc_engine.errors import ConfigError

    if endpoint is None:
        return None
    if on_labels and not is_this_machine(endpoint):
        raise ConfigError(
            "Your own rows are not masked, and would leave this machine.",
            found=f"--labels with --assistant {endpoint}",
            do="name a server on this machine, or measure on public sets (--gold)",
        )
    from pydantic import ValidationError

    from voc_engine.assistant.asking import server_of
    from voc_engine.config import AssistantConfig
    from voc_engine.evaluation.assistant_answers import Assistant

    try:
        return Assistant(server_of(AssistantConfig(endpoint=endpoint, model=model)))
    except ValidationError as error:
        raise ConfigError("--assistant is no address.", found=endpoint, do=str(error.errors()[0]["msg"])) from None


def _assistant_note(assistant: Assistant | None) -> str:
    if assistant is None:
        return ""
    faults = "; ".join(f"{why}: {number}" for why, number in sorted(assistant.faults.items()))
    from voc_engine.report.wording import count

    questions, sound = count(assistant.asked, "question"), count(assistant.sound, "sound answer")
    note = f"The assistant was asked {questions} and gave {sound}"
    return note + (f" (not answered: {faults})." if faults else ".")


def _show(sheet: Sheet) -> None:
    """A table with lines on a terminal that is wide enough, plain columns elsewhere."""
    import sys

    from rich.console import Console
    from rich.table import Table

    from voc_engine.evaluation.figures import HEADS, plain

    if not sys.stdout.isatty():
        click.echo(plain(sheet))
        return
    drawn = Table(*HEADS)
    for result, cells in zip(sheet.results, sheet.lines, strict=True):
        drawn.add_row(*cells, style="red" if result.missed else None)
    console = Console()
    console.print(drawn)
    for note in sheet.notes:
        console.print(note, markup=False, highlight=False)
