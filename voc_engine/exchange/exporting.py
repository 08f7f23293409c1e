"""From a finished run to files of one format: the view, the format, and what did not go along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from voc_engine.config import Config
from voc_engine.errors import ConfigError, StageError, VocError, nearest
from voc_engine.exchange.contract import Export, ExportFormat, NotCarried, TakesOptions
from voc_engine.exchange.run_view import RunView
from voc_engine.records import Decision
from voc_engine.registry import component, names
from voc_engine.report.contract import Study
from voc_engine.report.diff.compare import Difference, compare
from voc_engine.report.diff.sides import load
from voc_engine.report.publish import published_records
from voc_engine.store.workspace import Workspace, write_bytes

_KIND = "export format"


@dataclass(frozen=True)
class Exported:
    """``format`` as people write it, ``paths`` that were written in order, ``n_quotes`` that went along, ``not_carried``
    and why."""

    format: str
    paths: tuple[Path, ...]
    n_quotes: int
    not_carried: tuple[NotCarried, ...]


def export_format(name: str) -> ExportFormat:
    """The format of a name, with or without its version ("xlsx", "refi-qda"). Raises ConfigError with the nearest."""
    return component(_KIND, registered(_KIND, name))  # type: ignore[no-any-return]


def told_name(registered_name: str) -> str:
    """A format as people write it: "refi-qda" of "refi_qda.v1"."""
    return registered_name.rpartition(".v")[0].replace("_", "-")


def with_options(chosen: ExportFormat, options: Mapping[str, Sequence[str]]) -> ExportFormat:
    """The format as these options make it. Raises ConfigError for one that it does not have."""
    allowed = chosen.options if isinstance(chosen, TakesOptions) else {}
    for option in sorted(set(options) - set(allowed)):
        raise ConfigError(
            f"The format {told_name(chosen.name)} has no option {option!r}.",
            do=nearest(option, allowed) if allowed else "it has no options at all",
        )
    return chosen.given(options) if isinstance(chosen, TakesOptions) else chosen


def registered(kind: str, written: str) -> str:
    """The registered name that is meant: the newest version where none is said. Raises ConfigError."""
    name = written.replace("-", "_").lower()
    versions = {one: int(one.rpartition(".v")[2]) for one in names(kind) if name in (one, one.rpartition(".v")[0])}
    if not versions:
        raise ConfigError(
            f"There is no {kind} {written!r}.", do=nearest(told_name(f"{name}.v1"), list(map(told_name, names(kind))))
        )
    return max(versions, key=lambda one: versions[one])


def view_of(workspace: Workspace, run_id: str) -> RunView:
    """A finished run as formats see it. Raises ConfigError where it is not there."""
    tables = published_records(workspace, run_id)
    manifest = workspace.manifest(run_id)
    assert manifest is not None, "published_records has read it"
    config = Config.model_validate(manifest["config"])
    decided = decisions_of(workspace, manifest)
    study = Study(run_id, config.study.name, config.study.question, config, tables, decisions=decided)
    return RunView(study, since=partial(_since, workspace, run_id), workspace=workspace)


def _since(workspace: Workspace, run_id: str) -> Difference | None:
    """The run held against the one before, of which tables may be too old to be read: then there is nothing to say."""
    before = workspace.earlier(run_id)
    if before is None:
        return None
    try:
        old = load(workspace, before)
    except VocError:
        return None
    return compare(old, load(workspace, run_id))


def decisions_of(workspace: Workspace, manifest: Mapping[str, Any]) -> tuple[Decision, ...]:
    """The decisions that were in force when the run was made."""
    last = manifest.get("given", {}).get("decisions", {}).get("last", 0)
    return tuple(workspace.decisions.in_force(last))


def export(
    workspace: Workspace,
    run_id: str,
    format_name: str,
    out: Path | None = None,
    *,
    documents: Iterable[str] = (),
    kinds: Iterable[str] = (),
    switches: Iterable[str] = (),
    options: Mapping[str, Sequence[str]] | None = None,
) -> Exported:
    """Write a run in one format, and tell what went along and what did not.

    ``out`` is the file to write (a folder where the format has several files); beside the reports if None. ``documents``
    and ``kinds`` narrow what is written to these kinds of documents and mentions. ``options`` are the format's own, name ->
    values. Raises ConfigError for a format, switch or option that is not there, StoreError where nothing can be written.
    """
    chosen = with_options(export_format(format_name), options or {})
    wanted = frozenset(switches)
    for switch in sorted(wanted - set(chosen.switches)):
        raise ConfigError(
            f"The format {told_name(chosen.name)} has no switch {switch!r}.",
            do=nearest(switch, chosen.switches) if chosen.switches else "it has no switches at all",
        )
    view = view_of(workspace, run_id).narrowed(frozenset(documents), frozenset(kinds))
    result = chosen.write(view, wanted)
    target = out or workspace.report(f"export-{run_id}") / f"{told_name(chosen.name)}{chosen.suffix}"
    paths = tuple(_write(result, chosen, target))
    return Exported(
        told_name(chosen.name),
        paths,
        len(view.quotes) if result.n_quotes is None else result.n_quotes,
        (*_held_back(view), *(one for one in result.not_carried if one.count)),
    )


def _held_back(view: RunView) -> Iterable[NotCarried]:
    if view.n_withheld:
        yield NotCarried("quotes of people who did not consent to be quoted to these readers", view.n_withheld)
    for what, count in view.left_out:
        yield NotCarried(what, count)


def _write(result: Export, chosen: ExportFormat, target: Path) -> Iterable[Path]:
    for path, content in result.files:
        relative = PurePosixPath(path)
        if not path or relative.is_absolute() or ".." in relative.parts or "\\" in path or ":" in relative.parts[0]:
            raise StageError(
                f"The export format {chosen.name} names a file outside its folder.",
                found=repr(path),
                do="mend the format: paths are relative, with forward slashes",
            )
        written = target if chosen.suffix else target / path
        write_bytes(written, content)
        yield written
