"""The serial pass before redaction: every identity gets its pseudonym, in document order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voc_engine.config import PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.records import CONSENTS, NO_ANALYSIS, Document, Utterance, stable_hash, strictest
from voc_engine.redact.people import PeopleFile, identity_keys, joined, parse_people, role_prefix
from voc_engine.redact.stage import Pseudonyms
from voc_engine.store.identities import Allocate, Vault
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


class PackPseudonyms:
    """What the redact stage is given for each pack of ingest parts, no more than the pack needs.

    Everybody is given a pseudonym when the object is made, in one transaction and in document order; what a pack needs is
    looked up again when it is asked for, so that memory holds one pack's people and not the study's. ``said`` names what
    each pack would be given; ``consents`` is what people allowed, by pseudonym, where that is less than everything. A
    plan does not ``keep`` new pseudonyms, and cannot ask for them.
    """

    def __init__(
        self, store: PartStore, packs: Sequence[Sequence[str]], people: PeopleFile, vault: Vault, *, keep: bool = True
    ) -> None:
        self.store, self.packs, self.people, self.vault = store, packs, people, vault
        self.consents: dict[str, str] = {}
        self.silent: list[list[str]] = [[] for _ in packs]
        with vault.allocating(keep=keep) as allocate:
            self.said = [said_of(self._of(row, allocate, learn=True)) for row in range(len(packs))]
            self.consents = dict(sorted(self.consents.items()))
            if self.consents:
                # Somebody who is in an earlier pack may have refused in a later one.
                self._find_silent(allocate)
                self.said = [said_of(self._of(row, allocate)) for row in range(len(packs))]

    def __getitem__(self, row: int) -> Pseudonyms:
        with self.vault.allocating() as allocate:
            return self._of(row, allocate)

    def _of(self, row: int, allocate: Allocate, *, learn: bool = False) -> Pseudonyms:
        found = _identities(self.store, self.packs[row], self.people)
        ids = allocate((one.prefix, one.keys, one.shown) for one in found)
        if learn:
            for person_id, stated in consents_by_person(found, ids).items():
                self.consents[person_id] = strictest((stated, self.consents.get(person_id, CONSENTS[-1])))
        given = pseudonyms_for(found, ids, self.people, self.consents)
        return replace(given, silent=dict.fromkeys(self.silent[row], NO_ANALYSIS))

    def _find_silent(self, allocate: Allocate) -> None:
        """For each pack its sources in which, in this or another pack, somebody speaks who refused."""
        if NO_ANALYSIS not in self.consents.values():
            return
        sources = [self._sources(pack) for pack in self.packs]
        refused = (NO_ANALYSIS in self._of(row, allocate).consents.values() for row in range(len(self.packs)))
        silent = {source for found, no in zip(sources, refused, strict=True) if no for source in found}
        self.silent = [sorted(found & silent) for found in sources]

    def _sources(self, pack: Sequence[str]) -> set[str]:
        tables = (self.store.read_columns("ingest", part, Document, ("source",)) for part in pack)
        return {source for table in tables for source in table.column("source").to_pylist()}


def said_of(extra: Any) -> str:
    """What a part is given beside its tables, as text for the part's name."""
    if extra is None:
        return ""
    return stable_hash(*(f"{key}={sorted(value.items())}" for key, value in sorted(vars(extra).items())))


def consents_by_person(people: Iterable[Identity], ids: Mapping[str, str]) -> dict[str, str]:
    """Pseudonym -> the strictest that anything states of the person; who may be quoted to anybody is left out."""
    stated: dict[str, str] = {}
    for one in people:
        person_id = ids[f"{one.prefix}|{one.keys[0]}"]
        stated[person_id] = strictest((one.consent, stated.get(person_id, CONSENTS[-1])))
    return {person_id: stated[person_id] for person_id in sorted(stated) if stated[person_id] != CONSENTS[-1]}


def _identities(store: PartStore, pack: Sequence[str], people: PeopleFile) -> list[Identity]:
    documents = (
        (row["person_id"], dict(row["attributes"]))
        for part in pack
        for row in store.read_columns("ingest", part, Document, ("person_id", "attributes")).to_pylist()
    )
    turns = (
        (row["person_id"], row["role"], row["speaker"])
        for part in pack
        for row in store.read_columns("ingest", part, Utterance, ("person_id", "role", "speaker")).to_pylist()
    )
    return identities(documents, turns, people)


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
