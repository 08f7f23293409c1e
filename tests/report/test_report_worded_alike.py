"""What leads is what people say in the same words: of findings that share a single word many are wrong."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace

import pytest
from report_pages import written
from report_studies import small_study

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Insight, InsightMember, Mention
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.overview import shared_first
from voc_engine.report.worded_alike import worded_alike

STUDY = small_study()


def several(study: Study) -> list[Insight]:
    """Findings of several people, as if three said each, without names."""
    return [
        replace(one, name="", n_people=max(3, one.n_people)) for one in study.tables.of(Insight) if one.n_people > 1
    ]


def saying(quotes: Mapping[str, tuple[str, ...]]) -> Evidence:
    """The small study with other words: insight id -> a quote for each of its mentions, in turn."""
    home = {one.mention_id: one.insight_id for one in STUDY.tables.of(InsightMember)}
    left = {key: list(words) for key, words in quotes.items()}
    mentions = []
    for one in STUDY.tables.of(Mention):
        words = left.get(home.get(one.mention_id, ""))
        quote = words.pop(0) if words else one.quote
        mentions.append(replace(one, quote=quote, end=one.start + len(quote), statement=""))
    own = {one.insight_id: one for one in several(STUDY)}
    insights = [own.get(one.insight_id, one) for one in STUDY.tables.of(Insight)]
    changed = {**STUDY.tables.tables, Mention: mentions, Insight: insights}
    return Evidence(replace(STUDY, tables=replace(STUDY.tables, tables=changed)))


ALIKE = ("The waiting list calls nobody", "Nobody on the waiting list is called", "Waiting list, and nobody calls") * 4
APART = (
    "Fifteen pounds for moving it", "They are now pounds dearer", "It was sixty pounds off in March", "Pounds, not euros",
    "He paid pounds at the desk", "Seven pounds a week on petrol",
)  # fmt: skip


def test_people_who_share_two_words_are_alike_and_who_share_one_are_not() -> None:
    (first, *_) = several(STUDY)
    assert worded_alike(saying({first.insight_id: ALIKE}), first)
    assert not worded_alike(saying({first.insight_id: APART}), first)


def test_a_name_stands_for_words_and_two_people_were_matched_more_strictly() -> None:
    (first, *_) = several(STUDY)
    evidence = saying({first.insight_id: APART})
    assert worded_alike(evidence, replace(first, name="Price: what it costs"))
    assert worded_alike(evidence, replace(first, n_people=2))


def test_withheld_words_make_nobody_alike() -> None:
    (first, *_) = several(STUDY)
    assert not worded_alike(saying({first.insight_id: (MARK,) * 12}), first)


@pytest.mark.parametrize("place", [0, 1])
def test_what_is_said_in_the_same_words_leads(place: int) -> None:
    one, other = [found for found in several(STUDY) if found.kind == "pain_point"][:2]
    alike, apart = (one, other) if place == 0 else (other, one)
    evidence = saying({alike.insight_id: ALIKE, apart.insight_id: APART})
    order = [found.insight_id for found in shared_first(evidence, "pain_point")]
    assert order.index(alike.insight_id) < order.index(apart.insight_id)


def test_a_finding_without_a_title_stands_under_words_in_quotation_marks() -> None:
    (first, second, *_) = several(STUDY)
    named = {first.insight_id: replace(first, name="The week is planned twice"), second.insight_id: second}
    insights = [named.get(one.insight_id, one) for one in STUDY.tables.of(Insight)]
    changed = replace(STUDY, tables=replace(STUDY.tables, tables={**STUDY.tables.tables, Insight: insights}))
    page = html.unescape(written(changed)["insights.html"].decode("utf-8"))
    assert ">The week is planned twice</a></h2>" in page
    assert f">“{second.statement}”</a></h2>" in page
