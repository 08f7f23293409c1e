"""The run in formats of other tools, to download from the app: what 'voc export' writes."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.exchange.contract import ExportFormat
from voc_engine.exchange.exporting import export_format, view_of
from voc_engine.exchange.zip_archive import zipped
from voc_engine.registry import component, names
from voc_engine.store.workspace import Workspace

# These ask for more than a click: the vault, a browser that draws, a template of one's own.
_ASKED_FOR = ("crm", "pdf", "svg", "persona_cards")


@dataclass(frozen=True, slots=True)
class Offer:
    """A format as the page offers it; ``key`` is its name without the version."""

    key: str
    does: str


def offers() -> list[Offer]:
    """Every format that can be taken with one click, spreadsheets first."""
    by_key: dict[str, Offer] = {}
    for name in names("export format"):
        key = name.rpartition(".v")[0]
        if key not in _ASKED_FOR:
            exporter: ExportFormat = component("export format", name)
            by_key[key] = Offer(key, exporter.does)
    return sorted(by_key.values(), key=lambda one: (one.key not in ("xlsx", "csv"), one.key))


def export(workspace: Workspace, run_id: str, key: str) -> tuple[str, bytes] | None:
    """(name of the file, content); several files as one archive. None for a format that is not offered."""
    if key not in {one.key for one in offers()}:
        return None
    chosen = export_format(key)
    files = list(chosen.write(view_of(workspace, run_id), frozenset()).files)
    if chosen.suffix and len(files) == 1:
        return f"{run_id}-{key}{chosen.suffix}", files[0][1]
    return f"{run_id}-{key}.zip", zipped(files)
