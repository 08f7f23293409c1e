"""The serial pass before redaction: every identity gets its pseudonym, in document order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voc_engine.config import PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.records import CONSENTS, NO_ANALYSIS, Document, Utterance, strictest
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
        raise ConfigError(
            f"The people file {path} cannot be read.", found=str(error), do="mend [people] file"
        ) from error


@dataclass(frozen=True)
class Identity:
    """Somebody as a source knows them: pseudonym's prefix, strongest key, keys that join over sources, name to show
    to the workspace's owner, the name to mask where one is known, and what the person allowed."""

    prefix: str
    key: str
    keys: tuple[str, ...]
    shown: str
    name: str = ""
    consent: str = CONSENTS[-1]


def pseudonyms_by_part(
    store: PartStore, parts: Sequence[str], people: PeopleFile, vault: Vault, *, keep: bool = True
) -> list[Pseudonyms]:
    """One Pseudonyms for each ingest part, holding no more than the part needs. A plan does not ``keep`` new ones."""
    wanted = [_identities(store, part, people) for part in parts]
    ids = vault.allocate(((one.prefix, one.keys, one.shown) for part in wanted for one in part), keep=keep)
    consents = consents_by_person((one for part in wanted for one in part), ids)
    given = [pseudonyms_for(part, ids, people, consents) for part in wanted]
    silent = _silent_sources(store, parts, given)
    return [replace(one, silent=dict.fromkeys(said, NO_ANALYSIS)) for one, said in zip(given, silent, strict=True)]


def consents_by_person(people: Iterable[Identity], ids: Mapping[str, str]) -> dict[str, str]:
    """Pseudonym -> the strictest that anything states of the person; who may be quoted to anybody is left out."""
    stated: dict[str, str] = {}
    for one in people:
        person_id = ids[f"{one.prefix}|{one.keys[0]}"]
        stated[person_id] = strictest((one.consent, stated.get(person_id, CONSENTS[-1])))
    return {person_id: stated[person_id] for person_id in sorted(stated) if stated[person_id] != CONSENTS[-1]}


def _silent_sources(store: PartStore, parts: Sequence[str], given: Sequence[Pseudonyms]) -> list[list[str]]:
    """For each part its sources in which, in this or another part, somebody speaks who refused."""
    refused = [NO_ANALYSIS in one.consents.values() for one in given]
    if not any(refused):
        return [[] for _ in parts]
    tables = (store.read_columns("ingest", part, Document, ("source",)) for part in parts)
    sources = [set(table.column("source").to_pylist()) for table in tables]
    silent = {source for found, no in zip(sources, refused, strict=True) if no for source in found}
    return [sorted(found & silent) for found in sources]


def _identities(store: PartStore, part: str, people: PeopleFile) -> list[Identity]:
    documents = store.read_columns("ingest", part, Document, ("person_id", "attributes")).to_pylist()
    turns = store.read_columns("ingest", part, Utterance, ("person_id", "role", "speaker")).to_pylist()
    return identities(
        ((row["person_id"], dict(row["attributes"])) for row in documents),
        ((row["person_id"], row["role"], row["speaker"]) for row in turns),
        people,
    )


def identities(
    documents: Iterable[tuple[str, Mapping[str, str]]], turns: Iterable[tuple[str, str, str | None]], people: PeopleFile
) -> list[Identity]:
    """Each identity of some documents (author, attributes) and turns (speaker's key, role, name), once, in order."""
    said: dict[tuple[str, str], Identity] = {}

    def add(one: Identity) -> None:
        before = said.setdefault((one.prefix, one.key), one)
        if before.consent != one.consent:
            said[one.prefix, one.key] = replace(before, consent=strictest((before.consent, one.consent)))

    for key, attributes in documents:
        name = attributes.get("identity.name") or (key.removeprefix("name:") if key.startswith("name:") else "")
        keys = joined(identity_keys(key, attributes), people)
        consent = strictest((attributes.get("identity.consent", CONSENTS[-1]), _consent_in(people, keys)))
        add(Identity("P", key, keys, name or key.partition(":")[2], name, consent))
    for key, role, speaker in turns:
        keys = joined((key,), people)
        shown = speaker or key.partition(":")[2]
        name = shown if key.startswith("name:") else ""
        add(Identity(role_prefix(role), key, keys, shown, name, _consent_in(people, keys)))
    return list(said.values())


def _consent_in(people: PeopleFile, keys: Sequence[str]) -> str:
    return people.consents.get(keys[0].removeprefix("person:"), CONSENTS[-1]) if keys else CONSENTS[-1]


def pseudonyms_for(
    part: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile, consents: Mapping[str, str]
) -> Pseudonyms:
    """What the redact stage needs for one part. Raises KeyError for an identity that has no pseudonym."""
    given: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for one in part:
        person_id = ids[f"{one.prefix}|{one.keys[0]}"]
        given[f"{one.prefix}|{one.key}"] = person_id
        if one.keys[0].startswith("person:"):
            person = one.keys[0].removeprefix("person:")
            attributes[person_id] = dict(people.attributes[person])
            names[person_id] = people.names[person]
        elif one.name:
            names[person_id] = one.name
    here = {person_id: consents[person_id] for person_id in sorted(set(given.values()) & set(consents))}
    return Pseudonyms(given, attributes, names, here)
