"""Text that every format can hold: characters that XML 1.0 forbids become U+FFFD, one for one, so that spans stay right."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text, of the same length, without control characters, lone surrogates and non-characters."""
    return _FORBIDDEN.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text with every run of blanks and line ends as one blank."""
    return " ".join(plain(text).split())


def shortened(text: str, length: int) -> str:
    """At most ``length`` characters, with "…" as the last where something was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
