"""What has to be said before something can be decided: new words, another item to go into, what a marked passage is."""

from __future__ import annotations

from typing import Any

from voc_engine.records import MENTION_KINDS, NOWHERE, Passage
from voc_engine.report import wording
from voc_engine.review import code_pages, turn_pages
from voc_engine.review.decision_words import name_of
from voc_engine.review.desk_pages import together
from voc_engine.review.forms import button_value
from voc_engine.review.overlay import PICKED, Overlay

_OFFERED = 12  # a choice: keys and eyes reach a dozen; words narrow them down
_TITLES = {
    "rename": "Rename",
    "comment": "Comment",
    "answer": "Answer it",
    "merge": "Merge",
    "move": "Move",
    "assign": "Put into a persona",
    "code": "Put under a code",
    "same": "The same voice as in another talk",
}
_LABELS = {
    "rename": "New name",
    "comment": "What you want to keep with it",
    "answer": "What you say to people who hold this against you",
}


def ask(overlay: Overlay, action: str, target: str, key: str) -> dict[str, Any] | None:
    """The values of the dialog for an action on an item; None for one that asks nothing."""
    name = name_of(overlay, target, key)
    base = {"title": _TITLES.get(action, ""), "about": name, "action": action, "target": target, "id": key}
    if action in ("rename", "comment", "answer"):
        value = name_of(overlay, target, key) if action == "rename" and target != "insight" else ""
        if action == "rename" and target == "insight" and (counted := overlay.insight(key)):
            value = counted.name
        label = _LABELS[action]
        return {**base, "mode": "words", "label": label, "long": action != "rename", "value": value,
                "template": button_value(target, key, action), "button": "Keep"}  # fmt: skip
    if action == "define":
        return code_pages.define_dialog(overlay, target, key)
    if action in ("merge", "move", "assign", "code", "same"):
        label = "Into which? Type a part of its name"
        return {**base, "mode": "pick", "label": label, "options": options(overlay, action, target, key, "")}
    return None


def options(overlay: Overlay, action: str, target: str, key: str, words: str) -> list[tuple[str, str, str]]:
    """(what the button carries, name, how many people) of items that fit the words, the likeliest first."""
    wanted = words.casefold().split()
    if action == "code":
        mention = overlay.any_mention(key)
        codes = [] if mention is None else code_pages.codes_to_give(
            overlay, mention.document_id, mention.start, mention.end, mention.quote)  # fmt: skip
        return [one for one in codes if all(word in one[1].casefold() for word in wanted)][:_OFFERED]
    if action == "same":
        voices = turn_pages.voices_elsewhere(overlay, key)
        return [one for one in voices if all(word in one[1].casefold() for word in wanted)][:_OFFERED]
    candidates = _NAMED[PICKED.get(action, target)](overlay, action, key)
    fitting = [one for one in candidates if one[0] != key and all(word in one[1].casefold() for word in wanted)]
    choices = [(button_value(target, key, action, value), name, note) for value, name, note in fitting[:_OFFERED]]
    if action != "merge" and not wanted:
        choices.append((button_value(target, key, action, NOWHERE), "None of these", ""))
    return choices


def _insights(overlay: Overlay, action: str, key: str) -> list[tuple[str, str, str]]:
    """Of the same kind first, and before them what the run takes to be alike. A merge tells who is in both, once."""
    here = key if action == "merge" else overlay.home(key)
    mention = overlay.any_mention(key) if action == "move" else None
    current = overlay.insight(here or "")
    kind = mention.kind if mention else current.insight.kind if current else ""
    alike = current.insight.suggested_merges if current else ()
    ranked = sorted(overlay.counted.values(), key=lambda one: (one.insight_id not in alike, one.insight.kind != kind))
    rows = []
    for number, counted in enumerate(ranked):
        note = f"{counted.n_people} people"
        if action == "merge" and current is not None and number <= _OFFERED:
            note = f"{current.n_people} and {counted.n_people} people, together {together(overlay, key, counted.insight_id)}"
        if counted.insight.kind != kind:
            note = f"{wording.kind_name(counted.insight.kind)} · {note}"
        if counted.insight_id != here:
            rows.append((counted.insight_id, counted.name, note))
    return rows


def _personas(overlay: Overlay, action: str, key: str) -> list[tuple[str, str, str]]:
    return [(name, overlay.persona_name(name), f"{len(people)} people") for name, _, people in overlay.personas()]


def _topics(overlay: Overlay, action: str, key: str) -> list[tuple[str, str, str]]:
    return [(one.topic_id, label, f"{one.n_people} people") for one, label in overlay.topics()]


_NAMED = {"insight": _insights, "persona": _personas, "topic": _topics}


def code(overlay: Overlay, document_id: str, start: int, end: int, words: str) -> dict[str, Any]:
    """The dialog that asks what a marked passage is. ``words`` are the page's; the desk compares them with the text."""
    kinds = [
        (kind, button_value("document", document_id, "add", Passage(start, end, kind, words).as_value()))
        for kind in MENTION_KINDS
    ]
    codes = code_pages.codes_to_give(overlay, document_id, start, end, words)
    return {"title": "Code a passage", "about": "", "mode": "code", "words": words, "kinds_told": kinds,
            "codes_told": codes}  # fmt: skip
