"""What people's mentions tell of them together: what they feel at what, what they are not.

Every line counts people and names its evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from voc_engine.language.feelings import own_feeling
from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import parts, words
from voc_engine.personas.disclosed import MOST_EVIDENCE, fewest
from voc_engine.personas.distinctive_terms import CLEARLY, LEAST_PEOPLE, content, mostly_here
from voc_engine.personas.persona_names import several
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.privacy.withholding import MARK
from voc_engine.records import CountedLine, Mention
from voc_engine.statistics import log_odds

MOST_LINES = 6  # a choice: lines that a card holds, and half as many of what the persona is not
MOST_UNLIKE = 3  # a choice: the others are worth less than what they are
_NUMBERED = re.compile(r"\d")


def emotions(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Emotions (``of``) that speakers name as their own, at what they name: what moves as many of them as a section of the
    card needs, and two at least (of 16 such lines of single people in talks 8 were right), where somebody who may be
    quoted says so."""
    pairs: dict[tuple[str, frozenset[str]], list[Mention]] = {}
    for person in members:
        for mention in person.mentions:
            stems = _stems_of_thing(mention.own_thing or "")
            if mention.emotion != "neutral" and stems and own_feeling(words(mention.quote), mention.emotion):
                pairs.setdefault((mention.emotion, stems), []).append(mention)
    least = max(2, fewest(len(members)))
    named = [((said[0].own_thing or "").lower(), emotion, said) for (emotion, _), said in pairs.items()]
    able = [
        ((thing, emotion), said)
        for thing, emotion, said in named
        if _people(said) >= least and any(m.quotable != "none" for m in said)
    ]
    return _ranked(sorted(able, key=lambda one: one[0]), members, least=1)


def _stems_of_thing(phrase: str) -> frozenset[str]:
    """What tells a thing: its words, and the number of a model ("ad-3201" and "ad2600" are two players)."""
    stems = content(phrase)
    return frozenset((*stems, *filter(_NUMBERED.search, words(phrase)))) if stems else frozenset()


def themes_apart(members: Sequence[Person], crowd: Crowd) -> tuple[tuple[CountedLine, ...], tuple[CountedLine, ...]]:
    """(what they speak of clearly more than the others do, what clearly less), by log-odds, half a person added; the
    clearest first. A theme is a thing that findings are about, where a word alone is of many things; its forms ("reminder",
    "reminders") are one, by the name that most findings give it. Only who says its noun speaks of it: findings are of one
    theme by the stem of a noun ("accountant", "account"), or because of what stands before them. The evidence are their own
    mentions for the first, mentions of the others for the second."""
    inside = {person.person_id for person in members}
    size, outside = len(members), len(crowd.people) - len(members)
    named = _one_name_each(insight.theme for insight in crowd.insights.values() if insight.theme)
    by_theme: dict[str, dict[str, list[Mention]]] = {}
    for person in crowd.people:
        for insight_id, mentions in person.insights.items():
            insight = crowd.insights.get(insight_id)
            if insight is None or not insight.theme:
                continue
            if said := [mention for mention in mentions if _says(mention, insight.theme)]:
                by_theme.setdefault(named[insight.theme], {}).setdefault(person.person_id, []).extend(said)
    more, less = [], []
    for theme, who in by_theme.items():
        here = len(inside & who.keys())
        there = len(who) - here
        z = log_odds(here, size, there, outside)
        if z >= CLEARLY and here >= LEAST_PEOPLE and mostly_here(here, size, there, outside):
            more.append((-round(z, 6), theme, here, there))
        elif z <= -CLEARLY and there >= LEAST_PEOPLE and mostly_here(there, outside, here, size):
            less.append((round(z, 6), theme, here, there))

    def lines(scored: Sequence[tuple[float, str, int, int]], most: int, *, of_members: bool) -> tuple[CountedLine, ...]:
        counted = []
        for _, theme, here, there in sorted(scored)[:most]:
            who = by_theme[theme]
            mentions = [mention for person, some in who.items() if (person in inside) == of_members for mention in some]
            mentions.sort(key=lambda mention: (-mention.probability, mention.mention_id))
            ids = _ids(mentions)
            counted.append(
                CountedLine(
                    _as_said(theme, mentions), here, size, n_elsewhere=there, total_elsewhere=outside, mention_ids=ids
                )
            )
        return tuple(counted)

    return lines(more, MOST_LINES, of_members=True), lines(less, MOST_UNLIKE, of_members=False)


def _says(mention: Mention, theme: str) -> bool:
    """Whether the noun of a theme stands in the quote, in either number; withheld words are believed."""
    noun = parts(theme)[-1]
    return mention.quote == MARK or not {noun, several(noun)}.isdisjoint(_both_numbers(mention.quote))


def _as_said(theme: str, mentions: Sequence[Mention]) -> str:
    """The theme in the number in which most of these say it: "refunds", where its findings are named after one."""
    noun = parts(theme)[-1]
    said = Counter(word for mention in mentions for word in set(parts(mention.quote)))
    many = several(noun)
    if many == noun or said[many] <= said[noun] or not theme.casefold().endswith(noun):
        return theme
    return f"{theme[: len(theme) - len(noun)]}{many}"


@lru_cache(maxsize=50_000)
def _both_numbers(text: str) -> frozenset[str]:
    return frozenset(form for word in parts(text) for form in (word, several(word)))


def _one_name_each(themes: Iterable[str]) -> dict[str, str]:
    """Theme -> the name of all its forms: the most frequent one, of equals the first by spelling."""
    counts = Counter(themes)
    forms: dict[tuple[str, ...], list[str]] = {}
    for theme in sorted(counts, key=lambda name: (-counts[name], name)):
        forms.setdefault(tuple(content_stems(theme)) or (theme,), []).append(theme)
    return {theme: alike[0] for alike in forms.values() for theme in alike}


def _people(mentions: Sequence[Mention]) -> int:
    return len({mention.person_id for mention in mentions})


def _ids(mentions: Sequence[Mention], most: int = MOST_EVIDENCE) -> tuple[str, ...]:
    """Mentions that may be quoted, one per person first come."""
    by_person: dict[str, str] = {}
    for mention in mentions:
        if mention.quotable != "none":
            by_person.setdefault(mention.person_id, mention.mention_id)
    return tuple(list(by_person.values())[:most])


def _ranked(
    named: Sequence[tuple[tuple[str, str], list[Mention]]], members: Sequence[Person], least: int
) -> tuple[CountedLine, ...]:
    """``named``: (name, what it is of). Those of most people first."""
    counted = [(-_people(said), of, name, said) for (name, of), said in named if len(said) >= least]
    counted.sort(key=lambda one: one[:3])
    return tuple(
        CountedLine(name, -count, len(members), of=of, mention_ids=_ids(said))
        for count, of, name, said in counted[:MOST_LINES]
    )
