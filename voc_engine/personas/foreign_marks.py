"""Whether groups of people are no more than where the people come from: the files, the channels or the products.

Groups that stand for one of these are none: the same people would fall apart in the same way whatever they said. What
is measured is the mutual information of groups and origin beyond what chance gives for groups and origins of these
sizes (adjusted for permutations, Vinh, Epps & Bailey 2010): 0 by chance, 1 where one tells the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voc_engine.personas.origins import is_product_column
from voc_engine.personas.profiles import Person, most_frequent
from voc_engine.personas.space import Ints

MOST_SHARED = 0.2  # a choice: chance is 0, groups that were the products had .85 (docs/method.md)
# of an attribute to declare groups by: one parts nobody, nine and more are no personas
FEWEST_VALUES, MOST_VALUES = 2, 8
LEAST_GIVEN = 0.5  # of the people, for an attribute that is offered


def origins_of(people: Sequence[Person]) -> dict[str, list[str]]:
    """What tells where each person comes from, by name: file, channel and products; empty for who has none."""
    origins = {
        "file": [most_frequent([one.source for one in person.documents]) for person in people],
        "channel": [person.channel for person in people],
    }
    names = sorted({name for person in people for name in person.attributes if is_product_column(name)})
    return origins | {name: [person.stated(name) for person in people] for name in names}


def shared(values: Sequence[str], labels: Sequence[int] | Ints) -> float:
    """Adjusted mutual information of groups and values among people who have a value; 0 where these are all alike."""
    from sklearn.metrics import adjusted_mutual_info_score

    pairs = [(value, int(label)) for value, label in zip(values, labels, strict=True) if value]
    if any(len(set(side)) < FEWEST_VALUES for side in zip(*pairs, strict=True)) or not pairs:
        return 0.0
    return round(float(adjusted_mutual_info_score(*zip(*pairs, strict=True))), 4)


def told_apart_by(origins: Mapping[str, Sequence[str]], labels: Ints) -> str | None:
    """Why groups (people,) are their origins, or None."""
    name, most = max(((name, shared(values, labels)) for name, values in origins.items()), key=lambda one: one[1])
    if most <= MOST_SHARED:
        return None
    return f"they are the {_plural(name)} (adjusted mutual information {most:.2f}, at most {MOST_SHARED:.2f} allowed)"


def offered(people: Sequence[Person], least_members: int) -> str:
    """Attributes that groups could be declared by, in words: those of two to eight values that most people have."""
    offers = []
    for name in sorted({name for person in people for name in person.attributes}):
        values = [value for person in people if (value := person.stated(name).casefold())]
        large = [value for value in sorted(set(values)) if values.count(value) >= least_members]
        few = len(large) >= FEWEST_VALUES and len(set(values)) <= MOST_VALUES
        if few and len(values) >= LEAST_GIVEN * len(people) and not is_product_column(name):
            offers.append(f'"{name}" ({len(set(values))} values, {len(values):,} of {len(people):,} people)')
    if not offers:
        return "No attribute of two to eight values is given for most people: a column of the people file makes one."
    return f"Groups can be declared instead ([personas] attribute): by {', '.join(offers)}."


def _plural(name: str) -> str:
    return f"{name}s" if name in ("file", "channel") else f'values of "{name}"'
