"""The app in a real browser: by keys alone, by marking words, with nothing asked for elsewhere."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import uvicorn
from tiny_study import TinyStudy

from voc_engine.records import Mention
from voc_engine.review.app import ReviewApp
from voc_engine.review.guard import Secrets
from voc_engine.review.rerun import Rerun
from voc_engine.review.serving import listen
from voc_engine.review.sitting import Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import desk

pytestmark = pytest.mark.slow
# No name of another machine is looked up: what a page asked for elsewhere would fail, and is told besides.
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run", NO_NETWORK,
]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    place = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert place, "Chromium is missing: install it with 'apt-get install chromium' and run this test again"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=place, args=SWITCHES)
        yield made
        made.close()


@pytest.fixture
def place(tmp_path: Path) -> Desk:
    return desk(tmp_path)


@contextmanager
def served(chromium: Any, place: Desk, again: Rerun | None = None) -> Iterator[Any]:
    """A page of the app that was let in; nothing is asked for elsewhere, and no script fails."""
    with listen() as sock:
        secrets = Secrets(sock.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(ReviewApp(place, secrets, again).asgi(), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        made = chromium.new_page()
        wrong: list[str] = []
        made.on(
            "request", lambda one: wrong.append(one.url) if not one.url.startswith((secrets.origin, "data:")) else None
        )
        made.on("pageerror", lambda error: wrong.append(str(error)))
        made.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        made.goto(secrets.address)
        yield made
        made.close()
        server.should_exit = True
        thread.join()
        assert [one for one in wrong if "409" not in one] == []


@pytest.fixture
def page(chromium: Any, place: Desk) -> Iterator[Any]:
    with served(chromium, place) as made:
        yield made


def go(page: Any, path: str) -> None:
    """A page, when it is ready for keys."""
    page.goto(urljoin(page.url, path))
    page.wait_for_selector(".row.at")


def told(page: Any, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def checked(page: Any, number: int) -> None:
    """The count is told and what was swapped in is settled: a key pressed before acts on buttons that are not wired yet."""
    page.wait_for_selector(f"text=/^{number} of 24 passages/")
    page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added", state="detached")


def test_twenty_are_accepted_by_keys_alone_and_all_is_undone(page: Any, place: Desk) -> None:
    for number in range(1, 21):
        page.keyboard.press("a")
        checked(page, number)
    assert sum("accept" in said for said in place.look().said.values()) == 20
    for number in range(19, -1, -1):
        page.keyboard.press("u")
        checked(page, number)
    assert place.look().said == {}


def test_words_with_an_emoji_are_marked_and_coded(page: Any, place: Desk) -> None:
    go(page, "/document/d02")
    page.evaluate(
        """() => {
          const pieces = document.querySelectorAll('#source-text [data-s]');
          const range = document.createRange();
          range.setStart(pieces[0].firstChild, 2);
          range.setEnd(pieces[1].querySelector('mark').firstChild, 10);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          pieces[0].dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
        }"""
    )
    page.wait_for_selector("#ask[open] [data-kind=goal]")
    page.keyboard.press("2")
    told(page, "marked as goal")
    (new,) = place.look().added.values()
    assert (new.quote, new.kind, new.person_id) == ("ch 😀, the export", "goal", "P0002")
    assert page.inner_text(f"mark[data-mention='{new.mention_id}']").startswith("ch 😀")
    page.wait_for_selector(f".row.at[data-item='{new.mention_id}']")  # and not the first of the document


def test_findings_are_merged_with_a_preview_renamed_and_undone(page: Any, place: Desk) -> None:
    go(page, "/insights")
    # The strongest finding is the first; the one that the run takes to be alike is offered first.
    page.keyboard.press("g")
    page.wait_for_selector("#ask[open] .option")
    assert "together 12" in page.inner_text("#ask .option >> nth=0")
    page.click("#ask .option button >> nth=0")
    told(page, "merged")
    assert len(place.look().counted) == 2
    page.wait_for_selector("#ask", state="hidden")  # a key while the question is still open is its own
    page.keyboard.press("r")
    page.wait_for_selector("#ask[open] input[name=value]")
    page.keyboard.type("Export never works")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Export never works")
    page.wait_for_selector("#ask", state="hidden")
    for _ in range(2):
        page.keyboard.press("u")
        told(page, "Undone")
        page.evaluate("document.querySelector('#said').textContent = ''")
    assert len(place.look().counted) == 3


def test_who_is_said_to_ask_is_evidence_no_longer_after_run_again(chromium: Any, study: TinyStudy) -> None:
    place = Desk.open(Workspace(study.root), "ana")
    talk = next(one for one in place.material.documents.values() if one.kind == "interview")
    heard = [one for one in place.material.tables.of(Mention) if one.document_id == talk.document_id]
    (voice,) = {one.person_id for one in heard}
    with served(chromium, place, Rerun([str(study.root / "voc.toml")])) as page:
        page.goto(urljoin(page.url, "/speakers"))
        turns = [one.utterance_id for one in place.material.utterances[talk.document_id] if one.person_id == voice]
        page.click(f'form:has(input[value="{turns[0]}"]) button:has-text("Interviewer")')
        told(page, "speaks as interviewer")
        page.click("text=Run again")
        page.locator("#said", has_text="A new run is here.").wait_for(timeout=600_000)
        page.goto(urljoin(page.url, f"/document/{talk.document_id}"))
        page.wait_for_selector("#source-text")
        assert page.locator("#source-text mark").count() == 0
    assert not any(one.document_id == talk.document_id for one in place.material.tables.of(Mention))


def test_the_grid_is_copied_as_rows_and_cells_and_no_quote_is_a_formula(chromium: Any, place: Desk) -> None:
    with served(chromium, place) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(urljoin(page.url, "/grid?kind=pain_point"))
        page.evaluate("document.querySelector('#grid-table q').textContent = '=1+1'")
        page.get_by_role("button", name="Copy as a table").click()
        told(page, "Copied: 12 rows")
        rows = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").split("\n")]
        shown = page.locator("#grid-table tr").all()
        assert [row[0] for row in rows] == [one.locator("th").first.inner_text() for one in shown]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert "'=1+1" in {words for row in rows for cell in row for words in cell.split(" | ")}


def test_what_is_refused_is_told_and_no_key_acts_while_words_are_typed(page: Any, place: Desk) -> None:
    go(page, "/insights")
    page.keyboard.press("/")
    page.keyboard.type("axr")
    assert place.look().decisions == []
    assert page.input_value("[data-search]") == "axr"
    go(page, "/insight/i-a")
    page.keyboard.press("s")
    told(page, "Nothing is marked")
    page.keyboard.press("v")
    page.keyboard.press("j")
    page.keyboard.press("v")
    page.keyboard.press("s")
    told(page, "2 split off")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [800, 1280])
def test_no_page_runs_over_its_edge(page: Any, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in (
        "/",
        "/insights",
        "/insight/i-a",
        "/document/talk",
        "/personas",
        "/persona/p-a",
        "/speakers",
        "/history",
    ):
        page.goto(urljoin(page.url, path))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
