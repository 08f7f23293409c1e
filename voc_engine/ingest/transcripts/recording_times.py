"""Times of a recording, as transcripts write them: "1:02:03", "2:03", "00:01:02.500"."""

from __future__ import annotations

import re

CLOCK = r"(?:(?:\d{1,3}):)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?"
_CLOCK = re.compile(r"^(?:(?:(\d{1,3}):)?(\d{1,3})):([0-5]\d)(?:[.,](\d{1,3}))?$")


def milliseconds(clock: str) -> int | None:
    """``h:mm:ss``, ``m:ss`` or ``hh:mm:ss.mmm`` as milliseconds; None where it is no time."""
    match = _CLOCK.match(clock.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def seconds_loosely(clock: str) -> int | None:
    """``0:0:5.100`` (h:m:s without leading zeros) as milliseconds; None where it is no time."""
    hours, minutes, seconds = clock.replace(",", ".").split(":")
    return milliseconds(f"{hours}:{minutes:0>2}:{seconds.split('.')[0]:0>2}.{(seconds + '.').split('.')[1] or '0'}")
