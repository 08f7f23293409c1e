"""Where it hurts, whom, and in how many words: the counts on the pages against a recount from the tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from report_pages import Page, parsed, written
from report_studies import Made, empty_study, small_study

from voc_engine.config import Config
from voc_engine.records import Batch, Membership, Mention, Persona, Segment, Topic, TopicAssignment
from voc_engine.report import wording
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.hurts import hurts
from voc_engine.report.overview import overview
from voc_engine.report.people import persona_view
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def pages(study: Study) -> dict[str, Page]:
    return parsed(written(study))


def recount(study: Study) -> dict[tuple[str, str], list[Mention]]:
    """(topic, kind of mention) -> mentions, by way of the sentence that each stands in."""
    home = {one.segment_id: one.topic_id for one in study.tables.of(TopicAssignment) if one.topic_id}
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for one in study.tables.of(Mention):
        if one.segment_id in home:
            found[home[one.segment_id], one.kind].append(one)
    return found


def test_where_it_hurts_counts_people_as_the_tables_do(study: Study, pages: dict[str, Page]) -> None:
    pains = {topic: several for (topic, kind), several in recount(study).items() if kind == "pain_point"}
    rows = [one for one in pages["index.html"].all("*", data_hurt_topic="") if one.tag in ("li", "tr")]
    assert {one.attributes["data-hurt-topic"] for one in rows} == set(pains)
    assert len(rows) == 2 * len(pains), "each topic stands in the list and in the table"
    for one in rows:
        mentions = pains[one.attributes["data-hurt-topic"]]
        own = defaultdict(list)
        for mention in mentions:
            own[mention.person_id].append(mention.severity_score)
        assert one.attributes["data-people"] == str(len(own))
        assert one.attributes["data-mentions"] == str(len(mentions))
        mean = sum(sum(several) / len(several) for several in own.values()) / len(own)
        assert one.attributes["data-severity"] == f"{mean:.4f}"
    listed = [int(one.attributes["data-people"]) for one in rows if one.tag == "li"]
    assert listed == sorted(listed, reverse=True)


def test_whom_it_hurts_counts_each_personas_people(study: Study, pages: dict[str, Page]) -> None:
    persona = {one.person_id: one.persona_id for one in study.tables.of(Membership)}
    pains = recount(study)
    index = pages["index.html"]
    topic, seen = "", 0
    for one in index.elements:
        topic = one.attributes.get("data-hurt-topic", topic)
        if "data-hurt-persona" in one.attributes:
            people = {mention.person_id for mention in pains[topic, "pain_point"]}
            there = sum(persona.get(person) == one.attributes["data-hurt-persona"] for person in people)
            assert one.attributes["data-people"] == str(there)
            seen += 1
    assert seen == len(study.tables.of(Persona)) * len({key for key, kind in pains if kind == "pain_point"})


def test_topics_count_the_people_of_every_kind(study: Study, pages: dict[str, Page]) -> None:
    counted = {key: len({one.person_id for one in several}) for key, several in recount(study).items()}
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in pages["topics.html"].all("*", data_voiced_in=""):
        shown[one.attributes["data-voiced-in"], one.attributes["data-kind"]].add(one.attributes["data-people"])
    assert {key: {str(value)} for key, value in counted.items()} == {k: v for k, v in shown.items() if v != {"0"}}


def test_a_topics_quote_is_somebodys_pain_in_that_topic_and_linked(study: Study, pages: dict[str, Page]) -> None:
    pains = recount(study)
    evidence = Evidence(study)
    for one in hurts(evidence, Quotes(evidence, Places(evidence))).topics:
        own = {mention.mention_id for mention in pains[one.topic.topic_id, "pain_point"]}
        assert one.quote is not None
        assert one.quote.mention_id in own
        for point in one.points:
            voices = {m.person_id for m in evidence.members[point.view.insight.insight_id] if m.mention_id in own}
            assert point.n_here == len(voices), "an insight's people are counted in the topic, not everywhere"
        shown = [q for q in pages["index.html"].all("q") if q.attributes.get("data-mention") == one.quote.mention_id]
        assert shown
        assert shown[0].path[-1] == "a"


def in_short(study: Study) -> dict[str, str]:
    evidence = Evidence(study)
    view = overview(evidence, Quotes(evidence, Places(evidence)))
    return {
        one.lead: one.insight.insight.statement + ": " + one.insight.reach
        if one.insight
        else "".join(part.text for part in one.parts)
        for one in view.summary
    }


def test_the_summary_of_a_small_study_is_in_counts() -> None:
    said = in_short(small_study())
    assert said["Where it hurts"] == (
        "8 of 11 people name something that hurts, about shopping list (5 people), what we don't eat (2)"
        " and cook for four (2)."
    )
    assert said["To act on first"].endswith("2 of 11 people")
    assert said["Whom"] == "2 groups of people: Family planner (5 people); Cook for one (3); 3 people in none."
    assert said["How sure"].startswith("11 people heard: this shows which matters exist, not how common")
    assert not any("%" in text for text in said.values())


def test_the_summary_of_nothing_claims_nothing() -> None:
    assert in_short(empty_study()) == {"Nobody was heard": "There is nothing to sum up."}


def study_of(*texts: tuple[str, str]) -> Study:
    made = Made()
    for number, (person, text) in enumerate(texts):
        made.document(f"d{number}", "review", "a.csv", [(person, "participant", text)])
    for key in sorted(made.claims):
        made.insight(key, f"Statement {key}")
    return Study("r1", "Title", "", Config(), made.tables())


def test_the_summary_of_people_without_pains_says_so() -> None:
    said = in_short(study_of(("P1", "All is well."), ("P2", "Nothing to add.")))
    assert said["Where it hurts"] == "Nobody of the 2 people heard named something that hurts."
    assert said["Whom"] == "No personas: too little was said to describe a group of people."
    assert "To act on first" not in said


def test_the_summary_of_one_person_counts_one_person() -> None:
    said = in_short(study_of(("P1", "[[pain_point:a|It broke]].")))
    assert said["Where it hurts"] == "The one person heard names something that hurts."
    assert said["To act on first"] == "No problem is shared in the same sense: each was named by one person."


def test_a_study_without_topics_has_no_empty_section() -> None:
    page = parsed(written(study_of(("P1", "[[pain_point:a|It broke]]."))))["index.html"]
    assert "page-hurts" not in page.ids
    assert not page.all("*", data_hurt_topic="")


def test_people_whose_pain_fits_no_topic_are_told() -> None:
    study = small_study()
    assigned = study.tables.of(TopicAssignment)
    inside = {one.segment_id for one in assigned if one.topic_id == "topic-0"}
    kept = [one if one.segment_id in inside else replace(one, topic_id=None) for one in assigned]
    tables = study.tables.tables | {TopicAssignment: kept, Topic: study.tables.of(Topic)[:1]}
    changed = replace(study, tables=Batch(tables))
    evidence = Evidence(changed)
    found = hurts(evidence, Quotes(evidence, Places(evidence)))
    segments = {one.segment_id: one for one in changed.tables.of(Segment)}
    pains = [one for one in changed.tables.of(Mention) if one.kind == "pain_point"]
    told = {one.person_id for one in pains if segments[one.segment_id].segment_id in inside}
    assert found.n_untold == len({one.person_id for one in pains} - told) > 0


def test_single_voices_are_folded_below_what_is_shared(pages: dict[str, Page]) -> None:
    page = pages["insights.html"]
    fold = page.all("details", id="page-singles")[0]
    assert "open" not in fold.attributes
    assert "Said by one person: 6" in fold.text
    inside = [one for one in page.all("article", data_insight="") if "details" in one.path]
    assert [one.attributes["data-people"] for one in inside] == ["1"] * 6
    alone = parsed(written(study_of(("P1", "[[pain_point:a|It broke]]."))))["insights.html"]
    assert "open" in alone.all("details", id="page-singles")[0].attributes, "nothing shared: nothing to fold it under"


def test_a_documents_contents_count_its_marks_by_kind(study: Study, pages: dict[str, Page]) -> None:
    page = pages["docs/interview-001.html"]
    nav = page.all("nav", class_="marked")[0]
    own = [one for one in study.tables.of(Mention) if one.document_id == "d1"]
    for kind in {one.kind for one in own}:
        assert wording.count(sum(one.kind == kind for one in own), *wording.KIND_NAMES[kind]) in nav.text
    links = [one.attributes["href"] for one in page.all("a") if "ol" in one.path and "nav" in one.path]
    assert sorted(links) == sorted(f"#{one.mention_id}" for one in own)


def test_a_turns_time_is_a_link_to_itself(pages: dict[str, Page]) -> None:
    page = pages["docs/interview-001.html"]
    times = page.all("a", class_="time")
    assert [one.text for one in times][:2] == ["0:04", "0:27"]
    turns = {one.attributes["id"] for one in page.all("div", data_role="")}
    assert {one.attributes["href"][1:] for one in times} == turns


def test_a_person_leads_to_their_other_documents(pages: dict[str, Page]) -> None:
    details = list(pages["docs/review-001.html"].all("details", class_="elsewhere"))
    assert len(details) == 1, "only P0005 has written twice"
    assert details[0].text.startswith("1 other document of P0005")
    links = [one.attributes["href"] for one in pages["docs/review-001.html"].all("a") if "details" in one.path]
    assert "../docs/ticket-001.html#d10" in links


def test_every_table_has_a_caption(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert len(page.all("table")) == len(page.all("caption")), path
        assert all(one.text.strip() for one in page.all("caption")), path


def test_a_digest_keeps_whole_sentences() -> None:
    assert wording.digest(("Cooks alone.", "Shops on foot.")) == "Cooks alone. Shops on foot."
    assert wording.digest(("A" * 300 + ".", "Next.")) == "A" * 300 + "."
    assert wording.digest(("A" * 200 + ".", "B" * 200 + ".", "C.")) == "A" * 200 + "."
    assert wording.digest(()) == ""


def test_what_stands_beside_a_count_of_people_counts_them_only_where_nothing_else_is_told() -> None:
    evidence = Evidence(small_study())
    (one, *_) = evidence.personas.values()
    counted = "52 of 200 people (26%, 95% interval 20% to 32%)."
    shown = {
        told: persona_view(
            replace(one, summary=" ".join((counted, *told)), sentences=told), evidence, Places(evidence)
        ).digest
        for told in ((), ("More than others they ask.",))
    }
    assert shown == {(): counted, ("More than others they ask.",): "More than others they ask."}


def test_a_reason_is_told_once() -> None:
    assert wording.reasons(("annoys", "time lost: 'a month'", "annoys")) == "annoys; time lost: 'a month'"


def test_a_topics_quote_is_not_a_point_over_again() -> None:
    made = Made()
    texts = {
        "P1": "[[pain_point:a|The invoice numbers have holes in them]].",
        "P2": "[[pain_point:a|The numbers of my invoices have holes and the accountant sent them back]].",
    }
    for person, text in texts.items():
        made.document(f"d-{person}", "review", "a.csv", [(person, "participant", text)])
    made.add(Topic("t", "invoice numbers", ("invoice", "numbers"), 2, 2))
    made.add(*(TopicAssignment(one.segment_id, "t", 0.9) for one in made.of(Segment)))
    made.insight("a", "The invoice numbers have holes in them", topic_id="t")
    evidence = Evidence(Study("r", "T", "", Config(), made.tables()))
    (topic,) = hurts(evidence, Quotes(evidence, Places(evidence))).topics
    assert topic.quote is not None
    assert topic.quote.person == "P2"


@pytest.mark.parametrize(("praising", "people", "stands"), [(2, 29, True), (2, 30, False), (3, 30, True)])
def test_among_many_what_two_praise_is_not_what_pleases(praising: int, people: int, stands: bool) -> None:
    praise = [(f"P{n}", "[[delight:a|The calendar is lovely]].") for n in range(praising)]
    said = in_short(study_of(*praise, *((f"P{n}", "All is well.") for n in range(praising, people))))
    assert ("What pleases" in said) is stands
