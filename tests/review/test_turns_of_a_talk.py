"""A talk turn by turn: what is said of a turn shows, can be taken back, and is refused where it makes no sense."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest

from voc_engine.records import Batch, Document, GivenCode, Utterance
from voc_engine.review.forms import button_value
from voc_engine.review.material import Material
from voc_engine.review.sitting import Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import Browser, desk, tables

WORDS = "The calendar 👩‍👧 never syncs, and I type it twice."
LATER = "And today?\nIt still fails."


def two_talks(folder: Path, **more: Any) -> Desk:
    """The study with a second talk, in which a third voice answers."""
    made: dict[Any, list[Any]] = dict(tables().tables)
    made[Document] = [*made[Document], Document("after", "interview", "after.vtt", "", "P0020", LATER)]
    cut = LATER.index("\n")
    made[Utterance] = [
        *made[Utterance],
        Utterance("after-u0000", "after", 0, None, "I0001", "interviewer", 0, cut),
        Utterance("after-u0001", "after", 1, None, "P0020", "participant", cut + 1, len(LATER)),
    ]
    run = Batch(made)
    return Desk(Workspace(folder), Material("run-1", "Larkbook", run, manifest={"parts": {"ingest": []}}, **more))


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(two_talks(tmp_path))


def say(browser: Browser, turn: str, action: str, value: str = "") -> None:
    answer = browser.post("/decide", decision=button_value("utterance", turn, action, value), back="/talk/talk")
    assert answer.status_code == 200, answer.text


def test_what_is_said_of_a_turn_waits_for_the_next_run_and_can_be_as_it_was(browser: Browser) -> None:
    page = browser.get("/talk/talk")
    assert WORDS in page
    assert "from the next run on</span>" not in page
    say(browser, "talk-u0001", "join")
    assert "joins the turn above, from the next run on" in browser.get("/talk/talk")
    say(browser, "talk-u0001", "withdraw", "join")
    assert "from the next run on</span>" not in browser.get("/talk/talk")
    say(browser, "talk-u0001", "role", "agent")
    assert "speaks as agent, from the next run on" in browser.get("/talk/talk")


def test_a_turn_is_cut_at_the_word_that_was_clicked(browser: Browser) -> None:
    at = WORDS.index("and I")
    asked = browser.get(f"/ask/cut?turn=talk-u0001&at={at}")
    assert '<q class="quote">and I type it twice.</q>' in asked
    assert unescape(asked).count(button_value("utterance", "talk-u0001", "part", str(at))) == 1
    say(browser, "talk-u0001", "part", str(at))
    assert "is cut, from the next run on" in browser.get("/talk/talk")
    (one,) = browser.desk.workspace.decisions.in_force()
    assert (one.action, one.value) == ("part", str(at))


def test_a_voice_is_found_by_its_talk_and_said_to_be_the_same(browser: Browser) -> None:
    carried = button_value("utterance", "talk-u0001", "same", "after-u0001")
    every = unescape(browser.get("/pick/same/utterance/talk-u0001"))
    # Participants first: an interviewer is seldom the one who is meant.
    assert every.index(carried) < every.index(button_value("utterance", "talk-u0001", "same", "after-u0000"))
    assert "talk-u0000" not in every
    assert carried in unescape(browser.get("/pick/same/utterance/talk-u0001?q=P0020"))
    assert carried not in unescape(browser.get("/pick/same/utterance/talk-u0001?q=nobody"))
    say(browser, "talk-u0001", "same", "after-u0001")
    assert "the voice of another talk, from the next run on" in browser.get("/talk/talk")


def test_a_talk_without_an_interviewer_is_in_doubt_and_comes_first(browser: Browser) -> None:
    page = browser.get("/speakers")
    assert page.index("/talk/after") < page.index("/talk/talk")
    assert "in doubt" not in page
    say(browser, "talk-u0000", "role", "participant")
    page = browser.get("/speakers")
    assert page.index("/talk/talk") < page.index("/talk/after")
    assert page.count("in doubt") == 1


def test_a_talk_whose_words_are_withheld_cannot_be_cut(tmp_path: Path) -> None:
    browser = Browser(two_talks(tmp_path, withheld=frozenset({"P0020"})))
    assert "its turns cannot be cut" in browser.get("/talk/after")
    assert 'data-cut="after-u0001"' not in browser.get("/talk/after")
    assert 'data-cut="talk-u0001"' in browser.get("/talk/talk")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("utterance", "talk-u0000", "join"), "Nothing stands above the first turn"),
        (("utterance", "talk-u0001", "part", str(len(WORDS))), "between two of its words"),
        (("utterance", "talk-u0001", "same", "nowhere-u0000"), "choose another voice"),
        (("utterance", "talk-u0009", "join"), "no utterance talk-u0009"),
        (("code", "c-gone", "define", GivenCode("c-gone", "Export").as_value()), "no such code"),
        (("document", "d01", "code", '{"code": "c-gone", "start": 0, "end": 4}'), "no such code"),
        (("document", "d01", "add", "[]"), "passage"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_the_reason(browser: Browser, parts: Any, why: str) -> None:
    fields = {"name": "Export", "passages": ""} if parts[2] == "define" else {}
    answer = browser.post("/decide", decision=button_value(*parts), **fields)
    assert answer.status_code == 409
    assert why in answer.text
    assert browser.desk.workspace.decisions.log() == []


@pytest.mark.parametrize(
    "path",
    [
        "/talk/d01", "/talk/nowhere", "/ask/cut?turn=talk-u0001&at=x", "/ask/cut?turn=nowhere-u0000&at=3",
        "/ask/code?document=nowhere&start=0&end=4", "/ask/code?document=d01&start=x&end=4", "/persona/nobody",
        "/insight/nothing", "/code/nothing", "/ask/reject/mention/m01a", "/pick/reject/mention/m01a", "/assets/nothing.js",
    ],
)  # fmt: skip
def test_an_address_of_nothing_says_so(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 404
    assert "no longer there" in answer.text or "no such file" in answer.text


def test_only_what_two_coders_can_differ_in_is_settled(tmp_path: Path) -> None:
    browser = Browser(desk(tmp_path))
    for fields in (
        {"segment": "nowhere", "label": "goal", "belongs": "yes"},
        {"segment": "s-d01-0", "label": "gaol", "belongs": "yes"},
        {"segment": "s-d01-0", "label": "goal", "belongs": "perhaps"},
    ):
        assert "There is nothing to settle." in browser.post("/settle", **fields).text
    assert browser.desk.workspace.decisions.log() == []


def test_a_form_that_is_too_long_or_no_form_is_refused(browser: Browser) -> None:
    headers = {"origin": browser.secrets.origin}
    assert browser.post("/decide", value="x" * 1_000_001).status_code == 413
    answer = browser.client.post("/decide", content=b"\xff=1", headers=headers)
    assert (answer.status_code, "no form of this app" in answer.text) == (403, True)
