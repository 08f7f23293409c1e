"""The pages of two coders: the blind pass, how far they agree, and the table that goes out."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from voc_engine.records import KIND_DEFINITIONS, MENTION_KINDS
from voc_engine.records.spreadsheet import guarded
from voc_engine.review import second_coder
from voc_engine.review.overlay import Overlay

_LISTED = 200  # differences on the page
_HEAD = (
    "label", "sentences", "both", "only_first", "only_second", "neither", "same", "kappa", "kappa_low", "kappa_high",
    "alpha", "alpha_low", "alpha_high", "first", "second", "run",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that a coder may give."""

    id: str
    name: str
    definition: str


def blind_page(overlay: Overlay, coder: str, size: int) -> dict[str, Any]:
    """The next sentence of the sample that the coder has not answered, and nothing of what was said of it."""
    left, every = second_coder.open_units(overlay, coder, size), second_coder.sample(overlay, size)
    choices = [Choice(one, second_coder.name_of_label(overlay, one), _definition(overlay, one))
               for one in second_coder.asked(overlay)]  # fmt: skip
    return {"unit": second_coder.unit(overlay, left[0]) if left else None, "done": len(every) - len(left),
            "total": len(every), "choices": choices}  # fmt: skip


def _definition(overlay: Overlay, label: str) -> str:
    return KIND_DEFINITIONS[label] if label in MENTION_KINDS else overlay.codes.codes[label].definition


def agreement_page(overlay: Overlay, first: str, second: str) -> dict[str, Any]:
    """Two coders held against each other: by default what stands against who coded last."""
    coders = list(second_coder.answers(overlay.decisions))
    second = second if second in coders else next(reversed(coders), "")
    found = second_coder.comparison(overlay, first or second_coder.STANDING, second)
    base = {"coders": coders, "first": first, "second": second, "rows": None, "differences": [], "open": 0, "n": 0}
    if found is None:
        return base
    differences = found.differences()
    return {**base, "rows": list(found.rows()), "differences": differences[:_LISTED], "n": len(found.segments),
            "open": sum(not one.settled for one in differences)}  # fmt: skip


def agreement_table(overlay: Overlay, first: str, second: str) -> str:
    """The figures as CSV; empty cells where a label tells nothing."""
    page, sink = agreement_page(overlay, first, second), io.StringIO(newline="")
    rows = csv.writer(sink)
    rows.writerow(_HEAD)
    for one in page["rows"] or ():
        own = one.figures
        measured = (own.kappa, *own.kappa_within, own.alpha, *own.alpha_within)
        told = [f"{value:.4f}" if one.tells else "" for value in measured]
        neither = own.n - one.both - one.one - one.other
        coders = (guarded(first or second_coder.STANDING), guarded(page["second"]))
        rows.writerow([guarded(one.name), own.n, one.both, one.one, one.other, neither, f"{own.same:.4f}", *told, *coders,
                       overlay.material.run_id])  # fmt: skip
    return sink.getvalue()
