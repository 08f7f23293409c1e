"""GoEmotions (Demszky et al. 2020), grouped after Ekman: comments with one or more of seven emotions."""

from __future__ import annotations

from pathlib import Path

from voc_engine.evaluation.sets.gold_file import Source, text_of, wrong
from voc_engine.evaluation.task import Examples, Row
from voc_engine.records import EMOTIONS

_LABELS, _TRAIN = "gold/goemotions-ekman-labels.txt", "gold/goemotions-ekman-train.tsv"


def read(source: Source) -> tuple[Row, ...]:
    """Lines of text, ids into the file of label names (beside the set, else in the gold folder), and a comment id."""
    return tuple(Row(text, labels, "post") for text, labels in _lines(source.path, _names(source)))


def training(source: Source) -> Examples | None:
    """The training split where the gold folder holds it: comments with one emotion, as one answer is asked for."""
    path = source.folder / _TRAIN
    if not path.is_file():
        return None
    return [(text, labels) for text, labels in _lines(path, _names(source)) if len(labels) == 1]


def _names(source: Source) -> list[str]:
    beside = source.path.parent / Path(_LABELS).name
    path = beside if beside.is_file() else source.folder / _LABELS
    names = text_of(path).split() if path.is_file() else []
    if not names or not set(names) <= set(EMOTIONS):
        raise wrong(path, 1, f"names {', '.join(names)}" if names else "no such file", "give the set's label names")
    return names


def _lines(path: Path, names: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    rows = []
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        ids = cells[1].split(",") if len(cells) > 1 else []
        if not ids or not all(one.isdigit() and int(one) < len(names) for one in ids):
            raise wrong(path, number, f"labels {ids}", f"labels are numbers from 0 to {len(names) - 1}")
        rows.append((cells[0], tuple(names[int(one)] for one in ids)))
    return rows
