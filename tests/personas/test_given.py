"""Attributes that several documents and sources state of a person: which value counts, and what is counted."""

from __future__ import annotations

import pytest

from voc_engine.personas.profiles import gather
from voc_engine.records import Batch, Document, Segment
from voc_engine.records.given_attributes import Given, differ_by_source, settled


def given(value: str, source: str = "a.csv", date: str | None = None, number: int = 0) -> Given:
    return Given(value, source, date, f"d{number}")


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ([given("Solo", date="2026-01-01"), given("Team", date="2026-02-01")], "Team"),
        ([given("Solo"), given("Team", date="2026-02-01"), given("Solo")], "Team"),
        ([given("Team"), given("Solo"), given("Team")], "Team"),
        ([given("Team"), given("Solo")], "Solo"),
        ([given("team "), given("Team"), given("Team"), given("Solo")], "Team"),
        (
            [given("Solo", date="2026-02-01"), given("Team", date="2026-02-01"), given("Solo", date="2025-01-01")],
            "Solo",
        ),
    ],
)
def test_the_newest_value_counts_else_the_most_frequent(values: list[Given], counts: str) -> None:
    assert settled(values) == settled(list(reversed(values))) == counts


def test_only_different_sources_dispute() -> None:
    older, newer = given("Solo", date="2026-01-01"), given("Team", date="2026-02-01")
    assert not differ_by_source([older, newer])
    assert not differ_by_source([given("solo"), given("Solo ", "b.csv")])
    assert differ_by_source([older, newer, given("Solo", "b.csv")])


def test_a_person_has_the_settled_values_and_differences_are_counted() -> None:
    stated = [("d1", "survey.csv", "2026-01-01", "Free", "UK"), ("d2", "tickets.csv", "2026-03-01", "Team", "UK")]
    documents = [
        Document(
            name,
            "ticket",
            source,
            "row",
            "P0001",
            "it is slow",
            created_at=date,
            attributes={"plan": plan, "Country": home},
        )
        for name, source, date, plan, home in stated
    ]
    segments = [
        Segment(f"s{one.document_id}", one.document_id, "u", 0, 0, 10, "it is slow", "k", "P0001", "participant")
        for one in documents
    ]
    crowd = gather(Batch.make((Document, documents), (Segment, segments)))
    (person,) = crowd.people
    assert person.attributes == {"plan": "Team", "Country": "UK"}
    assert crowd.disputes() == {"plan": 1}
