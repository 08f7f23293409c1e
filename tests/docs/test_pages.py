"""The pages for users: commands exist, links lead somewhere, settings are accepted, columns are there."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs.generate import HERE, PAGES
from voc_engine.cli import VERBS, cli
from voc_engine.config import Config
from voc_engine.pipeline import STAGES
from voc_engine.records import InsightMember, Record, field_types
from voc_engine.registry import GROUPS, names
from voc_engine.report.data_tables import DERIVED
from voc_engine.store.results import CONTRACT

WRITTEN = sorted(path for path in HERE.glob("*.md") if path.name not in PAGES)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
each_page = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


def commands(page: Path) -> Iterator[list[str]]:
    for block in blocks(page, "bash"):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip():
                yield shlex.split(line, comments=True)


def check_voc(words: list[str]) -> None:
    """Raises a usage error of click for an unknown verb or option, or a value that an option cannot have."""
    if words[0].startswith("-"):
        cli.make_context("voc", words, resilient_parsing=True)
        return
    assert words[0] in VERBS, f"voc {words[0]} is no verb"
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None
    context = click.Context(command, info_name=words[0])
    given, left, _ = command.make_parser(context).parse_args(args=words[1:])
    assert not left, f"too many arguments: {left}"
    for option in command.params:
        if isinstance(option, click.Option) and isinstance(option.type, click.Choice) and option.name in given:
            option.type_cast_value(context, given[option.name])


@each_page
def test_every_command_is_one(page: Path, repository: Path) -> None:
    targets = re.findall(r"^(\w+):", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for words in commands(page):
        program = Path(words[0]).name
        if program == "voc":
            check_voc(words[1:])
        elif program == "make":
            assert set(words[1:]) <= set(targets), words
        elif program == "python" and words[1:2] == ["-m"]:
            place = repository.joinpath(*words[2].split("."))
            assert (place / "__main__.py").is_file() or place.with_suffix(".py").is_file(), words
        elif program == "dask":
            assert words[1] in ("scheduler", "worker"), words
        else:
            assert program in ("python3", "pip", "source", "chmod"), f"{words} is not checked by this test"


@pytest.mark.parametrize(
    "line",
    ["runn study", "run --fast", "run --runner cluster", "plan one two", "init --preset", "label a.csv --text review"],
)
def test_a_command_that_is_none_is_found(line: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)):
        check_voc(line.split())


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, fragment = link.partition("#")
        assert ":" not in path, f"{link}: pages link to pages of the repository only"
        target = (page.parent / path).resolve() if path else page
        assert target.is_file(), f"{link}: there is no {target}"
        if fragment:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
            assert fragment in anchors, f"{link}: no such heading; there are {sorted(anchors)}"


@each_page
def test_settings_are_accepted_and_components_exist(page: Path) -> None:
    known = {name for kind in GROUPS for name in names(kind)} | {"jot.v1", "jot.v2", "trigrams.v1"}
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"\b[a-z][a-z0-9_]*\.v\d+\b", text)) <= known
    for block in blocks(page, "toml"):
        Config.model_validate(tomllib.loads(block))
    for section, key in re.findall(r"`\[(\w+)\] (\w+)", text):
        section_model = Config.model_fields[section].annotation
        assert key in section_model.model_fields, f"[{section}] {key} is no setting"


def test_the_first_page_leads_to_every_page() -> None:
    assert {path.name for path in HERE.glob("*.md")} - {"index.md"} <= set(
        LINK.findall((HERE / "index.md").read_text(encoding="utf-8"))
    )


def test_every_reader_is_described() -> None:
    described = re.findall(r"^\| `(\w+\.v\d+)` \|", (HERE / "formats.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(described) == names("reader")
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\[all (\d+) formats\]\(docs/formats.md\)", readme) == [str(len(described))]


def described_tables() -> dict[str, tuple[list[str], list[str]]]:
    """Table -> (columns of the contract, further columns) as the page has them."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for section in (HERE / "tables.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        name = section.split("\n", 1)[0].strip()
        found[name] = ([], [])
        for line in section.splitlines():
            if line.startswith("| *further"):
                found[name][1].append("")
            elif line.startswith("| `"):
                columns = re.findall(r"`(\w+)`", line.split("|")[1])
                found[name][bool(found[name][1])].extend(columns)
        if found[name][1]:
            found[name][1].remove("")
    return found


def test_the_contract_is_described_column_by_column_in_its_order() -> None:
    assert {name: tuple(first) for name, (first, _) in described_tables().items() if first} == CONTRACT


_ESTIMATED = {"people_estimated", "people_low", "people_high"}  # of a sampled run


def test_every_further_column_is_described_and_none_that_is_not_there() -> None:
    records = {
        kind.table: kind
        for one in STAGES
        for kind in one.writes
        if isinstance(kind, type) and issubclass(kind, Record) and kind is not InsightMember
    }
    records |= {kind.table: kind for kind in DERIVED}
    described = described_tables()
    assert sorted(described) == sorted(records)
    for name, kind in records.items():
        first, further = described[name]
        extra = {"mentions": {"insight_id"}, "insights": {"parent", *_ESTIMATED}, "personas": _ESTIMATED}.get(
            name, set()
        )
        assert {*first, *further} == {*field_types(kind), *extra}, name
        assert len({*first, *further}) == len(first) + len(further), f"{name}: a column is described twice"
