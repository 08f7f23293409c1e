"""The command line: verbs, help, nearest names, exit codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tiny_study import Outcome, TinyStudy

from voc_engine.cli import VERBS, cli

Voc = Callable[..., Outcome]
HEAVY = (
    "torch", "sentence_transformers", "spacy", "bertopic", "pandas", "numpy", "pyarrow", "pydantic", "duckdb",
    "sklearn", "scipy", "matplotlib", "jinja2", "rich", "sqlite3",
)  # fmt: skip


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_module_and_help_with_an_example(verb: str, voc: Voc) -> None:
    told = voc(verb, "--help")
    assert told.code == 0
    assert command(verb).callback.__module__.startswith("voc_engine.cli.")  # type: ignore[union-attr]
    example = told.out.partition("Example:\n")[2]
    assert f"voc {verb}" in example


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_explained(verb: str) -> None:
    options = [one for one in command(verb).params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


@pytest.mark.parametrize("verb", VERBS)
def test_the_example_is_spelled_as_the_verb_wants_it(verb: str) -> None:
    """Each example's options exist: a help text that does not work is worse than none."""
    examples = (command(verb).help or "").partition("Example:")[2].split("voc ")[1:]
    assert examples
    for called, *words in (example.split() for example in examples):
        known = {name for one in command(called).params for name in one.opts}
        assert [word for word in words if word.startswith("-") and word.partition("=")[0] not in known] == []


def test_help_names_the_verbs_in_order_and_the_exit_codes(voc: Voc) -> None:
    told = voc("--help")
    assert told.code == 0
    lines = [
        line.split()[0] for line in told.out.partition("Verbs, in the order of work")[2].splitlines() if line.strip()
    ]
    assert [line for line in lines if line in VERBS] == list(VERBS)
    assert "Exit codes: 0 done, 1 done with input set aside, 2 wrong use or configuration, 3 failed." in " ".join(
        told.out.split()
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"], ["plan", "missing.toml"]])
def test_help_loads_no_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\nfrom voc_engine.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ','.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    loaded = set(done.stdout.splitlines()[-1].split(","))
    allowed = {"pydantic", "sqlite3", "pyarrow", "numpy"} if arguments[0] == "plan" else set()
    assert loaded & set(HEAVY) - allowed == set()
    assert "voc_engine" in loaded


def test_the_version_is_told(voc: Voc) -> None:
    import voc_engine

    assert voc("--version").out == f"voc, version {voc_engine.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rnu"], "There is no verb 'rnu': did you mean 'run'?"),
        (["verfy"], "did you mean 'verify'?"),
        (["run", "--worker", "2"], "--workers"),
        (["run", "--runner", "dask9"], "'local', 'processes'"),
        (["run", "--workers", "0"], "x>=1"),
        (["label"], "FILE"),
        (["init", "new", "missing.csv"], "missing.csv"),
        (["init", "new", "--preset", "interview"], "did you mean 'interviews'?"),
        (["run", "missing.toml"], "There is no configuration at missing.toml."),
        (["run", "."], "There is no configuration at voc.toml."),
        (["verify"], "No run has finished in this workspace."),
        (["ingest", "--explain", "missing.csv"], "There is no file missing.csv."),
        (["label", "missing.csv", "--text-column", "x"], "missing.csv"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(tmp_path: Path, voc: Voc, arguments: list[str], told: str) -> None:
    found = voc(*arguments, folder=tmp_path)
    assert found.code == 2
    assert told in found.err
    assert "Traceback" not in found.err
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_configuration_is_exit_code_2(fresh: TinyStudy) -> None:
    fresh.configure("segment", "max_wrds = 3")
    found = fresh.voc("run")
    assert found.code == 2
    assert "unknown key 'segment.max_wrds'" in found.err
    assert "did you mean 'max_words'?" in found.err
    assert not (fresh.root / ".voc").exists()


@pytest.mark.parametrize(
    ("section", "line", "near"),
    [
        ("embed", 'model = "minilm.v3"', "minilm.v2"),
        ("topics", 'model = "bertopic"', "bertopic.v1"),
        ("mentions", 'extractor = "head.v1"', "heads.v1"),
        ("report", 'formats = ["htm.v1"]', "html.v1"),
        ("[sources]", 'format = "csv"', "csv.v1"),
    ],
)
def test_an_unknown_component_is_exit_code_2_with_the_nearest(
    study: TinyStudy, section: str, line: str, near: str
) -> None:
    """Regression: a topic model was looked up only where there was enough to model, a format only at the end."""
    study.configure(section, line)
    assert study.voc("plan").code == 2
    parts = study.parts()
    found = study.voc("run")
    assert found.code == 2
    assert study.parts() == parts
    assert f"did you mean '{near}'?" in found.err


def test_a_closed_pipe_ends_quietly(first_run: TinyStudy) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "voc_engine", "label", "reviews.csv", "--text-column", "review", "-q"],
        cwd=first_run.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as done:  # fmt: skip
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        told = done.stderr.read()
    assert "Traceback" not in told
    assert "Exception ignored" not in told


def test_a_fault_of_our_own_is_no_traceback(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    from voc_engine.runners.engine import Engine

    def broken(_: Engine) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Engine, "execute", broken)
    found = study.voc("run")
    assert found.code == 3
    assert "ZeroDivisionError: division by zero" in found.err
    assert "to go on, run: voc run" in found.err
    assert "Traceback" not in found.err
    monkeypatch.setenv("VOC_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        study.voc("run")


def test_an_interrupted_run_says_how_to_go_on(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    from voc_engine.runners.engine import Engine

    def interrupted(_: Engine) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "execute", interrupted)
    found = study.voc("run")
    assert found.code == 3
    assert "Stopped." in found.err
    assert "Traceback" not in found.err
