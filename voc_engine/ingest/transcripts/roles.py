"""Who interviews whom: by names that were given, else by what a label says, else by who asks and says little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig

_NUMBERED = r"[\s_#-]*\d*$"
_INTERVIEWER = re.compile(
    r"^(interviewer|moderator|facilitator|researcher|host|interviewerin|question|mod|q|i|iv|int)" + _NUMBERED, re.I
)
_PARTICIPANT = re.compile(
    r"^(interviewee|participant|respondent|customer|guest|client|caller|answer|a|p|r|ie|resp)" + _NUMBERED, re.I
)
_AGENT = re.compile(r"^(agent|support|support agent|advisor|operator|representative|rep|csr)" + _NUMBERED, re.I)
_NOBODY = re.compile(
    r"^(unknown|unidentified|unbekannt)(\s+(speaker|voice|person|sprecher))?" + _NUMBERED, re.IGNORECASE
)
# A note-taker program in the call, and what somebody played from a shared screen: nobody's own words.
_MACHINE = re.compile(
    r"\b(?:note-?\s?taker|chat-?bot|voice-?bot|virtual assistant|ivr|otterpilot|fireflies|read\.ai|recording bot)\b|"
    r"['’]s presentation$|^(?:bot|system|assistant)" + _NUMBERED,
    re.IGNORECASE,
)
_MARKED = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,30})[)\]]|^(?P<before>[^\s,–—-]{1,30})\s*(?:[,–—]|\s-\s)")
_PARTS = {"interviewer": _INTERVIEWER, "participant": _PARTICIPANT, "agent": _AGENT, "bot": _MACHINE}
_TITLES_WORDS = "dr prof mr mrs ms miss mx sir herr frau madame mme mlle monsieur sra sr señor señora"
_TITLES = frozenset(_TITLES_WORDS.split())
_SENTENCE_END = re.compile(r"[.!?…？！。؟]+")
_QUESTION = re.compile(r"[?？؟]")
_LAST_SENTENCE = re.compile(r"(?:[.!?…？！。؟]+|^)(?P<last>[^.!?…？！。؟]+)[.!?…？！。؟\"”'’)\s]*$")
_PROMPT = re.compile(
    r"(?:^|[.!?,;]\s+)(?:(?:so|and|okay|ok|right|well|now|great|yeah|please|maybe|then)[,\s]+){0,3}"
    r"(?:(?:can|could|would|will) you (?:please |maybe )?(?:tell|describe|walk|explain|share|say|show|give|talk|take)|"
    r"(?:tell|walk|talk|take) (?:me|us)\b|describe\b|(?:i'd|i would|we'd) (?:love|like) to (?:hear|know))",
    re.IGNORECASE,
)
# Speech recognisers that write no marks at all leave only the first words to judge by.
_ASKS_UNMARKED = re.compile(
    r"^(?:(?:so|and|okay|ok|right|well|now|great|yeah)\s+){0,3}"
    r"(?:what|how|why|when|where|who|which|"
    r"(?:do|did|does|are|were|have|had|can|could|would|is|was) (?:you|it|that|there))\b",
    re.IGNORECASE,
)
# A turn this short without a question is a sign of listening ("Mm-hmm", "Right, okay") and says nothing of parts.
_LISTENING_WORDS = 3
_SEARCHED = 2_000
# Someone who asks less than this of his sentences is not called an interviewer on that ground.
_LEAST_QUESTIONS = 0.12
_LEAST_ASKING = 0.4
_LEAST_LEAD = 0.15
_SECOND_TO_FIRST = 0.6


@dataclass(frozen=True)
class Turn:
    """Words of one speaker without interruption; ``times`` are (character in ``text``, milliseconds)."""

    text: str
    speaker: str | None
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Voice:
    """A speaker's share in a talk: ``questions`` is the share of sentences that ask, ``words`` a count.

    ``asking`` is the share of turns that end in a question or hold a prompt ("Tell me about ..."), listening turns apart.
    """

    speaker: str | None
    turns: int
    words: int
    questions: float
    asking: float = 0.0


def voices(turns: Sequence[Turn]) -> list[Voice]:
    """One Voice per speaker, in the order of their first turn."""
    said: dict[str | None, list[str]] = {}
    for turn in turns:
        said.setdefault(turn.speaker, []).append(turn.text)
    marked = any(_QUESTION.search(turn.text) for turn in turns)
    return [_voice(speaker, texts, marked) for speaker, texts in said.items()]


def _voice(speaker: str | None, texts: Sequence[str], marked: bool) -> Voice:
    ends = [mark for text in texts for mark in _SENTENCE_END.findall(text)]
    asked = sum(1 for mark in ends if _QUESTION.search(mark))
    words = [len(text.split()) for text in texts]
    asks = [_asks(text, marked) for text in texts]
    heard = sum(1 for count, ask in zip(words, asks, strict=True) if ask or count > _LISTENING_WORDS)
    return Voice(speaker, len(texts), sum(words), asked / max(1, len(ends), len(texts)), sum(asks) / max(1, heard))


def _asks(text: str, marked: bool) -> bool:
    """Whether a turn hands over with a question or a prompt; one inside a longer answer does not."""
    end, begin = text[-_SEARCHED:].rstrip(" \"”'’)"), text[:_SEARCHED]
    if _QUESTION.search(end[-2:]) or (not marked and _ASKS_UNMARKED.match(begin)):
        return True
    last = _LAST_SENTENCE.search(end)
    return bool(_PROMPT.search(begin[:300]) or (last and _PROMPT.match(last["last"].strip())))


def same_name(label: str | None, name: str) -> bool:
    """Whether a label means the named person: equal, or the one's first words are the other ("Jonas", "Jonas Rosland")."""
    if label is None:
        return False
    one, two = _bare(label), _bare(name)
    shorter, longer = sorted((one, two), key=len)
    if not shorter:
        return False
    # A middle name or initial may stand in one and not in the other ("Rich W McGrath", "Rich McGrath").
    around = len(shorter) == 2 and (shorter[0], shorter[1]) == (longer[0], longer[-1])
    return longer[: len(shorter)] == shorter or around


def _bare(name: str) -> list[str]:
    """The words of a name without titles, where something is left."""
    words = name.casefold().split()
    return [word for word in words if word.rstrip(".") not in _TITLES] or words


def part_named(label: str) -> str | None:
    """The part that a label names: whole ("Moderator 2", "P3"), in brackets ("Dana (Interviewer)") or in front of a dash."""
    label = label.strip()
    if _MACHINE.search(label):
        return "bot"
    inner = [match["inside"] or match["before"] for match in _MARKED.finditer(label)]
    for text in (label, *(one.strip() for one in inner)):
        # One letter names a part only where it stands alone: "Dana (I)" may be a footnote.
        if text != label and len(text.strip("0123456789 ")) < 3:
            continue
        for role, pattern in _PARTS.items():
            if pattern.match(text):
                return role
    return None


def assign_roles(
    turns: Sequence[Turn], options: SourceConfig, interviewers: Sequence[str], participants: Sequence[str]
) -> dict[str | None, str]:
    """Role per speaker label. Names in the configuration win over names in the file, these over labels and guessing.

    A talk without any speaker is "unknown"; where nobody stands out as the interviewer, everybody is a participant.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns))
    if all(label is None for label in labels):
        return {None: "participant" if options.participants else "unknown"}
    asking, answering = list(options.interviewers) or list(interviewers), list(options.participants)
    answering = answering or list(participants)
    roles: dict[str | None, str] = {}
    for label in labels:
        role = _stated(label, asking, answering)
        if role:
            roles[label] = role
    if not {"interviewer", "agent"} & set(roles.values()):
        # Who is unknown may not be the interviewer, but is somebody to whom questions are put.
        everyone = [voice for voice in voices(turns) if roles.get(voice.speaker) != "bot"]
        for guess in guess_interviewers([voice for voice in everyone if voice.speaker not in roles], everyone):
            roles[guess] = "interviewer"
    return {label: roles.get(label, "participant") for label in labels}


def _stated(label: str | None, asking: Sequence[str], answering: Sequence[str]) -> str | None:
    """The role that names or the label itself tell; None where they tell none."""
    if label is None or _NOBODY.match(label):
        return "unknown"
    if any(same_name(label, name) for name in asking):
        return "interviewer"
    # A label that says what it is comes before names of the file, which may list everybody as a participant.
    return part_named(label) or ("participant" if any(same_name(label, name) for name in answering) else None)


def guess_interviewers(candidates: Sequence[Voice], everyone: Sequence[Voice]) -> list[str]:
    """The one who asks clearly the most, and with him who asks about as much and says no more; none where nobody does.

    Ties in asking are settled by few words and by opening the talk. Somebody is always left to answer.
    """
    if len(everyone) < 2 or not candidates:
        return []
    total = max(1, sum(voice.words for voice in everyone))

    def score(voice: Voice) -> float:
        opens = 0.1 if voice is everyone[0] else 0.0
        return 0.5 * voice.questions + 0.5 * voice.asking + 0.3 * (1 - voice.words / total) + opens

    ranked = sorted(candidates, key=lambda voice: (-score(voice), str(voice.speaker)))
    best = ranked[0]
    if best.questions < _LEAST_QUESTIONS and best.asking < _LEAST_ASKING:
        return []
    also = [
        voice
        for voice in ranked[1:]
        if len(everyone) > 2
        and voice.turns > 1
        and voice.asking >= max(_LEAST_ASKING, _SECOND_TO_FIRST * best.asking)
        and voice.words <= max(best.words, total / len(everyone))
    ]
    found = [best, *also]
    others = [voice for voice in everyone if voice not in found]
    if not others:
        return []
    lead = score(best) - max(score(voice) for voice in others)
    return [str(voice.speaker) for voice in found] if lead >= _LEAST_LEAD else []
