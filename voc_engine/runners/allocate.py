"""The serial pass before redaction: every identity gets its pseudonym, in document order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from voc_engine.config import Config, PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.privacy.consent import CONSENTS, NO_ANALYSIS, strictest
from voc_engine.privacy.forgotten import people_left
from voc_engine.privacy.people_file import PeopleFile, parse_people
from voc_engine.privacy.people_matching import PeopleMatching
from voc_engine.privacy.pseudonyms import Identity, Pseudonyms, consents_by_person, identities, names_of, pseudonyms_for
from voc_engine.privacy.roster import Roster, RosterFile
from voc_engine.records import Document, Record, Skipped, Utterance, stable_hash
from voc_engine.runners.removals import removal_of
from voc_engine.runners.state import RunContext
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


class PackPseudonyms:
    """What the redact stage is given for each pack of ingest parts, no more than the pack needs.

    Everybody is given a pseudonym when the object is made, in one transaction and in document order; what a pack needs is
    looked up again when it is asked for, so that memory holds one pack's people and not the study's. ``texts`` names what
    each pack would be given; ``consents`` is what people allowed, by pseudonym, where that is less than everything. A
    plan does not ``keep`` new pseudonyms, and cannot ask for them.
    """

    known = True

    def __init__(
        self, store: PartStore, packs: Sequence[Sequence[str]], people: PeopleFile, vault: Vault,
        roster: Roster | None = None, *, sources: Mapping[str, str] | None = None, keep: bool = True,
        people_name: str = "",
    ) -> None:  # fmt: skip
        """``sources`` maps a part to the file that it is of; with it the ``roster`` learns whom and what is in them.
        ``people_name`` is the people file's."""
        self.store, self.packs, self.people, self.vault = store, packs, people, vault
        self.roster, self._source_of = roster if sources else None, sources or {}
        self.matching = PeopleMatching(people, people_name)
        self.consents: dict[str, str] = {}
        self.silent: list[list[str]] = [[] for _ in packs]
        self._companies: list[dict[str, str]] = [{} for _ in packs]
        with vault.allocating(keep=keep) as allocate:
            texts = [said_of(self._of(row, allocate, learn=True)) for row in range(len(packs))]
            self._learn(allocate)
            self.consents = dict(sorted(self.consents.items()))
            if self.consents:
                # Somebody who is in an earlier pack may have refused in a later one.
                self._find_silent(allocate)
                texts = [said_of(self._of(row, allocate)) for row in range(len(packs))]
            self.texts = [stable_hash(one, said_of(self._beyond(Pseudonyms(), row))) for row, one in enumerate(texts)]

    def __getitem__(self, row: int) -> Pseudonyms:
        with self.vault.allocating() as allocate:
            return self._beyond(self._of(row, allocate), row)

    def _of(self, row: int, allocate: Allocate, *, learn: bool = False) -> Pseudonyms:
        companies: dict[str, str] = {}
        everybody = _identities(self.store, self.packs[row], self.people, self.roster, companies)
        ids = allocate((one.prefix, one.keys, one.shown) for one in everybody)
        if learn:
            self.matching.add(everybody)
            for person_id, stated in consents_by_person(everybody, ids).items():
                self.consents[person_id] = strictest((stated, self.consents.get(person_id, CONSENTS[-1])))
            self._companies[row] = companies
        allocated = pseudonyms_for(everybody, ids, self.people, self.consents)
        return replace(allocated, silent=dict.fromkeys(self.silent[row], NO_ANALYSIS))

    def _learn(self, allocate: Allocate) -> None:
        """Tell the roster who is in which small file, and allocate companies and who is only listed."""
        if self.roster is None:
            return
        for part in (part for pack in self.packs for part in pack):
            source = self._source_of[part]
            if self.roster.is_small(source):
                everybody = _identities(self.store, (part,), self.people)
                ids = allocate((one.prefix, one.keys, one.shown) for one in everybody)
                self.roster.add(source, names_of(everybody, ids, self.people))
        for companies in self._companies:
            keys = allocate(("C", (f"company:{key}",), name) for key, name in companies.items())
            self.roster.add_companies(companies.items(), keys)
        self.roster.settle(allocate(self.roster.listed()))

    def _beyond(self, allocated: Pseudonyms, row: int) -> Pseudonyms:
        unmatched = self.matching.unmatched() if row == 0 else None
        if unmatched is not None:
            allocated = replace(allocated, unmatched={unmatched.source: unmatched})
        if self.roster is None:
            return allocated
        sources = [self._source_of[part] for part in self.packs[row]]
        small = all(self.roster.is_small(source) for source in sources)
        text = "\n".join(_texts(self.store, self.packs[row])) if small else None
        return self.roster.pseudonyms_in(allocated, sources, self._companies[row], text)

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


def pseudonyms(context: RunContext) -> PackPseudonyms:
    """The pass: everybody in what was read has a pseudonym afterwards; what they consented to is known."""
    config, state, workspace = context.config, context.state, context.workspace
    people = people_left(read_people(config.people, context.folder), removal_of(workspace).forgotten)
    sections = [config.sources.index(item.options) for item in state.sources]
    files = zip(state.indexes, sections, strict=True)
    roster = roster_for(config, ((index.source, section, index.documents) for index, section in files), people)
    sources = {part: index.source for index in state.indexes for part in index.parts}
    by_pack = PackPseudonyms(
        workspace.parts,
        state.packs,
        people,
        workspace.vault,
        roster,
        sources=sources,
        keep=not context.dry,
        people_name=config.people.file or "",
    )
    state.consents, state.shown = by_pack.consents, roster.shown_names
    return by_pack


def roster_for(config: Config, files: Iterable[tuple[str, int, int]], people: PeopleFile) -> Roster:
    """An empty roster for (source, place of its section in the configuration, number of documents) of each file."""
    return Roster(config, [RosterFile(*one) for one in files], people)


def said_of(extra: Any) -> str:
    """What a part is given beside its tables, as text for the part's name."""
    if extra is None:
        return ""
    return stable_hash(*(f"{key}={sorted(value.items())}" for key, value in sorted(vars(extra).items())))


def _identities(
    store: PartStore, pack: Sequence[str], people: PeopleFile, roster: Roster | None = None,
    companies: dict[str, str] | None = None,
) -> list[Identity]:  # fmt: skip
    """``companies`` takes up the key and the name of those that the documents' attributes name."""

    def documents() -> Iterator[tuple[str, dict[str, str]]]:
        for part in pack:
            for person_id, stated in _rows(store, part, Document, ("person_id", "attributes")):
                attributes = dict(stated)
                if roster is not None and companies is not None:
                    companies.update(roster.companies_of(attributes))
                yield person_id, attributes

    turns = (row for part in pack for row in _rows(store, part, Utterance, ("person_id", "role", "speaker")))
    everybody = identities(documents(), turns, people)
    if roster is not None and companies is not None:
        for person in sorted(
            {one.keys[0].removeprefix("person:") for one in everybody if one.keys[0].startswith("person:")}
        ):
            companies.update(roster.companies_of(people.attributes[person]))
    return everybody


def _rows(store: PartStore, part: str, kind: type[Record], columns: Sequence[str]) -> Iterator[Any]:
    """The values of some columns, row by row."""
    table = store.read_columns("ingest", part, kind, columns)
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def _texts(store: PartStore, pack: Sequence[str]) -> Iterator[str]:
    for part in pack:
        table = store.read_columns(
            "ingest", part, Document, ("text", "title", "context", "locator", "url", "attributes")
        )
        for name in table.column_names[:-1]:
            yield from filter(None, table.column(name).to_pylist())
        yield from (value for row in table.column("attributes").to_pylist() for _, value in row)
        aside = store.read_columns("ingest", part, Skipped, ("found", "locator"))
        for name in aside.column_names:
            yield from filter(None, aside.column(name).to_pylist())
