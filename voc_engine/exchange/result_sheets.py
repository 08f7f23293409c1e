"""A run as sheets of rows that people read: what a workbook and a folder of CSV files hold alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voc_engine.exchange.run_view import Person, Quote, RunView
from voc_engine.records import EMPATHY_QUADRANTS, MENTION_KINDS, Code, Coding, Insight, Persona
from voc_engine.report import wording

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters; ``form`` is text, number, share (0 to 1) or probability."""

    name: str
    width: int = 12
    form: str = "text"


@dataclass(frozen=True)
class Sheet:
    """``rows`` makes them anew each time it is called, so that a large run is never held twice."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]


def sheets(view: RunView) -> tuple[Sheet, ...]:
    """Overview first, then what was found, then what it stands on."""
    return (
        Sheet("Overview", (Column("What", 28), Column("Value", 90)), lambda: _overview(view)),
        Sheet("Insights", _INSIGHTS, lambda: (_insight(one, view) for one in view.insights)),
        Sheet("Quotes", _QUOTES, lambda: (_quote(one, view) for one in _by_insight(view))),
        people_by_insight(view),
        Sheet("Personas", _PERSONAS, lambda: (_persona(one, view) for one in view.personas)),
        Sheet("Empathy", _EMPATHY, lambda: _empathy(view)),
        Sheet("People", _people_columns(view), lambda: (_person(one, view) for one in view.people)),
        Sheet("Topics", _TOPICS, lambda: _topics(view)),
        Sheet("Documents", _DOCUMENTS, lambda: _documents(view)),
        *_given_codes(view),
        Sheet("Codebook", (Column("Level", 10), Column("Code", 48), Column("Definition", 90)), lambda: _codebook(view)),
    )


def overview_rows(view: RunView) -> list[tuple[str, str]]:
    """What every export says of the run: (name, value)."""
    readers = "people inside the organisation" if view.audience == "internal" else "anybody"
    rows = [
        ("Study", view.title),
        ("Question", view.question),
        ("Run", view.run_id),
        ("Made for", readers),
        ("Documents", f"{wording.number(len(view.documents))}{f', {view.dates}' if view.dates else ''}"),
        ("People heard", wording.number(view.n_people)),
        ("Quotes", wording.number(len(view.quotes))),
        ("Insights", wording.number(len(view.insights))),
        ("Personas", wording.number(len(view.personas))),
        ("How to read counts", "People are counted, not mentions. Under 30 people a share is told as a count."),
        (
            "Names",
            "Names are pseudonyms and contact data is masked; every quote keeps the id that leads to its source.",
        ),
    ]
    if view.n_withheld:
        rows.append(
            ("Not shown", f"{wording.number(view.n_withheld)} quotes: no consent to quote them to these readers")
        )
    rows += [("Left out", f"{wording.number(count)} {what}") for what, count in view.left_out]
    return [(name, value) for name, value in rows if value]


def _overview(view: RunView) -> Iterator[tuple[Cell, ...]]:
    yield from overview_rows(view)


_INSIGHTS = (
    Column("Insight", 60), Column("Kind", 12), Column("People", 9, "number"), Column("Of", 9, "number"),
    Column("Reach", 30), Column("Mentions", 10, "number"), Column("Severity", 10), Column("Priority", 10, "probability"),
    Column("Trend", 16), Column("Topic", 24), Column("First seen", 12), Column("Last seen", 12),
    Column("Quote that represents it", 70), Column("Quote id", 24), Column("Insight id", 22),
)  # fmt: skip


def _insight(one: Insight, view: RunView) -> tuple[Cell, ...]:
    topic = view.evidence.topics.get(one.topic_id or "")
    quotes = view.quotes_of[one.insight_id]
    return (
        view.heading(one), kind_name(one.kind), one.n_people, view.n_people, view.reach(one), one.n_mentions, one.severity,
        one.priority, one.trend, topic.label if topic else None, _day(one.first_seen), _day(one.last_seen),
        quotes[0].words if quotes else None, quotes[0].mention.mention_id if quotes else None, one.insight_id,
    )  # fmt: skip


_QUOTES = (
    Column("Quote", 80), Column("Person", 9), Column("Persona", 28), Column("Kind", 12), Column("Insight", 48),
    Column("Topic", 24), Column("Severity", 10), Column("Sentiment", 10), Column("Emotion", 10),
    Column("Probability", 11, "probability"), Column("Document", 14), Column("Date", 12), Column("Place", 42),
    Column("Link", 30), Column("Quote id", 24), Column("Insight id", 22),
)  # fmt: skip


def _by_insight(view: RunView) -> Iterator[Quote]:
    """Quotes in the order of their insights, then those that went into none."""
    for one in view.insights:
        yield from view.quotes_of[one.insight_id]
    yield from (one for one in view.quotes if one.insight is None)


def _quote(one: Quote, view: RunView) -> tuple[Cell, ...]:
    mention, document = one.mention, one.document
    return (
        one.words, mention.person_id, one.persona.name if one.persona else None, kind_name(mention.kind),
        view.heading(one.insight) if one.insight else None, one.topic.label if one.topic else None, mention.severity,
        mention.sentiment, mention.emotion, mention.probability, wording.DOCUMENT_NAMES[document.kind][0],
        _day(document.created_at), one.place, document.url, mention.mention_id,
        one.insight.insight_id if one.insight else None,
    )  # fmt: skip


# A spreadsheet ends at 16,384 columns, and a sheet of millions of cells opens in nobody's patience.
_MOST_COLUMNS = 200
_MOST_CELLS = 300_000


def crossed_insights(view: RunView) -> tuple[list[Insight], int]:
    """The insights that the sheet of people × insights shows, of those that several people share; how many it leaves out."""
    shared = [one for one in view.insights if one.n_people > 1]
    shown = shared[: min(_MOST_COLUMNS, max(1, _MOST_CELLS // max(1, view.n_people)))]
    return shown, len(shared) - len(shown)


def people_by_insight(view: RunView) -> Sheet:
    """A row per person and a column per insight that two people or more share: 1 where the person says it."""
    shared, _ = crossed_insights(view)
    said = {key: {one.person_id for one in members} for key, members in view.evidence.members.items()}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for person in view.people:
            marks = (int(person.person_id in said[one.insight_id]) for one in shared)
            yield person.person_id, person.persona.name if person.persona else None, *marks

    named = (Column(view.heading(one), 5, "number") for one in shared)
    return Sheet("People × insights", (Column("Person", 9), Column("Persona", 28), *named), rows)


_PERSONAS = (
    Column("Persona", 36), Column("Rank", 11), Column("People", 9, "number"), Column("Share", 36),
    Column("Stability", 10, "probability"),
    Column("Summary", 70), Column("Goals", 60), Column("Pains", 60), Column("Objections", 60), Column("Delights", 60),
    Column("Quote", 70), Column("Quote id", 24), Column("Persona id", 22),
)  # fmt: skip


def _persona(one: Persona, view: RunView) -> tuple[Cell, ...]:
    quotes = view.named(one.quotes)
    insights = view.evidence.insights

    def lines(ids: tuple[str, ...]) -> str:
        return "\n".join(view.heading(insights[key]) for key in ids if key in insights)

    return (
        one.name, one.rank, one.n_people, wording.of_people(one.n_people, view.n_people, one.share_low, one.share_high),
        one.stability, one.summary, lines(one.goals), lines(one.pains), lines(one.objections), lines(one.delights),
        quotes[0].words if quotes else None, quotes[0].mention.mention_id if quotes else None, one.persona_id,
    )  # fmt: skip


_EMPATHY = (
    Column("Persona", 36), Column("Quadrant", 10), Column("Entry", 70), Column("Basis", 10), Column("People", 9, "number"),
    Column("Quote", 80), Column("Quote id", 24),
)  # fmt: skip


def _empathy(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for persona in view.personas:
        for quadrant in EMPATHY_QUADRANTS:
            for one in view.empathy(persona.persona_id, quadrant):
                quotes = view.named(one.mention_ids)
                words, key = (quotes[0].words, quotes[0].mention.mention_id) if quotes else (None, None)
                yield persona.name, quadrant, one.statement, one.basis, one.n_people, words, key


def _people_columns(view: RunView) -> tuple[Column, ...]:
    first = (Column("Person", 9), Column("Persona", 28), Column("Probability", 11, "probability"),
             Column("Documents", 11, "number"), Column("Mentions", 10, "number"))  # fmt: skip
    return (*first, *(Column(name, 18) for name in view.attribute_names))


def _person(one: Person, view: RunView) -> tuple[Cell, ...]:
    values = (one.attributes.get(name) for name in view.attribute_names)
    persona = one.persona.name if one.persona else None
    return (one.person_id, persona, one.probability, len(one.documents), one.n_mentions, *values)


_TOPICS = (
    Column("Topic", 36), Column("Keywords", 60), Column("People", 9, "number"), Column("Sentences", 10, "number"),
    Column("Stability", 10, "probability"), Column("Topic id", 22),
)  # fmt: skip


def _topics(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for one in view.topics:
        yield one.label, ", ".join(one.keywords), one.n_people, one.n_segments, one.stability, one.topic_id


_DOCUMENTS = (
    Column("Document", 24), Column("Kind", 12), Column("Source", 30), Column("Place", 20), Column("Person", 9),
    Column("Date", 12), Column("Channel", 14), Column("Rating", 8, "number"), Column("Characters", 11, "number"),
)  # fmt: skip


def _documents(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for one in view.documents:
        kind = wording.DOCUMENT_NAMES[one.kind][0]
        yield (one.document_id, kind, one.source, one.locator, one.person_id, _day(one.created_at), one.channel, one.rating,
               len(one.text))  # fmt: skip


def _codebook(view: RunView) -> Iterator[tuple[Cell, ...]]:
    """Kinds with their definitions, and under each its insights in the order of their priority."""
    for kind in MENTION_KINDS:
        yield "kind", kind_name(kind), wording.KIND_DEFINITIONS[kind]
        for one in view.evidence.of_kind(kind):
            yield "insight", view.heading(one), f"{view.reach(one)}; {wording.count(one.n_mentions, 'mention')}"
    for topic in view.topics:
        yield "topic", topic.label, ", ".join(topic.keywords)


def kind_name(kind: str) -> str:
    """ "pain point" for "pain_point"."""
    return wording.KIND_NAMES[kind][0]


_CODES = (
    Column("Code", 36), Column("Below", 36), Column("Definition", 60), Column("People", 9, "number"), Column("Share", 36),
    Column("Passages", 10, "number"), Column("Found right", 12, "number"), Column("Found wrong", 12, "number"),
    Column("Code id", 22),
)  # fmt: skip
_CODINGS = (
    Column("Words", 80), Column("Code", 36), Column("Person", 9), Column("Probability", 11, "probability"), Column("By", 9),
    Column("Checked", 9), Column("Place", 42), Column("Coding id", 24),
)  # fmt: skip


def _given_codes(view: RunView) -> tuple[Sheet, ...]:
    """The researcher's own codes and what is under them; no sheets where none were given."""
    tables = view.study.tables
    codes = {one.code_id: one for one in tables.of(Code)}

    def told() -> Iterator[tuple[Cell, ...]]:
        for one in codes.values():
            above = codes.get(one.above or "")
            share = wording.of_people(one.n_people, view.n_people, one.share_low, one.share_high)
            yield (one.name, above.name if above else None, one.definition, one.n_people, share, one.n_codings,
                   one.n_accepted, one.n_rejected, one.code_id)  # fmt: skip

    def passages() -> Iterator[tuple[Cell, ...]]:
        for one in tables.of(Coding):
            document = view.evidence.documents[one.document_id]
            yield (document.text[one.start : one.end], codes[one.code_id].name, one.person_id, one.probability, one.by,
                   "yes" if one.checked else None, f"{document.source}, {document.locator}", one.coding_id)  # fmt: skip

    return (Sheet("Codes", _CODES, told), Sheet("Coded", _CODINGS, passages)) if codes else ()


def _day(stamp: str | None) -> str | None:
    return stamp[:10] if stamp else None
