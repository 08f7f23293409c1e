"""voc verify proves everything that people read: whatever single thing is altered in a report, a part, a given file or the
manifest, it is named."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from tiny_study import TinyStudy

from voc_engine.errors import EvidenceError, VocError
from voc_engine.report.differences import difference
from voc_engine.report.manifest import check_files, check_manifest, seal_of
from voc_engine.report.verify import verify
from voc_engine.store.parts import read_parquet, write_parquet
from voc_engine.store.results import csv_bytes
from voc_engine.store.workspace import Workspace

Change = Callable[[random.Random, Path], None]


@pytest.fixture
def verified(study: TinyStudy) -> TinyStudy:
    """A copy of the tiny study that knows its new place."""
    assert study.voc("run", "-q").code == 0
    return study


@pytest.fixture
def decided(verified: TinyStudy) -> TinyStudy:
    """The same with people's decisions, who is in it from a people file."""
    (verified.root / "people.csv").write_text("person,name,country\nmaren,Maren Vos,Ireland\n", encoding="utf-8")
    verified.configure("people", 'file = "people.csv"')
    assert verified.voc("run", "-q").code == 0
    insight = read_parquet(verified.report / "tables" / "insights.parquet").to_pylist()[0]["insight_id"]
    rows = f"target,target_id,action,value\ninsight,{insight},rename,Export is broken\n"
    (verified.root / "decisions.csv").write_text(rows, encoding="utf-8")
    assert verified.voc("import", "decisions", "decisions.csv").code == 0
    assert verified.voc("run", "-q").code == 0
    return verified


def other(rng: random.Random, text: str) -> str:
    """Another text: one character of it changed, lost or added."""
    place = rng.randrange(len(text) + 1)
    kind = rng.choice(("changed", "lost", "added")) if place < len(text) else "added"
    letter = rng.choice([one for one in "aeZ09 .,;<>\"'\n" if text[place : place + 1] != one])
    return text[:place] + ("" if kind == "lost" else letter) + text[place + (kind != "added") :]


def change_text(rng: random.Random, path: Path) -> None:
    path.write_bytes(other(rng, path.read_bytes().decode("utf-8")).encode("utf-8"))


def change_bit(rng: random.Random, path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(bytes(data))


def change_cell(rng: random.Random, path: Path) -> None:
    """Another value in one cell, in a whole file with right checksums; its spreadsheet says the same."""
    table = read_parquet(path)
    rows = table.to_pylist()
    row, column = rng.choice(rows), rng.choice(table.column_names)
    row[column] = another(rng, row[column], table.schema.field(column).type)
    write_parquet(pa.Table.from_pylist(rows, schema=table.schema), path)
    path.with_suffix(".csv").write_bytes(csv_bytes(read_parquet(path)))


def another(rng: random.Random, value: object, kind: pa.DataType) -> object:
    if pa.types.is_boolean(kind):
        return not value
    if pa.types.is_integer(kind):
        return int(value or 0) + rng.choice((1, -1, 50))  # type: ignore[call-overload]
    if pa.types.is_floating(kind):
        return float(value or 0.0) + rng.choice((0.01, -1.0))  # type: ignore[arg-type]
    if pa.types.is_list(kind):
        values = list(value or [])  # type: ignore[call-overload]
        return values[:-1] if values and rng.random() < 0.5 else [*values, another(rng, None, kind.value_type)]
    if pa.types.is_struct(kind):
        members = [kind.field(number) for number in range(kind.num_fields)]
        whole = {one.name: another(rng, None, one.type) for one in members} if value is None else dict(value)  # type: ignore[call-overload]
        chosen = rng.choice(members)
        return {**whole, chosen.name: another(rng, whole[chosen.name], chosen.type)}
    return None if value and rng.random() < 0.1 else other(rng, str(value or ""))


def tables_of(study: TinyStudy) -> list[Path]:
    return [path for path in sorted((study.report / "tables").glob("*.parquet")) if read_parquet(path).num_rows]


def pages_of(study: TinyStudy) -> list[Path]:
    return sorted(path for path in study.report.rglob("*") if path.suffix in (".html", ".css", ".js", ".csv"))


def parts_of(study: TinyStudy) -> list[Path]:
    manifest = Workspace(study.root).manifest(study.run_id)
    assert manifest is not None
    return [study.root / ".voc" / "parts" / name for name in manifest["hashes"]]


class Checks:
    """The checks of voc verify on one file, against the run as it was before anything was altered."""

    def __init__(self, study: TinyStudy) -> None:
        self.study, self.place = study, Workspace(study.root)
        self.published = study.published()
        manifest = self.place.manifest(study.run_id)
        assert manifest is not None
        self.hashes = manifest["hashes"]

    def report(self, path: Path) -> EvidenceError | None:
        name = path.relative_to(self.study.report).as_posix()
        return difference(path, name, self.published[name])

    def part(self, path: Path) -> None:
        root = self.place.parts.root
        name = path.relative_to(root).as_posix()
        check_files(root, {name: self.hashes[name]}, "The part")


@pytest.mark.parametrize("amount", [50, pytest.param(1000, marks=pytest.mark.slow)])
def test_random_changes_are_all_named(verified: TinyStudy, amount: int) -> None:
    """Of 403 single changes 76 were named: an invented quote or "99 of 73 people" passed every check.

    File by file, with the checks that voc verify goes through; the whole command is given some of them below.
    """
    rng, checks = random.Random(amount), Checks(verified)
    manifest = checks.place.manifest_path(verified.run_id)
    sorts: list[tuple[float, list[Path], Change]] = [
        (0.3, tables_of(verified), change_cell),
        (0.4, pages_of(verified), change_text),
        (0.2, parts_of(verified), change_bit),
        (0.1, [manifest], change_text),
    ]
    missed = []
    for share, paths, change in sorts:
        for _ in range(round(amount * share)):
            path = rng.choice(paths)
            before = {one: one.read_bytes() for one in (path, path.with_suffix(".csv")) if one.exists()}
            change(rng, path)
            if not named(checks, path, manifest):
                missed.append((path.name, path.read_bytes() == before[path]))
            for one, content in before.items():
                one.write_bytes(content)
    assert missed == []


def named(checks: Checks, path: Path, manifest: Path) -> bool:
    """Whether the check of a file tells that it was altered, and where."""
    try:
        if path == manifest:
            check_manifest(checks.place, checks.study.run_id)
        elif path.is_relative_to(checks.study.report):
            error = checks.report(path)
            return error is not None and path.stem in error.happened and bool(error.found)
        else:
            checks.part(path)
    except VocError as error:
        return path.name in str(error)
    return False


def whole_changes(study: TinyStudy) -> Iterator[tuple[Path, Change]]:
    for paths, change in (
        (tables_of(study), change_cell),
        (pages_of(study), change_text),
        (parts_of(study), change_bit),
        ([Workspace(study.root).manifest_path(study.run_id)], change_text),
    ):
        for number in range(10):
            yield random.Random(number).choice(paths), change


@pytest.mark.slow
def test_the_whole_command_names_them_too(decided: TinyStudy) -> None:
    rng = random.Random(7)
    assert decided.voc("verify", "-q").code == 0
    for path, change in whole_changes(decided):
        before = {one: one.read_bytes() for one in (path, path.with_suffix(".csv")) if one.exists()}
        change(rng, path)
        told = decided.voc("verify", "-q")
        assert told.code == 3, path
        assert "Traceback" not in told.err
        for one, content in before.items():
            one.write_bytes(content)
    assert decided.voc("verify", "-q").code == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("index.html", "Content-Security-Policy", "Content-Security-Polity"),
        ("method.html", "Nothing shown as a quote", "Everything shown as a quote"),
        ("assets/report.css", "{", "{color:red;"),
    ],
)
def test_a_page_that_says_something_else_is_named(verified: TinyStudy, name: str, old: str, new: str) -> None:
    path = verified.report / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = verified.voc("verify")
    assert told.code == 3
    assert f"The file {name} is not what the run gives again." in told.err
    assert "line " in told.err


def test_a_cell_that_no_other_cell_speaks_of_is_named(verified: TinyStudy) -> None:
    path = verified.report / "tables" / "insights.parquet"
    table = read_parquet(path)
    rows = table.to_pylist()
    rows[1]["severity"] = "high" if rows[1]["severity"] != "high" else "low"
    write_parquet(pa.Table.from_pylist(rows, schema=table.schema), path)
    told = verified.voc("verify")
    assert told.code == 3
    assert "The table insights is not what the run gives again." in told.err
    assert f"row 2 ({rows[1]['insight_id']}), column severity" in told.err


def test_a_file_too_many_is_named(verified: TinyStudy) -> None:
    (verified.report / "summary.html").write_text("<p>All is well.</p>")
    for more in ((), ("--quick",)):
        told = verified.voc("verify", *more)
        assert told.code == 3
        assert "The file summary.html does not belong to the report." in told.err


def test_a_role_that_was_altered_in_every_place_is_named(verified: TinyStudy) -> None:
    """Roles are derived again from the sources: a part, its hash and the table may all say the same wrong thing."""
    place = Workspace(verified.root)
    manifest = place.manifest(verified.run_id)
    assert manifest is not None
    from voc_engine.report.manifest import signed
    from voc_engine.runners.fingerprint import file_hash

    name = next(one for one in manifest["hashes"] if one.startswith("ingest/") and ".utterances." in one)
    path = place.parts.root / name
    table = read_parquet(path)
    rows = [{**row, "role": "bot"} for row in table.to_pylist()]
    write_parquet(pa.Table.from_pylist(rows, schema=table.schema), path)
    manifest["hashes"][name] = file_hash(path)
    place.write_manifest(verified.run_id, signed({**manifest, "seal": seal_of(manifest)}))
    told = verified.voc("verify")
    assert told.code == 3
    assert f"The part {name} is not what the run gives again." in told.err


def test_quick_checks_hashes_only(verified: TinyStudy) -> None:
    told = verified.voc("verify", "--quick")
    assert told.code == 0
    assert told.out.splitlines()[-1] == f"{verified.run_id}: every hash is right"
    assert "documents equal to their sources" not in told.out
    page = verified.report / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("people", "peeple", 1), encoding="utf-8")
    told = verified.voc("verify", "--quick")
    assert told.code == 3
    assert "The file index.html is not what the run wrote." in told.err


def test_full_makes_everything_again(decided: TinyStudy) -> None:
    told = decided.voc("verify", "--full")
    assert told.code == 0, told.err
    assert "parts that come out again" in told.out
    assert decided.voc("verify", "--full", "--quick").code == 2


def test_the_method_page_tells_the_hash_of_the_manifest_and_what_a_library_does(verified: TinyStudy) -> None:
    manifest = Workspace(verified.root).manifest(verified.run_id)
    assert manifest is not None
    page = (verified.report / "method.html").read_text(encoding="utf-8")
    assert f"sha256 {seal_of(manifest)}" in page
    assert "bertopic.v1, which uses of BERTopic the order of its steps and its c-TF-IDF" in page


def test_a_changed_people_file_is_named(decided: TinyStudy) -> None:
    assert decided.voc("verify", "-q").code == 0
    (decided.root / "people.csv").write_text("person,name,country\nmaren,Maren Vos,Kenya\n", encoding="utf-8")
    assert "The file people.csv is not the file that was read." in decided.voc("verify").err


def test_decisions_made_after_the_run_are_not_of_it(decided: TinyStudy) -> None:
    topic = "insight,i-gone,reject,\n"
    (decided.root / "decisions.csv").write_text(f"target,target_id,action,value\n{topic}", encoding="utf-8")
    assert decided.voc("import", "decisions", "decisions.csv").code == 0
    assert decided.voc("verify", "-q").code == 0


def test_an_altered_manifest_is_not_taken_over_by_the_next_run(verified: TinyStudy) -> None:
    path = Workspace(verified.root).manifest_path(verified.run_id)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["consents"] = {"P0001": "none"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert "The manifest" in verified.voc("verify").err
    assert verified.voc("run", "-q").code == 0
    assert verified.voc("verify", "-q").code == 0


def test_a_run_of_another_version_is_told_from_an_altered_one(
    verified: TinyStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voc_engine.report import verify_again

    monkeypatch.setattr(verify_again, "code_version", lambda name: "other" if name == "redact" else "")
    told = verified.voc("verify")
    assert told.code == 2
    assert "made by another version of the program" in told.err
    assert "voc verify --quick" in told.err
    assert verified.voc("verify", "--quick").code == 0


def test_a_manifest_of_an_earlier_version_is_refused_with_what_to_do(verified: TinyStudy) -> None:
    place = Workspace(verified.root)
    place.write_manifest(verified.run_id, {"manifest": 1, "run_id": verified.run_id})
    told = verified.voc("verify")
    assert told.code == 3
    assert "made by an earlier version of voc_engine" in told.err
    assert "run the study again" in told.err
    assert verified.voc("run", "-q").code == 0
    assert verified.voc("verify", "-q").code == 0


def test_a_check_leaves_nothing_behind(verified: TinyStudy) -> None:
    left = verified.root / ".voc" / "check-killed"
    left.mkdir()
    (left / "part").write_text("words")
    before = sorted(path for path in (verified.root / ".voc").rglob("*") if not path.is_relative_to(left))
    assert [one.what for one in verify(Workspace(verified.root), verified.run_id)][
        -1
    ] == "files of the report unchanged"
    assert sorted((verified.root / ".voc").rglob("*")) == before
