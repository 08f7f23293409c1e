"""Examples from the public sets marked "train": emotions, polarity, aspects, verb senses. Nothing else is read.

A tenth of each set (``held_out`` by its text), one product of the product reviews, and every sentence of the
evaluation set voc-dev stay out, so that the figures of ``voc evaluate`` are not remembered ones.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.sources import untokenised
from voc_engine.evaluation.split import held_out, normalised
from voc_engine.mentions.heads.labels import SENSES
from voc_engine.records import EMOTIONS, SENTIMENTS

HELD_PRODUCT = "Nikon"

_OPINION = re.compile(r"([^,\[\]]+?)\s*\[([+-]\d?)\]((?:\[[a-z]+\])*)")
_FELT = {"anger": 0, "disgust": 0, "fear": 0, "sadness": 0, "neutral": 1, "joy": 2}


@dataclass(frozen=True, slots=True)
class Example:
    """One text, with what stands before it (``before``), and what is known of it; what is None teaches nothing.

    ``emotions`` are indices into EMOTIONS; ``polarity`` is one into SENTIMENTS; ``kinds`` maps a kind to 0 or 1;
    ``severity`` is an index into SEVERITIES, ``whose`` one into HOLDERS, ``what`` a kind with its code of WHATS, and
    ``thing`` what it is about, in words of the text or of what stands before. ``aspects`` are (start, end, index into
    SENTIMENTS) in code points, all those of the text; ``verbs`` are (start, end, index into SENSES).
    """

    text: str
    emotions: tuple[int, ...] | None = None
    polarity: int | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    quadrant: int | None = None
    aspects: tuple[tuple[int, int, int], ...] | None = None
    verbs: tuple[tuple[int, int, int], ...] | None = None
    before: str = ""
    worth: int | None = None
    severity: int | None = None
    whose: int | None = None
    what: tuple[str, str] | None = None
    thing: str = ""


def evaluation_texts(data: Path) -> frozenset[str]:
    """Normalised sentences of voc-dev: some stand in the public sets too, and are taken out of them."""
    with (data / "gold/voc-dev.tsv").open(encoding="utf-8", newline="") as stream:
        return frozenset(normalised(line.rstrip("\n").split("\t")[7]) for line in list(stream)[1:])


def emotions(data: Path) -> list[Example]:
    """GoEmotions grouped after Ekman (Demszky et al. 2020); one clear emotion also tells the polarity."""
    names = (data / "gold/goemotions-ekman-labels.txt").read_text(encoding="utf-8").split()
    found = []
    with (data / "gold/goemotions-ekman-train.tsv").open(encoding="utf-8") as stream:
        for line in stream:
            text, ids, _ = line.rstrip("\n").split("\t")
            labels = [names[int(one)] for one in ids.split(",")]
            sides = {_FELT.get(label) for label in labels}
            side = sides.pop() if len(sides) == 1 else None
            found.append(Example(text, tuple(EMOTIONS.index(label) for label in labels), side))
    return found


def pros_and_cons(data: Path) -> list[Example]:
    """What stands under "cons" is a pain point and no delight, what stands under "pros" the reverse (Liu)."""
    found = []
    for row in _rows(data / "gold/pros-cons-train.csv"):
        if held_out(row["text"]):
            continue
        con = row["label"] == "con"
        kinds = (("pain_point", int(con)), ("delight", int(not con)))
        found.append(Example(row["text"], polarity=0 if con else 2, kinds=kinds))
    return found


def restaurant_aspects(data: Path) -> list[Example]:
    """MAMS: aspect terms with their polarity, two or more in a sentence that differ (Jiang et al. 2019)."""
    by_text: dict[str, list[tuple[int, int, int]]] = {}
    for row in _rows(data / "gold/mams-train.csv"):
        if row["task"] != "ATSA" or held_out(row["text"]):
            continue
        spans = by_text.setdefault(row["text"], [])
        if (span := _place(row["text"], row["aspect"], spans)) is not None:
            spans.append((*span, SENTIMENTS.index(row["polarity"])))
    return [Example(text, aspects=tuple(sorted(spans))) for text, spans in by_text.items()]


def product_opinions(data: Path) -> list[Example]:
    """Hu and Liu's reviews: features named in the sentence with the sign of their opinion; implied ones tell polarity."""
    found = []
    for row in _rows(data / "gold/product-review-features.csv"):
        if row["review_id"].startswith(HELD_PRODUCT) or held_out(row["sentence"]):
            continue
        text, spans, total, whole = row["sentence"], list[tuple[int, int, int]](), 0, True
        for name, sign, marks in _OPINION.findall(row["labels"]):
            value = int(sign + "1") if len(sign) == 1 else int(sign)
            total += value
            span = None if marks else _place(text, name.strip(), spans)
            whole = whole and span is not None
            if span is not None:
                spans.append((*span, 0 if value < 0 else 2))
        kinds = (
            (("pain_point", 1), ("delight", 0)) if total < 0 else (("pain_point", 0), ("delight", 1)) if total else ()
        )
        side = None if not total else 0 if total < 0 else 2
        found.append(Example(text, polarity=side, kinds=kinds, aspects=tuple(sorted(spans)) if whole else None))
    return found


def verb_senses(data: Path) -> list[Example]:
    """STREUSLE's verb supersenses, those of acts taken together (Schneider & Smith 2015)."""
    found = []
    with (data / "gold/streusle-train.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            sentence = json.loads(line)
            text = untokenised(sentence["words"])
            spans, after = list[tuple[int, int, int]](), 0
            for verb in sentence["verbs"]:
                word = verb["surface"].replace("_", " ").replace("~", " ").strip()
                start = text.find(word, after)
                sense = verb["ss"].removeprefix("v.")
                if start >= 0 and word:
                    after = start + len(word)
                    spans.append((start, after, SENSES.index(sense) if sense in SENSES else len(SENSES) - 1))
            found.append(Example(text, verbs=tuple(spans)))
    return found


def _place(text: str, name: str, taken: Sequence[tuple[int, int, int]]) -> tuple[int, int] | None:
    """Where the name stands as whole words, past the places that are taken."""
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        if all(match.end() <= start or end <= match.start() for start, end, _ in taken):
            return match.start(), match.end()
    return None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
