"""The overview page's figures: who was heard, what hurts most, whom, how sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from voc_engine.personas.aims import is_errand
from voc_engine.records import Insight
from voc_engine.report import wording
from voc_engine.report.cautions import Caution
from voc_engine.report.changes import ChangeView, changing
from voc_engine.report.charts import Chart
from voc_engine.report.evidence import Evidence
from voc_engine.report.first_screen import FirstScreen, first_screen
from voc_engine.report.heat_map import heat_map
from voc_engine.report.hurts import Hurts, hurts
from voc_engine.report.journey_chart import journey_chart
from voc_engine.report.over_time import kinds_by_channel, kinds_over_time, themes_over_time
from voc_engine.report.quotes import InsightView, Quotes
from voc_engine.report.reach_map import reach_map
from voc_engine.report.report_frame import Frame
from voc_engine.report.summary import LEADS_TO, SURE, Line, summary
from voc_engine.report.themes import ThemesView
from voc_engine.report.worded_alike import worded_alike

LEADING, LISTED = 10, 4  # a choice: problems and, of other kinds, findings that open the report
_LEAST = 0.5  # more likely than not
_SHARED_BY, _OF_FEW = 3, 2  # people; of the demo's findings of two that pleased, the one that led was no praise

# What a team can act on: one finding holds who complains of a lack, who asks for it, and who stays away for it.
PROBLEMS = ("pain_point", "objection", "request")
SHORTLISTS = (
    ("goal", "What they want", "Goals: what people are trying to get done."),
    ("objection", "What stops them", "Objections: reasons not to buy, renew or switch."),
    ("request", "What they ask for", "Requests: wishes about the product."),
    ("delight", "What delights them", "Delights: expectations met or passed."),
    ("trigger", "What set them looking", "Triggers: events that started a search."),
)


@dataclass(frozen=True, slots=True)
class Shortlist:
    kind: str
    heading: str
    note: str
    insights: tuple[InsightView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Overview:
    figures: tuple[tuple[str, str], ...]
    mix: tuple[str, ...]
    dates: str
    bars: str
    summary: tuple[Line, ...]
    hurts: Hurts
    problems: tuple[InsightView, ...]
    more_problems: int
    lists: tuple[Shortlist, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page has beyond the overview's figures: its first screen, its sections in order, and charts by the section
    that shows them."""

    first: FirstScreen
    sections: tuple[str, ...]
    brief: tuple[Line, ...]
    charts: dict[str, Chart]


def overview(evidence: Evidence, quotes: Quotes) -> Overview:
    hurting = hurts(evidence, quotes)
    problems = [quotes.fuller(one) for one in foremost(evidence, *PROBLEMS)[:LEADING]]
    lists = tuple(_shortlist(evidence, quotes, *one) for one in SHORTLISTS)
    return Overview(
        figures=_figures(evidence),
        mix=channel_mix(evidence),
        dates=wording.date_range([one.created_at for one in evidence.documents.values() if one.created_at]),
        bars=quotes.bars,
        summary=summary(
            evidence,
            quotes.places,
            hurting,
            problems,
            {one.kind: first for one in lists if (first := _first_shared(evidence, one.insights))},
        ),
        hurts=hurting,
        problems=tuple(problems),
        more_problems=len(evidence.of_kind(*PROBLEMS)) - len(problems),
        lists=tuple(one for one in lists if one.insights),
        changes=changing(evidence, quotes),
    )


def opening(
    view: Overview, evidence: Evidence, quotes: Quotes, frame: Frame, themes: ThemesView, cautions: list[Caution]
) -> Opening:
    """Where a small study is told by thing and side, what they speak of goes before single voices."""
    first = first_screen(evidence, quotes, frame, view.problems, cautions)
    repeated = {*LEADS_TO, SURE} if first.finding else {SURE}
    charts = {
        "reach_map": reach_map("reach", view.problems, max(quotes.total, 1)),
        "over_time": themes_over_time("themes", evidence, [one.name for one in themes.leading]),
        "heat": heat_map("heat", evidence, view.problems),
        "journey": journey_chart("journey", evidence),
        "voiced": kinds_over_time(evidence) or kinds_by_channel(evidence),
    }
    return Opening(
        first=first,
        sections=themes_first(frame.sections) if themes.by_side else frame.sections,
        brief=tuple(one for one in view.summary if one.lead not in repeated),
        charts={key: chart for key, chart in charts.items() if chart},
    )


def themes_first(sections: tuple[str, ...]) -> tuple[str, ...]:
    """The sections with the themes before the findings."""
    rest = [one for one in sections if one != "themes"]
    rest.insert(rest.index("problems"), "themes")
    return tuple(rest)


def _figures(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    sources = len(evidence.study.sources) or len({one.source for one in evidence.documents.values()})
    pairs = (
        (len(evidence.people), "person"),
        (len(evidence.documents), "document"),
        (len(evidence.segments), "sentence"),
        (len(evidence.mentions), "quote"),
        (sources, "source"),
    )
    return tuple((wording.number(value), wording.noun(value, one)) for value, one in pairs)


def channel_mix(evidence: Evidence) -> tuple[str, ...]:
    """Documents of each kind with the channels in it: "41 reviews (Google Play, App Store)"."""
    kinds = Counter(one.kind for one in evidence.documents.values())
    mix = []
    for kind, amount in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
        channels = Counter(one.channel for one in evidence.documents.values() if one.kind == kind and one.channel)
        leading = sorted(channels, key=lambda name: (-channels[name], name))
        named = [name for name in leading if name.lower() not in (kind, kind + "s")][:4]
        mix.append(wording.documents(kind, amount) + (f" ({', '.join(named)})" if named else ""))
    return tuple(mix)


def _shortlist(evidence: Evidence, quotes: Quotes, kind: str, heading: str, note: str) -> Shortlist:
    insights = (
        one for one in foremost(evidence, kind) if kind != "goal" or not is_errand(evidence.members[one.insight_id])
    )
    views = tuple(quotes.fuller(one) for one in islice(insights, LISTED))
    return Shortlist(kind, heading, note, views, len(evidence.of_kind(kind)) - len(views))


def _first_shared(evidence: Evidence, views: Sequence[InsightView]) -> InsightView | None:
    """The first that enough people say to stand as one line for a whole study: among many, two say the same by chance."""
    least = _SHARED_BY if len(evidence.people) >= wording.SMALL_SAMPLE else _OF_FEW
    return next((one for one in views if one.insight.n_people >= least), None)


def foremost(evidence: Evidence, *kinds: str) -> list[Insight]:
    """What several people say; where the study is small or nothing is shared, single voices after it. What a reader would
    not understand without its window leads nowhere."""
    ranked = [one for one in shared_first(evidence, *kinds) if _can_lead(evidence, one)]
    shared = [one for one in ranked if one.n_people > 1]
    return shared if shared and len(evidence.people) >= wording.SMALL_SAMPLE else ranked


def _can_lead(evidence: Evidence, insight: Insight) -> bool:
    """Whether its heading tells a reader something: by its name, of several people by words that are understood alone, of
    one person by words that more likely than not can stand as a heading. What nobody judged may."""
    medoid = evidence.mentions.get(insight.medoid_mention_id or "")
    if insight.name or medoid is None:
        return True
    judged = medoid.understood if insight.n_people > 1 else medoid.stands
    return judged is None or judged >= _LEAST


def shared_first(evidence: Evidence, *kinds: str) -> list[Insight]:
    """Insights of the kinds by priority; on the overview what several people say stands before any single voice, and what
    they say in the same words before what they do not."""
    return sorted(evidence.of_kind(*kinds), key=lambda one: (one.n_people <= 1, not worded_alike(evidence, one)))
