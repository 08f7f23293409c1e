"""The pages as markup: sound, linked, harmless, and asking nothing of the network."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import Counter
from urllib.parse import unquote

import pytest
from hostile_text import PAYLOADS
from report_pages import Page, parsed, written
from report_studies import empty_study, hostile_study, small_study

from voc_engine.report.contract import Study

TAGS = [
    "noscript",
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "a",
    "header",
    "nav",
    "ul",
    "ol",
    "li",
    "p",
    "h1",
    "h2",
    "h3",
    "main",
    "section",
    "div",
    "span",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "blockquote",
    "q",
    "details",
    "summary",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "title",
    "desc",
    "g",
    "path",
    "rect",
    "text",
    "polyline",
    "polygon",
    "circle",
    "strong",
    "article",
    "aside",
    "form",
    "label",
    "input",
    "select",
    "option",
    "button",
    "code",
    "mark",
    "footer",
    "br",
    "caption",
]


ATTRIBUTES = [
    "autofocus",
    "checked",
    "alt",
    "aria-current",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-live",
    "aria-pressed",
    "autocomplete",
    "charset",
    "class",
    "color-scheme",
    "colspan",
    "content",
    "d",
    "data-document",
    "data-hurt-persona",
    "data-disclosure",
    "data-hurt-topic",
    "data-insight",
    "data-kind",
    "data-mention",
    "data-mentions",
    "data-mood",
    "data-number",
    "data-people",
    "data-persona",
    "data-personas",
    "data-role",
    "data-segment",
    "data-segments",
    "data-severity",
    "data-tag",
    "data-thing",
    "data-topic",
    "data-theme",
    "data-topic-of",
    "data-voiced-in",
    "data-weight",
    "defer",
    "fill-opacity",
    "focusable",
    "for",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "inputmode",
    "lang",
    "min",
    "name",
    "open",
    "placeholder",
    "rel",
    "role",
    "scope",
    "src",
    "style",
    "tabindex",
    "title",
    "transform",
    "type",
    "value",
    "viewbox",
    "width",
    "x",
    "y",
    "points",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-dasharray",
    "cx",
    "cy",
    "r",
    "font-size",
    "text-anchor",
    "dominant-baseline",
]


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module", params=["small", "empty", "hostile"])
def any_files(request: pytest.FixtureRequest, study: Study) -> dict[str, bytes]:
    made = {"small": lambda: study, "empty": empty_study, "hostile": lambda: hostile_study(PAYLOADS)}
    return written(made[request.param]())


def test_every_link_leads_to_a_file_and_an_id(any_files: dict[str, bytes]) -> None:
    pages = parsed(any_files)
    tables = {f"tables/{name}.{ext}" for name in _tables(pages["data.html"]) for ext in ("csv", "parquet")}
    dead = []
    for path, page in pages.items():
        for one in page.elements:
            for name in ("href", "src"):
                link = one.attributes.get(name)
                if link is None or link == "data:,":
                    continue
                file, _, fragment = link.partition("#")
                place = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
                there = place in any_files or place in tables
                if not there or (fragment and unquote(fragment) not in pages[place].ids):
                    dead.append((path, link))
    assert dead == []


def _tables(page: Page) -> list[str]:
    return [one.text for one in page.all("code") if "th" in one.path]


def test_pages_are_well_formed_and_ids_are_unique(any_files: dict[str, bytes]) -> None:
    for path, page in parsed(any_files).items():
        assert page.faults == [], path
        assert page.unclosed == [], path
        assert [key for key, times in Counter(page.ids).items() if times > 1] == [], path


def test_no_text_becomes_an_element_or_an_attribute(any_files: dict[str, bytes]) -> None:
    for path, page in parsed(any_files).items():
        for one in page.elements:
            assert one.tag in TAGS, (path, one)
            assert set(one.attributes) <= set(ATTRIBUTES), (path, one)
            if one.tag == "script":
                known = ("report.js", "walk.js", "search.js", "search-index.js")
                assert one.attributes["src"].endswith(tuple(f"assets/{name}" for name in known))
                assert one.text == ""


def test_nothing_is_asked_of_the_network(any_files: dict[str, bytes]) -> None:
    for path, page in parsed(any_files).items():
        policy = page.all("meta", http_equiv="Content-Security-Policy")[0].attributes["content"]
        assert policy.startswith("default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src"), (
            path
        )
        for one in page.elements:
            link = one.attributes.get("href", one.attributes.get("src", ""))
            assert not re.match(r"[a-z]+:(?!,)|//", link.replace("data:,", "")), (path, link)
            assert "url(" not in one.attributes.get("style", "")
    assert b"url(" not in any_files["assets/report.css"]
    assert b"@import" not in any_files["assets/report.css"]


def test_landmarks_and_headings(any_files: dict[str, bytes]) -> None:
    for path, page in parsed(any_files).items():
        assert page.all("html", lang="en"), path
        for tag in ("main", "h1", "footer", "title"):
            outside_charts = [one for one in page.all(tag) if "svg" not in one.path]
            assert len(outside_charts) == 1, (path, tag)
        assert page.all("a", class_="skip")[0].attributes["href"] == "#page-main", path
        levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)
        for one in page.all("svg", role="img"):
            for key in one.attributes["aria-labelledby"].split():
                assert key in page.ids, (path, key)
