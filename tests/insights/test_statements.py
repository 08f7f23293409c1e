"""What a finding says: its statement is made of the words of one who speaks for it."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.stage import run
from voc_engine.records import Insight, InsightMember, Vectors

from .made import EXPORT, OPTIONS, by_member, mention, study, vectors


def test_who_speaks_for_a_finding_is_one_of_its_own() -> None:
    """Regression: a pinned quote that stood in one finding spoke for the next one too."""
    angles = np.linspace(0.0, 1.6, 9)
    texts = [f"The lift is slow on day {n}" for n in range(9)]
    vecs = Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    given = [mention(n, f"P{n}", text, pinned=n == 4) for n, text in enumerate(texts)]
    result = run(study(given, vecs), InsightsConfig(clear=0, join=0.05, stay=0.01, match=0.8))
    home = {one.mention_id: one.insight_id for one in result.of(InsightMember)}
    assert len(result.of(Insight)) > 1
    assert all(home[one.medoid_mention_id] == one.insight_id for one in result.of(Insight))


def test_a_finding_whose_people_do_not_agree_on_a_thing_goes_by_its_key_point() -> None:
    texts = ["It came three times today", "That came twice today", "Came again today"]
    given = [mention(n, f"P{n}", text, what="noisy") for n, text in enumerate(texts)]
    for insight in run(study(given, vectors([texts], spread=0.05)), OPTIONS).of(Insight):
        assert (insight.name, insight.title) == ("", insight.statement)


def test_the_statement_is_made_of_the_words_of_a_member_and_prefers_whole_short_ones() -> None:
    long = "I spent forty minutes of my only free afternoon looking for the export button and then I gave up"
    given = [
        mention(1, "P1", long, statement=long),
        mention(
            2,
            "P2",
            "Hard to find the export button",
            statement="Hard to find the export button",
            what="hard",
            thing="export",
        ),
    ]
    (insight,) = run(study(given, vectors([[long, "Hard to find the export button"]], spread=0.1)), OPTIONS).of(Insight)
    assert insight.statement == "Hard to find the export button"


def test_divergent_quote_comes_from_another_person_or_is_absent() -> None:
    mine = [mention(n, "P1", text, negated=False) for n, text in enumerate(["export a c", "export b d", "export c e"])]
    vecs = vectors([["export a c", "export b d", "export c e", "export d f"]])
    (alone,) = run(study(mine, vecs), OPTIONS).of(Insight)
    assert alone.divergent_mention_id is None
    (both,) = run(study([*mine, mention(9, "P2", "export d f")], vecs), OPTIONS).of(Insight)
    people = {m.mention_id: m.person_id for m in [*mine, mention(9, "P2", "export d f")]}
    assert both.divergent_mention_id is not None
    assert people[both.divergent_mention_id] != people[both.medoid_mention_id]


@pytest.mark.parametrize("doubted", range(3))
def test_a_quote_that_a_person_should_check_does_not_speak_for_the_others(doubted: int) -> None:
    """Regression: praise that was taken for a complaint with .53 stood first under the complaint."""
    given = [
        mention(n, f"P{n}", text, statement=text, review=("unsure",) if n == doubted else ())
        for n, text in enumerate(EXPORT[:3])
    ]
    (found,) = run(study(given, vectors([EXPORT])), OPTIONS).of(Insight)
    assert found.n_mentions == 3
    assert found.medoid_mention_id != given[doubted].mention_id
    assert found.divergent_mention_id != given[doubted].mention_id


def test_where_all_should_be_checked_one_of_them_speaks() -> None:
    given = [mention(n, f"P{n}", text, statement=text, review=("unsure",)) for n, text in enumerate(EXPORT[:3])]
    (found,) = run(study(given, vectors([EXPORT])), OPTIONS).of(Insight)
    assert found.medoid_mention_id in {one.mention_id for one in given}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Export is hidden", "@larkbook #fail the export is hidden"),
        ("Export is hidden", "Why is the export hidden?"),
        ("Export is hidden", "The export is hidden behind a row of small grey…"),
        ("Export is hidden", "export"),
    ],
)
def test_the_statement_is_the_well_formed_one(better: str, worse: str) -> None:
    given = [mention(1, "P1", worse, statement=worse), mention(2, "P2", better, statement=better)]
    (insight,) = run(study(given, vectors([[worse, better]], spread=0.05)), OPTIONS).of(Insight)
    assert insight.statement == better


@pytest.mark.parametrize(
    ("said", "point"),
    [
        (["The app crashes when I hit charge", "The app crashes all the time",
          "The app crashes with every photo of a client since the update"], "The app crashes all the time"),
        (["Our invoice numbering has gaps, 0871 to 0875", "Invoice numbering has gaps since the second of May"],
         "Our invoice numbering has gaps"),
        (["Other thing, I want to take a deposit", "I want them all to leave me a deposit on the first visit"],
         "I want to take a deposit"),
        (["The export works, but not for me", "That export of yours works for nobody who has thirty clients or more"],
         "The export works, but not for me"),
    ],
)  # fmt: skip
def test_what_one_person_adds_is_no_part_of_the_statement(said: list[str], point: str) -> None:
    given = [mention(n, f"P{n}", text, statement=text, stands=0.7) for n, text in enumerate(said)]
    (insight,) = run(study(given, vectors([said], spread=0.05)), OPTIONS).of(Insight)
    assert insight.statement == point


def test_of_one_person_nothing_is_cut_away() -> None:
    said = "As far as I know, one of the better documented exports"
    (insight,) = run(study([mention(1, "P1", said, statement=said)], vectors([[said]])), OPTIONS).of(Insight)
    assert insight.statement == said


def test_the_statement_says_what_most_members_name() -> None:
    said = [("My bag is lost", "My bag is lost"), ("Lost bag again", "Lost bag again")]
    said.append(("missing the other one", "One bag came, missing the other one, lost"))
    given = [mention(n, f"P{n}", quote, statement=statement) for n, (statement, quote) in enumerate(said)]
    texts = [quote for _, quote in said]
    (insight,) = run(study(given, vectors([texts], spread=0.05)), OPTIONS).of(Insight)
    assert "bag" in insight.statement


def test_the_statement_loses_handles_and_links_at_its_ends() -> None:
    text = "=@larkbook the export is hidden https://t.co/x"
    (insight,) = run(study([mention(1, "P1", text, statement=text)], vectors([[text]])), OPTIONS).of(Insight)
    assert insight.statement == "The export is hidden"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Re: Payout schedule slips", "Payout schedule slips"),
        ("FW: AW: Payout schedule slips", "Payout schedule slips"),
        ("[App feedback 5.0.1 android] it ate my notes", "It ate my notes"),
        ("[P0003] lost the notes", "[P0003] lost the notes"),
    ],
)
def test_the_statement_loses_what_mail_programs_and_forms_put_before_it(text: str, statement: str) -> None:
    (insight,) = run(study([mention(1, "P1", text, statement=text)], vectors([[text]])), OPTIONS).of(Insight)
    assert insight.statement == statement


@pytest.mark.parametrize(
    "quote", ["The photos of my first trip:", ": no reply", ":::", "Late again –", "“Never again”,", ";"]
)
def test_marks_at_the_ends_of_a_quote_stop_no_study(quote: str) -> None:
    """Posts end in a colon before a link that is taken away; who says so alone still has a statement of their words."""
    said = [mention(1, "P1", quote), mention(2, "P2", "The lift is slow")]
    found = by_member(run(study(said, vectors([[quote], ["The lift is slow"]])), OPTIONS))
    assert found["m0001"].statement
    assert found["m0001"].statement.casefold() in quote.casefold()
