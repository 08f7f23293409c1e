"""A whole conversation in one cell or field ("Visitor: ... Agent Kim: ..."): its turns, by labels that name both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.thread_roles import role_named
from voc_engine.language.tokens import LETTERS

_KEYWORDS = keywords("dialogues")

_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?[\])]?)"
_LINE = re.compile(
    rf"^[ \t]{{0,8}}(?:{_TIME}[ \t]{{0,4}}[-–]?[ \t]{{0,4}})?(?P<label>[^\W\d_][\w.'’()#\- ]{{0,40}}?)[ \t]{{0,4}}"
    rf"{_TIME}?[ \t]{{0,4}}:[ \t]+(?P<text>\S.*)$"
)
_FEWEST = 2  # both sides spoke
_MOST_LABELS = 8  # a choice: customer, several agents and a bot; a list of facts ("Price: ...") has more
_STAFF_ENDS = _KEYWORDS.words("staff_ends")
_SIDES = _KEYWORDS.words("customers")


@dataclass(frozen=True)
class Said:
    """One turn: whose part it is ("participant", "agent", "bot"), the label as it stands, and the words."""

    role: str
    label: str
    text: str


def dialogue(text: str) -> list[Said] | None:
    """The turns of a conversation written down in one text; None where its lines do not name staff and somebody else."""
    if ":" not in text or "\n" not in text:
        return None
    lines = [(line, _LINE.match(line[:400])) for line in text.split("\n")]
    labels = list(dict.fromkeys(match["label"].strip() for _, match in lines if match))
    roles = {label: _role(label) for label in labels}
    if len(labels) > _MOST_LABELS or sum(match is not None for _, match in lines) < _FEWEST or lines[0][1] is None:
        return None
    if not {"agent", "bot"} & set(roles.values()) or set(roles.values()) <= {"agent", "bot"}:
        return None
    # Beside staff and a named side a further label ("Note: ...") is a word of the turn that it stands in.
    named = "participant" in roles.values()
    named_lines = [match["label"].strip() for _, match in lines if match]
    if not named and ("agent" not in roles.values() or len(named_lines) == len(labels)):
        # "Version: 4", "System: Linux": fields of a form, each there once.
        return None
    turns: list[Said] = []
    for line, match in lines:
        role = roles[match["label"].strip()] if match else ""
        if match and (role or not named):
            turns.append(Said(role or "participant", match["label"].strip(), line[match.start("text") :].strip()))
        elif turns:
            turns[-1] = Said(turns[-1].role, turns[-1].label, f"{turns[-1].text}\n{line}".rstrip())
    return turns


def _role(label: str) -> str:
    """The part that a label names by its first or last word, or in brackets; "" where it is only a name."""
    words = LETTERS.findall(label.casefold())
    for word in (words[0], words[-1]):
        if word in _SIDES:
            return "participant"
        role = role_named(word)
        if role != "unknown" and (word == words[0] or word in _STAFF_ENDS or f"({word}" in label.casefold()):
            return role
    return ""
