"""Random sequences of decisions made in the app, then a fifth more data: each holds, or is told."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from voc_engine.errors import ConfigError
from voc_engine.records import (
    NOWHERE,
    Batch,
    CodedWords,
    Decision,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Passage,
    Persona,
    Segment,
    Utterance,
    in_force,
)
from voc_engine.review.material import Material
from voc_engine.review.overlay import Overlay
from voc_engine.review.sitting import NEW, Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import GOAL, PAIN, tables

LATER = ("P0011", "P0012")
# As a run with more people gives them: an earlier claim of somebody new gives a finding and a persona another id.
RENAMED = {"i-a": "i-a-later", "i-c": "i-c-later", "p-b": "p-b-later"}


def earlier() -> Batch:
    """The study without a sixth of its people, to which a fifth is then added."""
    every = tables()
    gone = {one.document_id for one in every.of(Document) if one.person_id in LATER}
    kept: dict[Any, list[Any]] = dict(every.tables)
    for kind in (Document, Utterance, Segment, Mention):
        kept[kind] = [one for one in every.of(kind) if one.document_id not in gone]  # type: ignore[attr-defined]
    left = {one.mention_id for one in kept[Mention]}
    kept[InsightMember] = [one for one in every.of(InsightMember) if one.mention_id in left]
    kept[Membership] = [one for one in every.of(Membership) if one.person_id not in LATER]
    return Batch(kept)


def later() -> Batch:
    every = tables()
    made: dict[Any, list[Any]] = dict(every.tables)
    made[Insight] = [replace(one, insight_id=RENAMED.get(one.insight_id, one.insight_id)) for one in every.of(Insight)]
    made[InsightMember] = [
        InsightMember(one.mention_id, RENAMED.get(one.insight_id, one.insight_id)) for one in every.of(InsightMember)
    ]
    made[Persona] = [replace(one, persona_id=RENAMED.get(one.persona_id, one.persona_id)) for one in every.of(Persona)]
    made[Membership] = [
        replace(one, persona_id=RENAMED.get(one.persona_id or "", one.persona_id)) for one in every.of(Membership)
    ]
    return Batch(made)


def any_decision(dice: random.Random, desk: Desk) -> Decision:
    overlay = desk.overlay
    findings = sorted(overlay.counted) or ["i-a"]
    mention, insight = dice.choice(sorted(overlay.material.mentions)), dice.choice(findings)
    persona = dice.choice([key for key, _, _ in overlay.personas()])
    person, document = dice.choice(sorted(overlay.material.member_of)), dice.choice(sorted(overlay.material.documents))
    pieces = sorted(overlay.groups.pieces(insight))
    text = overlay.material.texts.documents[document].text
    words = next((one for one in (PAIN, GOAL, "never syncs") if one in text), text[:4])
    start = text.index(words)
    code = dice.choice([*overlay.codes.codes, "none"])
    return dice.choice([
        Decision("mention", mention, dice.choice(["reject", "accept", "pin"])),
        Decision("mention", mention, "relabel", dice.choice(["goal", "objection", "delight"])),
        Decision("mention", mention, "move", dice.choice([*findings, NOWHERE])),
        Decision("mention", mention, "severity", dice.choice(["low", "high"])),
        Decision("insight", insight, "rename", dice.choice(["One", "Two", "Three"])),
        Decision("insight", insight, "merge", dice.choice(findings)),
        Decision("insight", insight, "split", " ".join(dice.sample(pieces, min(len(pieces), 2))) or "m"),
        Decision("insight", insight, dice.choice(["accept", "reject"])),
        Decision("persona", persona, dice.choice(["negative", "accept"])),
        Decision("persona", persona, "rename", dice.choice(["Four", "Five"])),
        Decision("person", person, "assign", dice.choice([persona, NOWHERE])),
        Decision("topic", dice.choice(["t-1", "t-2"]), "rename", dice.choice(["Six", "Seven"])),
        Decision("document", document, "add", Passage(start, start + len(words), "trigger", words, insight).as_value()),
        Decision("code", NEW, "define", f'{{"name": "{dice.choice("ABC")}"}}'),
        Decision("document", document, "code", CodedWords(code, start, start + len(words), words).as_value()),
    ])  # fmt: skip


def held(overlay: Overlay) -> list[Decision]:
    """What finds its target, as it was made."""
    on_items = [one.given for one in overlay.found]
    known = {*overlay.material.stored_mentions, *overlay.added}
    on_pieces = [one for one in overlay.decisions if one.target == "mention" and one.target_id in known]
    on_texts = [one for one in overlay.decisions if one.target == "document" and one not in overlay.lost]
    on_codes = [one for one in overlay.decisions if one.target == "code" and one.target_id in overlay.codes.codes]
    return [*on_items, *on_pieces, *on_texts, *on_codes]


def check_effects(overlay: Overlay) -> None:
    """Whatever found its target is seen on the pages."""
    said = overlay.said
    for key, actions in said.items():
        mention = overlay.mention(key)
        if "reject" in actions or mention is None:
            assert mention is None
            continue
        assert mention.kind == actions.get("relabel", mention.kind)
        assert mention.severity == actions.get("severity", mention.severity)
    for key, actions in overlay.on_insight.items():
        if "reject" in actions:
            assert overlay.insight(key) is None
        elif (shown := overlay.insight(key)) is not None and "rename" in actions:
            assert shown.name == actions["rename"]
    for key, actions in overlay.on_persona.items():
        if "rename" in actions:
            assert overlay.persona_name(key) == actions["rename"]
    check_effects_on_texts(overlay)


def check_effects_on_texts(overlay: Overlay) -> None:
    labels = {one.topic_id: label for one, label in overlay.topics()}
    for key, actions in overlay.on_topic.items():
        assert labels[key] == actions.get("rename", labels[key])
    for one in overlay.decisions:
        words = CodedWords.read(one.value) if one.action == "code" else None
        if words is not None and words.code_id in overlay.codes.codes:
            assert any(c.code_id == words.code_id for c in overlay.codes.in_document[one.target_id])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(300))
def test_each_decision_holds_or_is_told_when_a_fifth_more_data_comes(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    first = Desk(Workspace(tmp_path), Material("r1", "t", earlier(), manifest={"parts": {"ingest": []}}))
    for _ in range(dice.randrange(1, 12)):
        try:
            first.undo() if dice.random() < 0.15 else first.decide([any_decision(dice, first)])
        except ConfigError:
            continue
    holding = in_force(row.decision for row in first.workspace.decisions.log() if row.holds and row.undo_of is None)
    assert holding == first.overlay.decisions
    check_effects(first.overlay)
    again = Desk(Workspace(tmp_path), Material("r2", "t", later(), manifest={"parts": {"ingest": []}}))
    check_effects(again.overlay)
    left = [one for one in holding if one not in held(again.overlay) and one.target != "coding"]
    # Nothing that it stood on has left the study: what is lost was on an item that more of its evidence left than stayed, or
    # on a code that was never kept.
    for one in left:
        assert one.target in ("insight", "persona") or one.action in ("move", "assign", "code"), one
    assert len(left) <= len(holding) / 2
