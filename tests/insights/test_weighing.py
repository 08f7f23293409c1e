"""How bad, how urgent, how it moves, what it does to ratings, and who may speak for it."""

from __future__ import annotations

import math

import pytest

from voc_engine.insights.stage import run
from voc_engine.records import Insight, Mention, Period

from .made import OPTIONS, by_member, document, mention, study, vectors

TEXT = "Export is hidden"


def bands(*severities: str, **given: object) -> list[Mention]:
    return [
        mention(n, f"P{n:02d}", TEXT, severity=band, severity_reasons=(f"{band} reason (+1)",), **given)
        for n, band in enumerate(severities)
    ]


def only(mentions: list[Mention], *rest: object) -> Insight:
    (found,) = run(study(mentions, vectors([[TEXT]]), *rest), OPTIONS).of(Insight)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("severities", "band"),
    [
        (["high"], "high"),
        (["high", "low"], "low"),  # one of two people is no two people
        (["high", "high", "low", "low", "low", "low"], "high"),
        (["high", "high", "low", "low", "low", "low", "low"], "low"),
        (["high", "medium", "low"], "medium"),
        (["medium", "medium", "low", "low", "low"], "medium"),
        (["low", "low"], "low"),
    ],
)
def test_severity_is_the_highest_band_that_a_third_and_two_people_reach(severities: list[str], band: str) -> None:
    assert only(bands(*severities)).severity == band


def test_severity_says_how_many_and_why() -> None:
    found = only(bands("high", "high", "low", "low"))
    assert found.severity_reasons == ("high for 2 of 4 people", "high reason (+1)")
    assert only(bands("high", "medium", "low")).severity_reasons[0] == "medium or high for 2 of 3 people"


def test_one_person_who_says_it_often_is_one_voice_in_severity() -> None:
    loud = [mention(n, "P0", TEXT, severity="high") for n in range(5)]
    assert only([*loud, *(mention(10 + n, f"Q{n}", TEXT, severity="low") for n in range(3))]).severity == "low"


def test_what_blocks_and_is_new_is_urgent_and_says_why() -> None:
    day = {f"P{n:02d}": "2025-06-20" for n in range(4)}
    documents = [document(person, when) for person, when in day.items()] + [document("P99", "2025-01-01")]
    found = only(bands(*["high"] * 4), ["P99"], documents)
    assert found.urgency == "high"
    assert found.urgency_reasons == (
        "blocked or asking for action now: 4 of 4 people",
        "said in the last 30 days: 4 of 4 people",
    )


def test_what_blocks_but_is_old_is_less_urgent_and_what_only_annoys_is_not() -> None:
    documents = [document(f"P{n:02d}", "2025-01-10") for n in range(4)] + [document("P99", "2025-06-30")]
    assert only(bands(*["high"] * 4), ["P99"], documents).urgency == "medium"
    assert only(bands(*["low"] * 4), ["P99"], documents).urgency == "low"
    assert only(bands(*["low"] * 4), ["P99"], documents).urgency_reasons == ()


def test_asking_for_action_now_presses_and_praise_never_does() -> None:
    text = "Please mend the export urgently"
    ask = [mention(n, f"P{n}", text, severity="low", kind="request", sentiment="neutral") for n in range(2)]
    praise = [mention(9, "P9", "They came right away", kind="delight", sentiment="positive")]
    found = by_member(run(study([*ask, *praise], vectors([[text], ["They came right away"]])), OPTIONS))
    assert (found["m0000"].urgency, found["m0009"].urgency) == ("medium", "low")


def test_periods_tell_people_per_month() -> None:
    people = [f"P{n:02d}" for n in range(80)]
    documents = [document(p, "2025-01-10" if n < 40 else "2025-05-20") for n, p in enumerate(people)]
    documents += [document(f"Q{n}", "2025-03-05") for n in range(5)]
    said = [mention(n, p, TEXT) for n, p in enumerate(people) if n % 10 == 0 or n >= 60]
    found = only(said, [*people, *(f"Q{n}" for n in range(5))], documents)
    assert found.periods == (Period("2025-01", 4, 40), Period("2025-03", 0, 5), Period("2025-05", 22, 40))
    assert found.trend == "rising"
    assert found.trend_low is not None
    assert 0 < found.trend_low < found.trend_high


def test_too_little_data_has_no_interval_of_change() -> None:
    found = only(bands("low", "low"))
    assert (found.trend, found.trend_low, found.trend_high, found.periods) == ("too little data", None, None, ())


def test_impact_on_rating_has_an_interval() -> None:
    people = [f"P{n:02d}" for n in range(12)]
    documents = [document(p, rating=float(1 + n % 2 if n < 6 else 4 + n % 2)) for n, p in enumerate(people)]
    found = only([mention(n, p, TEXT) for n, p in enumerate(people[:6])], people, documents)
    # Two samples of six with a variance of .3 each: Welch has 10 degrees of freedom, t = 2.2281.
    half = 2.2281 * math.sqrt(0.3 / 6 * 2)
    assert found.impact_on_rating == pytest.approx(-3)
    assert (found.impact_low, found.impact_high) == (
        pytest.approx(-3 - half, abs=1e-3),
        pytest.approx(-3 + half, abs=1e-3),
    )


QUOTES = ["Export is hidden", "Export is hidden away", "The export hides", "Hidden export again"]


def speak(*consents: str, **given: object) -> tuple[Insight, list[Mention]]:
    said = [
        mention(n, f"P{n}", text, statement=text, quotable=own)
        for n, (text, own) in enumerate(zip(QUOTES, consents, strict=True))
    ]
    (found,) = run(study(said, vectors([QUOTES], spread=0.3)), OPTIONS).of(Insight)
    return found, said


@pytest.mark.parametrize("able", range(4))
def test_only_who_may_be_quoted_speaks(able: int) -> None:
    found, said = speak(*("external" if n == able else "none" for n in range(4)))
    assert (found.medoid_mention_id, found.divergent_mention_id) == (said[able].mention_id, None)
    assert found.statement == said[able].quote
    assert found.n_people == 4  # who may not be quoted counts all the same


def test_who_may_be_quoted_to_anybody_speaks_before_those_for_inside_only() -> None:
    found, said = speak("internal", "external", "internal", "external")
    assert {found.medoid_mention_id, found.divergent_mention_id} == {said[1].mention_id, said[3].mention_id}


def test_where_nobody_may_be_quoted_there_is_no_divergent_quote() -> None:
    found, _ = speak("none", "none", "none", "none")
    assert found.divergent_mention_id is None


def test_a_pinned_quote_represents() -> None:
    for pinned in range(4):
        said = [mention(n, f"P{n}", text, pinned=n == pinned) for n, text in enumerate(QUOTES)]
        (found,) = run(study(said, vectors([QUOTES], spread=0.3)), OPTIONS).of(Insight)
        assert found.medoid_mention_id == said[pinned].mention_id


def test_the_divergent_quote_is_not_the_medoid_in_other_marks() -> None:
    texts = ["Export is hidden", "export is hidden!!", "Hidden, the export"]
    said = [mention(n, f"P{n}", text) for n, text in enumerate(texts)]
    (found,) = run(study(said, vectors([texts], spread=0.3)), OPTIONS).of(Insight)
    words = {m.mention_id: m.quote.lower().rstrip("!") for m in said}
    assert found.divergent_mention_id is not None
    assert words[found.divergent_mention_id] != words[found.medoid_mention_id]
