"""Buying committees: per account who uses, buys, decides and recommends, as given or as they tell it themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from voc_engine.personas.disclosed import ROLES, disclosures_of, given_role
from voc_engine.personas.profiles import Person, gather
from voc_engine.privacy.companies import company_key, is_company_column
from voc_engine.privacy.withholding import MARK
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import Quotes, QuoteView

SEATS = ("end user", "buyer", "decision-maker", "influencer")
LEAST_PEOPLE = 2  # heard of an account: one person is no committee
MOST_ACCOUNTS = 40  # a choice: rows of one page; how many more there are is told


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one role; ``quote`` holds the words that tell it, None where it is given or may not be quoted."""

    person: str
    given: bool
    quote: QuoteView | None


@dataclass(frozen=True, slots=True)
class Committee:
    """``seats``: people per role of SEATS, none where nobody who was heard has it."""

    account: str
    n_people: int
    seats: tuple[tuple[Seat, ...], ...]


@dataclass(frozen=True, slots=True)
class Committees:
    """The accounts shown, those of most people first, of ``total`` of which at least two people were heard."""

    roles: tuple[str, ...]
    shown: tuple[Committee, ...]
    total: int


def committees(evidence: Evidence, quotes: Quotes) -> Committees:
    """Accounts of which several people were heard and of at least one of whom a role is known.

    The account is what a column such as company, organisation or account says of a person.
    """
    columns = {name for one in evidence.documents.values() for name in one.attributes if is_company_column(name)}
    accounts: dict[str, list[tuple[str, Person]]] = defaultdict(list)
    for person in gather(evidence.study.tables).people if columns else ():
        for column in sorted(columns & set(person.attributes)):
            name = person.attributes[column]
            if name != MARK and (key := company_key(name)):
                accounts[key].append((name, person))
                break
    several = {key: people for key, people in accounts.items() if len(people) >= LEAST_PEOPLE}
    every = [_committee(people, evidence, quotes) for _, people in sorted(several.items())]
    with_roles = [one for one in every if any(one.seats)]
    with_roles.sort(key=lambda one: (-one.n_people, one.account))
    return Committees(SEATS, tuple(with_roles[:MOST_ACCOUNTS]), len(several))


def _committee(people: list[tuple[str, Person]], evidence: Evidence, quotes: Quotes) -> Committee:
    members = [person for _, person in people]
    seats = (tuple(_seats(role, members, evidence, quotes)) for role in SEATS)
    return Committee(min(name for name, _ in people), len(people), tuple(seats))


def _seats(role: str, members: list[Person], evidence: Evidence, quotes: Quotes) -> list[Seat]:
    seats = []
    for person in members:
        given_value, disclosures = given_role(person, role), disclosures_of([person], *ROLES[role])
        if given_value or disclosures:
            able = [one for one in disclosures if one.quote != MARK and one.disclosure_id in evidence.disclosures]
            seats.append(Seat(person.person_id, given_value, quotes.disclosed(able[0]) if able else None))
    return seats
