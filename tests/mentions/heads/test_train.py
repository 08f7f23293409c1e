"""voc train as a user meets it, and refitted heads in use: by the verbs and in a study."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from labelled_rows import texts, write
from tiny_study import Outcome, TinyStudy

from voc_engine.errors import ConfigError
from voc_engine.mentions import chosen
from voc_engine.mentions.heads.card import FILES

Voc = Callable[..., Outcome]
HEADS = ("--extractor", "heads.v1")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, voc: Voc) -> tuple[Outcome, Path]:
    """What was told, and the folder with labelled.csv and the refitted heads in it."""
    folder = tmp_path_factory.mktemp("training")
    write(folder / "labelled.csv")
    return voc("train", "labelled.csv", "--text-column", "note", "--out", "mine", folder=folder), folder


def pain(voc: Voc, folder: Path, *given: str) -> list[float]:
    (folder / "new.csv").write_text("note\nThe kiosk is behind the café.\nThe bench is behind the café.\n", "utf-8")
    told = voc("label", "new.csv", "--text-column", "note", "--out", "out.csv", *HEADS, *given, folder=folder)
    assert told.code == 0, told.err
    with open(folder / "out.csv", encoding="utf-8", newline="") as stream:
        return [float(row["pain_point"]) for row in csv.DictReader(stream)]


def test_the_table_says_what_became_of_each_column(trained: tuple[Outcome, Path]) -> None:
    told, folder = trained
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[0].split()[:2] == ["column", "label"]
    (moved,) = [line for line in lines if line.startswith("pain_point")]
    assert moved.split()[1:4] == ["1", "48", "16"]
    before, after = (float(cell) for cell in moved.split()[4:6])
    assert after < before
    assert moved.endswith("refitted")
    assert next(line for line in lines if line.startswith("objection")).endswith("kept: 3 labels, 16 are needed")
    assert next(line for line in lines if line.startswith("emotion")).endswith(
        "not adaptable: the encoder alone reads it"
    )
    assert "48 rows of labelled.csv; labels: pain_point 48, objection 3, emotion 48." in lines
    assert sorted(path.name for path in (folder / "mine").iterdir()) == sorted(FILES)
    assert "| pain_point | 1 | 48 | 16 |" in (folder / "mine" / "card.md").read_text("utf-8")


def test_the_same_labels_give_the_same_bytes(trained: tuple[Outcome, Path], voc: Voc) -> None:
    _, folder = trained
    assert voc("train", "labelled.csv", "--text-column", "note", "--out", "again", "-q", folder=folder).code == 0
    assert all((folder / "again" / name).read_bytes() == (folder / "mine" / name).read_bytes() for name in FILES)


def test_refitted_heads_label_what_was_learnt(trained: tuple[Outcome, Path], voc: Voc) -> None:
    _, folder = trained
    shipped, own = pain(voc, folder), pain(voc, folder, "--heads", "mine")
    assert own[0] > max(own[1], shipped[0]) + 0.2
    assert pain(voc, folder) == shipped


def test_heads_written_anew_are_used_at_once(trained: tuple[Outcome, Path], voc: Voc, tmp_path: Path) -> None:
    """Regression: a process that had loaded a folder's heads kept them whatever was written there afterwards."""
    _, folder = trained
    shutil.copytree(folder / "mine", tmp_path / "heads")
    own = pain(voc, tmp_path, "--heads", "heads")
    with open(tmp_path / "other.csv", "w", encoding="utf-8") as stream:
        stream.write("note,pain_point\n" + "".join(f"{text},{int('bench' in text)}\n" for text in texts()))
    assert voc("train", "other.csv", "--text-column", "note", "--out", "heads", folder=tmp_path).code == 0
    new = pain(voc, tmp_path, "--heads", "heads")
    assert own[0] > own[1]
    assert new[0] < new[1]


def test_evaluate_measures_refitted_heads_and_says_which(trained: tuple[Outcome, Path], voc: Voc) -> None:
    _, folder = trained
    asked = ("evaluate", "--labels", "labelled.csv", "--text-column", "note", *HEADS)
    shipped, own = voc(*asked, folder=folder), voc(*asked, "--heads", "mine", folder=folder)
    assert own.code == 0
    f1 = [float(told.out.splitlines()[1].split()[4]) for told in (shipped, own)]
    assert f1[0] < f1[1]
    assert "Extractor heads.v1, heads refitted (" in own.out
    assert "refitted" not in shipped.out


def test_rows_without_text_are_counted_and_others_are_learnt_from(tmp_path: Path, voc: Voc) -> None:
    german = "Der Automat steht leider schon wieder direkt neben der alten Treppe im Bahnhof und niemand hilft uns."
    write(tmp_path / "l.csv", ("  ", "1", "", ""), (german, "1", "", ""), ("", "", "", ""))
    told = voc("train", "l.csv", "--text-column", "note", "--out", "mine", folder=tmp_path)
    assert told.code == 1
    assert "2 of 51 rows have no text in 'note': line 50, 52." in told.err
    assert "2 rows without text were left out." in told.out
    assert "1 rows in another language than English were left out." in told.out
    assert (tmp_path / "mine" / "heads.json").is_file()


def test_labels_too_few_for_any_head_leave_all_as_they_were(tmp_path: Path, voc: Voc) -> None:
    (tmp_path / "l.csv").write_text("text,goal\nI want a map.,1\nIt rains.,0\n")
    told = voc("train", "l.csv", "--out", "mine", folder=tmp_path)
    assert told.code == 0
    assert "kept: 2 labels, 16 are needed" in told.out
    assert pain(voc, tmp_path) == pain(voc, tmp_path, "--heads", "mine")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("text,pain_point\nfine,0\nbad,yes\n", ("l.csv, line 3, column 'pain_point'", "pain_point 'yes'")),
        ('text,sentiment\n"two\nlines",neutral\nbad,sad\n', ("l.csv, line 4, column 'sentiment'", "sentiment 'sad'")),
        ("text,goal\nno quotes, here,1\n", ("l.csv, line 2, cannot be understood", "more cells than columns")),
        ("review,goal\na,1\n", ("no column 'text'", "--text-column")),
        ("text,mood\na,1\n", ("no column of labels",)),
        ("text,emotion\na,joy\n", ("no label that a head can learn from", "emotion: 1 labels")),
        ("text,goal\na,\n", ("no label that a head can learn from", "goal: 0 labels")),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, voc: Voc, content: str, told: tuple[str, ...]) -> None:
    (tmp_path / "l.csv").write_text(content)
    found = voc("train", "l.csv", "--out", "mine", folder=tmp_path)
    assert found.code == 2
    assert all(one in found.err for one in told), found.err
    assert not (tmp_path / "mine").exists()


def test_json_lines_and_semicolons_are_read_too(tmp_path: Path, voc: Voc) -> None:
    (tmp_path / "l.jsonl").write_text('{"text": "It broke.", "pain_point": true}\n{"text": "Ok.", "pain_point": 0}\n')
    (tmp_path / "l.csv").write_text("text;pain_point\nIt broke.;1\nOk.;0\n")
    lines = {voc("train", name, "--out", "mine", folder=tmp_path).out.splitlines()[1] for name in ("l.jsonl", "l.csv")}
    (line,) = lines
    assert line.split()[:4] == ["pain_point", "1", "2", "1"]


def test_an_extractor_without_heads_refuses_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(chosen, "component", lambda kind, name: object())
    with pytest.raises(ConfigError, match=r"'plain\.v1' has no heads that can be refitted"):
        chosen.extractor_named("plain.v1", tmp_path)


def heads_for(study: TinyStudy, trained: tuple[Outcome, Path], name: str) -> None:
    shutil.copytree(trained[1] / "mine", study.root / name)
    study.configure("mentions", f'extractor = "heads.v1"\nheads = "{name}"')


def mention_parts(study: TinyStudy) -> set[str]:
    return {name for name in study.parts() if name.startswith("mentions/")}


def test_a_study_knows_heads_by_what_is_in_them(study: TinyStudy, trained: tuple[Outcome, Path]) -> None:
    """Another place computes nothing, another content everything from the mentions on."""
    heads_for(study, trained, "mine")
    before = mention_parts(study)
    assert study.voc("run", "-q").code == 0
    with_heads = mention_parts(study)
    assert with_heads > before
    page = b"".join(content for name, content in study.published().items() if name.endswith(".html"))
    assert b"heads refitted (" in page
    shutil.move(study.root / "mine", study.root / "moved")
    path = study.root / "voc.toml"
    path.write_text(path.read_text().replace('"mine"', '"moved"'))
    assert study.voc("run", "-q").code == 0
    assert mention_parts(study) == with_heads
    with open(study.root / "moved" / "heads.json", "a") as stream:
        stream.write("\n")
    assert "mentions" in study.voc("plan").out
    assert study.voc("run", "-q", "--runner", "processes", "--workers", "1").code == 0
    assert mention_parts(study) > with_heads


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda heads: shutil.rmtree(heads), "There are no mention heads in"),
        (lambda heads: (heads / "heads.json").write_text("{}"), "The mention heads cannot be read."),
        (
            lambda heads: (heads / "heads.json").write_text(
                (heads / "heads.json").read_text().replace('"encoder": "', '"encoder": "00')
            ),
            "another encoder",
        ),
    ],
)
def test_heads_that_cannot_be_used_stop_a_study_before_any_work(
    fresh: TinyStudy, trained: tuple[Outcome, Path], damage: Callable[[Path], object], told: str
) -> None:
    heads_for(fresh, trained, "mine")
    damage(fresh.root / "mine")
    for verb in ("run", "plan"):
        found = fresh.voc(verb)
        assert found.code == 2
        assert told in found.err
        assert "voc train" in found.err
    assert not fresh.parts()


def test_heads_and_their_card_are_no_sources(fresh: TinyStudy, trained: tuple[Outcome, Path]) -> None:
    """Regression: a glob over the whole folder read the card as an interview."""
    heads_for(fresh, trained, "mine")
    path = fresh.root / "voc.toml"
    path.write_text(path.read_text().replace('path = "*.vtt"', 'path = "**/*.[vm]*"'))
    assert "mine" not in fresh.voc("plan").out
