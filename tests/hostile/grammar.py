"""Texts and files that are hostile by construction: a grammar of what patterns stumble over, drawn by a seed.

A text is a beginning, a few atoms said over and over, and an end that keeps them from matching; a file is such texts in a
layout, some of them damaged. The same seed gives the same bytes on every machine.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import openpyxl

Layout = Callable[[list[str], random.Random], bytes]

ATOMS = (
    "Straße ", "the ", "a", "A", "Ann ", "ann ", "Ann Lee, ", "Mr. ", "Mrs ", "von ", "my son ", "my name is ",
    "Dear ", "thanks ", "I am ", "Regards,\n", "-- \n", "> ", "On Monday, Ann wrote:\n", "From: ", " ", "\t",
    "\u00a0", "\u200b", "\u00ad", "\n", "\r\n", "\n\n", ".", "...", "…", "!", "?", ",", ";", ":", "- ", "-",
    "–", "—", "_", "*", "**", "#", "## ", "1. ", "(", ")", "[", "]", "{", "}", "<", ">", "<b>", "</b>", "<!--",
    "-->", "<a href=", "&", "&amp;", "&#65;", "&#x", '"', "'", "’", "“", "”", "`", "```", "~", "|", "\\", "/",
    "//", "http://", "https://a.b/", "www.", "@", "@a", "a@", "a@b.", "a@b.c ", "u/", ".com", "+", "+49 ", "0",
    "7", "42 ", "4111 1111 ", "12:03 ", "[00:01] ", "00:00:01,000 --> ", "1/2/", "2024-", "$", "%", "=", "^",
    "é", "e\u0301", "\u0301", "ñ", "ÄÖ ", "Ж", "жена ", "مرحبا ", "中", "中文。", "田中さん", "한국", "\u202e", "😀",
    "👩\u200d", "don't ", "n't ", "'s ", "O'", "Mc", "aB", "x-", "no. ", "e.g. ", "U.S. ", "Speaker 1: ",
    "Ann: ", "Q: ", "and ", "but ", "because ", "name: ", "Street ", "12 Main Street, ", "order ",
    "account no ", "call ", "IBAN DE", "born on ", "Jan ", "John and ", "cc ", "said ", "Google ",
)  # fmt: skip
ENDS = ("", "x", "!", "\n", " Ann Lee called.", "@", "(", '"', "\ud7ff", ".", " 7")


def hostile_text(seed: int, size: int) -> str:
    """A text of about ``size`` characters; the same kind of text for every size."""
    draw = random.Random(seed)
    atoms = [draw.choice(ATOMS) for _ in range(draw.choice((1, 1, 2, 2, 3, 5)))]
    unit = "".join(atoms * draw.choice((1, 1, 1, 2)))
    kind = draw.random()
    begin, end = draw.choice(("", "", "Ann: ", "It broke. ", draw.choice(ATOMS))), draw.choice(ENDS)
    if kind < 0.75:
        body = unit * (size // len(unit) + 1)
    elif kind < 0.9:
        # Short lines of one kind, then one long one.
        body = (unit * 3 + "\n") * (size // (6 * len(unit)) + 1) + unit * (size // (2 * len(unit)))
    else:
        few = [draw.choice(ATOMS) for _ in range(6)]
        body = "".join(draw.choices(few, k=size // 3 + 1))
    return (begin + body[:size] + end).encode("utf-8", "replace").decode("utf-8")


def hostile_file(seed: int, size: int) -> tuple[str, bytes]:
    """(name, bytes) of a file in one of many layouts, filled with hostile texts; some are cut short or damaged."""
    draw = random.Random(f"file {seed}")
    texts = [
        hostile_text(draw.randrange(1 << 30), size // draw.choice((1, 4, 40))) for _ in range(draw.choice((1, 3, 12)))
    ]
    name, make = draw.choice(LAYOUTS)
    data = make(texts, draw)
    harm = draw.random()
    if harm < 0.15:
        data = data[: draw.randrange(len(data) // 2, len(data) + 1)]
    elif harm < 0.3:
        at = draw.randrange(len(data) + 1)
        data = data[:at] + bytes(draw.choices(range(256), k=3)) + data[at:]
    return f"{seed:03d}-{name}", data


def _csv(texts: list[str], draw: random.Random) -> bytes:
    stream = io.StringIO()
    rows = [[n, draw.choice(ATOMS), text] for n, text in enumerate(texts)]
    csv.writer(stream).writerows([["id", "name", "comment"], *rows])
    return stream.getvalue().encode()


def _loose_csv(texts: list[str], draw: random.Random) -> bytes:
    return "\n".join(draw.choice(",;\t").join((str(n), text)) for n, text in enumerate(texts)).encode()


def _wide_csv(texts: list[str], draw: random.Random) -> bytes:
    wide = len(texts[0]) // 8 + 1
    return (",".join(f"c{n}" for n in range(wide)) + "\n" + ",".join(["x y"] * wide) + "\n").encode()


def _json(texts: list[str], draw: random.Random) -> bytes:
    return json.dumps([{"id": n, "author": f"u{n}", "text": text} for n, text in enumerate(texts)]).encode()


def _json_lines(texts: list[str], draw: random.Random) -> bytes:
    rows = ({"id": n, "body": text, "author": draw.choice(ATOMS)} for n, text in enumerate(texts))
    return "\n".join(map(json.dumps, rows)).encode()


def _deep_json(texts: list[str], draw: random.Random) -> bytes:
    deep = len(texts[0])
    return ('{"a":' * deep + '"xxx"' + "}" * draw.choice((0, deep))).encode()


def _talk(form: str, joint: str, begin: str = "") -> Layout:
    """A layout of turns: ``form`` has places for who, text and n."""

    def made(texts: list[str], draw: random.Random) -> bytes:
        turns = (
            form.format(who=draw.choice(("Ann", "Bo", "Ann Lee")), text=text, n=n) for n, text in enumerate(texts * 2)
        )
        return (begin + joint.join(turns)).encode()

    return made


def _mail(texts: list[str], draw: random.Random) -> bytes:
    subject = "".join(char for char in texts[0][:200] if char.isprintable())
    head = (
        f"From: Ann <a@example.org>\nTo: b@example.org\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    return (head + "\n".join(texts)).encode()


def _mbox(texts: list[str], draw: random.Random) -> bytes:
    return b"\n\n".join(b"From a@example.org Mon Jan  1 00:00:00 2024\n" + _mail([text], draw) for text in texts)


def _rtf(texts: list[str], draw: random.Random) -> bytes:
    return ("{\\rtf1 " + "\\par ".join(texts) + "}").encode("ascii", "replace")


def _xlsx(texts: list[str], draw: random.Random) -> bytes:
    book = openpyxl.Workbook()
    for row in [("id", "comment"), *((n, _storable(text)) for n, text in enumerate(texts))]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    parts = zipfile.ZipFile(stream)
    far = draw.choice((b"A1:B2", b"A1:XFD1048576"))
    return _zip(
        {
            name: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + far + b'"', parts.read(name))
            for name in parts.namelist()
        }
    )


def _docx(texts: list[str], draw: random.Random) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = (draw.choice(("", "Ann: ")) + escape(_storable(text)) for text in texts)
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in said)
    document = f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
    return _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def _storable(text: str) -> str:
    """What XML can hold, within the longest cell."""
    return "".join(char for char in text if char >= " " or char in "\t\n")[:32_000]


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


LAYOUTS: tuple[tuple[str, Layout], ...] = (
    ("comma.csv", _csv), ("loose.csv", _loose_csv), ("wide.csv", _wide_csv), ("rows.json", _json),
    ("rows.jsonl", _json_lines),
    ("deep.json", _deep_json), ("mail.eml", _mail), ("box.mbox", _mbox), ("rich.rtf", _rtf), ("sheet.xlsx", _xlsx),
    ("word.docx", _docx), ("plain.txt", _talk("{text}", "\n")), ("turns.txt", _talk("{who}: {text}", "\n")),
    ("otter.txt", _talk("{who}  0:{n:02d}\n{text}", "\n\n")),
    ("chat.txt", _talk("[12/03/2024, 10:00:{n:02d}] {who}: {text}", "\n")),
    ("cues.vtt", _talk("00:00:{n:02d}.000 --> 00:00:{n:02d}.900\n{text}", "\n\n", "WEBVTT\n\n")),
    ("cues.srt", _talk("{n}\n00:00:{n:02d},000 --> 00:00:{n:02d},900\n{text}", "\n\n")),
    ("page.html", _talk("<p>{who}: {text}", "", "<!doctype html><body>")),
    ("table.html", _talk("<tr><td>{n}<td>{text}", "", "<table><tr><th>Name<th>Comment")),
)  # fmt: skip
