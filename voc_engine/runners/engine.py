"""One run over the map: for each stage, name its parts, compute those that are missing, hand their names on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.passes import Pass, Stage
from voc_engine.pipeline import FLOW, PASSES, stage
from voc_engine.privacy.withholding import for_readers
from voc_engine.records import EMBEDDED_ROLES, Decision, Segment, Vectors, stable_hash
from voc_engine.runners.components import require_components
from voc_engine.runners.fingerprint import CODEBASE, fingerprint, version_of_module
from voc_engine.runners.large_files import SideBySide
from voc_engine.runners.pace import learn, sampling_advice
from voc_engine.runners.packs import packed
from voc_engine.runners.progress import PlainProgress, Progress
from voc_engine.runners.source_inputs import SourceInput, find_sources
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.runners.state import Inputs, RunContext, RunState, whole
from voc_engine.runners.tasks import FileIndex, embed_chunk, index_path, ingest_file, map_part
from voc_engine.runners.workers import LocalWorkers, Workers
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace

_SENTENCES_PER_PART = 2_000  # a choice: vectors that a killed run computes again at most
_REASONS_TOLD = 3  # a choice: a plan names the first and counts the rest
# Kinds of stages of which many tasks run side by side.
_BY_PART = ("files", "map", "distinct")


class Engine:
    """Runs or plans the map for one configuration in one workspace."""

    def __init__(
        self, config: Config, folder: Path, workspace: Workspace, workers: Workers | None = None,
        progress: Progress | None = None, *, dry: bool = False, sources: list[SourceInput] | None = None,
        decisions: list[Decision] | None = None, answered_until: int | None = None,
    ) -> None:  # fmt: skip
        """``sources`` and ``decisions`` take the place of those that the configuration and the workspace have now. With
        ``answered_until`` no language model is asked: of its answers those up to that one count."""
        self.config, self.folder, self.workspace = config, folder, workspace
        self.workers = workers or LocalWorkers()
        self.progress = progress or PlainProgress(quiet=True)
        self.dry, self.store, self.state = dry, workspace.parts, RunState()
        self.decisions = workspace.decisions.in_force() if decisions is None else decisions
        self.context = RunContext(
            config, folder, workspace, self.workers, self.decisions, dry, self.state, None if dry else self.progress,
            answered_until,
        )  # fmt: skip
        self.removals = [one.load()(workspace) for one in PASSES if one.kind == "remove"]
        self._sources = sources

    def execute(self, until: str | None = None) -> RunState:
        """Every stage before the one named. When dry, stops where the rest depends on what has not run yet."""
        require_components(self.config)
        self._choose()
        self.state.sources = self._find_sources() if self._sources is None else self._sources
        for step in FLOW:
            if step.kind == "report" or step.name == until:
                break
            self._step(step)
        CODEBASE.keep()
        if not self.dry:
            learn(self.state, self.workspace)
        return self.state

    def _step(self, step: Pass) -> None:
        if self._left_out(step):
            return
        if self._waits():
            if isinstance(step, Stage):
                self.state.plans.append(StagePlan(step.name, open=True))
            return
        started = time.monotonic()
        kinds: dict[str, Callable[[Any], None]] = {
            "files": self._read, "settle": self._settle, "give": self._give, "map": self._map, "distinct": self._embed,
            "withhold": self._withhold, "fit": self._fit,
        }  # fmt: skip
        if step.kind in kinds:
            kinds[step.kind](step)
            self.state.timings[step.name] = round(time.monotonic() - started, 3)
        if step.name in self.state.parts:
            self._replay(step)

    def _left_out(self, step: Pass) -> bool:
        """Whether this run does without it: a pass that the configuration does not ask for or that had nothing to give, and
        the stages to which it would give."""
        giving = [
            other for other in PASSES if other.kind == "give" and (other is step or {*other.writes} & {*step.reads})
        ]
        return any(
            not other.hook("wanted", lambda config: True)(self.config)
            or (other is not step and not self._waits() and not {*other.writes} & {*self.state.given})
            for other in giving
        )

    def _waits(self) -> bool:
        """Whether a plan cannot tell what follows, since something before it is to be computed."""
        return self.dry and any(plan.open or plan.to_do for plan in self.state.plans)

    def _choose(self) -> None:
        """Each stage's options, and what stands for them in names; a stage may settle its own at the start."""
        for step in FLOW:
            options = getattr(self.config, step.name, None)
            settled = step.hook("settled") if isinstance(step, Stage) and options is not None else None
            if settled is not None:
                self.state.chosen[step.name] = settled(options, self.folder)
            elif options is not None:
                self.state.chosen[step.name] = (options, options.model_dump())

    def _find_sources(self) -> list[SourceInput]:
        (removal,) = self.removals
        return find_sources(self.config, self.folder, self.workspace.root, removal.forgotten)

    def _replay(self, step: Pass) -> None:
        self.state.own[step.name] = list(self.state.parts[step.name])
        rows = range(len(self.state.packs)) if step.kind == "map" else ()
        inputs = [self._fit_inputs(step)] if step.kind == "fit" else [self._part_inputs(step, row) for row in rows]
        due = {"ask": self.config.assistant.endpoint is not None, "replay": bool(self.decisions)}
        for after in PASSES:
            if due.get(after.kind) and not set(step.writes).isdisjoint(after.writes) and not self._waits():
                after.load()(self.context, step, inputs)

    def _read(self, step: Stage) -> None:
        wanted = self.state.sources
        missing = [item for item in wanted if not self._file_done(step, item)]
        self.state.missing = frozenset(item.name for item in missing)
        plan = StagePlan(step.name, len(wanted), len(wanted) - len(missing))
        plan.reasons = [f"{item.source} is new or changed" for item in missing[:_REASONS_TOLD]]
        if len(missing) > _REASONS_TOLD:
            plan.reasons.append(f"and {len(missing) - _REASONS_TOLD} more")
        rows = self.config.study.part_rows
        (removal,) = self.removals
        tasks = [
            (self.store.root, item.name, item.path, item.source, item.sha256, item.options, rows, removal.of(item.options))
            for item in missing
        ]  # fmt: skip
        self._work(plan, ingest_file, tasks, "files", workers=SideBySide(self.workers), total=len(tasks))
        if self.dry and plan.to_do:
            return
        self.state.indexes = [FileIndex.load(index_path(self.store, item.name)) for item in wanted]
        self.state.parts[step.name] = [part for index in self.state.indexes for part in index.parts]
        self.state.packs = packed(self.state.indexes)

    def _file_done(self, step: Stage, item: SourceInput) -> bool:
        path = index_path(self.store, item.name)
        return path.exists() and all(
            self.store.has(step.name, part, step.writes) for part in FileIndex.load(path).parts
        )

    def _settle(self, step: Pass) -> None:
        renamed = step.load()(self.context)
        if renamed is None:
            self.state.plans[-1].open = True
            return
        for before in self.state.writers(step):
            parts = self.state.parts[before.name]
            self.state.parts[before.name] = [renamed.get(part, part) for part in parts]
        self.state.packs = [tuple(renamed.get(part, part) for part in pack) for pack in self.state.packs]

    def _give(self, step: Pass) -> None:
        gives = step.load()(self.context)
        if gives is not None:
            self.state.given |= dict.fromkeys(step.writes, gives)

    def _withhold(self, step: Pass) -> None:
        self.state.withheld = step.load()(self.context)

    def _map(self, step: Stage) -> None:
        gives = [self.state.given[kind] for kind in step.reads if kind in self.state.given]
        if not all(give.known for give in gives):
            self.state.plans.append(StagePlan(step.name, open=True))
            return
        options, named = self.state.chosen[step.name]
        # What a part's vectors depend on beside its text is the model alone, so that a new file leaves old parts done.
        salt = self.state.names["model"] if Vectors in self._looked_at(step) else ""
        rows = range(len(self.state.packs))
        inputs = [self._part_inputs(step, row) for row in rows]
        texts = [[give.texts[row] for give in gives] for row in rows]
        names = [
            fingerprint(step.name, named, (*(part for _, part in parts), salt, *text))
            for parts, text in zip(inputs, texts, strict=True)
        ]
        missing = [row for row in rows if not self.store.has(step.name, names[row], step.writes)]
        plan = StagePlan(step.name, len(names), len(names) - len(missing))
        plan.reasons = ["new input, changed options or changed code"]
        # One by one as workers take them: what a part is given may be large.
        tasks = (
            (self.store.root, names[row], step.name, [*inputs[row], *self._vector_inputs(step, inputs[row])], options,
             tuple(give[row] for give in gives))
            for row in missing
        )  # fmt: skip
        self._work(plan, map_part, tasks, "parts", total=len(missing))
        self.state.parts[step.name] = names

    def _looked_at(self, step: Stage) -> list[Any]:
        """What a stage reads with its options; some of it may be dear to load for nothing."""
        unread = step.hook("unread", lambda options: ())(self.state.chosen[step.name][0])
        return [kind for kind in step.reads if kind not in unread]

    def _part_inputs(self, step: Pass, row: int) -> Inputs:
        """The parts that make one part of a map stage: of each earlier stage that of the same row."""
        inputs: Inputs = []
        for before in self.state.writers(step):
            if before.kind == "files":
                inputs += [(before.name, part) for part in self.state.packs[row]]
            elif before.kind == "map":
                inputs.append((before.name, self.state.parts[before.name][row]))
        return inputs

    def _vector_inputs(self, step: Stage, inputs: Inputs) -> Inputs:
        """The parts that hold the vectors of a part's sentences, where the stage looks at them."""
        if Vectors not in self._looked_at(step):
            return []
        folder, parts = self.state.last(Segment).name, self.state.vectors
        tables = [
            self.store.read_columns(name, part, Segment, ("text_key",)) for name, part in inputs if name == folder
        ]
        keys = {key for table in tables for key in table.column("text_key").to_pylist()}
        (writer,) = (before.name for before in self.state.writers(step) if before.kind == "distinct")
        return [(writer, part) for part in sorted({parts[key] for key in keys if key in parts})]

    def _embed(self, step: Stage) -> None:
        """Distinct sentences of customers and of proof, each embedded once in the life of the workspace."""
        options, named = self.state.chosen[step.name]
        model = fingerprint(step.name, named, ())
        (before,) = self.state.writers(step)
        wanted = self._distinct_sentences(before)
        have = self._embedded(step, model)
        remaining = [(key, text) for key, text in wanted.items() if key not in have]
        if advice := sampling_advice(self.config, len(wanted), len(remaining)):
            self.state.advice = advice
            if not self.dry:
                self.progress.begin("effort", 1, "")
                self.progress.end(advice)
        chunks = [
            remaining[start : start + _SENTENCES_PER_PART] for start in range(0, len(remaining), _SENTENCES_PER_PART)
        ]
        plan = StagePlan(
            step.name, len(wanted), len(wanted) - len(remaining), [f"{len(remaining):,} sentences not seen before"]
        )
        tasks = []
        for chunk in chunks:
            keys = [key for key, _ in chunk]
            tasks.append((self.store.root, f"{model}-{stable_hash(*keys)}", keys, [text for _, text in chunk], options))
        self._work(plan, embed_chunk, tasks, "sentences", total=len(remaining))
        self.state.vectors = self._embedded(step, model)
        self.state.parts[step.name] = sorted({self.state.vectors[key] for key in wanted if key in self.state.vectors})
        self.state.names["model"] = model
        self.state.names[step.name] = stable_hash(model, *self.state.parts[before.name])

    def _distinct_sentences(self, before: Stage) -> dict[str, str]:
        sentences: dict[str, str] = {}
        for part in self.state.parts[before.name]:
            table = self.store.read_columns(before.name, part, Segment, ("text_key", "text", "role"))
            columns = (table.column(name).to_pylist() for name in ("text_key", "text", "role"))
            for key, text, role in zip(*columns, strict=True):
                if role in EMBEDDED_ROLES:
                    sentences.setdefault(key, text)
        return sentences

    def _embedded(self, step: Stage, model: str) -> dict[str, str]:
        """Text key -> part that holds its vector, for this model."""
        parts: dict[str, str] = {}
        for path in sorted((self.store.root / step.name).glob(f"{model}-*.vectors.parquet")):
            part = path.name.removesuffix(".vectors.parquet")
            for key in read_parquet(path, ("text_key",)).column("text_key").to_pylist():
                parts.setdefault(key, part)
        return parts

    def _fit(self, step: Stage) -> None:
        options, named = self.state.chosen[step.name]
        looked_at, withheld = set(self._looked_at(step)), self.state.withheld
        inputs = [pair for pair in self._fit_inputs(step) if not looked_at.isdisjoint(stage(pair[0]).writes)]
        readers = (version_of_module(for_readers.__module__), *sorted(withheld)) if withheld else ()
        # How sentences were shared out among parts of vectors depends on when they were first seen, the vectors do not.
        distinct = [name for name in self.state.names if name in self.state.parts]
        content = [part for folder, part in inputs if folder not in distinct]
        gives = [self.state.given[kind] for kind in step.reads if kind in self.state.given]
        texts = (text for give in gives for text in give.texts)
        name = fingerprint(
            step.name, named, (*content, *(self.state.names[each] for each in distinct), *readers, *texts)
        )
        done = self.store.has(step.name, name, step.writes)
        plan = StagePlan(step.name, 1, int(done), ["its input, options or code changed"])
        tasks = [] if done else [(self.store.root, name, step.name, inputs, options, whole(gives), withheld)]
        # A fit sees everything; it runs here. Behind the last stage that works part by part the workers only hold memory.
        if tasks and not self.dry and not any(other.kind in _BY_PART for other in FLOW[FLOW.index(step) :]):
            self.workers.rest()
        self._work(plan, map_part, tasks, "fits", workers=LocalWorkers(), total=len(tasks))
        self.state.parts[step.name] = [name]

    def _fit_inputs(self, step: Pass) -> Inputs:
        """Every part of the stages that wrote last what this one reads; a new name alone changes none of them."""
        instead, parts = self.state.read_instead, self.state.parts
        pairs = [(before.name, part) for before in self.state.writers(step) for part in parts[before.name]]
        return [(folder, instead.get((folder, part), part)) for folder, part in pairs]

    def _work(
        self, plan: StagePlan, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], unit: str,
        workers: Workers | None = None, *, total: int,
    ) -> None:  # fmt: skip
        self.state.plans.append(plan)
        if self.dry:
            return
        self.progress.begin(plan.stage, total, unit)
        for result in (workers or self.workers).map(function, tasks):
            self.progress.advance(int(result) if unit == "sentences" else 1, int(result))
        done = f"{plan.parts:,} {unit}" if plan.to_do else f"{plan.parts:,} {unit}, nothing new"
        self.progress.end(f"{done}, {plan.to_do:,} computed" if plan.to_do else done)
