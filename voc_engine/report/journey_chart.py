"""The journey of everybody heard: how many tell of each stage, and where trouble and praise are voiced."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from voc_engine.personas.disclosed import JOURNEY
from voc_engine.records import HARMS
from voc_engine.report import wording
from voc_engine.report.canvas import INK, KIND_COLOURS, MUTED, RULE, Canvas
from voc_engine.report.charts import NARROW, WIDE, Chart, drawn
from voc_engine.report.evidence import Evidence

TROUBLE, PRAISE = HARMS, ("delight",)
LEAST_STAGES, LEAST_PEOPLE = 3, 3  # two stages are no course, and two people no curve; a choice


@dataclass(frozen=True, slots=True)
class Stop:
    """``n_people`` tell of the stage; of them ``n_trouble`` voice a pain point or objection, and ``n_praise`` a delight, in
    a sentence that tells of it."""

    name: str
    n_people: int
    n_trouble: int
    n_praise: int


def journey_chart(key: str, evidence: Evidence) -> Chart | None:
    """None where fewer than three stages are told of by three people: that is no way."""
    stops = journey(evidence)
    if sum(one.n_people >= LEAST_PEOPLE for one in stops) < LEAST_STAGES:
        return None
    caption = (
        "The number on the line is how many people tell of the stage, in words that are read surely enough. Above it: how"
        " many of them praise in the same sentences; below: how many voice a pain point or an objection there. Most people"
        " are never asked about most stages: a low count is no smooth way."
    )
    title = "Stages of the journey"
    rows = tuple(
        (wording.sentence(one.name), *map(wording.number, (one.n_people, one.n_praise, one.n_trouble))) for one in stops
    )
    drawings = drawn(key, title, caption, lambda narrow: _down(stops) if narrow else _across(stops))
    return Chart(title, caption, drawings, ("Stage", "People who tell of it", "Praise", "Trouble"), rows)


def journey(evidence: Evidence) -> list[Stop]:
    """Every stage in its order; each counts people of whom it is told in a source where the field is read well."""
    fields = {field: stage for stage, several in JOURNEY.items() for field in several}
    tellers: dict[str, set[str]] = defaultdict(set)
    for disclosure in evidence.disclosures.values():
        if disclosure.field in fields and disclosure.field in evidence.fields_in.get(
            disclosure.segment_id, frozenset()
        ):
            tellers[fields[disclosure.field]].add(disclosure.person_id)
    voiced: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for mention in evidence.mentions.values():
        if mention.kind in (*TROUBLE, *PRAISE):
            for field in evidence.fields_in.get(mention.segment_id, frozenset()):
                if field in fields:
                    voiced[fields[field], mention.kind in PRAISE].add(mention.person_id)
    return [
        Stop(
            stage,
            len(tellers[stage]),
            len(voiced[stage, False] & tellers[stage]),
            len(voiced[stage, True] & tellers[stage]),
        )
        for stage in JOURNEY
    ]


def _across(stops: list[Stop]) -> Canvas:
    canvas = Canvas(WIDE, 236)
    wide, middle, room = WIDE / len(stops), 112.0, 62.0
    most = max(max(one.n_trouble, one.n_praise) for one in stops) or 1
    canvas.line([wide / 2, WIDE - wide / 2], [middle, middle], RULE, 2)
    for number, stop in enumerate(stops):
        x = wide * (number + 0.5)
        canvas.text(x, 10, wording.sentence(stop.name), 12, INK if stop.n_people else MUTED, "center")
        for value, kind, way in ((stop.n_praise, PRAISE[0], -1), (stop.n_trouble, TROUBLE[0], 1)):
            high = room * value / most
            if value:
                canvas.box(x - 11, middle + 13 if way > 0 else middle - 13 - high, 22, high, KIND_COLOURS[kind], 0.85)
                canvas.text(x, middle + way * (22 + high), wording.number(value), 11.5, INK, "center")
        canvas.dot(x, middle, "ring", INK if stop.n_people else RULE, 12.5)
        canvas.text(x, middle, wording.number(stop.n_people), 11.5, INK if stop.n_people else MUTED, "center")
    _key(canvas, 222)
    return canvas


def _down(stops: list[Stop]) -> Canvas:
    step, middle, room = 34.0, 214.0, 78.0
    canvas = Canvas(NARROW, step * len(stops) + 46)
    most = max(max(one.n_trouble, one.n_praise) for one in stops) or 1
    canvas.line([middle, middle], [step / 2, step * (len(stops) - 0.5)], RULE, 2)
    for number, stop in enumerate(stops):
        y = step * (number + 0.5)
        canvas.text(0, y, wording.sentence(stop.name), 12.5, INK if stop.n_people else MUTED)
        for value, kind, way in ((stop.n_praise, PRAISE[0], 1), (stop.n_trouble, TROUBLE[0], -1)):
            wide = room * value / most
            if value:
                canvas.box(middle + 14 if way > 0 else middle - 14 - wide, y - 8, wide, 16, KIND_COLOURS[kind], 0.85)
                align = "left" if way > 0 else "right"
                canvas.text(middle + way * (18 + wide), y, wording.number(value), 11.5, INK, align)
        canvas.dot(middle, y, "ring", INK if stop.n_people else RULE, 12.5)
        canvas.text(middle, y, wording.number(stop.n_people), 11.5, INK if stop.n_people else MUTED, "center")
    _key(canvas, step * len(stops) + 28)
    return canvas


def _key(canvas: Canvas, y: float) -> None:
    x = 0.0
    for kind, word in ((PRAISE[0], "praise"), (TROUBLE[0], "trouble")):
        canvas.box(x, y - 5.5, 11, 11, KIND_COLOURS[kind], 0.85)
        canvas.text(x + 17, y, word, 11.5, MUTED)
        x += 84
