"""A second coder, who sees nothing of what was said; how far both agree; what differs, settled one by one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from voc_engine.records import MENTION_KINDS, BlindAnswer, Decision
from voc_engine.review.forms import button_value
from voc_engine.review.second_coder import comparison, open_units, sample, settlement

from .reviewed_study import GOAL, PAIN, Browser, desk


@pytest.fixture
def blind(tmp_path: Path) -> Browser:
    """The pages of a second coder who is to answer ten sentences."""
    browser = Browser(desk(tmp_path), blind=10)
    browser.desk.author = "ben"
    return browser


def answer(browser: Browser, segment_id: str, *labels: str) -> None:
    decision, asked = button_value("segment", segment_id, "blind"), list(MENTION_KINDS)
    done = browser.post("/decide", decision=decision, label=list(labels), asked=asked, back="/")
    assert done.status_code == 200, done.text


def test_a_second_coder_sees_the_words_and_nothing_of_what_was_said_of_them(blind: Browser) -> None:
    page = blind.get("/")
    assert "0 of 10 answered" in page
    assert PAIN in page
    assert GOAL in page
    for told_of in ("The export fails", "mark data", 'pain_point" data', "% sure", "/insight", "P0001", "The clerks"):
        assert told_of not in page.split("<main", 1)[1].replace('value="pain_point"', "")
    for path in ("/insights", "/document/d01", "/context/m01a", "/agreement", "/history", "/search?words=export"):
        assert blind.client.get(path).status_code == 404
    refused = blind.post("/decide", decision=button_value("mention", "m01a", "reject"), back="/")
    assert refused.status_code == 409


def test_the_sample_is_the_same_for_everybody_and_goes_on_where_one_left_off(blind: Browser, tmp_path: Path) -> None:
    overlay = blind.desk.look()
    ids = [one.segment_id for one in sample(overlay, 10)]
    assert len(set(ids)) == 10
    assert ids == [one.segment_id for one in sample(Browser(desk(tmp_path)).desk.look(), 10)]
    answer(blind, ids[0], "goal")
    assert "1 of 10 answered" in blind.get("/")
    assert [one.segment_id for one in open_units(blind.desk.look(), "ben", 10)] == ids[1:]
    blind.post("/undo", what="undo", back="/")
    assert "0 of 10 answered" in blind.get("/")


def test_agreement_is_counted_and_differences_are_settled_one_by_one(blind: Browser, tmp_path: Path) -> None:
    segments = sample(blind.desk.look(), 10)
    for number, one in enumerate(segments):
        said = "pain_point" if PAIN in one.text else "goal" if GOAL in one.text else None
        answer(blind, one.segment_id, *([] if number == 0 or said is None else [said]))
    other = Browser(desk(tmp_path))
    page = other.get("/agreement")
    assert "10 sentences that both coded" in page
    found = comparison(other.desk.look(), "as it stands", "ben")
    assert found is not None
    rows = {one.label: one for one in found.rows()}
    first = "pain_point" if PAIN in segments[0].text else "goal"
    assert rows[first].one == 1
    assert rows[first].figures.kappa < 1
    assert not rows["trigger"].tells
    (difference,) = found.differences()
    settled = other.post(
        "/settle", segment=difference.segment_id, label=difference.label, belongs="no", back="/agreement"
    )
    assert "0 open, 1 settled" in settled.text
    assert other.desk.look().any_mention(next(key for key, one in other.desk.material.mentions.items()
                                              if one.segment_id == difference.segment_id)) is not None  # fmt: skip
    assert not any(one.kind == difference.label and one.segment_id == difference.segment_id
                   for one in other.desk.look().mentions_in(difference.unit.segment.document_id))  # fmt: skip
    again = comparison(other.desk.look(), "as it stands", "ben")
    assert again is not None
    assert {one.label: one.figures for one in again.rows()}[first] == rows[first].figures, "settling changes no figure"
    table = list(csv.DictReader(io.StringIO(other.get("/agreement.csv"))))
    assert {one["label"]: one["only_first"] for one in table}["goal" if first == "goal" else "pain point"] == "1"
    other.post("/undo", what="undo")
    assert "1 open, 0 settled" in other.get("/agreement")


def test_what_the_second_coder_saw_alone_becomes_a_passage(blind: Browser) -> None:
    overlay = blind.desk.look()
    segment = next(one for one in sample(overlay, 25) if one.segment_id == "s-talk-1")
    (note, add) = settlement(overlay, segment, "pain_point", True)
    assert (note.action, add.action) == ("settled", "add")
    blind.desk.decide([note, add])
    (made,) = blind.desk.look().mentions_in("talk")
    assert (made.kind, made.quote) == ("pain_point", segment.text)


def test_an_answer_needs_a_name_and_labels_that_were_asked_for(blind: Browser) -> None:
    blind.desk.author = None
    segment = sample(blind.desk.look(), 1)[0].segment_id
    refused = blind.post(
        "/decide", decision=button_value("segment", segment, "blind"), label=["goal"], asked=["goal"], back="/"
    )
    assert (refused.status_code, "--author" in refused.text) == (409, True)
    assert BlindAnswer.read('{"labels": ["goal"], "asked": ["trigger"]}') is None
    both = [Decision("segment", "s", "blind", "x", author=name) for name in ("ana", "ben")]
    assert both[0].key != both[1].key
