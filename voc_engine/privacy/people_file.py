"""Who is who: identity keys of the sources, joined over sources by the study's people file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from voc_engine.errors import ConfigError
from voc_engine.privacy.consent import is_consent_column, stated_consent
from voc_engine.records import EVIDENCE_ROLES

_KEY_COLUMNS = {"name": "name", "email": "mail", "mail": "mail", "handle": "handle", "id": "id"}
_PREFIX = {"interviewer": "I", "agent": "A", "bot": "B", "proof": "A"}


@dataclass(frozen=True)
class PeopleFile:
    """``alias`` maps an identity key to the file's person; ``attributes``, ``names`` and ``consents`` are by person."""

    alias: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)


def parse_people(text: str, name: str) -> PeopleFile:
    """The people file's CSV. Raises ConfigError when it has no column 'person' or gives one key to two people."""
    rows = csv.DictReader(io.StringIO(text))
    columns = rows.fieldnames or []
    if "person" not in columns:
        raise ConfigError(
            f"The people file {name} has no column 'person'.", found=", ".join(columns) or "no header", do="add one"
        )
    alias: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    consents: dict[str, str] = {}
    for row in rows:
        person = (row["person"] or "").strip()
        if not person:
            continue
        if person in names:
            raise ConfigError(
                f"The people file {name} has two rows for one person.",
                found=person,
                do="keep one row; separate several addresses, names or handles by semicolons",
            )
        names[person] = (row.get("name") or person).strip()
        attributes[person] = {
            key: value.strip()
            for key, value in row.items()
            if key and value and key != "person" and key not in _KEY_COLUMNS and not is_consent_column(key)
        }
        stated = stated_consent({key: row[key] for key in columns}, f"{name}, {person}")
        if stated is not None:
            consents[person] = stated
        for key in _keys(row):
            if alias.setdefault(key, person) != person:
                raise ConfigError(
                    f"The people file {name} gives one identity to two people.",
                    found=f"{key} for {alias[key]} and {person}",
                    do="keep it in one row",
                )
    return PeopleFile(alias, attributes, names, consents)


def _keys(row: Mapping[str, str | None]) -> Iterable[str]:
    for column, prefix in _KEY_COLUMNS.items():
        for value in (row.get(column) or "").split(";"):
            if value.strip():
                yield f"{prefix}:{value.strip().casefold()}"


def role_prefix(role: str) -> str:
    """First letter of a pseudonym: P for whoever may be evidence, else I, A or B."""
    return "P" if role in EVIDENCE_ROLES else _PREFIX.get(role, "P")


def identity_keys(person_id: str, attributes: Mapping[str, str]) -> tuple[str, ...]:
    """Every key by which a document knows its author, strongest first."""
    keys = [person_id] if person_id else []
    columns = (("email", "mail"), ("shared", "shared"), ("id", "id"), ("handle", "handle"), ("name", "name"))
    for column, prefix in columns:
        value = attributes.get(f"identity.{column}", "").strip()
        if value:
            keys.append(f"{prefix}:{value.casefold()}")
    return tuple(dict.fromkeys(keys))


def joined(keys: tuple[str, ...], people: PeopleFile) -> tuple[str, ...]:
    """The keys by which two documents are taken as one person's.

    A person in the people file is joined by every key. Otherwise only the strongest key, mail addresses and ids of a
    system that several sources share join:
    two customers may share a name or a handle on two sites. These stay behind the person's own key, so that a people
    file which comes later finds the pseudonym that was given before.
    """
    strongest = tuple(key for number, key in enumerate(keys) if number == 0 or key.startswith(("mail:", "shared:")))
    person = next((people.alias[key] for one in keys for key in _written(one) if key in people.alias), None)
    return strongest if person is None else (f"person:{person}", *strongest)


def _written(key: str) -> Iterator[str]:
    """A key as a people file may write it: the id of one system also without the system's name."""
    key = key.casefold()
    yield key
    if key.startswith("id:") and key.count(":") > 1:
        yield f"id:{key.split(':', 2)[2]}"
