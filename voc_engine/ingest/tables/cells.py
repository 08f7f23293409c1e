"""A cell's text as a person reads it: without HTML, entities or forum codes; quotations as lines that begin with ">"."""

from __future__ import annotations

import html
import re

from voc_engine.ingest.markup import html_to_text, looks_like_html

# Only what exporters write: "&copy" typed by a person stays.
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#0?39|#x27|#34|#8217|#8220|#8221);")
_QUOTE = re.compile(r"\[quote(?:=[^\]]*)?\](?P<said>(?:(?!\[/?quote).)*)\[/quote\]", re.IGNORECASE | re.DOTALL)
_QUOTE_MARK = re.compile(r"\[/?quote(?:=[^\]]*)?\]", re.IGNORECASE)
_CODES = re.compile(
    r"\[/?(?:b|i|u|s|url|img|color|size|font|center|list|\*|code|spoiler|email|attachment|youtube|left|right)"
    r"(?:[=:][^\]\n]{0,300})?\]",
    re.IGNORECASE,
)


# Slack's links, channels and people: "<https://a.example|the page>", "<#C02|help>", "<@U01AA>".
_SLACK = re.compile(r"<(?:[@!][^<>|\s]{1,80}(?:\|@?(?P<who>[^<>]{0,80}))?|#C[A-Z0-9]{2,20}(?:\|(?P<room>[^<>]{0,80}))?|"
                    r"(?:https?://|mailto:)[^<>|\s]{1,2000}\|(?P<label>[^<>]{1,300}))>")  # fmt: skip


def plain(text: str) -> str:
    """The words of a cell; HTML, BBCode and Slack's marks made plain, the entities of exporters decoded."""
    if "<" in text:
        text = _SLACK.sub(lambda match: match["label"] or match["who"] or match["room"] or "", text).strip()
    if looks_like_html(text):
        text = html_to_text(text)
    elif "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\xa0", " "), text)
    return without_codes(text) if "[/" in text else text


def without_codes(text: str) -> str:
    """BBCode made plain, as phpBB and Discourse store it; what stands in [quote] becomes lines that begin with "> "."""
    for _ in range(20):
        text, n_quotes = _QUOTE.subn(_quoted, text)
        if not n_quotes:
            break
    text = _CODES.sub("", _QUOTE_MARK.sub("", text))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _quoted(match: re.Match[str]) -> str:
    lines = [line.strip() for line in match["said"].strip().split("\n")]
    return "\n" + "\n".join(f"> {line}" for line in lines if line) + "\n"
