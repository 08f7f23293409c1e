"""Hand-made studies. In the texts ``[[kind:insight|words]]`` marks a mention; marks may nest and overlap by nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from voc_engine.config import Config, ReportConfig
from voc_engine.records import (
    EVIDENCE_ROLES,
    Batch,
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Record,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.report.study import SourceInfo, Study

MARK = re.compile(r"\[\[(\w+):(\w+)\|")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SCORES = {"pain_point": ("negative", -0.6, "anger"), "objection": ("negative", -0.3, "fear")}
SCORES |= {"delight": ("positive", 0.7, "joy")}


@dataclass
class Made:
    """Collects records; ``tables()`` gives them as a batch."""

    records: dict[type[Record], list[Record]] = field(default_factory=dict)
    claims: dict[str, list[Mention]] = field(default_factory=dict)

    def add(self, *records: Record) -> None:
        for one in records:
            self.records.setdefault(type(one), []).append(one)

    def tables(self) -> Batch:
        return Batch.make(*self.records.items())

    def document(self, key: str, kind: str, source: str, turns: list[tuple[str, str, str]], **more: object) -> Document:
        """``turns``: (person, role, marked text). Turns are joined by a line break."""
        text, spans, places = "", [], []
        for person, role, marked in turns:
            plain, found = unmarked(marked)
            start = len(text)
            spans += [(kind_, insight, start + left, start + right) for kind_, insight, left, right in found]
            places.append((person, role, start, start + len(plain)))
            text += plain + "\n"
        author = next((person for person, role, _ in turns if role in EVIDENCE_ROLES), turns[0][0])
        document = Document(key, kind, source, str(more.pop("locator", f"row {key}")), author, text.rstrip("\n"), **more)  # type: ignore[arg-type]
        self.add(document)
        for index, (person, role, start, end) in enumerate(places):
            times = ((start,), (index * 23_000 + 4_000,)) if kind == "interview" else ((), ())
            turn = Utterance(f"{key}-u{index}", key, index, person, person, role, start, end, None, None, *times)
            self.add(turn)
            self._segments(document, turn)
        for number, (kind_, insight, start, end) in enumerate(spans):
            self._mention(document, f"{key}-m{number}", kind_, insight, start, end)
        return document

    def _segments(self, document: Document, turn: Utterance) -> None:
        for found in SENTENCE.finditer(document.text, turn.start, turn.end):
            left = found.start() + len(found[0]) - len(found[0].lstrip())
            if left < found.end():
                index = len(self.records.get(Segment, []))
                key, text = f"s{index}", document.text[left : found.end()]
                self.add(
                    Segment(key, document.document_id, turn.utterance_id, index, left, found.end(), text, key,
                            turn.person_id, turn.role)
                )  # fmt: skip

    def _mention(self, document: Document, key: str, kind: str, insight: str, start: int, end: int) -> None:
        inside = [one for one in self.records[Segment] if isinstance(one, Segment)]
        segment = next(
            one for one in inside if one.document_id == document.document_id and one.start <= start < one.end
        )
        sentiment, score, emotion = SCORES.get(kind, ("neutral", 0.0, "neutral"))
        mention = Mention(
            key, segment.segment_id, document.document_id, segment.person_id, kind, start, end,
            document.text[start:end], 0.9, sentiment, score, emotion, "medium", 0.5, "says", "stated", ("by hand",),
            created_at=document.created_at,
        )  # fmt: skip
        self.add(mention)
        self.claims.setdefault(insight, []).append(mention)

    def insight(self, key: str, statement: str, severity: str = "medium", reasons: tuple[str, ...] = (), **more: object) -> Insight:
        """The insight over everything marked with ``key``; shares are of the people heard so far."""
        members = self.claims[key]
        heard = {one.person_id for one in self.records[Segment] if isinstance(one, Segment) and one.role == "participant"}
        n_people, total = len({one.person_id for one in members}), len(heard)
        low, high = wilson(n_people, total)
        score = {"low": 0.2, "medium": 0.5, "high": 0.85}[severity]
        values: dict[str, object] = {
            "insight_id": key, "kind": members[0].kind, "statement": statement, "n_people": n_people,
            "n_mentions": len(members), "share_low": low, "share_high": high,
            "sentiment_score": members[0].sentiment_score, "severity": severity, "priority": n_people / total * score,
            "trend": "too little data", "topic_id": None, "share": n_people / total,
            "n_documents": len({one.document_id for one in members}), "severity_score": score,
            "priority_low": low * score, "priority_high": high * score, "medoid_mention_id": members[0].mention_id,
            "divergent_mention_id": members[-1].mention_id if len(members) > 2 else None, "severity_reasons": reasons,
        }  # fmt: skip
        insight = Insight(**(values | more))  # type: ignore[arg-type]
        self.add(insight, *(InsightMember(one.mention_id, key) for one in members))
        return insight


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """The plain text and its marks as (kind, insight, start, end)."""
    plain, found, open_marks, at = "", [], [], 0
    while at < len(marked):
        opening = MARK.match(marked, at)
        if opening:
            open_marks.append((opening[1], opening[2], len(plain)))
            at = opening.end()
        elif marked.startswith("]]", at) and open_marks:
            found.append((*open_marks.pop(), len(plain)))
            at += 2
        else:
            plain += marked[at]
            at += 1
    return plain, sorted(found, key=lambda one: (one[2], -one[3]))


def wilson(count: int, total: int) -> tuple[float, float]:
    z, share = 1.96, count / total
    middle, half = share + z * z / 2 / total, z * (share * (1 - share) / total + z * z / 4 / total**2) ** 0.5
    return max((middle - half) / (1 + z * z / total), 0.0), min((middle + half) / (1 + z * z / total), 1.0)


def empty_study() -> Study:
    return Study("r0", "An empty study", "", Config(), Batch())


def small_study() -> Study:
    """Eleven people on an invented meal-planning app: three interviews, reviews, tickets and a survey."""
    made = Made()
    _interviews(made)
    _short_texts(made)
    _findings(made)
    _groups(made)
    return Study(
        run_id="2026-07-01-a1b2c3",
        title="Tidewell: planning the week's meals",
        question="Why do families stop using the planner after the first month, and what would make them stay?",
        config=Config(report=ReportConfig(formats=["html.v1", "tables.v1"])),
        tables=made.tables(),
        sources=(
            SourceInfo("interviews/one.vtt", "ab" * 32, "interview", "webvtt.v1", 1, 230),
            SourceInfo("interviews/two.vtt", "cd" * 32, "interview", "webvtt.v1", 1, 180),
            SourceInfo("interviews/three.docx", "ef" * 32, "interview", "teams-docx.v1", 1, 150),
            SourceInfo("reviews.csv", "12" * 32, "review", "csv.v1", 4, 170),
            SourceInfo("tickets.json", "34" * 32, "ticket", "zendesk.v1", 3, 140),
            SourceInfo("survey.csv", "56" * 32, "survey", "csv.v1", 2, 50),
            SourceInfo("old-export.csv", "78" * 32, "review", "csv.v1", 0, 0),
        ),
        versions={"voc_engine": "0.1.0", "spacy": "3.8.18", "all-MiniLM-L6-v2": "0.1.0"},
        method={
            "seed": "0 for every random draw",
            "roles_guessed": "In interviews/three.docx the interviewer was guessed from the share of questions.",
            "mentions_kept": "Probability 0.5 and over",
        },
    )


def _interviews(made: Made) -> None:
    ask, tell = "interviewer", "participant"
    made.document("d1", "interview", "interviews/one.vtt", [
        ("P0099", ask, "Thanks for making time. Tell me about the last time you planned a week of meals."),
        ("P0001", tell, "Sunday night, usually, when the kids are in bed. [[goal:g1|I want the shopping done in one go so that nobody runs out on a Wednesday for an onion]]. That's the whole dream, really."),
        ("P0099", ask, "And how did it go last Sunday?"),
        ("P0001", tell, "Badly. [[pain_point:p1|I spent forty minutes swapping recipes because it keeps putting mushrooms in]], and my son won't touch them. I told it twice. [[pain_point:p2|Then the list came out with three separate lines for butter]], [[pain_point:p1|so I gave up and wrote it on the back of an envelope]]."),
        ("P0099", ask, "What did the envelope give you that the app did not?"),
        ("P0001", tell, "It does what I say! (laughs) [[delight:l1|The recipes themselves are lovely, we cook the lentil one every week]]. I just [[request:r1|[[goal:g2|wish I could tell it once what we don't eat]] and have it believe me]]."),
    ], title="First interview", created_at="2026-03-04", channel="video call", locator="whole file", attributes={"household": "four", "plan": "Family"})  # fmt: skip
    made.document("d2", "interview", "interviews/two.vtt", [
        ("P0099", ask, "What were you hoping for when you signed up?"),
        ("P0002", tell, "[[trigger:t1|My mother moved in with us in January]], and suddenly there's a diabetic at the table. [[goal:g1|I need one list for the whole week that I can hand to whoever is driving]]."),
        ("P0099", ask, "How do you use it now?"),
        ("P0002", tell, "On my phone, in the shop. Well. [[pain_point:p3|There's no signal in the basement supermarket and the list just goes white]]. [[pain_point:p3|I stood there with a trolley and nothing on the screen]]. I take a screenshot now, before I go down."),
        ("P0099", ask, "Every time?"),
        ("P0002", tell, "Every time. It's silly, but it works. [[objection:o1|If they put the price up again I don't think I can defend it to my husband]], he says it's a notepad with pictures."),
    ], title="Second interview", created_at="2026-03-11", channel="video call", locator="whole file", attributes={"household": "five", "plan": "Family"})  # fmt: skip
    made.document("d3", "interview", "interviews/three.docx", [
        ("P0099", ask, "You cook for one. What is a planner to you?"),
        ("P0003", tell, "A way not to throw food away. [[goal:g3|I'd like to use up half a cabbage before it walks out by itself]]. [[pain_point:p4|Every recipe is for four, and halving one egg is not a thing]]."),
        ("P0099", ask, "So what do you do?"),
        ("P0003", tell, "I cook for four and eat it for four days. [[objection:o1|Nine a month for that, I'm not sure it is worth it for one person]]."),
    ], title="Third interview", created_at="2026-04-02", channel="in person", locator="whole file", attributes={"household": "one", "plan": "Free"})  # fmt: skip


def _short_texts(made: Made) -> None:
    def one(key: str, kind: str, person: str, text: str, **more: object) -> None:
        source = {"review": "reviews.csv", "ticket": "tickets.json", "survey": "survey.csv"}[kind]
        made.document(key, kind, source, [(person, "participant", text)], **more)

    one("d4", "review", "P0004", "Does the job for us. [[delight:l1|The recipes are good and quick]]. But [[pain_point:p2|the shopping list doubles everything, two lines for milk, two for rice]] and I end up editing it in the aisle.", created_at="2026-01-20", rating=3.0, channel="App Store", title="Nearly there")
    one("d5", "review", "P0005", "[[pain_point:p3|Useless in the shop: list won't open without internet]] 😡 and yes I \"downloaded\" it first.", created_at="2026-02-14", rating=1.0, channel="Google Play")
    one("d6", "review", "P0006", "Single household here. [[pain_point:p4|Portions can't go below two]], [[pain_point:p4|so half of it ends up in the bin]]. Pretty pictures though.", created_at="2026-02-27", rating=2.0, channel="Google Play", title="Not for one")
    one("d7", "review", "P0007", "[[delight:l2|Sunday planning went from an hour to ten minutes]]. Kids choose, I cook. Worth it.", created_at="2026-03-15", rating=5.0, channel="App Store", title="Ten minutes")
    made.document("d8", "ticket", "tickets.json", [
        ("P0008", "participant", "Hi, I marked my daughter's nut allergy under preferences and [[pain_point:p1|this week's plan has satay in it again]]. [[pain_point:p1|This is the third time and I no longer trust the plan with her food]]. Please call me."),
        ("P0098", "agent", "Thank you for reaching out, I am sorry to hear that. Could you tell me which plan it was?"),
        ("P0008", "participant", "The one from Sunday.\nSent from my phone"),
    ], created_at="2026-04-18", channel="mail", locator="ticket 70001", title="Allergy ignored")  # fmt: skip
    one("d9", "ticket", "P0009", "How do I turn off the butter lines? [[pain_point:p2|List shows butter 3 times, 50 g, 1 tbsp, 20 g]]. [[request:r2|Please add them up]].", created_at="2026-05-05", channel="mail", locator="ticket 70002", title="Butter")
    one("d10", "ticket", "P0005", "Again nothing on screen in the store. [[pain_point:p3|Second ticket about the offline list]], first one was closed without an answer.", created_at="2026-05-21", channel="chat", locator="ticket 70003")
    one("d11", "survey", "P0010", "[[request:r1|Let me ban an ingredient once and for all]]", context="What one thing should we change?", created_at="2026-05-30", channel="in-app survey")
    one("d12", "survey", "P0011", "[[objection:o2|I'd have to put in all our family recipes again, that's sixty of them]]", context="What keeps you from the paid plan?", created_at="2026-06-02", channel="in-app survey")


def _findings(made: Made) -> None:
    for number, (label, words) in enumerate([("shopping list", "butter|list|lines|shop"), ("what we don't eat", "mushrooms|allergy|ban|satay|eat"), ("cook for four", "four|portions|single|one person")]):
        parts = words.split("|")
        inside = [one for one in made.records[Segment] if isinstance(one, Segment) and one.role == "participant" and any(w in one.text.lower() for w in parts)]
        taken = {one.segment_id for one in made.records.get(TopicAssignment, []) if isinstance(one, TopicAssignment)}
        inside = [one for one in inside if one.segment_id not in taken]
        made.add(*(TopicAssignment(one.segment_id, f"topic-{number}", 0.8) for one in inside))
        made.add(Topic(f"topic-{number}", label, tuple(parts), len(inside), len({one.person_id for one in inside}), tuple(one.segment_id for one in inside[:3]), 0.81))
    taken = {one.segment_id for one in made.records[TopicAssignment] if isinstance(one, TopicAssignment)}
    made.add(*(TopicAssignment(one.segment_id, None, 0.1) for one in made.records[Segment] if isinstance(one, Segment) and one.segment_id not in taken))
    made.insight("p1", "Food people ruled out keeps coming back into the plan", "high", ("a person's health is at stake", "40 minutes lost", "gave up"), topic_id="topic-1")
    made.insight("p2", "Shopping list splits one ingredient over several lines", "medium", ("has a workaround",), topic_id="topic-0", trend="rising")
    made.insight("p3", "List does not open without internet", "high", ("blocks the work",), topic_id="topic-0", trend="rising")
    made.insight("p4", "Recipes cannot be made for one person", "medium", ("food thrown away",), topic_id="topic-2", trend="steady")
    made.insight("g1", "Have one list for the whole week", "low")
    made.insight("g2", "Tell it once what we don't eat", "low", topic_id="topic-1")
    made.insight("g3", "Use up what is in the kitchen", "low")
    made.insight("o1", "Price hard to defend for what it does", "medium", topic_id="topic-2")
    made.insight("o2", "All family recipes would have to be put in again", "low")
    made.insight("r1", "Ban an ingredient once and for all", "low", topic_id="topic-1")
    made.insight("r2", "Add up the same ingredient", "low", topic_id="topic-0")
    made.insight("l1", "Recipes are good", "low")
    made.insight("l2", "Planning takes ten minutes instead of an hour", "low", impact_on_rating=2.4)
    made.insight("t1", "A parent moved in", "low")


def _groups(made: Made) -> None:
    family = ["P0001", "P0002", "P0004", "P0007", "P0008"]
    alone = ["P0003", "P0005", "P0006"]
    made.add(*(Membership(person, "families", 0.9) for person in family))
    made.add(*(Membership(person, "alone", 0.8) for person in alone))
    made.add(*(Membership(person, None, 0.3) for person in ("P0009", "P0010", "P0011")))
    low, high = wilson(5, 11)
    made.add(Persona(
        "families", "Family planner", "primary", "end user", 5, 0.84, "Cooks for a table of people who do not eat the same things, and wants the week's shopping done in one go.",
        "hierarchical", low, high, 5, 14, 2, goals=("g1", "g2"), pains=("p1", "p2", "p3"), objections=("o1",), requests=("r1",), delights=("l1", "l2"), triggers=("t1",),
        distinctive=("p1", "g1"), quotes=("d1-m1", "d8-m1", "d2-m1", "d7-m0"), channels=("interview: 2 of 5 people", "review: 2 of 5 people", "ticket: 1 of 5 people"),
        facts=("Household: four (1 of 5 people), five (1 of 5 people)", "Plan: Family (2 of 5 people)"), journey=("onboarding and use: 4 of 5 people", "consideration: 1 of 5 people"),
        notes=("Five people: every count is of these five.",),
    ))  # fmt: skip
    low, high = wilson(3, 11)
    made.add(Persona(
        "alone", "Cook for one", "secondary", None, 3, 0.71, "Cooks alone, hates throwing food away, and pays for portions nobody eats.",
        "hierarchical", low, high, 4, 7, 1, goals=("g3",), pains=("p4", "p3"), objections=("o1",), distinctive=("p4",), quotes=("d3-m1", "d6-m1"), channels=(), notes=(),
    ))  # fmt: skip
    rows = [
        ("families", "says", "this week's plan has satay in it again", "stated", ("d8-m0",)),
        ("families", "says", "so I gave up and wrote it on the back of an envelope", "stated", ("d1-m3",)),
        ("families", "thinks", "The plan cannot be trusted with a child's food", "inferred", ("d8-m1",)),
        ("families", "does", "Writes the list on an envelope", "stated", ("d1-m3",)),
        ("families", "does", "Edits the shopping list in the aisle", "stated", ("d4-m1", "d1-m2")),
        ("families", "feels", "Fed up with repeating what the family does not eat", "inferred", ("d1-m1", "d8-m1")),
        ("families", "pains", "Food people ruled out keeps coming back", "stated", ("d1-m1", "d1-m3", "d8-m0", "d8-m1")),
        ("families", "gains", "Shopping done in one go", "stated", ("d1-m0", "d2-m1")),
        ("alone", "says", "Portions can't go below two", "stated", ("d6-m0",)),
        ("alone", "pains", "Half of the food ends up in the bin", "stated", ("d6-m1", "d3-m1")),
    ]
    mentions = {one.mention_id: one for one in made.records[Mention] if isinstance(one, Mention)}
    for index, (persona, quadrant, statement, basis, ids) in enumerate(rows):
        n_people = len({mentions[key].person_id for key in ids})
        against = "Recipes are good" if statement.startswith("Fed up") else None
        made.add(EmpathyEntry(persona, quadrant, statement, basis, n_people, ids, index, against))
    made.add(
        Skipped("old-export.csv", "", "No column holds text", "a column of sentences", "columns id, stars, date", "name the text column under [sources.columns]"),
        Skipped("reviews.csv", "rows 6, 9", "Row without words", "a review text", "an empty cell", "nothing", 2, False),
    )  # fmt: skip


def hostile(study: Study, payload: str) -> Study:
    """The study with the payload put into every field that a source or a person can fill."""
    def text_of(value: str) -> str:
        return f"{value}{payload}"

    tables: dict[type[Record], list[Record]] = {}
    for kind, records in study.tables.tables.items():
        tables[kind] = [_poisoned(one, text_of) for one in records]
    sources = tuple(replace(one, name=text_of(one.name), format=text_of(one.format), kind=one.kind) for one in study.sources)
    return replace(
        study, title=text_of(study.title), question=text_of(study.question), run_id=text_of(study.run_id),
        tables=Batch(tables), sources=sources, versions={text_of("spacy"): payload}, method={text_of("seed"): payload},
    )  # fmt: skip


IDS = "document_id segment_id mention_id insight_id persona_id topic_id utterance_id person_id medoid_mention_id divergent_mention_id"
PLAIN = ("text", "quote", "text_key", "severity", "kind", "role", "rank", "quadrant", "sentiment", "created_at")


def _poisoned(record: Record, text_of: object) -> Record:
    """Ids are changed alike everywhere, so that records still join; texts keep their length by leaving spans alone."""
    assert callable(text_of)
    changes: dict[str, object] = {}
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if name in PLAIN or name in ("basis",):
            continue
        if isinstance(value, str):
            changes[name] = text_of(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            changes[name] = tuple(text_of(one) for one in value)
        elif isinstance(value, dict) and value:
            changes[name] = {text_of(key): text_of(one) for key, one in value.items()}
    return replace(record, **changes)  # type: ignore[arg-type]
