"""The pass that asks a language model, where one is configured: of what a stage gave, before people's decisions.

Answers that pass their checks change a copy of the stage's part, which is named by them. A name is wording: later stages
read the part without it. What was answered once is known, so that a run comes out again without asking; a plan and a check
ask nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from voc_engine.assistant.asking import Asking, server_of
from voc_engine.assistant.model_server import is_this_machine
from voc_engine.insights import assisted_members, assisted_names
from voc_engine.mentions import assisted_mentions
from voc_engine.passes import Stage
from voc_engine.privacy.withholding import for_readers, may_be_told
from voc_engine.records import Assisted, Batch, Decision, Insight, Mention, Question, Record, stable_hash
from voc_engine.runners.fingerprint import version_of_module
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.runners.state import Inputs, RunContext
from voc_engine.runners.tasks import read_inputs
from voc_engine.store.parts import ASSISTED

Checked = TypeVar("Checked")
NOT_ANSWERED = "no answer"


def assisted(context: RunContext, step: Stage, inputs: Sequence[Inputs]) -> None:
    """What a language model says of one stage's parts. ``inputs``: what it read, for each of its parts."""
    if context.config.assistant.endpoint is None:
        return
    desk = _Desk(context)
    if Mention in step.writes:
        _mentions(context, desk, step, inputs)
    if Insight in step.writes:
        _findings(context, desk, step, inputs)


class _Desk:
    """Asks, checks and counts."""

    def __init__(self, context: RunContext) -> None:
        self.context, self.options = context, context.config.assistant
        self.outside = not is_this_machine(str(self.options.endpoint))
        asks = not context.dry and context.answered_until is None
        server = partial(server_of, self.options) if asks else None
        self._asking = Asking(context.workspace.answers, server, self.options.model, context.answered_until)

    def wants(self, use: str) -> bool:
        """Whether the model is asked for that."""
        return use in self.options.uses

    def sound(
        self, use: str, questions: Sequence[Question], check: Callable[[str, Question], tuple[Checked, str]],
        changes: Callable[[Checked], bool],
    ) -> dict[str, Checked]:  # fmt: skip
        """Target -> what was made of its answer, for the answers that pass the check; the others are counted."""
        progress = self.context.progress
        if progress is not None:
            progress.begin("assistant", len(questions), "questions")
        self._asking.faults.clear()
        answers = self._asking.all_of(questions, progress.advance if progress is not None else lambda one: None)
        faults: Counter[str] = Counter()
        results: dict[str, Checked] = {}
        for question in questions:
            answer = answers.get(question.key(self.options.model))
            if answer is not None:
                result, fault = check(answer, question)
                if fault:
                    faults[fault] += 1
                else:
                    results[question.target_id] = result
        if len(answers) < len(questions):
            faults[NOT_ANSWERED] += len(questions) - len(answers)
        fault_counts = tuple(sorted(faults.items()))
        state = self.context.state
        state.assisted.append(
            Assisted(use, len(questions), len(answers), len(results), sum(map(changes, results.values())), fault_counts)
        )
        state.unanswered.update(self._asking.faults)
        state.shown_to_assistant |= {person for question in questions for person in question.people}
        if progress is not None:
            progress.end(f"{use}: {len(questions):,} questions, {len(results):,} sound answers")
        return results


def _mentions(context: RunContext, desk: _Desk, step: Stage, inputs: Sequence[Inputs]) -> None:
    if not desk.wants("mentions"):
        return
    state, module = context.state, assisted_mentions
    ranked: list[tuple[float, Question]] = []
    for part, part_inputs in zip(state.parts[step.name], inputs, strict=True):
        ranked += module.mention_questions(_read(context, step, part, part_inputs, vectors=False), outside=desk.outside)
    ranked.sort(key=lambda pair: (pair[0], pair[1].target_id))

    def check(answer: str, question: Question) -> tuple[bool, str]:
        holds, fault = module.confirmed_in(answer)
        return bool(holds), fault

    chosen = [question for _, question in ranked[: desk.options.most]]
    verdicts = desk.sound("mentions", chosen, check, lambda holds: not holds)
    parts = []
    for part in state.parts[step.name]:
        gave = context.workspace.parts.read_batch(
            step.name, part, [kind for kind in step.writes if issubclass(kind, Record)]
        )
        here = {m.mention_id: verdicts[m.mention_id] for m in gave.of(Mention) if m.mention_id in verdicts}
        rows = [f"{key}={holds}" for key, holds in sorted(here.items())]
        parts.append(_written(context, step, part, module.__name__, rows, partial(_judged, gave, here)))
    state.parts[step.name] = parts


def _judged(batch: Batch, verdicts: dict[str, bool]) -> Batch:
    return Batch(batch.tables | {Mention: assisted_mentions.with_verdicts(batch.of(Mention), verdicts)})


def _findings(context: RunContext, desk: _Desk, step: Stage, inputs: Sequence[Inputs]) -> None:
    """Members first, for a name is that of those who stay."""
    state, options, most = context.state, getattr(context.config, step.name), desk.options.most
    (part,) = state.parts[step.name]
    module = assisted_members
    judged: dict[str, tuple[str, ...]] = {}
    if desk.wants("members"):
        batch = _read(context, step, part, inputs[0])
        questions = module.member_questions(batch, most, outside=desk.outside)
        judged = desk.sound("members", questions, module.members_out, bool)
    rows = [f"{key} {' '.join(gone)}" for key, gone in sorted(judged.items())]

    def with_names(names: dict[str, str]) -> Callable[[], Batch]:
        return lambda: module.with_assistance(_read(context, step, part, inputs[0]), options, names, judged)

    judged_part = _written(context, step, part, module.__name__, rows, with_names({}))
    state.parts[step.name] = [judged_part]
    if not desk.wants("names") or not _there(context, step, judged_part):
        return
    names = _names(desk, _read(context, step, judged_part, inputs[0], vectors=False), most)
    if names:
        worded = [f"{key}: {name}" for key, name in sorted(names.items())]
        named = _written(context, step, part, assisted_names.__name__, [*rows, *worded], with_names(names))
        state.parts[step.name] = [named]
        state.read_instead[step.name, named] = judged_part


def _there(context: RunContext, step: Stage, part: str) -> bool:
    """Whether a part can be read; in a plan, one that is still to be made cannot, nor what follows from it."""
    there = context.workspace.parts.has(step.name, part, step.writes)
    if not there:
        context.state.plans.append(StagePlan("assistant", open=True))
    return there


def _names(desk: _Desk, batch: Batch, most: int) -> dict[str, str]:
    findings = assisted_members.Findings(batch)
    insights = {insight.insight_id: insight for insight in findings.insights}
    questions = assisted_names.name_questions(batch, most, outside=desk.outside)

    def check(answer: str, question: Question) -> tuple[str, str]:
        key = question.target_id
        return assisted_names.name_in(answer, insights[key].kind, findings.own[key])

    checked_names = desk.sound("names", questions, check, bool)
    names = assisted_names.without_doubles(checked_names, findings.insights)
    tellable = may_be_told([Decision("insight", key, "rename", name) for key, name in names.items()], batch)
    return {each.target_id: str(each.value) for each in tellable}


def _read(context: RunContext, step: Stage, part: str, inputs: Inputs, *, vectors: bool = True) -> Batch:
    """What the stage read, with what it gave, as the readers may see it."""
    store, state = context.workspace.parts, context.state
    embedded = {before.name for before in state.writers(step) if before.kind == "distinct"}
    wanted = inputs if vectors else [pair for pair in inputs if pair[0] not in embedded]
    batch = read_inputs(store, step, wanted)
    gave = store.read_batch(step.name, part, [kind for kind in step.writes if issubclass(kind, Record)])
    return for_readers(Batch(batch.tables | gave.tables, batch.vectors), state.withheld)


def _written(
    context: RunContext, step: Stage, part: str, module: str, rows: Iterable[str], changed: Callable[[], Batch]
) -> str:  # fmt: skip
    """Name of the part as it is changed; the part itself where nothing is to be changed. When dry nothing is written."""
    lines = list(rows)
    if not lines:
        return part
    store = context.workspace.parts
    name = f"{part}-{ASSISTED}{stable_hash(version_of_module(module), *lines)}"
    if not context.dry and not store.has(step.name, name, step.writes):
        store.write(step.name, name, step.writes, changed())
    return name
