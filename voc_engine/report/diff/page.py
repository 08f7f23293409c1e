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


def write(found: Difference) -> Iterator[tuple[str, bytes]]:
    """Files of the folder: the page, its style, and the JSON."""
    from voc_engine.report.rendering import environment

    assets = resources.files("voc_engine.report") / "assets"
    for asset in ("report.css", "report.js"):
        yield f"assets/{asset}", (assets / asset).read_bytes()
    page = environment().get_template("diff.html").render(
        found=found,
        told=[one for one in found.insights if one.told],
        themes=[one for one in found.themes if one.told],
        news=[one for one in found.insights if one.match == "new" and one.new_people > 1 and not one.told],
        gone=[one for one in found.insights if one.match == "gone" and one.old_people > 1 and not one.told],
        rest=[one for one in found.insights if one.match in ("kept", "split", "merged") and not one.told],
        headings=HEADINGS,
        folded=FOLDED,
        share=share,
        change=change,
        span=span,
    )  # fmt: skip
    yield "index.html", page.encode("utf-8", "xmlcharrefreplace")
    yield "diff.json", (json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n").encode()


def as_json(found: Difference) -> dict[str, Any]:
    """Everything that the page shows, for other programs. Shares are in [0, 1]; counts are of people."""
    return {
        "old": _side(found.old),
        "new": _side(found.new),
        "cautions": list(found.cautions),
        "channels": [{"channel": name, "old_people": old, "new_people": new} for name, old, new in found.channels],
        "personas": [_change(one) for one in found.personas],
        "themes": [_change(one) for one in found.themes],
        "insights": [_change(one) for one in found.insights],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "name": side.name, "run_id": side.run_id, "people": len(side.heard), "documents": side.documents,
        "first": side.first, "last": side.last,
    }  # fmt: skip


def _change(one: Change) -> dict[str, Any]:
    return {**asdict(one), "share": asdict(one.share) if one.share else None}


def share(value: int, total: int) -> str:
    """ "12% (41 of 340)", a count alone below thirty people."""
    counted = f"{wording.number(value)} of {wording.number(total)}"
    return counted if total < wording.SMALL_SAMPLE or not value else f"{wording.percent(value / total)} ({counted})"


def change(one: Change) -> str:
    """ "+8 points (3 to 13)", adjusted for the channels where that can be done; empty where shares were not compared."""
    if one.share is None or min(one.old_of, one.new_of) < wording.SMALL_SAMPLE:
        return ""
    adjusted = one.share.adjusted is not None
    middle, low, high = (
        (one.share.adjusted, one.share.adjusted_low, one.share.adjusted_high)
        if adjusted
        else (one.share.change, one.share.low, one.share.high)
    )
    return f"{_points(middle)} points ({_points(low)} to {_points(high)})"


def _points(value: float | None) -> str:
    return f"{100 * (value or 0.0):+.0f}".replace("-", "−").replace("+0", "0").replace("−0", "0")


def span(side: Side) -> str:
    """The dates of a side in words."""
    if not side.first or not side.last:
        return "no dates"
    return f"{wording.date(side.first)} to {wording.date(side.last)}"
