"""What people's own words signal by the published cue lists: roles, journey, what they weigh, what they read, churn.

Every line counts people and names its evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from voc_engine.personas.card_cues import CHURN, CONTENT, CRITERIA, JOURNEY, JOURNEY_KINDS, ROLES, found_in
from voc_engine.personas.distinctive_terms import Terms, content
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import CountedLine, Mention

MOST_EVIDENCE = 12
MOST_LINES = 6
LEAST_EVIDENCE = 2
OBJECTION_WORDS = {
    "price": "the price", "value": "what they get for it", "trust": "trust and security",
    "switching_cost": "the effort of switching", "fit": "whether it fits them", "timing": "the right time",
    "authority": "who has to agree", "complexity": "how hard it is to use", "status_quo": "whether to change at all",
    "past_bad_experience": "what went wrong before",
}  # fmt: skip


class Signals:
    """Cues of everybody's mentions, looked up once per mention."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._found: dict[str, frozenset[tuple[str, str]]] = {}

    def cues(self, mention: Mention) -> frozenset[tuple[str, str]]:
        """(list, name) of the cues in a mention's words."""
        if mention.quote not in self._found:
            self._found[mention.quote] = found_in(mention.quote)
        return self._found[mention.quote]


def roles(members: Sequence[Person], signals: Signals) -> tuple[CountedLine, ...]:
    """Every role that anybody shows, in words or as an attribute."""
    lines = []
    for role in ROLES:
        given = {p.person_id for p in members if _given_role(p, role)}
        said = _said(members, lambda m, role=role: ("role", role) in signals.cues(m))  # type: ignore[misc]
        count = len(given | {m.person_id for m in said})
        if count:
            lines.append(CountedLine(role, count, len(members), n_given=len(given), mention_ids=_ids(said)))
    return tuple(lines)


def leading_roles(lines: Sequence[CountedLine], members: int) -> str | None:
    """Roles that at least a third of the members (and three, or all) show; else None."""
    least = max(min(3, members), members / 3)
    return ", ".join(line.name for line in lines if line.n_people >= least) or None


def journey(members: Sequence[Person], signals: Signals) -> tuple[CountedLine, ...]:
    """Stages in the order of the journey. A person may stand in several."""
    lines = []
    for stage in JOURNEY:
        said = _said(
            members,
            lambda m, stage=stage: JOURNEY_KINDS.get(m.kind) == stage or ("journey", stage) in signals.cues(m),  # type: ignore[misc]
        )
        if said:
            lines.append(CountedLine(stage, _people(said), len(members), mention_ids=_ids(said)))
    return tuple(lines)


def criteria(members: Sequence[Person], signals: Signals) -> tuple[CountedLine, ...]:
    """What they need to decide: types of objection, comparisons, questions before buying and requests for proof."""
    found = []
    for kind, words in OBJECTION_WORDS.items():
        found.append((words, _said(members, lambda m, kind=kind: m.objection_type == kind)))  # type: ignore[misc]
    for name in CRITERIA:
        found.append((name, _said(members, lambda m, name=name: ("criterion", name) in signals.cues(m))))  # type: ignore[misc]
    return _lines(found, members, least=1)


def contents(members: Sequence[Person], signals: Signals) -> tuple[CountedLine, ...]:
    """Forms of content that they say they read, watch or ask for, from two pieces of evidence on."""
    named = [(n, _said(members, lambda m, n=n: ("content", n) in signals.cues(m))) for n in CONTENT]  # type: ignore[misc]
    return _lines(named, members, least=LEAST_EVIDENCE)


def churn(members: Sequence[Person], signals: Signals) -> tuple[CountedLine, ...]:
    """Signals that somebody leaves, by name, never a probability."""
    named = [(n, _said(members, lambda m, n=n: ("churn", n) in signals.cues(m))) for n in CHURN]  # type: ignore[misc]
    return _lines(named, members, least=1)


def emotions(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Emotions (``of``) at what is named: what moves more than one of them (or the only one), where
    somebody who may be quoted names it."""
    pairs: dict[tuple[str, str], list[Mention]] = {}
    for person in members:
        for mention in person.mentions:
            if mention.emotion != "neutral" and mention.thing and mention.thing.strip():
                pairs.setdefault((mention.emotion, mention.thing.strip().lower()), []).append(mention)
    named = [((thing, emotion), said) for (emotion, thing), said in sorted(pairs.items())]
    least = min(2, len(members))
    named = [(name, said) for name, said in named if any(m.quotable != "none" for m in said)]
    return _ranked([(name, said) for name, said in named if _people(said) >= least], members, least=1)


def unlike(members: Sequence[Person], crowd: Crowd, words: Terms) -> tuple[CountedLine, ...]:
    """What this persona is not: what its people talk about clearly less than the others do (log-odds, half a person
    added). The evidence are mentions of the others."""
    inside = {person.person_id for person in members}
    others = [person for person in words.people if person.person_id not in inside]
    size, lines = len(words.people) - len(others), []
    for term, here, there in words.missing(members)[:MOST_LINES]:
        wanted = set(content(term))
        said = (m for person in others for m in person.mentions if wanted <= set(content(m.quote)))
        ids = _ids(list(islice(said, MOST_EVIDENCE)))
        lines.append(CountedLine(term, here, size, n_elsewhere=there, total_elsewhere=len(others), mention_ids=ids))
    return tuple(lines)


def _given_role(person: Person, role: str) -> bool:
    wanted = (role, role.replace("-", " "))
    return any(value.strip().lower().replace("_", " ") in wanted for value in person.attributes.values())


def _said(members: Sequence[Person], shows: Callable[[Mention], bool]) -> list[Mention]:
    return [mention for person in members for mention in person.mentions if shows(mention)]


def _people(said: Sequence[Mention]) -> int:
    return len({mention.person_id for mention in said})


def _ids(said: Sequence[Mention], most: int = MOST_EVIDENCE) -> tuple[str, ...]:
    """Mentions that may be quoted, one per person first come."""
    by_person: dict[str, str] = {}
    for mention in said:
        if mention.quotable != "none":
            by_person.setdefault(mention.person_id, mention.mention_id)
    return tuple(list(by_person.values())[:most])


def _lines(
    named: Sequence[tuple[str, list[Mention]]], members: Sequence[Person], least: int
) -> tuple[CountedLine, ...]:
    return _ranked([((name, ""), said) for name, said in named], members, least)


def _ranked(
    named: Sequence[tuple[tuple[str, str], list[Mention]]], members: Sequence[Person], least: int
) -> tuple[CountedLine, ...]:
    """``named``: (name, what it is of). Those of most people first."""
    counted = [(-_people(said), of, name, said) for (name, of), said in named if len(said) >= least]
    counted.sort(key=lambda one: one[:3])
    return tuple(
        CountedLine(name, -count, len(members), of=of, mention_ids=_ids(said))
        for count, of, name, said in counted[:MOST_LINES]
    )
