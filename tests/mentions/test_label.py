"""voc label: every row and column kept, labels added, bad rows counted, wrong use named."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from voc_engine.cli.label import label
from voc_engine.errors import ConfigError
from voc_engine.mentions.rows import COLUMNS


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(label, [str(one) for one in arguments], standalone_mode=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    path = tmp_path / "reviews.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "body"])
        writer.writerow(["1", "I love it.\nBut the app crashes! Please fix it."])
        writer.writerow(["=2", "=I can't export"])
    return path


def test_labels_are_added_and_the_users_cells_stay_as_they_were(reviews: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run(reviews, "--text-column", "body", "--out", out, "--quiet").return_value == 0
    first, second = rows(out)
    assert list(first) == ["id", "body", *COLUMNS]
    before = [row["body"] for row in rows(reviews)]
    assert [first["body"], second["body"]] == [before[0], f"'{before[1]}"], "but for what a spreadsheet would run"
    assert second["id"] == "'=2"
    assert min(float(first[kind]) for kind in ("pain_point", "request")) >= 0.5
    assert float(second["pain_point"]) >= 0.5 > float(second["delight"])
    assert second["sentiment"] == "negative"


def test_csv_to_json_lines_and_back(reviews: Path, tmp_path: Path) -> None:
    lines, back = tmp_path / "out.jsonl", tmp_path / "back.csv"
    run(reviews, "--text-column", "body", "--out", lines, "-q")
    labelled = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert isinstance(labelled[0]["pain_point"], float)
    run(lines, "--text-column", "body", "--out", back, "-q")
    again = rows(back)
    assert [row["body"].removeprefix("'") for row in again] == [row["body"] for row in labelled]
    assert [row["voc_sentiment"] for row in again] == [row["sentiment"] for row in labelled]


def test_standard_output_holds_the_rows_and_nothing_else(reviews: Path) -> None:
    result = run(reviews, "--text-column", "body")
    assert [row["id"] for row in csv.DictReader(result.stdout.splitlines(keepends=True))] == ["1", "=2"]
    assert "2 rows" in result.stderr


def test_bad_rows_keep_their_place_and_make_the_exit_code_one(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"t": "It crashes."}\nno json\n{"t": null}\n{"t": "  "}\n{"u": 1}\n', "utf-8")
    result = run(source, "--text-column", "t", "--out", out, "-q")
    assert result.return_value == 1
    assert "4 of 5 rows" in result.stderr
    assert "line 2" in result.stderr
    written = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["pain_point"] is None for row in written] == [False, True, True, True, True]
    assert written[1]["unreadable"] == "no json"
    assert written[4]["u"] == 1


def test_a_row_in_another_language_keeps_its_place_without_labels(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    german = "Die App stürzt jedes Mal ab, wenn ich eine Rechnung öffne."
    source.write_text(f'id,t\n1,The app crashes every time I open it.\n2,"{german}"\n3,Ok merci\n4,\n', "utf-8")
    result = run(source, "--text-column", "t", "--out", out)
    found = rows(out)
    assert [(row["id"], row["language"], bool(row["pain_point"])) for row in found] == [
        ("1", "en", True), ("2", "de", False), ("3", "", True), ("4", "", False),
    ]  # fmt: skip
    assert "1 of 4 rows are in another language" in result.stderr
    assert "1 in German (de)" in result.stderr
    assert "1 of 4 rows could not be read" in result.stderr
    assert result.return_value == 1


def test_another_language_alone_is_no_fault_and_can_be_labelled(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"t": "L'application plante à chaque fois que j'ouvre une facture.", "language": "French"}
    source.write_text(json.dumps(row) + "\n", "utf-8")
    assert run(source, "--text-column", "t", "--out", out, "-q").return_value == 0
    assert json.loads(out.read_text("utf-8")) == {
        **row, **dict.fromkeys(name for name in COLUMNS if name != "language"), "voc_language": "fr",
    }  # fmt: skip
    result = run(source, "--text-column", "t", "--out", out, "--any-language")
    assert isinstance(json.loads(out.read_text("utf-8"))["pain_point"], float)
    assert "another language" not in result.stderr


def test_short_and_long_csv_rows_lose_no_cell(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,t\n1,It crashes.,more\n2\n", "utf-8")
    assert run(source, "--text-column", "t", "--out", out, "-q").return_value == 1
    cells = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert cells[1][:2] == ["1", "It crashes."]
    assert cells[1][-1] == "more"
    assert cells[2][0] == "2"


def test_semicolons_and_windows_encoding_are_understood(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("name;text\nZoë;The café app crashes\n".encode("cp1252"))
    run(source, "--text-column", "text", "--out", out, "-q")
    assert rows(out)[0]["name"] == "Zoë"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["reviews.csv", "--text-column", "bdy"], "body"),
        (["reviews.csv", "--text-column", "body", "--out", "reviews.csv"], "another file"),
        (["reviews.csv", "--text-column", "body", "--out", "out.xlsx"], ".csv"),
        (["missing.csv", "--text-column", "body"], "path"),
        (["reviews.csv", "--text-column", "body", "--extractor", "head.v1"], "heads.v1"),
        (["reviews.csv", "--text-column", "body", "--out", "no/such/out.csv"], "folder"),
    ],
)
def test_wrong_use_tells_what_to_do(
    arguments: list[str], hint: str, reviews: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = reviews.read_bytes()
    result = run(*arguments)
    assert isinstance(result.exception, ConfigError)
    assert hint in result.exception.do
    assert reviews.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["reviews.csv"]


def test_the_module_loads_nothing_but_click() -> None:
    code = (
        "import sys, voc_engine.cli.label; "
        "sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'pandas', 'pydantic', 'rich', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_has_an_example() -> None:
    assert "voc label reviews.csv --text-column" in CliRunner().invoke(label, ["--help"]).output
