"""What was asked leans the reading of a short answer."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame

_EMPTY = frozenset(
    ("", "n/a", "na", "none", "nothing", "no", "nope", "nil", "nothing really", "not really", "can't think of anything",
     "don't know", "dont know", "idk", "yes", "not sure", "no idea", "nothing comes to mind", "nothing so far",
     "no comment", "same", "not a thing", "nothing much", "nothing at the minute", "all good", "hm", "see above", "ok",
     "fine", "it's fine", "no complaints", "nowt", "nothing yet")
)  # fmt: skip
_ASKED = {
    "pain_point": "what goes wrong",
    "goal": "what people try to get done",
    "objection": "what stands against it",
    "request": "what should change",
    "delight": "what is liked",
    "trigger": "what set it off",
}


def answer(frame: Frame) -> Iterator[Evidence]:
    """Evidence of what the question asked for, none where the answer is empty, weak where it tells a story."""
    if frame.hint is None or not frame.words:
        return
    kind, strength = frame.hint.split(":")
    if frame.text.strip().lower().strip(" .!-,") in _EMPTY or _nothing(frame, kind):
        return
    weight = float(strength)
    if _wanders(frame, kind):
        weight *= 0.4
    yield Evidence(kind, "answer", weight, f"answers a question about {_ASKED[kind]}", 0, len(frame.words))


def _nothing(frame: Frame, kind: str) -> bool:
    lead = [
        word for word in frame.words if word not in ("honestly", "well", "oh", "really", "to", "be", ",", "so", "at")
    ]
    if kind in ("delight", "pain_point", "objection") and lead[:1] in (["nothing"], ["none"], ["nowt"]):
        return True
    return lead[:1] == ["no"] and len(frame.words) < 4


def _wanders(frame: Frame, kind: str) -> bool:
    """A goal is not told in the past tense, a question back answers nothing."""
    root = frame.root
    past = root is not None and root.tag_ == "VBD"
    return frame.is_question or (kind == "goal" and past) or len(frame.words) < 2
