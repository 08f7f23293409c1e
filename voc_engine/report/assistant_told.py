"""What is told of a language model that was asked: what went where, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from voc_engine.assistant.model_server import is_this_machine
from voc_engine.config import AssistantConfig
from voc_engine.records import Assisted
from voc_engine.report import wording
from voc_engine.runners.state import RunState

_USES = {
    "names": ("names of findings", "name", "put in the place of ours"),
    "members": ("borderline members of findings", "finding", "lost members"),
    "mentions": ("unsure mentions", "mention", "were rejected"),
}


def where_to(options: AssistantConfig) -> str:
    """Which model is asked, and whether words leave this machine."""
    model = f"the model {options.model}" if options.model else "the model served"
    endpoint = str(options.endpoint)
    if is_this_machine(endpoint):
        return f"{model} at {endpoint}, on this machine"
    return f"{model} at {endpoint}, another machine: what is asked leaves this one"


def what_leaves(options: AssistantConfig) -> str:
    """Whose words go there, and what for."""
    uses = wording.listing([_USES[use][0] for use in options.uses])
    who = "internally" if is_this_machine(str(options.endpoint)) else "outside the organisation"
    return f"masked quotes of people who may be quoted {who}, for {uses}"


def told_of_assistant(options: AssistantConfig, state: RunState) -> Mapping[str, str]:
    """Lines for the method page; none where no model is configured."""
    if options.endpoint is None:
        return {}
    people = wording.people(len(state.shown_to_assistant))
    lines = {
        "language model": f"{where_to(options)}; sent there: {what_leaves(options)}; words of {people} in this run. What it"
        " said is marked; it adds no mention, and what fails a check is dropped"
    }
    return lines | {f"language model, {_USES[one.use][0]}": _came_of(one) for one in state.assisted}


def _came_of(assisted: Assisted) -> str:
    _, unit, changed = _USES[assisted.use]
    faults = "; ".join(f"{why}: {number:,}" for why, number in assisted.faults)
    line = f"{wording.count(assisted.asked, 'question')}, {wording.count(assisted.sound, 'sound answer')}"
    line += f", {wording.count(assisted.changed, unit)} {changed}"
    return line + (f". Not used: {faults}" if faults else "")


def unanswered(options: AssistantConfig, state: RunState) -> str:
    """What a user has to know of questions without an answer; empty where every one has one."""
    lacking = sum(one.asked - one.answered for one in state.assisted)
    if not lacking:
        return ""
    why = "; ".join(f"{reason}: {number:,}" for reason, number in sorted(state.unanswered.items()))
    n_asked = sum(one.asked for one in state.assisted)
    return (
        f"The language model at {options.endpoint} did not answer {lacking:,} of {n_asked:,} questions ({why})."
        " The report stands without what it would have said; the next run asks again."
    )
