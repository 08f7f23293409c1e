"""What leads the overview: what a reader understands without its window."""

from __future__ import annotations

from dataclasses import replace

from report_studies import Made

from voc_engine.config import Config
from voc_engine.records import Batch, Mention
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.overview import PROBLEMS, foremost


def study(judged: dict[str, tuple[float | None, float | None]]) -> Evidence:
    """``judged``: claim -> how well its quotes are understood and can stand."""
    made = Made()
    lines = {
        "P1": ["[[pain_point:sync|The sync fails every night]].", "[[pain_point:that|That was it]]."],
        "P2": ["[[pain_point:codes|Codes never arrive]].", "[[pain_point:them|They were bad]]."],
        "P3": ["[[pain_point:them|They were awful]]."],
    }
    for person, said in lines.items():
        made.document(f"d-{person}", "interview", "talks.vtt", [(person, "participant", text) for text in said])
    for key in sorted(made.claims):
        made.insight(key, f"About {key}")
    tables = made.tables()
    of = {mention.mention_id: key for key, own in made.claims.items() for mention in own}
    mentions = [
        replace(one, understood=judged[of[one.mention_id]][0], stands=judged[of[one.mention_id]][1])
        for one in tables.of(Mention)
    ]
    return Evidence(Study("run-1", "Talks", "", Config(), Batch(tables.tables | {Mention: mentions})))


def headings(evidence: Evidence) -> set[str]:
    return {one.title for one in foremost(evidence, *PROBLEMS)}


def test_words_that_point_elsewhere_lead_nowhere() -> None:
    judged = {"sync": (0.9, 0.8), "codes": (0.9, 0.7), "that": (0.1, 0.01), "them": (0.2, 0.05)}
    assert headings(study(judged)) == {"About sync", "About codes"}


def test_what_several_say_leads_where_it_is_understood_though_no_wording_is_a_heading() -> None:
    judged = {"sync": (0.9, 0.2), "codes": (0.9, 0.7), "that": (0.1, 0.01), "them": (0.8, 0.1)}
    assert headings(study(judged)) == {"About codes", "About them"}


def test_where_nobody_judged_all_may_lead() -> None:
    judged = dict.fromkeys(("sync", "codes", "that", "them"), (None, None))
    assert headings(study(judged)) == {"About sync", "About codes", "About that", "About them"}
