"""Label Studio counts UTF-16 units and we count code points: both ways, whatever stands before a span."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.dom.minidom import parseString

from hypothesis import given
from hypothesis import strategies as st

from voc_engine.exchange.label_studio import LabelStudio, code_points, labelled, units
from voc_engine.exchange.label_studio_import import LabelStudioImport
from voc_engine.exchange.run_view import RunView
from voc_engine.records import MENTION_KINDS
from voc_engine.testing import example_study


def tasks() -> list[dict]:
    return json.loads(dict(LabelStudio().write(RunView(example_study()), frozenset()).files)["tasks.json"])


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le")


def test_spans_are_counted_as_label_studio_counts() -> None:
    seen = 0
    for task in tasks():
        for prediction in task["predictions"]:
            for one in prediction["result"]:
                value = one["value"]
                assert utf16(task["data"]["text"], value["start"], value["end"]) == value["text"]
                seen += 1
    assert seen == len(RunView(example_study()).quotes)


@given(st.text(max_size=40))
def test_units_and_code_points_are_each_others_way_back(text: str) -> None:
    there, back = units(text), code_points(text)
    assert [back[unit] for unit in there] == list(range(len(text) + 1))
    assert there[-1] == len(back) - 1


def test_what_people_labelled_comes_back_in_code_points() -> None:
    text = "😀😀 The export drops rows."
    value = {"start": 5, "end": len(text) + 2, "text": text[3:], "labels": ["pain_point"]}
    task = {
        "data": {"text": text, "document_id": "d-1"},
        "annotations": [{"completed_by": 7, "result": [{"value": value}]}],
    }
    (one,) = labelled(json.dumps([task]).encode())
    assert (one.document_id, one.start, one.end, one.words, one.author) == ("d-1", 3, len(text), text[3:], "7")


def test_a_span_that_no_longer_covers_its_words_is_not_taken() -> None:
    for value in (
        {"start": 0, "end": 3, "text": "not it", "labels": ["goal"]},
        {"start": 0, "end": 99, "text": "abc", "labels": ["goal"]},
        {"start": -1, "end": 2, "text": "ab", "labels": ["goal"]},
        {"start": 0, "end": 3, "text": "abc", "labels": ["no kind of ours"]},
        {"start": "0", "end": 3, "text": "abc", "labels": ["goal"]},
    ):
        task = {"data": {"text": "abc", "document_id": "d-1"}, "annotations": [{"result": [{"value": value}]}]}
        assert list(labelled(json.dumps([task]).encode())) == []
    assert list(labelled(b"no json")) == []


def test_the_interface_knows_every_kind() -> None:
    config = dict(LabelStudio().write(RunView(example_study()), frozenset()).files)["config.xml"]
    labels = parseString(config).getElementsByTagName("Label")
    assert [one.getAttribute("value") for one in labels] == list(MENTION_KINDS)


def annotated(change: Callable[[list[dict]], list[dict]], folder: Path) -> list[tuple[str, str | None]]:
    """(action, value) of the decisions that come of changing what stands in the task of the first review."""
    found = tasks()
    (task,) = [one for one in found if one["data"]["document_id"] == "d-1"]
    task["annotations"] = [{"completed_by": 3, "result": change(task["predictions"][0]["result"])}]
    path = folder / "back.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    brought = LabelStudioImport().read(path, RunView(example_study()), "imports/back")
    assert {one.author for one in brought.decisions} <= {"3"}
    return [(one.action, one.value) for one in brought.decisions]


def test_what_people_changed_becomes_decisions(tmp_path: Path) -> None:
    def other_kind(found: list[dict]) -> list[dict]:
        first = found[0]
        return [{**first, "value": {**first["value"], "labels": ["objection"]}}, *found[1:]]

    def another(found: list[dict]) -> list[dict]:
        value = {"start": 0, "end": 8, "text": "=SUM(A1)", "labels": ["trigger"]}
        return [*found, {"value": value}]

    assert annotated(lambda found: found, tmp_path) == []
    assert annotated(other_kind, tmp_path) == [("relabel", "objection")]
    assert annotated(lambda found: found[:1], tmp_path) == [("reject", None)]
    ((action, passage),) = annotated(another, tmp_path)
    assert action == "add"
    assert json.loads(passage or "")["kind"] == "trigger"


def test_a_task_of_which_little_came_back_rejects_nothing(tmp_path: Path) -> None:
    assert annotated(lambda _: [], tmp_path) == []
