"""Check the pages of a report: quotes, counts, links, and that nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from voc_engine.errors import EvidenceError

_LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "object": "data", "source": "src"}


class PageReader(HTMLParser):
    """Collects what a page links to, which ids it has, what it quotes and what it counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.quotes: list[tuple[str, str, str]] = []
        self.counts: list[tuple[str, str, str]] = []
        self._open: list[str] | None = None
        self._of = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag in _LOADS and attributes.get(_LOADS[tag]):
            self.loads.append(attributes[_LOADS[tag]])
        for kind in ("mention", "disclosure"):
            if tag == "q" and f"data-{kind}" in attributes:
                self._open, self._of = [], (kind, attributes[f"data-{kind}"])
        for kind in ("insight", "persona", "topic", "theme"):
            if attributes.get(f"data-{kind}") and "data-people" in attributes:
                self.counts.append((kind, attributes[f"data-{kind}"], attributes["data-people"]))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "q" and self._open is not None:
            self.quotes.append((*self._of, "".join(self._open)))
            self._open = None


def read_page(path: Path) -> PageReader:
    """The page, parsed."""
    reader = PageReader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    return reader


def check_pages(folder: Path, quotes: Mapping[str, str], counts: Mapping[str, Mapping[str, int]]) -> int:
    """Number of quotes and links that were checked. Raises EvidenceError at the first fault."""
    pages = sorted(folder.rglob("*.html"))
    ids = {page.resolve(): read_page(page).ids for page in pages}
    checked = 0
    for page in pages:
        reader = read_page(page)
        where = page.relative_to(folder).as_posix()
        for kind, key, text in reader.quotes:
            if quotes.get(key) != text:
                raise _fault(where, f"does not quote {kind} {key} exactly", repr(text[:80]))
        for kind, name, people in reader.counts:
            if str(counts[kind].get(name)) != people:
                raise _fault(where, f"counts the people of {kind} {name} wrongly", people)
        for link in [*reader.links, *reader.loads]:
            _check_link(page, where, link, ids, folder)
        checked += len(reader.quotes) + len(reader.links) + len(reader.loads)
    return checked


def _check_link(page: Path, where: str, link: str, ids: Mapping[Path, set[str]], folder: Path) -> None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        if parts.scheme == "data":
            return
        raise _fault(where, "leads out of the report", link[:120])
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page.resolve()
    if not target.is_relative_to(folder.resolve()) or not target.exists():
        raise _fault(where, "links to a file that is not there", link[:120])
    if parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        raise _fault(where, "links to a place that is not there", link[:120])


def _fault(where: str, what: str, details: str) -> EvidenceError:
    return EvidenceError(
        f"The page {where} {what}.", found=details, do="delete the report folder and run the study again"
    )
