"""How the app says what was decided: in the status line, in the history, beside a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from voc_engine.records import NOWHERE, CodedWords, Decision, GivenCode, Passage, document_of
from voc_engine.report import wording
from voc_engine.review.overlay import Overlay
from voc_engine.review.second_coder import SETTLED
from voc_engine.store.decisions import Logged

_LONGEST = 60  # characters of a line in the narrow column; a choice
_DONE = {
    "accept": "accepted", "reject": "rejected", "pin": "pinned", "negative": "marked as not to build for",
    "rename": "renamed to “{value}”", "relabel": "is a {kind}", "merge": "merged into “{other}”",
    "move": "moved into “{other}”", "assign": "put into “{other}”", "severity": "severity {value}",
    "sentiment": "mood {value}", "quadrant": "on the map: {value}", "bounds": "given another place",
    "part": "cut in two", "join": "joined to the turn above", "same": "the voice of another talk",
    "role": "speaks as {value}", "comment": "commented: “{value}”", "answer": "answered: “{value}”",
    "blind": "coded blind", "settled": "settled with a second coder", "memo": "“{value}”", "withdraw": "no longer {value}",
    "speakers": "turns confirmed",
}  # fmt: skip
_PAGES = {
    "code": "/code/",
    "insight": "/insight/",
    "persona": "/persona/",
    "document": "/document/",
    "person": "/person/",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Decisions that were made together, in words. ``back``: the row to take back, so that it is undone or done again."""

    words: str
    at: str
    author: str | None
    session: str | None
    holds: bool
    is_undo: bool
    back: int


@dataclass(frozen=True, slots=True)
class Note:
    """A comment or an entry of the diary."""

    words: str
    at: str
    author: str | None
    about: str
    href: str


def cut(text: str) -> str:
    """At most so much of a text as a line holds."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def name_of(overlay: Overlay, target: str, key: str) -> str:
    """What a person calls the item."""
    if target == "mention":
        mention = overlay.any_mention(key)
        return f"“{cut(mention.quote)}”" if mention else "a passage"
    if target == "insight":
        counted = overlay.insight(key)
        insight = overlay.material.insights.get(key)
        return cut(counted.name if counted else insight.title if insight else "a finding")
    if target == "persona":
        return overlay.persona_name(key)
    if target == "topic":
        topic = overlay.material.topics.get(key)
        return overlay.on_topic.get(key, {}).get("rename") or (topic.label if topic else "a theme")
    if target == "code":
        code = overlay.codes.codes.get(key)
        return code.name if code else "a code"
    if target == "coding":
        coding = overlay.codes.any_coding(key)
        text = overlay.material.documents[coding.document_id].text if coding else ""
        return f"“{cut(text[coding.start : coding.end])}”" if coding else "a coded passage"
    if target == "utterance":
        turns = overlay.material.utterances.get(document_of(key), ())
        return next((one.person_id for one in turns if one.utterance_id == key), "A turn")
    if target == "segment":
        segment = overlay.material.segment.get(key)
        return f"“{cut(segment.text)}”" if segment else "a sentence"
    if target == "study":
        return "Diary"
    return {"person": key, "document": "A document", "transcript": "A talk"}.get(target, target)


def _before(overlay: Overlay, target: str, key: str) -> str:
    """What the run calls the item: who renames one is told from what, and not "Price: renamed to Price"."""
    material = overlay.material
    names = {
        "insight": lambda: material.insights[key].title if key in material.insights else None,
        "persona": lambda: material.personas[key].name if key in material.personas else None,
        "topic": lambda: material.topics[key].label if key in material.topics else None,
    }
    name = names[target]() if target in names else None
    return cut(name) if name else name_of(overlay, target, key)


def in_words(overlay: Overlay, decision: Decision) -> str:
    """One decision as a line."""
    name = (_before if decision.action == "rename" else name_of)(overlay, decision.target, decision.target_id)
    if decision.action == "add":
        passage = Passage.read(decision.value)
        return f"“{cut(passage.words)}” marked as {wording.kind_name(passage.kind)}" if passage else f"{name}: marked"
    if decision.action == "code":
        words = CodedWords.read(decision.value)
        return (
            f"“{cut(words.words)}” put under {name_of(overlay, 'code', words.code_id)}" if words else f"{name}: coded"
        )
    if decision.action == "define":
        code = GivenCode.read(decision.target_id, decision.value)
        return f"Code “{cut(code.name)}” defined" if code else f"{name}: defined"
    if decision.action == "split":
        return f"{name}: {len(decision.leaving)} split off"
    into = {"move": "insight", "assign": "persona"}.get(decision.action, decision.target)
    other = "none" if decision.value == NOWHERE else name_of(overlay, into, decision.value or "")
    kind = wording.kind_name(decision.value or "") if decision.action == "relabel" else ""
    done = _DONE.get(decision.action, decision.action).format(value=cut(decision.value or ""), other=other, kind=kind)
    return f"{name}: {done}"


def together(overlay: Overlay, decisions: Sequence[Decision]) -> str:
    """A step as a line: a withdrawal before something else is part of that."""
    main = [one for one in decisions if one.action != "withdraw"] or list(decisions)
    first = in_words(overlay, main[0])
    if main[0].target == "utterance":
        return f"{first} ({wording.count(len(main), 'turn')})"
    return first if len(main) == 1 else f"{first}, and {len(main) - 1} more"


def steps(overlay: Overlay, log: Sequence[Logged]) -> list[Step]:
    """The log by step, the latest first."""
    undone_by = {row.undo_of: row for row in log if row.undo_of is not None and row.holds}
    entries = []
    for step, rows in groupby(log, key=lambda row: row.step):
        logged = list(rows)
        first = logged[0]
        undo = undone_by.get(step)
        words = "Took back a step" if first.undo_of else together(overlay, [row.decision for row in logged])
        entries.append(Step(words, first.decided_at, first.decision.author, first.session, first.holds,
                          first.undo_of is not None, undo.step if undo else step))  # fmt: skip
    return entries[::-1]


def notes(overlay: Overlay, log: Sequence[Logged]) -> list[Note]:
    """Every comment, answer and memo that holds, the latest first; and comments that came with another decision."""
    comments = []
    for row in log:
        decision = row.decision
        words = f"Our answer: {decision.value}" if decision.action == "answer" else decision.value
        words = words if decision.action in ("comment", "memo", "answer") else decision.comment
        if row.holds and row.undo_of is None and words and words != SETTLED:
            page = _PAGES.get(decision.target)
            href = page + quote(decision.target_id, safe="") if page else ""
            if decision.target == "mention" and (mention := overlay.any_mention(decision.target_id)):
                href = f"/document/{quote(mention.document_id, safe='')}#{decision.target_id}"
            comments.append(
                Note(
                    words, row.decided_at, decision.author, name_of(overlay, decision.target, decision.target_id), href
                )
            )
    return comments[::-1]
