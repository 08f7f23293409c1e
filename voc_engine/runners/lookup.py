"""Find one person of a study by what somebody knows of them, with everything else that is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from voc_engine.config import Config
from voc_engine.errors import ConfigError, StoreError
from voc_engine.privacy.erasure import Person, means
from voc_engine.privacy.forgotten import Forgotten, marks_of
from voc_engine.privacy.people_file import PeopleFile, identity_keys, joined
from voc_engine.records import Document, Record, Utterance
from voc_engine.runners.allocate import read_people
from voc_engine.runners.removals import removal_of
from voc_engine.runners.source_inputs import SourceInput, find_sources
from voc_engine.runners.tasks import FileIndex, index_path
from voc_engine.store.parts import PartStore
from voc_engine.store.workspace import Workspace

R = TypeVar("R", bound=Record)
_NO_NAMES = ("anonymous:", "speaker:")


def find_person(workspace: Workspace, config: Config, folder: Path, whom: str) -> Person:
    """The one person of the vault who is meant by a pseudonym, mail address, name, handle or id.

    Raises ConfigError where nobody or several are.
    """
    pseudonym_of, names = workspace.vault.lookup(), workspace.vault.names()
    people = read_people(config.people, folder)
    wanted = " ".join(whom.split()).casefold()
    listed = {f"person:{one}" for one, name in people.names.items() if name.casefold() == wanted}
    listed |= {f"person:{person}" for key, person in people.alias.items() if key.partition(":")[2] == wanted}
    candidates = {person_id for person_id in names if person_id.casefold() == wanted}
    candidates = candidates or {person_id for person_id, name in names.items() if name.casefold() == wanted} | {
        person_id for key, person_id in pseudonym_of.items() if means(key.partition("|")[2], wanted, listed)
    }
    sources = sources_of(workspace, config, folder)
    if not candidates:  # a handle or an id that stands beside a stronger key is in the sources alone
        candidates = {
            pseudonym_of[key] for key in _beside(workspace.parts, sources, people, wanted) if key in pseudonym_of
        }
    if len(candidates) != 1:
        raise ConfigError(
            "Several people are known by that." if candidates else "Nobody in the vault is known by that.",
            found=", ".join(sorted(candidates)) if candidates else f"{len(names):,} people in the vault",
            do="name one of these pseudonyms" if candidates else "give the pseudonym (P0007), mail address, name or id",
        )
    person = Person(candidates.pop())
    person.keys = {key.partition("|")[2] for key, person_id in pseudonym_of.items() if person_id == person.person_id}
    person.names = {names[person.person_id]}
    _learn(workspace.parts, sources, people, person)
    trial = Forgotten(b"trial", marks_of(b"trial", person.keys, person.names))
    person.also = {pseudonym_of[key] for key in pseudonym_of if trial.is_person([key.partition("|")[2]])} - {
        person.person_id
    }
    return person


def is_forgotten(workspace: Workspace, whom: str) -> bool:
    """Whether a pseudonym, mail address, name or handle is of somebody who was forgotten before."""
    plain = " ".join(whom.split())
    keys = [f"{sort}:{plain}" for sort in ("mail", "name", "handle")]
    return workspace.vault.is_retired(plain) or removal_of(workspace).forgotten.is_person(keys)


def sources_of(workspace: Workspace, config: Config, folder: Path) -> list[SourceInput]:
    """The study's files; none where they are gone: then nothing that was read of them may stay."""
    try:
        return find_sources(config, folder, workspace.root, removal_of(workspace).forgotten)
    except ConfigError:
        return []


def records_in(store: PartStore, stage: str, parts: Iterable[str], kind: type[R]) -> Iterator[R]:
    """The records of these parts; one that cannot be read is passed over, since it is removed as a whole."""
    for part in parts:
        try:
            yield from store.read(stage, part, kind)
        except StoreError:
            continue


def parts_of(store: PartStore, sources: Iterable[SourceInput]) -> list[str]:
    """The ingest parts of these sources."""
    paths = (index_path(store, item.name) for item in sources)
    return [part for path in paths if path.exists() for part in FileIndex.load(path).parts]


def _beside(store: PartStore, sources: Iterable[SourceInput], people: PeopleFile, wanted: str) -> set[str]:
    """Keys, as the vault writes them, of authors who are known by ``wanted`` too."""
    also_known: set[str] = set()
    for document in records_in(store, "ingest", parts_of(store, sources), Document):
        keys = identity_keys(document.person_id, document.attributes)
        if any(means(key, wanted) for key in keys):
            also_known |= {f"P|{key}" for key in joined(keys, people)}
    return also_known


def _learn(store: PartStore, sources: Iterable[SourceInput], people: PeopleFile, person: Person) -> None:
    """Add what the sources and the people file know of the person beside the vault: further keys, the name as written."""
    for row in {key.removeprefix("person:") for key in person.keys if key.startswith("person:")}:
        person.keys |= {key for key, owner in people.alias.items() if owner == row}
        person.names |= {one.strip() for one in people.names.get(row, "").split(";")}
    for part in parts_of(store, sources):
        for document in records_in(store, "ingest", [part], Document):
            keys = identity_keys(document.person_id, document.attributes)
            if not person.keys.isdisjoint(joined(keys, people)):
                person.keys |= set(keys)
                person.names.add(document.attributes.get("identity.name", ""))
        for turn in records_in(store, "ingest", [part], Utterance):
            if turn.person_id in person.keys and turn.speaker and not turn.person_id.startswith(_NO_NAMES):
                person.names.add(turn.speaker)
    person.keys.discard("")
    if all(key.startswith(_NO_NAMES) for key in person.keys):
        person.names = set()
    generic = {key.partition(":")[2] for key in person.keys if not key.startswith("name:")}
    person.names = {name for name in person.names if name.strip() and "@" not in name and name not in generic}
    person.names |= {key.removeprefix("name:") for key in person.keys if key.startswith("name:")}
