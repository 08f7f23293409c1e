"""Reads a written report back, as a checker would: elements, ids, links and the text inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from voc_engine.report.contract import Study
from voc_engine.report.site import HtmlReport

EMPTY = frozenset(["meta", "link", "br", "input", "img"])


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    path: tuple[str, ...] = ()


@dataclass
class Page(HTMLParser):
    """``elements`` in document order, each with all the text inside it."""

    source: str
    elements: list[Element] = field(default_factory=list)
    unclosed: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        element = Element(tag, {k: v or "" for k, v in attrs}, path=tuple(one.tag for one in self.unclosed))
        self.elements.append(element)
        if tag not in EMPTY:
            self.unclosed.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.unclosed.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.unclosed or self.unclosed[-1].tag != tag:
            self.faults.append(f"</{tag}> closes {self.unclosed[-1].tag if self.unclosed else 'nothing'}")
        else:
            self.unclosed.pop()

    def handle_data(self, data: str) -> None:
        for one in self.unclosed:
            one.text += data

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of the tag that have these attributes (underscores stand for hyphens; "" for any value)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if (tag in ("*", one.tag))
            and all(name in one.attributes and value in ("", one.attributes[name]) for name, value in wanted.items())
        ]

    @property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]


def written(study: Study) -> dict[str, bytes]:
    """Every file of the report; each is written once."""
    files = list(HtmlReport().write(study))
    assert len(dict(files)) == len(files)
    return dict(files)


def parsed(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}
