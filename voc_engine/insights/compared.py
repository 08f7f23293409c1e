"""Findings against what is known of people: their ratings, and any attribute that was given of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voc_engine.insights.counting import Study, scores
from voc_engine.insights.drivers import drivers
from voc_engine.insights.segments import LEAST_SAYING, said_more
from voc_engine.records import Document, Insight, Mention
from voc_engine.records.given_attributes import Given, settled


def compared(study: Study, insights: Sequence[Insight], members: Mapping[str, Iterable[Mention]]) -> list[Insight]:
    """The insights, in their order, with what goes with ratings and with who says it more. ``members``: mentions by id."""
    people = {one.insight_id: frozenset(m.person_id for m in members.get(one.insight_id, ())) for one in insights}
    people = {key: own for key, own in people.items() if len(own) >= LEAST_SAYING}
    source = _usual(study.documents)
    driving = [drivers(own, source, people, scale) for scale, own in scores(study.documents).items()]
    more = said_more(attributes(study.documents), source, people)
    return [
        replace(
            one,
            drivers=tuple(found[one.insight_id] for found in driving if one.insight_id in found),
            said_more=more.get(one.insight_id, ()),
        )
        for one in insights
    ]


def _usual(documents: Iterable[Document]) -> dict[str, str]:
    """Person -> the kind of most of the person's documents."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        counts[document.person_id][document.kind] += 1
    return {person: min(kinds, key=lambda kind: (-kinds[kind], kind)) for person, kinds in counts.items()}


def attributes(documents: Iterable[Document]) -> dict[str, dict[str, str]]:
    """Attribute -> person -> value. What differs in capitals and blanks alone is one, spelt as most often."""
    statements: dict[str, dict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for name, value in sorted(document.attributes.items()):
            if value.strip():
                names[_plain(name)][name] += 1
                statement = Given(value, document.source, document.created_at, document.document_id)
                statements[_plain(name)][document.person_id].append(statement)
    by_name = {}
    for key, of_people in sorted(statements.items()):
        values = {person: settled(stated) for person, stated in of_people.items()}
        spelling = Counter(values.values())
        spelt: dict[str, str] = {}
        for value in sorted(spelling, key=lambda value: (-spelling[value], value)):
            spelt.setdefault(_plain(value), value)
        name = min(names[key], key=lambda name: (-names[key][name], name))
        by_name[name] = {person: spelt[_plain(value)] for person, value in values.items()}
    return by_name


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
