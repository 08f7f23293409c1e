"""Opinions by their target: ACOS (Cai et al. 2021) asks for the pairs, MAMS (Jiang et al. 2019) for a term's polarity."""

from __future__ import annotations

import re

from voc_engine.evaluation.sets.gold_file import Source, table, text_of, wrong
from voc_engine.evaluation.split import held_out, normalised
from voc_engine.evaluation.task import Examples, Row
from voc_engine.records import SENTIMENTS

IMPLIED = "NULL"
_BORDER = re.compile(r"[,;:.!?()]|\s[-–—]+\s|\b(?:but|though|although|however|while|whereas|and|yet)\b", re.IGNORECASE)


def pair(words: str, polarity: str) -> str:
    """The name of an aspect with its polarity: lower case, without punctuation; IMPLIED where it has no words."""
    return f"{normalised(words) or words.strip().lower() or IMPLIED} | {polarity}"


def acos(source: Source) -> tuple[Row, ...]:
    """Lines of a sentence and its opinions "from,to CATEGORY sentiment from,to" in words; -1,-1 is an implied aspect."""
    rows = []
    for number, line in enumerate(text_of(source.path).split("\n"), start=1):
        text, *opinions = line.rstrip("\r").split("\t")
        if not text.strip():
            continue
        words, pairs = text.split(), list[str]()
        for opinion in opinions:
            try:
                span, _, value, _ = opinion.split()
                start, end = map(int, span.split(","))
                pairs.append(pair(" ".join(words[start:end]) if start >= 0 else "", SENTIMENTS[int(value)]))
            except (ValueError, IndexError) as error:
                raise wrong(source.path, number, opinion, "give opinions as the set does") from error
        rows.append(Row(text, tuple(dict.fromkeys(pairs))))
    return tuple(rows)


def mams(source: Source) -> tuple[Row, ...]:
    """Terms (task ATSA) with the polarity they have in their sentence; the tenth set aside by sentence."""
    return tuple(row for row in _terms(source) if source.whole or held_out(row.text))


def mams_training(source: Source) -> Examples | None:
    """The part of each sentence that is about a term, with the term's polarity."""
    if source.whole:
        return None
    return [(row.plain, row.gold) for row in _terms(source) if not held_out(row.text)]


def _terms(source: Source) -> list[Row]:
    rows: list[Row] = []
    used: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(table(source.path, ("task", "text", "aspect", "polarity")), start=2):
        if row["task"] != "ATSA":
            continue
        if row["polarity"] not in SENTIMENTS:
            raise wrong(source.path, number, repr(row["polarity"]), f"known are {', '.join(SENTIMENTS)}")
        spans = used.setdefault(row["text"], [])
        span = _span_of(row["text"], row["aspect"], spans)
        if span is None:
            # The set's own slip: the sentence does not hold the words. The question is then the whole sentence's.
            span = 0, len(row["text"])
        else:
            spans.append(span)
        rows.append(Row(row["text"], (row["polarity"],), term=span, focus=about(row["text"], span)))
    return rows


def _span_of(text: str, term: str, used: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the term stands, past the places of earlier terms; None where its words are not found.

    The set writes "table s" for "tables" where it cut a word: white space in a term may be missing in the sentence.
    """
    words = r"\s*".join(re.escape(word) for word in term.split())
    for pattern in (rf"(?<!\w){words}(?!\w)", words):
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if all(match.end() <= start or end <= match.start() for start, end in used):
                return match.span()
    return None


def about(text: str, span: tuple[int, int]) -> str:
    """The clause round a span: from one comma, stop or conjunction to the next."""
    before = [match.end() for match in _BORDER.finditer(text, 0, span[0])]
    after = _BORDER.search(text, span[1])
    clause = text[before[-1] if before else 0 : after.start() if after else len(text)]
    return clause.strip() or text
