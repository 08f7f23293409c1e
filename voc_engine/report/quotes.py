"""Quotes and insights as the templates show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Disclosure, Insight, Mention, Segment
from voc_engine.report import wording
from voc_engine.report.estimated import Reach, reach_of
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places, anchor
from voc_engine.report.trends import PeriodView, driver_words, impact_words, more_words, periods, trend_words

QUOTES_SHOWN, ALIKE = 12, 4  # a choice: voices of a finding's page, and findings alike that it names


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Exact words with their place. ``mention_id`` is None for a sentence that carries no mention, and for what somebody
    tells of themselves: that has a ``disclosure_id``."""

    text: str
    href: str
    person: str
    about: str
    mention_id: str | None
    segment_id: str | None = None
    kind: str = ""
    sentiment: str = ""
    disclosure_id: str | None = None


@dataclass(frozen=True, slots=True)
class PersonaChip:
    name: str
    href: str
    n_people: int
    total: int


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """Where to read of a theme, empty where it has no entry, and how many people all that belongs to it has."""

    name: str
    href: str
    n_people: int


@dataclass(frozen=True, slots=True)
class InsightView:
    """One insight with its words. ``others`` are up to 12 more quotes, ``rest`` how many are not shown.

    ``trend``, ``impact``, ``driving`` and ``periods`` tell of time and ratings, ``more`` who says it more; ``alike`` are
    (statement, place) of suggested merges.
    ``share``, ``low`` and ``high`` are places on the bar in [0, 1]: parts of the study's scale, not of all people.
    """

    insight: Insight
    number: int
    anchor: str
    href: str
    reach: str
    share: float
    low: float
    high: float
    topic: str
    topic_href: str
    theme: ThemeLink | None
    seen: str
    quote: QuoteView | None
    divergent: QuoteView | None
    others: tuple[QuoteView, ...]
    rest: int
    emotions: tuple[tuple[str, int], ...]
    personas: tuple[PersonaChip, ...]
    objections: tuple[tuple[str, int], ...] = ()
    trend: str = ""
    periods: tuple[PeriodView, ...] = ()
    impact: str = ""
    driving: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    alike: tuple[tuple[str, str], ...] = ()


class Quotes:
    """Makes views from records."""

    def __init__(self, evidence: Evidence, places: Places) -> None:
        self.evidence, self.places = evidence, places
        self.total = len(evidence.people)
        shares = [self._reach(one).high for one in evidence.insights.values()]
        self.scale = wording.scale(max(shares, default=1.0)) if self.total >= wording.SMALL_SAMPLE else 1.0
        self._number = {one.insight_id: number for number, one in enumerate(places.shown_insights, 1)}

    @property
    def bars(self) -> str:
        """What the bars beside the counts mean, in words."""
        return self.bar_note(self.scale)

    @staticmethod
    def bar_note(scale: float) -> str:
        """The same for bars that end at another share."""
        end = "everybody" if scale == 1.0 else wording.percent(scale)
        return f"Bars run from nobody to {end}; the band is the plausible range (95%)."

    def quote(self, mention: Mention) -> QuoteView:
        return QuoteView(
            text=mention.quote,
            href=self.places.mention(mention.mention_id),
            person=mention.person_id,
            about=self._about(mention),
            mention_id=mention.mention_id,
            segment_id=mention.segment_id,
            kind=mention.kind,
            sentiment=mention.sentiment,
        )

    def _about(self, record: Mention | Disclosure) -> str:
        """The kind of document and the date: "review, 13 Apr 2026"."""
        document = self.evidence.documents[record.document_id]
        about = (wording.document_noun(document.kind), wording.date(record.created_at or document.created_at))
        return ", ".join(one for one in about if one)

    def disclosed(self, disclosure: Disclosure) -> QuoteView:
        return QuoteView(
            text=disclosure.quote,
            href=self.places.segment(disclosure.segment_id),
            person=disclosure.person_id,
            about=self._about(disclosure),
            mention_id=None,
            segment_id=disclosure.segment_id,
            disclosure_id=disclosure.disclosure_id,
        )

    def sentence(self, segment: Segment) -> QuoteView:
        document = self.evidence.documents[segment.document_id]
        about = [wording.document_noun(document.kind), wording.date(document.created_at)]
        return QuoteView(
            text=segment.text,
            href=self.places.segment(segment.segment_id),
            person=segment.person_id,
            about=", ".join(one for one in about if one),
            mention_id=None,
            segment_id=segment.segment_id,
        )

    def named(self, mention_ids: Iterable[str]) -> list[QuoteView]:
        return [self.quote(one) for one in self.evidence.named(mention_ids)]

    def by_id(self, mention_id: str | None) -> QuoteView | None:
        quote = self.named([mention_id] if mention_id else [])
        return quote[0] if quote else None

    def _reach(self, insight: Insight) -> Reach:
        total = max(self.total, insight.n_people, 1)
        return reach_of(
            self.evidence, "insight", insight.insight_id, insight.n_people, total, insight.share_low, insight.share_high
        )

    def insight(self, insight: Insight, others: int = 0) -> InsightView:
        """``others``: how many quotes to show besides the representative and the divergent one."""
        members = self.evidence.members[insight.insight_id]
        leading = {insight.medoid_mention_id, insight.divergent_mention_id}
        further = _one_voice_each([one for one in members if one.mention_id not in leading and one.quote != MARK])
        topic = self.evidence.topics.get(insight.topic_id or "")
        reach = self._reach(insight)
        return InsightView(
            insight=insight,
            number=self._number.get(insight.insight_id, 0),
            anchor=anchor(insight.insight_id),
            href=self.place_of(insight),
            reach=reach.words,
            share=min(reach.share / self.scale, 1.0),
            low=reach.low / self.scale,
            high=min(reach.high / self.scale, 1.0),
            topic=topic.label if topic else "",
            topic_href=self.places.topic(topic.topic_id) if topic else "",
            theme=self.theme(insight.theme),
            seen=wording.date_range([one for one in (insight.first_seen, insight.last_seen) if one]),
            quote=self.by_id(insight.medoid_mention_id) or (self.quote(members[0]) if members else None),
            divergent=self.by_id(insight.divergent_mention_id),
            others=tuple(self.quote(one) for one in further[:others]),
            rest=max(len(further) - others, 0),
            emotions=_emotions(members),
            personas=self._chips(insight),
            objections=_objections(members),
            trend=trend_words(insight, self.total),
            periods=periods(insight),
            impact=impact_words(insight),
            driving=tuple(map(driver_words, insight.drivers)),
            more=tuple(map(more_words, insight.said_more)),
            alike=self._alike(insight),
        )

    def theme(self, name: str | None) -> ThemeLink | None:
        """None where there is none that tells more than one of its findings."""
        if name is None or name not in self.evidence.themes:
            return None
        return ThemeLink(name, self.places.theme(name), len(self.evidence.theme_people[name]))

    def fuller(self, insight: Insight) -> InsightView:
        """The insight with a quote that tells more than its title, where it has one: its usual quote, else a member's fuller
        one, else the usual one where it is not the title word for word."""
        view = self.insight(insight)
        if view.quote and wording.repeats(view.quote.text, insight.title):
            view = replace(view, quote=None)
        if view.quote and wording.tells(view.quote.text):
            return view
        members = self.evidence.members[insight.insight_id]
        best = further_quote(members, insight, fuller=view.quote is not None)
        return replace(view, quote=self.quote(best)) if best else view

    def place_of(self, insight: Insight) -> str:
        """Where to read of it: its entry, or where it has none the place of the quote that represents it."""
        entry = self.places.insight(insight.insight_id)
        return entry or (
            self.places.mention(insight.medoid_mention_id)
            if insight.medoid_mention_id in self.evidence.mentions
            else ""
        )

    def insights(self, ids: Iterable[str]) -> list[InsightView]:
        by_id = self.evidence.insights
        return [self.insight(by_id[key]) for key in ids if key in by_id]

    def _alike(self, insight: Insight) -> tuple[tuple[str, str], ...]:
        """(statement, place) of insights that may say the same and were not merged."""
        alike = [self.evidence.insights[key] for key in insight.suggested_merges if key in self.evidence.insights]
        return tuple((one.title, self.place_of(one)) for one in alike[:ALIKE])

    def _chips(self, insight: Insight) -> tuple[PersonaChip, ...]:
        if len(self.evidence.personas) <= 1:  # where there is one group, it tells nothing to name it
            return ()
        counted = self.evidence.persona_people[insight.insight_id]
        return tuple(
            PersonaChip(one.name, self.places.persona(key), counted[key], self.evidence.persona_size[key])
            for key, one in self.evidence.personas.items()
            if counted.get(key)
        )


def further_quote(members: Iterable[Mention], insight: Insight, *, fuller: bool = False) -> Mention | None:
    """Who of these says more than the insight's title does, in words that may be shown: of its own kind (under a pain point
    a complaint, no question), fit to stand alone (always, if ``fuller``), the surest; None where there is nobody."""
    able = [one for one in members if one.quote != MARK and not wording.repeats(one.quote, insight.title)]
    able = [one for one in able if wording.tells(one.quote)] if fuller else able
    return min(
        able,
        key=lambda one: (one.kind != insight.kind, not wording.tells(one.quote), -one.probability, one.mention_id),
        default=None,
    )


def _one_voice_each(members: list[Mention]) -> list[Mention]:
    """Every person's surest quote first, then second ones: a loud person must not fill the list."""
    turn_of: Counter[str] = Counter()
    turns = []
    for mention in sorted(members, key=lambda one: (-one.probability, one.mention_id)):
        turns.append((turn_of[mention.person_id], mention))
        turn_of[mention.person_id] += 1
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _emotions(members: list[Mention]) -> tuple[tuple[str, int], ...]:
    """(emotion, people who voice it), most people first; neutral last."""
    counted = Counter(emotion for _, emotion in sorted({(one.person_id, one.emotion) for one in members}))
    return tuple(sorted(counted.items(), key=lambda item: (item[0] == "neutral", -item[1], item[0])))


def _objections(members: list[Mention]) -> tuple[tuple[str, int], ...]:
    """(what stands against it, in words; people who say so), most people first."""
    named = {(one.person_id, one.objection_type) for one in members if one.objection_type}
    counted = Counter(wording.objection(name) for _, name in sorted(named))
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
