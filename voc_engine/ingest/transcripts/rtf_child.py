"""Rich text to plain text in a bounded child process (see ``ingest.bounded``); imports nothing of the package."""

from __future__ import annotations

import re
from typing import Any

from striprtf.striprtf import rtf_to_text

# Groups whose words nobody spoke: set aside and counted instead of dropped by the converter.
_ASIDE = {
    "deleted": "deleted text",
    "header": "page header",
    "headerl": "page header",
    "headerr": "page header",
    "headerf": "page header",
    "footer": "page footer",
    "footerl": "page footer",
    "footerr": "page footer",
    "footerf": "page footer",
    "footnote": "footnote",
    "annotation": "comment",
}
_TOKEN = re.compile(
    r"\{(?:\\\*)?\\(?P<what>deleted|header[lrf]?|footer[lrf]?|footnote|annotation)(?![a-z])|(?P<escaped>\\.)|(?P<brace>[{}])",
    re.DOTALL,
)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_DEPTH_LIMIT = 10_000


def _encoding(data: bytes) -> str:
    match = _CODE_PAGE.search(data[:4096])
    name = f"cp{int(match[1])}" if match else "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def split(rtf: str) -> tuple[str, list[tuple[str, str]]]:
    """(the text without the groups that are set aside, those as (reason, group)). Raises ValueError for deep nesting."""
    texts: list[str] = []
    aside: list[tuple[str, str]] = []
    depth, at, opened, reason, opened_depth = 0, 0, 0, "", 0
    for token in _TOKEN.finditer(rtf):
        if token["escaped"]:
            continue
        depth += -1 if token["brace"] == "}" else 1
        if depth > _DEPTH_LIMIT:
            raise ValueError(f"groups nested more than {_DEPTH_LIMIT} deep")
        if token["what"] and not reason:
            texts.append(rtf[at : token.start()])
            opened, reason, opened_depth = token.start(), _ASIDE[token["what"]], depth
        elif reason and token["brace"] == "}" and depth < opened_depth:
            aside.append((reason, rtf[opened : token.end()]))
            at, reason = token.end(), ""
    # A group that is never closed is no group.
    texts.append(rtf[opened if reason else at :])
    return "".join(texts), aside


def _plain(rtf: str, encoding: str) -> str:
    text: str = rtf_to_text(rtf, encoding=encoding, errors="replace")
    # Characters outside the basic plane stand in RTF as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\xad", "").replace("\x00", "")
    # The converter ends a table cell with a bar; cells become columns like those of a text file.
    return re.sub(r"\|(?=\n|$)", "", text).replace("|", "\t") if "\\cell" in rtf else text


def run(data: bytes) -> dict[str, Any]:
    """{"text": ..., "aside": [[reason, text], ...]}."""
    encoding = _encoding(data)
    body, aside = split(data.decode(encoding, "replace"))
    groups = [[reason, _plain("{\\rtf1 " + re.sub(r"^\{(?:\\\*)?\\[a-z]+-?\d*", "{", group) + "}", encoding).strip()]
             for reason, group in aside]  # fmt: skip
    return {"text": _plain(body, encoding), "aside": [pair for pair in groups if pair[1]]}
