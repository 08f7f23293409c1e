"""Whether the people file is of the people in the sources; where it is not, both sides' keys side by side."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable

from voc_engine.privacy.people_file import PeopleFile
from voc_engine.privacy.pseudonyms import Identity
from voc_engine.records import Skipped

NOBODY = "the people file matches nobody of the sources"
FEW = "the people file matches few people of the sources"
_EXPECTED = "names, mails, handles or ids by which the sources know people"
_TO_DO = (
    "write the sources' keys into the columns name, email, handle or id of the people file, or tell which column of a"
    ' source names its people: columns = { person = "..." } in its section'
)
# Below this share of the smaller side the two are of different people, or know them by keys of another form.
_FEWEST = 0.1
_KINDS = {"name": "name", "mail": "email", "handle": "handle", "id": "id", "shared": "id"}
_EXAMPLES, _LONGEST = 2, 40
_STAYS = f" {string.punctuation}"


class PeopleMatching:
    """Shown everybody of the sources, in order; asked when that is done. ``name`` is the people file's."""

    def __init__(self, people: PeopleFile, name: str) -> None:
        self.people, self.name = people, name
        self._matched: set[str] = set()
        # Compared with the file's rows, so no more than these are counted: a source may name millions.
        self._known: set[str] = set()
        self._shapes: dict[str, list[str]] = {}

    def add(self, identities: Iterable[Identity]) -> None:
        """Take in people of the sources as they come. Interviewers, agents and bots may be matched too."""
        if not self.people.names:
            return
        for identity in identities:
            if identity.keys[0].startswith("person:"):
                self._matched.add(identity.keys[0].removeprefix("person:"))
            else:
                _learn(self._shapes, identity.known_by if identity.prefix == "P" else ())
            if identity.prefix == "P" and _kind(identity.key) and len(self._known) < len(self.people.names):
                self._known.add(identity.key)

    def unmatched(self) -> Skipped | None:
        """The rows of the file that match nobody, where that is all of them or nearly; keys are told by their form alone:
        "aaaa@aaa.aa" is a mail address. None where the file is of these people."""
        rows, matched = len(self.people.names), len(self._matched)
        if not rows or (matched and matched >= _FEWEST * min(rows, len(self._known))):
            return None
        shapes: dict[str, list[str]] = {}
        _learn(shapes, self.people.alias)
        ways = f"the file knows people by {_listed(shapes)}; the sources by {_listed(self._shapes)}"
        details = f"{matched:,} of {rows:,} rows match; {ways}"
        reason = FEW if matched else NOBODY
        return Skipped(self.name, "whole file", reason, _EXPECTED, details, _TO_DO, rows - matched)


def _kind(key: str) -> str:
    """What a key is called in a people file; "" for who is known within one document only."""
    return _KINDS.get(key.partition(":")[0], "")


def _learn(shapes: dict[str, list[str]], keys: Iterable[str]) -> None:
    """The first forms of the keys of each kind."""
    for key in keys:
        kind = _kind(key)
        forms = shapes.setdefault(kind, []) if kind else []
        if kind and len(forms) < _EXAMPLES and (form := _form(key.partition(":")[2])) not in forms:
            forms.append(form)


def _form(value: str) -> str:
    """The value with "a" for each letter and "9" for each digit of any writing; ASCII's blanks and punctuation stay."""
    characters = (char for char in value.strip(" :") if not unicodedata.category(char).startswith("M"))
    form = "".join("9" if char.isdigit() else char if char in _STAYS else "a" for char in characters)
    return form if len(form) <= _LONGEST else f"{form[:_LONGEST]}…"


def _listed(shapes: dict[str, list[str]]) -> str:
    parts = [f"{kind} ({', '.join(shapes[kind])})" for kind in sorted(shapes)]
    return ", ".join(parts) or "no name, email, handle or id"
