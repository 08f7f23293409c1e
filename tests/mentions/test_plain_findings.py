"""Findings that no rule gave: slots and statement from the main clause of their span."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.language import pipeline
from voc_engine.mentions.statement import plain_finding
from voc_engine.records import MENTION_KINDS, OBJECTION_TYPES


def frame_of(text: str) -> Frame:
    return Frame(pipeline()(text), None, "review")


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("We want to keep our weekends free.", "goal", {"statement": "I want to keep our weekends free"}),
        (
            "The desk lamp glows green every night.",
            "pain_point",
            {"action": "glow", "object": "desk lamp", "frequency": "every night", "negated": False},
        ),
        ("The ledger doesn't close.", "pain_point", {"statement": "The ledger does not close", "negated": True}),
        ("Could the list be sorted by town?", "request", {"statement": "Could the list be sorted by town?"}),
        ("My landlord must agree to any cabling.", "objection", {"modality": "must", "objection_type": "authority"}),
        ("Green.", "delight", {"statement": "Green", "action": None}),
    ],
)
def test_a_finding_of_a_head_has_slots_and_a_statement(text: str, kind: str, wanted: dict[str, object]) -> None:
    found = plain_finding(frame_of(text), kind, (0, len(text)), 0.7, ("waiting twice", "waiting twice", "'still'"))
    assert {name: getattr(found, name) for name in wanted} == wanted
    assert (found.kind, found.probability, found.pattern) == (kind, 0.7, None)
    assert found.reasons == ("waiting twice", "'still'")


def test_only_the_span_is_told() -> None:
    text = "The camera is lovely but the strap broke within a week."
    start = text.index("the strap")
    found = plain_finding(frame_of(text), "pain_point", (start, len(text)), 0.6, ())
    assert found.statement.startswith("The strap broke")
    assert (found.start, found.end) == (start, len(text))
    assert "camera" not in found.statement


def test_a_span_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        plain_finding(frame_of("  It broke."), "pain_point", (0, 1), 0.6, ())


WORDS = (
    "I", "we", "the", "app", "not", "never", "but", "if", "please", ",", ".", "?", "!", "😀", "(", ")", "because", "want",
    "to", "export", "two", "weeks", "slow",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join), st.sampled_from(MENTION_KINDS))
def test_any_text_has_a_statement(text: str, kind: str) -> None:
    found = plain_finding(frame_of(text), kind, (0, len(text)), 0.5, ("why",))
    assert found.statement.strip()
    assert (found.objection_type in OBJECTION_TYPES) == (kind == "objection")


def test_a_handle_alone_is_told_as_it_stands() -> None:
    """Found in a stream of posts: nothing is left of it once handles are taken off, and the run ended there."""
    found = plain_finding(frame_of("@Larkbook?"), "pain_point", (0, 10), 0.6, ())
    assert found.statement == "@Larkbook?"
