"""Records that come again are known, in little memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voc_engine.ingest.seen import SeenRecords
from voc_engine.records import stable_hash


@given(st.lists(st.tuples(st.integers(0, 50), st.text(max_size=3))))
def test_it_answers_as_a_dict_would(records: list[tuple[int, str]]) -> None:
    seen, expected = SeenRecords(), dict[str, str]()
    for number, text in records:
        mark = stable_hash(text)
        assert seen.first_mark(f"id {number}", mark) == expected.get(f"id {number}")
        expected.setdefault(f"id {number}", mark)
    assert len(seen) == len(expected)


def test_it_grows_and_stays_small() -> None:
    seen = SeenRecords()
    for number in range(20_000):
        assert seen.first_mark(f"ticket-{number}", f"{number:016x}") is None
    assert [seen.first_mark(f"ticket-{number}", "0" * 16) for number in (0, 7, 19_999)] == [
        f"{number:016x}" for number in (0, 7, 19_999)
    ]
    assert 8 * (len(seen.keys) + len(seen.marks)) <= 64 * 20_000
