"""Labels of real sentences whose texts lie elsewhere: read by their places, and refused where the text is another."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tiny_study import run_voc

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets import placed_names
from voc_engine.evaluation.sets.gold_file import Source

TEXT = "I rang up Petra Lang about the roof."
HEAD = "id\thalf\tsource\trow\tstart\tend\thash\tspans\n"
REAL = Path(__file__).parents[2] / "corpora" / "redaction" / "real.tsv"


def _set(folder: Path, said: str = TEXT) -> Path:
    (folder / "talk.md").write_text(f"# Roof\n{said}\n", encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()[:16]
    labels = folder / "labels.tsv"
    labels.write_text(f"{HEAD}H1\theld\ttalk.md\t1\t0\t{len(TEXT)}\t{digest}\tperson:10-20\n", encoding="utf-8")
    return labels


def test_a_label_finds_its_words_in_the_file(tmp_path: Path) -> None:
    labels = _set(tmp_path)
    (row,) = placed_names.read(Source(labels, tmp_path), tmp_path)
    assert (row.is_held, [row.text[start:end] for start, end, _ in row.spans]) == (True, ["Petra Lang"])
    told = run_voc("evaluate", "--gold", str(tmp_path), "--only", "redaction-real", "--set", f"redaction-real={labels}")
    assert told.code == 0
    assert "1/1 1.000" in told.out
    assert "1 real sentences" in told.out


def test_another_text_than_was_labelled_is_refused(tmp_path: Path) -> None:
    labels = _set(tmp_path, "I rang up Petra Lund about the roof.")
    with pytest.raises(ConfigError, match="another text"):
        placed_names.read(Source(labels, tmp_path), tmp_path)


def test_the_halves_share_no_document() -> None:
    rows = [line.split("\t") for line in REAL.read_text(encoding="utf-8").splitlines()[1:]]
    held = [row for row in rows if row[1] == "held"]
    assert len(held) >= 400
    places = {half: {(row[2], row[3]) for row in rows if row[1] == half} for half in ("development", "held")}
    assert not places["development"] & places["held"]
