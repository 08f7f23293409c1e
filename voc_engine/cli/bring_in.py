"""voc import: what people decided, from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voc_engine.records import Decision


@click.command("import")
@click.argument("what", metavar="FORMAT", type=click.Choice(["decisions"]))
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--workspace", type=click.Path(file_okay=False), default=".", show_default=True, help="Folder of the workspace."
)
def bring_in(what: str, file: str, workspace: str) -> int:
    """Bring decisions from FILE into the workspace; every later run replays them.

    FILE is CSV with the columns target (mention, insight, persona or topic), target_id, action (rename, reject or
    relabel) and value (the new name, or the new kind of a mention); author and comment are optional. Ids stand in the
    result tables and on the pages. Either all rows are taken or none.

    \b
    Example:
      voc import decisions decisions.csv --workspace my-study
    """
    import csv
    import io

    from voc_engine.errors import ConfigError
    from voc_engine.store.workspace import Workspace

    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} cannot be read as UTF-8 text.", found=str(error)) from error
    rows = csv.DictReader(io.StringIO(text))
    missing = {"target", "target_id", "action"} - set(rows.fieldnames or ())
    if missing:
        raise ConfigError(
            f"{file} lacks the columns {', '.join(sorted(missing))}.",
            found=", ".join(rows.fieldnames or ()) or "no header",
            do="see 'voc import --help'",
        )
    decisions = [_decision(row, f"{file}, line {rows.line_num}") for row in rows]
    count = Workspace(Path(workspace).resolve()).decisions.append(decisions)
    click.echo(f"{count} decisions taken; they hold from the next run on")
    return 0


def _decision(row: Mapping[str, str | None], where: str) -> Decision:
    from voc_engine.errors import ConfigError, nearest
    from voc_engine.records import DECISION_ACTIONS, MENTION_KINDS, Decision

    given = {
        key: (row.get(key) or "").strip() for key in ("target", "target_id", "action", "value", "author", "comment")
    }
    if given["target"] not in DECISION_ACTIONS:
        raise ConfigError(
            f"{where}: unknown target {given['target']!r}.", do=nearest(given["target"], DECISION_ACTIONS)
        )
    if given["action"] not in DECISION_ACTIONS[given["target"]]:
        raise ConfigError(
            f"{where}: a {given['target']} cannot be given the action {given['action']!r}.",
            do=nearest(given["action"], DECISION_ACTIONS[given["target"]]),
        )
    if not given["target_id"] or (given["action"] != "reject" and not given["value"]):
        raise ConfigError(f"{where}: target_id or value is empty.", do="fill both in; only 'reject' needs no value")
    if given["action"] == "relabel" and given["value"] not in MENTION_KINDS:
        raise ConfigError(f"{where}: unknown kind {given['value']!r}.", do=nearest(given["value"], MENTION_KINDS))
    return Decision(**{key: value or None for key, value in given.items()})  # type: ignore[arg-type]
