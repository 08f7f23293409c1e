"""The desk at which one person reviews one run: what was decided, what follows from it, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex
from threading import RLock

from voc_engine.errors import ConfigError, nearest
from voc_engine.ingest.said_turns import TURN_ACTIONS, cut_in, mark_of_turn
from voc_engine.records import (
    NOWHERE,
    CodedWords,
    Decision,
    Document,
    GivenCode,
    Passage,
    Utterance,
    bounds_of,
    code_id,
    document_of,
    fault_of,
    in_force,
)
from voc_engine.review.material import Material
from voc_engine.review.overlay import PICKED, Overlay
from voc_engine.store.decisions import redoable, undoable
from voc_engine.store.workspace import Workspace

STUDY = "study"
NEW = "new"  # a code that has no id yet
# Pressed again these are taken back.
_SWITCHES = ("accept", "pin", "negative")
# One of these lifts the other.
_AGAINST = {"accept": "reject", "reject": "accept", "pin": "reject"}


@dataclass
class Desk:
    """Reads a run, writes decisions. Every decision is on disk before the method that takes it returns."""

    workspace: Workspace
    material: Material
    author: str | None = None
    session: str = field(default_factory=lambda: f"review {token_hex(4)}")
    lock: RLock = field(default_factory=RLock)

    def __post_init__(self) -> None:
        self.refresh()

    @classmethod
    def open(cls, workspace: Workspace, author: str | None = None, run_id: str | None = None) -> Desk:
        """For the latest run, or the one named. Raises ConfigError where none has finished."""
        return cls(workspace, Material.load(workspace, run_id or workspace.latest()), author)

    def refresh(self) -> None:
        """See what is on the log now; another tab or an import may have written there."""
        log = self.workspace.decisions.log()
        self.seen = log[-1].number if log else 0
        self.can_undo, self.can_redo = undoable(log, self.session), redoable(log, self.session)
        holding = [row for row in log if row.holds and row.undo_of is None]
        before = int(self.material.manifest.get("given", {}).get("decisions", {}).get("last", 0))
        then = {row.step for row in log if row.number <= before and row.undo_of is None}
        back = {row.undo_of for row in log if row.number > before and row.holds} & then
        self.since = len({row.step for row in holding} - then) + len(back)
        self.overlay = Overlay(self.material, in_force(row.decision for row in holding))

    def look(self) -> Overlay:
        """The overlay, anew where something was decided elsewhere."""
        with self.lock:
            if self.workspace.decisions.last() != self.seen:
                self.refresh()
            return self.overlay

    def open_run(self, run_id: str) -> None:
        """Go on with another run of the study."""
        with self.lock:
            self.material = Material.load(self.workspace, run_id)
            self.refresh()

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Take decisions as one step; its number. Raises ConfigError, and takes none, where one cannot be."""
        with self.lock:
            overlay = self.look()
            whole = [each for one in decisions for each in self._composed(self._checked(one))]
            signed = [overlay.standing_on(replace(one, author=self.author)) for one in whole]
            step = self.workspace.decisions.append(signed, self.session)
            self.refresh()
            return step

    def undo(self, step: int | None = None) -> bool:
        """Take back a step, by default the last of this sitting; False where there is none."""
        self.look()
        return self._back(self.can_undo if step is None else step)

    def redo(self) -> bool:
        """Do again what was taken back last; False where there is nothing."""
        self.look()
        return self._back(self.can_redo)

    def _back(self, step: int | None) -> bool:
        with self.lock:
            if not step:
                return False
            self.workspace.decisions.undo(step, self.session, self.author)
            self.refresh()
            return True

    def _composed(self, decision: Decision) -> list[Decision]:
        """With what has to be lifted first; a switch that is on is switched off."""
        on = self._actions_on(decision)
        if decision.action in _SWITCHES and decision.action in on:
            return [self._lift(decision, decision.action)]
        against = _AGAINST.get(decision.action, "")
        return [*([self._lift(decision, against)] if against in on else []), decision]

    def _actions_on(self, decision: Decision) -> set[str]:
        ids = {self._given_id(decision.target, decision.target_id), decision.target_id}
        return {
            each.action for each in self.overlay.decisions if each.target == decision.target and each.target_id in ids
        }

    def _lift(self, decision: Decision, action: str) -> Decision:
        return Decision(decision.target, self._given_id(decision.target, decision.target_id), "withdraw", action)

    def _given_id(self, target: str, key: str) -> str:
        """The id under which an item was decided on, where new data has given it another one since."""
        rows = (row for row in self.overlay.found if row.decision.target == target and row.decision.target_id == key)
        return next((row.given.target_id for row in rows), key)

    def _checked(self, decision: Decision) -> Decision:
        fault = fault_of(decision)
        if fault is not None:
            raise ConfigError(
                f"That cannot be decided: {fault[0]}.", do=nearest(fault[1], fault[2]) if fault[2] else ""
            )
        if (decision.target, decision.action) == ("code", "define"):
            return self._defined(decision)
        if not self._is_there(decision.target, decision.target_id):
            raise ConfigError(
                f"There is no {decision.target} {decision.target_id} any longer.", do="load the page again"
            )
        into = decision.target if decision.action == "merge" else PICKED.get(decision.action)
        if into and decision.value != NOWHERE and not self._is_there(into, decision.value or ""):
            raise ConfigError(f"There is no {into} {decision.value} any longer.", do="choose another one")
        if decision.action == "add":
            return self._marked(decision)
        if decision.action == "code":
            return self._coded(decision)
        if decision.action == "blind" and not self.author:
            raise ConfigError("Nobody would know whose answer that is.", do="start 'voc review' with --author")
        if decision.action == "bounds":
            self._check_place(*self._document_of(decision.target_id), *(bounds_of(decision.value) or (0, 0)))
        if decision.target == "utterance" and decision.action in TURN_ACTIONS:
            return self._on_turn(decision)
        return decision

    def _is_there(self, target: str, key: str) -> bool:
        overlay, material = self.overlay, self.material
        if target == "utterance":
            return any(one.utterance_id == key for one in material.utterances.get(document_of(key), ()))
        checks = {
            "mention": lambda: overlay.any_mention(key) is not None,
            "insight": lambda: overlay.insight(key) is not None or key in overlay.gone,
            "persona": lambda: bool(overlay.crowds.pieces(key)),
            "person": lambda: key in material.people or key in material.member_of,
            "topic": lambda: key in material.topics,
            "document": lambda: key in material.documents,
            "code": lambda: key in overlay.codes.codes,
            "coding": lambda: overlay.codes.any_coding(key) is not None,
            "segment": lambda: key in material.segment,
            "study": lambda: key == STUDY,
        }
        return target in checks and checks[target]()

    def _document_of(self, mention_id: str) -> tuple[str, str]:
        mention = self.overlay.any_mention(mention_id)
        return (mention.document_id, mention.person_id) if mention else ("", "")

    def _check_place(self, document_id: str, person_id: str, start: int, end: int) -> str:
        """Id of the sentence that carries the span."""
        if document_id in self.material.silenced:
            raise ConfigError("Words of this document are withheld, so that no place in it can be marked.")
        carrier = self.material.texts.carrier(document_id, start, end)
        if carrier is None:
            raise ConfigError(
                "These words cannot be evidence.", do="mark words within one turn of a participant; "
                "what an interviewer, an agent or a bot says is never counted",
            )  # fmt: skip
        if person_id and carrier.person_id != person_id:
            raise ConfigError("The passage would become somebody else's words.", do="mark it anew instead")
        return carrier.segment_id

    def _marked(self, decision: Decision) -> Decision:
        """A passage with the words of the text itself: the page's copy is only compared with them."""
        passage = Passage.read(decision.value)
        if passage is None:
            raise ConfigError("That is no passage.")
        carrier = self._check_place(decision.target_id, "", passage.start, passage.end)
        words = self._words_at(decision.target_id, passage)
        if passage.insight_id and self.overlay.insight(passage.insight_id) is None:
            raise ConfigError(f"There is no finding {passage.insight_id} any longer.", do="choose another one")
        return replace(decision, value=replace(passage, words=words).as_value(), evidence=(carrier,))

    def _coded(self, decision: Decision) -> Decision:
        """Words under a code, as the text itself has them."""
        words = CodedWords.read(decision.value)
        if words is None or words.code_id not in self.overlay.codes.codes:
            raise ConfigError("There is no such code any longer.", do="choose another one")
        self._check_place(decision.target_id, "", words.start, words.end)
        return replace(decision, value=replace(words, words=self._words_at(decision.target_id, words)).as_value())

    def _defined(self, decision: Decision) -> Decision:
        """A code as a person defines it; a new one is given its id."""
        code, codes = GivenCode.read(decision.target_id, decision.value), self.overlay.codes.codes
        if code is None or (decision.target_id != NEW and decision.target_id not in codes):
            raise ConfigError("There is no such code any longer.", do="load the page again")
        if code.above is not None and code.above not in codes:
            raise ConfigError("There is no such code to stand below.", do="choose another one")
        key = code_id("by hand", code.above or "", code.name) if decision.target_id == NEW else decision.target_id
        if decision.target_id == NEW and key in codes:
            raise ConfigError(f"There is a code {code.name!r} already.", do="give it another name")
        return replace(decision, target_id=key)

    def _words_at(self, document_id: str, marked: Passage | CodedWords) -> str:
        """The words of the text at a marked place. Raises ConfigError where the page took them for others."""
        document = self.material.texts.documents[document_id]
        words = document.text[marked.start : marked.end]
        if marked.words and marked.words != words:
            raise ConfigError(
                "The marked words are not those of the text at that place.", found=repr(words)[:80],
                do="load the page again and mark them anew",
            )  # fmt: skip
        return words

    def _on_turn(self, decision: Decision) -> Decision:
        """What is said of a turn, with the marks of its words, and where it is cut in the words as they were read."""
        read = self._turn_as_read(decision.target_id)
        marks = (mark_of_turn(*read),) if read else ()
        if decision.action == "part":
            return replace(decision, value=str(self._cut(decision, read)), evidence=marks)
        if decision.action == "same":
            if not self._is_there("utterance", decision.value or ""):
                raise ConfigError("There is no such turn any longer.", do="choose another voice")
            other = self._turn_as_read(decision.value or "")
            return replace(decision, evidence=marks, value_evidence=(mark_of_turn(*other),) if other else ())
        if decision.action == "join" and decision.target_id == self._turns_of(decision.target_id)[0].utterance_id:
            raise ConfigError("Nothing stands above the first turn.")
        return replace(decision, evidence=marks)

    def _cut(self, decision: Decision, read: tuple[Document, Utterance] | None) -> int:
        """The character of a turn as it was read at which a new one begins; ``decision`` names it in the turn as it is
        shown, where words may be masked. Raises ConfigError where no word stands on either side, or where that cannot be
        told."""
        turn = next(turn for turn in self._turns_of(decision.target_id) if turn.utterance_id == decision.target_id)
        masked = self.material.documents[turn.document_id].text[turn.start : turn.end]
        at = int(decision.value or 0)
        if not masked[:at].strip() or not masked[at:].strip():
            raise ConfigError("A turn is cut between two of its words.")
        text = read[0].text[read[1].start : read[1].end] if read else masked
        position = cut_in(text, masked, at)
        if position is None:
            raise ConfigError("It cannot be told where this is in the file, since words beside it are masked.",
                              do="cut a few words before or behind it")  # fmt: skip
        return position

    def _turns_of(self, utterance_id: str) -> list[Utterance]:
        return self.material.utterances.get(document_of(utterance_id), [])

    def _turn_as_read(self, utterance_id: str) -> tuple[Document, Utterance] | None:
        """A turn and its document before any word was masked; None where the file's parts are not there."""
        store, name = self.workspace.parts, document_of(utterance_id)
        for part in self.material.manifest["parts"]["ingest"]:
            ids = store.read_columns("ingest", part, Document, ("document_id",)).column("document_id").to_pylist()
            if name in ids:
                document = next(each for each in store.read("ingest", part, Document) if each.document_id == name)
                turns = store.read("ingest", part, Utterance)
                return next(((document, each) for each in turns if each.utterance_id == utterance_id), None)
        return None
