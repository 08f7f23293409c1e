"""A verdict in words."""

from __future__ import annotations

from voc_engine.records.claim import Verdict
from voc_engine.report import wording
from voc_engine.statistics import wilson

MEANINGS = {
    "confirmed": "two people or more say so, and at most half as many say the opposite",
    "divided": "people say it and people say the opposite, neither side twice as many; of attributes: some have it",
    "contradicted": "two people or more say the opposite, and at most half as many say so",
    "hint": "one person says it or its opposite, or the words are not near enough to be sure of two: worth a look, no proof",
    "unheard": "nobody says it or its opposite in words that are near enough; that is no proof against it",
}


def counted(many: int, verdict: Verdict) -> str:
    """ "12 of 50 people", with share and plausible range from thirty people on."""
    return wording.of_people(many, verdict.total, *wilson(many, verdict.total))


def sentence(verdict: Verdict) -> str:
    """What the people say to the line, with counts."""
    says, denies = len(verdict.says), len(verdict.denies)
    may = "may " if verdict.verdict == "hint" else ""
    if verdict.given:
        return f"Given of {wording.people(verdict.total)}: {_of_given(verdict)}."
    if verdict.verdict == "unheard":
        return _unheard(verdict)
    parts = []
    if says:
        parts.append(f"{counted(says, verdict)} {may}{'says' if says == 1 and not may else 'say'} so")
    if denies:
        parts.append(f"{counted(denies, verdict)} {may}{'says' if denies == 1 and not may else 'say'} the opposite")
    return "; ".join(parts if verdict.verdict != "contradicted" else parts[::-1]) + "."


def _of_given(verdict: Verdict) -> str:
    name, says = verdict.given, len(verdict.says)
    if not verdict.denies:
        return f"all have this {name}"
    share = counted(says, verdict) if says else "nobody"
    return f"{share} {'has' if says <= 1 else 'have'} this {name}, {wording.number(len(verdict.denies))} another"


def _unheard(verdict: Verdict) -> str:
    if verdict.claim.attribute:
        return f"Nobody was asked: no source gives “{verdict.claim.attribute}”."
    if not verdict.near:
        return "Nobody says so, and nobody speaks of it."
    spoken = " and ".join(f"“{word}”" for word in verdict.about)
    return f"Nobody says so; {wording.number(verdict.near)} of {wording.people(verdict.total)} spoke of {spoken}."
