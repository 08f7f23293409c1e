"""Titles of findings: what most say, cut out of their own words; none that points at what it does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights import titles
from voc_engine.insights.agreement import Agreement
from voc_engine.insights.clause_vectors import Clauses
from voc_engine.insights.likeness import unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.title_judge import FEATURES, Heard, Wording, Words, title_features
from voc_engine.insights.title_spans import Form, form_of, parsed, title_spans
from voc_engine.insights.titles import Untitled, titles_of, wordings
from voc_engine.insights.units import make_units
from voc_engine.language.stems import content_stems
from voc_engine.records import Insight, Mention

from .made import mention, vectors


def cuts(text: str) -> set[str]:
    doc = next(parsed([text]))
    return {doc[start:end].text for start, end in title_spans(doc)}


@pytest.mark.parametrize(("text", "expected"), [
    ("The phone app crashes every time I add a photo so I stopped adding photos.", "The phone app crashes"),
    ("I think the battery life is really short.", "the battery life is really short"),
    ("They let them, because there's no lock on a closed month.", "there's no lock on a closed month"),
    ("We waited forty minutes because nobody came.", "waited forty minutes"),
])  # fmt: skip
def test_what_only_adds_to_a_clause_can_be_left_away(text: str, expected: str) -> None:
    assert expected in cuts(text)


@pytest.mark.parametrize(("text", "reversed_"), [
    ("The reminders do not arrive any more.", "arrive any more"),
    ("Nobody ever answers the phone there.", "answers the phone"),
    ("If the price goes up I will leave at once.", "the price goes up"),
    ("The salon never tells anybody about the fee.", "tells anybody about the fee"),
    ("I still haven't found where one makes the letters bigger.", "where one makes the letters bigger"),
    ("I don't think the reminders arrive in time.", "the reminders arrive in time"),
    ("Nobody says that the app works on a phone.", "the app works on a phone"),
])  # fmt: skip
def test_no_cut_claims_what_was_denied_or_supposed(text: str, reversed_: str) -> None:
    assert reversed_ not in cuts(text)


def test_no_cut_ends_in_a_small_word_that_leads_on() -> None:
    assert not [cut for cut in cuts("It took eleven minutes so the slot was gone by then") if cut.endswith(" by")]


@pytest.mark.parametrize("text", [
    "The month changed after we had closed it", "Card refused for a deposit, twice, slot gone", "It didn't open again",
])  # fmt: skip
def test_every_cut_is_a_run_of_whole_words_of_the_sentence(text: str) -> None:
    found = cuts(text)
    assert found
    for cut in found:
        before, after = text.split(cut, 1)
        assert not before or not before[-1].isalpha()
        assert not after or (not after[0].isalpha() and after[0] != "'")
        assert 2 <= len(cut.split()) <= 10


@pytest.mark.parametrize(("text", "points"), [
    ("They left the group standing outside", 1), ("Some came without labels", 1), ("The new one hides the button", 1),
    ("Ours never arrived", 1), ("The waiter forgot that he took the order", 0), ("There is no signal in the cellar", 0),
    ("The app crashes", 0), ("Who can see the account", 0), ("No one answers the phone", 0),
])  # fmt: skip
def test_a_word_that_stands_for_what_is_not_told_is_seen(text: str, points: int) -> None:
    assert form_of(next(parsed([text]))[:]).open == points


@pytest.mark.parametrize(("text", "numbers"), [("Closing took four days in April", 1), ("Closing takes long", 0)])
def test_a_single_person_s_amounts_and_days_are_seen(text: str, numbers: int) -> None:
    assert form_of(next(parsed([text]))[:]).numbers == numbers


SAID = [
    "The phone app crashes when I add a photo",
    "App crashes every time on Monday at nine",
    "They told me that the app crashes",
    "The app crashes and it annoys me",
]


def insight(members: Sequence[Mention], statement: str, **given: object) -> Insight:
    people = len({one.person_id for one in members})
    fields: dict[str, object] = {
        "insight_id": "i-1", "kind": members[0].kind, "statement": statement, "n_people": people, "n_mentions": len(members),
        "share_low": 0.0, "share_high": 1.0, "sentiment_score": 0.0, "severity": "low", "priority": 0.5, "trend": "steady",
        "topic_id": None, "share": 1.0, "n_documents": people, "severity_score": 0.0, "priority_low": 0.0,
        "priority_high": 0.0, "medoid_mention_id": members[0].mention_id,
    }  # fmt: skip
    return Insight(**(fields | given))  # type: ignore[arg-type]


class SameForAll:
    """An embedder to which everything is alike, so that words and form decide."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.ones((len(texts), 8), np.float32) / np.float32(8**0.5)


def judged(members: Sequence[Mention], embedder: object) -> Agreement:
    units = make_units(members)
    rows = unit_features(members, units, meaning(units, vectors([[one.text_key for one in members]])))
    clauses = Clauses(np.zeros(8, np.float32), embedder)
    return Agreement.of(members, units, replace(rows, meaning=np.ones((len(units), 8), np.float32)), clauses)


def untitled(members: Sequence[Mention], statement: str, **given: object) -> Untitled:
    return Untitled(np.arange(len(make_units(members)), dtype=np.int64), insight(members, statement, **given), members)


def crashes() -> list[Mention]:
    return [mention(n, f"P{n}", text, statement=text, thing="app", what="fails") for n, text in enumerate(SAID)]


def test_words_of_a_title_are_the_people_s_own() -> None:
    members = crashes()
    finding = untitled(members, SAID[2])
    told = {stem for one in members for stem in content_stems(one.quote)}
    free = [one for one in wordings([finding])[0] if not one.listed]
    assert len(free) > 4
    assert all(set(content_stems(one.text)) <= told for one in free)


def test_what_several_say_is_heard_and_what_one_adds_alone_is_not() -> None:
    texts = [one.text for one in wordings([untitled(crashes(), SAID[2])])[0]]
    assert "The app crashes" in texts
    assert "A photo" not in texts


@pytest.mark.parametrize(("who_name_it", "listed"), [(2, False), (3, True)])
def test_what_some_name_is_no_thing_of_all(who_name_it: int, listed: bool) -> None:
    members = [replace(one, thing="app" if n < who_name_it else None) for n, one in enumerate(crashes())]
    told = [one.text for one in wordings([untitled(members, SAID[2])])[0]]
    assert ("App: does not work" in told) is listed


def test_who_may_not_be_quoted_lends_no_title() -> None:
    members = [replace(one, quotable="none") for one in crashes()]
    told = wordings([untitled(members, "A pain point about the app")])[0]
    assert [one.text for one in told] == ["A pain point about the app"]


def given_chances(monkeypatch: pytest.MonkeyPatch, chance_of: dict[str, float]) -> None:
    """What the judge says of each wording; 0.05 of all others."""
    monkeypatch.setattr(titles, "_chances", lambda _, own, __: [chance_of.get(one.text, 0.05) for one in own])


@pytest.mark.parametrize(("point", "chances", "expected"), [
    (0, {"The app crashes": 0.8, "App: does not work": 0.6}, "The app crashes"),
    (0, {"The app crashes": 0.4, SAID[0]: 0.36}, ""), (0, {"The app crashes": 0.4, SAID[0]: 0.3}, None),
    (0, {"They told me": 0.9, SAID[0]: 0.1}, None), (2, {SAID[2]: 0.4}, None),
])  # fmt: skip
def test_a_title_is_sure_and_points_at_nothing_else_the_key_point_heads_a_finding_or_there_is_none(
    monkeypatch: pytest.MonkeyPatch, point: int, chances: dict[str, float], expected: str | None
) -> None:
    members = crashes()
    given_chances(monkeypatch, chances)
    finding = untitled(members, SAID[point])
    assert titles_of([finding], judged(members, SameForAll()), InsightsConfig(title=0.5)) == [expected]


def test_a_name_that_people_agree_on_stays_where_nothing_better_heads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    members = crashes()
    given_chances(monkeypatch, {"The app crashes": 0.55})
    finding = untitled(members, SAID[0], name="App: does not work", thing="app", what="fails")
    assert titles_of([finding], judged(members, SameForAll()), InsightsConfig()) == ["App: does not work"]


@pytest.mark.parametrize(("others", "expected"), [(1, "App: does not work"), (2, None)])
def test_a_name_that_only_some_agree_on_heads_nobody(
    monkeypatch: pytest.MonkeyPatch, others: int, expected: str | None
) -> None:
    members = crashes()
    members[:others] = [replace(one, what="slow") for one in members[:others]]
    given_chances(monkeypatch, {"The app crashes": 0.55})
    finding = untitled(members, SAID[0], name="App: does not work", thing="app", what="fails")
    assert titles_of([finding], judged(members, SameForAll()), InsightsConfig()) == [expected]


def test_two_findings_of_one_side_never_have_the_same_title(monkeypatch: pytest.MonkeyPatch) -> None:
    members = crashes()
    given_chances(monkeypatch, {"The app crashes": 0.9, "App: does not work": 0.7})
    finding = untitled(members, SAID[2], thing="app")
    found = titles_of([finding, finding], judged(members, SameForAll()), InsightsConfig(title=0.5))
    assert found == ["The app crashes", "App: does not work"]


def test_without_an_embedder_that_reads_clauses_the_names_stay() -> None:
    members = crashes()
    finding = untitled(members, SAID[2], name="App: does not work", thing="app", what="fails")
    assert titles_of([finding], judged(members, None), InsightsConfig()) == ["App: does not work"]


def test_what_most_say_is_likelier_a_title_than_one_person_s_amount() -> None:
    members = crashes()
    texts = ["The app crashes", "App crashes every time on Monday at nine"]
    own = [Wording(text, members[0], form_of(next(parsed([text]))[:])) for text in texts]
    heard = [Heard(0.7, 0.6), Heard(0.5, 0.4)]
    seen = title_features(own, heard, Words(members))
    first, second = titles.title_chances(seen).tolist()
    assert seen.shape == (2, len(FEATURES))
    assert first > second + 0.2


def test_a_form_is_nothing_by_default() -> None:
    assert not any(getattr(Form(), name) for name in Form.__slots__)
