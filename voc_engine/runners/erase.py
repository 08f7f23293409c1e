"""Take one person, or what was kept long enough, out of everything in the workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from voc_engine.config import Config
from voc_engine.errors import StoreError
from voc_engine.pipeline import stage
from voc_engine.privacy.erasure import Erasure, Person, Said, decided_without
from voc_engine.privacy.forgotten import Forgotten, marks_of
from voc_engine.privacy.people_file import role_prefix
from voc_engine.privacy.removal import FileRemoval, Removed
from voc_engine.privacy.unsaid import Unsaid
from voc_engine.records import Decision, Document, Mention, Segment, Utterance
from voc_engine.runners.lookup import find_person, parts_of, records_in, sources_of
from voc_engine.runners.purge import purge
from voc_engine.runners.removals import removal_of
from voc_engine.runners.source_inputs import SourceInput
from voc_engine.store.parts import PartStore
from voc_engine.store.workspace import Workspace


def erasure_of(workspace: Workspace, config: Config, folder: Path, whom: str) -> Erasure:
    """What is to be done to forget the person who is meant: what a killed command left to do, else worked out now.

    Nothing is changed. Raises ConfigError where nobody or several are meant.
    """
    begun = (Erasure.loaded(plan) for plan in workspace.tombstones.pending().values())
    pending = next((one for one in begun if one.means(whom)), None)
    return pending or _planned(workspace, find_person(workspace, config, folder, whom))


def _planned(workspace: Workspace, person: Person) -> Erasure:
    store = workspace.parts
    forgotten = Forgotten(b"trial", marks_of(b"trial", person.keys, person.names))
    removed, before, staying = Removed(), set[str](), set[str]()
    for part in store.names("ingest"):
        try:
            batch = store.read_batch("ingest", part, stage("ingest").writes)  # type: ignore[arg-type]
        except StoreError:
            continue  # purged with all others that cannot be read
        rest, taken_out = FileRemoval(forgotten).applied(batch)
        removed.join(taken_out)
        before |= _values(batch.of(Document))
        staying |= _values(rest.of(Document))
    counts = workspace.decisions.rewrite(_without(store, person, forgotten), keep=False)
    companies = _companies(workspace, before, staying)
    return Erasure(person, frozenset(removed.documents), frozenset(removed.touched), companies, *counts)


def erase(workspace: Workspace, config: Config, folder: Path, erasure: Erasure) -> None:
    """Remove the person from all that the workspace holds, but for what a run makes anew afterwards.

    What is to be done is kept first and the vault's rows go last: each step may be given again, whole or half done.
    ``workspace.tombstones.end`` ends it.
    """
    workspace.tombstones.begin(erasure.person.person_id, erasure.dumped())
    for step in (_bury, _rewrite_decisions, _purge, _strike_off):
        step(workspace, config, folder, erasure)


def _bury(workspace: Workspace, config: Config, folder: Path, erasure: Erasure) -> None:
    person = erasure.person
    workspace.tombstones.bury(lambda key: marks_of(key, person.keys, person.names))


def _rewrite_decisions(workspace: Workspace, config: Config, folder: Path, erasure: Erasure) -> None:
    """While the parts still tell what the person said."""
    forgotten = removal_of(workspace).forgotten
    workspace.decisions.rewrite(_without(workspace.parts, erasure.person, forgotten))


def _purge(workspace: Workspace, config: Config, folder: Path, erasure: Erasure) -> None:
    removed = Removed(documents=set(erasure.documents), touched=set(erasure.touched))
    purge(workspace, sources_of(workspace, config, folder), removal_of(workspace), erasure.people, removed)


def _strike_off(workspace: Workspace, config: Config, folder: Path, erasure: Erasure) -> None:
    workspace.tombstones.erase(erasure.people | erasure.companies)


def remove_expired(workspace: Workspace, config: Config, folder: Path, days: dict[str, str]) -> Removed:
    """Remove documents dated before these days (by source's path as configured), and never read them again.

    People and companies of which nothing is left lose their rows in the vault.
    """
    sources = sources_of(workspace, config, folder)
    workspace.keep_from(days)
    before, named = _people(workspace.parts, sources), _attributes(workspace.parts, sources)
    removed = purge(workspace, sources, removal_of(workspace), frozenset(), Removed())
    remaining = _people(workspace.parts, sources)
    pseudonym_of = workspace.vault.lookup()
    gone = {pseudonym_of[key] for key in before - remaining if key in pseudonym_of}
    companies = _companies(workspace, named, _attributes(workspace.parts, sources))
    workspace.tombstones.erase((gone - {pseudonym_of[key] for key in remaining if key in pseudonym_of}) | companies)
    return removed


def _companies(workspace: Workspace, before: set[str], remaining: set[str]) -> frozenset[str]:
    """Pseudonyms of the companies that attributes named before and no longer do."""
    stays = "\n".join(sorted(remaining))
    gone = "\n".join(sorted(before - remaining))
    names = {one: name.casefold() for one, name in workspace.vault.names().items() if one.startswith("C")}
    return frozenset(one for one, name in names.items() if name in gone and name not in stays)


def _attributes(store: PartStore, sources: Iterable[SourceInput]) -> set[str]:
    return _values(records_in(store, "ingest", parts_of(store, sources), Document))


def _values(documents: Iterable[Document]) -> set[str]:
    """Every value of every attribute, folded."""
    return {" ".join(value.split()).casefold() for one in documents for value in one.attributes.values()}


def _people(store: PartStore, sources: Iterable[SourceInput]) -> set[str]:
    """ "<prefix>|<key>" of everybody in the ingest parts of these sources."""
    parts = parts_of(store, sources)
    authors = {f"P|{one.person_id}" for one in records_in(store, "ingest", parts, Document)}
    turns = records_in(store, "ingest", parts, Utterance)
    return authors | {f"{role_prefix(one.role)}|{one.person_id}" for one in turns}


def _without(store: PartStore, person: Person, forgotten: Forgotten) -> Callable[[Decision], Decision | None]:
    """What becomes of a decision, by what the parts tell that the person said."""
    spoken = _words_of(store, frozenset({person.person_id, *person.also}))
    return lambda one: decided_without(one, person, forgotten, spoken)


def _words_of(store: PartStore, people: frozenset[str]) -> Said:
    theirs: list[str] = []
    others: list[str] = []
    ids: set[str] = set(people)
    for segment in records_in(store, "segment", store.names("segment"), Segment):
        (theirs if segment.person_id in people else others).append(segment.text)
        ids |= {segment.segment_id} if segment.person_id in people else set()
    mentions = records_in(store, "mentions", store.names("mentions"), Mention)
    ids |= {one.mention_id for one in mentions if one.person_id in people}
    return Said(Unsaid.of(theirs, others), frozenset(ids))
