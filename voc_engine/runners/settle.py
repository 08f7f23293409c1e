"""The pass that settles who speaks over the whole study, and puts aside what nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from voc_engine.config import SourceConfig
from voc_engine.ingest.confirmed_turns import confirmed_by
from voc_engine.ingest.study_speakers import Census, Change, SaidRole, settle, unsettled
from voc_engine.records import Decision, Document, Skipped, Utterance, stable_hash
from voc_engine.runners.fingerprint import version_of_module
from voc_engine.runners.state import RunContext
from voc_engine.runners.targets import Found
from voc_engine.runners.tasks import FileIndex

Read = tuple[list[Document], list[Utterance]]


def settled(context: RunContext) -> dict[str, str] | None:
    """Names of parts -> those with who speaks settled, written beside them. None where a plan cannot tell them yet.

    The files' indexes in the state are given their new parts and count what is unclear.
    """
    state, store = context.state, context.workspace.parts
    folder = state.last(Document).name
    talks = [n for n, index in enumerate(state.indexes) if "interview" in index.kinds]
    parts = [(part, state.sources[n].options) for n in talks for part in state.indexes[n].parts]
    if not parts:
        return {}

    def read() -> Iterator[tuple[Read, SourceConfig]]:
        for part, options in parts:
            yield (store.read(folder, part, Document), store.read(folder, part, Utterance)), options

    changes, found = changes_of(read(), context.decisions)
    state.decided += found
    writes = (Document, Utterance, Skipped)
    renamed: dict[str, str] = {}
    for part, _ in parts:
        ids = store.read_columns(folder, part, Document, ("document_id",)).column("document_id").to_pylist()
        mine = {one: changes[one] for one in ids if one in changes}
        if not mine:
            continue
        marks = (text for one in sorted(mine) for text in (one, mine[one].mark))
        renamed[part] = f"{part}-{stable_hash(version_of_module(settle.__module__), *marks)}"
        if store.has(folder, renamed[part], writes):
            continue
        if context.dry:
            return None
        store.write(folder, renamed[part], writes, settle(store.read_batch(folder, part, writes), mine))
    unclear = _unclear(changes, parts, context)
    for n in talks:
        index = state.indexes[n]
        state.indexes[n] = _told(index, renamed, sum(unclear.get(part, 0) for part in index.parts))
    return renamed


def changes_of(
    talks: Iterable[tuple[Read, SourceConfig]], decisions: Iterable[Decision]
) -> tuple[dict[str, Change], list[Found]]:
    """What becomes of each talk, and the decisions that found theirs. ``talks`` are the files' records, in order."""
    decisions = list(decisions)
    given, roles = confirmed_by(decisions), _roles(decisions)
    said = {name: [role for _, role in several] for name, several in roles.items()}
    census = Census({name: turns for name, (_, turns) in given.items()}, said)
    found, kept = [], {}
    for (documents, turns), options in talks:
        for one in documents:
            if one.document_id in given and given[one.document_id][1].fits(one):
                found.append(Found(given[one.document_id][0], given[one.document_id][0]))
            elif one.document_id in given:
                census.confirmed.pop(one.document_id, None)
            if one.document_id in roles:
                kept[one.document_id] = (one, [turn for turn in turns if turn.document_id == one.document_id])
        census.add(documents, turns, options)
    changes = census.changes()
    for name, (document, turns) in kept.items():
        gone = unsettled(document, turns, changes[name]) if name in changes else said[name]
        found += [Found(one, one) for one, role in roles[name] if role not in gone]
    return changes, found


def _roles(decisions: Iterable[Decision]) -> dict[str, list[tuple[Decision, SaidRole]]]:
    """Document id -> decisions on roles of its turns, and what they say."""
    made: dict[str, list[tuple[Decision, SaidRole]]] = {}
    for one in decisions:
        if (one.target, one.action) == ("utterance", "role"):
            said = SaidRole(one.target_id, str(one.value), next(iter(one.evidence), ""))
            made.setdefault(one.target_id.rpartition("-u")[0], []).append((one, said))
    return made


def _unclear(
    changes: Mapping[str, Change], parts: Iterable[tuple[str, SourceConfig]], context: RunContext
) -> dict[str, int]:
    store, folder = context.workspace.parts, context.state.last(Document).name
    counts = {}
    for part, _ in parts:
        ids = store.read_columns(folder, part, Document, ("document_id",)).column("document_id").to_pylist()
        counts[part] = sum(1 for one in ids if one in changes and changes[one].unclear)
    return counts


def _told(index: FileIndex, renamed: Mapping[str, str], unclear: int) -> FileIndex:
    return replace(
        index, parts=tuple(renamed.get(part, part) for part in index.parts), skipped=index.skipped + unclear,
        quarantined=index.quarantined + unclear,
    )  # fmt: skip
