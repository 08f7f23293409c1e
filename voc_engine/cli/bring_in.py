"""voc import: what people decided, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voc_engine.records import Decision

_FIELDS = ("target", "target_id", "action", "value", "author", "comment")


@click.command("import")
@click.argument("what", metavar="FORMAT")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--workspace", type=click.Path(file_okay=False), default=".", show_default=True, help="Folder of the workspace."
)
@click.option("--run", "run_id", help="The run that FILE was exported from; the latest if absent.")
@click.option("-y", "--yes", is_flag=True, help="Take what another tool's file comes to without asking.")
def bring_in(what: str, file: str, workspace: str, run_id: str | None, yes: bool) -> int:
    """Bring what people decided from FILE into the workspace; every later run replays it.

    FORMAT is decisions, or that of another tool: refi-qda takes a .qdpx project or a .qdc codebook. A project that
    'voc export' wrote and that was changed elsewhere comes back as decisions; somebody else's is laid into the workspace as
    sources for a study. What it comes to is told before anything is stored.

    With decisions, FILE is CSV, a JSON array of objects or JSON lines, with target, target_id, action and value; author
    and comment are optional. Ids stand in the result tables and on the pages. Either all rows are taken or none.
    'voc review' decides the same in the browser.

    \b
      rename    an insight, a persona or a topic; value: the new words
      reject    a mention, an insight, a code or a coding (code:segment): it is in no later run
      relabel   a mention; value: the kind that it is
      merge     an insight, a persona or a topic; value: id of the one that takes it in
      split     value: ids that leave it, separated by blanks (mentions of an insight, people of a persona)
      pin       a mention: its quote represents its insight and stands first on a persona's card
      negative  a persona: it is ranked as one not to build for
      accept    a mention, an insight or a persona: a person checked it; a coding: the passage is of that code
      move      a mention; value: id of the insight that it is part of, or none
      bounds    a mention; value: start:end, its place in the document
      severity, sentiment, quadrant    a mention; value: the band that it is
      add       a document; value: a passage as JSON, {"start": 120, "end": 164, "kind": "goal"}
      assign    a person; value: id of a persona, or none
      role      an utterance; value: participant, interviewer, agent or bot
      code      a document; value: a passage under a code as JSON, {"code": "c-1", "start": 120, "end": 164}
      define    a code; value: as JSON, {"name": "Price", "definition": "...", "examples": ["..."]}
      part, join, same    an utterance; value: the character before which the turn is cut, nothing (it belongs to the turn
                above), the id of a turn of another talk in which the voice is heard
      blind, settled      a segment; what a second coder said, and how a difference was settled
      answer    an insight; value: what you say to people who hold it against you
      memo      study; value: a note for the research diary
      comment   anything; value: words that are kept beside it
      withdraw  anything; value: the action that no longer holds

    An item whose id changes with new data is known again by its evidence; what vanished is reported, never dropped.

    \b
    Example:
      voc import decisions decisions.csv --workspace my-study
      voc import refi-qda coded-by-ana.qdpx --workspace my-study
    """
    if what != "decisions":
        return _bring_file(what, Path(file), workspace, run_id, yes)
    from voc_engine.store.holdings import with_evidence
    from voc_engine.store.workspace import Workspace

    opened = Workspace(Path(workspace).resolve())
    decisions = [_decision(row, f"{file}, {where}") for where, row in _rows(file)]
    _refuse_circles(decisions, file)
    opened.decisions.append(with_evidence(opened, decisions), f"import {Path(file).name}")
    click.echo(f"{len(decisions)} decisions taken; they hold from the next run on")
    return 0


def _bring_file(what: str, file: Path, workspace: str, run_id: str | None, yes: bool) -> int:
    from voc_engine.exchange.importing import folder_of, read_file, take
    from voc_engine.store.workspace import Workspace

    opened = Workspace(Path(workspace).resolve())
    brought = read_file(opened, what, file, run_id)
    click.echo(brought.says)
    for line in brought.lines:
        click.echo(f"  {line}")
    if not brought.decisions and not brought.files:
        click.echo("nothing to take")
        return 0
    if not yes:
        click.confirm("Take it?", abort=True, err=True)
    laid = take(opened, brought, file)
    if brought.decisions:
        click.echo(f"{len(brought.decisions)} decisions taken; they hold from the next run on")
    if laid:
        click.echo(f"{len(laid)} files laid into {opened.root / folder_of(file)}")
    if brought.settings:
        click.echo(f"add to voc.toml:\n\n{brought.settings}")
    return 0


def _rows(file: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(where it stands, row) of a CSV, JSON or JSON-lines file. Raises ConfigError."""
    from voc_engine.errors import ConfigError

    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read as UTF-8 text.", found=str(error)) from error
    yield from _json_rows(file, text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(file, text)


def _csv_rows(file: str, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import csv
    import io

    from voc_engine.errors import ConfigError

    rows = csv.DictReader(io.StringIO(text))
    missing = {"target", "target_id", "action"} - set(rows.fieldnames or ())
    if missing:
        raise ConfigError(
            f"{file} lacks the columns {', '.join(sorted(missing))}.",
            found=", ".join(rows.fieldnames or ()) or "no header",
            do="see 'voc import --help'",
        )
    for row in rows:
        yield f"line {rows.line_num}", row


def _json_rows(file: str, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import json

    from voc_engine.errors import ConfigError

    try:
        lines = text.lstrip().startswith("{")
        records = [json.loads(line) for line in text.splitlines() if line.strip()] if lines else json.loads(text)
    except ValueError as error:
        raise ConfigError(
            f"{file} is not sound JSON.", found=str(error), do="write one array of objects, or one object per line"
        ) from error
    for number, row in enumerate(records, 1):
        if not isinstance(row, dict):
            raise ConfigError(f"{file}, record {number} is no object.", found=repr(row)[:80])
        cells = {key: " ".join(map(str, value)) if isinstance(value, list) else value for key, value in row.items()}
        yield f"record {number}", {key: None if value is None else str(value) for key, value in cells.items()}


def _decision(row: Mapping[str, str | None], where: str) -> Decision:
    from voc_engine.errors import ConfigError, nearest
    from voc_engine.records import BARE_ACTIONS, Decision, fault_of

    fields = {key: (row.get(key) or "").strip() for key in _FIELDS}
    value, author, comment = (fields[key] or None for key in ("value", "author", "comment"))
    decision = Decision(fields["target"], fields["target_id"], fields["action"], value, author, comment)
    fault = fault_of(decision)
    if fault is None:
        return decision
    wrong, word, right = fault
    bare = ", ".join(repr(one) for one in BARE_ACTIONS)
    hint = nearest(word, right) if right else f"fill both in; only {bare} need no value"
    raise ConfigError(f"{where}: {wrong}.", do=hint)


def _refuse_circles(decisions: list[Decision], file: str) -> None:
    """Raises ConfigError where merges of one file lead back to where they began: nobody could say what is left."""
    from voc_engine.errors import ConfigError

    into = {(one.target, one.target_id): one.value for one in decisions if one.action == "merge"}
    for target, start in into:
        visited, at = {start}, into[target, start]
        while at is not None:
            if at in visited:
                raise ConfigError(
                    f"{file}: merges go round in a circle.", found=f"{target} {start}", do="leave one of them out"
                )
            visited.add(at)
            at = into.get((target, at))
