"""Names that no tool takes for one another."""

from __future__ import annotations

from voc_engine.exchange.refi.identities_out import Guids, Names


def test_equal_names_are_numbered_within_their_length() -> None:
    names = Names(12)
    given = [names.unique("The export drops rows") for _ in range(120)]
    assert given[:3] == ["The export…", "The exp… (2)", "The exp… (3)"]
    assert max(map(len, given)) <= 12
    assert len({one.casefold() for one in given}) == 120


def test_a_name_that_was_given_by_numbering_is_not_given_again() -> None:
    names = Names()
    assert [names.unique(one) for one in ("A", "a", "A (2)", "A", " A\n")] == [
        "A",
        "a (2)",
        "A (2) (2)",
        "A (3)",
        "A (4)",
    ]


def test_guids_are_the_same_for_the_same_thing_of_the_same_study_alone() -> None:
    one, other = Guids("Larkbook"), Guids("Another")
    assert one.of("source", "d-1") == Guids("Larkbook").of("source", "d-1")
    assert len({one.of("source", "d-1"), one.of("note", "d-1"), other.of("source", "d-1")}) == 3
