"""Hostile text in every field of every format: it reaches the report as text, and nothing of it runs."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile_text import PAYLOADS

pytestmark = pytest.mark.slow
# One line each, storable in every format; line breaks, broken code points and long ends are the readers' own tests.
SHORT = [
    one.replace("\r", " ").replace("\x00", "").replace("\u2028", " ")
    for one in PAYLOADS
    if len(one) < 100 and one != "\ud800"
]
COMPLAINT = "The app crashes every time and I lost forty minutes"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def said(payload: str) -> str:
    """A complaint that carries the payload, so that it is quoted as evidence."""
    return f"{COMPLAINT} {payload} with it."


def csv_reviews(path: Path) -> None:
    with open(path, "w", newline="", encoding="utf-8") as sink:
        write = csv.writer(sink)
        write.writerow(["Review ID", "Author", "Title", "Rating", "Review", "Country <b>x</b>", "Version"])
        for number, one in enumerate(SHORT):
            write.writerow([f"{one}{number}", f"a{one}", f"T {one}", number % 5 + 1, said(one), one, one])


def json_lines(path: Path) -> None:
    rows = (
        {"id": f"{n}{one}", "author": one, "title": one, "text": said(one), "place": one} for n, one in enumerate(SHORT)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def zendesk(path: Path) -> None:
    tickets = [
        {
            "id": 100 + n, "created_at": "2026-01-05T10:00:00Z", "subject": one, "description": said(one), "requester_id": n,
            "via": {"channel": one}, "tags": [one], "priority": one, "status": one,
            "url": f"javascript:window.__hit=1//{one}",
            "comments": [{"author_id": 999, "body": one, "created_at": "2026-01-06T10:00:00Z", "public": True}],
        }
        for n, one in enumerate(SHORT)
    ]  # fmt: skip
    users = [{"id": n, "name": one, "email": f"p{n}@example.org"} for n, one in enumerate(SHORT)]
    users.append({"id": 999, "name": "<b>Agent</b>", "role": "agent"})
    path.write_text(json.dumps({"tickets": tickets, "users": users}), encoding="utf-8")


def intercom(path: Path) -> None:
    made = [
        {
            "type": "conversation", "id": f"c{n}", "created_at": 1767600000 + n,
            "source": {"type": "conversation", "subject": one, "body": f"<p>{said(one)}</p>",
                       "author": {"type": "user", "id": f"u{n}", "name": one}},
            "conversation_parts": {"conversation_parts": []},
        }
        for n, one in enumerate(SHORT)
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "conversation.list", "conversations": made}), encoding="utf-8")


def reddit(path: Path) -> None:
    rows = (
        {"id": f"p{n}", "author": f"u{n}", "created_utc": 1767600000 + n, "subreddit": one, "title": one,
         "selftext": said(one), "score": 1, "permalink": one}
        for n, one in enumerate(SHORT)
    )  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def x_archive(path: Path) -> None:
    rows = [
        {
            "tweet": {
                "id_str": str(n),
                "full_text": said(one),
                "created_at": "Tue Feb 24 11:35:52 +0000 2026",
                "lang": one,
            }
        }
        for n, one in enumerate(SHORT)
    ]
    path.write_text(f"window.YTD.tweets.part0 = {json.dumps(rows)}", encoding="utf-8")


def webvtt(path: Path) -> None:
    cues = [
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900\n{'Ada' if n % 2 else 'Ben'} X: {said(one)}\n"
        for n, one in enumerate(SHORT)
        if "-->" not in one
    ]
    path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")


def otter(path: Path) -> None:
    turns = (f"{'Ada Lu' if n % 2 else 'Ben Or'}  {n}:00  \n{said(one)}\n" for n, one in enumerate(SHORT))
    path.write_text("# <script>window.__hit=1</script>\n\n## Transcript\n\n" + "\n".join(turns), encoding="utf-8")


def notes(path: Path) -> None:
    path.write_text(
        "".join(f"{'Ada' if n % 2 else 'Ben'}: {said(one)}\n" for n, one in enumerate(SHORT)), encoding="utf-8"
    )


def word(path: Path) -> None:
    import docx

    document = docx.Document()
    document.core_properties.title = SHORT[0]
    for n, one in enumerate(SHORT):
        document.add_paragraph(f"{'Ada Lu' if n % 2 else 'Ben Or'}   0:{n:02}")
        document.add_paragraph(said(one))
    document.save(str(path))


def workbook(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "<b>sheet"
    sheet.append(["id", "author", "text", "rating", "country"])
    for n, one in enumerate(SHORT):
        if not one.startswith("="):
            sheet.append([n, f"a{one}", said(one), 1, one])
    book.save(path)


def survey(path: Path) -> None:
    with open(path, "w", newline="", encoding="utf-8") as sink:
        write = csv.writer(sink)
        write.writerow(
            ["Response ID", "Email", "Plan", "What is <script>window.__hit=1</script> frustrating?", "Anything else?"]
        )
        for n, one in enumerate(SHORT):
            write.writerow([n, f"p{n}@example.org", one, said(one), one])


FILES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "reviews.csv": ("review", csv_reviews), "rows.jsonl": ("review", json_lines), "tickets.json": ("ticket", zendesk),
    "chats.json": ("ticket", intercom), "reddit.jsonl": ("post", reddit), "tweets.js": ("post", x_archive),
    "a.vtt": ("interview", webvtt), "b.md": ("interview", otter), "c.txt": ("interview", notes),
    "d.docx": ("interview", word),
    "e.xlsx": ("review", workbook), "<img src=x onerror=window.__hit=1>.csv": ("survey", survey),
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    config = ["[study]", f"name = {json.dumps(SHORT[0])}", f"question = {json.dumps(SHORT[1])}"]
    for name, (kind, write) in FILES.items():
        write(folder / name)
        config += ["[[sources]]", f"path = {json.dumps(name)}", f'kind = "{kind}"']
    (folder / "voc.toml").write_text("\n".join(config), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "voc_engine", "run", str(folder / "voc.toml"), "--quiet"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    return Path(done.stdout.strip().splitlines()[-1]).parent


class Text(HTMLParser):
    """All text of a page, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")], (tag, attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_every_payload_of_every_format_is_read_as_text(report: Path) -> None:
    from voc_engine.store.query import open_run

    text = Text()
    for page in sorted(report.rglob("*.html")):
        text.feed(page.read_text(encoding="utf-8"))
    assert not text.tags & {"iframe", "object", "embed", "base", "textarea"}
    whole = "".join(text.text)
    with open_run(report) as db:
        sources = {name for (name,) in db.execute("SELECT DISTINCT source FROM documents").fetchall()}
        stored = [row for (row,) in db.execute("SELECT text FROM documents").fetchall()]
    assert sources == set(FILES), "every file was read"
    for payload in ("<script>window.__hit=1</script>", "javascript:window.__hit=1", "{{ 7*7 }}", "${7*7}"):
        assert sum(payload in one for one in stored) >= 8, f"{payload} is kept as it was written in most formats"
        assert payload in whole, f"{payload} stands on the pages as text"


def test_nothing_runs_and_nothing_is_fetched(report: Path) -> None:
    place = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert place, "Chromium is missing: install it with 'apt-get install chromium' and run this test again"
    from playwright.sync_api import sync_playwright

    asked: list[str] = []
    spoken: list[str] = []
    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=place, args=SWITCHES)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (spoken.append(dialog.message), dialog.dismiss()))
        for path in sorted(report.rglob("*.html")):
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            assert page.evaluate("window.__hit") is None, path.name
            assert page.url == path.as_uri(), "no text leads the reader away"
        browser.close()
    assert spoken == []
    assert [url for url in asked if not url.startswith((report.as_uri(), "data:"))] == []


def test_the_report_verifies(report: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "voc_engine", "verify", "--workspace", str(report.parents[1])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
