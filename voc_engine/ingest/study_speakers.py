"""Who speaks, settled over the study: what one file leaves open another may tell, and what nobody confirmed is context."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from voc_engine.config import SourceConfig
from voc_engine.ingest.confirmed_turns import ConfirmedTurns
from voc_engine.ingest.contract import quarantine_at
from voc_engine.ingest.said_turns import UNCONFIRMED, SaidTurn, edited
from voc_engine.ingest.transcripts.roles import names_part, plain_name, same_name
from voc_engine.language.phrases import phrases as said_in
from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Skipped, Utterance, stable_hash, turn_id

NOT_TOLD = "no speaker is named: its words are context until somebody says who speaks"
NO_INTERVIEWER = "nobody stands out as the interviewer: its words are context until somebody says who asks"
CROSSED = (
    "who answers here comes in many talks and who asks in none else: its words are context until somebody says who asks"
)
_ASKING = ("interviewer", "agent", "bot")
_GUIDE_WORDS = 5  # a choice: shorter sentences ("How are you?") are asked everywhere
_FEWEST_SESSIONS = 3  # two may share a phrase by chance, and no share of two is a habit


@dataclass
class Talk:
    """What the census keeps of one talk: words and roles by person, phrases as hashes; no text."""

    document: Document
    roles: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    phrases: set[str] = field(default_factory=set)
    told: bool = False
    named: bool = False

    def main(self) -> str | None:
        """Who says most of the evidence."""
        people = [one for one, role in self.roles.items() if role in EVIDENCE_ROLES]
        return min(people, key=lambda one: (-self.words[one], one), default=None)


@dataclass(frozen=True)
class Change:
    """What becomes of one talk: roles by person, phrases that are the guide, why all is context, turns people
    confirmed, and what they said of single turns. ``voices``: id of a turn whose voice was heard in another talk -> the
    person there."""

    roles: Mapping[str, str] = field(default_factory=dict)
    guide: frozenset[str] = frozenset()
    unclear: str = ""
    turns: ConfirmedTurns | None = None
    said: tuple[SaidTurn, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Stands for the change in the name of a part."""
        turn_words = [repr((self.said, sorted(self.voices.items())))] if self.said else []
        return stable_hash(
            repr(sorted(self.roles.items())), *sorted(self.guide), self.unclear, repr(self.turns), *turn_words
        )

    def __bool__(self) -> bool:
        return bool(self.roles or self.guide or self.unclear or self.turns or self.said)


class Census:
    """Filled with every talk of a study, in the order of its sources; asked when that is done."""

    def __init__(
        self,
        confirmed: Mapping[str, ConfirmedTurns] | None = None,
        said_turns: Mapping[str, Sequence[SaidTurn]] | None = None,
    ) -> None:
        """``confirmed`` and ``said_turns``: document id -> its turns, and what people said of single turns."""
        self.confirmed, self.said = dict(confirmed or {}), dict(said_turns or {})
        self.talks: dict[str, Talk] = {}

    def add(self, documents: Iterable[Document], turns: Iterable[Utterance], options: SourceConfig) -> None:
        """Take in the talks among the documents of one file. Turns of other documents are not looked at."""
        talks = {one.document_id: Talk(one) for one in documents if one.kind == "interview"}
        for turn in turns:
            talk = talks.get(turn.document_id)
            if talk is not None:
                _count(talk, turn)
        for talk in talks.values():
            labels = [label for label in talk.labels.values() if label]
            talk.told = bool(options.participants) and all(
                any(same_name(plain_name(label), name) for name in options.participants) for label in labels
            )
            talk.named = bool(options.interviewers)
            talk.document = replace(talk.document, text="")
        self.talks |= talks

    def changes(self) -> dict[str, Change]:
        """Document id -> what becomes of it, for those to which something happens."""
        roles = self._roles()
        guide = self._guide()
        changes: dict[str, Change] = {}
        for name, talk in self.talks.items():
            turns = self.confirmed.get(name)
            settled = {person: role for person, role in roles.items() if talk.roles.get(person, role) != role}
            settled |= self._answering(talk, {**talk.roles, **settled}, roles)
            now = {**talk.roles, **settled}
            said_turns = tuple(self.said.get(name, ()))
            unclear = "" if turns or said_turns else _unclear(talk, now) or self._crossed(talk, now)
            change = Change(settled, frozenset(talk.phrases & guide), unclear, turns, said_turns)
            changes |= {name: change} if change else {}
        return changes

    def _roles(self) -> dict[str, str]:
        """Role of everybody whose name comes up in several talks, where it is not the same in all."""
        roles_in: dict[str, list[tuple[str, bool, str | None]]] = {}
        for talk in self.talks.values():
            main = talk.main()
            for person, role in talk.roles.items():
                if not person.startswith(("speaker:", "anonymous:")):
                    roles_in.setdefault(person, []).append((role, person == main, main))
        over = ((person, _role_over(times)) for person, times in roles_in.items() if len(times) > 1)
        return {person: role for person, role in over if role}

    def _answering(self, talk: Talk, now: Mapping[str, str], over: Mapping[str, str]) -> dict[str, str]:
        """Where the study tells who asks and nobody is left to answer, who was only guessed to ask answers."""
        if not over.keys() & now.keys() or set(now.values()) & set(EVIDENCE_ROLES):
            return {}
        guessed = [one for one, role in now.items() if role == "interviewer" and one not in over]
        return {one: "participant" for one in guessed if not names_part(talk.labels.get(one) or "")}

    def _crossed(self, talk: Talk, now: Mapping[str, str]) -> str:
        """Why a talk is unclear in which whoever returns in many talks is asked by somebody who is in none of the others."""
        met = Counter(person for one in self.talks.values() for person in one.roles)
        asking = [one for one, role in now.items() if role in _ASKING]
        answering = [one for one, role in now.items() if role in EVIDENCE_ROLES]
        if len(answering) != 1 or talk.told or talk.named or any(met[one] > 1 for one in asking):
            return ""
        named = all(not names_part(talk.labels.get(one) or "") for one in now)
        return CROSSED if asking and named and met[answering[0]] >= _FEWEST_SESSIONS else ""

    def _guide(self) -> set[str]:
        """Phrases that at least half of the sessions have in the same words."""
        sessions = [talk for talk in self.talks.values() if talk.phrases]
        if len(sessions) < _FEWEST_SESSIONS:
            return set()
        counts = Counter(phrase for talk in sessions for phrase in talk.phrases)
        return {phrase for phrase, count in counts.items() if count >= max(2, math.ceil(len(sessions) / 2))}


def _count(talk: Talk, turn: Utterance) -> None:
    text = talk.document.text[turn.start : turn.end]
    if turn.cut is not None:
        return
    talk.roles[turn.person_id] = turn.role
    talk.labels[turn.person_id] = turn.speaker
    talk.words[turn.person_id] += len(text.split())
    if turn.role in EVIDENCE_ROLES:
        talk.phrases |= {phrase for _, _, phrase in phrases(text)}


def _role_over(times: Sequence[tuple[str, bool, str | None]]) -> str | None:
    """One role for all talks of a name; None where they agree already.

    Who asks in as many as not asks in all; who never says most, in talks of different people, is none of them.
    """
    roles = Counter(role for role, _, _ in times)
    asking = sum(roles[role] for role in _ASKING)
    if asking and roles["participant"]:
        return "interviewer" if asking >= roles["participant"] else "participant"
    mains = {main for _, _, main in times}
    beside = roles["participant"] == len(times) and len(mains) > 1 and not any(own for _, own, _ in times)
    return "interviewer" if beside else None


def _unclear(talk: Talk, roles: Mapping[str, str]) -> str:
    if not roles or not set(roles.values()) & set(EVIDENCE_ROLES) or talk.told:
        return ""
    if all(label is None for label in talk.labels.values()):
        return NOT_TOLD if "participant" not in roles.values() else ""
    alone = len(roles) == 1
    return "" if alone or set(roles.values()) & set(_ASKING) else NO_INTERVIEWER


def phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, hash of the words) of each sentence or line of at least five words."""
    for phrase in said_in(text, _GUIDE_WORDS):
        yield phrase.start, phrase.end, stable_hash(phrase.words)


def settle(batch: Batch, changes: Mapping[str, Change]) -> Batch:
    """The batch with the changes made: roles and guide in its turns, main persons anew, what is unclear among Skipped."""
    if not any(one.document_id in changes for one in batch.of(Document)):
        return batch
    documents = {one.document_id: one for one in batch.of(Document)}
    turns: dict[str, list[Utterance]] = {}
    for turn in batch.of(Utterance):
        turns.setdefault(turn.document_id, []).append(turn)
    skipped = list(batch.of(Skipped))
    for name in [name for name in documents if name in changes]:
        documents[name], turns[name] = _settled(documents[name], turns.get(name, []), changes[name])
        if changes[name].unclear:
            skipped.append(_question(documents[name], turns[name], changes[name].unclear))
    every = [turn for one in documents for turn in turns.get(one, [])]
    return Batch.make((Document, list(documents.values())), (Utterance, every), (Skipped, skipped))


def _settled(document: Document, turns: list[Utterance], change: Change) -> tuple[Document, list[Utterance]]:
    if change.turns is not None:
        turns = change.turns.applied(document, turns)
    turns = [replace(turn, role=change.roles.get(turn.person_id, turn.role)) for turn in turns]
    turns = [piece for turn in turns for piece in _without_guide(document, turn, change.guide)]
    if change.unclear:
        turns = [replace(turn, cut=turn.cut or UNCONFIRMED) if turn.role in EVIDENCE_ROLES else turn for turn in turns]
    turns = [replace(turn, index=n, utterance_id=turn_id(document.document_id, n)) for n, turn in enumerate(turns)]
    turns, _ = edited(document, turns, change.said, change.voices)
    turns = [replace(turn, index=n) for n, turn in enumerate(turns)]
    words = Counter[str]()
    for turn in turns:
        if turn.role in EVIDENCE_ROLES:
            words[turn.person_id] += len(document.text[turn.start : turn.end].split())
    person = min(words, key=lambda one: (-words[one], one), default=document.person_id)
    return replace(document, person_id=person), turns


def settled_turns(document: Document, turns: Sequence[Utterance], change: Change | None) -> list[Utterance]:
    """The turns as they are settled without what people said of single ones."""
    return _settled(document, list(turns), replace(change, said=()))[1] if change else list(turns)


def unsettled(document: Document, turns: Sequence[Utterance], change: Change) -> list[SaidTurn]:
    """What people said of turns that are not there any longer."""
    _, placed = _settled(document, list(turns), replace(change, said=()))
    return edited(document, placed, change.said, change.voices)[1]


def _without_guide(document: Document, turn: Utterance, guide: frozenset[str]) -> Iterator[Utterance]:
    """The turn in pieces: what is the guide's is asked by nobody who took part."""
    text = document.text[turn.start : turn.end]
    guide_spans = [(a, b) for a, b, phrase in phrases(text) if phrase in guide] if guide else []
    if not guide_spans or turn.role not in EVIDENCE_ROLES:
        yield turn
        return
    at = 0
    for start, end in [*guide_spans, (len(text), len(text))]:
        yield from _piece(turn, text, at, start)
        for piece in _piece(turn, text, start, end):
            yield replace(piece, role="interviewer", speaker=None, person_id=f"speaker:{document.document_id}:guide")
        at = end


def _piece(turn: Utterance, text: str, start: int, end: int) -> Iterator[Utterance]:
    part = text[start:end]
    begin = turn.start + start + len(part) - len(part.lstrip())
    stop = turn.start + start + len(part.rstrip())
    if begin < stop:
        times = [(at, ms) for at, ms in zip(turn.time_offsets, turn.time_ms, strict=True) if begin <= at < stop]
        yield replace(
            turn, start=begin, end=stop, time_offsets=tuple(at for at, _ in times), time_ms=tuple(ms for _, ms in times)
        )


def _question(document: Document, turns: Sequence[Utterance], reason: str) -> Skipped:
    labels = sorted({turn.speaker for turn in turns if turn.speaker})
    words = sum(len(document.text[turn.start : turn.end].split()) for turn in turns)
    to_do = (
        "fill in the table that 'voc speakers FILE' writes for this file"
        if not labels
        else 'name who asks in the configuration: [study] interviewers = ["..."]; where nobody does: participants'
    )
    return quarantine_at(
        document.source, document.locator, reason, expected="who asks and who answers",
        found=f"{len(labels) or 'no'} speakers, {words:,} words", to_do=to_do,
    )  # fmt: skip
