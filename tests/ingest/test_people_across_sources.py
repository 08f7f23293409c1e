"""One person in a ticket table, a survey and reviews is one person: by mail in any case, by shared ids, by people file."""

from __future__ import annotations

from pathlib import Path

from voc_engine.privacy.people_file import PeopleFile, parse_people
from voc_engine.privacy.pseudonyms import identities
from voc_engine.store.identities import Vault

from .reading import put, read

TICKETS = (
    "Ticket ID,Subject,Description,Customer ID,Requester email,Priority\n"
    "1,Help,My parcel did not come,C-7,Ann.Lee@Example.org,high\n2,Bill,I was charged twice for it,C-8,bo@example.org,low\n"
)
SURVEY = (
    "Response ID,Email,Plan,What annoys you most?\n"
    "R1,ANN.LEE@example.org,Solo,the queue at noon\nR2,cy@example.org,Team,the price of it\n"
)
REVIEWS = (
    "Review ID,Reviewer,E-Mail,Stars,Review\n"
    'r1,Ann L.,"Ann Lee <ann.lee@example.ORG>",2,It loses my list\nr2,Bo Kim,,5,Fast and clear to me\n'
)
CRM = "Customer ID,Plan,What is missing?\nC-8,Team,a dark mode for the evenings\nC-7,Solo,an export of all my data\n"


def people_of(folder: Path, people: PeopleFile, **ids: str) -> dict[str, str]:
    """Text -> pseudonym over all four files; ``ids`` names the id system of a file."""
    documents = []
    for name, content in (("tickets", TICKETS), ("survey", SURVEY), ("reviews", REVIEWS), ("crm", CRM)):
        talks, _ = read(put(folder, f"{name}.csv", content), ids=ids.get(name))
        documents += [talk.document for talk in talks]
    found = identities([(one.person_id, one.attributes) for one in documents], [], people)
    given = Vault(folder / "v").allocate((one.prefix, one.keys, one.shown) for one in found)
    by_key = {one.key: given[f"P|{one.keys[0]}"] for one in found}
    return {one.text.split("\n")[-1]: by_key[one.person_id] for one in documents}


def test_mails_join_whatever_their_case(tmp_path: Path) -> None:
    who = people_of(tmp_path, PeopleFile())
    assert who["My parcel did not come"] == who["the queue at noon"] == who["It loses my list"]
    assert len(set(who.values())) == 6


def test_ids_join_only_where_the_sources_say_that_they_share_them(tmp_path: Path) -> None:
    who = people_of(tmp_path, PeopleFile(), tickets="crm", crm="crm")
    assert who["My parcel did not come"] == who["an export of all my data"] == who["It loses my list"]
    assert who["I was charged twice for it"] == who["a dark mode for the evenings"]
    assert who["Fast and clear to me"] != who["I was charged twice for it"]
    assert len(set(who.values())) == 4


def test_the_people_file_joins_the_rest(tmp_path: Path) -> None:
    people = parse_people(
        "person,name,email,id\nbo,Bo Kim,BO@example.org,\nann,,ann.lee@example.org,C-7\n", "people.csv"
    )
    who = people_of(tmp_path, people)
    assert who["Fast and clear to me"] == who["I was charged twice for it"]
    assert who["an export of all my data"] == who["My parcel did not come"]
