"""Markdown in which somebody's words stay words: nothing that they wrote becomes a mark, a link or a tag."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from voc_engine.exchange.contract import Shown
from voc_engine.exchange.plain_text import plain, shortened
from voc_engine.exchange.run_view import Quote
from voc_engine.exchange.said import said_by

LONGEST = 1900  # characters of one block: Notion cuts at 2,000
# Also hashtags, mentions and emoji by name, which trackers and notes make something of.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$@]|^=|:(?=[\w+-]+:))", re.MULTILINE)
_LIST = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SOURCE = re.compile(r"^> — .* · (\S+)$")


def escaped(words: str) -> str:
    """Words as Markdown that shows exactly them."""
    lines = (_LIST.sub(_list_mark, _MARKS.sub(r"\\\1", line)) for line in plain(words).splitlines())
    return "\n".join(lines)


def _list_mark(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\{match[3]}" if match[2] else f"{match[4]}\\{match[5]}"


def quoted(quote: Quote) -> str:
    """The words as a block quote, and below them who said it and the id."""
    lines = escaped(shortened(quote.words, LONGEST)).split("\n")
    words = "  \n".join(f"> {line}" for line in lines)
    return f"{words}\n>\n> — {escaped(said_by(quote))} · {quote.mention.mention_id}\n"


def front_matter(values: dict[str, object]) -> str:
    """YAML between lines of dashes; text as JSON strings, which are YAML."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items() if value is not None]
    return plain("\n".join(["---", *lines, "---", "", ""]))


def quotes_in(text: str) -> Iterator[Shown]:
    """Every quote of a text that ``quoted`` wrote."""
    yield from _quotes(text.split("\n"))


def _quotes(lines: Iterable[str]) -> Iterator[Shown]:
    words: list[str] = []
    for line in lines:
        match = _SOURCE.match(line)
        if match:
            yield Shown(match[1], _ESCAPED.sub(r"\1", "\n".join(words)).strip())
        if match or not line.startswith(">"):
            words = []
        else:
            words.append(line.removeprefix(">").removeprefix(" ").removesuffix("  "))
