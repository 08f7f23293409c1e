"""Dates as sources write them, to ISO 8601: a calendar date, a local time, or UTC with "Z" where a zone is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_EXCEL_EPOCH = datetime(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        1,
    )
    for name in names.split()
}
_SLASHED = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})(?:[ T,]+(.+))?$")
_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(?:UTC|GMT|Z)?$")
_WORDY = re.compile(
    r"^(?:[A-Za-z]+,?\s+)??(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\.?\s+(?P<m1>[A-Za-z]{3,9})\.?,?|"
    r"(?P<m2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>\d{4})(?:,?\s+(?:at\s+)?(?P<time>.+))?$"
)
_TWITTER = "%a %b %d %H:%M:%S %z %Y"


def iso(moment: datetime) -> str:
    """ISO 8601 to the second; aware times in UTC with "Z"."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return moment.isoformat(timespec="seconds")


def from_epoch(value: float) -> str | None:
    """Seconds (or milliseconds) since 1970 as ISO 8601 in UTC; None out of range."""
    seconds = value / 1000 if abs(value) > 1e11 else value
    try:
        return iso(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(seconds)))
    except (OverflowError, ValueError):
        return None


def parse_date(value: str, day_first: bool = False) -> str | None:
    """The value as ISO 8601, None where it is no date.

    Understands ISO, epoch seconds and milliseconds, Excel serial days, "03/30/2022 14:05", "March 30, 2022",
    "30 March 2022", mail dates and Twitter's. ``day_first`` settles 03/04/2022.
    """
    value = value.strip()
    if not 4 < len(value) < 64:
        return None
    for attempt in (_number, _iso, _wordy, _twitter, _mail):
        found = attempt(value)
        if found:
            return found
    return _slashed(value, day_first)


def _number(value: str) -> str | None:
    if not re.fullmatch(r"\d{5,14}(?:\.\d+)?", value) or re.fullmatch(r"(19|20)\d{6}", value):
        return None
    number = float(value)
    if 10_000 <= number < 80_000:
        return iso(_EXCEL_EPOCH + timedelta(seconds=round(number * 86_400)))
    return from_epoch(number) if 1e8 <= number < 1e10 or 1e11 <= number < 1e13 else None


def _iso(value: str) -> str | None:
    text = re.sub(r"\s*(UTC|GMT)$", "Z", value)
    if not re.match(r"^\d{4}-?\d{2}-?\d{2}([T ]|$)", text):
        return None
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return None
    try:
        return iso(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _clock(text: str | None) -> tuple[int, int, int] | None:
    match = _TIME.match((text or "").strip())
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower().startswith("p") else 0)
    return hour, minute, second


def _make(year: int, month: int, day: int, time: str | None) -> str | None:
    try:
        if not time:
            return date(year, month, day).isoformat()
        clock = _clock(time)
        if clock is None:
            return None
        zone = UTC if re.search(r"(UTC|GMT|Z)\s*$", time) else None
        return iso(datetime(year, month, day, *clock, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _wordy(value: str) -> str | None:
    match = _WORDY.match(value)
    if not match:
        return None
    month = _MONTHS.get((match["m1"] or match["m2"]).lower())
    return _make(int(match["year"]), month, int(match["d1"] or match["d2"]), match["time"]) if month else None


def _twitter(value: str) -> str | None:
    try:
        return iso(datetime.strptime(value, _TWITTER))
    except (ValueError, OverflowError):
        return None


def _mail(value: str) -> str | None:
    if not re.match(r"^([A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d", value):
        return None
    try:
        return iso(parsedate_to_datetime(value))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _slashed(value: str, day_first: bool) -> str | None:
    match = _SLASHED.match(value)
    if not match:
        return None
    one, two, three = (int(part) for part in match.groups()[:3])
    if len(match[1]) == 4:
        return _make(one, two, three, match[4])
    year = three + 2000 if len(match[3]) == 2 else three
    day, month = (one, two) if one > 12 or (day_first and two <= 12) else (two, one)
    return _make(year, month, day, match[4])


def day_comes_first(values: Sequence[str]) -> bool:
    """Whether a column of dates such as 13/04/2022 names the day first; dotted dates do unless one says otherwise."""
    parts = [match for match in map(_SLASHED.match, map(str.strip, values)) if match and len(match[1]) < 4]
    if any(int(match[1]) > 12 for match in parts):
        return True
    if any(int(match[2]) > 12 for match in parts):
        return False
    return bool(parts) and all("." in value.split(" ")[0] for value in values if _SLASHED.match(value.strip()))
