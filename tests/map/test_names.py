"""File names: a name means one thing in the whole tree."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

# Every room has these, and they mean the same in each.
IN_EVERY_ROOM = {"__init__.py", "__main__.py", "conftest.py", "contract.py", "replay.py", "stage.py"}
# A verb's module is named as the verb, whatever the room that does it is called.
VERBS = Path("voc_engine", "cli")
FOLDERS = ("voc_engine", "tests", "benchmarks", "training", "docs")
# Names that still mean two things: each goes when its rooms are at rest, and none may be added.
SEVERAL = {"cues.py", "labelling.py", "reading.py"}


def test_a_file_name_stands_once_in_the_tree(repository: Path) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for path in sorted((repository / folder).rglob("*.py")):
            place = path.relative_to(repository)
            if place.parent != VERBS and place.name not in IN_EVERY_ROOM:
                places[place.name].append(place.as_posix())
    assert {name: several for name, several in places.items() if len(several) > 1 and name not in SEVERAL} == {}
