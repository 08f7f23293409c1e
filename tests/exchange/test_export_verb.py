"""voc export and voc verify EXPORT, as a user sees them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tiny_study import TinyStudy

from voc_engine.exchange.exporting import told_name
from voc_engine.registry import names

# In that of agreement there are some once somebody has coded: tests/review/test_second_coder.py.
WITHOUT_QUOTES = ("agreement.v1", "refi_qdc.v1")


def test_without_a_format_they_are_listed(first_run: TinyStudy) -> None:
    told = first_run.voc("export")
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines() if line[0] != " "] == [
        told_name(name) for name in names("export format")
    ]
    assert "_" not in "".join(line.split()[0] for line in told.out.splitlines())


@pytest.mark.parametrize(
    "said", ["persona-cards", "persona_cards", "Persona-Cards", "persona_cards.v1", "persona-cards.v1"]
)
def test_a_name_is_taken_with_hyphens_or_underscores_and_told_with_hyphens(
    first_run: TinyStudy, tmp_path: Path, said: str
) -> None:
    told = first_run.voc("export", said, "--format", "svg", "--out", str(tmp_path))
    assert told.code == 0, told.err
    assert told.err.startswith("persona-cards: ")


def test_an_unknown_format_gets_the_nearest(first_run: TinyStudy) -> None:
    told = first_run.voc("export", "cvs")
    assert told.code == 2
    assert "did you mean 'csv'?" in told.err


def test_an_unknown_switch_is_refused(first_run: TinyStudy) -> None:
    told = first_run.voc("export", "csv", "--with", "row")
    assert told.code == 2
    assert "did you mean 'raw'?" in told.err


@pytest.mark.parametrize("name", names("export format"))
def test_what_is_exported_verifies_and_comes_out_the_same_again(
    first_run: TinyStudy, tmp_path: Path, name: str
) -> None:
    """Into a folder or a file as the format likes; every quote in it is found in the sources by its id."""
    places = [tmp_path / "one", tmp_path / "two"]
    written = []
    for place in places:
        told = first_run.voc("export", name, "--out", str(place))
        assert told.code == 0, told.err
        written.append(
            {Path(path).relative_to(tmp_path).parts[1:]: Path(path).read_bytes() for path in told.out.split()}
        )
    assert written[0] == written[1]
    if name in WITHOUT_QUOTES:
        return
    checked = first_run.voc("verify", str(places[0]), "--as", name)
    assert checked.code == 0, checked.err
    assert f"quotes of {told_name(name)} are what was said in {first_run.run_id}" in checked.out


def test_a_changed_quote_is_found(first_run: TinyStudy, tmp_path: Path) -> None:
    assert first_run.voc("export", "csv", "--out", str(tmp_path)).code == 0
    path = tmp_path / "quotes.csv"
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    rows[0]["Quote"] = rows[0]["Quote"].replace("e", "a")
    with path.open("w", encoding="utf-8", newline="") as sink:
        table = csv.DictWriter(sink, rows[0])
        table.writeheader()
        table.writerows(rows)
    told = first_run.voc("verify", str(tmp_path))
    assert told.code == 3
    assert "A quote is not what was said." in told.err
    assert rows[0]["Quote id"] in told.err


def test_something_else_is_no_export(first_run: TinyStudy) -> None:
    told = first_run.voc("verify", "reviews.csv")
    assert told.code == 2
    assert "No quotes were found" in told.err


def test_a_choice_of_kinds_is_narrowed_and_counted(first_run: TinyStudy, tmp_path: Path) -> None:
    assert first_run.voc("export", "json", "--out", str(tmp_path / "all.json")).code == 0
    told = first_run.voc(
        "export", "json", "--documents", "review", "--kind", "pain_point", "--out", str(tmp_path / "some.json")
    )
    whole, some = (json.loads((tmp_path / f"{name}.json").read_text())["tables"] for name in ("all", "some"))
    assert {one["kind"] for one in whole["documents"]} == {"interview", "review"}
    assert {one["kind"] for one in some["documents"]} == {"review"}
    assert {one["kind"] for one in some["mentions"]} == {"pain_point"}
    left = len(whole["documents"]) - len(some["documents"])
    assert f"not carried: {left} documents of kinds that were not asked for" in told.err


def test_beside_the_reports_it_goes_with_its_run(study: TinyStudy) -> None:
    """What 'voc forget' removes from a run must not stay in its export."""
    path = Path(study.voc("export", "json").out.strip())
    assert path.is_relative_to(study.root / "reports")
    assert "invoice page" in path.read_text(encoding="utf-8")
    assert study.voc("forget", "Kofi Boateng", "--yes").code == 0
    assert not path.exists()
