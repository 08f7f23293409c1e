"""One person who is to be forgotten, what is to be done for it, and what may stay of a decision that was about them."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import asdict, dataclass, field, replace

from voc_engine.privacy.forgotten import Forgotten
from voc_engine.privacy.unsaid import Unsaid
from voc_engine.records import Decision, halves


@dataclass
class Person:
    """Somebody to be forgotten: pseudonym, every key by which a source knows them, every way to write the name.

    ``also``: other pseudonyms that stand for one of these keys. A speaker of whom only the name is known may be the same
    person; nobody can tell, so they go too.
    """

    person_id: str
    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)

    @property
    def clear(self) -> list[str]:
        """Words by which the person can be found in a file: names, addresses, handles."""
        values = {key.partition(":")[2] for key in self.keys if key.startswith(("mail:", "name:"))}
        return sorted({*values, *self.names})


@dataclass(frozen=True)
class Erasure:
    """All that is to be done to forget a person, worked out before anything is changed: a command that was killed goes on
    from it, and its report is the same.

    ``documents`` are theirs and go, ``touched`` are others' that lose their words or name, ``companies`` the pseudonyms
    of those that nobody else's attributes name; ``changed`` and ``removed`` count decisions.
    """

    person: Person
    documents: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    changed: int = 0
    removed: int = 0

    @property
    def people(self) -> frozenset[str]:
        """Every pseudonym that goes."""
        return frozenset({self.person.person_id, *self.person.also})

    def means(self, whom: str) -> bool:
        """Whether the person is meant by a pseudonym, mail address, name, handle or id."""
        wanted = " ".join(whom.split()).casefold()
        called = {one.casefold() for one in (*self.people, *self.person.names)}
        return wanted in called or any(means(key, wanted) for key in self.person.keys)

    def dumped(self) -> str:
        """As text, the same for the same erasure."""
        return json.dumps(asdict(self), default=sorted, ensure_ascii=False, sort_keys=True)

    @classmethod
    def loaded(cls, text: str) -> Erasure:
        """What ``dumped`` gave."""
        data = json.loads(text)
        person_data = data["person"]
        person = Person(person_data["person_id"], *(set(person_data[name]) for name in ("keys", "names", "also")))
        documents, touched, companies = (frozenset(data[name]) for name in ("documents", "touched", "companies"))
        return cls(person, documents, touched, companies, data["changed"], data["removed"])


def means(key: str, wanted: str, listed: Set[str] = frozenset()) -> bool:
    """Whether an identity key ("mail:a@x.org", "id:zendesk:7") is what somebody wrote (folded), or one of ``listed``."""
    sort, _, value = key.partition(":")
    plain = value.casefold()
    return key in listed or (sort not in ("anonymous", "speaker") and (
        plain == wanted or (sort == "id" and plain.rpartition(":")[2] == wanted)
    ))  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What the person said, against what everybody else did, and the ids of what was made of it."""

    unsaid: Unsaid
    ids: frozenset[str]


def decided_without(decision: Decision, person: Person, forgotten: Forgotten, spoken: Said) -> Decision | None:
    """A decision without the person: None where it was about their words alone or says them."""
    evidence = tuple(key for key in decision.evidence if key not in spoken.ids)
    value_evidence = tuple(key for key in decision.value_evidence if key not in spoken.ids)
    about = not spoken.ids.isdisjoint((decision.target_id, halves(decision.target_id)[1])) or (
        bool(decision.evidence) and not evidence
    )
    value = decision.value
    if value is not None and decision.action == "split":
        value = " ".join(key for key in value.split() if key not in spoken.ids)
    if about or value == "" or (value is not None and _tells(value, person, forgotten, spoken.unsaid)):
        return None
    comment = decision.comment
    if comment is not None and (evidence != decision.evidence or _tells(comment, person, forgotten, spoken.unsaid)):
        comment = None
    author = None if decision.author and forgotten.masked(decision.author) != decision.author else decision.author
    return replace(
        decision, value=value, comment=comment, author=author, evidence=evidence, value_evidence=value_evidence
    )  # fmt: skip


def _tells(text: str, person: Person, forgotten: Forgotten, unsaid: Unsaid) -> bool:
    named = any(one in text for one in (person.person_id, *sorted(person.also)))
    return named or forgotten.masked(text) != text or unsaid.betrays(text)
