"""Writes the reference pages from the program itself: python -m docs.generate. A test holds them current."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pydantic import BaseModel

from docs.architecture import architecture_page
from voc_engine.cli import VERBS, cli
from voc_engine.config.sections import Config, SourceConfig
from voc_engine.exchange.json_study import schema
from voc_engine.passes import Stage
from voc_engine.pipeline import FLOW

HERE = Path(__file__).parent
_FLOW = """**Stages** turn parts into parts and know nothing of each other. *Passes* look at the whole study between
them: they take out of what is read what may not stay (remove), settle what one file alone leaves open (settle), hand
each part what it needs of the others (give), keep words from the readers (withhold), take in what a language model
says where one is configured (ask), and repeat people's decisions (replay), both after each stage whose tables they
write. `voc verify` runs all of it again."""
_NOTE = "<!-- Written by 'make docs' from the program itself. Do not edit. -->\n"


def commands_page() -> str:
    """Every verb with its help text."""
    lines = [_NOTE, "# Commands", "", "```text", _help(cli, "voc"), "```", ""]
    for verb in VERBS:
        command = cli.get_command(click.Context(cli), verb)
        assert command is not None
        lines += [f"## voc {verb}", "", "```text", _help(command, f"voc {verb}"), "```", ""]
    return "\n".join(lines)


def _help(command: click.Command, name: str) -> str:
    # As under 'voc': the group's settings, such as -h, hold for its verbs.
    settings = {**cli.context_settings, "terminal_width": 100, "max_content_width": 100}
    with click.Context(command, info_name=name, **settings) as context:
        return command.get_help(context)


def configuration_page() -> str:
    """Every key of the configuration with its default."""
    lines = [
        _NOTE,
        "# Configuration",
        "",
        "TOML, sections in the order of the flow. Paths are relative to the file.",
        "",
    ]
    for section, info in Config.model_fields.items():
        model = SourceConfig if section == "sources" else info.annotation
        assert isinstance(model, type)
        assert issubclass(model, BaseModel)
        lines += [
            f"## {'[[sources]]' if section == 'sources' else f'[{section}]'}",
            "",
            "| key | default | meaning |",
            "|---|---|---|",
        ]
        for key, field in model.model_fields.items():
            default = "required" if field.is_required() else f"`{field.get_default(call_default_factory=True)!r}`"
            lines.append(f"| `{key}` | {default.replace('`None`', 'absent')} | {field.description} |")
        lines.append("")
    return "\n".join(lines)


def stages_page() -> str:
    """The map as a table."""
    lines = [_NOTE, "# The flow", "", _FLOW, "", "| | does | reads | writes | kind |", "|---|---|---|---|---|"]
    for one in FLOW:
        reads, writes = (", ".join(kind.__name__ for kind in kinds) for kinds in (one.reads, one.writes))
        name = f"**{one.name}**" if isinstance(one, Stage) else f"*{one.name}*"
        lines.append(f"| {name} | {one.does} | {reads or '-'} | {writes or '-'} | {one.kind} |")
    return "\n".join([*lines, ""])


def schema_page() -> str:
    """JSON Schema of 'voc export json'."""
    return json.dumps(schema(), indent=1) + "\n"


PAGES = {
    "architecture.md": lambda: f"{_NOTE}\n{architecture_page()}",
    "commands.md": commands_page,
    "configuration.md": configuration_page,
    "flow.md": stages_page,
    "study.schema.json": schema_page,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
