"""Claim: one line of a persona that somebody brings; and Verdict: what the people of a study say to it."""

from __future__ import annotations

from dataclasses import dataclass

SECTIONS = ("about", "goals", "needs", "pains", "objections", "delights", "behaviours", "triggers", "quotes", "other")
VERDICTS = ("confirmed", "divided", "contradicted", "hint", "unheard")


@dataclass(frozen=True, slots=True)
class Claim:
    """``text`` as the file has it, ``place`` where it stands there ("line 12"). ``section`` is one of SECTIONS,
    ``heading`` what stands over it. ``attribute`` and ``value`` are set where the line is "name: value"."""

    persona: str
    text: str
    place: str
    section: str = "other"
    heading: str = ""
    attribute: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """What of the file is no claim, and why."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A sentence of one person that says a claim or its opposite; ``chance`` is how sure that is, in [0, 1]."""

    person_id: str
    segment_id: str
    chance: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``total`` people say to a claim: ``says`` and ``denies`` hold one witness a person, surest first.

    ``near`` counts people who speak of the same thing without saying either, ``about`` are the words that they share with
    the claim. ``given`` is the attribute that answered it, "" where people's words did; witnesses have no segment then.
    """

    claim: Claim
    verdict: str
    total: int
    says: tuple[Witness, ...] = ()
    denies: tuple[Witness, ...] = ()
    near: int = 0
    about: tuple[str, ...] = ()
    given: str = ""
