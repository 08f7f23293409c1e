"""One run over the map: for each stage, name its parts, compute those that are missing, hand their names on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.pipeline import STAGES, Stage, stage
from voc_engine.privacy.forgotten import people_left
from voc_engine.privacy.people_file import PeopleFile
from voc_engine.privacy.roster import Roster
from voc_engine.privacy.withholding import for_readers, withheld_people
from voc_engine.records import EVIDENCE_ROLES, Segment, Vectors, stable_hash
from voc_engine.registry import require
from voc_engine.runners.allocate import PackPseudonyms, read_people, roster_for, said_of
from voc_engine.runners.copies import CopyFinder
from voc_engine.runners.decide import decided
from voc_engine.runners.fingerprint import fingerprint, version_of_module
from voc_engine.runners.packs import packed
from voc_engine.runners.plan import StagePlan
from voc_engine.runners.progress import PlainProgress, Progress
from voc_engine.runners.purge import removal_of
from voc_engine.runners.sources import SourceInput, find_sources
from voc_engine.runners.targets import Found
from voc_engine.runners.tasks import FileIndex, embed_chunk, index_path, ingest_file, map_part
from voc_engine.runners.workers import LocalWorkers, Workers
from voc_engine.store.parts import PartStore, read_parquet
from voc_engine.store.workspace import Workspace

_SENTENCES_PER_PART = 2_000
# The stages whose tables are the run's state, by the stage that wrote them last.
Inputs = list[tuple[str, str]]


@dataclass
class RunState:
    """Names of the parts that each stage gave, and what is told about the run."""

    sources: list[SourceInput] = field(default_factory=list)
    indexes: list[FileIndex] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    packs: list[tuple[str, ...]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    plans: list[StagePlan] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    decided: list[Found] = field(default_factory=list)
    consents: dict[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    shown: dict[str, str] = field(default_factory=dict)

    def inputs(self, *stages: str) -> Inputs:
        """Parts of the stages named, in order."""
        return [(one, part) for one in stages for part in self.parts[one]]


class Engine:
    """Runs or plans the map for one configuration in one workspace."""

    def __init__(
        self, config: Config, folder: Path, workspace: Workspace, workers: Workers | None = None,
        progress: Progress | None = None, *, dry: bool = False,
    ) -> None:  # fmt: skip
        self.config, self.folder, self.workspace = config, folder, workspace
        self.workers = workers or LocalWorkers()
        self.progress = progress or PlainProgress(quiet=True)
        self.dry = dry
        self.store: PartStore = workspace.parts
        self.decisions = workspace.decisions.in_force()
        self.removal = removal_of(workspace)
        self.state = RunState()

    def execute(self, until: str = "report") -> RunState:
        """Every stage before the one named. When dry, stops where the rest depends on what has not run yet."""
        require_components(self.config)
        self._require_heads()
        self.state.sources = find_sources(self.config, self.folder, self.workspace.root, self.removal.forgotten)
        for one in STAGES:
            if one.name == until:
                break
            if self.dry and any(plan.open or plan.to_do for plan in self.state.plans):
                self.state.plans.append(StagePlan(one.name, open=True))
                continue
            started = time.monotonic()
            self._stage(one)
            self._replay_decisions(one)
            self.state.timings[one.name] = round(time.monotonic() - started, 3)
        return self.state

    def _replay_decisions(self, one: Stage) -> None:
        if one.name in self.state.parts and self.decisions:
            parts = self.state.parts[one.name]
            inputs = self._fit_inputs(one) if one.kind == "fit" else []
            options = getattr(self.config, one.name, None)
            replayed = decided(
                self.store, one, parts, self.decisions, inputs=inputs, options=options, withheld=self.state.withheld,
                dry=self.dry,
            )  # fmt: skip
            self.state.parts[one.name] = replayed.parts
            self.state.decided += replayed.found

    def _stage(self, one: Stage) -> None:
        kinds: dict[str, Callable[[Stage], None]] = {
            "files": self._ingest, "map": self._map, "distinct": self._embed, "fit": self._fit,
        }  # fmt: skip
        kinds[one.kind](one)

    def _ingest(self, one: Stage) -> None:
        wanted = self.state.sources
        missing = [item for item in wanted if not self._file_done(item)]
        plan = StagePlan(one.name, len(wanted), len(wanted) - len(missing))
        plan.reasons = [f"{item.source} is new or changed" for item in missing[:3]]
        if len(missing) > 3:
            plan.reasons.append(f"and {len(missing) - 3} more")
        root, rows = self.store.root, self.config.study.part_rows
        tasks = [
            (root, item.name, item.path, item.source, item.sha256, item.options, rows, self.removal.of(item.options))
            for item in missing
        ]
        self._work(plan, ingest_file, tasks, "files", total=len(tasks))
        if self.dry and plan.to_do:
            return
        self.state.indexes = [FileIndex.load(index_path(self.store, item.name)) for item in wanted]
        self.state.parts[one.name] = [part for index in self.state.indexes for part in index.parts]

    def _file_done(self, item: SourceInput) -> bool:
        path = index_path(self.store, item.name)
        writes = stage("ingest").writes
        return path.exists() and all(self.store.has("ingest", part, writes) for part in FileIndex.load(path).parts)

    def _map(self, one: Stage) -> None:
        options, said = self._options(one)
        if one.name == "segment" and self.dry and not self._copies().known:
            self.state.plans.append(StagePlan(one.name, open=True))
            return
        before, given, extras = self._before(one)
        salt = self._salt(one)
        names = [fingerprint(one.name, said, (*parts, salt, extra)) for parts, extra in zip(before, given, strict=True)]
        missing = [row for row, name in enumerate(names) if not self.store.has(one.name, name, one.writes)]
        plan = StagePlan(one.name, len(names), len(names) - len(missing))
        plan.reasons = ["new input, changed options or changed code"]
        # One by one as workers take them: what a part is given may be large.
        tasks = (
            (self.store.root, names[row], one.name, self._part_inputs(one, row), options, extras[row])
            for row in missing
        )
        self._work(plan, map_part, tasks, "parts", total=len(missing))
        self.state.parts[one.name] = names

    def _require_heads(self) -> None:
        """Refitted heads are looked at now, and not after hours of work; what they hold names the parts made with them."""
        options, _ = self._options(stage("mentions"))
        if options.heads is not None:
            from voc_engine.mentions.chosen import extractor_named
            from voc_engine.mentions.heads.linear import content_of

            self.state.names["heads"] = content_of(Path(options.heads))
            extractor_named(options.extractor, Path(options.heads))

    def _options(self, one: Stage) -> tuple[Any, dict[str, Any]]:
        """What a map stage is given, and what its parts are named by: the content of heads and not their place."""
        options = getattr(self.config, one.name)
        if one.name != "mentions" or options.heads is None:
            return options, options.model_dump()
        given = options.model_copy(update={"heads": str(self.folder / options.heads)})
        return given, {**options.model_dump(), "heads": self.state.names.get("heads")}

    def _before(self, one: Stage) -> tuple[list[tuple[str, ...]], Sequence[str], Any]:
        """The parts that make each part of a map stage, what each is given beside them as text for its name, and that
        itself by row."""
        if one.name == "redact":
            packs = self.state.packs = packed(self.state.indexes)
            people = people_left(read_people(self.config.people, self.folder), self.removal.forgotten)
            roster = self._roster(people)
            sources = {part: index.source for index in self.state.indexes for part in index.parts}
            given = PackPseudonyms(
                self.store, packs, people, self.workspace.vault, roster, sources=sources, keep=not self.dry
            )
            self.state.consents, self.state.shown = given.consents, roster.shown
            self.state.withheld = withheld_people(given.consents, self.config.report.audience)
            return packs, given.said, given
        before = "redact" if one.name == "segment" else "segment"
        parts: list[tuple[str, ...]] = [(part,) for part in self.state.parts[before]]
        nothing: list[Any] = [None] * len(parts)
        extras = self._copies().by_part(self.workers) if one.name == "segment" else nothing
        return parts, [said_of(extra) for extra in extras], extras

    def _roster(self, people: PeopleFile) -> Roster:
        sections = [self.config.sources.index(item.options) for item in self.state.sources]
        files = zip(self.state.indexes, sections, strict=True)
        return roster_for(self.config, ((index.source, section, index.documents) for index, section in files), people)

    def _copies(self) -> CopyFinder:
        return CopyFinder(self.store, self.state.parts["redact"], self.config.segment)

    def _salt(self, one: Stage) -> str:
        """What a part's vectors depend on beside its text: the model alone, so that a new file leaves old parts done."""
        return self.state.names["model"] if self._wants_vectors(one) else ""

    def _wants_vectors(self, one: Stage) -> bool:
        """Loading vectors is dear: the mention extractor says whether it looks at them."""
        if one.name != "mentions":
            return Vectors in one.reads
        from voc_engine.registry import component

        return bool(component("mention extractor", self.config.mentions.extractor).needs_vectors)

    def _part_inputs(self, one: Stage, row: int) -> Inputs:
        if one.name == "redact":
            return [("ingest", part) for part in self.state.packs[row]]
        inputs: Inputs = [("redact", self.state.parts["redact"][row])]
        if one.name == "mentions":
            inputs.append(("segment", self.state.parts["segment"][row]))
            inputs += self.state.inputs("embed") if self._wants_vectors(one) else []
        return inputs

    def _embed(self, one: Stage) -> None:
        """Distinct sentences of customers, each embedded once in the life of the workspace."""
        options = self.config.embed
        model = fingerprint(one.name, options.model_dump(), ())
        wanted = self._distinct_sentences()
        have = self._embedded(model)
        left = [(key, text) for key, text in wanted.items() if key not in have]
        chunks = [left[start : start + _SENTENCES_PER_PART] for start in range(0, len(left), _SENTENCES_PER_PART)]
        plan = StagePlan(one.name, len(wanted), len(wanted) - len(left), [f"{len(left):,} sentences not seen before"])
        tasks = []
        for chunk in chunks:
            keys = [key for key, _ in chunk]
            tasks.append((self.store.root, f"{model}-{stable_hash(*keys)}", keys, [text for _, text in chunk], options))
        self._work(plan, embed_chunk, tasks, "sentences", total=len(left))
        used = self._embedded(model)
        self.state.parts[one.name] = sorted({used[key] for key in wanted if key in used})
        self.state.names["model"] = model
        self.state.names[one.name] = stable_hash(model, *self.state.parts["segment"])

    def _distinct_sentences(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in self.state.parts["segment"]:
            table = self.store.read_columns("segment", part, Segment, ("text_key", "text", "role"))
            columns = (table.column(name).to_pylist() for name in ("text_key", "text", "role"))
            for key, text, role in zip(*columns, strict=True):
                if role in EVIDENCE_ROLES:
                    found.setdefault(key, text)
        return found

    def _embedded(self, model: str) -> dict[str, str]:
        """Text key -> part that holds its vector, for this model."""
        found: dict[str, str] = {}
        for path in sorted((self.store.root / "embed").glob(f"{model}-*.vectors.parquet")):
            part = path.name.removesuffix(".vectors.parquet")
            for key in read_parquet(path, ("text_key",)).column("text_key").to_pylist():
                found.setdefault(key, part)
        return found

    def _fit(self, one: Stage) -> None:
        options = getattr(self.config, one.name)
        inputs = self._fit_inputs(one)
        said = [part for folder, part in inputs if folder != "embed"]
        withheld = self.state.withheld
        readers = (version_of_module(for_readers.__module__), *sorted(withheld)) if withheld else ()
        name = fingerprint(one.name, options.model_dump(), (*said, self.state.names["embed"], *readers))
        done = self.store.has(one.name, name, one.writes)
        plan = StagePlan(one.name, 1, int(done), ["its input, options or code changed"])
        tasks = [] if done else [(self.store.root, name, one.name, inputs, options, None, withheld)]
        # A fit sees everything; it runs here, where the workers' memory does not come on top.
        self._work(plan, map_part, tasks, "fits", workers=LocalWorkers(), total=len(tasks))
        self.state.parts[one.name] = [name]

    def _fit_inputs(self, one: Stage) -> Inputs:
        """Parts of every earlier stage that wrote what this one reads; of what was redacted only the redacted form."""
        writers = [before.name for before in STAGES if set(before.writes) & set(one.reads) and before.name != "ingest"]
        return self.state.inputs(*(name for name in writers if STAGES.index(stage(name)) < STAGES.index(one)))

    def _work(
        self, plan: StagePlan, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], unit: str,
        workers: Workers | None = None, *, total: int,
    ) -> None:  # fmt: skip
        self.state.plans.append(plan)
        if self.dry:
            return
        self.progress.begin(plan.stage, total, unit)
        for result in (workers or self.workers).map(function, tasks):
            self.progress.advance(int(result) if unit == "sentences" else 1)
        done = f"{plan.parts:,} {unit}" if plan.to_do else f"{plan.parts:,} {unit}, nothing new"
        self.progress.end(f"{done}, {plan.to_do:,} computed" if plan.to_do else done)


def require_components(config: Config) -> None:
    """Raises ConfigError for a component that is not registered: now, and not after hours of work."""
    require("embedder", config.embed.model)
    require("topic model", config.topics.model)
    require("mention extractor", config.mentions.extractor)
    for name in config.report.formats:
        require("report format", name)
    for source in config.sources:
        if source.format is not None:
            require("reader", source.format)
