"""A persona's card in a real browser, alone in a folder: nothing is fetched or cut off, and it prints on one page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hostile_run import hostile_view
from hostile_text import PAYLOADS
from pypdf import PdfReader

from voc_engine.exchange.cards.card_export import PersonaCards
from voc_engine.exchange.run_view import RunView
from voc_engine.testing import example_study

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    place = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert place, "Chromium is missing: install it with 'apt-get install chromium' and run this test again"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=place, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


def alone(view: RunView, folder: Path, paper: str = "A4") -> str:
    ((path, content),) = PersonaCards(("html",), paper).write(view, frozenset()).files
    (folder / path).write_bytes(content)
    return (folder / path).as_uri()


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_needs_nothing_and_fits_its_window(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for number, view in enumerate((RunView(example_study()), *map(hostile_view, PAYLOADS[:6]))):
        folder = tmp_path / str(number)
        folder.mkdir()
        address = alone(view, folder)
        asked.clear()
        page.goto(address)
        assert asked == [address]
        assert page.evaluate("window.__hit") is None
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")


@pytest.mark.parametrize(("paper", "width"), [("A4", 595), ("Letter", 612)])
def test_a_card_prints_on_one_page_of_its_paper(browser: Any, tmp_path: Path, paper: str, width: int) -> None:
    page = browser.new_page()
    page.goto(alone(RunView(example_study()), tmp_path, paper))
    (printed,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert float(printed.mediabox.width) == pytest.approx(width, abs=1)
