"""What each page of the app shows, as plain values for its template. No page computes anything that the overlay does
not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from voc_engine.records import EVIDENCE_ROLES, MENTION_KINDS, Document, Mention
from voc_engine.report.marks import Span, pieces
from voc_engine.review.overlay import Counted, Overlay

ORDERS = {"unsure": "least sure first", "largest": "largest findings first", "newest": "newest first"}
LISTED = 40  # a choice: rows of a page that loads at once; the next page has the next
QUEUED = 20  # passages that the queue shows; the next come as these are decided
AROUND = 700  # characters shown on either side of a passage


@dataclass(frozen=True, slots=True)
class PassageView:
    """A mention with what was decided on it and where it belongs. ``said``: action -> value."""

    mention: Mention
    said: Mapping[str, str | None]
    insight: Counted | None
    rejected: bool
    document: Document

    @property
    def id(self) -> str:
        """The mention's id."""
        return self.mention.mention_id


def passage(overlay: Overlay, mention_id: str) -> PassageView | None:
    """The view of one mention, also of one that was rejected; None for one that never was."""
    mention = overlay.any_mention(mention_id)
    if mention is None:
        return None
    home = overlay.home(mention_id)
    return PassageView(
        mention, overlay.said.get(mention_id, {}), overlay.insight(home) if home else None,
        overlay.mention(mention_id) is None, overlay.material.documents[mention.document_id],
    )  # fmt: skip


def _order(overlay: Overlay, order: str) -> list[str]:
    """Ids of all mentions of a run in the order in which to check them; sorted once for each run."""
    orders: dict[str, list[str]] = overlay.material.__dict__.setdefault("queue_orders", {})
    if order not in orders:
        material = overlay.material
        ranks = {key: number for number, key in enumerate(material.insights)}

        def sort_key(mention: Mention) -> tuple[Any, ...]:
            if order == "newest":
                return (mention.created_at is None, _backwards(mention.created_at or ""), mention.mention_id)
            unsure = (not mention.review, abs(mention.probability - 0.5), mention.mention_id)
            rank = ranks.get(material.home.get(mention.mention_id) or "", len(ranks))
            return (rank, *unsure) if order == "largest" else unsure

        orders[order] = [one.mention_id for one in sorted(material.mentions.values(), key=sort_key)]
    return orders[order]


def _backwards(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)


def queue(overlay: Overlay, order: str, kind: str) -> dict[str, Any]:
    """The next passages that nobody has checked, of one kind where it is named."""
    views: list[PassageView] = []
    for key in _order(overlay, order):
        decided = overlay.said.get(key, {})
        if "accept" in decided or "reject" in decided:
            continue
        view = passage(overlay, key)
        if view is not None and (not kind or view.mention.kind == kind):
            views.append(view)
        if len(views) == QUEUED:
            break
    checked = sum("accept" in said or "reject" in said for said in overlay.said.values())
    return {"rows": views, "order": order, "kind": kind, "orders": ORDERS, "kinds": MENTION_KINDS, "checked": checked,
            "total": len(overlay.material.mentions) + len(overlay.added)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding in the list: ``checked`` of its passages were looked at by a person."""

    counted: Counted
    checked: int
    said: Mapping[str, str | None]

    @property
    def id(self) -> str:
        """The insight's id."""
        return self.counted.insight_id


def finding(overlay: Overlay, counted: Counted) -> FindingView:
    """The view of one finding."""
    pieces_of = overlay.groups.pieces(counted.insight_id)
    checked = sum("accept" in overlay.said[key] for key in pieces_of & overlay.said.keys())
    return FindingView(counted, checked, overlay.on_insight.get(counted.insight_id, {}))


def findings(overlay: Overlay, kind: str, words: str, page: int) -> dict[str, Any]:
    """The tree kind > finding with people counted, a page of it, and pairs that may be one."""
    wanted = words.casefold().split()
    fitting = [
        one for one in overlay.counted.values()
        if (not kind or one.insight.kind == kind) and all(word in one.name.casefold() for word in wanted)
    ]  # fmt: skip
    listed = fitting[page * LISTED : (page + 1) * LISTED]
    tree: dict[str, list[FindingView]] = {name: [] for name in MENTION_KINDS}
    for counted in listed:
        tree.setdefault(counted.insight.kind, []).append(finding(overlay, counted))
    sizes = Counter(one.insight.kind for one in overlay.counted.values())
    return {"tree": {name: rows for name, rows in tree.items() if rows}, "kind": kind, "words": words, "page": page,
            "more": len(fitting) > (page + 1) * LISTED, "fitting": len(fitting), "sizes": sizes, "kinds": MENTION_KINDS,
            "pairs": list(_pairs(overlay, listed))[:6]}  # fmt: skip


def _pairs(overlay: Overlay, listed: Iterable[Counted]) -> Iterator[tuple[Counted, Counted, int]]:
    """(one, other, people of both together) of findings that the run took to be alike, each pair once."""
    pairs: set[tuple[str, str]] = set()
    for counted in listed:
        for key in counted.insight.suggested_merges:
            other = overlay.insight(key)
            pair = (min(counted.insight_id, key), max(counted.insight_id, key))
            if other is not None and pair not in pairs:
                pairs.add(pair)
                yield counted, other, together(overlay, counted.insight_id, key)


def together(overlay: Overlay, *insight_ids: str) -> int:
    """How many different people these findings have together: who says both counts once."""
    mentions = (overlay.mention(key) for name in insight_ids for key in overlay.members(name))
    return len({one.person_id for one in mentions if one is not None})


def insight_page(overlay: Overlay, insight_id: str) -> dict[str, Any] | None:
    """One finding with every quote; None where it is no longer there."""
    counted = overlay.insight(overlay.end(insight_id))
    if counted is None:
        return None
    rows = [view for key in sorted(overlay.groups.pieces(counted.insight_id)) if (view := passage(overlay, key))]
    rows.sort(key=lambda one: (one.rejected, not one.mention.pinned, -one.mention.probability, one.id))
    alike = [other for key in counted.insight.suggested_merges if (other := overlay.insight(key))]
    return {"one": finding(overlay, counted), "rows": rows, "alike": alike,
            "notes": notes_on(overlay, "insight", counted.insight_id)}  # fmt: skip


def notes_on(overlay: Overlay, target: str, key: str) -> list[Any]:
    """Comments on an item, the latest last."""
    wanted = (target, key, "comment")
    return [one for one in overlay.decisions if (one.target, one.target_id, one.action) == wanted]


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of text. ``at``: its first code point in the document; ``marks``: views of what covers it, longest
    first."""

    text: str
    at: int
    marks: tuple[PassageView, ...]
    begins: tuple[str, ...]
    coded: bool = False


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn of a talk, or a stretch of a text outside every turn. ``evidence`` False: not counted."""

    utterance_id: str
    speaker: str
    role: str
    evidence: bool
    cut: str | None
    pieces: tuple[PieceView, ...]


def turns(overlay: Overlay, document_id: str, start: int = 0, end: int | None = None) -> list[TurnView]:
    """A document, or what lies between two characters of it, cut at every edge of a mention."""
    material = overlay.material
    document = material.documents[document_id]
    stop = len(document.text) if end is None else min(end, len(document.text))
    views = {one.mention_id: passage(overlay, one.mention_id) for one in overlay.mentions_in(document_id)}
    coded = {one.coding_id: one for one in overlay.codes.in_document.get(document_id, ())}
    spans = [Span(one.mention.start, one.mention.end, key) for key, one in views.items() if one is not None]
    spans += [Span(one.start, one.end, key) for key, one in coded.items()]
    turn_views: list[TurnView] = []

    def add(begin: int, until: int, who: tuple[str, str, str, str | None]) -> None:
        begin, until = max(begin, start), min(until, stop)
        if begin >= until or not document.text[begin:until].strip():
            return
        parts = [
            PieceView(piece.text, piece.start, tuple(view for key, _, _ in piece.covers if (view := views.get(key))),
                      tuple(key for key, begins, _ in piece.covers if begins), any(c[0] in coded for c in piece.covers))
            for piece in pieces(document.text, spans, begin, until)
        ]  # fmt: skip
        key, speaker, role, cut = who
        turn_views.append(TurnView(key, speaker, role, role in ("", *EVIDENCE_ROLES) and not cut, cut, tuple(parts)))

    at = 0
    for turn in material.utterances.get(document_id, ()):
        add(at, turn.start, ("", "", "", None))
        add(max(at, turn.start), turn.end, (turn.utterance_id, turn.person_id, turn.role, turn.cut))
        at = max(at, turn.end)
    add(at, len(document.text), ("", "", "", None))
    return turn_views


def context(overlay: Overlay, mention_id: str) -> dict[str, Any] | None:
    """A passage with the text around it, and what can be decided on it."""
    view = passage(overlay, mention_id)
    if view is None:
        return None
    mention = view.mention
    text = view.document.text
    start, end = max(0, mention.start - AROUND), min(len(text), mention.end + AROUND)
    return {"view": view, "turns": turns(overlay, mention.document_id, start, end), "cut_before": start > 0,
            "cut_after": end < len(text), "notes": notes_on(overlay, "mention", mention_id)}  # fmt: skip


def document_page(overlay: Overlay, document_id: str) -> dict[str, Any] | None:
    """A whole document with its marks; None for one that is not there."""
    material = overlay.material
    document = material.documents.get(document_id)
    if document is None:
        return None
    every = {*material.mentions_in.get(document_id, ()), *(key for key, one in overlay.added.items()
             if one.document_id == document_id)}  # fmt: skip
    rows = [view for key in every if (view := passage(overlay, key))]
    rows.sort(key=lambda one: (one.mention.start, -one.mention.end, one.id))
    return {"document": document, "turns": turns(overlay, document_id), "rows": rows,
            "talk": len({turn.person_id for turn in material.utterances.get(document_id, ())}) > 1,
            "silenced": document_id in material.silenced, "notes": notes_on(overlay, "document", document_id)}  # fmt: skip


def person_page(overlay: Overlay, person_id: str) -> dict[str, Any] | None:
    """Everything that one person said; None for somebody who is not in the study."""
    material = overlay.material
    documents = [
        material.documents[key] for key in material.documents_of.get(person_id, ()) if key in material.documents
    ]
    if person_id not in material.people and person_id not in material.member_of:
        return None
    mentions = [
        one for document in documents for one in overlay.mentions_in(document.document_id) if one.person_id == person_id
    ]
    attributes = {
        key: value for one in documents if one.person_id == person_id for key, value in one.attributes.items()
    }
    persona = overlay.crowds.of(person_id)
    return {"person": person_id, "documents": documents, "attributes": sorted(attributes.items()), "persona": persona,
            "persona_name": overlay.persona_name(persona) if persona else "",
            "rows": [view for one in mentions if (view := passage(overlay, one.mention_id))],
            "notes": notes_on(overlay, "person", person_id)}  # fmt: skip


def persona_list(overlay: Overlay) -> dict[str, Any]:
    """Every persona with its people, and who is in none."""
    rows = [
        {"id": key, "name": overlay.persona_name(key), "card": card, "people": people,
         "said": overlay.on_persona.get(key, {})}
        for key, card, people in overlay.personas()
    ]  # fmt: skip
    return {"personas": rows, "alone": sorted(overlay.crowds.pieces(None))}


def persona_page(overlay: Overlay, persona_id: str) -> dict[str, Any] | None:
    """A persona with every member and what they say most; None where nobody is left in it."""
    persona = next((one for one in persona_list(overlay)["personas"] if one["id"] == persona_id), None)
    if persona is None:
        return None
    material = overlay.material
    members = [
        {"person": person, "probability": getattr(material.memberships.get(person), "probability", 1.0),
         "by_hand": person in overlay.crowds.moved,
         "n_mentions": sum(len(material.mentions_in.get(key, ())) for key in material.documents_of.get(person, ()))}
        for person in persona["people"]
    ]  # fmt: skip
    people_by_insight: dict[str, set[str]] = defaultdict(set)
    for person in persona["people"]:
        for key in material.documents_of.get(person, ()):
            for mention in overlay.mentions_in(key):
                home = overlay.home(mention.mention_id)
                if mention.person_id == person and home:
                    people_by_insight[home].add(person)
    most = sorted(people_by_insight, key=lambda key: (-len(people_by_insight[key]), key))[:12]
    top = [(counted, len(people_by_insight[key])) for key in most if (counted := overlay.insight(key))]
    return {**persona, "members": members, "top": top, "notes": notes_on(overlay, "persona", persona_id)}


def search(overlay: Overlay, words: str) -> dict[str, Any]:
    """Sentences with all of the words, and findings so called."""
    wanted = words.casefold().split()
    # The longest word rules out most sentences, and is looked for by itself: that is several times as fast.
    longest = max(wanted, key=len, default="")
    near = ((text, one) for text, one in overlay.material.folded if longest in text)
    fitting = (one for text, one in near if all(word in text for word in wanted))
    sentences = [(one.document_id, one) for one in islice(fitting if wanted else (), LISTED)]
    named = [one for one in overlay.counted.values() if wanted and all(w in one.name.casefold() for w in wanted)]
    return {"words": words, "sentences": sentences, "findings": named[:LISTED]}
