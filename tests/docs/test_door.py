"""The door for those who come after: what CONTRIBUTING and the hooks name is there, and the changelog knows the version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import voc_engine

PATH = re.compile(r"`((?:(?:voc_engine|tests|docs|\.ci)/[\w./<>-]+|\.importlinter|pyproject\.toml|constraints\.txt))`")


def targets(repository: Path) -> set[str]:
    return set(re.findall(r"^(\w+):", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/plugins.md"])
def test_every_path_that_is_named_is_there(page: str, repository: Path) -> None:
    named = PATH.findall((repository / page).read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if "<" not in path and not (repository / path).exists()] == []


def test_every_target_and_link_of_contributing_is_there(repository: Path) -> None:
    text = (repository / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bmake (\w+)", text)) <= targets(repository)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    assert [link for link in links if not (repository / link).is_file()] == []


def test_the_hooks_fetch_nothing_and_run_what_the_targets_run(repository: Path) -> None:
    hooks = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [one["repo"] for one in hooks["repos"]] == ["local"]
    programs = {hook["entry"].split()[0] for one in hooks["repos"] for hook in one["hooks"]}
    assert {hook["language"] for one in hooks["repos"] for hook in one["hooks"]} == {"system"}
    made = (repository / "Makefile").read_text(encoding="utf-8").replace("$(BIN)", ".venv/bin")
    assert all(f"\t{program}" in made for program in programs)
    developers = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[><=]", name)[0] for name in developers["optional-dependencies"]["dev"]}
    assert {"ruff", "mypy", "import-linter", "deptry", "pre-commit", "pytest-cov"} <= declared


def test_the_changelog_has_a_section_per_version_newest_first(repository: Path) -> None:
    text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "Unreleased" or headings[0].startswith(voc_engine.__version__)
    versions = [version(found[0]) for one in headings if (found := re.match(r"\d+\.\d+\.\d+", one))]
    assert versions == sorted(set(versions), reverse=True)
    assert max(versions) <= version(voc_engine.__version__)


def version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split("."))
