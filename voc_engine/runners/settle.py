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

    changes, resolved = changes_of(read(), context.decisions)
    state.decided += resolved
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
        state.indexes[n] = _index_with(index, renamed, sum(unclear.get(part, 0) for part in index.parts))
    return renamed


def changes_of(
    talks: Iterable[tuple[Read, SourceConfig]], decisions: Iterable[Decision]
) -> tuple[dict[str, Change], list[Found]]:
    """What becomes of each talk, and the decisions that found theirs. ``talks`` are the files' records, in order."""
    decisions = list(decisions)
    confirmed, on_turns = confirmed_by(decisions), _on_turns(decisions)
    said_turns = {name: [turn for _, turn in several] for name, several in on_turns.items()}
    census = Census({name: turns for name, (_, turns) in confirmed.items()}, said_turns)
    others = {
        document_of(str(one.value)) for several in on_turns.values() for one, turn in several if turn.action == "same"
    }
    resolved, touched = [], {}
    for (documents, turns), options in talks:
        for talk_document in documents:
            if talk_document.document_id in confirmed and confirmed[talk_document.document_id][1].fits(talk_document):
                resolved.append(Found(confirmed[talk_document.document_id][0], confirmed[talk_document.document_id][0]))
            elif talk_document.document_id in confirmed:
                census.confirmed.pop(talk_document.document_id, None)
            if talk_document.document_id in on_turns or talk_document.document_id in others:
                touched[talk_document.document_id] = (
                    talk_document,
                    [turn for turn in turns if turn.document_id == talk_document.document_id],
                )
        census.add(documents, turns, options)
    changes = census.changes()
    for name, several in on_turns.items():
        if name in changes:
            changes[name] = replace(changes[name], voices=_voices(several, touched, changes))
        document, turns = touched.get(name, (None, []))
        gone = unsettled(document, turns, changes[name]) if document and name in changes else said_turns[name]
        resolved += [Found(one, one) for one, turn in several if turn not in gone]
    return changes, resolved


def _on_turns(decisions: Iterable[Decision]) -> dict[str, list[tuple[Decision, SaidTurn]]]:
    """Document id -> decisions on its turns, and what they say."""
    by_talk: dict[str, list[tuple[Decision, SaidTurn]]] = {}
    for decision in decisions:
        if decision.target == "utterance" and decision.action in TURN_ACTIONS:
            turn = SaidTurn(
                decision.target_id, decision.action, decision.value or "", next(iter(decision.evidence), "")
            )
            by_talk.setdefault(document_of(decision.target_id), []).append((decision, turn))
    return by_talk


def _voices(
    several: Iterable[tuple[Decision, SaidTurn]], touched: Mapping[str, tuple[Document, list[Utterance]]],
    changes: Mapping[str, Change],
) -> dict[str, str]:  # fmt: skip
    """Id of a turn whose voice is one of another talk -> the person there, where that turn is there."""
    voices = {}
    for decision, turn in several:
        document, turns = touched.get(document_of(turn.value), (None, []))
        if turn.action != "same" or document is None:
            continue
        other = SaidTurn(turn.value, "role", "", next(iter(decision.value_evidence), ""))
        placed = settled_turns(document, turns, changes.get(document.document_id))
        same_turn = other.turn(document, placed)
        if same_turn is not None:
            voices[turn.utterance_id] = same_turn.person_id
    return voices


def _unclear(
    changes: Mapping[str, Change], parts: Iterable[tuple[str, SourceConfig]], context: RunContext
) -> dict[str, int]:
    store, folder = context.workspace.parts, context.state.last(Document).name
    counts = {}
    for part, _ in parts:
        ids = store.read_columns(folder, part, Document, ("document_id",)).column("document_id").to_pylist()
        counts[part] = sum(1 for one in ids if one in changes and changes[one].unclear)
    return counts


def _index_with(index: FileIndex, renamed: Mapping[str, str], unclear: int) -> FileIndex:
    return replace(
        index, parts=tuple(renamed.get(part, part) for part in index.parts), skipped=index.skipped + unclear,
        quarantined=index.quarantined + unclear,
    )  # fmt: skip
