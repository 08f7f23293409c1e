"""The comparison as a page that works from disk, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib import resources
from typing import Any

from voc_engine.report import wording
from voc_engine.report.diff.compare import Change, Difference
from voc_engine.report.diff.sides import Side

FOLDED = 40  # changes of a list that are shown at once
HEADINGS = {
    "kept": "in both", "split": "fell apart", "merged": "grew together", "new": "new", "gone": "gone",
}  # fmt: skip


def write(difference: Difference) -> Iterator[tuple[str, bytes]]:
    """Files of the folder: the page, its style, and the JSON."""
    from voc_engine.report.rendering import environment

    assets = resources.files("voc_engine.report") / "assets"
    for asset in ("report.css", "report.js"):
        yield f"assets/{asset}", (assets / asset).read_bytes()
    page = environment().get_template("diff.html").render(
        found=difference,
        told=[one for one in difference.insights if one.told],
        themes=[one for one in difference.themes if one.told],
        news=[one for one in difference.insights if one.match == "new" and one.new_people > 1 and not one.told],
        gone=[one for one in difference.insights if one.match == "gone" and one.old_people > 1 and not one.told],
        rest=[one for one in difference.insights if one.match in ("kept", "split", "merged") and not one.told],
        headings=HEADINGS,
        folded=FOLDED,
        share=share,
        change=change,
        span=span,
    )  # fmt: skip
    yield "index.html", page.encode("utf-8", "xmlcharrefreplace")
    yield "diff.json", (json.dumps(as_json(difference), ensure_ascii=False, indent=1) + "\n").encode()


def as_json(difference: Difference) -> dict[str, Any]:
    """Everything that the page shows, for other programs. Shares are in [0, 1]; counts are of people."""
    return {
        "old": _side(difference.old),
        "new": _side(difference.new),
        "cautions": list(difference.cautions),
        "channels": [{"channel": name, "old_people": old, "new_people": new} for name, old, new in difference.channels],
        "personas": [_change(one) for one in difference.personas],
        "themes": [_change(one) for one in difference.themes],
        "insights": [_change(one) for one in difference.insights],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name, "run_id": side.run_id, "people": len(side.heard), "documents": side.documents,
        "first": side.first, "last": side.last,
    }  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    return {**asdict(change), "share": asdict(change.share) if change.share else None}


def share(value: int, total: int) -> str:
    """ "12% (41 of 340)", a count alone below thirty people."""
    counted = f"{wording.number(value)} of {wording.number(total)}"
    return counted if total < wording.SMALL_SAMPLE or not value else f"{wording.percent(value / total)} ({counted})"


def change(compared: Change) -> str:
    """ "+8 points (3 to 13)", adjusted for the channels where that can be done; empty where shares were not compared."""
    if compared.share is None or min(compared.old_of, compared.new_of) < wording.SMALL_SAMPLE:
        return ""
    adjusted = compared.share.adjusted is not None
    middle, low, high = (
        (compared.share.adjusted, compared.share.adjusted_low, compared.share.adjusted_high)
        if adjusted
        else (compared.share.change, compared.share.low, compared.share.high)
    )
    return f"{_points(middle)} points ({_points(low)} to {_points(high)})"


def _points(value: float | None) -> str:
    return f"{100 * (value or 0.0):+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def span(side: Side) -> str:
    """The dates of a side in words."""
    if not side.first or not side.last:
        return "no dates"
    return f"{wording.date(side.first)} to {wording.date(side.last)}"
