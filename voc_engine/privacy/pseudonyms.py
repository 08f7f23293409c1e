"""Who is behind each pseudonym, and what redaction is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voc_engine.privacy.consent import CONSENTS, strictest
from voc_engine.privacy.people_file import PeopleFile, identity_keys, joined, role_prefix
from voc_engine.records import Given, Skipped


@dataclass(frozen=True)
class Pseudonyms(Given):
    """What the serial pass gives to a part: ``ids`` maps "<prefix>|<identity key>" to a pseudonym, ``attributes`` a
    pseudonym to what the people file says of it, ``names`` a pseudonym to the name that must not stay in the text,
    ``consents`` a pseudonym to what the person allowed, where that is less than everything, ``silent`` a source of
    which nothing that was set aside may be shown (somebody in it refused) to the reason.

    ``others`` maps a source to the names of further people whom the study knows there, by pseudonym; in ``full`` they are
    too many for their first names to tell anybody. ``companies`` maps a pseudonym to a company to look for in every text,
    ``company_ids`` a company as a column writes it (folded) to its pseudonym, ``sources`` a source to the name under which
    it is shown. ``unmatched`` maps the people file to what is to be told of it where it is not of the sources' people;
    of all parts the first is given it."""

    ids: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    full: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    companies: Mapping[str, str] = field(default_factory=dict)
    company_ids: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    unmatched: Mapping[str, Skipped] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """Somebody as a source knows them: pseudonym's prefix, strongest key, keys that join over sources, name to show
    to the workspace's owner, the name to mask where one is known, what the person allowed, and every key of theirs."""

    prefix: str
    key: str
    keys: tuple[str, ...]
    shown: str
    name: str = ""
    consent: str = CONSENTS[-1]
    known_by: tuple[str, ...] = ()


def consents_by_person(people: Iterable[Identity], ids: Mapping[str, str]) -> dict[str, str]:
    """Pseudonym -> the strictest that anything states of the person; who may be quoted to anybody is left out."""
    stated: dict[str, str] = {}
    for one in people:
        person_id = ids[f"{one.prefix}|{one.keys[0]}"]
        stated[person_id] = strictest((one.consent, stated.get(person_id, CONSENTS[-1])))
    return {person_id: stated[person_id] for person_id in sorted(stated) if stated[person_id] != CONSENTS[-1]}


def names_of(found: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile) -> list[tuple[str, str]]:
    """(pseudonym, name) of everybody whose name is known."""
    named = []
    for one in found:
        key = one.keys[0]
        name = people.names[key.removeprefix("person:")] if key.startswith("person:") else one.name
        if name:
            named.append((ids[f"{one.prefix}|{key}"], name))
    return named


def identities(
    documents: Iterable[tuple[str, Mapping[str, str]]], turns: Iterable[tuple[str, str, str | None]], people: PeopleFile
) -> list[Identity]:
    """Each identity of some documents (author, attributes) and turns (speaker's key, role, name), once, in order."""
    said: dict[tuple[str, str], Identity] = {}

    def add(one: Identity) -> None:
        before = said.setdefault((one.prefix, one.key), one)
        if before.consent != one.consent:
            said[one.prefix, one.key] = replace(before, consent=strictest((before.consent, one.consent)))

    for key, attributes in documents:
        name = attributes.get("identity.name") or (key.removeprefix("name:") if key.startswith("name:") else "")
        every = identity_keys(key, attributes)
        keys = joined(every, people)
        consent = strictest((attributes.get("identity.consent", CONSENTS[-1]), _consent_in(people, keys)))
        add(Identity("P", key, keys, name or key.partition(":")[2], name, consent, every))
    for key, role, speaker in turns:
        keys = joined((key,), people)
        shown = speaker or key.partition(":")[2]
        name = shown if key.startswith("name:") else ""
        add(Identity(role_prefix(role), key, keys, shown, name, _consent_in(people, keys), (key,)))
    return list(said.values())


def _consent_in(people: PeopleFile, keys: Sequence[str]) -> str:
    return people.consents.get(keys[0].removeprefix("person:"), CONSENTS[-1]) if keys else CONSENTS[-1]


def pseudonyms_for(
    part: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile, consents: Mapping[str, str] | None = None
) -> Pseudonyms:
    """What the redact stage needs for one part. Raises KeyError for an identity that has no pseudonym."""
    given: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for one in part:
        person_id = ids[f"{one.prefix}|{one.keys[0]}"]
        given[f"{one.prefix}|{one.key}"] = person_id
        if one.keys[0].startswith("person:"):
            person = one.keys[0].removeprefix("person:")
            attributes[person_id] = dict(people.attributes[person])
            names[person_id] = people.names[person]
        elif one.name:
            names[person_id] = one.name
    allowed = consents or {}
    here = {person_id: allowed[person_id] for person_id in sorted(set(given.values()) & set(allowed))}
    return Pseudonyms(given, attributes, names, here)
