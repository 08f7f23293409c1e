"""Turns of a talk that a person cut and joined in a whole run: evidence follows, also when the file is exported again."""

from __future__ import annotations

import json
from pathlib import Path

from tiny_study import TinyStudy

from voc_engine.review.forms import button_value
from voc_engine.review.sitting import Desk
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace


def turns(study: TinyStudy) -> list[tuple[str, str, str]]:
    texts = {
        one["document_id"]: one["text"]
        for one in read_parquet(study.report / "tables" / "documents.parquet").to_pylist()
    }
    rows = read_parquet(study.report / "tables" / "utterances.parquet").to_pylist()
    return [
        (one["utterance_id"], one["role"], texts[one["document_id"]][one["start"] : one["end"]]) for one in rows
        if any(other["role"] == "interviewer" and other["document_id"] == one["document_id"] for other in rows)
    ]  # fmt: skip


def test_a_turn_cut_in_the_app_is_two_turns_in_the_next_run_and_in_that_of_a_new_export(study: TinyStudy) -> None:
    assert study.voc("run", "-q").code == 0
    (second,) = (one for one in turns(study) if "type every booking" in one[2])
    desk = Desk.open(Workspace(study.root))
    from voc_engine.review.forms import decisions_in

    at = second[2].index("It takes me")
    desk.decide(decisions_in({"decision": [button_value("utterance", second[0], "part", str(at))]}))
    desk.decide(decisions_in({"decision": [button_value("utterance", f"{second[0]}", "role", "interviewer")]}))
    done = study.voc("run", "-q")
    assert "hold on to" not in done.err
    now = {text: role for _, role, text in turns(study)}
    assert now["I have to type every booking twice."] == "interviewer"
    assert now["It takes me an hour every evening."] == "participant"
    mentions = read_parquet(study.report / "tables" / "mentions.parquet").to_pylist()
    assert not any("type every booking" in one["quote"] for one in mentions)

    path: Path = study.root / "talk.vtt"
    text = path.read_text(encoding="utf-8")
    opening = "00:00:00.100 --> 00:00:00.900\n<v Nadia Ferrante>Good that you are here.\n\n"
    path.write_text(text.replace("WEBVTT\n\n", f"WEBVTT\n\n{opening}"), encoding="utf-8")
    done = study.voc("run", "-q")
    told_lost = "hold on to" in done.err
    now = {text: role for _, role, text in turns(study)}
    assert told_lost or now["It takes me an hour every evening."] == "participant"
    assert json.dumps(sorted(now)).count("type every booking") == 1
