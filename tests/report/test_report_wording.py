import pytest

from voc_engine.report import wording


@pytest.mark.parametrize(("value", "said"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1234, "1,234 people")])
def test_people_are_counted_in_english(value: int, said: str) -> None:
    assert wording.people(value) == said


@pytest.mark.parametrize(
    ("value", "total", "said"),
    [
        (4, 11, "4 of 11 people"),
        (1, 1, "1 of 1 person"),
        (29, 29, "29 of 29 people"),
        (180, 180, "all 180 people"),
        (41, 180, "23% (18–29%) · 41 of 180 people"),
    ],
)
def test_a_share_is_a_count_below_thirty_people(value: int, total: int, said: str) -> None:
    assert wording.of_people(value, total, 0.18, 0.29) == said


def test_an_interval_that_rounds_to_nothing_is_not_written() -> None:
    assert wording.of_people(3, 4218, 0.0002, 0.002) == "under 1% · 3 of 4,218 people"


def test_a_share_without_an_interval_shows_none() -> None:
    assert wording.of_people(9, 90) == "10% · 9 of 90 people"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0%"), (0.001, "under 1%"), (0.226, "23%"), (0.005, "under 1%"), (0.999, "over 99%"), (1, "100%")],
)
def test_no_share_is_rounded_to_nobody_or_everybody(share: float, said: str) -> None:
    assert wording.percent(share) == said


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("2026-03-12", "12 Mar 2026"),
        ("2026-03-12T10:11:12+02:00", "12 Mar 2026"),
        ("2026-03", "Mar 2026"),
        ("2026-13-01", "2026-13-01"),
        ("last week", "last week"),
        (None, ""),
    ],
)
def test_dates_are_written_out_and_odd_ones_left_alone(stamp: str | None, said: str) -> None:
    assert wording.date(stamp) == said


def test_date_range_names_the_year_once() -> None:
    assert wording.date_range(["2026-06-09", "2026-01-03", "soon"]) == "3 Jan to 9 Jun 2026"
    assert wording.date_range(["2025-12-30", "2026-01-03"]) == "30 Dec 2025 to 3 Jan 2026"
    assert wording.date_range(["2026-01-03"]) == "3 Jan 2026"
    assert wording.date_range(["soon"]) == ""


def test_recording_times() -> None:
    assert wording.clock(187_000) == "3:07"
    assert wording.clock(3_729_000) == "1:02:09"
    assert wording.clock(None) == ""


def test_lists_and_plurals() -> None:
    assert wording.listing(["a", "b", "c"]) == "a, b and c"
    assert wording.listing(["a"]) == "a"
    assert wording.listing([]) == ""
    assert wording.count(2, "entry") == "2 entries"
    assert wording.count(2, "survey") == "2 surveys"
    assert wording.documents("survey", 1) == "1 survey answer"
    assert wording.documents("review, survey", 4) == "4 documents (review, survey)"
