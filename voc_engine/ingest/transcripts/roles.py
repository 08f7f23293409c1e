"""Who interviews whom: by names that were given, else by who asks the questions and says little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig

_INTERVIEWER = re.compile(
    r"^(interviewer|moderator|facilitator|researcher|host|interviewerin|agent|q|i|int)[\s_#-]*\d*$", re.IGNORECASE
)
_PARTICIPANT = re.compile(
    r"^(interviewee|participant|respondent|customer|guest|client|caller|a|p|r|resp)[\s_#-]*\d*$", re.IGNORECASE
)
_NOBODY = re.compile(
    r"^(unknown|unidentified|unbekannt)(\s+(speaker|voice|person|sprecher))?[\s_#-]*\d*$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…？！。؟]+")
_QUESTION = re.compile(r"[?？؟]")
# Someone who asks less than this of his sentences is not called an interviewer on that ground.
_LEAST_QUESTIONS = 0.12
_LEAST_LEAD = 0.15


@dataclass(frozen=True)
class Turn:
    """Words of one speaker without interruption; ``times`` are (character in ``text``, milliseconds)."""

    text: str
    speaker: str | None
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Voice:
    """A speaker's share in a talk: ``questions`` is the share of sentences that ask, ``words`` a count."""

    speaker: str | None
    turns: int
    words: int
    questions: float


def voices(turns: Sequence[Turn]) -> list[Voice]:
    """One Voice per speaker, in the order of their first turn."""
    order = list(dict.fromkeys(turn.speaker for turn in turns))
    found = []
    for speaker in order:
        texts = [turn.text for turn in turns if turn.speaker == speaker]
        ends = [mark for text in texts for mark in _SENTENCE_END.findall(text)]
        asked = sum(1 for mark in ends if _QUESTION.search(mark))
        found.append(
            Voice(speaker, len(texts), sum(len(text.split()) for text in texts), asked / max(1, len(ends), len(texts)))
        )
    return found


def same_name(label: str | None, name: str) -> bool:
    """Whether a label means the named person: equal, or the one's first words are the other ("Jonas", "Jonas Rosland")."""
    if label is None:
        return False
    one, two = label.casefold().split(), name.casefold().split()
    shorter, longer = sorted((one, two), key=len)
    if not shorter:
        return False
    # A middle name or initial may stand in one and not in the other ("Rich W McGrath", "Rich McGrath").
    around = len(shorter) == 2 and (shorter[0], shorter[1]) == (longer[0], longer[-1])
    return longer[: len(shorter)] == shorter or around


def assign_roles(
    turns: Sequence[Turn], options: SourceConfig, interviewers: Sequence[str], participants: Sequence[str]
) -> dict[str | None, str]:
    """Role per speaker label. Names in the configuration win over names in the file, these over labels and guessing.

    A talk without any speaker is "unknown"; where nobody stands out as the interviewer, everybody is a participant.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns))
    if all(label is None for label in labels):
        return {None: "participant" if options.participants else "unknown"}
    roles: dict[str | None, str] = {}
    asking, answering = list(options.interviewers) or list(interviewers), list(options.participants)
    answering = answering or list(participants)
    for label in labels:
        if label is None or _NOBODY.match(label):
            roles[label] = "unknown"
        elif any(same_name(label, name) for name in asking) or _INTERVIEWER.match(label):
            roles[label] = "interviewer"
        elif any(same_name(label, name) for name in answering) or _PARTICIPANT.match(label):
            roles[label] = "participant"
    if "interviewer" not in roles.values():
        guess = guess_interviewer([voice for voice in voices(turns) if voice.speaker not in roles], voices(turns))
        if guess is not None:
            roles[guess] = "interviewer"
    return {label: roles.get(label, "participant") for label in labels}


def guess_interviewer(candidates: Sequence[Voice], everyone: Sequence[Voice]) -> str | None:
    """The one who asks clearly the most; ties in asking are settled by few words and by opening the talk."""
    if len(everyone) < 2 or not candidates:
        return None
    total = max(1, sum(voice.words for voice in everyone))

    def score(voice: Voice) -> float:
        return voice.questions + 0.3 * (1 - voice.words / total) + (0.1 if voice is everyone[0] else 0.0)

    ranked = sorted(candidates, key=lambda voice: (-score(voice), str(voice.speaker)))
    best = ranked[0]
    others = [voice for voice in everyone if voice.speaker != best.speaker]
    lead = score(best) - max(score(voice) for voice in others)
    return best.speaker if best.questions >= _LEAST_QUESTIONS and lead >= _LEAST_LEAD else None
