"""Who speaks is settled over the study; what nobody confirmed is no evidence, and a person's word on it holds."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from voc_engine.cli import cli
from voc_engine.config import load_config
from voc_engine.records import EVIDENCE_ROLES, Document, Skipped, Utterance
from voc_engine.runners.engine import Engine
from voc_engine.store.workspace import Workspace

ASKS = "Lena Ahrens: What did you do before the new meter came?\n"
TALKS = {
    "a.txt": ASKS + "Ruben Falk: I read it each month.\nLena Ahrens: Can you tell me how?\nRuben Falk: By torch.\n",
    "b.txt": ASKS + "Noa Stein: Nothing, my landlord did it.\nLena Ahrens: And now?\nNoa Stein: He still does.\n",
    # Nothing in this file alone tells that she asks.
    "c.txt": (
        "Lena Ahrens: We spoke last year already. It was about the cellar.\nIda Brok: I remember the cellar.\n"
        "Lena Ahrens: It was dark down there and we laughed a lot.\nIda Brok: The meter is still wrong by half.\n"
    ),
}  # fmt: skip
CAPTIONS = (
    "1\n00:00:01,000 --> 00:00:03,000\nHow do you pay for the water?\n\n2\n00:00:03,000 --> 00:00:07,000\n"
    "I never see the bill. My neighbour pays it.\n\n3\n00:00:07,000 --> 00:00:09,000\nOkay. Would you like to see it?\n\n"
    "4\n00:00:09,000 --> 00:00:12,000\nYes, I would finally understand it.\n"
)


def study(folder: Path, files: dict[str, str], told: str = "") -> Path:
    (folder / "talks").mkdir(parents=True)
    for name, text in files.items():
        (folder / "talks" / name).write_text(text, encoding="utf-8")
    path = folder / "voc.toml"
    path.write_text(
        f'[study]\nname = "Water"\n{told}\n[redact]\nenabled = false\n[[sources]]\npath = "talks/*"\n', "utf-8"
    )
    return path


def read(path: Path) -> tuple[dict[str, list[tuple[str | None, str, str]]], list[Skipped]]:
    """(evidence by file: speaker, person, words; what is quarantined), as the stages after reading get them."""
    workspace = Workspace(path.parent)
    engine = Engine(load_config(path), path.parent, workspace)
    state = engine.execute(until="redact")
    evidence: dict[str, list[tuple[str | None, str, str]]] = {}
    quarantined: list[Skipped] = []
    for part in state.parts["ingest"]:
        documents = {one.document_id: one for one in engine.store.read("ingest", part, Document)}
        for turn in engine.store.read("ingest", part, Utterance):
            document = documents[turn.document_id]
            name = document.source.rpartition("/")[2]
            evidence.setdefault(name, [])
            if turn.role in EVIDENCE_ROLES and turn.cut is None:
                evidence[name].append((turn.speaker, turn.person_id, document.text[turn.start : turn.end]))
        quarantined += [one for one in engine.store.read("ingest", part, Skipped) if one.quarantined]
    return evidence, quarantined


def test_who_asks_in_most_talks_asks_in_all(tmp_path: Path) -> None:
    evidence, quarantined = read(study(tmp_path, TALKS))
    assert {speaker for turns in evidence.values() for speaker, _, _ in turns} == {
        "Ruben Falk",
        "Noa Stein",
        "Ida Brok",
    }
    assert quarantined == []


def test_a_talk_in_which_nobody_asks_is_context_until_somebody_says_who_does(tmp_path: Path) -> None:
    files = {"c.txt": TALKS["c.txt"]}
    evidence, (asked,) = read(study(tmp_path / "one", files))
    assert evidence == {"c.txt": []}
    assert "interviewers" in asked.to_do
    evidence, quarantined = read(study(tmp_path / "two", files, 'interviewers = ["Lena Ahrens"]'))
    assert [speaker for speaker, _, _ in evidence["c.txt"]] == ["Ida Brok", "Ida Brok"]
    assert quarantined == []
    evidence, quarantined = read(study(tmp_path / "three", files, 'participants = ["Lena Ahrens", "Ida Brok"]'))
    assert len(evidence["c.txt"]) == 4
    assert quarantined == []


def test_who_never_says_most_in_talks_of_different_people_took_no_part(tmp_path: Path) -> None:
    typed = "Oona: Sorry, my line is bad.\n"
    evidence, _ = read(study(tmp_path, {name: text + typed for name, text in TALKS.items()}))
    assert "Oona" not in {speaker for turns in evidence.values() for speaker, _, _ in turns}


def test_what_half_of_the_sessions_say_in_the_same_words_is_the_guide(tmp_path: Path) -> None:
    task = "Find out how much water you used in March.\n"
    files = {f"{n}.txt": f"Interviewer: Go ahead.\nP{n}: {task}P{n}: {said}\n" for n, said in enumerate(
        ("I cannot find March.", "There is only a year.", "Where would that be, I see no months."), 1)}  # fmt: skip
    evidence, _ = read(study(tmp_path, files))
    words = Counter(text for turns in evidence.values() for _, _, text in turns)
    assert not any("how much water" in text for text in words)
    assert len(words) == 3


def test_captions_are_a_proposal_until_a_person_confirms_it(tmp_path: Path) -> None:
    path = study(tmp_path, {"talk.srt": CAPTIONS})
    evidence, (asked,) = read(path)
    assert evidence == {"talk.srt": []}
    assert "voc speakers" in asked.to_do
    sheet = tmp_path / "sheet.csv"
    arguments = ["speakers", str(tmp_path / "talks" / "talk.srt"), "--config", str(path)]
    written = CliRunner().invoke(cli, [*arguments, "--out", str(sheet)], standalone_mode=False)
    assert written.return_value == 0
    rows = list(csv.DictReader(sheet.read_text("utf-8").splitlines()))
    assert [row["guess"] for row in rows] == ["interviewer", "participant"] * 2
    assert [row["text"] for row in rows][2] == "Okay. Would you like to see it?"
    assert rows[1]["time"] == "0:00:03"
    sheet.write_text(sheet.read_text("utf-8").replace("participant,,,", "participant,,Marta Quist,"), "utf-8")
    taken = CliRunner().invoke(cli, [*arguments, "--take", str(sheet)], standalone_mode=False)
    assert taken.return_value == 0
    evidence, quarantined = read(path)
    assert [text for _, _, text in evidence["talk.srt"]] == [
        "I never see the bill. My neighbour pays it.", "Yes, I would finally understand it."
    ]  # fmt: skip
    assert len({person for _, person, _ in evidence["talk.srt"]}) == 1
    assert quarantined == []
    assert b"Quist" not in (tmp_path / ".voc" / "decisions.sqlite").read_bytes()


def test_a_decision_does_not_hold_for_other_words(tmp_path: Path) -> None:
    path = study(tmp_path, {"talk.srt": CAPTIONS})
    sheet = tmp_path / "sheet.csv"
    arguments = ["speakers", str(tmp_path / "talks" / "talk.srt"), "--config", str(path)]
    for more in (["--out", str(sheet)], ["--take", str(sheet)]):
        CliRunner().invoke(cli, [*arguments, *more], standalone_mode=False)
    (tmp_path / "talks" / "talk.srt").write_text(CAPTIONS.replace("neighbour", "brother"), "utf-8")
    evidence, quarantined = read(path)
    assert evidence == {"talk.srt": []}
    assert len(quarantined) == 1


@pytest.mark.parametrize("cell", ["boss", "interviewr"])
def test_a_role_that_is_none_is_refused(cell: str, tmp_path: Path) -> None:
    path = study(tmp_path, {"talk.srt": CAPTIONS})
    sheet = tmp_path / "sheet.csv"
    arguments = ["speakers", str(tmp_path / "talks" / "talk.srt"), "--config", str(path)]
    CliRunner().invoke(cli, [*arguments, "--out", str(sheet)], standalone_mode=False)
    sheet.write_text(sheet.read_text("utf-8").replace("participant,,,", f"participant,{cell},,"), "utf-8")
    refused = CliRunner().invoke(cli, [*arguments, "--take", str(sheet)], standalone_mode=False)
    assert cell in str(refused.exception)
