"""What the report's search page looks in: findings and every sentence, as one script file that works from disk, without
a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.report.document_pages import heading
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places

# Beyond so many characters a page would load too long: then only what was marked is looked in.
MOST_CHARACTERS = 20_000_000


@dataclass(frozen=True)
class SearchIndex:
    """``script`` sets ``vocSearch``: findings as [words, people, place], documents as [place, heading, source],
    sentences as [number of the document, person, words]. ``whole`` tells whether all text is in it."""

    script: str
    whole: bool
    n_sentences: int


def search_index(evidence: Evidence, places: Places, most: int = MOST_CHARACTERS) -> SearchIndex:
    """The same for the same run. Words of people who may not be quoted are not in it."""
    documents = sorted(evidence.documents.values(), key=lambda one: (one.source, one.document_id))
    numbers = {one.document_id: number for number, one in enumerate(documents)}
    whole = sum(len(one.text) for one in documents) <= most
    sentences = sorted(
        (numbers[key], at, person, words) for key, at, person, words in _texts(evidence, whole) if words != MARK
    )
    findings: list[list[object]] = [
        [one.title, one.n_people, place]
        for one in evidence.insights.values()
        if (place := places.insight(one.insight_id))
    ]
    told: dict[str, list[list[object]]] = {
        "findings": findings,
        "documents": [[places.document(one.document_id), heading(one), one.source] for one in documents],
        "sentences": [[number, person, words] for number, _, person, words in sentences],
    }
    lines = (f"{json.dumps(key)}:[\n{_rows(rows)}\n]" for key, rows in told.items())
    return SearchIndex("var vocSearch = {" + ",\n".join(lines) + "};\n", whole, len(sentences))


def _rows(rows: list[list[object]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)


def _texts(evidence: Evidence, whole: bool) -> Iterator[tuple[str, int, str, str]]:
    """(document, place, person, words): every sentence, and a text that was not cut into any; else what was marked."""
    if not whole:
        for mention in evidence.mentions.values():
            yield mention.document_id, mention.start, mention.person_id, " ".join(mention.quote.split())
        return
    cut = set()
    for one in evidence.segments.values():
        cut.add(one.document_id)
        if one.document_id in evidence.documents:
            yield one.document_id, one.start, one.person_id, " ".join(one.text.split())
    for document in evidence.documents.values():
        if document.document_id not in cut:
            yield document.document_id, 0, document.person_id, " ".join(document.text.split())
