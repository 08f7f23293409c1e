"""What the report's search page looks in: findings and every sentence, as one script file that works from disk, without
a server; and what lies near to a word in meaning, so that "refund" finds "money back"."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.language.near_words import Near, near_words
from voc_engine.language.stop_words import stop_words
from voc_engine.privacy.withholding import MARK
from voc_engine.report.document_pages import heading
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places


@dataclass(frozen=True)
class SearchIndex:
    """``script`` sets ``vocSearch``: findings as [words, people, place], documents as [place, heading, source], sentences as
    [number of the document, person, words]; "own" are words of the study, "near" tells of a word those near to it, as places
    in "own" and hundredths in turn; "little" are words that a search by meaning need not find.

    ``whole`` tells whether all text is in it, ``cut`` whether not even all quotes are.
    """

    script: str
    whole: bool
    n_sentences: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """Words that are looked in, and where they stand."""

    document_id: str
    at: int
    person_id: str
    words: str


def search_index(evidence: Evidence, places: Places, most: int) -> SearchIndex:
    """The same for the same run. Words of people who may not be quoted are not in it. Beyond ``most`` characters a page
    would load too long: then only what was marked is looked in, findings in their order, as far as it goes."""
    documents = sorted(evidence.documents.values(), key=lambda one: (one.source, one.document_id))
    numbers = {one.document_id: number for number, one in enumerate(documents)}
    whole = sum(len(one.text) for one in documents) <= most
    lines = list(_sentences(evidence) if whole else _within(_quotes(evidence), most))
    cut = not whole and len(lines) < len(evidence.mentions)
    rows = sorted((numbers[one.document_id], one.at, one.person_id, one.words) for one in lines if one.words != MARK)
    findings: list[list[object]] = [
        [one.title, one.n_people, href]
        for one in evidence.insights.values()
        if (href := places.insight(one.insight_id))
    ]
    entries: dict[str, list[list[object]]] = {
        "findings": findings,
        "documents": [[places.document(one.document_id), heading(one), one.source] for one in documents],
        "sentences": [[number, person, words] for number, _, person, words in rows],
    }
    if not whole:
        entries["documents"] = _named_alone(entries["documents"], {number for number, *_ in rows})
    near = near_words(words for *_, words in rows)
    parts = [f"{json.dumps(key)}:[\n{_rows(rows)}\n]" for key, rows in entries.items()]
    return SearchIndex("var vocSearch = {" + ",\n".join([*parts, *_meaning(near)]) + "};\n", whole, len(rows), cut)


def _meaning(near: Near) -> Iterator[str]:
    of = {word: [value for pair in several for value in pair] for word, several in near.of.items()}
    for key, value in (("own", near.own), ("near", of), ("little", sorted(stop_words()) if of else [])):
        yield f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"


def _named_alone(documents: list[list[object]], named: set[int]) -> list[list[object]]:
    """What no sentence names need not be told."""
    return [one if number in named else [] for number, one in enumerate(documents)]


def _rows(rows: list[list[object]]) -> str:
    return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)


def _sentences(evidence: Evidence) -> Iterator[_Line]:
    """Every sentence, and a text that was not cut into any."""
    cut = set()
    for segment in evidence.segments.values():
        cut.add(segment.document_id)
        if segment.document_id in evidence.documents:
            yield _Line(segment.document_id, segment.start, segment.person_id, " ".join(segment.text.split()))
    for document in evidence.documents.values():
        if document.document_id not in cut:
            yield _Line(document.document_id, 0, document.person_id, " ".join(document.text.split()))


def _quotes(evidence: Evidence) -> Iterator[_Line]:
    """What was marked: that of the first findings first, then what is in none."""
    of_findings = [one for key in evidence.insights for one in evidence.members.get(key, ())]
    placed = {one.mention_id for one in of_findings}
    for mention in (*of_findings, *(one for key, one in evidence.mentions.items() if key not in placed)):
        yield _Line(mention.document_id, mention.start, mention.person_id, " ".join(mention.quote.split()))


def _within(lines: Iterator[_Line], most: int) -> Iterator[_Line]:
    """As many as have no more characters than these in all."""
    for one in lines:
        most -= len(one.words)
        if most < 0:
            return
        yield one
