"""Synthetic support tickets as JSON lines: about 1.2 KB each, with mails, phones, names and order numbers; seeded."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

CUSTOMERS_PER_TICKET = 0.2
KNOWN_PEOPLE = 2_000
_FIRST_NAMES = (
    "Maren Tom Ida Paul Rosa Kofi Lena Omar Nils Yusuf Nadia Aiko Bruno Carla Dilara Emeka Farid Greta Hugo Ines Jonas"
    " Katya Liam Mira Noor Oskar Petra Quentin Rana Sanjay Tilda Uma Viktor Wanda Xenia Yara Zoltan Amara Bilal Celeste"
)
_LAST_NAMES = (
    "Vos Reed Lund Roe Diaz Boateng Beck Sy Berg Marchetti Ferrante Tanaka Silva Novak Yilmaz Okafor Haddad Lindqvist"
    " Moreau Castro Keller Petrov Walsh Nair Saleh Nyberg Horvath Dubois Rahman Iyer Strand Rao Kovacs Nowak Sato Demir"
)
_THING_NAMES = "invoice booking export calendar report password login refund parcel subscription receipt dashboard"
_FIRST, _LAST, _THINGS = _FIRST_NAMES.split(), _LAST_NAMES.split(), _THING_NAMES.split()
_SYLLABLES = ("son", "mann", "ova", "sen", "ides", "ez", "ini", "stein")
_SUBJECTS = (
    "Problem with my {thing}",
    "{thing} does not work",
    "Question about the {thing}",
    "Still waiting for {thing}",
)
_SENTENCES = (
    "Since the update on {day} I cannot open the {thing} any more.",
    "My order number is {order} and the amount was {amount} EUR.",
    "You can reach me at {phone} or write to {mail}.",
    "I spoke with {agent} on the phone last week, and {agent_first} promised to look into it.",
    "The {thing} shows an error for about {number} seconds and then the page is empty.",
    "I have to type every {thing} twice, which takes me {number} minutes every evening.",
    "It worked fine for {number} months before that.",
    "My colleague {friend} has the same trouble with the {thing}.",
    "I want the {thing} to sync by itself so that I can go home earlier.",
    "Please send the {thing} to my other address, {other_mail}, as well.",
    "We pay {amount} EUR a month for this and nobody answers our mails.",
    "I love how quick the search is, but the {thing} lets me down every time.",
    "Could you call {friend} at {other_phone} to arrange a new date?",
    "The customer id on the letter is C-{order}, the ticket before this one was {ticket}.",
    "After {number} tries I gave up and wrote the {thing} by hand.",
    "If that cannot be fixed by {day} I shall have to move to another tool.",
    "The app says that my {thing} was deleted on {day}, but I never did that.",
    "Is there a way to get the {thing} of all {number} rooms at once?",
    "I am afraid that our guests will not get their {thing} in time.",
    "Thanks for your help, I know that you have a lot to do.",
)
_START = datetime(2026, 1, 1, tzinfo=UTC)


def write_dump(folder: Path, rows: int, files: int = 1, seed: int = 1) -> int:
    """Write tickets-00.jsonl and so on, people.csv and voc.toml into the folder; bytes of the tickets."""
    folder.mkdir(parents=True, exist_ok=True)
    customers = max(1, int(rows * CUSTOMERS_PER_TICKET))
    written = 0
    for number in range(files):
        with open(folder / f"tickets-{number:02d}.jsonl", "w", encoding="utf-8") as sink:
            for row in range(rows * number // files, rows * (number + 1) // files):
                written += sink.write(json.dumps(ticket(row, customers, seed)) + "\n")
    with open(folder / "people.csv", "w", encoding="utf-8", newline="") as stream:
        people = csv.writer(stream)
        people.writerow(("person", "name", "email", "country"))
        for customer in range(min(KNOWN_PEOPLE, customers)):
            name, mail = person(customer)
            people.writerow((f"c{customer}", name, mail, ("Ireland", "Kenya", "Japan")[customer % 3]))
    config = '[people]\nfile = "people.csv"\n\n[[sources]]\npath = "tickets-*.jsonl"\nkind = "ticket"\n'
    (folder / "voc.toml").write_text(config, encoding="utf-8")
    return written


def person(customer: int) -> tuple[str, str]:
    """(name, mail address) of a customer; no two customers share either."""
    first, last = _FIRST[customer % len(_FIRST)], _LAST[(customer // len(_FIRST)) % len(_LAST)]
    rest = customer // (len(_FIRST) * len(_LAST))
    while rest:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        last += _SYLLABLES[syllable]
    return f"{first} {last}", f"{first}.{last}{customer}@example.org".lower()


def ticket(row: int, customers: int, seed: int) -> dict[str, Any]:
    """One ticket in the layout of a Zendesk export; the same for the same row, number of customers and seed."""
    draw = random.Random(f"{seed} {row}")
    name, mail = person(draw.randrange(customers))
    when = _START + timedelta(seconds=30 * row)
    words = _words(draw, name, mail)
    described = " ".join(line.format(**words) for line in draw.sample(_SENTENCES, draw.randint(10, 15)))
    return {
        "id": 70_000 + row, "subject": draw.choice(_SUBJECTS).format(**words),
        "description": f"Hello,\n\n{described}\n\nBest regards\n{name}",
        "created_at": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "status": draw.choice(("open", "solved", "closed")),
        "priority": draw.choice(("low", "normal", "high")), "via": {"channel": draw.choice(("email", "web", "chat"))},
        "requester": {"name": name, "email": mail}, "tags": [words["thing"]],
    }  # fmt: skip


def _words(draw: random.Random, name: str, mail: str) -> dict[str, str]:
    agent, friend = (f"{draw.choice(_FIRST)} {draw.choice(_LAST)}" for _ in range(2))
    return {
        "name": name, "mail": mail, "agent": agent, "agent_first": agent.split()[0], "friend": friend,
        "thing": draw.choice(_THINGS), "day": f"{draw.randint(1, 28)} {draw.choice(('March', 'May', 'June'))}",
        "order": str(draw.randint(10**7, 10**8)), "ticket": str(draw.randint(10**5, 10**6)),
        "amount": f"{draw.randint(5, 900)}.{draw.randint(10, 99)}", "number": str(draw.randint(2, 90)),
        "phone": f"+49 30 {draw.randint(10**6, 10**7 - 1)}", "other_phone": f"+44 20 7946 0{draw.randint(100, 999)}",
        "other_mail": f"{friend.replace(' ', '.').lower()}{draw.randint(1, 99)}@example.com",
    }  # fmt: skip


def lines(folder: Path) -> Iterator[str]:
    """The lines of every dump in the folder."""
    for path in sorted(folder.glob("tickets-*.jsonl")):
        with open(path, encoding="utf-8") as stream:
            yield from stream
