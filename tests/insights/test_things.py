"""Findings by thing and side: what several people of a small study say of one thing."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.insights import things
from voc_engine.insights.replay import replayed
from voc_engine.insights.stage import run
from voc_engine.insights.things import fewest_of_a_thing, key_of, names_things, plainly
from voc_engine.records import BY_THING, Batch, Decision, Insight, InsightMember, Mention, Vectors
from voc_engine.statistics import SMALL_SAMPLE

from .made import OPTIONS, by_member, mention, study

SAID = {
    "The highlighting helped me a lot": "highlighting",
    "Highlighting was what I used first": "Highlighting",
    "I loved the great highlights": "great highlights",
}


def apart(texts: list[str]) -> Vectors:
    """Vectors of which no two say the same: the words alone tell what is spoken of."""
    return Vectors(tuple(texts), np.eye(len(texts), 64, dtype=np.float32))


def told(kind: str = "delight", **given: object) -> Batch:
    made = [
        mention(n, f"P{n}", text, **{"thing": thing, "kind": kind, "statement": text, **given})
        for n, (text, thing) in enumerate(SAID.items())
    ]
    return study(made, apart(list(SAID)), silent=["P8", "P9"])


def test_what_several_say_of_one_thing_is_a_finding_with_its_people_and_a_whole_clause() -> None:
    """One thing in several forms; praise itself is no part of its name."""
    result = run(told(), OPTIONS)
    (finding,) = result.of(Insight)
    assert (finding.basis, finding.n_people, finding.name) == (BY_THING, 3, "Highlighting: praise")
    assert finding.theme == "highlighting"
    assert finding.statement in SAID
    assert "about highlighting" in finding.definition


@pytest.mark.parametrize(
    ("kind", "name"), [("pain_point", "Highlighting: trouble"), ("request", "Highlighting: wishes")]
)
def test_each_side_has_its_name(kind: str, name: str) -> None:
    assert [one.name for one in run(told(kind), OPTIONS).of(Insight)] == [name]


def test_what_is_said_of_it_stands_in_the_name_where_three_agree() -> None:
    assert [one.name for one in run(told("pain_point", what="hard"), OPTIONS).of(Insight)] == [
        "Highlighting: hard to use or understand"
    ]


def test_sides_are_counted_apart() -> None:
    praise = list(SAID)
    blame = ["Highlighting broke twice", "The highlighting got in my way"]
    given = [mention(n, f"P{n}", text, thing="highlighting", kind="delight") for n, text in enumerate(praise)]
    given += [mention(5 + n, f"P{n}", text, thing="highlighting") for n, text in enumerate(blame)]
    result = run(study(given, apart([*praise, *blame])), OPTIONS)
    found = {one.name: one.n_people for one in result.of(Insight)}
    assert found == {"Highlighting: praise": 3, "Highlighting: trouble": 2}
    assert len({one.theme for one in result.of(Insight)}) == 1


@pytest.mark.parametrize("thing", ["lot", "time", "best way", "problem", "", None])
def test_a_noun_that_seldom_names_a_matter_is_no_thing(thing: str | None) -> None:
    assert key_of(thing) is None


def test_a_noun_that_nobody_labelled_may_be_a_thing() -> None:
    assert names_things("zzz") == pytest.approx(names_things("yyy"))
    assert key_of("xylophones") == key_of("xylophone") == {"xylophon"}


def test_what_most_name_with_more_words_is_no_one_thing() -> None:
    """Of sound quality and of paper quality two people say nothing in common."""
    texts = ["Its sound quality is good", "The paper quality is good"]
    given = [
        mention(n, f"P{n}", text, thing=" ".join(text.split()[1:3]), kind="delight") for n, text in enumerate(texts)
    ]
    assert len(run(study(given, apart(texts)), OPTIONS).of(Insight)) == 2


def test_what_all_of_a_study_is_about_is_no_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "_LEAST_SUBJECT", len(SAID) - 1)
    assert len(run(told(), OPTIONS).of(Insight)) == len(SAID)


def test_words_around_the_thing_are_no_plain_word_of_it() -> None:
    said = "I went there and then somebody who had seen it before said to me that the highlighting was on"
    assert not plainly(mention(1, "P1", said), frozenset(["highlight"]))
    assert plainly(mention(1, "P1", "The highlighting was on"), frozenset(["highlight"]))


def test_two_who_may_not_have_said_it_are_no_two_voices() -> None:
    assert len(run(told(probability=(OPTIONS.sure + OPTIONS.firm) / 2), OPTIONS).of(Insight)) == len(SAID)


@pytest.mark.parametrize(
    ("people", "shared", "fewest"),
    [
        (SMALL_SAMPLE - 1, 0, 2),
        (SMALL_SAMPLE - 1, things.FEW - 1, 2),
        (SMALL_SAMPLE - 1, things.FEW, 3),
        (SMALL_SAMPLE - 1, things.FEW + 1, 4),
        (2, things.FEW, None),
        (SMALL_SAMPLE, 0, None),
    ],
)
def test_with_each_shared_finding_more_one_person_more_has_to_speak_of_a_thing(
    people: int, shared: int, fewest: int | None
) -> None:
    assert fewest_of_a_thing(people, shared) == fewest


def test_a_small_study_with_shared_findings_still_tells_of_what_most_speak_of() -> None:
    """No study of a handful of people loses all findings by thing at once."""
    texts = [f"The {name} is dear" for name in ("fee", "desk", "lamp", "chair", "screen")]
    pairs = [(n, p) for n in range(len(texts)) for p in range(2)]
    shared = [mention(20 + 2 * n + p, f"P{p}", f"{texts[n]}{'!' * p}", text_key=texts[n]) for n, p in pairs]
    spoken = apart([*SAID, *texts])
    for people, kept in ((3, {3}), (2, set())):
        own = told().of(Mention)[:people]
        found = run(study([*own, *shared], spoken, silent=["P8", "P9"]), OPTIONS).of(Insight)
        assert sum(one.basis != BY_THING and one.n_people > 1 for one in found) == len(texts)
        assert {one.n_people for one in found if one.basis == BY_THING} == kept


def test_large_studies_are_not_told_so() -> None:
    many = study(told().of(Mention), apart(list(SAID)), silent=[f"Q{n}" for n in range(SMALL_SAMPLE)])
    assert {one.basis for one in run(many, OPTIONS).of(Insight)} == {"found"}


def test_a_shared_finding_of_the_thing_goes_in_whole() -> None:
    texts = [*SAID, "Highlighting is handy", "Highlighting is so handy"]
    vecs = apart(texts)
    vecs.matrix[4] = vecs.matrix[3]
    given = [mention(n, f"P{n}", text, thing="highlighting", kind="delight") for n, text in enumerate(texts)]
    (finding,) = run(study(given, vecs), OPTIONS).of(Insight)
    assert (finding.basis, finding.n_people) == (BY_THING, 5)


def test_decisions_on_it_hold_and_what_is_left_keeps_its_thing() -> None:
    before = told()
    result = run(before, OPTIONS)
    (finding,) = result.of(Insight)
    batch = Batch(
        {**before.tables, Insight: list(result.of(Insight)), InsightMember: list(result.of(InsightMember))},
        vectors=before.vectors,
    )
    renamed = replayed(batch, OPTIONS, [Decision("insight", finding.insight_id, "rename", "Lines in colour")])
    assert [one.name for one in renamed.of(Insight)] == ["Lines in colour"]
    split = replayed(batch, OPTIONS, [Decision("insight", finding.insight_id, "split", "m0002")])
    left = by_member(split)["m0000"]
    assert (left.insight_id, left.basis, left.n_people) == (finding.insight_id, BY_THING, 2)
    assert left.name == "Highlighting: praise"
    assert not replayed(batch, OPTIONS, [Decision("insight", finding.insight_id, "reject")]).of(Insight)


def test_a_thing_that_stands_only_before_the_words_is_not_taken() -> None:
    """What "it" means is read wrongly too often to count people by."""
    texts = ["It helped me a lot", "It was what I used first"]
    given = [mention(n, f"P{n}", text, thing="highlighting", kind="delight") for n, text in enumerate(texts)]
    assert len(run(study(given, apart(texts)), OPTIONS).of(Insight)) == 2
