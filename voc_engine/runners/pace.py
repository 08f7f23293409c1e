"""How long each stage took here for a document, and what a run would take at that pace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from voc_engine.config import Config
from voc_engine.errors import StoreError
from voc_engine.pipeline import FLOW, STAGES
from voc_engine.records import Drawn
from voc_engine.runners.progress import told_time
from voc_engine.runners.state import RunState
from voc_engine.store.workspace import Workspace, read_json, write_json

# What fewer documents took is the loading of models and no pace.
_FEWEST = 200
_MOST_NAMED = 4
# Up to so many distinct sentences a study is read in full where it may be sampled as well.
MOST_EXACT = 60_000
# Seconds of one core for a distinct sentence in context: its vector, its labels, its parts (docs/scale.md).
_A_SENTENCE = 0.016


@dataclass(frozen=True)
class Rates:
    """``seconds`` for a document by stage or pass, as it was computed last; ``source`` bytes of the files for a document and
    ``kept`` bytes of parts for it."""

    seconds: Mapping[str, float]
    source: float
    kept: float

    @classmethod
    def of(cls, workspace: Workspace, *, sampled: bool = False) -> Rates | None:
        """What runs in this workspace have measured; None where nothing was. Runs that sample have a pace of their own."""
        try:
            return cls(**read_json(_path(workspace, sampled)))
        except (StoreError, TypeError):
            return None

    def keep(self, workspace: Workspace, *, sampled: bool = False) -> None:
        """For the plans that follow."""
        write_json(_path(workspace, sampled), asdict(self))


def learn(state: RunState, workspace: Workspace, fewest: int = _FEWEST) -> Rates | None:
    """What a run that has ended measured, with what earlier ones did where it had nothing to do; None for too little."""
    documents = sum(one.documents for one in state.indexes)
    sampled = any(Drawn in one.reads for one in STAGES if one.name in state.parts)
    earlier = Rates.of(workspace, sampled=sampled)
    seconds = dict(earlier.seconds) if earlier else {}
    share = {plan.stage: plan.to_do / plan.parts for plan in state.plans if plan.parts}
    for name, spent in state.timings.items():
        # A pass looks at the whole study for what is new in it: it goes with the stage that follows.
        done = documents * share.get(name, share.get(_after(name), 0.0))
        if done >= fewest:
            seconds[name] = spent / done
    if not seconds or not documents:
        return earlier
    stored_bytes = sum(path.stat().st_size for path in workspace.parts.root.rglob("*.parquet"))
    rates = Rates(
        dict(sorted(seconds.items())),
        sum(_size(item.path) for item in state.sources) / documents,
        stored_bytes / documents,
    )
    rates.keep(workspace, sampled=sampled)
    return rates


@dataclass(frozen=True)
class Estimate:
    """``seconds`` by stage and ``disk`` in bytes that a run would take at the pace measured here; ``documents`` to read,
    ``unknown`` the stages that nothing is known of."""

    seconds: Mapping[str, float]
    disk: float
    documents: float
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        longest = sorted(self.seconds.items(), key=lambda one: -one[1])[:_MOST_NAMED]
        named = ", ".join(f"{name} {told_time(spent)}" for name, spent in longest if spent >= 1)
        lines = [
            f"time      about {told_time(sum(self.seconds.values()))} at the pace of the last runs here"
            + (f" ({named})" if named else ""),
            f"disk      about {self.disk / 1e6:,.0f} MB more below .voc/parts",
        ]
        if self.unknown:
            lines.append(f"          not in it, since it was not measured here yet: {', '.join(self.unknown)}")
        return "\n".join(lines)


def estimate(state: RunState, rates: Rates) -> Estimate:
    """What the plan of a run would take. A stage that follows what has not run yet takes what is new, a fit the whole study.

    Fits are taken to grow with the documents, as their samples do up to their limits.
    """
    plans = {plan.stage: plan for plan in state.plans}
    read = _new_files(state)
    new = sum(_size(path) for path in read) / rates.source if rates.source else 0.0
    indexed = sum(one.documents for one in state.indexes)
    every = indexed or sum(_size(item.path) for item in state.sources) / rates.source
    seconds: dict[str, float] = {}
    unknown = []
    for step in FLOW:
        plan = plans.get(step.name) or plans.get(_after(step.name))
        if plan is None or step.kind in ("report", "remove", "replay", "withhold") or not (plan.open or plan.to_do):
            continue
        if step.name not in rates.seconds:
            unknown += [step.name] if step in STAGES else []
        elif step.kind == "fit":
            seconds[step.name] = every * rates.seconds[step.name]
        else:
            share = plan.to_do / plan.parts if plan.parts and not plan.open else 0.0
            seconds[step.name] = (new if plan.open or step.kind == "files" else every * share) * rates.seconds[
                step.name
            ]
    return Estimate(seconds, new * rates.kept, new, (*unknown, "report"))


def sampling_advice(config: Config, distinct: int, remaining: int) -> str:
    """What reading everything costs and what a sampled run would, where that is far less; empty where it is not."""
    most = config.sample.sentences
    if config.run.effort == "sampled" or distinct <= MOST_EXACT or remaining <= most:
        return ""
    return (
        f"{remaining:,} distinct sentences are to be read in full, about {told_time(remaining * _A_SENTENCE)} of one core;"
        f' with [run] effort = "sampled" {most:,} would be, about {told_time(most * _A_SENTENCE)}, and the rest estimated'
    )


def _new_files(state: RunState) -> list[Path]:
    plan = next((plan for plan in state.plans if plan.stage == STAGES[0].name), None)
    if plan is None or not plan.to_do:
        return []
    return [item.path for item in state.sources if item.name in state.missing]


def _after(name: str) -> str:
    """The stage that follows a pass; a stage is its own."""
    names: Sequence[str] = [one.name for one in FLOW]
    stages = {one.name for one in STAGES}
    return next((one for one in names[names.index(name) :] if one in stages), "")


def _path(workspace: Workspace, sampled: bool) -> Path:
    return workspace.root / ".voc" / ("rates-sampled.json" if sampled else "rates.json")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
