"""Deciding at the desk: everything can be undone, nothing that is refused is kept, what is said is what happens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from voc_engine.records import Passage
from voc_engine.review.forms import button_value

from .reviewed_study import PAIN, Browser, desk, tables


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(desk(tmp_path))


def decide(browser: Browser, *parts: str, **fields: Any) -> str:
    answer = browser.post("/decide", decision=button_value(*parts), **fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_what_was_checked_leaves_the_queue_and_undo_brings_it_back(browser: Browser) -> None:
    first = browser.get("/")
    assert 'data-item="m03a"' in first
    assert "Saved: “the export fails”: accepted" in decide(browser, "mention", "m03a", "accept", back="/")
    after = browser.get("/")
    assert 'data-item="m03a"' not in after
    assert "1 of 24 passages" in after
    browser.post("/undo", what="undo")
    assert 'data-item="m03a"' in browser.get("/")
    browser.post("/undo", what="redo")
    assert 'data-item="m03a"' not in browser.get("/")


def test_a_merge_is_previewed_with_people_counted_once_and_shows_at_once(browser: Browser) -> None:
    decide(browser, "document", "d01", "add", Passage(0, 4, "pain_point", "Ouch", "i-b").as_value())
    asked = browser.get("/ask/merge/insight/i-b")
    # P0001 is in both now: 7 and 6 people are 12.
    assert "6 and 7 people, together 12" in asked
    decide(browser, "insight", "i-b", "merge", "i-a")
    page = browser.get("/insight/i-a")
    assert "12 people" in page
    assert "The export fails" in browser.get("/insight/i-b")
    assert "Export is broken" not in browser.get("/insights")


def test_marked_passages_are_split_off_named_and_merged_back(browser: Browser) -> None:
    decide(browser, "insight", "i-a", "split", piece=["m01a", "m02a"])
    (new,) = browser.desk.overlay.groups.touched - {"i-a"}
    assert "2 people" in browser.get(f"/insight/{new}")
    decide(browser, "insight", str(new), "rename", value="A new name")
    assert "A new name" in browser.get("/insights")
    decide(browser, "insight", "i-a", "split", piece=["m03a"])
    assert browser.desk.overlay.insight("i-a").n_people == 4  # type: ignore[union-attr]
    decide(browser, "insight", str(new), "merge", "i-a")
    assert browser.desk.overlay.insight("i-a").n_people == 6  # type: ignore[union-attr]


def test_many_are_decided_in_one_step_with_one_undo(browser: Browser) -> None:
    decide(browser, "mention", "*", "reject", piece=[f"m0{n}a" for n in range(1, 8)])
    assert browser.desk.overlay.insight("i-a") is None
    browser.post("/undo", what="undo")
    assert browser.desk.overlay.insight("i-a").n_people == 7  # type: ignore[union-attr]


def test_accept_lifts_a_rejection_and_a_switch_pressed_again_is_off(browser: Browser) -> None:
    for action in ("reject", "accept"):
        decide(browser, "mention", "m01a", action)
    assert set(browser.desk.overlay.said["m01a"]) == {"accept"}
    decide(browser, "mention", "m01a", "accept")
    assert browser.desk.overlay.said.get("m01a", {}) == {}


def test_a_passage_with_an_emoji_is_coded_at_its_code_points(browser: Browser) -> None:
    text = "😀, the export"
    start = "Ouch 😀, the export".index(text)
    decide(browser, "document", "d02", "add", Passage(start, start + len(text), "goal", text).as_value())
    (new,) = browser.desk.overlay.added.values()
    assert new.quote == text
    assert f'id="{new.mention_id}"' in browser.get("/document/d02")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("document", "d02", "add", Passage(0, 4, "goal", "Auch").as_value()), "not those of the text"),
        (("document", "talk", "add", Passage(0, 4, "goal", "What").as_value()), "cannot be evidence"),
        (("document", "talk", "add", Passage(10, 40, "goal", "").as_value()), "cannot be evidence"),
        (("mention", "m01a", "bounds", "0:9999"), "cannot be evidence"),
        (("mention", "m01a", "relabel", "gaol"), "goal"), (("mention", "m99", "reject"), "no mention m99"),
        (("insight", "i-a", "merge", "i-zz"), "no insight i-zz"), (("mention", "m01a", "move", "i-zz"), "no insight i-zz"),
        (("insight", "i-a", "rename"), "empty"), (("insight", "i-a", "split"), "Nothing is marked"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_says_why_and_leaves_no_trace(browser: Browser, parts: Any, why: str) -> None:
    answer = browser.post("/decide", decision=button_value(*parts))
    assert answer.status_code == 409
    assert why in answer.text
    assert browser.desk.workspace.decisions.log() == []


def test_nothing_is_marked_where_words_are_withheld(tmp_path: Path) -> None:
    browser = Browser(desk(tmp_path, withheld=frozenset({"P0003"})))
    answer = browser.post(
        "/decide", decision=button_value("document", "d03", "add", Passage(0, 4, "goal", "").as_value())
    )
    assert answer.status_code == 409
    assert "withheld" in answer.text


def test_history_undoes_any_step_and_notes_gather_what_was_written(browser: Browser) -> None:
    decide(browser, "insight", "i-a", "rename", value="As we say")
    decide(browser, "mention", "m01a", "comment", value="ask her again")
    decide(browser, "study", "study", "memo", value="prices next time")
    notes = browser.get("/notes")
    assert "ask her again" in notes
    assert "prices next time" in notes
    browser.post("/undo", step="1")
    assert "As we say" not in browser.get("/insights")
    history = browser.get("/history")
    assert "undone" in history
    assert "The export fails: renamed to “As we say”" in history, "from the name that the run gave"
    (undo,) = [one.step for one in browser.desk.workspace.decisions.log() if one.undo_of]
    browser.post("/undo", step=str(undo))
    assert "As we say" in browser.get("/insights")


def test_people_are_put_into_another_persona_and_marked_as_placed_by_hand(browser: Browser) -> None:
    decide(browser, "person", "P0012", "assign", "p-a")
    page = browser.get("/persona/p-a")
    assert "P0012" in page
    assert "placed by hand" in page
    decide(browser, "persona", "p-b", "negative")
    assert "negative" in browser.get("/personas")


def test_a_whole_voice_is_given_its_role_in_one_step(browser: Browser) -> None:
    decide(browser, "utterance", "*", "role", "agent", piece=["talk-u0001"])
    page = browser.get("/speakers")
    assert "set by hand" in page
    (one,) = browser.desk.workspace.decisions.in_force()
    assert (one.target, one.target_id, one.value) == ("utterance", "talk-u0001", "agent")


def test_another_tab_and_another_start_see_what_was_decided(browser: Browser, tmp_path: Path) -> None:
    other = Browser(desk(tmp_path))
    decide(browser, "insight", "i-c", "rename", value="Speed")
    assert "Speed" in other.get("/insights")
    assert "Nothing is left of this sitting" in other.post("/undo", what="undo").text


def test_every_character_of_a_document_is_on_its_page_once(browser: Browser) -> None:
    from html import unescape
    from re import findall

    from voc_engine.records import Document

    for one in tables().of(Document):
        page = browser.get(f"/document/{one.document_id}")
        pieces = findall(r'<span data-s="(\d+)">(.*?)</span>', page)
        for at, inner in pieces:
            from re import sub

            words = unescape(sub(r"</?mark[^>]*>", "", inner))
            assert one.text[int(at) : int(at) + len(words)] == words
        assert PAIN in page or one.document_id == "talk"


def test_the_grid_shows_who_says_what_and_of_whom_something_is_stated(browser: Browser) -> None:
    every = browser.get("/grid?kind=pain_point")
    assert every.count('scope="row"') == 12
    assert 'href="/document/d08#m08a"' in every
    owners = browser.get("/grid?kind=pain_point&who=plan%3DPro")
    assert owners.count('scope="row"') == 6
    assert "P0002" not in owners
    decide(browser, "mention", "m08a", "reject")
    assert browser.get("/grid?kind=pain_point").count('scope="row"') == 11


def test_the_search_finds_sentences_with_all_words_in_any_order(browser: Browser) -> None:
    page = browser.get("/search?words=7+NUMBER")
    assert "said number 7" in page
    assert "said number 8" not in page
    assert "Nothing was found" in browser.get("/search?words=number+nowhere")
