"""JSON files larger than memory, and damaged ones: a record costs only itself, wherever the window ends."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc_engine.ingest.jsonstream import ENVELOPE, walk
from voc_engine.ingest.jsonwindow import Window
from voc_engine.ingest.threads.zendesk import Zendesk

from .reading import options, put, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def items(text: str, *keys: str, chunk: int = 1 << 20) -> list[tuple[str, Any, str]]:
    """(list it stood in, value, text of a damaged one)."""
    return [(one.key, one.value, one.raw) for one in walk(Window(io.StringIO(text), chunk=chunk), keys, "ticket")]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(records=st.lists(st.dictionaries(st.text(max_size=5), VALUES, min_size=1, max_size=3), max_size=5),
       chunk=st.sampled_from([1, 2, 7, 64]), indent=st.sampled_from([None, 1]), escape=st.booleans())  # fmt: skip
def test_an_envelope_gives_its_records_wherever_the_window_ends(
    records: list[dict[str, Any]], chunk: int, indent: int | None, escape: bool
) -> None:
    others = {"count": len(records), "users": [{"id": 1}], "next": None}
    text = json.dumps({**others, "tickets": records, "end": True}, indent=indent, ensure_ascii=escape)
    found = items(text, "tickets", "users", ENVELOPE, chunk=chunk)
    assert [value for key, value, _ in found if key == "tickets"] == records
    assert [value for key, value, _ in found if key == "users"] == [{"id": 1}]
    assert [value for key, value, _ in found if key == ENVELOPE] == [{"count": len(records), "next": None, "end": True}]
    assert [raw for _, _, raw in found if raw] == []


TICKET = {"id": 1, "subject": "a", "comments": [{"id": 7, "body": "inner one"}, {"id": 8, "body": "inner two"}]}


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("chunk", [16, 1 << 20])
def test_a_damaged_record_with_lists_inside_costs_only_itself(place: int, chunk: int) -> None:
    """The next record is told from an object inside the damaged one, and the list does not end with an inner one."""
    parts = [json.dumps({**TICKET, "id": n}) for n in range(5)]
    parts[place] = parts[place].replace('"subject": "a"', '"subject": a"')
    text = '{"tickets": [' + ", ".join(parts) + '], "users": [{"id": 5}, {"id": 6}]}'
    found = items(text, "tickets", "users", chunk=chunk)
    # With a window of a few characters nothing is known of the shape of a first record that is damaged.
    if place or chunk > 16:
        assert [value["id"] for key, value, _ in found if key == "tickets" and value] == [
            n for n in range(5) if n != place
        ]
    damaged = " ".join(raw for _, _, raw in found if raw)
    shown = damaged + json.dumps([value for _, value, _ in found])
    assert "inner one" in damaged
    assert all(word in shown for word in ("inner two", '"id": 6'))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('{"tickets": [{"id": 1}]}\n{"tickets": [{"id": 2}]}', [1, 2]),
        ('[{"tickets": [{"id": 1}]}, {"tickets": [{"id": 2}]}]', [1, 2]),
        ('{"id": 1}\n{"id": 2}', [1, 2]),
        ('{"status": 0, "result": {"tickets": [{"id": 1}], "done": true}}', [1]),
        ('{"tickets": [{"id": 1}, {"id": 2', [1]),
        ('{"tickets": [{"id": 1},, {"id": 2},]}', [1, 2]),
        ('{"meta": {"a": [}, "tickets": [{"id": 1}]}', [1]),
    ],
)
def test_layouts_and_faults_around_the_records(text: str, ids: list[int]) -> None:
    assert [value["id"] for _, value, _ in items(text, "tickets") if value] == ids


def test_a_repeated_key_is_two_records_that_ran_together() -> None:
    found = items('{"id": 1, "text": "first",\n"id": 2, "text": "second"}\n{"id": 3}')
    assert "first" in found[0][2]
    assert "second" in found[0][2]
    assert [value for _, value, _ in found if value] == [{"id": 3}]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Peaks of reading 1 MB and 5 MB are nearly the same; nothing is read whole."""
    peaks = []
    for count in (400, 2_000):
        ticket = {"subject": "Export", "requester_id": 5, "description": "It fails again and again. " * 100}
        users = [{"id": 5, "name": "Ulla"}]
        body = json.dumps({"tickets": [{"id": n, **ticket} for n in range(count)], "users": users})
        source = put(tmp_path, f"{count}.json", body)
        del body
        tracemalloc.start()
        seen = sum(1 for _ in Zendesk().read(source, options()))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert seen == count
    assert peaks[1] < peaks[0] + 1_500_000


def test_a_record_of_several_windows(tmp_path: Path) -> None:
    long = " ".join(["word"] * 150_000)
    tickets = [
        {"id": 1, "subject": "a", "requester_id": 1, "description": long},
        {"id": 2, "subject": "b", "requester_id": 1},
    ]
    talks, skipped = read(put(tmp_path, "t.json", json.dumps({"tickets": tickets})))
    assert [len(talk.document.text.split()) for talk in talks] == [150_001, 1]
    assert skipped == []
