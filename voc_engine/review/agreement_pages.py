"""The pages of two coders: the blind pass, how far they agree, and the table that goes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from voc_engine.records import KIND_DEFINITIONS, MENTION_KINDS
from voc_engine.review import second_coder
from voc_engine.review.agreement_export import figures_csv
from voc_engine.review.overlay import Overlay

_LISTED = 200  # differences on the page


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that a coder may give."""

    id: str
    name: str
    definition: str


def blind_page(overlay: Overlay, coder: str, size: int) -> dict[str, Any]:
    """The next sentence of the sample that the coder has not answered, and nothing of what was said of it."""
    unanswered, every = second_coder.open_units(overlay, coder, size), second_coder.sample(overlay, size)
    choices = [Choice(one, second_coder.name_of_label(overlay, one), _definition(overlay, one))
               for one in second_coder.labels_asked(overlay)]  # fmt: skip
    return {"unit": second_coder.unit(overlay, unanswered[0]) if unanswered else None, "done": len(every) - len(unanswered),
            "total": len(every), "choices": choices}  # fmt: skip


def _definition(overlay: Overlay, label: str) -> str:
    return KIND_DEFINITIONS[label] if label in MENTION_KINDS else overlay.codes.codes[label].definition


def agreement_page(overlay: Overlay, first: str, second: str) -> dict[str, Any]:
    """Two coders held against each other: by default what stands against who coded last."""
    coders = list(second_coder.answers(overlay.decisions))
    second = second if second in coders else next(reversed(coders), "")
    comparison = second_coder.comparison(overlay, first or second_coder.STANDING, second)
    base = {"coders": coders, "first": first, "second": second, "rows": None, "differences": [], "open": 0, "n": 0}
    if comparison is None:
        return base
    differences = comparison.differences()
    return {**base, "rows": list(comparison.rows()), "differences": differences[:_LISTED], "n": len(comparison.segments),
            "open": sum(not one.settled for one in differences)}  # fmt: skip


def agreement_table(overlay: Overlay, first: str, second: str) -> bytes:
    """The figures of two coders as CSV, as 'voc export agreement' writes them."""
    coders = list(second_coder.answers(overlay.decisions))
    second = second if second in coders else next(reversed(coders), "")
    pair = second_coder.comparison(overlay, first or second_coder.STANDING, second)
    return figures_csv([] if pair is None else [pair])
