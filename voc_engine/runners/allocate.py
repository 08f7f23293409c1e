"""The serial pass before redaction: every identity gets its pseudonym, in document order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voc_engine.config import Config, PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.records import CONSENTS, NO_ANALYSIS, Document, Utterance, stable_hash, strictest
from voc_engine.redact.people import PeopleFile, identity_keys, joined, parse_people, role_prefix
from voc_engine.redact.stage import Pseudonyms
from voc_engine.runners.roster import Roster, RosterFile
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
        self, store: PartStore, packs: Sequence[Sequence[str]], people: PeopleFile, vault: Vault,
        roster: Roster | None = None, *, sources: Mapping[str, str] | None = None, keep: bool = True,
    ) -> None:  # fmt: skip
        """``sources`` maps a part to the file that it is of; with it the ``roster`` learns whom and what is in them."""
        self.store, self.packs, self.people, self.vault = store, packs, people, vault
        self.roster, self._source_of = roster if sources else None, sources or {}
        self.consents: dict[str, str] = {}
        self.silent: list[list[str]] = [[] for _ in packs]
        self._companies: list[dict[str, str]] = [{} for _ in packs]
        with vault.allocating(keep=keep) as allocate:
            said = [said_of(self._of(row, allocate, learn=True)) for row in range(len(packs))]
            self._learn(allocate)
            self.consents = dict(sorted(self.consents.items()))
            if self.consents:
                # Somebody who is in an earlier pack may have refused in a later one.
                self._find_silent(allocate)
                said = [said_of(self._of(row, allocate)) for row in range(len(packs))]
            self.said = [stable_hash(one, said_of(self._beyond(Pseudonyms(), row))) for row, one in enumerate(said)]

    def __getitem__(self, row: int) -> Pseudonyms:
        with self.vault.allocating() as allocate:
            return self._beyond(self._of(row, allocate), row)

    def _of(self, row: int, allocate: Allocate, *, learn: bool = False) -> Pseudonyms:
        companies: dict[str, str] = {}
        found = _identities(self.store, self.packs[row], self.people, self.roster, companies)
        ids = allocate((one.prefix, one.keys, one.shown) for one in found)
        if learn:
            for person_id, stated in consents_by_person(found, ids).items():
                self.consents[person_id] = strictest((stated, self.consents.get(person_id, CONSENTS[-1])))
            self._companies[row] = companies
        given = pseudonyms_for(found, ids, self.people, self.consents)
        return replace(given, silent=dict.fromkeys(self.silent[row], NO_ANALYSIS))

    def _learn(self, allocate: Allocate) -> None:
        """Tell the roster who is in which small file, and allocate companies and who is only listed."""
        if self.roster is None:
            return
        for part in (part for pack in self.packs for part in pack):
            source = self._source_of[part]
            if self.roster.is_small(source):
                found = _identities(self.store, (part,), self.people)
                ids = allocate((one.prefix, one.keys, one.shown) for one in found)
                self.roster.add(source, names_of(found, ids, self.people))
        for companies in self._companies:
            keys = allocate(("C", (f"company:{key}",), name) for key, name in companies.items())
            self.roster.add_companies(companies.items(), keys)
        self.roster.settle(allocate(self.roster.listed()))

    def _beyond(self, given: Pseudonyms, row: int) -> Pseudonyms:
        if self.roster is None:
            return given
        sources = [self._source_of[part] for part in self.packs[row]]
        small = all(self.roster.is_small(source) for source in sources)
        text = "\n".join(_texts(self.store, self.packs[row])) if small else None
        return self.roster.given(given, sources, self._companies[row], text)

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


def roster_for(config: Config, files: Iterable[tuple[str, int, int]], people: PeopleFile) -> Roster:
    """An empty roster for (source, place of its section in the configuration, number of documents) of each file."""
    return Roster(config, [RosterFile(*one) for one in files], people)


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


def _identities(
    store: PartStore, pack: Sequence[str], people: PeopleFile, roster: Roster | None = None,
    companies: dict[str, str] | None = None,
) -> list[Identity]:  # fmt: skip
    """``companies`` takes up the key and the name of those that the documents' attributes name."""

    def documents() -> Iterator[tuple[str, dict[str, str]]]:
        for part in pack:
            for row in store.read_columns("ingest", part, Document, ("person_id", "attributes")).to_pylist():
                attributes = dict(row["attributes"])
                if roster is not None and companies is not None:
                    companies.update(roster.companies_of(attributes))
                yield row["person_id"], attributes

    turns = (
        (row["person_id"], row["role"], row["speaker"])
        for part in pack
        for row in store.read_columns("ingest", part, Utterance, ("person_id", "role", "speaker")).to_pylist()
    )
    found = identities(documents(), turns, people)
    if roster is not None and companies is not None:
        for person in sorted(
            {one.keys[0].removeprefix("person:") for one in found if one.keys[0].startswith("person:")}
        ):
            companies.update(roster.companies_of(people.attributes[person]))
    return found


def _texts(store: PartStore, pack: Sequence[str]) -> Iterator[str]:
    for part in pack:
        table = store.read_columns(
            "ingest", part, Document, ("text", "title", "context", "locator", "url", "attributes")
        )
        for name in table.column_names[:-1]:
            yield from filter(None, table.column(name).to_pylist())
        yield from (value for row in table.column("attributes").to_pylist() for _, value in row)


def names_of(found: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile) -> list[tuple[str, str]]:
    """(pseudonym, name) of everybody whose name is known."""
    named = []
    for one in found:
        key = one.keys[0]
        name = people.names[key.removeprefix("person:")] if key.startswith("person:") else one.name
        if name:
            named.append((ids[f"{one.prefix}|{key}"], name))
    return named


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
    part: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile, consents: Mapping[str, str] | None = None
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
    allowed = consents or {}
    here = {person_id: allowed[person_id] for person_id in sorted(set(given.values()) & set(allowed))}
    return Pseudonyms(given, attributes, names, here)
