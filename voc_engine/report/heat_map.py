"""Who says what: the leading findings by persona, shaded by the share of the persona."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from voc_engine.report import wording
from voc_engine.report.canvas import ACCENT, INK, MUTED, RULE, Canvas
from voc_engine.report.charts import NARROW, WIDE, Chart, drawn
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView

MOST_PERSONAS = 6  # a choice: columns that keep their names legible
DARKEST = 0.5  # ink stays readable on it
LETTERS = "ABCDEF"


def heat_map(key: str, evidence: Evidence, insights: Sequence[InsightView]) -> Chart | None:
    """None where there are fewer than two personas to compare, or no finding that any of them holds."""
    personas = list(evidence.personas.items())[:MOST_PERSONAS]
    rows = [one for one in insights if evidence.persona_people[one.insight.insight_id]]
    if len(personas) <= 1 or not rows:
        return None
    named = [(one.name, evidence.persona_size[key]) for key, one in personas]
    counts = [[evidence.persona_people[one.insight.insight_id].get(key, 0) for key, _ in personas] for one in rows]
    left_out = len(evidence.personas) - len(personas)
    caption = (
        "How many people of each persona say it. The shade is their share of the persona, the darkest cell the highest"
        " share here; personas of few people shade quickly, so read the counts."
        + (f" {wording.count(left_out, 'more persona')} not shown." if left_out else "")
    )
    title = "Findings by persona"
    cells = tuple(
        (one.insight.title, *(f"{count} of {size}" for count, (_, size) in zip(row, named, strict=True)))
        for one, row in zip(rows, counts, strict=True)
    )
    titles = [one.insight.title for one in rows]
    drawings = drawn(key, title, caption, lambda narrow: _grid(titles, named, counts, narrow))
    return Chart(title, caption, drawings, ("Finding", *(name for name, _ in named)), cells)


def _grid(
    titles: Sequence[str], named: Sequence[tuple[str, int]], counts: Sequence[Sequence[int]], narrow: bool
) -> Canvas:
    first = 150.0 if narrow else 232.0
    whole = NARROW if narrow else WIDE
    wide = (whole - first) / len(named)
    labels = [textwrap.wrap(one, 21 if narrow else 33, max_lines=2, placeholder=" …") or [""] for one in titles]
    heads = [
        [LETTERS[number]] if narrow else textwrap.wrap(name, max(int(wide / 6.9), 8), max_lines=4, placeholder=" …")
        for number, (name, _) in enumerate(named)
    ]
    keys = [line for number, (name, _) in enumerate(named) for line in _key(number, name)] if narrow else []
    top, step = 15.0 * max(map(len, heads)) + 24, 34.0
    canvas = Canvas(whole, top + step * len(titles) + 8 + 16 * len(keys) + (10 if keys else 0))
    for number, lines in enumerate(heads):
        x = first + wide * number + 4
        for line_number, line in enumerate(lines):
            canvas.text(x, top - 30 - 14 * (len(lines) - 1 - line_number), line, 11.5, INK)
        canvas.text(x, top - 13, wording.people(named[number][1]) if not narrow else str(named[number][1]), 11, MUTED)
    most = max(
        (count / max(size, 1) for row in counts for count, (_, size) in zip(row, named, strict=True)), default=1.0
    )
    for row, lines in enumerate(labels):
        y = top + step * row
        canvas.line([0, whole], [y, y], RULE, 0.8)
        for line_number, line in enumerate(lines):
            canvas.text(0, y + step / 2 + 14 * (line_number - (len(lines) - 1) / 2), line, 12)
        for number, count in enumerate(counts[row]):
            x = first + wide * number
            if count:
                share = count / max(named[number][1], 1) / (most or 1.0)
                canvas.box(x + 1, y + 1, wide - 2, step - 2, ACCENT, max(DARKEST * share, 0.04))
            canvas.text(x + 10, y + step / 2, str(count), 12.5, INK if count else MUTED)
    canvas.line([0, whole], [top + step * len(titles)] * 2, RULE, 0.8)
    for line_number, line in enumerate(keys):
        canvas.text(0, top + step * len(titles) + 22 + 16 * line_number, line, 11.5, MUTED)
    return canvas


def _key(number: int, name: str) -> list[str]:
    lines = textwrap.wrap(name, 48, max_lines=2, placeholder=" …") or [""]
    return [f"{LETTERS[number]}  {lines[0]}", *(f"     {line}" for line in lines[1:])]
