"""A verdict in words."""

from __future__ import annotations

from voc_engine.records.claim import Verdict
from voc_engine.report import wording
from voc_engine.statistics import wilson

MEANINGS = {
    "confirmed": "two people or more say so, and at least twice as many as say the opposite",
    "divided": "people say it and people say the opposite, neither side twice as many",
    "contradicted": "two people or more say the opposite, and at least twice as many as say so",
    "one voice": "a single person says it or its opposite: worth a look, no proof",
    "unheard": "nobody says it or its opposite in words that are near enough; that is no proof against it",
}


def counted(many: int, verdict: Verdict) -> str:
    """ "12 of 50 people", with share and plausible range from thirty people on."""
    return wording.of_people(many, verdict.total, *wilson(many, verdict.total))


def sentence(verdict: Verdict) -> str:
    """What the people say to the line, with counts."""
    says, denies = len(verdict.says), len(verdict.denies)
    if verdict.given:
        return f"Given of {wording.people(verdict.total)}: {_of_given(verdict)}."
    if verdict.verdict == "unheard":
        return _unheard(verdict)
    parts = []
    if says:
        parts.append(f"{counted(says, verdict)} {'says' if says == 1 else 'say'} so")
    if denies:
        parts.append(f"{counted(denies, verdict)} {'says' if denies == 1 else 'say'} the opposite")
    return "; ".join(parts if verdict.verdict != "contradicted" else parts[::-1]) + "."


def _of_given(verdict: Verdict) -> str:
    name, says = verdict.given, len(verdict.says)
    if not verdict.denies:
        return f"all have this {name}"
    share = counted(says, verdict) if says else "nobody"
    return f"{share} {'has' if says <= 1 else 'have'} this {name}, {wording.number(len(verdict.denies))} another"


def _unheard(verdict: Verdict) -> str:
    if verdict.claim.attribute and not verdict.near:
        return f"Nobody was asked: no source gives “{verdict.claim.attribute}”, and nobody says so."
    if not verdict.near:
        return "Nobody says so, and nobody speaks of it."
    spoken = " and ".join(f"“{word}”" for word in verdict.about)
    return f"Nobody says so; {wording.number(verdict.near)} of {wording.people(verdict.total)} spoke of {spoken}."
