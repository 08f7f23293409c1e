"""Given codes in the app: made, taken from a finding, applied by hand, accepted and rejected; what the page says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.records import Batch, Code, CodedWords, Coding, GivenCode, coding_id
from voc_engine.review.forms import button_value
from voc_engine.review.material import Material
from voc_engine.review.sitting import Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import PAIN, Browser, tables


def with_codes(folder: Path) -> Desk:
    """A run that applied one code of a file, "Export", to three people's words."""
    study = tables()
    codings = [
        Coding(coding_id("c-export", f"s-d{n:02d}-0"), "c-export", f"s-d{n:02d}-0", f"d{n:02d}", f"P{n:04d}", 0, 10,
               0.5 + n / 10, "machine", reasons=("like the definition",))
        for n in (1, 2, 3)
    ]  # fmt: skip
    codes = [Code("c-export", "Export", "Getting data out", "given", 3, 3, 0.1, 0.5)]
    coded = Batch.make((Code, codes), (Coding, codings))
    run = Batch({**study.tables, **coded.tables})
    return Desk(Workspace(folder), Material("run-1", "Larkbook", run, manifest={"parts": {"ingest": []}}, before=coded))


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(with_codes(tmp_path))


def decide(browser: Browser, *parts: str, **fields: str) -> str:
    answer = browser.post("/decide", decision=button_value(*parts), back="/codebook", **fields)
    assert answer.status_code == 200, answer.text
    return answer.text  # type: ignore[no-any-return]


def test_a_code_shows_its_passages_and_counts_follow_what_is_decided(browser: Browser) -> None:
    page = browser.get("/code/c-export")
    assert page.count('data-item="c-export:s-d') == 3
    assert page.index("s-d01-0") < page.index("s-d03-0"), "the least sure first"
    decide(browser, "coding", "c-export:s-d01-0", "reject")
    decide(browser, "coding", "c-export:s-d02-0", "accept")
    page = browser.get("/code/c-export")
    assert "2 people" in page
    assert "Of 2 that the machine said and you looked at, 1 were right" in page
    assert "1 passage rejected" in page
    assert "on the next run" in page
    browser.post("/undo", what="undo")
    browser.post("/undo", what="undo")
    assert "3 people" in browser.get("/codebook")


def test_words_are_put_under_a_code_by_hand_and_stay_apart_from_findings(browser: Browser) -> None:
    findings = browser.desk.look().counted
    start = browser.desk.material.documents["d07"].text.index(PAIN)
    words = CodedWords("c-export", start, start + len(PAIN), PAIN)
    assert "put under Export" in decide(browser, "document", "d07", "code", words.as_value())
    page = browser.get("/code/c-export")
    assert "4 people" in page
    assert "by hand" in page
    assert "Your codes here" in browser.get("/document/d07")
    assert browser.desk.look().counted == findings
    wrong = CodedWords("c-export", start, start + len(PAIN), "other words")
    answer = browser.post("/decide", decision=button_value("document", "d07", "code", wrong.as_value()))
    assert "not those of the text" in answer.text


def test_a_code_is_made_changed_and_dropped_in_the_app(browser: Browser) -> None:
    assert "New code" in browser.get("/ask/define/code/new")
    page = decide(browser, "code", "new", "define", name="Speed", definition="How fast", examples="It is slow\nIt hangs",
                  above="c-export")  # fmt: skip
    assert "waits for the next run" in page
    (made,) = (one for one in browser.desk.look().codes.codes.values() if one.name == "Speed")
    assert (made.examples, made.above) == (("It is slow", "It hangs"), "c-export")
    again = browser.post("/decide", decision=button_value("code", "new", "define"), name="Speed", above="c-export")
    assert (again.status_code, "already" in again.text) == (409, True)
    decide(browser, "code", made.code_id, "define", name="Pace")
    assert "Pace" in browser.get("/codebook")
    decide(browser, "code", made.code_id, "reject")
    assert "Pace" not in browser.get("/codebook").split("Found in the data")[0].split('id="rows"')[1]


def test_a_finding_is_taken_into_the_codebook_with_its_passages(browser: Browser) -> None:
    dialog = browser.get("/ask/define/insight/i-b")
    assert "5 passages" in dialog
    decide(browser, "code", "new", "define", name="Export is broken", passages="s-d08-0 s-d09-0", insight_id="i-b")
    (made,) = (one for one in browser.desk.look().codes.codes.values() if one.insight_id == "i-b")
    assert made == GivenCode(made.code_id, "Export is broken", passages=("s-d08-0", "s-d09-0"), insight_id="i-b")
    assert "/insight/i-b" in browser.get(f"/code/{made.code_id}")


def test_a_mention_is_given_a_code_from_its_row(browser: Browser) -> None:
    dialog = browser.get("/ask/code/mention/m05a")
    assert "Export" in dialog
    assert "&#34;code&#34;:&#34;c-export&#34;" in dialog.replace("\\&#34;", "&#34;")
