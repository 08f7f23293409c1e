"""The pages of the codebook: given codes as a tree, one code with its passages, and the dialogs that define and apply
one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voc_engine.records import Code, CodedWords, Coding, Document, GivenCode
from voc_engine.review import desk_pages
from voc_engine.review.desk_pages import LISTED, notes_on
from voc_engine.review.forms import button_value
from voc_engine.review.given_codes import CodeView
from voc_engine.review.overlay import Overlay
from voc_engine.review.sitting import NEW
from voc_engine.store.holdings import spread

_WORDING = ("include", "exclude", "examples")


@dataclass(frozen=True, slots=True)
class CodedView:
    """A coded passage: its words as they may be read, and what a person said of it."""

    coding: Coding
    words: str
    document: Document
    said: str
    code: str

    @property
    def id(self) -> str:
        """The coding's id."""
        return self.coding.coding_id


def coded(overlay: Overlay, coding: Coding) -> CodedView:
    """The view of one coding."""
    document = overlay.material.documents[coding.document_id]
    name = overlay.codes.codes[coding.code_id].name if coding.code_id in overlay.codes.codes else ""
    return CodedView(
        coding, document.text[coding.start : coding.end], document, overlay.codes.said.get(coding.coding_id, ""), name
    )


def tree(overlay: Overlay) -> list[CodeView]:
    """Every given code behind the one above it."""
    return overlay.codes.tree


def code_page(overlay: Overlay, key: str, order: str, page: int) -> dict[str, Any] | None:
    """One code with its passages: those nobody has checked first, the least sure before others."""
    view = overlay.codes.view(key)
    if view is None:
        return None
    out = [halved for name, action in overlay.codes.said.items() if action == "reject" and name.startswith(f"{key}:")
           if (halved := overlay.codes.any_coding(name))]  # fmt: skip
    backwards = -1 if order == "surest" else 1
    codings = sorted(view.codings, key=lambda one: (one.checked, backwards * one.probability, one.segment_id))
    listed = codings[page * LISTED : (page + 1) * LISTED]
    above = overlay.codes.codes.get(view.given.above or "")
    parts = [one for one in overlay.codes.tree if one.given.above == key]
    return {"one": view, "rows": [coded(overlay, each) for each in listed], "gone": [coded(overlay, each) for each in out],
            "page": page, "more": len(codings) > (page + 1) * LISTED, "order": order, "above": above, "parts": parts,
            "near": [] if page else [coded(overlay, each) for each in overlay.codes.near(key)],
            "notes": notes_on(overlay, "code", key)}  # fmt: skip


def document_page(overlay: Overlay, key: str) -> dict[str, Any] | None:
    """A document with its marks, and the given codes in it."""
    page = desk_pages.document_page(overlay, key)
    codings = overlay.codes.in_document.get(key, ())
    return None if page is None else {**page, "codes": [coded(overlay, one) for one in codings]}


def define_dialog(overlay: Overlay, target: str, key: str) -> dict[str, Any] | None:
    """The form of a new code, of one that is there, or of one that is made of a finding or a theme."""
    code: GivenCode | None
    if target == "code":
        code = GivenCode(NEW, "") if key == NEW else overlay.codes.codes.get(key)
    else:
        code = _of_insight(overlay, key) if target == "insight" else _of_topic(overlay, key)
    if code is None:
        return None
    others = [(one.id, f"{'– ' * one.depth}{one.given.name}") for one in overlay.codes.tree if one.id != key]
    fields = {name: "\n".join(getattr(code, name)) for name in _WORDING}
    title = {"insight": "Take into the codebook", "topic": "Take into the codebook"}.get(target, "")
    return {"title": title or ("New code" if key == NEW else "Change the code"), "about": "", "mode": "define", "code": code,
            "fields": fields, "others": others, "template": button_value("code", code.code_id, "define"),
            "passages": " ".join(code.passages)}  # fmt: skip


def _of_insight(overlay: Overlay, key: str) -> GivenCode | None:
    counted = overlay.insight(key)
    if counted is None:
        return None
    mentions = [mention for name in overlay.members(key) if (mention := overlay.mention(name)) is not None]
    passages = tuple(spread(sorted({one.segment_id for one in mentions})))
    return GivenCode(NEW, counted.name, counted.insight.definition, passages=passages, insight_id=key)


def _of_topic(overlay: Overlay, key: str) -> GivenCode | None:
    entry = next(((one, label) for one, label in overlay.topics() if one.topic_id == key), None)
    if entry is None:
        return None
    topic, label = entry
    return GivenCode(
        NEW, label, ", ".join(topic.keywords[:8]), passages=tuple(sorted(topic.representative_segment_ids))
    )


def codes_to_give(overlay: Overlay, document_id: str, start: int, end: int, words: str) -> list[tuple[str, str, str]]:
    """(what the button carries, name, how many people) of every code that a passage may be given."""
    return [
        (button_value("document", document_id, "code", CodedWords(one.id, start, end, words).as_value()), one.given.name,
         f"{one.n_people} people")
        for one in overlay.codes.tree
    ]  # fmt: skip


def figures(code: Code | None) -> str:
    """What came of correcting a code, in words; empty where nothing was corrected."""
    if code is None or not (code.n_accepted or code.n_rejected or code.n_added):
        return ""
    parts = ((code.n_came, "came in"), (code.n_left, "left"))
    learned = " and ".join(f"{n} {what}" for n, what in parts if n) or "none changed"
    return f"The machine alone said {code.n_machine} passages; after your corrections {learned} besides."
