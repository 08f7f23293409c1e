"""The overview page's figures: who was heard, what hurts most, whom, how sure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from voc_engine.records import MENTION_KINDS, Insight
from voc_engine.report import wording
from voc_engine.report.changes import ChangeView, changing
from voc_engine.report.charts import Chart, kinds_chart, reach_chart
from voc_engine.report.evidence import Evidence
from voc_engine.report.hurts import Hurts, hurts
from voc_engine.report.quotes import InsightView, Quotes
from voc_engine.report.summary import Line, summary

LEADING, CHARTED, LISTED = 10, 12, 4
MOST_MONTHS = 36

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
    charts: tuple[Chart, ...]


def overview(evidence: Evidence, quotes: Quotes) -> Overview:
    hurting = hurts(evidence, quotes)
    problems = [quotes.told(one) for one in foremost(evidence, *PROBLEMS)[:CHARTED]]
    shared = [one for one in problems if one.insight.n_people > 1]
    charts = [reach_chart("reach", shared or problems, max(quotes.total, 1))] if problems else []
    lists = tuple(_shortlist(evidence, quotes, *one) for one in SHORTLISTS)
    over = over_time(evidence) or by_channel(evidence)
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
            {one.kind: one.insights[0] for one in lists if one.insights},
        ),
        hurts=hurting,
        problems=tuple(problems[:LEADING]),
        more_problems=len(evidence.of_kind(*PROBLEMS)) - len(problems[:LEADING]),
        lists=tuple(one for one in lists if one.insights),
        changes=changing(evidence, quotes),
        charts=tuple([*charts, over] if over else charts),
    )


def _figures(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    sources = len(evidence.study.sources) or len({one.source for one in evidence.documents.values()})
    pairs = (
        (len(evidence.people), "person"),
        (len(evidence.documents), "document"),
        (len(evidence.segments), "sentence"),
        (len(evidence.mentions), "quote"),
        (sources, "source"),
    )
    return tuple((wording.number(value), wording.count(value, one).split(" ", 1)[1]) for value, one in pairs)


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
    found = foremost(evidence, kind)
    views = tuple(quotes.told(one) for one in found[:LISTED])
    return Shortlist(kind, heading, note, views, len(evidence.of_kind(kind)) - len(views))


def foremost(evidence: Evidence, *kinds: str) -> list[Insight]:
    """What several people say; where the study is small or nothing is shared, single voices after it."""
    found = shared_first(evidence, *kinds)
    shared = [one for one in found if one.n_people > 1]
    return shared if shared and len(evidence.people) >= wording.SMALL_SAMPLE else found


def shared_first(evidence: Evidence, *kinds: str) -> list[Insight]:
    """Insights of the kinds by priority; on the overview what several people say stands before any single voice."""
    return sorted(evidence.of_kind(*kinds), key=lambda one: one.n_people < 2)


def over_time(evidence: Evidence) -> Chart | None:
    """People per kind and month; None where fewer than three months, or more than three years, are dated."""
    stamps = {
        key: wording.month(one.created_at or evidence.documents[one.document_id].created_at)
        for key, one in evidence.mentions.items()
    }
    dated = sorted({stamp for stamp in stamps.values() if stamp})
    if not dated:
        return None
    months = _months(dated[0], dated[-1])
    if not 3 <= len(months) <= MOST_MONTHS or sum(stamp is not None for stamp in stamps.values()) * 2 < len(stamps):
        return None
    triples = {(one.kind, stamps[key], one.person_id) for key, one in evidence.mentions.items() if stamps[key]}
    return kinds_chart("kinds", _counted(triples), months, "month")


def by_channel(evidence: Evidence) -> Chart | None:
    """People per kind of mention and kind of document; None where nothing was mentioned."""
    triples = {
        (one.kind, _channel(evidence.documents[one.document_id].kind), one.person_id)
        for one in evidence.mentions.values()
    }
    columns = sorted({column for _, column, _ in triples})
    return kinds_chart("kinds", _counted(triples), columns, "channel") if columns else None


def _channel(kind: str) -> str:
    return {"survey": "surveys"}.get(kind, wording.DOCUMENT_NAMES.get(kind, ("", kind))[1])


def _counted(triples: set[tuple[str, str | None, str]] | set[tuple[str, str, str]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {kind: {} for kind in MENTION_KINDS}
    for kind, column, _ in triples:
        row = counts.setdefault(kind, {})
        row[column or ""] = row.get(column or "", 0) + 1
    return counts


def _months(first: str, last: str) -> list[str]:
    start, stop = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
    if stop - start > 12 * 100:  # one wrong date must not make a list of a million months
        return []
    return [f"{place // 12:04}-{place % 12 + 1:02}" for place in range(start, stop + 1)]
