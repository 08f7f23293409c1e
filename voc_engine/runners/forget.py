"""Forget one person: find them, leave a tombstone, take them out of everything in the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from voc_engine.config import Config
from voc_engine.errors import ConfigError, StoreError
from voc_engine.privacy.erasure import Person, Said, decided_without
from voc_engine.privacy.forgotten import Forgotten, marks_of
from voc_engine.privacy.people_file import PeopleFile, identity_keys, joined, role_prefix
from voc_engine.privacy.removal import Removal, Removed
from voc_engine.privacy.unsaid import Unsaid
from voc_engine.records import Document, Mention, Segment, Utterance
from voc_engine.runners.allocate import read_people
from voc_engine.runners.purge import purge
from voc_engine.runners.removals import removal_of
from voc_engine.runners.sources import SourceInput, find_sources
from voc_engine.runners.tasks import FileIndex, index_path
from voc_engine.store.parts import PartStore
from voc_engine.store.workspace import Workspace

R = TypeVar("R", Segment, Mention)
_NO_NAMES = ("anonymous:", "speaker:")


@dataclass(frozen=True)
class Outcome:
    """What was done. ``reread``: paths of sources that still hold the person."""

    person: Person
    removed: Removed
    decisions_changed: int
    decisions_removed: int


def find_person(workspace: Workspace, config: Config, folder: Path, said: str) -> Person:
    """The one person of the vault who is meant by a pseudonym, mail address, name, handle or id.

    Raises ConfigError where nobody or several are.
    """
    known, names = workspace.vault.lookup(), workspace.vault.names()
    people = read_people(config.people, folder)
    wanted = " ".join(said.split()).casefold()
    listed = {f"person:{one}" for one, name in people.names.items() if name.casefold() == wanted}
    listed |= {f"person:{person}" for key, person in people.alias.items() if key.partition(":")[2] == wanted}
    found = {person_id for person_id in names if person_id.casefold() == wanted}
    found = found or {person_id for person_id, name in names.items() if name.casefold() == wanted} | {
        person_id for key, person_id in known.items() if _means(key.partition("|")[2], wanted, listed)
    }
    if not found:  # a handle or an id that stands beside a stronger key is in the sources alone
        sources = _sources(workspace, config, folder)
        found = {known[key] for key in _beside(workspace.parts, sources, people, wanted) if key in known}
    if len(found) != 1:
        raise ConfigError(
            "Several people are known by that." if found else "Nobody in the vault is known by that.",
            found=", ".join(sorted(found)) if found else f"{len(names):,} people in the vault",
            do="name one of these pseudonyms" if found else "give the pseudonym (P0007), mail address, name or id",
        )
    person = Person(found.pop())
    person.keys = {key.partition("|")[2] for key, person_id in known.items() if person_id == person.person_id}
    person.names = {names[person.person_id]}
    _learn(workspace.parts, _sources(workspace, config, folder), people, person)
    trial = Forgotten(b"trial", marks_of(b"trial", person.keys, person.names))
    person.also = {known[key] for key in known if trial.is_person([key.partition("|")[2]])} - {person.person_id}
    return person


def _beside(store: PartStore, sources: Iterable[SourceInput], people: PeopleFile, wanted: str) -> set[str]:
    """Keys, as the vault writes them, of authors who are known by ``wanted`` too."""
    found: set[str] = set()
    for part in _parts(store, sources):
        for document in store.read("ingest", part, Document):
            keys = identity_keys(document.person_id, document.attributes)
            if any(_means(key, wanted, set()) for key in keys):
                found |= {f"P|{key}" for key in joined(keys, people)}
    return found


def _means(key: str, wanted: str, listed: Set[str]) -> bool:
    sort, _, value = key.partition(":")
    plain = value.casefold()
    return key in listed or (sort not in ("anonymous", "speaker") and (
        plain == wanted or (sort == "id" and plain.rpartition(":")[2] == wanted)
    ))  # fmt: skip


def forget(workspace: Workspace, config: Config, folder: Path, person: Person) -> Outcome:
    """Remove the person from all that the workspace holds, but for what a run makes anew afterwards.

    The tombstone comes first and the vault's rows go last: a killed command is finished by giving it again.
    """
    everyone = {person.person_id, *person.also}
    said = _said(workspace.parts, everyone)
    workspace.tombstones.bury(lambda key: marks_of(key, person.keys, person.names))
    removal = removal_of(workspace)
    removed = _purged(workspace, _sources(workspace, config, folder), removal, everyone)
    changed, dropped = workspace.decisions.rewrite(lambda one: decided_without(one, person, removal.forgotten, said))
    workspace.tombstones.erase(everyone)
    return Outcome(person, removed, changed, dropped)


def remove_expired(workspace: Workspace, config: Config, folder: Path, days: dict[str, str]) -> Removed:
    """Remove documents dated before these days (by source's path as configured), and never read them again.

    People of whom nothing is left lose their rows in the vault.
    """
    sources = _sources(workspace, config, folder)
    workspace.keep_from(days)
    before = _people(workspace.parts, sources)
    removed = _purged(workspace, sources, removal_of(workspace), set())
    left = _people(workspace.parts, sources)
    known = workspace.vault.lookup()
    gone = {known[key] for key in before - left if key in known}
    workspace.tombstones.erase(gone - {known[key] for key in left if key in known})
    return removed


def _purged(workspace: Workspace, sources: list[SourceInput], removal: Removal, people: Set[str]) -> Removed:
    """``purge``; companies that nobody else's attributes name leave the vault too."""
    before = _values(workspace.parts, sources)
    removed = purge(workspace, sources, removal, people)
    left = "\n".join(sorted(_values(workspace.parts, sources)))
    gone = "\n".join(sorted(before.difference(left.split("\n"))))
    names = workspace.vault.names()
    companies = {one: name.casefold() for one, name in names.items() if one.startswith("C")}
    workspace.tombstones.erase(one for one, name in companies.items() if name in gone and name not in left)
    return removed


def _values(store: PartStore, sources: Iterable[SourceInput]) -> set[str]:
    """Every value of every attribute in the ingest parts of these sources, folded."""
    return {
        " ".join(value.split()).casefold()
        for part in _parts(store, sources)
        for document in store.read("ingest", part, Document)
        for value in document.attributes.values()
    }


def _sources(workspace: Workspace, config: Config, folder: Path) -> list[SourceInput]:
    try:
        return find_sources(config, folder, workspace.root, removal_of(workspace).forgotten)
    except ConfigError:
        return []  # the files are gone: then nothing that was read of them may stay


def _parts(store: PartStore, sources: Iterable[SourceInput]) -> list[str]:
    paths = (index_path(store, item.name) for item in sources)
    return [part for path in paths if path.exists() for part in FileIndex.load(path).parts]


def _people(store: PartStore, sources: Iterable[SourceInput]) -> set[str]:
    """ "<prefix>|<key>" of everybody in the ingest parts of these sources."""
    found: set[str] = set()
    for part in _parts(store, sources):
        found |= {f"P|{one.person_id}" for one in store.read("ingest", part, Document)}
        found |= {f"{role_prefix(one.role)}|{one.person_id}" for one in store.read("ingest", part, Utterance)}
    return found


def _learn(store: PartStore, sources: Iterable[SourceInput], people: PeopleFile, person: Person) -> None:
    """Add what the sources and the people file know of the person beside the vault: further keys, the name as written."""
    for row in {key.removeprefix("person:") for key in person.keys if key.startswith("person:")}:
        person.keys |= {key for key, owner in people.alias.items() if owner == row}
        person.names |= {one.strip() for one in people.names.get(row, "").split(";")}
    for part in _parts(store, sources):
        for document in store.read("ingest", part, Document):
            keys = identity_keys(document.person_id, document.attributes)
            if not person.keys.isdisjoint(joined(keys, people)):
                person.keys |= set(keys)
                person.names.add(document.attributes.get("identity.name", ""))
        for turn in store.read("ingest", part, Utterance):
            if turn.person_id in person.keys and turn.speaker and not turn.person_id.startswith(_NO_NAMES):
                person.names.add(turn.speaker)
    person.keys.discard("")
    if all(key.startswith(_NO_NAMES) for key in person.keys):
        person.names = set()
    generic = {key.partition(":")[2] for key in person.keys if not key.startswith("name:")}
    person.names = {name for name in person.names if name.strip() and "@" not in name and name not in generic}
    person.names |= {key.removeprefix("name:") for key in person.keys if key.startswith("name:")}


def _said(store: PartStore, people: Set[str]) -> Said:
    theirs: list[str] = []
    others: list[str] = []
    ids: set[str] = set(people)
    for part in store.names("segment"):
        for one in _read(store, "segment", part, Segment):
            (theirs if one.person_id in people else others).append(one.text)
            ids |= {one.segment_id} if one.person_id in people else set()
    for part in store.names("mentions"):
        ids |= {one.mention_id for one in _read(store, "mentions", part, Mention) if one.person_id in people}
    return Said(Unsaid.of(theirs, others), frozenset(ids))


def _read(store: PartStore, stage: str, part: str, kind: type[R]) -> list[R]:
    try:
        return store.read(stage, part, kind)
    except StoreError:
        return []  # purged with all others that cannot be read
