"""Courses over time: who voices which kind, and who speaks of which theme, by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from voc_engine.records import EVIDENCE_ROLES, MENTION_KINDS
from voc_engine.report import wording
from voc_engine.report.canvas import ACCENT, INK, MUTED, RULE, Canvas
from voc_engine.report.charts import NARROW, WIDE, Chart, drawn, kinds_chart
from voc_engine.report.evidence import Evidence

LEAST_MONTHS, MOST_MONTHS = 3, 36  # two points are no course
PANELS = 6  # a choice: small multiples of one page
FEW = 10  # people heard in a month, under which its share is drawn faintly


def kinds_over_time(evidence: Evidence) -> Chart | None:
    """People per kind and month; None where fewer than three months, or more than three years, are dated."""
    stamps = _stamps(evidence)
    months = _told_months(stamps)
    if not months:
        return None
    triples = {(one.kind, stamps[key], one.person_id) for key, one in evidence.mentions.items() if stamps[key]}
    return kinds_chart("kinds", _counted(triples), months, "month")


def kinds_by_channel(evidence: Evidence) -> Chart | None:
    """People per kind of mention and kind of document; None where nothing was mentioned."""
    triples = {
        (one.kind, _channel(evidence.documents[one.document_id].kind), one.person_id)
        for one in evidence.mentions.values()
    }
    columns = sorted({column for _, column, _ in triples})
    return kinds_chart("kinds", _counted(triples), columns, "channel") if columns else None


def themes_over_time(key: str, evidence: Evidence, names: Sequence[str]) -> Chart | None:
    """Share of those heard in a month who speak of a theme, for the first six of ``names``; counts where fewer than 30
    people were heard. None where there is no theme, or too few months are dated."""
    stamps = _stamps(evidence)
    months = _told_months(stamps)
    names = names[:PANELS]
    if not months or not names:
        return None
    speakers = _people_by_month(evidence)
    counted = {name: _of_theme(evidence, stamps, name) for name in names}
    small = len(evidence.people) < wording.SMALL_SAMPLE
    faint = f" Pale: fewer than {FEW} people were heard in that month." if not small else ""
    what = "People" if small else "Share of the people heard in a month"
    caption = (
        f"{what} who speak of the theme. All panels share one scale.{faint} Sources come and go between months, so a"
        " step here may be a changed mix of sources: what changed within its sources is told by itself."
    )
    title = "Leading themes, by month"
    rows = tuple(
        (wording.named(name), *(_cell(counted[name][month], speakers[month]) for month in months)) for name in names
    )
    drawings = drawn(key, title, caption, lambda narrow: _panels(counted, speakers, months, small, narrow))
    return Chart(title, caption, drawings, ("Theme", *map(wording.date, months)), rows)


def _stamps(evidence: Evidence) -> dict[str, str | None]:
    """Mention id -> month, None where it bears no date."""
    return {
        key: wording.month(one.created_at or evidence.documents[one.document_id].created_at)
        for key, one in evidence.mentions.items()
    }


def _told_months(stamps: dict[str, str | None]) -> list[str]:
    """Every month from the first to the last; empty where there are too few or too many, or half bears no date."""
    dated = sorted({stamp for stamp in stamps.values() if stamp})
    months = _months(dated[0], dated[-1]) if dated else []
    n_dated = sum(stamp is not None for stamp in stamps.values())
    return months if LEAST_MONTHS <= len(months) <= MOST_MONTHS and n_dated * 2 >= len(stamps) else []


def _months(first: str, last: str) -> list[str]:
    start, stop = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
    if stop - start > 12 * 100:  # one wrong date must not make a list of a million months
        return []
    return [f"{place // 12:04}-{place % 12 + 1:02}" for place in range(start, stop + 1)]


def _people_by_month(evidence: Evidence) -> Counter[str]:
    """Month -> people of whom there are words in it."""
    month = {key: wording.month(one.created_at) for key, one in evidence.documents.items()}
    pairs = {
        (one.person_id, month[one.document_id]) for one in evidence.segments.values() if one.role in EVIDENCE_ROLES
    }
    stamps = _stamps(evidence)
    pairs |= {(one.person_id, stamps[key]) for key, one in evidence.mentions.items()}
    return Counter(stamp for _, stamp in pairs if stamp)


def _of_theme(evidence: Evidence, stamps: dict[str, str | None], name: str) -> Counter[str]:
    inside = (mention for one in evidence.themes[name] for mention in evidence.members[one.insight_id])
    pairs = {(one.person_id, stamps[one.mention_id]) for one in inside}
    return Counter(stamp for _, stamp in pairs if stamp)


def _cell(value: int, total: int) -> str:
    return f"{wording.number(value)} of {wording.number(total)}" if total else "nobody heard"


def _panels(
    counted: dict[str, Counter[str]], speakers: Counter[str], months: Sequence[str], small: bool, narrow: bool
) -> Canvas:
    across = 2 if narrow else 3
    width, gap, height = (154.0, 28.0, 84.0) if narrow else (194.0, 29.0, 92.0)
    step = height + 54
    canvas = Canvas(NARROW if narrow else WIDE, -(-len(counted) // across) * step)
    values = {
        name: [found[month] / (1 if small else max(speakers[month], 1)) for month in months]
        for name, found in counted.items()
    }
    sure = [
        value
        for found in values.values()
        for value, month in zip(found, months, strict=True)
        if small or speakers[month] >= FEW
    ]
    most = max(sure, default=0.0) or max((value for found in values.values() for value in found), default=1.0) or 1.0
    for number, (name, shares) in enumerate(values.items()):
        x, y = (number % across) * (width + gap), (number // across) * step
        _panel(canvas, (x, y, width, height), name, shares, most, [small or speakers[month] >= FEW for month in months])
        base = y + 26 + height
        canvas.text(x, base + 12, wording.date(months[0]), 10.5, MUTED)
        canvas.text(x + width, base + 12, wording.date(months[-1]), 10.5, MUTED, "right")
        scale = wording.number(round(most)) if small else wording.percent(most)
        canvas.text(x + width, y + 25, scale if not number % across else "", 10.5, MUTED, "right")
    return canvas


def _panel(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    name: str,
    values: Sequence[float],
    most: float,
    sure: Sequence[bool],
) -> None:
    x, y, width, height = box
    room = int(width / 6.6)
    canvas.text(
        x, y + 9, wording.named(name) if len(name) <= room else wording.named(name)[: room - 1] + "…", 12.5, INK
    )
    base, tall = y + 26 + height, height - 6
    canvas.line([x, x + width], [base - tall, base - tall], RULE, 0.8)
    canvas.line([x, x + width], [base, base], RULE, 1)
    pitch = width / len(values)
    for number, value in enumerate(values):
        high = tall * min(value / most, 1.0)
        canvas.box(x + pitch * (number + 0.12), base - high, pitch * 0.76, high, ACCENT, 1.0 if sure[number] else 0.35)


def _channel(kind: str) -> str:
    return {"survey": "surveys"}.get(kind, wording.DOCUMENT_NAMES.get(kind, ("", kind))[1])


def _counted(triples: set[tuple[str, str | None, str]] | set[tuple[str, str, str]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {kind: {} for kind in MENTION_KINDS}
    for kind, column, _ in triples:
        row = counts.setdefault(kind, {})
        row[column or ""] = row.get(column or "", 0) + 1
    return counts
