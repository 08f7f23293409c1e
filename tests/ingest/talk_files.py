"""Talks of two people as documents and meeting exports, for the tests of every format."""

from __future__ import annotations

import csv
import html
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


def as_elan(sentences: list[str]) -> bytes:
    """A tier for each of two speakers, who take turns."""
    slots = "".join(f'<TIME_SLOT TIME_SLOT_ID="ts{n}" TIME_VALUE="{n * 1000}"/>' for n in range(len(sentences) + 1))
    said = [
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{n}" TIME_SLOT_REF1="ts{n}" TIME_SLOT_REF2="ts{n + 1}">'
        f"<ANNOTATION_VALUE>{html.escape(text)}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
        for n, text in enumerate(sentences)
    ]
    tiers = "".join(
        f'<TIER LINGUISTIC_TYPE_REF="d" TIER_ID="{who}">{"".join(said[place::2])}</TIER>'
        for place, who in enumerate(("Dana Wells", "Tom Reed"))
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT DATE="2024-03-12T10:11:12+01:00" VERSION="3.0">'
    )
    return f"{head}<TIME_ORDER>{slots}</TIME_ORDER>{tiers}</ANNOTATION_DOCUMENT>".encode()


def as_text_grid(sentences: list[str]) -> bytes:
    """Praat's long text: an interval for each stretch, blank where the other one speaks."""
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {len(sentences)}"]
    lines += ["tiers? <exists>", "size = 2", "item []:"]
    for place, who in enumerate(("Dana Wells", "Tom Reed")):
        lines += [f"item [{place + 1}]:", 'class = "IntervalTier"', f'name = "{who}"', "xmin = 0"]
        lines += [f"xmax = {len(sentences)}", f"intervals: size = {len(sentences)}"]
        for n, text in enumerate(sentences):
            spoken = text.replace('"', '""') if n % 2 == place else ""
            lines += [f"intervals [{n + 1}]:", f"xmin = {n}", f"xmax = {n + 1}", f'text = "{spoken}"']
    return "\n".join(lines).encode()


def as_chat_annotation(sentences: list[str]) -> bytes:
    lines = ["@UTF8", "@Begin", "@Participants:\tINV Investigator, PAR Participant"]
    lines += [f"*{('INV', 'PAR')[n % 2]}:\t{text}" for n, text in enumerate(sentences)]
    return "\n".join([*lines, "@End"]).encode()


TALK_FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "chat_annotation.v1": ("a.cha", as_chat_annotation),
    "chat_log.v1": ("a.txt", as_chat),
    "elan.v1": ("a.eaf", as_elan),
    "textgrid.v1": ("a.TextGrid", as_text_grid),
    "html.v1": ("a.html", lambda sentences: as_html(_timed(sentences))),
    "odt.v1": ("a.odt", lambda sentences: as_odt(_timed(sentences))),
    "pdf.v1": ("a.pdf", lambda sentences: as_pdf(_timed(latin(sentences)))),
    "rtf.v1": ("a.rtf", lambda sentences: as_rtf(_timed(sentences))),
    "speech_json.v1": ("a.json", as_speech),
    "turn_table.v1": ("a.csv", as_turn_table),
    "teams.v1": ("a.txt", as_teams),
    "zoom_text.v1": ("a.txt", as_zoom),
}
