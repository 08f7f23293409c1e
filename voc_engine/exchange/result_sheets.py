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


def _insight(insight: Insight, view: RunView) -> tuple[Cell, ...]:
    topic = view.evidence.topics.get(insight.topic_id or "")
    quotes = view.quotes_of[insight.insight_id]
    return (
        view.heading(insight),
        kind_name(insight.kind),
        insight.n_people,
        view.n_people,
        view.reach(insight),
        insight.n_mentions,
        insight.severity,
        insight.priority,
        insight.trend,
        topic.label if topic else None,
        _day(insight.first_seen),
        _day(insight.last_seen),
        quotes[0].words if quotes else None,
        quotes[0].mention.mention_id if quotes else None,
        insight.insight_id,
    )


_QUOTES = (
    Column("Quote", 80), Column("Person", 9), Column("Persona", 28), Column("Kind", 12), Column("Insight", 48),
    Column("Topic", 24), Column("Severity", 10), Column("Sentiment", 10), Column("Emotion", 10),
    Column("Probability", 11, "probability"), Column("Document", 14), Column("Date", 12), Column("Place", 42),
    Column("Link", 30), Column("Quote id", 24), Column("Insight id", 22),
)  # fmt: skip


def _by_insight(view: RunView) -> Iterator[Quote]:
    """Quotes in the order of their insights, then those that went into none."""
    for insight in view.insights:
        yield from view.quotes_of[insight.insight_id]
    yield from (one for one in view.quotes if one.insight is None)


def _quote(quote: Quote, view: RunView) -> tuple[Cell, ...]:
    mention, document = quote.mention, quote.document
    return (
        quote.words, mention.person_id, quote.persona.name if quote.persona else None, kind_name(mention.kind),
        view.heading(quote.insight) if quote.insight else None, quote.topic.label if quote.topic else None, mention.severity,
        mention.sentiment, mention.emotion, mention.probability, wording.DOCUMENT_NAMES[document.kind][0],
        _day(document.created_at), quote.location, document.url, mention.mention_id,
        quote.insight.insight_id if quote.insight else None,
    )  # fmt: skip


# A spreadsheet ends at 16,384 columns, and a sheet of millions of cells opens in nobody's patience.
_MOST_COLUMNS = 200
_MOST_CELLS = 300_000


def crossed_insights(view: RunView) -> tuple[list[Insight], int]:
    """The insights that the sheet of people × insights shows, of those that several people share; how many it leaves out."""
    shared = [one for one in view.insights if one.n_people > 1]
    listed = shared[: min(_MOST_COLUMNS, max(1, _MOST_CELLS // max(1, view.n_people)))]
    return listed, len(shared) - len(listed)


def people_by_insight(view: RunView) -> Sheet:
    """A row per person and a column per insight that two people or more share: 1 where the person says it."""
    shared, _ = crossed_insights(view)
    people_of = {key: {one.person_id for one in members} for key, members in view.evidence.members.items()}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for person in view.people:
            marks = (int(person.person_id in people_of[one.insight_id]) for one in shared)
            yield person.person_id, person.persona.name if person.persona else None, *marks

    named = (Column(view.heading(one), 5, "number") for one in shared)
    return Sheet("People × insights", (Column("Person", 9), Column("Persona", 28), *named), rows)


_PERSONAS = (
    Column("Persona", 36), Column("Rank", 11), Column("People", 9, "number"), Column("Share", 36),
    Column("Stability", 10, "probability"),
    Column("Summary", 70), Column("Goals", 60), Column("Pains", 60), Column("Objections", 60), Column("Delights", 60),
    Column("Quote", 70), Column("Quote id", 24), Column("Persona id", 22),
)  # fmt: skip


def _persona(persona: Persona, view: RunView) -> tuple[Cell, ...]:
    quotes = view.named(persona.quotes)
    insights = view.evidence.insights

    def lines(ids: tuple[str, ...]) -> str:
        return "\n".join(view.heading(insights[key]) for key in ids if key in insights)

    return (
        persona.name,
        persona.rank,
        persona.n_people,
        wording.of_people(persona.n_people, view.n_people, persona.share_low, persona.share_high),
        persona.stability,
        persona.summary,
        lines(persona.goals),
        lines(persona.pains),
        lines(persona.objections),
        lines(persona.delights),
        quotes[0].words if quotes else None,
        quotes[0].mention.mention_id if quotes else None,
        persona.persona_id,
    )


_EMPATHY = (
    Column("Persona", 36), Column("Quadrant", 10), Column("Entry", 70), Column("Basis", 10), Column("People", 9, "number"),
    Column("Quote", 80), Column("Quote id", 24),
)  # fmt: skip


def _empathy(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for persona in view.personas:
        for quadrant in EMPATHY_QUADRANTS:
            for entry in view.empathy(persona.persona_id, quadrant):
                quotes = view.named(entry.mention_ids)
                words, key = (quotes[0].words, quotes[0].mention.mention_id) if quotes else (None, None)
                yield persona.name, quadrant, entry.statement, entry.basis, entry.n_people, words, key


def _people_columns(view: RunView) -> tuple[Column, ...]:
    first = (Column("Person", 9), Column("Persona", 28), Column("Probability", 11, "probability"),
             Column("Documents", 11, "number"), Column("Mentions", 10, "number"))  # fmt: skip
    return (*first, *(Column(name, 18) for name in view.attribute_names))


def _person(person: Person, view: RunView) -> tuple[Cell, ...]:
    values = (person.attributes.get(name) for name in view.attribute_names)
    persona = person.persona.name if person.persona else None
    return (person.person_id, persona, person.probability, len(person.documents), person.n_mentions, *values)


_TOPICS = (
    Column("Topic", 36), Column("Keywords", 60), Column("People", 9, "number"), Column("Sentences", 10, "number"),
    Column("Stability", 10, "probability"), Column("Topic id", 22),
)  # fmt: skip


def _topics(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for topic in view.topics:
        yield topic.label, ", ".join(topic.keywords), topic.n_people, topic.n_segments, topic.stability, topic.topic_id


_DOCUMENTS = (
    Column("Document", 24), Column("Kind", 12), Column("Source", 30), Column("Place", 20), Column("Person", 9),
    Column("Date", 12), Column("Channel", 14), Column("Rating", 8, "number"), Column("Characters", 11, "number"),
)  # fmt: skip


def _documents(view: RunView) -> Iterator[tuple[Cell, ...]]:
    for document in view.documents:
        kind = wording.DOCUMENT_NAMES[document.kind][0]
        yield (
            document.document_id,
            kind,
            document.source,
            document.locator,
            document.person_id,
            _day(document.created_at),
            document.channel,
            document.rating,
            len(document.text),
        )


def _codebook(view: RunView) -> Iterator[tuple[Cell, ...]]:
    """Kinds with their definitions, and under each its insights in the order of their priority."""
    for kind in MENTION_KINDS:
        yield "kind", kind_name(kind), wording.KIND_DEFINITIONS[kind]
        for insight in view.evidence.of_kind(kind):
            yield (
                "insight",
                view.heading(insight),
                f"{view.reach(insight)}; {wording.count(insight.n_mentions, 'mention')}",
            )
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

    def code_rows() -> Iterator[tuple[Cell, ...]]:
        for code in codes.values():
            above = codes.get(code.above or "")
            share = wording.of_people(code.n_people, view.n_people, code.share_low, code.share_high)
            yield (code.name, above.name if above else None, code.definition, code.n_people, share, code.n_codings,
                   code.n_accepted, code.n_rejected, code.code_id)  # fmt: skip

    def passages() -> Iterator[tuple[Cell, ...]]:
        for coding in tables.of(Coding):
            document = view.evidence.documents[coding.document_id]
            yield (
                document.text[coding.start : coding.end],
                codes[coding.code_id].name,
                coding.person_id,
                coding.probability,
                coding.by,
                "yes" if coding.checked else None,
                f"{document.source}, {document.locator}",
                coding.coding_id,
            )

    return (Sheet("Codes", _CODES, code_rows), Sheet("Coded", _CODINGS, passages)) if codes else ()


def _day(stamp: str | None) -> str | None:
    return stamp[:10] if stamp else None
