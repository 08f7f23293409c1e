"""The report in a real browser, from disk: nothing runs, nothing is fetched, nothing runs over the edge."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile_text import PAYLOADS
from report_studies import hostile_study, small_study

from voc_engine.report.contract import Study
from voc_engine.report.site import HtmlReport

pytestmark = pytest.mark.slow
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    place = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert place, "Chromium is missing: install it with 'apt-get install chromium' and run this test again"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=place, args=SWITCHES)
        yield made
        made.close()


def on_disk(study: Study, folder: Path) -> Path:
    for path, content in HtmlReport().write(study):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return on_disk(small_study(), tmp_path_factory.mktemp("small"))


def test_hostile_text_runs_nothing_and_asks_for_nothing(browser: Any, tmp_path: Path) -> None:
    folder = on_disk(hostile_study(PAYLOADS), tmp_path)
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 10
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate("window.__hit") is None, path.name
        assert page.url == path.as_uri(), "no text may lead the reader away"
        assert page.evaluate("document.querySelectorAll('main').length") == 1
    assert said == []
    inside = folder.as_uri()
    assert [url for url in asked if not (url.startswith(inside) or url == "data:,")] == []


@pytest.mark.parametrize("width", [400, 1000, 1600])
def test_no_page_scrolls_sideways(browser: Any, report: Path, tmp_path: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for folder in (report, on_disk(hostile_study(PAYLOADS), tmp_path)):
        for path in sorted(folder.rglob("*.html")):
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{path.name} is {over} pixels too wide at {width}"


SHOWN = "article[data-insight]:visible"


def test_filters_narrow_the_insights_and_say_how_many(browser: Any, report: Path) -> None:
    page = browser.new_page()
    page.goto((report / "insights.html").as_uri())
    assert page.locator(SHOWN).count() == 8, "single voices are folded"
    page.get_by_label("Kind").select_option("pain_point")
    assert page.locator("#page-result").inner_text() == "4 of 14 insights are shown."
    page.get_by_label("Search").fill("butter")
    assert page.locator(SHOWN).count() == 1
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.querySelectorAll('article[data-insight]:not([hidden])').length === 14")
    assert page.locator(SHOWN).count() == 8
    page.get_by_label("Fewest people").fill("3")
    assert page.locator("#page-result").inner_text() == "1 of 14 insights is shown."
    assert page.locator("#page-singles").is_hidden()
    page.get_by_label("Fewest people").fill("1")
    page.get_by_label("Persona").select_option(label="Cook for one")
    assert page.locator(SHOWN).count() == 4, "what a filter finds among single voices is unfolded"
    page.get_by_label("Persona").select_option("")
    page.get_by_label("Order").select_option("people")
    assert page.locator(SHOWN).first.get_attribute("id") == "p2"


def test_a_link_to_a_single_voice_unfolds_it(browser: Any, report: Path) -> None:
    page = browser.new_page()
    page.goto((report / "insights.html").as_uri() + "#l2")
    assert page.locator("#l2").is_visible()
    assert page.locator("#l2").evaluate("one => one.getBoundingClientRect().top >= 0")


def test_a_quote_reached_by_link_is_in_sight_and_marked_whole(browser: Any, report: Path) -> None:
    """The request of d1 lies around a goal: its mark is in pieces, and only the first piece has the id."""
    # Without motion the page is at its place at once, however busy the machine is.
    page = browser.new_page(viewport={"width": 1000, "height": 500}, reduced_motion="reduce")
    path = (report / "docs" / "interview-001.html").as_uri()
    page.goto(path + "#d1-m5")
    place = page.locator("#d1-m5").evaluate("one => one.getBoundingClientRect().top")
    assert 0 < place < 500
    lit = page.evaluate(
        "[...document.querySelectorAll('mark')].filter(one => getComputedStyle(one).outlineStyle === 'solid')"
        ".map(one => one.dataset.mention)"
    )
    assert "d1-m5" in lit
    assert lit.count("d1-m5") == page.locator("mark[data-mention='d1-m5']").count()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path + "#d1-m5")
    assert page.locator("#d1-m5").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    context.close()


def test_without_javascript_everything_is_there(browser: Any, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "insights.html").as_uri())
    assert page.locator(SHOWN).count() == 8
    page.locator("#page-singles > summary").click()
    assert page.locator(SHOWN).count() == 14
    assert page.locator("#page-filters").is_hidden()
    context.close()


def test_the_keyboard_reaches_the_content_and_the_filters(browser: Any, report: Path) -> None:
    page = browser.new_page()
    page.goto((report / "insights.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null"), "the menu is skipped"
    page.keyboard.press("Tab")  # the themes, folded, stand before the filters
    assert page.evaluate("document.activeElement.id") == "f-text"


CONTRAST = """() => {
  const rgb = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return text.startsWith('color(srgb') ? [...found.slice(0, 3).map(x => x * 255), found[3] ?? 1]
      : [...found.slice(0, 3), found[3] ?? 1];
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const light = (c) => c.map(x => (x /= 255) <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
    .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(rgb(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const poor = [];
  for (const element of document.querySelectorAll('main *, header *, footer *')) {
    const words = [...element.childNodes].some(one => one.nodeType === 3 && one.textContent.trim());
    if (!words || !element.getClientRects().length) continue;
    const style = getComputedStyle(element), under = ground(element);
    const colour = element.closest('svg') ? style.fill : style.color;
    const [a, b] = [light(over(rgb(colour), under)), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push([element.className.toString(), element.textContent.trim().slice(0, 30), ratio.toFixed(2)]);
  }
  return poor;
}"""


@pytest.mark.parametrize("width", [400, 1000, 1600])
def test_the_mark_in_the_middle_of_the_map_covers_no_word(browser: Any, report: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for medium in ("screen", "print"):
        page.emulate_media(media=medium)
        for path in sorted(report.glob("persona-*.html")):
            page.goto(path.as_uri())
            over = page.evaluate(
                """() => {
                  const mark = document.querySelector('.centre').getBoundingClientRect();
                  if (!mark.width) return [];
                  return [...document.querySelectorAll('.quadrant h3, .quadrant li, .quadrant .gap')].filter(one => {
                    const box = one.getBoundingClientRect();
                    return box.left < mark.right && box.right > mark.left && box.top < mark.bottom && box.bottom > mark.top;
                  }).map(one => one.textContent.trim().slice(0, 40));
                }"""
            )
            assert over == [], (path.name, medium)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_enough(browser: Any, report: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in sorted(report.rglob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert page.evaluate(CONTRAST) == [], path.name
    context.close()


def test_paper_shows_the_quotes_that_the_screen_folds_away(browser: Any, report: Path) -> None:
    page = browser.new_page()
    page.goto((report / "insights.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("header nav").is_hidden()
    assert page.locator("details.others .quote").first.is_visible()
    assert page.locator("article.single").first.is_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "sheets"), [("persona", 2), ("canvas", 1), ("sales", 1), ("support", 1), ("onboarding", 1)]
)
def test_a_personas_pages_print_on_the_sheets_they_are_made_for(
    browser: Any, report: Path, kind: str, sheets: int
) -> None:
    from pypdf import PdfReader

    page = browser.new_page()
    for path in sorted(report.glob(f"{kind}-*.html")):
        page.goto(path.as_uri())
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) <= sheets, path.name
        wide = [one.mediabox.width > one.mediabox.height for one in printed.pages]
        assert set(wide) == {kind == "canvas"}, "the canvas lies across"
        assert "What made them leave" in "".join(one.extract_text() for one in printed.pages) or (
            kind not in ("persona", "sales") or "cook-for-one" in path.name
        )


def test_without_javascript_the_words_behind_a_line_unfold(browser: Any, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report / "persona-1-family-planner.html").as_uri())
    line = page.locator("section[aria-labelledby=page-emotions] .tally > li").first
    assert line.locator(".quote").first.is_hidden()
    line.locator("summary").click()
    assert line.locator(".quote").first.is_visible()
    context.close()


def walk_of(browser: Any, report: Path, **context: Any) -> Any:
    page = browser.new_context(**context).new_page()
    page.goto((report / "walk-1-family-planner.html").as_uri())
    return page


def step(page: Any) -> list[str]:
    return [one.get_attribute("id") for one in page.locator(".step:visible").all()]


def test_the_walkthrough_is_walked_by_keys(browser: Any, report: Path) -> None:
    page = walk_of(browser, report)
    assert step(page) == ["step-1"]
    for key, shown in (("ArrowRight", 2), ("Space", 3), ("Shift+Space", 2), ("End", 8), ("ArrowRight", 8), ("Home", 1),
                       ("ArrowLeft", 1), ("PageDown", 2)):  # fmt: skip
        page.keyboard.press(key)
        assert step(page) == [f"step-{shown}"], key
        assert page.locator("#page-where").inner_text() == f"Step {shown} of 8"
    assert page.locator("#step-2 .speaker-notes").is_hidden()
    page.keyboard.press("n")
    assert page.locator("#step-2 .speaker-notes").is_visible()
    assert page.url.endswith("#step-2"), "a reload or a link comes back to the step"
    page.keyboard.press("Escape")
    page.wait_for_url("**/persona-1-family-planner.html")


def test_the_walkthrough_is_walked_by_touch_and_by_buttons(browser: Any, report: Path) -> None:
    page = walk_of(browser, report, has_touch=True, viewport={"width": 400, "height": 800})
    swipe = """([from, to]) => {
      const at = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
      const fire = (kind, x, on) =>
        document.dispatchEvent(new TouchEvent(kind, {touches: on ? [at(x)] : [], changedTouches: [at(x)]}));
      fire("touchstart", from, true);
      fire("touchend", to, false);
    }"""
    page.evaluate(swipe, [300, 80])
    assert step(page) == ["step-2"]
    page.evaluate(swipe, [80, 300])
    assert step(page) == ["step-1"]
    page.get_by_role("button", name="Next").click()
    assert step(page) == ["step-2"]
    page.get_by_role("link", name="What we do not know").click()
    assert step(page) == ["step-8"]
    assert page.get_by_role("button", name="Next").is_disabled()


def test_the_walkthrough_without_javascript_and_on_paper_shows_every_step(browser: Any, report: Path) -> None:
    from pypdf import PdfReader

    bare = walk_of(browser, report, java_script_enabled=False)
    assert len(step(bare)) == 8
    assert bare.locator(".speaker-notes").first.is_visible()
    assert bare.locator("#page-controls").is_hidden()
    page = walk_of(browser, report)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 8, "a step a page, though the screen shows one"
    for number, sheet in enumerate(printed.pages, 1):
        assert "For the one who speaks" in sheet.extract_text(), number


def test_the_first_screen_fits_the_screen(browser: Any, tmp_path: Path) -> None:
    """What first, for whom and how sure can be read before anybody scrolls."""
    study = small_study()
    for frame in ("research", "cx", "marketing"):
        config = study.config.model_copy(update={"report": study.config.report.model_copy(update={"frame": frame})})
        folder = on_disk(replace(study, config=config), tmp_path / frame)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((folder / "index.html").as_uri())
        assert page.locator(".first").evaluate("one => one.getBoundingClientRect().bottom") <= 800, frame


def test_the_search_page_finds_sentences_from_disk_and_leads_to_them(browser: Any, report: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((report / "search.html").as_uri())
    page.fill("#search-words", "the")
    page.wait_for_selector("#search-sentences li")
    assert "sentences of" in page.inner_text("#search-told")
    assert page.locator("#search-sentences mark").count() > 0
    page.click("#search-sentences li a")
    page.wait_for_load_state()
    assert "/docs/" in page.url
    page.go_back()
    page.fill("#search-words", "qwertzuiop")
    page.get_by_text("Nothing was found.").wait_for()
    word, near = page.evaluate(
        """() => {
          const says = (word) => vocSearch.sentences.some((one) => one[2].toLowerCase().includes(word));
          const [word, near] = Object.entries(vocSearch.near).find(([word]) => !word.includes(" ") && !says(word));
          return [word, vocSearch.own[near[0]]];
        }"""
    )
    page.fill("#search-words", f"the {word}")
    page.get_by_text("Nobody says it in these words.").wait_for()
    assert near in page.inner_text("#search-also")
    marked = [one.lower() for one in page.locator("#search-other-words li:first-child mark").all_inner_texts()]
    assert near in marked, "the nearest comes first, and what was found is marked"
    page.click("#search-near")
    page.get_by_text("Nothing was found.").wait_for()
    assert said == []
    page.close()
