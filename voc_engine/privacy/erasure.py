"""One person who is to be forgotten, and what may stay of a decision that was about them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voc_engine.privacy.forgotten import Forgotten
from voc_engine.privacy.unsaid import Unsaid
from voc_engine.records import Decision


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
class Said:
    """What the person said, against what everybody else did, and the ids of what was made of it."""

    unsaid: Unsaid
    ids: frozenset[str]


def decided_without(one: Decision, person: Person, forgotten: Forgotten, said: Said) -> Decision | None:
    """A decision without the person: None where it was about their words alone or says them."""
    evidence = tuple(key for key in one.evidence if key not in said.ids)
    value_evidence = tuple(key for key in one.value_evidence if key not in said.ids)
    about = one.target_id in said.ids or (bool(one.evidence) and not evidence)
    value = one.value
    if value is not None and one.action == "split":
        value = " ".join(key for key in value.split() if key not in said.ids)
    if about or value == "" or (value is not None and _tells(value, person, forgotten, said.unsaid)):
        return None
    comment = one.comment
    if comment is not None and (evidence != one.evidence or _tells(comment, person, forgotten, said.unsaid)):
        comment = None
    author = None if one.author and forgotten.masked(one.author) != one.author else one.author
    return replace(
        one, value=value, comment=comment, author=author, evidence=evidence, value_evidence=value_evidence
    )  # fmt: skip


def _tells(text: str, person: Person, forgotten: Forgotten, unsaid: Unsaid) -> bool:
    named = any(one in text for one in (person.person_id, *sorted(person.also)))
    return named or forgotten.masked(text) != text or unsaid.betrays(text)
