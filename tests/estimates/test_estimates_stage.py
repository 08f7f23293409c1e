"""Estimates: what was read carries over to everybody, with its interval."""

from __future__ import annotations

from random import Random

import numpy as np

from voc_engine.config.sections import EstimatesConfig
from voc_engine.estimates.stage import run
from voc_engine.records import (
    DRAWN,
    SOUGHT,
    Batch,
    Drawn,
    Estimate,
    Heard,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Sampling,
    Segment,
)
from voc_engine.student.grams import hashed

PEOPLE = 3_000
TROUBLE, OTHER = "the export fails every night", "the calendar looks nice today"


def study() -> tuple[Heard, list[str], set[int]]:
    """One sentence a person; a fifth of them have the trouble."""
    draw = Random(3)
    ill = set(draw.sample(range(PEOPLE), PEOPLE // 5))
    texts = [
        f"{TROUBLE if one in ill else OTHER} {draw.choice(('truly', 'again', 'here', 'now'))}" for one in range(PEOPLE)
    ]
    ends, grams = hashed(texts)
    people = np.array([f"P{one:05d}".encode() for one in range(PEOPLE)])
    segments = np.array([f"s{one:05d}".encode() for one in range(PEOPLE)])
    return Heard(segments, segments, people, segments, ends, grams), texts, ill


def mention(one: int) -> Mention:
    return Mention(
        f"m{one:05d}", f"s{one:05d}", f"s{one:05d}", f"P{one:05d}", "pain_point", 0, 4, "text", 0.9, "negative", -0.5,
        "anger", "low", 0.1, "says", "stated", (),
    )  # fmt: skip


def segment(one: int, text: str) -> Segment:
    return Segment(f"s{one:05d}", f"s{one:05d}", "u", 0, 0, 4, text, "k", f"P{one:05d}", "participant")


def insight() -> Insight:
    return Insight(
        "i1", "pain_point", "text", 1, 1, 0.0, 1.0, 0.0, "low", 0.1, "steady", None, 0.1, 1, 0.1, 0.1, 0.1, "m1",
        theme="export",
    )  # fmt: skip


def estimated(sought: int = 0) -> tuple[dict[tuple[str, str], Estimate], Sampling, int]:
    """The first 300 people are drawn, and some with the trouble sought beside; how many have it is the last."""
    heard, texts, ill = study()
    read = dict.fromkeys((f"P{one:05d}" for one in range(300)), DRAWN)
    more = [one for one in sorted(ill) if one >= 300][:sought]
    read |= dict.fromkeys((f"P{one:05d}" for one in more), SOUGHT)
    rows = [one for one in range(PEOPLE) if f"P{one:05d}" in read]
    mentions = [mention(one) for one in rows if one in ill]
    batch = Batch.make(
        (Segment, [segment(one, texts[one]) for one in rows]),
        (Mention, mentions),
        (Insight, [insight()]),
        (InsightMember, [InsightMember(one.mention_id, "i1") for one in mentions]),
        (Persona, []),
        (Membership, [Membership(f"P{one:05d}", "p1" if one % 2 else None, 1.0) for one in rows]),
    )  # fmt: skip
    found = run(batch, EstimatesConfig(), Drawn(read, heard))
    return {(one.target, one.target_id): one for one in found.of(Estimate)}, found.of(Sampling)[0], len(ill)


def test_the_true_number_lies_in_the_interval_and_words_make_it_narrow() -> None:
    found, told, ill = estimated()
    one = found["insight", "i1"]
    assert one.low <= ill <= one.high
    assert one.weight > 0.5
    assert one.high - one.low < 40, "a plain sample of 300 has an interval of about 260"
    assert (found["kind", "pain_point"].n_people, found["theme", "export"].n_people) == (one.n_people, one.n_people)
    assert (told.people, told.people_drawn, told.sentences, told.sentences_read) == (PEOPLE, 300, PEOPLE, 300)


def test_who_was_sought_does_not_count_for_others() -> None:
    """They are no sample: all of them have the trouble, and the estimate must not rise by what they stand for."""
    found, told, ill = estimated(sought=100)
    one = found["insight", "i1"]
    assert one.n_read == one.n_drawn + 100
    assert told.people_sought == 100
    assert one.low <= ill <= one.high


def test_a_group_is_estimated_from_the_draw_alone() -> None:
    found, _, _ = estimated()
    one = found["persona", "p1"]
    assert one.weight == 0
    assert one.low <= PEOPLE / 2 <= one.high


def test_without_everybody_nothing_is_estimated() -> None:
    assert run(Batch(), EstimatesConfig(), Drawn({})).of(Estimate) == []
