"""Dates as exports write them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.ingest import explain
from voc_engine.ingest.dates import date_order, parse_date

from .reading import options, put, read

WRITTEN = [
    ("2026-03-02", "2026-03-02"),
    ("20260302", "2026-03-02"),
    ("2026-03-02 14:05", "2026-03-02T14:05:00"),
    ("2026-03-02T14:05:09.123456Z", "2026-03-02T14:05:09Z"),
    ("2026-03-02 14:05:09 +0200", "2026-03-02T12:05:09Z"),
    ("2026-03-02T14:05:09-07:00", "2026-03-02T21:05:09Z"),
    ("2026-03-02 14:05:09 UTC", "2026-03-02T14:05:09Z"),
    ("2026/03/02 2:05:09 PM GMT+1", "2026-03-02T13:05:09Z"),
    ("1772460309", "2026-03-02T14:05:09Z"),
    ("1772460309.000200", "2026-03-02T14:05:09Z"),
    ("1772460309000", "2026-03-02T14:05:09Z"),
    ("1772460309000000", "2026-03-02T14:05:09Z"),
    ("46083.58691", "2026-03-02T14:05:09"),
    ("03/30/2026 2:05 PM", "2026-03-30T14:05:00"),
    ("30.03.26", "2026-03-30"),
    ("30.03.2026 14:05 Uhr", "2026-03-30T14:05:00"),
    ("30/03/2026 à 14h05", "2026-03-30T14:05:00"),
    ("31-12-69", "1969-12-31"),
    ("Mar 2, 2026", "2026-03-02"),
    ("March 2nd, 2026 at 2:05 pm", "2026-03-02T14:05:00"),
    ("Monday, 2 March 2026", "2026-03-02"),
    ("02-Mar-2026", "2026-03-02"),
    ("02/Mar/26 2:05 PM", "2026-03-02T14:05:00"),
    ("2. März 2026", "2026-03-02"),
    ("2 févr. 2026", "2026-02-02"),
    ("1er août 2026", "2026-08-01"),
    ("2 de marzo de 2026", "2026-03-02"),
    ("2 dic 2026", "2026-12-02"),
    ("Mon, 02 Mar 2026 14:05:09 +0100", "2026-03-02T13:05:09Z"),
    ("Mon Mar 02 14:05:09 +0000 2026", "2026-03-02T14:05:09Z"),
    ("Mar 2, 2026 2:05:09 PM PST", "2026-03-02T22:05:09Z"),
    ("Reviewed in the United States on March 2, 2026", "2026-03-02"),
    ("30 maart 2022 om 14:05", "2022-03-30T14:05:00"),
    ("3 de mayo de 2021 a las 14:05", "2021-05-03T14:05:00"),
    ("3 mag 2021 alle 14:05", "2021-05-03T14:05:00"),
    ("3 de maio de 2021 às 14:05", "2021-05-03T14:05:00"),
    ("Tue Mar 12 10:05:00 PDT 2024", "2024-03-12T17:05:00Z"),
    ("/Date(1710237792000)/", "2024-03-12T10:03:12Z"),
    ("12345", None),
    ("10001", None),
    ("94107", None),
    ("2026-02-30", None),
    ("13/13/2026", None),
    ("25:00 of it", None),
    ("2 weeks ago", None),
    ("Version 2026", None),
    ("may be 2026", None),
]


@pytest.mark.parametrize(("written", "meant"), WRITTEN, ids=[written for written, _ in WRITTEN])
def test_a_date_is_read(written: str, meant: str | None) -> None:

    assert parse_date(written) == meant


def test_times_without_a_zone_are_utc_where_the_column_says_so() -> None:
    assert parse_date("2026-03-02 14:05", utc=True) == "2026-03-02T14:05:00Z"
    assert parse_date("2026-03-02", utc=True) == "2026-03-02"
    assert parse_date("2026-03-02T14:05:09+02:00", utc=True) == "2026-03-02T12:05:09Z"


@pytest.mark.parametrize(
    ("values", "day_first", "said"),
    [
        (["03/04/2026", "13/04/2026"], True, ""),
        (["03/04/2026", "04/13/2026"], False, ""),
        (["03.04.2026", "05.04.2026"], True, "dotted"),
        (["03/04/2026", "05/04/2026"], False, "AMBIGUOUS"),
        (["01/02/2026", "05/02/2026", "02/03/2026", "04/03/2026"], True, "stand in order"),
        (["02/01/2026", "02/05/2026", "03/02/2026", "03/04/2026"], False, "stand in order"),
        (["13/04/2026", "14/04/2026", "04/15/2026"], True, "both orders"),
        (["2026-03-04", "2026-04-03"], False, ""),
    ],
)
def test_day_or_month_first_is_settled_per_column(values: list[str], day_first: bool, said: str) -> None:
    order = date_order(values)
    assert order.day_first is day_first
    assert said in order.said
    assert bool(said) == bool(order.said)


def test_an_ambiguous_column_is_said_and_can_be_turned(tmp_path: Path) -> None:
    source = put(
        tmp_path, "r.csv", "Review ID,Date,Review\n1,03/04/2026,It is fine for us\n2,05/04/2026,It is not for us\n"
    )
    assert "AMBIGUOUS: no day is above 12, 03/04/2026 is read month first" in explain(source, options())
    assert [t.document.created_at for t in read(source)[0]] == ["2026-03-04", "2026-05-04"]
    assert [t.document.created_at for t in read(source, day_first=True)[0]] == ["2026-04-03", "2026-04-05"]


@given(
    st.datetimes(max_value=datetime(2100, 1, 1))
    | st.from_regex(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", fullmatch=True)
)
def test_what_programs_write_is_read_as_any_other_way_to_write_it(written: datetime | str) -> None:
    """The short way to the commonest form gives what the long way gives for the same moment (a blank for the T)."""
    text = written if isinstance(written, str) else f"{written.isoformat(timespec='seconds')}Z"
    assert parse_date(text) == parse_date(text.replace("T", " "))
