"""Dates as sources write them, to ISO 8601: a calendar date, a local time, or UTC with "Z" where a zone is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

from voc_engine.ingest.keywords import keywords

_KEYWORDS = keywords("dates")

_EXCEL_EPOCH = datetime(1899, 12, 30)
# 1 January 1990 and 1 January 2060 as Excel's serial days: outside of them five digits are a postcode or a count.
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 58_441
# English, German, French, Spanish, Portuguese, Italian and Dutch, without accents; the first three letters of a longer
# name are known as well where no two months share them ("jui" is two in French).
_MONTH_NAMES = [
    "jan january januar janner janvier janv enero ene janeiro gennaio gen januari",
    "feb february februar fevrier fevr febrero fevereiro febbraio februari fev",
    "mar march marz mrz mars marzo marco maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei",
    "jun june juni juin junio junho giugno giu",
    "jul july juli juillet juil julio julho luglio lug",
    "aug august aout agosto ago augustus",
    "sep sept september septembre septiembre setembro set settembre",
    "oct october okt oktober octobre octubre outubro out ottobre ott",
    "nov november novembre noviembre novembro",
    "dec december dez dezember decembre diciembre dic dezembro dicembre",
]
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# RFC 2822 names the American ones; other abbreviations mean several zones.
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
          "cet": 1, "cest": 2, "mez": 1, "mesz": 2}  # fmt: skip
# The word between a date and its time of day, in the languages of the months.
_AT = r"(?:at|um|om|à|a\s+las|alle(?:\s+ore)?|ore|às|as|kl\.?|klo|o)"
# No date is written longer; what is longer is read by no pattern.
_LONGEST = 64
_SLASHED = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})\.?(?:[ T,]+(.+))?$")
_TIME = re.compile(
    rf"^(?:{_AT} )?(?P<h>\d{{1,2}})[:.h](?P<m>\d{{2}})?(?::(?P<s>\d{{2}})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
    r"(?:\s*(?:Uhr|h))?\s*\(?(?P<zone>(?:UTC|GMT)?\s*[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,4})?\)?$"
)
_WORDY = re.compile(
    r"^(?:[^\W\d]+\.?,?\s+)??(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s/\-]+(?:de\s+|of\s+)?(?P<m1>[^\W\d]{3,10})\.?,?|"
    r"(?P<m2>[^\W\d]{3,10})\.?[\s\-]+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?)[\s/\-]+(?:de\s+|del\s+)?(?P<year>\d{4}|\d{2})"
    rf"(?:,?\s+(?:{_AT}\s+)?(?P<time>\d.*))?$"
)
_BEFORE = re.compile(_KEYWORDS.pattern("before"), re.I)
_TWITTER = "%a %b %d %H:%M:%S %z %Y"
_UNIX = re.compile(
    r"^[A-Z][a-z]{2} (?P<day>[A-Z][a-z]{2} +\d{1,2}) (?P<time>\d{2}:\d{2}:\d{2}) (?P<zone>[A-Z]{3,4}) (?P<year>\d{4})$"
)
_DOTNET = re.compile(r"^\\?/Date\((?P<ms>-?\d{1,15})(?:[+-]\d{4})?\)\\?/$")
# Epochs from 1973 on in seconds, milliseconds and microseconds; what lies between is another number.
_EPOCH_S, _EPOCH_MS, _EPOCH_US = (1e8, 1e10), (1e11, 1e13), (1e14, 1e16)
_SHORTEST = 5  # "3/4/5"
# What most programs write is no other kind of date: it is not asked whether it is.
_UTC_SECONDS = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_TO_THE_SECOND = len("2022-03-30T14:05:00")
_YEAR_DIGITS = 4
_LAST_CENTURY = 69  # two digits from here on (POSIX strptime)
_LAST_MONTH = 12
_FEWEST_IN_ORDER = 4  # dates that can show by chance no more whether they rise


@dataclass(frozen=True)
class DateOrder:
    """How 03/04/2022 is read in one column, and what is to be told of it ("" where nothing is in doubt)."""

    day_first: bool = False
    said: str = ""


def iso(moment: datetime) -> str:
    """ISO 8601 to the second; aware times in UTC with "Z"."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return moment.isoformat(timespec="seconds")


def from_epoch(value: float) -> str | None:
    """Seconds, milliseconds or microseconds since 1970 as ISO 8601 in UTC; None out of range."""
    seconds = value / 1e6 if abs(value) > _EPOCH_US[0] else value / 1000 if abs(value) > _EPOCH_MS[0] else value
    try:
        return iso(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(seconds)))
    except (OverflowError, ValueError):
        return None


@lru_cache(maxsize=10_000)
def parse_date(value: str, day_first: bool = False, utc: bool = False) -> str | None:
    """The value as ISO 8601, None where it is no date.

    Understands ISO, epoch seconds to microseconds, Excel serial days (of 1990 to 2060), "03/30/2022 14:05", "March 30,
    2022", "30 mars 2022", "3 de mayo de 2021 a las 14:05", "30/Mar/22 2:05 PM", mail dates, Twitter's and Microsoft's.
    ``day_first`` settles 03/04/2022; with ``utc`` times that name no zone are UTC.
    """
    if _UTC_SECONDS.fullmatch(value) is not None and (moment := _utc(value)) is not None:
        return moment
    value = _BEFORE.sub("", value.strip())
    if not _SHORTEST <= len(value) < _LONGEST:
        return None
    moment = next((f for attempt in (_number, _iso, _wordy, _twitter, _mail, _dotnet) if (f := attempt(value))), None)
    moment = moment or _slashed(value, day_first)
    return f"{moment}Z" if moment and utc and len(moment) == _TO_THE_SECOND else moment


def _utc(value: str) -> str | None:
    try:
        return iso(datetime.fromisoformat(value))
    except ValueError:
        return None


def _number(value: str) -> str | None:
    if not re.fullmatch(r"\d{5,17}(?:\.\d+)?", value) or re.fullmatch(r"(19|20)\d{6}", value):
        return None
    number = float(value)
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        return iso(_EXCEL_EPOCH + timedelta(seconds=round(number * 86_400)))
    is_epoch = any(first <= number < last for first, last in (_EPOCH_S, _EPOCH_MS, _EPOCH_US))
    return from_epoch(number) if is_epoch else None


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
        return iso(datetime.fromisoformat(re.sub(r" (?=[+-]\d{2}:?\d{2}$)", "", text)))
    except (ValueError, OverflowError):
        return None


def _clock(text: str) -> tuple[int, int, int, timezone | None] | None:
    match = _TIME.match(text.strip())
    if not match or not (match["m"] or match["half"] or "h" in text):
        return None
    hour = int(match["h"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    zone = (match["zone"] or "").strip()
    offset = _zone(zone) if zone else None
    return None if zone and offset is None else (hour, int(match["m"] or 0), int(match["s"] or 0), offset)


def _zone(text: str) -> timezone | None:
    if text.lower() in _ZONES:
        return timezone(timedelta(hours=_ZONES[text.lower()]))
    match = re.fullmatch(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?", text, re.IGNORECASE)
    if not match:
        return None
    away = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-away if match[1] == "-" else away) if away < timedelta(days=1) else None


def _make(year: int, month: int, day: int, time: str | None) -> str | None:
    try:
        if not time:
            return date(year, month, day).isoformat()
        clock = _clock(time)
        return iso(datetime(year, month, day, *clock[:3], tzinfo=clock[3])) if clock else None
    except (ValueError, OverflowError):
        return None


def _full_year(digits: str) -> int:
    """Two digits as POSIX reads them: 69 and above are of the last century."""
    return int(digits) + (0 if len(digits) >= _YEAR_DIGITS - 1 else 2000 if int(digits) < _LAST_CENTURY else 1900)


def _wordy(value: str) -> str | None:
    match = _WORDY.match(value)
    if not match:
        return None
    name = "".join(c for c in unicodedata.normalize("NFD", (match["m1"] or match["m2"]).lower()) if c.isalpha())
    month = _MONTHS.get(name)
    if month is None:
        return None
    return _make(_full_year(match["year"]), month, int(match["d1"] or match["d2"]), match["time"])


def _dotnet(value: str) -> str | None:
    """Microsoft's JSON: "/Date(1710237792000)/", milliseconds since 1970 in UTC."""
    match = _DOTNET.match(value)
    return from_epoch(int(match["ms"]) / 1000) if match else None


def _twitter(value: str) -> str | None:
    """Twitter's, and the same with the zone's name as Unix writes it ("Tue Mar 12 10:05:00 PDT 2024")."""
    unix = _UNIX.match(value)
    if unix:
        return _wordy(f"{unix['day']} {unix['year']} {unix['time']} {unix['zone']}")
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
    first, two, three = (int(part) for part in match.groups()[:3])
    if len(match[1]) >= _YEAR_DIGITS - 1:
        return _make(first, two, three, match[4]) if len(match[1]) == _YEAR_DIGITS else None
    day, month = (first, two) if first > _LAST_MONTH or (day_first and two <= _LAST_MONTH) else (two, first)
    return _make(_full_year(match[3]), month, day, match[4])


def date_order(values: Sequence[str]) -> DateOrder:
    """Which of day and month comes first in a column of dates such as 13/04/2022.

    A number over 12 settles it, for the whole column. Where there is none, dotted dates name the day first; others follow
    the order in which the rows then stand in time, and else the American way. What is not settled by a number is said.
    """
    dates = [
        (value, m)
        for value in map(str.strip, values)
        if len(value) < _LONGEST and (m := _SLASHED.match(value)) and len(m[1]) < _YEAR_DIGITS - 1
    ]
    if not dates:
        return DateOrder()
    day_first = sum(int(match[1]) > _LAST_MONTH for _, match in dates)
    month_first = sum(int(match[2]) > _LAST_MONTH for _, match in dates)
    if day_first and month_first:
        note = f"both orders occur: {day_first} cells name the day first, {month_first} the month"
        return DateOrder(day_first > month_first, f"{note}; the others are read like the most")
    if day_first or month_first:
        return DateOrder(bool(day_first), "")
    example = dates[0][0]
    if all("." in value.split(" ")[0] for value, _ in dates):
        return DateOrder(True, f"no day is above 12: dotted dates such as {example} are read as day first")
    day = _falls_into_order([value for value, _ in dates], True)
    month = _falls_into_order([value for value, _ in dates], False)
    if day != month and len(dates) >= _FEWEST_IN_ORDER:
        return DateOrder(day, f"no day is above 12: {example} is read {'day' if day else 'month'} first, as the rows then"
                         " stand in order")  # fmt: skip
    return DateOrder(False, f"AMBIGUOUS: no day is above 12, {example} is read month first; day_first = true turns it")


def _falls_into_order(values: Sequence[str], day_first: bool) -> bool:
    """Whether the dates never fall, or never rise, from row to row."""
    dates = [parse_date(value, day_first) or "" for value in values]
    return dates == sorted(dates) or dates == sorted(dates, reverse=True)
