"""The lines of a PDF's pages, by pypdf in a bounded child process (``ingest.bounded``); imports nothing of the package."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

PAGE_LIMIT = 2_000  # a choice: 1,000 pages take about 20 s; the longest books have fewer
OBJECT_LIMIT = 500_000  # a choice: 250 on each of 2,000 pages
# pypdf's own limits bound streams, filters, page tree, arrays and parsing work (pypdf.Configuration).
TEXT_LIMIT = 64_000_000


def run(data: bytes) -> dict[str, Any]:
    """{"pages": [[line, ...], ...], "title": ...} or {"fault": ..., "do": ...}."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        return {"fault": "the PDF is encrypted", "do": "save a copy without a password, for instance by printing it"}
    refused = _too_much(reader)
    if refused:
        return {"fault": refused, "do": "check its origin, or save it as text"}
    pages: list[list[str]] = []
    length = pictures = 0
    for page in reader.pages:
        text = page.extract_text()
        length += len(text)
        if length > TEXT_LIMIT:
            return {"fault": f"more than {TEXT_LIMIT:,} characters", "do": "split the file"}
        pages.append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n"))
        pictures += not text.strip() and _has_picture(page)
    return {"pages": pages, "pictures": pictures, "title": _title(reader)}


def _too_much(reader: Any) -> str:
    objects = sum(len(one) for one in reader.xref.values()) + len(reader.xref_objStm)
    if objects > OBJECT_LIMIT:
        return f"{objects:,} objects"
    count = len(reader.pages)
    return f"{count:,} pages" if count > PAGE_LIMIT else ""


def _has_picture(page: Any) -> bool:
    try:
        objects = page["/Resources"]["/XObject"].get_object()
        return any(objects[name].get_object().get("/Subtype") == "/Image" for name in list(objects)[:20])
    except Exception:
        # A page without resources, or damaged ones: then nobody can tell.
        return False


def _title(reader: Any) -> str:
    try:
        title = reader.metadata.title if reader.metadata else ""
        # What programs write where the author gave no title.
        return "" if str(title).strip("() ").casefold() in ("anonymous", "untitled", "none") else str(title)[:300]
    except Exception:
        # Damaged metadata are no reason to lose the talk.
        return ""
