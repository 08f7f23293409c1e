"""The architecture page: rooms, layers, flow and plug-ins, as the code has them."""

from __future__ import annotations

import ast
from configparser import ConfigParser
from pathlib import Path

import voc_engine
from voc_engine.passes import Pass, Stage
from voc_engine.pipeline import FLOW
from voc_engine.registry import GROUPS, names

PACKAGE = Path(voc_engine.__file__).parent
_INTRO = """A run reads source files and writes a report. Between them stand **stages**, each a room of its own that turns
records into records and knows neither another stage nor the disk, and *passes*, which look at the whole study.
`voc_engine/pipeline.py` lists both with what they read and write. The runners read that list, name each part of the
work by the hash of all that it depends on, and compute what is missing. That is how a killed run goes on, how new files
cost only themselves, and how `voc verify` can do all of it again.

To change something, see [CONTRIBUTING](../CONTRIBUTING.md). The words are in the [glossary](glossary.md)."""
_FLOW_NOTE = (
    "Arrows lead from whatever wrote a table last to what reads it. [The flow](flow.md) has the tables by name."
)
_LAYERS_NOTE = (
    "A room may import what stands below it and nothing above or beside it; `.importlinter` holds it. Reading a room means"
    " reading its `__init__.py`, then `stage.py` where it is a stage."
)
_PLUGINS_NOTE = (
    "Found through entry points by a versioned name; those that come along are registered in the same way."
    " [Plug-ins](plugins.md) shows how to write one."
)
_LISTED = 8  # names from which on the page of formats lists them
# Kind of component -> its room; the contract is in contract.py there.
_LISTS = dict.fromkeys(GROUPS, "[Formats](formats.md)") | dict.fromkeys(
    ("export format", "import format"), "[Exchange](exchange.md)"
)
_ROOMS = {
    "reader": "ingest",
    "embedder": "embed",
    "topic model": "topics",
    "mention extractor": "mentions",
    "report format": "report",
    "export format": "exchange",
    "import format": "exchange",
}


def architecture_page() -> str:
    """The page without its note."""
    parts = [
        "# Architecture", _INTRO,
        "## The flow", _FLOW_NOTE, _drawing(),
        "## The rooms, from the top down", _LAYERS_NOTE, _rooms(),
        "## Plug-ins", _PLUGINS_NOTE, _plugins(),
        "## On disk", _DISK,
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


_DISK = """| path in a workspace | what it is |
|---|---|
| `.voc/parts/<stage>/` | immutable parts, named by the hash of what they depend on; one that exists is done |
| `.voc/runs/` | a manifest per run: inputs with hashes, versions, options, parts |
| `.voc/decisions.sqlite` | people's decisions, appended and never changed |
| `.voc/answers.sqlite` | what a language model answered, where one is configured |
| `.voc/vault.sqlite` | who is who: names and addresses to pseudonyms |
| `.voc/rates.json` | how long a document took here by stage, for `voc plan` |
| `reports/<run>/` | pages and tables that people read |"""


def _drawing() -> str:
    """A Mermaid drawing of the map: a box per stage, a rounded one per pass."""
    lines = ["```mermaid", "flowchart TD"]
    lines += [
        f"    {one.name}[{one.name}]" if isinstance(one, Stage) else f"    {one.name}([{one.name}])" for one in FLOW
    ]
    for number, one in enumerate(FLOW):
        lines += [f"    {writer} --> {one.name}" for writer in _writers(one, FLOW[:number])]
    stages = [one.name for one in FLOW if isinstance(one, Stage)]
    lines += [f"    {stages[-2]} --> {stages[-1]}", "```"]
    return "\n".join(lines)


def _writers(reader: Pass, before: tuple[Pass, ...]) -> list[str]:
    """What wrote each table last that ``reader`` reads, in the order of the map."""
    last = {table: one.name for one in before for table in one.writes}
    wanted = {last[table] for table in reader.reads if table in last}
    return [one.name for one in before if one.name in wanted]


def _rooms() -> str:
    lines = ["| room | what it is for |", "|---|---|"]
    for layer in _layers():
        lines += [f"| `{room}` | {_purpose(room)} |" for room in layer]
    return "\n".join(lines)


def _layers() -> list[list[str]]:
    """The rooms by layer, top down, as the import contract has them."""
    linter = ConfigParser()
    linter.read(PACKAGE.parent / ".importlinter", encoding="utf-8")
    layers = linter["importlinter:contract:layers"]["layers"].split("\n")
    return [
        [room.strip().removeprefix("voc_engine.") for room in layer.split("|")] for layer in layers if layer.strip()
    ]


def _purpose(room: str) -> str:
    folder = PACKAGE / room
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def _plugins() -> str:
    lines = ["| component | contract | that come along |", "|---|---|---|"]
    for kind in GROUPS:
        known = names(kind)
        told = ", ".join(f"`{name}`" for name in known) if len(known) < _LISTED else f"{len(known)}: {_LISTS[kind]}"
        lines.append(f"| {kind} | `voc_engine/{_ROOMS[kind]}/contract.py` | {told} |")
    return "\n".join(lines)
