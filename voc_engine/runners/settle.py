"""The pass that settles who speaks over the whole study, and puts aside what nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from voc_engine.config import SourceConfig
from voc_engine.ingest.confirmed_turns import confirmed_by
from voc_engine.ingest.said_turns import TURN_ACTIONS, SaidTurn
from voc_engine.ingest.study_speakers import Census, Change, settle, settled_turns, unsettled
from voc_engine.records import Decision, Document, Skipped, Utterance, document_of, stable_hash
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
    given, on_turns = confirmed_by(decisions), _on_turns(decisions)
    said = {name: [turn for _, turn in several] for name, several in on_turns.items()}
    census = Census({name: turns for name, (_, turns) in given.items()}, said)
    others = {
        document_of(str(one.value)) for several in on_turns.values() for one, turn in several if turn.action == "same"
    }
    found, kept = [], {}
    for (documents, turns), options in talks:
        for one in documents:
            if one.document_id in given and given[one.document_id][1].fits(one):
                found.append(Found(given[one.document_id][0], given[one.document_id][0]))
            elif one.document_id in given:
                census.confirmed.pop(one.document_id, None)
            if one.document_id in on_turns or one.document_id in others:
                kept[one.document_id] = (one, [turn for turn in turns if turn.document_id == one.document_id])
        census.add(documents, turns, options)
    changes = census.changes()
    for name, several in on_turns.items():
        if name in changes:
            changes[name] = replace(changes[name], voices=_voices(several, kept, changes))
        document, turns = kept.get(name, (None, []))
        gone = unsettled(document, turns, changes[name]) if document and name in changes else said[name]
        found += [Found(one, one) for one, turn in several if turn not in gone]
    return changes, found


def _on_turns(decisions: Iterable[Decision]) -> dict[str, list[tuple[Decision, SaidTurn]]]:
    """Document id -> decisions on its turns, and what they say."""
    made: dict[str, list[tuple[Decision, SaidTurn]]] = {}
    for one in decisions:
        if one.target == "utterance" and one.action in TURN_ACTIONS:
            said = SaidTurn(one.target_id, one.action, one.value or "", next(iter(one.evidence), ""))
            made.setdefault(document_of(one.target_id), []).append((one, said))
    return made


def _voices(
    several: Iterable[tuple[Decision, SaidTurn]], kept: Mapping[str, tuple[Document, list[Utterance]]],
    changes: Mapping[str, Change],
) -> dict[str, str]:  # fmt: skip
    """Id of a turn whose voice is one of another talk -> the person there, where that turn is there."""
    found = {}
    for one, said in several:
        document, turns = kept.get(document_of(said.value), (None, []))
        if said.action != "same" or document is None:
            continue
        other = SaidTurn(said.value, "role", "", next(iter(one.value_evidence), ""))
        placed = settled_turns(document, turns, changes.get(document.document_id))
        meant = other.turn(document, placed)
        if meant is not None:
            found[said.utterance_id] = meant.person_id
    return found


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
