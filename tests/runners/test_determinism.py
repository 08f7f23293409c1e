"""The same study on one process and on four: the same pseudonyms, the same bytes in every part and table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voc_engine.config import load_config
from voc_engine.runners import packs, tasks
from voc_engine.runners.engine import Engine
from voc_engine.runners.workers import LocalWorkers, ProcessWorkers, Workers
from voc_engine.store.workspace import Workspace

CONFIG = """[study]
part_rows = 5

[people]
file = "people.csv"

[redact]
names = "list"

[[sources]]
path = "reviews.csv"
kind = "review"

[[sources]]
path = "tickets.jsonl"
kind = "ticket"

[[sources]]
path = "talks/*.vtt"
kind = "interview"
interviewers = ["Nadia Ferrante"]
"""
PEOPLE = "person,name,email,country\nmaren,Maren Vos,maren@example.org,Ireland\ntom,Tom Reed,tom@example.org,Kenya\n"
NAMES = ("Maren Vos", "Tom Reed", "Ida Lund", "Paul Roe", "Rosa Diaz", "Kofi Boateng", "Lena Beck")
CHAIN = "Please pass this letter on to ten of your friends so the old calendar with the week view comes back for us all"


def make(root: Path) -> Path:
    """A study of a table in three parts, JSON lines and three talks, with people who are in several of them."""
    (root / "talks").mkdir(parents=True)
    (root / "voc.toml").write_text(CONFIG, encoding="utf-8")
    (root / "people.csv").write_text(PEOPLE, encoding="utf-8")
    rows = ["id,author,email,date,review"]
    for number in range(15):
        name = NAMES[number % len(NAMES)]
        text = CHAIN if number % 5 == 4 else f"The export number {number} does not work; {name} waited {number} hours."
        rows.append(f"{number},{name},{name.split()[0].lower()}@example.org,2026-01-{number + 1:02d},{text}")
    (root / "reviews.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    tickets = [
        {
            "id": number, "subject": f"Order {number}", "created_at": f"2026-02-{number + 1:02d}T08:00:00Z",
            "description": f"My invoice {number} is wrong. Call me at +49 30 123456{number}.",
            "requester": {"name": NAMES[-number % len(NAMES)], "email": f"{number % 4}@example.org"},
        }
        for number in range(8)
    ]  # fmt: skip
    (root / "tickets.jsonl").write_text("".join(json.dumps(one) + "\n" for one in tickets), encoding="utf-8")
    for number, name in enumerate(NAMES[:3]):
        turns = (f"<v Nadia Ferrante>What happened, {name}?", f"<v {name}>The sync failed {number + 2} times for me.")
        cues = [f"00:00:0{2 * at}.000 --> 00:00:0{2 * at + 1}.000\n{turn}\n" for at, turn in enumerate(turns, 1)]
        (root / "talks" / f"talk-{number}.vtt").write_text("\n".join(["WEBVTT\n", *cues]), encoding="utf-8")
    return root


def made(root: Path, workers: Workers) -> tuple[dict[str, str], dict[str, bytes]]:
    """Pseudonyms by identity, and every part by name."""
    state = Engine(load_config(root / "voc.toml"), root, Workspace(root), workers).execute("embed")
    workers.close()
    assert len(state.indexes[0].parts) == 3
    parts = root / ".voc" / "parts"
    files = {path.relative_to(parts).as_posix(): path.read_bytes() for path in parts.rglob("*") if path.is_file()}
    return Workspace(root).vault.lookup(), files


def test_one_and_four_processes_give_the_same_pseudonyms_and_bytes(
    tmp_path: Path,
) -> None:
    one = made(make(tmp_path / "one"), LocalWorkers())
    # Processes start afresh: the shorter parts are made by one reader, the rest of the chain by four.
    four_root = make(tmp_path / "four")
    Engine(load_config(four_root / "voc.toml"), four_root, Workspace(four_root)).execute("redact")
    four = made(four_root, ProcessWorkers(4))
    assert one[0] == four[0]
    assert one[1].keys() == four[1].keys()
    assert one[1] == four[1]
    assert {"redact", "copies", "segment"} <= {name.partition("/")[0] for name in one[1]}
    assert sum(name.startswith("redact/") for name in one[1]) >= 3 * 7


def test_a_file_in_the_middle_touches_only_its_own_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "FROM_PARTS", 3)
    names = [f"{number:03d}" for number in range(200)]
    before = packs.packed([index(name) for name in names])
    after = packs.packed([index(name) for name in sorted([*names, "100b"])])
    assert len(before) < 50
    assert [part for pack in after for part in pack] == sorted([*names, "100b"])
    assert len(set(after) - set(before)) <= 2


def index(part: str, words: int = 10) -> tasks.FileIndex:
    return tasks.FileIndex(f"{part}.vtt", "", (part,), 1, words, ("interview",), 0, 0)


def test_long_files_and_few_files_are_not_packed() -> None:
    long = [index(f"{number}", packs.WORDS_PER_PACK) for number in range(100)]
    assert all(len(pack) == 1 for pack in packs.packed(long))
    few = [index(f"{number}") for number in range(packs.FROM_PARTS - 1)]
    assert all(len(pack) == 1 for pack in packs.packed(few))
