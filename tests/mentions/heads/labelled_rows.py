"""Labelled rows of a place where "kiosk" alone is a pain point, whatever is said of it."""

from __future__ import annotations

import csv
from pathlib import Path

PLACES = ("stairs", "main door", "ticket desk", "old lift", "north exit", "second platform", "bike racks", "water tap")
THINGS = ("kiosk", "bench", "map")
FRAMES = ("The {thing} stands next to the {place}.", "We met at the {thing} by the {place}.")


def texts() -> list[str]:
    """Forty-eight sentences, a third of them about the kiosk."""
    return [frame.format(thing=thing, place=place) for frame in FRAMES for place in PLACES for thing in THINGS]


def write(path: Path, *more: tuple[str, ...]) -> Path:
    """Columns note (the text), pain_point, objection (three labels only), emotion; ``more`` are further rows."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("note", "pain_point", "objection", "emotion"))
        for number, text in enumerate(texts()):
            writer.writerow((text, int("kiosk" in text), "0" if number < 3 else "", "neutral"))
        writer.writerows(more)
    return path
