"""The pictures of README and docs, made anew from a finished run of the demo study.

python -m docs.doc_pictures --workspace WORKSPACE [RUN]

Needs Chromium for the pages, LibreOffice and pdftoppm (poppler-utils) for slides and document; nothing is downloaded.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

IMAGES = Path(__file__).parent / "images"
GAP, GREY = 14, "#d9d5cc"
# Places in the deck and the document of the demo study.
SLIDES, SHEETS = (1, 3, 4, 10, 13, 14), (0, 2, 6)
WIDE = 1400  # pixels of a picture at most


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every picture, and print its path."""
    parser = argparse.ArgumentParser(prog="python -m docs.doc_pictures", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("run", nargs="?", help="default: the latest")
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
            "deck": lambda: _beside(_sheets("pptx", given.workspace, run, work, SLIDES), 2),
            "document": lambda: _beside(_sheets("docx", given.workspace, run, work, SHEETS), 3),
        }  # fmt: skip
        for name, make in made.items():
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
        [_tool("chromium", "chromium-browser", "google-chrome"), "--headless=new", "--no-sandbox", "--disable-gpu",
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
