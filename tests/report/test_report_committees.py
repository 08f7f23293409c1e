"""Buying committees: who of an account uses, buys, decides and recommends, given or told; accounts of one are none."""

from __future__ import annotations

from dataclasses import replace

from report_pages import parsed, written
from report_studies import Made, empty_study

from voc_engine.config import Config
from voc_engine.records import Batch, Disclosure, Document, Persona, Segment
from voc_engine.report.committees import SEATS, Committees, committees
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes

SAID = "I bought this for our team last spring."


def accounts() -> Study:
    """Four people of two accounts: of the first one is given as end user and one tells that they bought it."""
    made = Made()
    for person, company, role in (
        ("P0001", "Acme Ltd", "End User"),
        ("P0002", "ACME ltd", ""),
        ("P0003", "Bolt", ""),
        ("P0004", "none", "buyer"),
    ):
        given = {"Company": company, "Role": role} if role else {"Company": company}
        made.document(f"d{person}", "review", "a.csv", [(person, "participant", SAID)], attributes=given)
    home = next(one for one in made.of(Segment) if one.person_id == "P0002")
    words = (0, len(SAID), SAID, 0.9)
    made.add(Disclosure("t1", home.segment_id, "dP0002", "P0002", "buys", *words))
    made.add(Persona("k", "Everyone", "primary", None, 4, None, "", "consensus", 0.0, 1.0, 4, 0, 0))
    return Study("r", "T", "", Config(), made.tables())


def found(study: Study) -> Committees:
    evidence = Evidence(study)
    return committees(evidence, Quotes(evidence, Places(evidence)))


def test_an_account_has_its_roles_as_given_and_as_told() -> None:
    made = found(accounts())
    (one,) = made.shown
    seats = dict(zip(SEATS, one.seats, strict=True))
    assert (one.account, one.n_people, made.total) == ("ACME ltd", 2, 1)
    assert [(seat.person, seat.given) for seat in seats["end user"]] == [("P0001", True)]
    assert [(seat.person, seat.given) for seat in seats["buyer"]] == [("P0002", False)]
    assert seats["buyer"][0].quote is not None
    assert seats["buyer"][0].quote.text == SAID
    assert seats["decision-maker"] == seats["influencer"] == (), "nobody was heard in these roles"


def test_the_personas_page_shows_the_committee_and_leads_to_the_words() -> None:
    page = parsed(written(accounts()))["personas.html"]
    (section,) = [one for one in page.all("section") if "Who buys with whom" in one.text]
    text = " ".join(section.text.split())
    assert "ACME ltd 2 peopleP0001 givenP0002nobody heardnobody heard" in text
    assert any(one.text == "P0002" and one.attributes["href"] for one in page.all("a"))


def test_without_accounts_there_is_no_table() -> None:
    assert found(empty_study()).shown == ()
    study = accounts()
    bare = [replace(one, attributes={}) for one in study.tables.of(Document)]
    study = replace(study, tables=Batch(study.tables.tables | {Document: bare}))
    assert "Who buys with whom" not in parsed(written(study))["personas.html"].source
