"""A card as one HTML file that needs nothing beside it: style and pictures are within, nothing leads outside."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from voc_engine.errors import ConfigError
from voc_engine.exchange.cards.card_content import Card
from voc_engine.exchange.cards.card_template import PAGE, CardTemplate
from voc_engine.exchange.contract import Shown
from voc_engine.report.portrait import portrait
from voc_engine.report.rendering import verbatim

# What makes a browser fetch something, and what would run.
_FETCHES = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction", "xlink:href"})
_ACTIVE = frozenset({"script", "iframe", "object", "embed", "base", "frame", "form"})
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!data:|#)", re.I)


def card_html(card: Card, template: CardTemplate, paper: str) -> bytes:
    """The page. Raises ConfigError where a company's card.html cannot be filled, or fetches something from outside."""
    own = template.folder if template.folder and (template.folder / PAGE).is_file() else None
    page_name = str(own / PAGE) if own else PAGE
    try:
        page = _environment(own).get_template(PAGE)
        text = page.render(
            card=card,
            words=template.settings.words,
            colours=template.settings.colours,
            dark=template.settings.dark,
            paper=paper,
            mark=_mark(card, template),
            logo=_logo(template),
        )
    except (TemplateError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise ConfigError(
            f"{page_name}{line} cannot be filled.",
            found=str(error),
            do="mend it; docs/exchange.md names what a card holds",
        ) from error
    checked = _Checked()
    checked.feed(text)
    if checked.faults:
        raise ConfigError(
            f"{page_name} is not one file by itself.",
            found=checked.faults[0],
            do="put styles between <style> tags and pictures into the page; a card runs and fetches nothing",
        )
    return text.encode("utf-8", "xmlcharrefreplace")


def quotes_of(content: bytes) -> Iterator[Shown]:
    """Every quote in a page: elements that bear ``data-mention``."""
    parser = _Checked()
    parser.feed(content.decode("utf-8", "replace"))
    yield from parser.quotes


@lru_cache(maxsize=8)
def _environment(folder: Path | None) -> ImmutableSandboxedEnvironment:
    """Escaping is always on, templates reach nothing but the values given, an unknown name is an error. One for all cards:
    it keeps the page that it compiled, for as long as the file stays as it is."""
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    sandbox = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, PackageLoader("voc_engine.exchange.cards", "default")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.filters["verbatim"] = verbatim
    return sandbox


def _inline(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _mark(card: Card, template: CardTemplate) -> Markup:
    """The portrait that was given, else the abstract mark, which no screen reader need tell of."""
    picture = template.portrait(card.persona_id)
    return (
        Markup('<img class="portrait" alt="" src="{}">').format(_inline(picture))
        if picture
        else portrait(card.persona_id)
    )


def _logo(template: CardTemplate) -> Markup:
    if template.logo is None:
        return Markup("")
    return Markup('<img class="logo" alt="{}" src="{}">').format(template.settings.logo.says, _inline(template.logo))


class _Checked(HTMLParser):
    """Reads a page: its quotes, and what of it would run or be fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quotes: list[Shown] = []
        self.faults: list[str] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in _ACTIVE:
            self.faults.append(f"<{tag}>")
        self._style = tag == "style"
        if tag == "link" and attributes.get("rel") != "icon":
            self.faults.append(f"<link href={attributes.get('href')!r}>")
        for name, value in attributes.items():
            content = (value or "").strip()
            if name.startswith("on"):
                self.faults.append(f"{name}={content[:60]!r}")
            if name in _FETCHES and not content.startswith("data:image/"):
                self.faults.append(f"{name}={content[:60]!r}")
            if name == "href" and not content.startswith(("#", "data:", "https:", "mailto:")):
                self.faults.append(f"{name}={content[:60]!r}")
            if name == "style" and _OUTSIDE.search(content):
                self.faults.append(f"style={content[:60]!r}")
        if attributes.get("data-mention"):
            self._open.append((tag, str(attributes["data-mention"]), []))

    def handle_endtag(self, tag: str) -> None:
        self._style = False
        if self._open and self._open[-1][0] == tag:
            _, key, words = self._open.pop()
            self.quotes.append(Shown(key, "".join(words).strip()))

    def handle_data(self, data: str) -> None:
        if self._style and (match := _OUTSIDE.search(data)):
            self.faults.append(data[match.start() : match.start() + 60])
        for _, _, words in self._open:
            words.append(data)
