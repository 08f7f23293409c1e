"""The serial pass before redaction: every identity gets its pseudonym, in document order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from voc_engine.config import PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.records import Document, Utterance
from voc_engine.redact.people import PeopleFile, identity_keys, joined, parse_people, role_prefix
from voc_engine.redact.stage import Pseudonyms
from voc_engine.store.identities import Vault
from voc_engine.store.parts import PartStore


def read_people(options: PeopleConfig, folder: Path) -> PeopleFile:
    """The study's people file, or an empty one."""
    if options.file is None:
        return PeopleFile()
    path = folder / options.file
    try:
        return parse_people(path.read_text(encoding="utf-8-sig"), options.file)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The people file {path} cannot be read.", found=str(error), do="mend [people] file") from error


def pseudonyms_by_part(store: PartStore, parts: Sequence[str], people: PeopleFile, vault: Vault) -> list[Pseudonyms]:
    """One Pseudonyms for each ingest part, holding no more than the part needs."""
    wanted = [list(_identities(store, part, people)) for part in parts]
    groups = ((prefix, keys, shown) for part in wanted for prefix, _, keys, shown in part)
    ids = vault.allocate(groups)
    return [_slice(part, ids, people) for part in wanted]


def _identities(store: PartStore, part: str, people: PeopleFile) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """(prefix, identity key, joined keys, name to display) of each identity in a part, each once."""
    said: dict[tuple[str, str], tuple[str, str, tuple[str, ...], str]] = {}
    documents = store.read_columns("ingest", part, Document, ("person_id", "attributes")).to_pylist()
    for row in documents:
        attributes = dict(row["attributes"])
        keys = joined(identity_keys(row["person_id"], attributes), people)
        shown = attributes.get("identity.name") or row["person_id"].partition(":")[2]
        said.setdefault(("P", row["person_id"]), ("P", row["person_id"], keys, shown))
    turns = store.read_columns("ingest", part, Utterance, ("person_id", "role", "speaker")).to_pylist()
    for row in turns:
        prefix = role_prefix(row["role"])
        keys = joined((row["person_id"],), people)
        shown = row["speaker"] or row["person_id"].partition(":")[2]
        said.setdefault((prefix, row["person_id"]), (prefix, row["person_id"], keys, shown))
    yield from said.values()


def _slice(part: list[tuple[str, str, tuple[str, ...], str]], ids: dict[str, str], people: PeopleFile) -> Pseudonyms:
    given: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for prefix, key, keys, _ in part:
        person_id = ids[f"{prefix}|{keys[0]}"]
        given[f"{prefix}|{key}"] = person_id
        if keys[0].startswith("person:"):
            person = keys[0].removeprefix("person:")
            attributes[person_id] = dict(people.attributes[person])
            names[person_id] = people.names[person]
        elif key.startswith("name:"):
            names[person_id] = key.removeprefix("name:").title()
    return Pseudonyms(given, attributes, names)
