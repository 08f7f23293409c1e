"""The page of the guide: each question with what came of it, kind by kind and person by person, in their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc_engine.language.stems import content_stems
from voc_engine.privacy.withholding import MARK
from voc_engine.records import MENTION_KINDS, Insight, Mention
from voc_engine.report.guide_grid import FEWEST_PEOPLE, GuideQuestion
from voc_engine.report.quotes import Quotes, QuoteView, ThemeLink


@dataclass(frozen=True, slots=True)
class GuideTheme:
    """A theme under a question: ``kinds`` are its people by kind, in the order of the page's kinds."""

    link: ThemeLink
    n_people: int
    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GuideVoices:
    """The people who voice one kind in answer to a question, each with the quote that is best understood alone."""

    kind: str
    n_people: int
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """A question as the page shows it. ``most`` is the largest count in its table; ``voices``: what people voice in answer,
    kind by kind; ``plain``: how the others begin who voice nothing."""

    question: GuideQuestion
    themes: tuple[GuideTheme, ...]
    most: int
    voices: tuple[GuideVoices, ...]
    plain: tuple[QuoteView, ...]


def guide_views(guide: Sequence[GuideQuestion], quotes: Quotes) -> list[GuideView]:
    """The page's questions, each with the themes that two people or more voice there."""
    kinds = kinds_in(guide)
    return [_view(one, kinds, quotes) for one in guide]


def kinds_in(guide: Sequence[GuideQuestion]) -> list[str]:
    """The kinds that anybody voices in answer to the guide."""
    there = {m.kind for one in guide for cells in one.cells.values() for said in cells.values() for m in said}
    return [kind for kind in MENTION_KINDS if kind in there]


def _link(insight: Insight | None, quotes: Quotes) -> ThemeLink | None:
    return ThemeLink(insight.title, quotes.place_of(insight), insight.n_people) if insight is not None else None


def _view(question: GuideQuestion, kinds: Sequence[str], quotes: Quotes) -> GuideView:
    themes = []
    alone = {insight.title: insight for insight in reversed(quotes.evidence.insights.values())}
    for theme, cells in question.cells.items():
        link = quotes.theme(theme) or _link(alone.get(theme or ""), quotes)
        if link is None or len(cells) < FEWEST_PEOPLE:
            continue
        voiced = Counter(kind for said in cells.values() for kind in {m.kind for m in said})
        themes.append(GuideTheme(link, len(cells), tuple(voiced[kind] for kind in kinds)))
    most = max((amount for each in themes for amount in each.kinds), default=1)
    return GuideView(
        question, tuple(themes), most, tuple(_voices(question, kinds, quotes)), tuple(_plain(question, quotes))
    )


def _voices(question: GuideQuestion, kinds: Sequence[str], quotes: Quotes) -> Iterator[GuideVoices]:
    for kind in kinds:
        by_person: dict[str, list[Mention]] = {}
        for cells in question.cells.values():
            for person, mentions in cells.items():
                by_person.setdefault(person, []).extend(mention for mention in mentions if mention.kind == kind)
        people = {person: said for person, said in by_person.items() if said}
        clearest = [min(said, key=_clearest) for said in people.values()]
        voices = [quotes.quote(mention) for mention in sorted(clearest, key=_clearest) if mention.quote != MARK]
        if people:
            yield GuideVoices(kind, len(people), tuple(voices))


def _clearest(mention: Mention) -> tuple[float, float, str]:
    return -(mention.understood or 0.0), -mention.worth, mention.mention_id


def _plain(question: GuideQuestion, quotes: Quotes) -> Iterator[QuoteView]:
    """How those begin who voice nothing that was marked: their first sentence with words of content, else the first."""
    marked = {person for cells in question.cells.values() for person in cells}
    for person, segments in sorted(question.answers.items()):
        able = [segment for segment in segments if segment.text != MARK]
        if person not in marked and able:
            yield quotes.sentence(next((segment for segment in able if content_stems(segment.text)), able[0]))
