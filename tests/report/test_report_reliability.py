"""Reliability on the method card: saturation on two levels, people placed unseen, agreement with people's labels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_pages import parsed, written
from report_studies import Made, empty_study, small_study

from voc_engine.config import Config
from voc_engine.records import Batch, Decision, Membership, Mention, Persona, Segment, Skipped, TopicAssignment
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.reliability import Labels, facts, labels
from voc_engine.report.saturation import topic_saturation
from voc_engine.statistics import kappa

PAIRS = [
    ("goal", "goal"),
    ("goal", "request"),
    ("pain_point", "pain_point"),
    ("delight", "no mention"),
    ("goal", "goal"),
]


def decided(*decisions: tuple[str, str, str | None], labelled: dict[str, str] | None = None) -> Labels | None:
    made = tuple(Decision("mention", key, action, value) for key, action, value in decisions)
    study = replace(small_study(), decisions=made, labelled=labelled or {})
    return labels(study.decisions, Evidence(study))


def test_a_pin_agrees_and_a_rejection_or_new_label_disagrees() -> None:
    found = decided(
        ("d1-m0", "pin", None),
        ("d1-m1", "relabel", "request"),
        ("gone", "reject", None),
        ("d2-m0", "relabel", "trigger"),
        labelled={"d1-m0": "goal", "d1-m1": "pain_point", "gone": "goal", "d2-m0": "trigger"},
    )
    assert found is not None
    assert (found.total, found.same) == (4, 2)
    pairs = [("goal", "goal"), ("pain_point", "request"), ("goal", "no mention"), ("trigger", "trigger")]
    assert found.kappa == pytest.approx(kappa([a for a, _ in pairs], [b for _, b in pairs]))


def test_nobody_labelled_anything_says_so() -> None:
    assert decided() is None
    assert "nobody has labelled mentions" in dict(facts(Evidence(small_study())))["Agreement with people"]


def test_few_labels_are_called_few() -> None:
    made = (Decision("mention", "d1-m1", "relabel", "request"), Decision("mention", "d1-m0", "pin"))
    study = replace(small_study(), decisions=made, labelled={"d1-m1": "pain_point", "d1-m0": "goal"})
    text = dict(facts(Evidence(study)))["Agreement with people"]
    assert "People decided on 2 mentions; on 1 they left the kind as it was." in text
    assert "Cohen’s kappa" in text
    assert "Too few to rely on" in text


def held_out(*counts: tuple[int, int]) -> str:
    """What the method card says of personas with so many people held out, and so many of these placed."""
    made = Made()
    for key, (total, placed) in enumerate(counts):
        made.document(f"d{key}", "review", "a.csv", [(f"P{key}", "participant", "Word.")])
        made.add(Membership(f"P{key}", str(key), 1.0))
        card = Persona(str(key), f"N{key}", "secondary", None, total, 0.9, "", "consensus", 0.0, 1.0, total, 0, 0)
        made.add(replace(card, n_held_out=total, n_placed=placed))
    return dict(facts(Evidence(Study("r", "T", "", Config(), made.tables()))))["People placed unseen"]


def test_people_placed_unseen_are_those_that_assigning_placed() -> None:
    text = held_out((40, 30), (20, 18))
    assert "48 of 60 people" in text
    assert "“N0” 30 of 40 and “N1” 18 of 20" in text
    assert "Always naming the largest persona would place 40." in text


def test_nobody_held_out_is_not_measured() -> None:
    assert "Not measured" in held_out((0, 0), (0, 0))


def test_whole_cards_and_what_is_inferred_are_told() -> None:
    study = small_study()
    rows = dict(facts(Evidence(study)))
    first = next(iter(Evidence(study).personas.values()))
    assert f"“{first.name}” {first.n_full_match} of {first.n_people}" in rows["Whole card"]
    inferred = sum(one.basis == "inferred" for one in study.tables.of(Mention))
    assert rows["Inferred"].startswith(f"{inferred} of {len(study.tables.of(Mention))} mentions")


def test_saturation_of_topics_counts_the_people_who_speak_of_each() -> None:
    evidence = Evidence(small_study())
    curve = topic_saturation(evidence)
    assert curve is not None
    assert curve.people[-1] == len(evidence.people)
    home = {one.segment_id: one.topic_id for one in evidence.study.tables.of(TopicAssignment) if one.topic_id}
    first = {home[one.segment_id] for one in evidence.study.tables.of(Segment)
             if one.segment_id in home and one.person_id == "P0001"}  # fmt: skip
    assert curve.given[0] == len(first)
    assert curve.given[-1] == curve.mean[-1] == 3
    assert topic_saturation(Evidence(empty_study())) is None


def test_the_method_page_shows_both_curves_and_how_reliable_it_is() -> None:
    page = parsed(written(small_study()))["method.html"]
    text = " ".join(page.all("main")[0].text.split())
    assert "how many new findings each further person brings" in text
    assert "how many new topics each further person brings" in text
    assert "“Family planner” 0.84 and “Cook for one” 0.71" in text


def test_copies_and_forgotten_people_are_told_where_there_were_any() -> None:
    study = small_study()
    quiet = parsed(written(study))["method.html"].all("main")[0].text
    assert "Copies and reposts" not in quiet
    assert "Forgotten" not in quiet
    gone = [
        Skipped("a.csv", "row 1", "copy: words that the same person sent before", "", "", "", 3, False),
        Skipped("a.csv", "row 2", "repost: a long text that somebody else sent before; it counts as one voice", "", "",
                "", 1, False),
        Skipped("a.csv", "row 3", "forgotten on request", "", "", "", 2, False),
    ]  # fmt: skip
    tables = study.tables.tables | {Skipped: [*study.tables.of(Skipped), *gone]}
    text = " ".join(parsed(written(replace(study, tables=Batch(tables))))["method.html"].all("main")[0].text.split())
    assert "3 near copies by the same person and 1 repost of somebody else’s long text set aside" in text
    assert "2 documents of people who asked to be forgotten: removed, not counted" in text


def test_relabelled_mentions_without_the_programs_label_are_left_out() -> None:
    kinds = {one.mention_id: one.kind for one in small_study().tables.of(Mention)}
    assert kinds["d1-m1"] == "pain_point"
    assert decided(("d1-m1", "relabel", "request")) is None
