"""Jira's texts: Atlassian Document Format (a tree of nodes) and wiki markup, to plain text with quotations marked "> "."""

from __future__ import annotations

import re
from typing import Any

from voc_engine.ingest.dates import from_epoch
from voc_engine.ingest.jsonscan import arr, obj, words

# Nodes whose content stands on lines of its own.
_BLOCKS = frozenset(
    ("doc", "paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "codeBlock", "panel", "rule",
     "table", "tableRow", "taskList", "taskItem", "decisionList", "decisionItem", "expand", "nestedExpand", "mediaSingle",
     "mediaGroup", "layoutSection", "layoutColumn"),
)  # fmt: skip
_QUOTE_BLOCK = re.compile(r"\{quote\}(.*?)\{quote\}", re.DOTALL)
_MENTION = re.compile(r"\[~(?:accountid:)?([^\]\s]{1,120})\]")


def plain_text(value: object) -> str:
    """Text of a description or comment, whether it is ADF, wiki markup or plain; "" for none.

    ADF: developer.atlassian.com/cloud/jira/platform/apis/document/structure.
    """
    if isinstance(value, dict):
        return re.sub(r"\n{3,}", "\n\n", _node(value)).strip("\n")
    return from_wiki(words(value)) if value is not None else ""


def from_wiki(text: str) -> str:
    """Wiki markup with {quote} and "bq." as lines that begin with "> "; all other marks stay as they are."""
    text = _QUOTE_BLOCK.sub(lambda match: "\n" + _quoted(match[1].strip("\r\n")) + "\n", text)
    text = re.sub(r"^bq\.\s+", "> ", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", _MENTION.sub(r"@\1", text)).strip()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line.strip() else line for line in text.split("\n"))


def _node(node: dict[str, Any]) -> str:
    kind, attrs = words(node.get("type")), obj(node.get("attrs"))
    if kind == "text":
        return words(node.get("text"))
    if kind == "hardBreak":
        return "\n"
    inner = "".join(_node(obj(child)) for child in arr(node.get("content")))
    if kind in ("expand", "nestedExpand") and attrs.get("title"):
        inner = f"{words(attrs['title'])}\n{inner}"
    if kind == "blockquote":
        inner = _quoted(inner.strip("\n"))
    if kind in ("tableCell", "tableHeader"):
        return inner.strip("\n") + " "
    if kind in _BLOCKS:
        return f"\n{inner}\n"
    return inner + _leaf(kind, attrs)


def _leaf(kind: str, attrs: dict[str, Any]) -> str:
    """Words of nodes that hold them as attributes: mentions, emoji, links, states, dates."""
    if kind == "date":
        moment = from_epoch(float(attrs["timestamp"])) if words(attrs.get("timestamp")).isdigit() else None
        return (moment or "")[:10]
    if kind in ("mention", "status", "placeholder"):
        return words(attrs.get("text"))
    if kind == "emoji":
        return words(attrs.get("text") or attrs.get("shortName"))
    return words(attrs.get("url")) if kind in ("inlineCard", "blockCard", "embedCard") else ""
