"""The second view of what was found: by theme, the thing that several findings and single voices are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc_engine.language.stems import content_stems
from voc_engine.privacy.withholding import MARK
from voc_engine.records import BY_THING, HARMS, Insight, KindCount, Shift, kind_counts
from voc_engine.report import wording
from voc_engine.report.estimated import Reach, reach_of
from voc_engine.report.evidence import Evidence
from voc_engine.report.hurts import telling
from voc_engine.report.places import anchor
from voc_engine.report.quotes import InsightView, Quotes, QuoteView
from voc_engine.report.trends import shift_words
from voc_engine.statistics import wilson

LEADING, LEAST_LEADING = 8, 3  # a choice: themes that open a report; two people are no theme to lead with
SIDES = (
    ("Praise", ("delight",)),
    ("Trouble", HARMS),
    ("Wishes", ("request", "goal", "trigger")),
)


@dataclass(frozen=True, slots=True)
class SideView:
    """What is said of a theme on one side: by how many people of its findings on that side, with the words of the widest."""

    name: str
    n_people: int
    quote: QuoteView


@dataclass(frozen=True, slots=True)
class ThemeView:
    """``findings`` are those of two people or more, ``singles`` what one person says, both by priority; ``n_people`` counts
    everybody of both once. ``kinds`` counts the people of each kind.

    ``share``, ``low`` and ``high`` are places on a bar in [0, 1]; ``reach`` says count and interval in words.
    """

    name: str
    anchor: str
    href: str
    n_people: int
    n_mentions: int
    reach: str
    share: float
    low: float
    high: float
    kinds: tuple[KindCount, ...]
    change: str
    change_words: str
    findings: tuple[InsightView, ...]
    singles: tuple[InsightView, ...]
    quote: QuoteView | None
    sides: tuple[SideView, ...]


@dataclass(frozen=True, slots=True)
class ThemesView:
    """``themes`` that have an entry, of ``total``. ``n_inside`` of ``n_quotes`` quotes belong to all of them, ``n_beside``
    to findings of several people that have no theme but themselves. ``by_side``: whether the study is told by thing and
    side first, since it has findings that are so."""

    themes: tuple[ThemeView, ...]
    total: int
    n_inside: int
    n_beside: int
    n_quotes: int
    bars: str
    by_side: bool = False

    @property
    def leading(self) -> tuple[ThemeView, ...]:
        """What the overview shows: the largest in which several say the same."""
        return tuple(one for one in self.themes if one.n_people >= LEAST_LEADING and one.findings)[:LEADING]


def themes(evidence: Evidence, quotes: Quotes) -> ThemesView:
    """Every theme with an entry on the insights page."""
    total = max(len(evidence.people), 1)
    names = quotes.places.shown_themes
    highest = max((_reach(evidence, name, total).high for name in names), default=1.0)
    scale = 1.0 if total < wording.SMALL_SAMPLE else wording.scale(highest)
    inside = {one.insight_id for several in evidence.themes.values() for one in several}
    beside = [one.insight_id for one in evidence.insights.values() if one.n_people > 1 and one.insight_id not in inside]
    return ThemesView(
        themes=tuple(_theme(evidence, quotes, name, scale) for name in names),
        total=len(evidence.themes),
        n_inside=sum(len(evidence.members[key]) for key in inside),
        n_beside=sum(len(evidence.members[key]) for key in beside),
        n_quotes=len(evidence.mentions),
        bars=quotes.bar_note(scale),
        by_side=any(one.basis == BY_THING for one in evidence.insights.values()),
    )


def theme_shift(inside: list[Insight]) -> Shift | None:
    """How the share of people who speak of a theme changed; each of its findings holds it."""
    return next((shift for one in inside for shift in one.shifts if shift.of == "theme"), None)


def _reach(evidence: Evidence, name: str, total: int) -> Reach:
    n_people = len(evidence.theme_people[name])
    return reach_of(evidence, "theme", name, n_people, total, *wilson(n_people, total))


def _theme(evidence: Evidence, quotes: Quotes, name: str, scale: float) -> ThemeView:
    inside = evidence.themes[name]
    mentions = [mention for one in inside for mention in evidence.members[one.insight_id]]
    n_people, total = len(evidence.theme_people[name]), max(len(evidence.people), 1)
    reach = _reach(evidence, name, total)
    shift = theme_shift(inside)
    findings = tuple(quotes.insight(one) for one in inside if one.n_people > 1)
    about = set(content_stems(name))
    shared = [mention for one in findings for mention in evidence.members[one.insight.insight_id]]
    leading = {one.mention_id for one in shared if about <= set(content_stems(one.quote))}
    return ThemeView(
        name=name,
        anchor=anchor(f"theme-{name}"),
        href=quotes.places.theme(name),
        n_people=n_people,
        n_mentions=len(mentions),
        reach=reach.words,
        share=min(reach.share / scale, 1.0),
        low=reach.low / scale,
        high=min(reach.high / scale, 1.0),
        kinds=kind_counts(mentions),
        change=shift.change if shift else "",
        change_words=shift_words(shift) if shift else "",
        findings=findings,
        singles=tuple(quotes.insight(one) for one in inside if one.n_people <= 1),
        quote=telling((name,), mentions, leading, quotes, findings),
        sides=tuple(_sides(evidence, findings, quotes)),
    )


def _sides(evidence: Evidence, findings: Sequence[InsightView], quotes: Quotes) -> Iterator[SideView]:
    for name, kinds in SIDES:
        insights = sorted((one.insight for one in findings if one.insight.kind in kinds), key=lambda one: -one.n_people)
        of_side = [mention for one in insights for mention in evidence.members[one.insight_id]]
        points = evidence.named(one.medoid_mention_id for one in insights)
        quotable = next((one for one in (*points, *of_side) if one.quote != MARK), None)
        if quotable:
            yield SideView(name, len({one.person_id for one in of_side}), quotes.quote(quotable))
