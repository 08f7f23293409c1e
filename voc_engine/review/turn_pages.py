"""Who speaks: talks with their voices, and the turns of one talk with what a person said of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from voc_engine.records import Utterance, document_of
from voc_engine.report.document_pages import heading
from voc_engine.review.forms import button_value
from voc_engine.review.overlay import Overlay

_PENDING = {
    "role": "speaks as {value}",
    "join": "joins the turn above",
    "part": "is cut",
    "same": "the voice of another talk",
}
_CONTEXT = 80  # characters before and after a cut; a choice: a line each


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn as the run has it; ``role`` as decided, ``waits`` what the next run makes of it, and ``last`` the action
    that says so."""

    turn: Utterance
    text: str
    role: str
    waits: tuple[str, ...]
    last: str = ""

    @property
    def id(self) -> str:
        """The turn's id."""
        return self.turn.utterance_id


def speakers(overlay: Overlay) -> dict[str, Any]:
    """Talks with who speaks in them: those in doubt first."""
    roles = {one.target_id: str(one.value) for one in overlay.decisions if one.action == "role"}
    talks: list[dict[str, Any]] = []
    for key, turns in overlay.material.utterances.items():
        document = overlay.material.documents.get(key)
        if document is None or document.kind != "interview":
            continue
        voices: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for turn in turns:
            voices[turn.person_id, roles.get(turn.utterance_id, turn.role)].append(turn)
        doubt = any(turn.cut for turn in turns) or "interviewer" not in {role for _, role in voices}
        talks.append({"document": document, "voices": dict(voices), "doubt": doubt, "n": len(turns)})
    talks.sort(key=lambda one: (not one["doubt"], one["document"].source, one["document"].document_id))
    return {"talks": talks, "decided": roles}


def talk_page(overlay: Overlay, key: str) -> dict[str, Any] | None:
    """The turns of one talk; None for what is no talk."""
    document, turns = overlay.material.documents.get(key), overlay.material.utterances.get(key, [])
    if document is None or document.kind != "interview":
        return None
    by_turn: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in overlay.decisions:
        if decision.target == "utterance":
            by_turn[decision.target_id][decision.action] = str(decision.value or "")
    rows = []
    for turn in turns:
        mine = by_turn[turn.utterance_id]
        waits = tuple(_PENDING[name].format(value=value) for name, value in mine.items() if name in _PENDING)
        text = document.text[turn.start : turn.end]
        last = next((name for name in reversed(mine) if name in _PENDING), "")
        rows.append(SpokenTurn(turn, text, mine.get("role", turn.role), waits, last))
    return {"document": document, "rows": rows, "silenced": key in overlay.material.silenced}


def voices_elsewhere(overlay: Overlay, utterance_id: str) -> list[tuple[str, str, str]]:
    """(what the button carries, whose voice, where) of every voice in another talk, participants first."""
    here = document_of(utterance_id)
    voices = []
    for key, turns in overlay.material.utterances.items():
        document = overlay.material.documents.get(key)
        if key == here or document is None or document.kind != "interview":
            continue
        first = {turn.person_id: turn for turn in reversed(turns)}
        voices += [
            (turn.role != "participant", document.source, person, turn, document) for person, turn in first.items()
        ]
    voices.sort(key=lambda one: one[:3])
    return [
        (
            button_value("utterance", utterance_id, "same", turn.utterance_id),
            f"{person} in {heading(document)}",
            turn.role,
        )
        for _, _, person, turn, document in voices
    ]


def cut_dialog(overlay: Overlay, utterance_id: str, at: int) -> dict[str, Any] | None:
    """The dialog that asks whether a turn is cut at a character of it."""
    turns = overlay.material.utterances.get(document_of(utterance_id), ())
    turn = next((one for one in turns if one.utterance_id == utterance_id), None)
    if turn is None:
        return None
    text = overlay.material.documents[turn.document_id].text[turn.start : turn.end]
    return {"title": "Cut the turn here", "about": "", "mode": "cut", "before": text[:at][-_CONTEXT:],
            "after": text[at:][:_CONTEXT], "template": button_value("utterance", utterance_id, "part", str(at))}  # fmt: skip
