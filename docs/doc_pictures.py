"""The pictures of README and docs, made anew from a finished run of the demo study.

python -m docs.doc_pictures --workspace WORKSPACE [RUN]

Needs Chromium for the pages, LibreOffice and pdftoppm (poppler-utils) for slides and document; nothing is downloaded. The
review app is started on a copy of the workspace, so that the passage that is coded for its picture stays a picture.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from PIL import Image

if TYPE_CHECKING:
    from voc_engine.store.workspace import Workspace

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
GAP, GREY = 14, "#d9d5cc"
# Places in the deck and the document of the demo study.
SLIDES, SHEETS = (1, 3, 4, 10, 13, 14), (0, 2, 6)
WIDE = 1400  # pixels of a picture at most
# What is coded in the picture of the review app, and the key of its kind (a trigger).
PASSAGE, KIND = "So that evening, in bed, I looked for something and I took the one that costs nothing.", "6"
# A company's card: its order, words and colours.
OWN_CARD = """
[card]
main = ["pains", "goals", "requests"]
side = ["delights", "facts", "words"]
[headings]
pains = "Help them with"
delights = "Keep as it is"
[colours]
accent = "#116466"
pains = "#116466"
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every picture, and print its path."""
    parser = argparse.ArgumentParser(prog="python -m docs.doc_pictures", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("run", nargs="?", help="default: the latest")
    parser.add_argument("--only", nargs="*", help="some of them, by name")
    parser.add_argument("--images", type=Path, default=IMAGES, help="folder to write to")
    given = parser.parse_args(arguments)
    from voc_engine.store.workspace import Workspace

    place = Workspace(given.workspace.resolve())
    run = given.run or place.latest()
    report = place.report(run)
    with tempfile.TemporaryDirectory(prefix="voc-pictures-") as folder:
        work = Path(folder)
        made: dict[str, Callable[[], Image.Image]] = {
            "overview": lambda: _page(report / "index.html", work, 1280, 860),
            "walkthrough": lambda: _page(_first(report, "walk-*.html") + "#step-4", work, 1280, 760),
            "card": lambda: _card(given.workspace, run, work),
            "cards": lambda: _cards(given.workspace, run, work),
            "review": lambda: _review(place, run, work),
            "deck": lambda: _beside(_sheets("pptx", given.workspace, run, work, SLIDES), 2),
            "document": lambda: _beside(_sheets("docx", given.workspace, run, work, SHEETS), 3),
        }  # fmt: skip
        for name, make in made.items():
            if given.only and name not in given.only:
                continue
            target = given.images / f"{name}.png"
            picture = make().convert("RGB")
            picture.thumbnail((WIDE, WIDE * 2))
            picture.quantize(256).save(target, optimize=True)
            print(target)
    return 0


def _first(report: Path, pattern: str) -> str:
    return str(min(report.glob(pattern)))


def _tool(*names: str) -> str:
    found = next((place for place in map(shutil.which, names) if place), None)
    if found is None:
        raise SystemExit(f"{names[0]} is missing: install it, and run this again")
    return found


def _page(page: Path | str, work: Path, width: int, height: int) -> Image.Image:
    """A page of the report as a reader first sees it."""
    path, _, place = str(page).partition("#")
    shot = work / "page.png"
    subprocess.run(
        [_tool(*BROWSERS), "--headless=new", "--no-sandbox", "--disable-gpu",
         "--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={shot}",
         Path(path).as_uri() + (f"#{place}" if place else "")],
        check=True, capture_output=True,
    )  # fmt: skip
    return Image.open(shot)


def _export(kind: str, workspace: Path, run: str, out: Path, **options: Sequence[str]) -> Path:
    from voc_engine.exchange.exporting import export
    from voc_engine.store.workspace import Workspace

    export(Workspace(workspace.resolve()), run, kind, out, options=options)
    return out


def _card(workspace: Path, run: str, work: Path) -> Image.Image:
    """The upper part of the primary persona's card."""
    folder = _export("persona-cards", workspace, run, work / "cards", format=("png",))
    whole = Image.open(min(folder.glob("*.png")))
    return whole.crop((0, 0, whole.width, whole.height * 3 // 4))


def _cards(workspace: Path, run: str, work: Path) -> Image.Image:
    """The cards of up to four personas as they come, and two in a company's order, words and colours."""
    own = work / "own-card"
    own.mkdir()
    (own / "card.toml").write_text(OWN_CARD, encoding="utf-8")
    plain = _export("persona-cards", workspace, run, work / "plain-cards", format=("png",))
    ours = _export("persona-cards", workspace, run, work / "own-cards", format=("png",), template=(str(own),))
    shown = [*sorted(plain.glob("*.png"))[:4], *sorted(ours.glob("*.png"))[:2]]
    cards = [Image.open(one).convert("RGB") for one in shown]
    for one in cards:
        one.thumbnail((520, 1040))
    return _beside(cards, 3)


def _review(place: Workspace, run: str, work: Path) -> Image.Image:
    """A talk in the review app, in which a passage was just coded by selecting its words."""
    from playwright.sync_api import sync_playwright

    from voc_engine.review.app import ReviewApp
    from voc_engine.review.guard import Secrets
    from voc_engine.review.serving import listen
    from voc_engine.review.sitting import Desk
    from voc_engine.store.workspace import Workspace

    shutil.copytree(place.root / ".voc", work / "desk" / ".voc")
    desk = Desk.open(Workspace(work / "desk"), "ana", run)
    talk = next((key for key, one in desk.material.documents.items() if PASSAGE in one.text), None)
    if talk is None:
        raise SystemExit(f"No document of {run} says {PASSAGE!r}: the picture is one of the demo study")
    with listen() as sock, sync_playwright() as playwright:
        secrets = Secrets(sock.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(ReviewApp(desk, secrets).asgi(), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(executable_path=_tool(*BROWSERS), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(secrets.address)
        page.goto(f"{secrets.origin}/document/{talk}")
        page.evaluate(_SELECT, PASSAGE)
        page.wait_for_selector("#ask[open] [data-kind]")
        page.keyboard.press(KIND)
        page.wait_for_selector("#ask", state="hidden")
        page.wait_for_selector("mark.at")
        page.evaluate("document.querySelector('mark.at').scrollIntoView({ block: 'center', behavior: 'instant' })")
        page.screenshot(path=work / "review.png")
        browser.close()
        server.should_exit = True
        thread.join()
    return Image.open(work / "review.png")


# Selects the words that are given, which may stand in several pieces of the text.
_SELECT = """words => {
  const pieces = [...document.querySelectorAll('#source-text [data-s]')], range = document.createRange();
  const nodes = pieces.flatMap((piece) => {
    const walk = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) found.push(walk.currentNode);
    return found;
  });
  const text = nodes.map((one) => one.data).join(""), start = text.indexOf(words), end = start + words.length;
  let at = 0;
  for (const node of nodes) {
    const next = at + node.data.length;
    if (at <= start && start < next) range.setStart(node, start - at);
    if (at < end && end <= next) range.setEnd(node, end - at);
    at = next;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  range.startContainer.parentElement.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
}"""


def _sheets(kind: str, workspace: Path, run: str, work: Path, shown: Sequence[int]) -> list[Image.Image]:
    """Pages of an Office file as LibreOffice draws them."""
    file = _export(kind, workspace, run, work / f"study.{kind}")
    office = [_tool("soffice", "libreoffice"), "--headless", f"-env:UserInstallation={(work / 'office').as_uri()}"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", str(work), str(file)], check=True, capture_output=True)
    subprocess.run(
        [_tool("pdftoppm"), "-r", "70", "-png", str(work / "study.pdf"), str(work / kind)],
        check=True, capture_output=True,
    )  # fmt: skip
    pages = sorted(work.glob(f"{kind}-*.png"))
    return [Image.open(pages[number]) for number in shown if number < len(pages)]


def _beside(pictures: Sequence[Image.Image], across: int) -> Image.Image:
    wide, tall = max(one.width for one in pictures), max(one.height for one in pictures)
    down = -(-len(pictures) // across)
    whole = Image.new("RGB", (across * (wide + GAP) + GAP, down * (tall + GAP) + GAP), GREY)
    for number, one in enumerate(pictures):
        whole.paste(one, (GAP + number % across * (wide + GAP), GAP + number // across * (tall + GAP)))
    return whole


if __name__ == "__main__":
    raise SystemExit(main())
