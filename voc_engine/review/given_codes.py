"""Given codes as people decided on them, at once: the functions that the stage replays. What the machine learns from it
waits for the next run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voc_engine.codebook.replay import answers_on, by_hand, decided_codes, decided_codings
from voc_engine.privacy.withholding import withhold
from voc_engine.records import (
    EVIDENCE_ROLES,
    MACHINE,
    Batch,
    Code,
    Coding,
    Decision,
    Document,
    GivenCode,
    Segment,
    Utterance,
    below,
    coding_id,
    halves,
)
from voc_engine.review.material import Material
from voc_engine.statistics import wilson


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code with people counted as decisions have it. Of the machine's passages a person looked at ``looked`` and
    found ``right`` to be right. ``waits``: the machine has not yet read what was decided since the run. ``depth`` in
    the tree."""

    given: GivenCode
    n_people: int
    codings: tuple[Coding, ...]
    looked: int
    right: int
    of_run: Code | None
    waits: bool
    depth: int = 0

    @property
    def id(self) -> str:
        """The code's id."""
        return self.given.code_id

    @property
    def sure(self) -> tuple[float, float]:
        """Bounds of the share of the machine's passages that are right."""
        return wilson(self.right, self.looked)

    @property
    def checked(self) -> int:
        """Passages that a person put here or accepted."""
        return sum(one.checked for one in self.codings)


class CodeLayer:
    """The codebook of a run with decisions ``in_force``."""

    def __init__(self, material: Material, decisions: Sequence[Decision]) -> None:
        self.material = material
        self.decisions = [one for one in decisions if one.target in ("code", "coding") or one.action == "code"]
        codes = [one.given for one in material.before.of(Code)]
        self.codes = {one.code_id: one for one in decided_codes(codes, self.decisions)}
        self.said = answers_on(self.decisions)

    @cached_property
    def codings(self) -> dict[str, Coding]:
        """Every coding that holds, by id, with places as they may be read."""
        codings = decided_codings(self._machine(), self._hand, self.decisions, self.material.readable.of(Segment))
        return {one.coding_id: one for one in codings if one.code_id in self.codes}

    @cached_property
    def in_document(self) -> dict[str, list[Coding]]:
        """Document id -> its codings in the order of the text."""
        by_document: dict[str, list[Coding]] = defaultdict(list)
        for coding in sorted(self.codings.values(), key=lambda one: (one.start, one.coding_id)):
            by_document[coding.document_id].append(coding)
        return by_document

    def any_coding(self, key: str) -> Coding | None:
        """A coding, also one that was rejected or that would be one if a person accepted it; None where nothing is
        meant."""
        return self.codings.get(key) or self._by_id.get(key) or self._likely(key)

    def near(self, key: str) -> list[Coding]:
        """The likeliest sentences that are not of a code and on which nobody said anything."""
        code = next((one for one in self.material.tables.of(Code) if one.code_id == key), None)
        names = (coding_id(key, segment) for segment in (code.near_segments if code else ()))
        candidates = (name for name in names if name not in self.codings and name not in self.said)
        return [coding for name in candidates if (coding := self._likely(name)) is not None]

    def _likely(self, key: str) -> Coding | None:
        code, name = halves(key)
        segment = self.material.segment.get(name)
        if code not in self.codes or segment is None or segment.role not in EVIDENCE_ROLES:
            return None
        return Coding(key, code, name, segment.document_id, segment.person_id, segment.start, segment.end, 0.0, MACHINE,
                      reasons=("near to it",))  # fmt: skip

    @cached_property
    def _by_id(self) -> dict[str, Coding]:
        every = [*self.material.before.of(Coding), *self._machine(), *self._hand]
        return {one.coding_id: one for one in self._readable(every)}

    def _machine(self) -> list[Coding]:
        """What the machine coded in the run, and what people had rejected then: that may have been taken back."""
        now = {
            one.coding_id: replace(one, checked=False) for one in self.material.readable.of(Coding) if one.by == MACHINE
        }
        rejected = {(one.code_id, segment) for one in self.material.tables.of(Code) for segment in one.against_segments}
        back = (one for one in self.material.before.of(Coding) if halves(one.coding_id) in rejected)
        return [*now.values(), *(one for one in self._readable(back) if one.coding_id not in now)]

    @cached_property
    def _hand(self) -> list[Coding]:
        return self._readable(by_hand(self.decisions, self.material.texts))

    def _readable(self, codings: Iterable[Coding]) -> list[Coding]:
        """With places in the texts that are shown."""
        every, silenced = list(codings), self.material.silenced
        here = {one.document_id for one in every} & silenced
        if not here:
            return every
        tables = self.material.tables
        batch = Batch.make(
            (Document, [one for one in tables.of(Document) if one.document_id in here]),
            (Utterance, [one for one in tables.of(Utterance) if one.document_id in here]),
            (Coding, every),
        )
        return withhold(batch, self.material.withheld).of(Coding)

    @cached_property
    def tree(self) -> list[CodeView]:
        """Every code behind the one above it, with people counted: who is coded with it or below it counts once."""
        codings: dict[str, list[Coding]] = defaultdict(list)
        for coding in self.codings.values():
            codings[coding.code_id].append(coding)
        under = below({key: one.above for key, one in self.codes.items()})
        of_run = {one.code_id: one for one in self.material.tables.of(Code)}
        views = {}
        for key, code in self.codes.items():
            people = {one.person_id for name in under[key] for one in codings[name]}
            own_codings = tuple(codings[key])
            looked, right = self._looked(key)
            views[key] = CodeView(
                code, len(people), own_codings, looked, right, of_run.get(key), self._waits(code, of_run.get(key))
            )
        children: dict[str | None, list[str]] = defaultdict(list)
        for key, code in self.codes.items():
            children[code.above].append(key)
        return list(_walk(None, children, views, 0))

    def view(self, key: str) -> CodeView | None:
        """One code; None where it is not there."""
        return next((one for one in self.tree if one.id == key), None)

    @cached_property
    def _coded(self) -> frozenset[str]:
        """What the machine coded by itself."""
        return frozenset(one.coding_id for one in self.material.before.of(Coding))

    @cached_property
    def _answers_by_code(self) -> dict[tuple[str, str], list[str]]:
        """(code, action) -> ids of the codings on which a person said it."""
        ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, action in self.said.items():
            ids[halves(key)[0], action].append(key)
        return ids

    def _looked(self, key: str) -> tuple[int, int]:
        """(the machine's passages that a person looked at, those of them that are right)."""
        right, wrong = (len(self._coded.intersection(self._answers_by_code[key, one])) for one in ("accept", "reject"))
        return right + wrong, right

    def _waits(self, code: GivenCode, run_code: Code | None) -> bool:
        key = code.code_id
        if run_code is None or replace(run_code.given, passages=code.passages, above=code.above) != code:
            return True
        yes, no = ({halves(one)[1] for one in self._answers_by_code[key, action]} for action in ("accept", "reject"))
        hand = {one.segment_id for one in self._hand if one.code_id == key}
        return no != set(run_code.against_segments) or {*yes, *hand, *code.passages} - no != set(
            run_code.example_segments
        )


def _walk(
    above: str | None, children: dict[str | None, list[str]], views: dict[str, CodeView], depth: int
) -> Iterable[CodeView]:
    for key in children.get(above, ()):
        yield replace(views[key], depth=depth)
        yield from _walk(key, children, views, depth + 1)
