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
    for identity in people:
        person_id = ids[f"{identity.prefix}|{identity.keys[0]}"]
        stated[person_id] = strictest((identity.consent, stated.get(person_id, CONSENTS[-1])))
    return {person_id: stated[person_id] for person_id in sorted(stated) if stated[person_id] != CONSENTS[-1]}


def names_of(identities: Iterable[Identity], ids: Mapping[str, str], people: PeopleFile) -> list[tuple[str, str]]:
    """(pseudonym, name) of everybody whose name is known."""
    named = []
    for identity in identities:
        key = identity.keys[0]
        name = people.names[key.removeprefix("person:")] if key.startswith("person:") else identity.name
        if name:
            named.append((ids[f"{identity.prefix}|{key}"], name))
    return named


def identities(
    documents: Iterable[tuple[str, Mapping[str, str]]], turns: Iterable[tuple[str, str, str | None]], people: PeopleFile
) -> list[Identity]:
    """Each identity of some documents (author, attributes) and turns (speaker's key, role, name), once, in order."""
    by_key: dict[tuple[str, str], Identity] = {}

    def add(identity: Identity) -> None:
        before = by_key.setdefault((identity.prefix, identity.key), identity)
        if before.consent != identity.consent:
            by_key[identity.prefix, identity.key] = replace(
                before, consent=strictest((before.consent, identity.consent))
            )

    def is_known(prefix: str, key: str) -> bool:
        """Whether somebody was met before, of whom nothing but a consent could still be learnt."""
        return not people.consents and (prefix, key) in by_key

    for key, attributes in documents:
        if "identity.consent" not in attributes and is_known("P", key):
            continue
        name = attributes.get("identity.name") or (key.removeprefix("name:") if key.startswith("name:") else "")
        every = identity_keys(key, attributes)
        keys = joined(every, people)
        consent = strictest((attributes.get("identity.consent", CONSENTS[-1]), _consent_in(people, keys)))
        add(Identity("P", key, keys, name or key.partition(":")[2], name, consent, every))
    for key, role, speaker in turns:
        if is_known(role_prefix(role), key):
            continue
        keys = joined((key,), people)
        display = speaker or key.partition(":")[2]
        name = display if key.startswith("name:") else ""
        add(Identity(role_prefix(role), key, keys, display, name, _consent_in(people, keys), (key,)))
    return list(by_key.values())


def _consent_in(people: PeopleFile, keys: Sequence[str]) -> str:
    return people.consents.get(keys[0].removeprefix("person:"), CONSENTS[-1]) if keys else CONSENTS[-1]


def pseudonyms_for(
    identities: Iterable[Identity],
    ids: Mapping[str, str],
    people: PeopleFile,
    consents: Mapping[str, str] | None = None,
) -> Pseudonyms:
    """What the redact stage needs for one part. Raises KeyError for an identity that has no pseudonym."""
    pseudonym_of: dict[str, str] = {}
    attributes: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for identity in identities:
        person_id = ids[f"{identity.prefix}|{identity.keys[0]}"]
        pseudonym_of[f"{identity.prefix}|{identity.key}"] = person_id
        if identity.keys[0].startswith("person:"):
            person = identity.keys[0].removeprefix("person:")
            attributes[person_id] = dict(people.attributes[person])
            names[person_id] = people.names[person]
        elif identity.name:
            names[person_id] = identity.name
    allowed = consents or {}
    here = {person_id: allowed[person_id] for person_id in sorted(set(pseudonym_of.values()) & set(allowed))}
    return Pseudonyms(pseudonym_of, attributes, names, here)
