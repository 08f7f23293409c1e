"""voc evaluate as a user meets it, with the heads that come with the program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from gold_folder import make
from plain_extractor import Plain, embed, split
from tiny_study import Outcome

from voc_engine.cli.evaluate import evaluate
from voc_engine.evaluation.goldsets import SETS
from voc_engine.interface import labelled
from voc_engine.mentions.row_labelling import Labeller

Voc = Callable[..., Outcome]


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, voc: Voc) -> tuple[Outcome, Path]:
    """One run over every set but one, and the folder that it wrote."""
    folder = tmp_path_factory.mktemp("evaluation")
    make(folder / "gold", "gold/goemotions-ekman-dev.tsv")
    told = voc("evaluate", "--gold", "gold", "--out", "figures", folder=folder)
    return told, folder / "figures"


def test_the_table_names_every_set_and_what_was_not_found(measured: tuple[Outcome, Path]) -> None:
    told, _ = measured
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].split()[:5] == ["set", "measure", "n", "ours", "95%"]
    there = [one.name for one in SETS if one.name != "goemotions"]
    assert [line.split()[0] for line in lines[1 : len(there) + 1]] == there
    assert "goemotions: not found: gold/gold/goemotions-ekman-dev.tsv" in lines
    assert "Extractor heads.v1; each text is labelled as 'voc label' does it." in lines


def test_the_files_hold_the_same_figures(measured: tuple[Outcome, Path]) -> None:
    _, figures = measured
    sheet = json.loads((figures / "evaluation.json").read_text(encoding="utf-8"))
    with open(figures / "evaluation.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sheet["extractor"] == "heads.v1"
    assert list(sheet["missing"]) == ["goemotions"]
    assert [row["set"] for row in rows] == [one["set"] for one in sheet["sets"]]
    # What no made row is, and nothing is called, has no figure.
    unseen = {one["set"] for one in sheet["sets"] if one["ours"] is None}
    assert "voc-dev-objection" in unseen
    assert unseen <= {"suggestions-A-natural", "suggestions-B-natural", "talk-objection", "voc-dev-objection"}
    for row, one in zip(rows, sheet["sets"], strict=True):
        if one["ours"] is None:
            continue
        assert (-1 if one["measure"] == "kappa" else 0) <= one["ours_low"] <= one["ours"] <= one["ours_high"] <= 1
        assert float(row["ours"]) == one["ours"]
        assert one["rows_per_second"] > 0
    text = (figures / "evaluation.md").read_text(encoding="utf-8")
    assert text.startswith("| set | measure | n | ours | 95% | with it | precision | recall | average precision |")
    assert "- suggestions-A: SemEval-2019 task 9 A" in text


def test_kinds_are_told_at_the_shipped_threshold_for_each_kind_of_source(measured: tuple[Outcome, Path]) -> None:
    _, figures = measured
    kinds = json.loads((figures / "evaluation.json").read_text(encoding="utf-8"))["kinds"]
    with open(figures / "evaluation-kinds.csv", encoding="utf-8", newline="") as stream:
        assert [row["set"] for row in csv.DictReader(stream)] == [one["set"] for one in kinds]
    sources = {one["source"] for one in kinds if one["set"] == "voc-dev-pain_point"}
    assert sources == {"all", "review", "post", "ticket"}
    (forum,) = [one for one in kinds if one["set"] == "suggestions-A"]
    assert (forum["n"], forum["with_it"], forum["marked"]) == (4, 2, 2)
    assert (forum["precision"], forum["recall"], forum["average_precision"]) == (1.0, 1.0, 1.0)
    text = (figures / "evaluation.md").read_text(encoding="utf-8")
    assert "## At the shipped threshold, by kind of source" in text
    assert "| 10%, thinned |" in text


def test_pages_of_errors_go_to_the_folder_that_is_named(tmp_path: Path, voc: Voc) -> None:
    (tmp_path / "mine.csv").write_text("text,delight\nThe office is in Rome.,1\nI love the calendar.,1\n")
    told = voc("evaluate", "--labels", "mine.csv", "--errors", "errors", folder=tmp_path)
    assert told.code == 0
    assert "errors/index.md and 1 pages written." in told.err
    page = (tmp_path / "errors" / "yours-delight.md").read_text(encoding="utf-8")
    assert "The office is in Rome." in page.split("## Surest missed")[1]
    assert "calendar" not in page


def test_what_plain_sentences_are_taken_for(measured: tuple[Outcome, Path]) -> None:
    _, figures = measured
    sets = {one["set"]: one for one in json.loads((figures / "evaluation.json").read_text())["sets"]}
    assert sets["suggestions-A"]["ours"] == 1.0
    assert sets["negation-pairs"]["ours"] == 1.0
    assert sets["airline-pain"]["best_published"] is None
    assert sets["suggestions-A"]["best_published"] == 0.79


def test_figures_are_those_that_label_gives(tmp_path: Path, voc: Voc) -> None:
    """Long texts too: label splits them into sentences, and so must the measuring."""
    rows = ["Please add tabs. It rains.", "We met. It crashes every day, and I wait. Bye.", "It is blue. It is red."]
    lines = "".join(f'"{text}",{gold}\n' for text, gold in zip(rows, ("0", "1", "0"), strict=True))
    (tmp_path / "mine.csv").write_text("text,pain_point\n" + lines)
    assert voc("label", "mine.csv", "--text-column", "text", "--out", "l.csv", folder=tmp_path).code == 0
    with open(tmp_path / "l.csv", newline="") as stream:
        given = [float(row["voc_pain_point"]) for row in csv.DictReader(stream)]
    told = voc("evaluate", "--labels", "mine.csv", "--out", "f", folder=tmp_path)
    assert told.code == 0
    (one,) = json.loads((tmp_path / "f" / "evaluation.json").read_text())["sets"]
    said, true = [value >= 0.5 for value in given], [False, True, False]
    both = sum(a and b for a, b in zip(said, true, strict=True))
    assert one["ours"] == pytest.approx(2 * both / (sum(said) + sum(true)), abs=1e-6)
    assert one["set"] == "yours: pain_point"


def test_a_missed_floor_is_an_exit_code_only_when_asked_for(gold: Path, voc: Voc) -> None:
    (gold / "gold/suggestions-B-trial.csv").write_text("1,It rains.,1\n2,It pours.,1\n", encoding="utf-8")
    asked = ("evaluate", "--gold", str(gold), "--only", "suggestions-B")
    assert voc(*asked).code == 0
    told = voc(*asked, "--floors")
    assert told.code == 1
    assert "Below the floor: suggestions-B." in told.out
    assert voc("evaluate", "--gold", str(gold), "--only", "suggestions-A", "--floors").code == 0


def test_a_limit_is_told(gold: Path, voc: Voc) -> None:
    told = voc("evaluate", "--gold", str(gold), "--only", "suggestions-A", "--limit", "2")
    assert "A quick look: at most 2 rows of each set, the same ones in every run." in told.out
    assert told.out.splitlines()[1].split()[:3] == ["suggestions-A", "F1", "2"]


def test_another_file_takes_a_sets_place(gold: Path, voc: Voc) -> None:
    (gold / "mine.csv").write_text("1,Please add tabs.,1\n")
    told = voc("evaluate", "--set", "suggestions-A=mine.csv", folder=gold)
    assert told.code == 0
    assert told.out.splitlines()[1].split()[:4] == ["suggestions-A", "F1", "1", "1.000"]
    assert len([line for line in told.out.splitlines() if line.startswith("suggestions")]) == 1


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), "There is nothing to measure."),
        (("--gold", "nowhere"), "There is no folder nowhere."),
        (("--gold", "empty", "--only", "mams"), "no empty/gold/mams-train.csv"),
        (("--set", "mams"), "write --set NAME=FILE"),
        (("--set", "mamms=x.csv"), "did you mean 'mams'?"),
        (("--only", "redaction", "--set", "redaction=none.tsv"), "The redaction gold set is not there."),
        (("--only", "redaction-real", "--set", "redaction-real=l.csv"), "not the project's to copy"),
        (("--labels", "none.csv"), "There is no file none.csv."),
        (("--labels", "l.csv", "--baseline-labels", "none.csv"), "There is no file none.csv."),
        (("--labels", "l.csv", "--extractor", "head.v1"), "did you mean 'heads.v1'?"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, voc: Voc, arguments: tuple[str, ...], found: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "l.csv").write_text("text,goal\nI want it.,1\n")
    told = voc("evaluate", *arguments, folder=tmp_path)
    assert told.code == 2
    assert found in told.err
    assert "to do:" in told.err


def test_a_terminal_shows_a_table_with_lines_and_the_notes_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name, value in (("TERM", "xterm"), ("NO_COLOR", "1"), ("COLUMNS", "400")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(labelled, "labeller_for", lambda *_, **__: Labeller(Plain(), split, embed))
    (tmp_path / "mine.csv").write_text("text,pain_point\nThe desk was awful.,1\nIt was late.,0\n")
    with redirect_stdout(Terminal()) as screen:
        evaluate.main(["--labels", str(tmp_path / "mine.csv"), "--limit", "2", "-q"], standalone_mode=False)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", screen.getvalue()).splitlines()
    assert lines[0].startswith("┏")
    (row,) = [line for line in lines if "yours: pain_point" in line]
    assert [one.strip() for one in row.split("│")][2:5] == ["F1", "2", "0.667"]
    assert lines[-1] == "A quick look: at most 2 rows of each set, the same ones in every run."
