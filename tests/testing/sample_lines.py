"""What is said in most samples of the reader kits, and how it is laid out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

# What is said in most samples, by two people in turn where the format has people.
LINES = (
    "Alder booked twice before breakfast.",
    "Birch never arrived and nobody phoned.",
    "Cedar costs forty pounds and more.",
    "Dogwood was a cheap trick, naïvely quoted.",
)


ALL = " ".join(LINES)


NAMES = ("Dana Wells", "Tom Reed")


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def laid_out(layout: str, between: str = "\n\n") -> str:
    return between.join(
        layout.format(name=NAMES[n % 2], text=text, n=n + 1, s=f"{n:02}", t=n + 1) for n, text in enumerate(LINES)
    )


def table(header: list[str], rows: list[list[str]], **options: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", **options).writerows([header, *rows])  # type: ignore[call-overload]
    return stream.getvalue()
