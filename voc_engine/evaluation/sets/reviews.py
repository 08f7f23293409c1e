"""Product reviews by sentence (Hu & Liu 2004) and what reviewers wrote under pros and cons (Liu)."""

from __future__ import annotations

import re

from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.split import held_out
from voc_engine.evaluation.task import Examples, Row

# One product is set aside whole, beside the tenth by sentence: its words are in no training sentence.
PRODUCT_APART = "Nikon"
_OPINION = re.compile(r"\[([+-]\d?)\]")


def signs(source: Source) -> tuple[Row, ...]:
    """Sentences whose feature opinions do not add up to nothing, with the sign of their sum; those set aside."""
    return tuple(Row(text, (sign,)) for text, sign, apart in _sentences(source) if apart or source.whole)


def signs_training(source: Source) -> Examples | None:
    """The sentences that are not set aside, of the file under its public name."""
    if source.whole:
        return None
    return [(text, (sign,)) for text, sign, apart in _sentences(source) if not apart]


def _sentences(source: Source) -> list[tuple[str, str, bool]]:
    sentences = []
    for row in table(source.path, ("review_id", "labels", "sentence")):
        total = sum(int(mark + "1") if len(mark) == 1 else int(mark) for mark in _OPINION.findall(row["labels"]))
        if total:
            apart = row["review_id"].startswith(PRODUCT_APART) or held_out(row["sentence"])
            sentences.append((row["sentence"], "positive" if total > 0 else "negative", apart))
    return sentences


def pros_cons(source: Source) -> tuple[Row, ...]:
    """Texts under "cons" are pain points, those under "pros" delights; the tenth set aside."""
    return tuple(Row(text, (kind,), "survey") for text, kind in _sides(source) if source.whole or held_out(text))


def pros_cons_training(source: Source) -> Examples | None:
    if source.whole:
        return None
    return [(text, (kind,)) for text, kind in _sides(source) if not held_out(text)]


def _sides(source: Source) -> list[tuple[str, str]]:
    kinds = {"con": "pain_point", "pro": "delight"}
    sides = []
    for number, row in enumerate(table(source.path, ("label", "text")), start=2):
        if row["label"] not in kinds:
            raise wrong(source.path, number, repr(row["label"]), "labels are pro and con")
        sides.append((row["text"], kinds[row["label"]]))
    return sides
