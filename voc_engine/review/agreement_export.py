"""The format "agreement.v1": how far coders agree, code by code, and every sentence on which they do not.

Unlike other formats it tells what people decided up to now, and not when the run was made: whoever codes blind does so
after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from typing import ClassVar

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.csv_folder import csv_of, rows_with
from voc_engine.exchange.result_sheets import Cell, Column, Sheet
from voc_engine.exchange.run_view import RunView
from voc_engine.review import second_coder
from voc_engine.review.material import Material
from voc_engine.review.overlay import Overlay
from voc_engine.review.second_coder import Comparison

FIGURES, DIFFERENCES = "agreement.csv", "differences.csv"
_FIGURES = tuple(map(Column, (
    "label", "sentences", "both", "only_first", "only_second", "neither", "same", "kappa", "kappa_low", "kappa_high",
    "alpha", "alpha_low", "alpha_high", "first", "second", "run",
)))  # fmt: skip
_DIFFERENCES = tuple(map(Column, (
    "sentence", "label", "first", "second", "first_says", "second_says", "settled", "person", "document", "place", "kind",
    "segment_id", "run",
)))  # fmt: skip


class AgreementTables:
    """Two files: figures per pair of coders and label, and the sentences on which the pair differs. The first of a pair is
    what stands (the machine's labels with all that people decided), or another coder."""

    name = "agreement.v1"
    does = "two CSV files: how far blind coders agree with what stands and with one another, and where they do not"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        pairs = _pairs(view)
        several = [(one, one.differences()) for one in pairs]
        files = (
            (FIGURES, figures_csv(pairs)),
            (DIFFERENCES, csv_of(Sheet("Differences", _DIFFERENCES, lambda: _differences(several)))),
        )
        left = NotCarried("findings, which are not what this format tells", len(view.insights))
        return Export(files, (left,), sum(len(found) for _, found in several))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if path.endswith(".csv"):
            for row in rows_with(content, "sentence", "segment_id"):
                yield Shown(row["segment_id"], row["sentence"])


def figures_csv(pairs: Iterable[Comparison]) -> bytes:
    """The figures of each pair, a row per label; empty cells where nobody gave it."""
    return csv_of(Sheet("Agreement", _FIGURES, lambda: (row for one in pairs for row in _figures(one))))


def _figures(pair: Comparison) -> Iterator[tuple[Cell, ...]]:
    run_id = pair.overlay.material.run_id
    for row in pair.rows():
        figures = row.figures
        measured = (figures.kappa, *figures.kappa_within, figures.alpha, *figures.alpha_within)
        cells = [f"{value:.4f}" if row.tells else "" for value in measured]
        neither = figures.n - row.both - row.one - row.other
        yield (row.name, figures.n, row.both, row.one, row.other, neither, f"{figures.same:.4f}", *cells, pair.first,
               pair.second, run_id)  # fmt: skip


def _differences(several: Iterable[tuple[Comparison, list[second_coder.Difference]]]) -> Iterator[tuple[Cell, ...]]:
    for pair, differences in several:
        for difference in differences:
            segment, document = difference.unit.segment, difference.unit.document
            says = ("yes", "no") if difference.first else ("no", "yes")
            yield (segment.text, difference.name, pair.first, pair.second, *says, difference.settled, segment.person_id,
                   document.source, document.locator, document.kind, segment.segment_id,
                   pair.overlay.material.run_id)  # fmt: skip


def _pairs(view: RunView) -> list[Comparison]:
    """What stands with every coder, then coders with one another; of the documents that the view has."""
    if view.workspace is None:
        return []
    overlay = Overlay(Material.load(view.workspace, view.run_id), view.workspace.decisions.in_force())
    coders = list(second_coder.answers(overlay.decisions))
    named = [*((second_coder.STANDING, coder) for coder in coders), *combinations(coders, 2)]
    documents = frozenset(view.evidence.documents)
    comparisons = (second_coder.comparison(overlay, *coder) for coder in named)
    return [replace(coder, documents=documents) for coder in comparisons if coder is not None]
