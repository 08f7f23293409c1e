"""Each thing that a person may decide, in a whole run: what is read afterwards, and that all of it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_study import TinyStudy

from voc_engine.mentions.replay import Texts, added, fits
from voc_engine.records import Batch, Decision, Document, Passage, Segment
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace


def rows(study: TinyStudy, table: str) -> list[dict[str, Any]]:
    return read_parquet(study.report / "tables" / f"{table}.parquet").to_pylist()  # type: ignore[no-any-return]


def decide(study: TinyStudy, *decisions: dict[str, str]) -> str:
    (study.root / "decisions.json").write_text(json.dumps(decisions), encoding="utf-8")
    assert study.voc("import", "decisions", "decisions.json").code == 0
    done = study.voc("run", "-q")
    assert done.code == 0, done.err
    assert study.voc("verify").code == 0
    return done.err


def said(target: str, target_id: str, action: str, value: str = "") -> dict[str, str]:
    return {"target": target, "target_id": target_id, "action": action, "value": value}


def published(study: TinyStudy) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((study.report / "tables").glob("*.csv"))}


def test_a_new_name_and_what_is_only_noted_compute_nothing_anew(study: TinyStudy) -> None:
    assert study.voc("run", "-q").code == 0
    insight, topics, mention = (rows(study, name) for name in ("insights", "topics", "mentions"))
    before = study.parts()
    decide(
        study,
        said("insight", insight[0]["insight_id"], "rename", "As we call it"),
        *(said("topic", one["topic_id"], "rename", "Another label") for one in topics[:1]),
        said("mention", mention[0]["mention_id"], "accept"),
        said("mention", mention[0]["mention_id"], "comment", "heard it twice"),
        said("study", "study", "memo", "ask about prices next time"),
        said("insight", insight[0]["insight_id"], "answer", "Since May it does."),
        said("insight", insight[0]["insight_id"], "answer", "Write to us."),
    )
    new = {name.split("/")[0] for name in study.parts().keys() - before.keys()}
    assert new <= {"insights", "topics"}
    named = next(one for one in rows(study, "insights") if one["name"] == "As we call it")
    assert [one["text"] for one in named["our_answers"]] == ["Since May it does.", "Write to us."]
    decide(study, said("insight", named["insight_id"], "withdraw", "answer"))
    assert not any(one["our_answers"] for one in rows(study, "insights"))


def test_all_that_is_decided_on_passages_and_people_holds_and_can_be_withdrawn(study: TinyStudy) -> None:
    assert study.voc("run", "-q").code == 0
    before = published(study)
    mentions = {one["quote"]: one for one in rows(study, "mentions")}
    documents = {one["document_id"]: one for one in rows(study, "documents")}
    insights = [one["insight_id"] for one in rows(study, "insights")]
    (first, second, third, fourth) = list(mentions.values())[:4]
    dark = next(one for one in documents.values() if "😀" in one["text"])
    start = dark["text"].index("eyes hurt")
    end = dark["text"].index("😀") + 1
    text = documents[first["document_id"]]["text"]
    place = f"{first['start']}:{first['start'] + len(text[first['start'] : first['end']].split()[0])}"
    goal = json.dumps({"start": start, "end": end, "kind": "goal", "insight": insights[0]})
    decisions = [
        said("mention", first["mention_id"], "bounds", place),
        said("mention", second["mention_id"], "severity", "high"),
        said("mention", second["mention_id"], "sentiment", "positive"),
        said("mention", third["mention_id"], "quadrant", "thinks"),
        said("mention", fourth["mention_id"], "move", insights[0]),
        said("document", dark["document_id"], "add", goal),
    ]
    told = decide(study, *decisions)
    assert "hold on to" not in told
    after = {one["mention_id"]: one for one in rows(study, "mentions")}
    by_hand = [one for one in after.values() if one["quote"] == dark["text"][start:end]]
    assert [(one["kind"], one["person_id"], one["probability"]) for one in by_hand] == [
        ("goal", dark["person_id"], 1.0)
    ]
    assert after[first["mention_id"]]["quote"] == text[first["start"] : first["end"]].split()[0]
    assert (after[second["mention_id"]]["severity"], after[second["mention_id"]]["sentiment"]) == ("high", "positive")
    assert (after[third["mention_id"]]["quadrant"], after[third["mention_id"]]["basis"]) == ("thinks", "inferred")
    taken_back = [said(one["target"], one["target_id"], "withdraw", one["action"]) for one in decisions]
    decide(study, *taken_back)
    assert published(study) == before


def test_who_speaks_is_what_a_person_said_and_evidence_leaves_with_it(study: TinyStudy) -> None:
    assert study.voc("run", "-q").code == 0
    every = rows(study, "utterances")
    (talk,) = {one["document_id"] for one in every if one["role"] == "interviewer"}
    turns = [one for one in every if one["document_id"] == talk and one["role"] == "participant"]
    assert any(one["document_id"] == talk for one in rows(study, "mentions"))
    told = decide(study, *(said("utterance", one["utterance_id"], "role", "interviewer") for one in turns))
    assert "hold on to" not in told
    assert not any(one["document_id"] == talk for one in rows(study, "mentions"))
    told = decide(study, said("utterance", f"{talk}-u0099", "role", "agent"))
    assert f"role utterance {talk}-u0099" in told


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        (said("mention", "m", "severity", "hig"), "'high'"), (said("mention", "m", "bounds", "9:3"), "start:end"),
        (said("document", "d", "add", "here"), "passage"), (said("utterance", "u", "role", "particpant"), "'participant'"),
        (said("insight", "i", "withdraw", "renam"), "'rename'"), (said("person", "P0001", "assign"), "empty"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_would_be_right(tmp_path: Path, row: dict[str, str], hint: str) -> None:
    from tiny_study import run_voc

    (tmp_path / "decisions.json").write_text(json.dumps([row]), encoding="utf-8")
    told = run_voc("import", "decisions", "decisions.json", folder=tmp_path)
    assert told.code == 2
    assert hint in told.err
    assert Workspace(tmp_path).decisions.in_force() == []


def texts(text: str, *turns: tuple[int, int, str]) -> Texts:
    document = Document("d", "interview", "a.txt", "", "P1", text)
    parts = [
        Segment(f"s{n}", "d", f"u{n}", n, a, b, text[a:b], "k", "P1", role) for n, (a, b, role) in enumerate(turns)
    ]
    return Texts.of(Batch.make((Document, [document]), (Segment, parts)))


def test_added_words_are_found_again_when_the_text_before_them_grew() -> None:
    old = "It is slow 😀 today."
    passage = Passage(6, 12, "pain_point", old[6:12])
    decision = Decision("document", "d", "add", passage.as_value())
    now = texts("Well. " + old, (0, 26, "participant"))
    mention = added(decision, now)
    assert mention is not None
    assert (mention.start, mention.quote) == (12, "slow 😀")
    gone = texts("It is fast today.", (0, 17, "participant"))
    assert added(decision, gone) is None
    assert not fits(decision, gone, {})


def test_words_of_an_interviewer_or_over_two_turns_are_no_evidence() -> None:
    talk = texts("Is it slow? Yes, very slow.", (0, 11, "interviewer"), (12, 27, "participant"))
    for start, end in ((0, 5), (6, 20)):
        passage = Passage(start, end, "pain_point", talk.documents["d"].text[start:end])
        assert added(Decision("document", "d", "add", passage.as_value()), talk) is None
    assert talk.carrier("d", 17, 27) is not None
