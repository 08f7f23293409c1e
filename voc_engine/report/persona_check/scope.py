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
    conditions = []
    if persona is not None:
        chosen = _persona(batch.of(Persona), persona)
        members = {m.person_id for m in batch.of(Membership) if m.persona_id == chosen.persona_id}
        people = [person for person in people if person.person_id in members]
        conditions.append(f"the persona “{chosen.name}”")
    for condition in where:
        people = _having(people, condition)
        conditions.append(condition.replace("=", ": ", 1))
    if not people:
        raise ConfigError(
            "There is nobody to ask.", found=", ".join(conditions) or "a run without people", do="widen the choice"
        )
    return Scope(tuple(people), ", ".join(conditions))


def _persona(personas: Sequence[Persona], wanted: str) -> Persona:
    for persona in personas:
        if wanted.casefold() in (persona.name.casefold(), persona.persona_id.casefold()):
            return persona
    names = [one.name for one in personas]
    raise ConfigError(f"There is no persona {wanted!r} in this run.", do=nearest(wanted, names))


def _having(people: Sequence[Person], condition: str) -> list[Person]:
    name, equals, value = (part.strip() for part in condition.partition("="))
    if not equals or not name or not value:
        raise ConfigError("--where is not understood.", found=condition, do="write attribute=value, such as plan=Team")
    pairs = [(person, person.stated(name)) for person in people]
    values = sorted({own for _, own in pairs if own})
    if not values:
        names = sorted({own for person in people for own in person.attributes})
        raise ConfigError(f"Of nobody is the attribute {name!r} given.", do=nearest(name, names))
    matching = [person for person, own in pairs if own.casefold() == value.casefold()]
    if not matching:
        raise ConfigError(f"Nobody has {name} = {value!r}.", do=nearest(value, values))
    return matching
