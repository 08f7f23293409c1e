"""Talks of two people as documents and meeting exports, for the tests of every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from .documents import as_html, as_odt, as_pdf, as_rtf

NAMES = ("Dana Wells", "Tom Reed")


def _timed(sentences: Sequence[str]) -> list[str]:
    return [line for n, text in enumerate(sentences) for line in (f"{NAMES[n % 2]}  {n // 60}:{n % 60:02}", text)]


def as_teams(sentences: list[str]) -> bytes:
    turns = (f"0:{n // 60}:{n % 60}.0 --> 0:{n // 60}:{n % 60}.9\n{NAMES[n % 2]}\n{s}" for n, s in enumerate(sentences))
    return "\n".join(turns).encode()


def as_zoom(sentences: list[str]) -> bytes:
    turns = (f"[{NAMES[n % 2]}] 10:{n // 60:02}:{n % 60:02}\n{text}\n" for n, text in enumerate(sentences))
    return "\n".join(turns).encode()


def as_speech(sentences: list[str]) -> bytes:
    cues = [{"index": n, "speaker_name": NAMES[n % 2], "text": s, "start_time": n} for n, s in enumerate(sentences)]
    # A line per sentence, so that a lost line costs a sentence and does not melt two into one.
    return ('{"sentences": [\n' + ",\n".join(json.dumps(cue) for cue in cues) + "\n]}").encode()


def as_chat(sentences: list[str]) -> bytes:
    days = (
        f"[{1 + n // 60}/13/26, {n // 60 % 12 + 1}:{n % 60:02}:09 PM] {NAMES[n % 2]}: " for n in range(len(sentences))
    )
    return "\n".join(day + text for day, text in zip(days, sentences, strict=True)).encode()


def as_turn_table(sentences: list[str]) -> bytes:
    made = io.StringIO()
    rows = csv.writer(made)
    rows.writerow(["Timecode", "Speaker", "Text"])
    rows.writerows([f"0:{n // 60:02}:{n % 60:02}", NAMES[n % 2], text] for n, text in enumerate(sentences))
    return made.getvalue().encode()


def latin(sentences: list[str]) -> list[str]:
    """What the standard fonts of a PDF can print."""
    return [text.encode("latin-1", "ignore").decode("latin-1") for text in sentences]


TALK_FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "chat_log.v1": ("a.txt", as_chat),
    "html.v1": ("a.html", lambda sentences: as_html(_timed(sentences))),
    "odt.v1": ("a.odt", lambda sentences: as_odt(_timed(sentences))),
    "pdf.v1": ("a.pdf", lambda sentences: as_pdf(_timed(latin(sentences)))),
    "rtf.v1": ("a.rtf", lambda sentences: as_rtf(_timed(sentences))),
    "speech_json.v1": ("a.json", as_speech),
    "turn_table.v1": ("a.csv", as_turn_table),
    "teams.v1": ("a.txt", as_teams),
    "zoom_text.v1": ("a.txt", as_zoom),
}
