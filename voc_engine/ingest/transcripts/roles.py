"""Who interviews whom: by names that were given, else by what a label says, else by who asks and says little."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.transcripts.prompts import PROMPT, addressed

_KEYWORDS = keywords("roles")

_NUMBERED = r"(?:[\s_#.-]*\d{1,3}|[\s_#.-]+[a-z])?$"
_SECOND = _KEYWORDS.pattern("second")
_INTERVIEWER = re.compile(_SECOND + _KEYWORDS.pattern("interviewer") + _NUMBERED, re.I)
_PARTICIPANT = re.compile(_KEYWORDS.pattern("participant") + _NUMBERED, re.I)
_AGENT = re.compile(
    _KEYWORDS.pattern("agent")
    + _NUMBERED, re.I
)  # fmt: skip
# Nobody's own words: voices that no one knows, and many at once.
_UNKNOWN = re.compile(r"^[\s\[(]*(?:unknown|unidentified|unbekannt|desconocid|inconnu|sconosciut)", re.IGNORECASE)
_NOBODY = re.compile(_KEYWORDS.pattern("nobody") + _NUMBERED, re.IGNORECASE)
# A note-taker program in the call, and what somebody played from a shared screen: nobody's own words.
_MACHINE = re.compile(_KEYWORDS.pattern("machine") + _NUMBERED, re.IGNORECASE)
_MARKED = re.compile(r"[(\[](?P<inside>[^()\[\]]{1,30})[)\]]|^(?P<before>[^\s,–—-]{1,30})\s*(?:[,–—]|\s-\s)")
_PARTS = {"interviewer": _INTERVIEWER, "participant": _PARTICIPANT, "agent": _AGENT, "bot": _MACHINE}
_TITLES_WORDS = "dr prof mr mrs ms miss mx sir herr frau madame mme mlle monsieur sra sr señor señora"
_TITLES = frozenset(_TITLES_WORDS.split())
_QUESTION = re.compile(r"[?？؟]")
# The rest of a text without a mark is taken at once: sought again behind each of its letters it would cost the square.
_SENTENCE = re.compile(r"[^.!?…？！。؟]*+(?:(?P<end>[.!?…？！。؟]++)|\Z)")
_LAST_SENTENCE = re.compile(r"(?:[.!?…？！。؟]+|^)(?P<last>[^.!?…？！。؟]+)[.!?…？！。؟\"”'’)\s]*$")
# Speech recognisers that write no marks at all leave only the first words to judge by.
_ASKS_UNMARKED = re.compile(_KEYWORDS.pattern("asks_unmarked"), re.IGNORECASE)
# A turn this short without a question is a sign of listening ("Mm-hmm", "Right, okay") and says nothing of parts.
_LISTENING_WORDS = 3
_SEARCHED = 2_000
# Someone who asks less than this of his sentences is not called an interviewer on that ground.
_LEAST_QUESTIONS = 0.12
_LEAST_ASKING = 0.4
_LEAST_LEAD = 0.15
_LEAST_LEADS = 4
_TIMES_AS_OFTEN = 4.0
_FEW_TURNS = 3
_SECOND_TO_FIRST = 0.6
_MUCH_MORE = 2.0
_FEWEST_LETTERS = 3  # of a part that stands beside a name


@dataclass(frozen=True)
class Turn:
    """Words of one speaker without interruption; ``times`` are (character in ``text``, milliseconds)."""

    text: str
    speaker: str | None
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Voice:
    """A speaker's share in a talk: ``questions`` is the share of sentences that ask somebody else, ``words`` a count.

    ``asking`` is the share of turns that hand over or lead: with a question at the end, a prompt ("Tell me about ..."), an
    instruction, an introduction, thanks; turns of listening apart, ``heard`` counts the others.
    """

    speaker: str | None
    turns: int
    words: int
    questions: float
    asking: float = 0.0
    heard: int = 0

    @property
    def leading(self) -> float:
        """Rate of leading turns times that of asking sentences, both such that few turns tell little."""
        return (
            (self.asking * self.heard + 0.5) / (self.heard + 1) * (self.questions * self.turns + 0.5) / (self.turns + 1)
        )


def voices(turns: Sequence[Turn]) -> list[Voice]:
    """One Voice per speaker, in the order of their first turn."""
    texts_of: dict[str | None, list[str]] = {}
    for turn in turns:
        texts_of.setdefault(turn.speaker, []).append(turn.text)
    marked = any(_QUESTION.search(turn.text) for turn in turns)
    return [_voice(speaker, texts, marked) for speaker, texts in texts_of.items()]


def _voice(speaker: str | None, texts: Sequence[str], marked: bool) -> Voice:
    sentences = [match[0] for text in texts for match in _SENTENCE.finditer(text) if match["end"]]
    addressing = sum(addressed(one) for one in sentences if _QUESTION.search(one[-3:]))
    words = [len(text.split()) for text in texts]
    asks = [_asks(text, marked) for text in texts]
    substantial = sum(1 for count, ask in zip(words, asks, strict=True) if ask or count > _LISTENING_WORDS)
    return Voice(
        speaker,
        len(texts),
        sum(words),
        addressing / max(1, len(sentences), len(texts)),
        sum(asks) / max(1, substantial),
        substantial,
    )


def _asks(text: str, marked: bool) -> float:
    """How much a turn hands over or leads, 0 to 1; a question inside a longer answer does not."""
    end, begin = text[-_SEARCHED:].rstrip(" \"”'’)"), text[:_SEARCHED]
    last = _LAST_SENTENCE.search(end)
    closing = last["last"].strip() if last else ""
    if PROMPT.search(begin[:300]) or PROMPT.match(closing):
        return 1.0
    if _QUESTION.search(end[-2:]):
        return addressed(closing)
    return 1.0 if not marked and _ASKS_UNMARKED.match(begin) else 0.0


# What meeting programs and transcribers add to a name: a company, a device, pronouns, the way in which it was said.
_ADDED = re.compile(_KEYWORDS.pattern("added"), re.IGNORECASE)
# "(Guest)" and "(User)" tell how somebody joined a meeting, whoever that was.
_ADDED_BY_PROGRAMS = frozenset(("guest", "user", "client"))


def plain_name(label: str) -> str:
    """A label without what was added to the name ("Dana Whit | Acme", "Omari (Guest)", "MEL, TYPING"); never empty."""
    plain = " ".join(_ADDED.sub("", label).split()).strip(" ,;|-–—")
    return plain or label


def is_nobody(label: str | None) -> bool:
    """Whether a label names no one person: "Unknown Speaker", "All"."""
    return label is not None and _NOBODY.match(label.strip(" []()")) is not None


def unattributed(roles: Mapping[str | None, str]) -> set[str]:
    """Labels whose words are no one person's: groups, and unknown voices where several people may have answered.

    The one unknown voice opposite an interviewer is whoever was interviewed.
    """
    labels = [label for label in roles if is_nobody(label)]
    others = [role for label, role in roles.items() if label not in labels]
    alone = len(labels) == 1 and others and all(role != "participant" for role in others)
    return {label for label in labels if label and not (alone and _UNKNOWN.match(label))}


def same_name(label: str | None, name: str) -> bool:
    """Whether a label means the named person: equal, or the one's first words are the other ("Jonas", "Jonas Rosland")."""
    if label is None:
        return False
    first, two = _bare(plain_name(label)), _bare(plain_name(name))
    shorter, longer = sorted((first, two), key=len)
    if not shorter:
        return False
    # A middle name or initial may stand in one and not in the other ("Rich W McGrath", "Rich McGrath").
    around = shorter == [longer[0], longer[-1]]
    return longer[: len(shorter)] == shorter or around


def _bare(name: str) -> list[str]:
    """The words of a name without titles, where something is left."""
    words = name.casefold().split()
    return [word for word in words if word.rstrip(".") not in _TITLES] or words


def names_part(label: str) -> bool:
    """Whether a label is nobody's name but the whole name of a part ("Assistant moderator", "P3") or of nobody ("All")."""
    return _part(label.strip()) is not None or is_nobody(label)


def _part(label: str) -> str | None:
    return next((role for role, pattern in _PARTS.items() if pattern.match(label)), None)


def part_named(label: str) -> str | None:
    """The part that a label names: whole ("Moderator 2", "P3"), in brackets ("Dana (Interviewer)") or in front of a dash."""
    label = label.strip()
    if _MACHINE.search(label):
        return "bot"
    inner = [match["inside"] or match["before"] for match in _MARKED.finditer(label)]
    for text in (label, *(one.strip() for one in inner)):
        # One letter names a part only where it stands alone: "Dana (I)" may be a footnote.
        if text != label and len(text.strip("0123456789 ")) < _FEWEST_LETTERS:
            continue
        if (role := _part(text)) is not None and (text == label or text.casefold() not in _ADDED_BY_PROGRAMS):
            return role
    return None


def assign_roles(
    turns: Sequence[Turn],
    options: SourceConfig,
    interviewers: Sequence[str],
    participants: Sequence[str],
    parts: Mapping[str, str] | None = None,
) -> dict[str | None, str]:
    """Role per speaker label. Names in the configuration win over names in the file, these over labels and guessing.

    ``parts`` are parts that longer forms of a label named. A talk without any speaker is "unknown"; where nobody stands
    out as the interviewer, everybody is a participant.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns))
    if all(label is None for label in labels):
        return {None: "participant" if options.participants else "unknown"}
    asking, answering = list(options.interviewers) or list(interviewers), list(options.participants)
    answering = answering or list(participants)
    roles: dict[str | None, str] = {}
    for label in labels:
        role = _configured(label, options) or _stated(label, asking, answering) or (parts or {}).get(label or "")
        if role:
            roles[label] = role
    roles = _without_lone_letters(roles)
    if not {"interviewer", "agent"} & set(roles.values()):
        # Who is unknown may not be the interviewer, but is somebody to whom questions are put.
        everyone = [voice for voice in voices(turns) if roles.get(voice.speaker) != "bot"]
        for guess in guess_interviewers([voice for voice in everyone if voice.speaker not in roles], everyone):
            roles[guess] = "interviewer"
    return {label: roles.get(label, "participant") for label in labels}


def _without_lone_letters(roles: Mapping[str | None, str]) -> dict[str | None, str]:
    """ "A" beside "B" are numbers by another name; beside "I" or "Q" it is an answer."""
    if {"interviewer", "agent", "bot"} & set(roles.values()):
        return dict(roles)
    return {label: role for label, role in roles.items() if label is None or len(label) > 1 or role == "unknown"}


def _configured(label: str | None, options: SourceConfig) -> str | None:
    """The role that the configuration gives a name."""
    if label is None or is_nobody(label):
        return None
    roles = (
        ("interviewer", options.interviewers), ("agent", options.agents), ("participant", options.participants)
    )  # fmt: skip
    return next((role for role, names in roles if any(same_name(label, name) for name in names)), None)


def _stated(label: str | None, asking: Sequence[str], answering: Sequence[str]) -> str | None:
    """The role that names or the label itself tell; None where they tell none."""
    if label is None or is_nobody(label):
        return "unknown"
    if any(same_name(label, name) for name in asking):
        return "interviewer"
    # A label that says what it is comes before names of the file, which may list everybody as a participant.
    return part_named(label) or ("participant" if any(same_name(label, name) for name in answering) else None)


def guess_interviewers(candidates: Sequence[Voice], everyone: Sequence[Voice]) -> list[str]:
    """The one who asks clearly the most, and with him who asks about as much and says no more; none where nobody does.

    Ties in asking are settled by few words and by opening the talk. Somebody is always left to answer.
    """
    if len(everyone) <= 1 or not candidates:
        return []
    total = max(1, sum(voice.words for voice in everyone))

    def score(voice: Voice) -> float:
        opens = 0.1 if voice is everyone[0] else 0.0
        return 0.5 * voice.questions + 0.5 * voice.asking + 0.3 * (1 - voice.words / total) + opens

    ranked = sorted(candidates, key=lambda voice: (-score(voice), str(voice.speaker)))
    best = ranked[0]
    also = [
        voice
        for voice in ranked[1:]
        if len(everyone) - 1 > 1
        and voice.turns > 1
        and voice.asking >= max(_LEAST_ASKING, _SECOND_TO_FIRST * best.asking)
        and voice.words <= max(best.words, total / len(everyone))
    ]
    interviewers = [best, *also]
    others = [voice for voice in everyone if voice not in interviewers]
    if not others:
        return []
    if any(one.asking >= _LEAST_ASKING and best.words > _MUCH_MORE * one.words for one in others):
        # Somebody who reads tasks aloud asks, too, and who asks says less than whoever is asked: a person has to tell.
        return []
    asks_enough = best.questions >= _LEAST_QUESTIONS or best.asking >= _LEAST_ASKING
    lead = score(best) - max(score(voice) for voice in others)
    clear = asks_enough and lead >= _LEAST_LEAD
    return [str(voice.speaker) for voice in interviewers] if clear or _leads(best, others) else []


def _leads(best: Voice, others: Sequence[Voice]) -> bool:
    """Whether somebody who asks seldom, as in a long talk, still leads clearly more often than everybody else.

    Both rates count: twice as often each is enough. Who speaks once or twice is compared with nobody.
    """
    often = best.asking * best.heard >= _LEAST_LEADS
    frequent = [one for one in others if one.heard >= _FEW_TURNS]
    return often and bool(frequent) and all(best.leading >= _TIMES_AS_OFTEN * one.leading for one in frequent)
