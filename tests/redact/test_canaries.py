"""Names planted in every place of a study are nowhere in clear but in the vault and what was ingested: not on the pages, in
the tables, in the manifest, in what the commands say, nor in any export."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pypdf import PdfReader
from tiny_study import REVIEWS, TALK, Outcome, TinyStudy

from voc_engine.exchange.exporting import told_name
from voc_engine.registry import names

# Family names that nobody bears and no word holds: whom a column, a talk, a note or somebody's words name.
AUTHOR, GUIDE, DRIVER, NOTED, SAID, APART, SEVERAL, ALIKE, ASIDE, SPEAKER = (
    f"{one}quandt" for one in ("Ab", "Bri", "Cor", "Dol", "Elm", "Fis", "Gor", "Hul", "Ist", "Jov")
)
CANARIES = (AUTHOR, GUIDE, DRIVER, NOTED, SAID, APART, SEVERAL, ALIKE, ASIDE, SPEAKER)
MAIL = "tilda.qzmail@example.org"
PHONE = "+49 30 5550 1734"

_HEAD, *_ROWS = REVIEWS.splitlines()
_GUIDES = ("Anna", "Ben", "Clara", "David", "Erika", "Felix", "Greta", "Hanna")
_ADDED = {
    1: f"Ask Anna {AUTHOR} about it.", 2: f"The {SEVERAL}s moved out.", 3: f"It was {' '.join(APART)} who sold it.",
    4: f"{ALIKE.replace('a', chr(0x430))} said no.", 5: f"My colleague Rosa {SAID} agrees, {MAIL} or {PHONE}.",
    6: f"#Anna{AUTHOR} knows.", 7: f"It took {AUTHOR.upper()} a day.",
}  # fmt: skip
KNOWN = f"Anna {AUTHOR};Bo {SEVERAL};Cy {APART};Di {ALIKE};Ed {ASIDE}".split(";")


def _planted() -> str:
    rows = []
    for number, row in enumerate(_ROWS):
        text, tail = row.rsplit('"', 1)
        added = f" {_ADDED[number]}" if number in _ADDED else ""
        rows.append(
            f'{text}{added}"{tail},{_GUIDES[number]} {GUIDE},{_GUIDES[-number]} {DRIVER},"Called by {NOTED}, will wait."'
        )
    return "\n".join([f"{_HEAD},Reiseleitung,Driver,Internal note", *rows]) + "\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyStudy, Outcome]:
    root = tmp_path_factory.mktemp("canaries") / "study"
    made = TinyStudy.create(root)
    (root / "reviews.csv").write_text(_planted(), encoding="utf-8")
    talk = TALK.replace("WEBVTT\n", f"WEBVTT\n\nNOTE\nTaken down with {ASIDE} of the branch\n").replace(
        "Yusuf Marchetti", f"Yusuf {SPEAKER}"
    )
    (root / f"yusuf {SPEAKER} march.vtt").write_text(talk, encoding="utf-8")
    (root / "talk.vtt").unlink()
    people = "person,name,country\n" + "".join(f"K{n},{name},Norway\n" for n, name in enumerate(KNOWN))
    (root / "people.csv").write_text(people, encoding="utf-8")
    config = (root / "voc.toml").read_text(encoding="utf-8")
    (root / "voc.toml").write_text(f'{config}\n[people]\nfile = "people.csv"\n', encoding="utf-8")
    return made, made.voc("run", "voc.toml")


def _clear(content: bytes, path: str) -> Iterator[str]:
    """All that can be read in a file: its bytes, the members of archives, the text of pages, the cells of tables."""
    yield content.decode("utf-8", "replace")
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield member
                yield from _clear(archive.read(member), member)
    elif content[:5] == b"%PDF-":
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif content[:4] == b"PAR1":
        yield json.dumps(pq.read_table(io.BytesIO(content)).to_pylist(), default=str, ensure_ascii=False)
    assert path


def _hits(texts: Iterator[str]) -> list[str]:
    needles = {one.casefold() for one in (*CANARIES, MAIL, PHONE)}
    # What stands apart, or in other letters, is read as the name all the same.
    needles |= {" ".join(APART).casefold(), ALIKE.replace("a", chr(0x430)).casefold()}
    return sorted({needle for text in texts for needle in needles if needle in text.casefold()})


def test_the_canaries_were_read(study: tuple[TinyStudy, Outcome]) -> None:
    made, told = study
    assert told.code in (0, 1), told.err
    raw = (path.read_bytes() for path in sorted((made.root / ".voc" / "parts" / "ingest").rglob("*.parquet")))
    assert set(_hits(text for one in raw for text in _clear(one, "part"))) >= {
        one.casefold() for one in (AUTHOR, SAID, SEVERAL, ASIDE, SPEAKER, MAIL)
    }


def test_no_page_table_manifest_or_log_names_anybody(study: tuple[TinyStudy, Outcome]) -> None:
    made, told = study
    shown = [path for path in sorted((made.root / "reports").rglob("*")) if path.is_file()]
    shown += [
        path for path in sorted((made.root / ".voc" / "parts").rglob("*.parquet")) if path.parent.name != "ingest"
    ]
    assert len(shown) > 20
    for path in shown:
        assert _hits(iter([path.name, *_clear(path.read_bytes(), path.name)])) == [], path
    assert _hits(iter([told.out, told.err])) == []
    (manifest,) = sorted((made.root / ".voc" / "runs").rglob("*.json"))
    run = json.loads(manifest.read_text(encoding="utf-8"))
    # Where the sources lie stands there alone: 'voc verify' has to find them again.
    inputs = [{key: value for key, value in one.items() if key not in ("source", "path")} for one in run.pop("inputs")]
    assert _hits(iter([json.dumps(run, ensure_ascii=False), json.dumps(inputs)])) == []


@pytest.mark.parametrize("name", names("export format"))
def test_no_export_names_anybody(study: tuple[TinyStudy, Outcome], name: str, tmp_path: Path) -> None:
    made, _ = study
    out = tmp_path / "out"
    told = made.voc("export", told_name(name), "--out", str(out))
    assert told.code == 0, told.err
    files = [path for path in (out, *sorted(out.rglob("*"))) if path.is_file()]
    assert files
    for path in files:
        assert _hits(iter([path.name, *_clear(path.read_bytes(), path.name)])) == [], path
    assert _hits(iter([told.out, told.err])) == []
