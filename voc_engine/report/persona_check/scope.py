"""Of whom a persona is asked: everybody, the people of one of the run's personas, or those with an attribute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.errors import ConfigError, nearest
from voc_engine.personas.profiles import Person, gather
from voc_engine.records import Batch, Membership, Persona


@dataclass(frozen=True)
class Scope:
    """``told`` says in words who they are, "" for everybody."""

    people: tuple[Person, ...]
    told: str = ""

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.person_id for one in self.people)


def scope_of(batch: Batch, persona: str | None = None, where: Sequence[str] = ()) -> Scope:
    """``where`` are "attribute=value", all of which have to hold, whatever their capitals.

    Raises ConfigError for a persona, an attribute or a value that nobody has.
    """
    people = list(gather(batch).people)
    told = []
    if persona is not None:
        one = _persona(batch.of(Persona), persona)
        members = {m.person_id for m in batch.of(Membership) if m.persona_id == one.persona_id}
        people = [person for person in people if person.person_id in members]
        told.append(f"the persona “{one.name}”")
    for condition in where:
        people = _having(people, condition)
        told.append(condition.replace("=", ": ", 1))
    if not people:
        raise ConfigError(
            "There is nobody to ask.", found=", ".join(told) or "a run without people", do="widen the choice"
        )
    return Scope(tuple(people), ", ".join(told))


def _persona(known: Sequence[Persona], wanted: str) -> Persona:
    for one in known:
        if wanted.casefold() in (one.name.casefold(), one.persona_id.casefold()):
            return one
    names = [one.name for one in known]
    raise ConfigError(f"There is no persona {wanted!r} in this run.", do=nearest(wanted, names))


def _having(people: Sequence[Person], condition: str) -> list[Person]:
    name, equals, value = (part.strip() for part in condition.partition("="))
    if not equals or not name or not value:
        raise ConfigError("--where is not understood.", found=condition, do="write attribute=value, such as plan=Team")
    given = [(person, person.given(name)) for person in people]
    values = sorted({own for _, own in given if own})
    if not values:
        names = sorted({own for person in people for own in person.attributes})
        raise ConfigError(f"Of nobody is the attribute {name!r} given.", do=nearest(name, names))
    found = [person for person, own in given if own.casefold() == value.casefold()]
    if not found:
        raise ConfigError(f"Nobody has {name} = {value!r}.", do=nearest(value, values))
    return found
