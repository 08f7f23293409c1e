"""A study in Python: run it, look at its tables, show its cards, maps and insights in a notebook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.config import Config
from voc_engine.errors import ConfigError, nearest
from voc_engine.interface.locate import Unlock, known_run, locate_study, vault_as_it_is
from voc_engine.store.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

    from voc_engine.interface.outcome import RunOutcome
    from voc_engine.interface.plans import Plan
    from voc_engine.report.fragments import Fragment, Fragments
    from voc_engine.report.verify_tables import Checked


class Study:
    """One study: its configuration, its workspace, and the tables of one finished run, by default the latest.

    Tables are read when they are first asked for. Names of people in them are pseudonyms and texts are masked, as in the
    report; docs/tables.md describes every column.
    """

    def __init__(self, config: Config, folder: Path, workspace: Workspace, run_id: str | None = None) -> None:
        self.config, self.folder, self.workspace = config, folder, workspace
        self._chosen = run_id
        self._frames: dict[tuple[str, str], pd.DataFrame] = {}

    @classmethod
    def open(
        cls,
        config: str | os.PathLike[str] = "voc.toml",
        workspace: str | os.PathLike[str] | None = None,
        *,
        run_id: str | None = None,
        redact: bool = True,
        unlock: Unlock = vault_as_it_is,
    ) -> Study:
        """The study that a configuration, or a folder with a voc.toml, describes. Nothing is computed.

        ``workspace`` takes the place of the configured one, ``run_id`` that of the latest run; ``redact=False`` keeps names
        and contact data in what is run. ``unlock`` may give the passphrase of an encrypted vault, which is otherwise taken
        from the environment. Raises ConfigError for a configuration that is missing or cannot be used.
        """
        settings, folder, located = locate_study(config, workspace, redact=redact, unlock=unlock)
        return cls(settings, folder, located, None if run_id is None else known_run(located, run_id))

    def __repr__(self) -> str:
        return f"<Study {self.config.study.name!r} in {self.workspace.root}>"

    def plan(self) -> Plan:
        """What a run would compute, and why. Computes nothing."""
        from voc_engine.interface.plans import plan_study

        return plan_study(self.config, self.folder, self.workspace)

    def run(
        self, *, runner: str = "local", workers: int | None = None, quiet: bool = False, scheduler: str | None = None
    ) -> RunOutcome:
        """From source files to the report; what is done already stays done. Raises VocError.

        ``runner`` is "local", "processes" with ``workers`` processes (all cores if None), or "dask" with the address of its
        ``scheduler``. A script that uses processes needs ``if __name__ == "__main__":``, as everything in Python that starts
        them. Afterwards the tables are this run's.
        """
        from voc_engine.interface.running import run_study

        outcome = run_study(
            self.config, self.folder, self.workspace, runner=runner, workers=workers, quiet=quiet, scheduler=scheduler
        )
        self._chosen = None
        self._forget_tables()
        return outcome

    def report(self, *, again: bool = False) -> Path:
        """The first page of the report, written from what is computed where it is not there, or with ``again`` anew.

        Raises ConfigError where the study has not been run with these sources and options.
        """
        from voc_engine.interface.running import write_report

        run_id, page = write_report(self.config, self.folder, self.workspace, again=again)
        self._chosen = run_id
        self._forget_tables()
        return page

    def verify(self, *, quick: bool = False, full: bool = False) -> Iterator[Checked]:
        """Each check of the run against its sources, in turn: hashes alone where ``quick``, with everything that models
        and fits gave where ``full``. Raises EvidenceError at the first fault."""
        from voc_engine.report.verify import verify

        return verify(self.workspace, self.run_id, quick=quick, full=full)

    @property
    def run_id(self) -> str:
        """The run whose tables are shown. Raises ConfigError where none has finished."""
        return known_run(self.workspace, self._chosen)

    @property
    def report_folder(self) -> Path:
        """The folder of the run's report."""
        return self.workspace.report(self.run_id)

    def table(self, name: str) -> pd.DataFrame:
        """A result table by name. Raises ConfigError with the nearest name for one that is not there."""
        from voc_engine.store.frames import frame_of_table, table_names

        key = (self.run_id, name)
        if key not in self._frames:
            names = table_names(self.report_folder)
            if name not in names:
                raise ConfigError(f"There is no table {name!r} in {key[0]}.", do=nearest(name, names))
            self._frames[key] = frame_of_table(self.report_folder, name)
        return self._frames[key]

    @property
    def documents(self) -> pd.DataFrame:
        """One row per conversation, review, post, ticket or survey answer."""
        return self.table("documents")

    @property
    def utterances(self) -> pd.DataFrame:
        """One row per turn of one speaker in a document."""
        return self.table("utterances")

    @property
    def segments(self) -> pd.DataFrame:
        """One row per sentence, with its exact place in its document."""
        return self.table("segments")

    @property
    def topics(self) -> pd.DataFrame:
        """What people talk about."""
        return self.table("topics")

    @property
    def topic_assignments(self) -> pd.DataFrame:
        """Which segment is of which topic; no topic_id where it is of none."""
        return self.table("topic_assignments")

    @property
    def mentions(self) -> pd.DataFrame:
        """One row per pain point, goal, objection, request, delight or trigger that somebody voiced."""
        return self.table("mentions")

    @property
    def disclosures(self) -> pd.DataFrame:
        """What people tell of themselves and of their decision: one row per sentence and field."""
        return self.table("disclosures")

    @property
    def themes(self) -> pd.DataFrame:
        """What findings are about: the upper level of the tree, of which ``insights.parent`` tells."""
        return self.table("themes")

    @property
    def guide(self) -> pd.DataFrame:
        """Who says what in answer to which question of the guide; empty where talks share none."""
        return self.table("guide")

    @property
    def insights(self) -> pd.DataFrame:
        """Mentions that say the same, with people counted."""
        return self.table("insights")

    @property
    def codes(self) -> pd.DataFrame:
        """Codes of the researcher's own, with people counted."""
        return self.table("codes")

    @property
    def codings(self) -> pd.DataFrame:
        """Which passage is of which of these codes, and who says so."""
        return self.table("codings")

    @property
    def personas(self) -> pd.DataFrame:
        """Groups of people who share goals, pains and objections."""
        return self.table("personas")

    @property
    def memberships(self) -> pd.DataFrame:
        """Which person is of which persona; no persona_id where they are of none."""
        return self.table("memberships")

    @property
    def empathy(self) -> pd.DataFrame:
        """The entries of each persona's empathy map."""
        return self.table("empathy")

    @property
    def skipped(self) -> pd.DataFrame:
        """What was not used of the sources, and why."""
        return self.table("skipped")

    def quotes(self, insight: Any) -> pd.DataFrame:
        """The mentions of an insight: every person's surest words first, then second ones, so that nobody fills the list.

        ``insight`` is its id, a row of ``insights`` or a fragment that shows it. Raises ConfigError for an unknown id.
        """
        key = self._id_in("insights", "insight_id", insight)
        rows = self.mentions[self.mentions["insight_id"] == key]
        rows = rows.sort_values(["probability", "mention_id"], ascending=[False, True])
        turn = rows.groupby("person_id").cumcount()
        return rows.iloc[turn.to_numpy().argsort(kind="stable")].reset_index(drop=True)

    def insight(self, insight: Any) -> Fragment:
        """An insight as the report shows it. Raises ConfigError for an unknown id."""
        return self._fragments.insight(self._id_in("insights", "insight_id", insight))

    def card(self, persona: Any) -> Fragment:
        """A persona's whole card with its empathy map; ``persona`` is an id, a name or a row of ``personas``."""
        return self._fragments.card(self._persona(persona))

    def empathy_map(self, persona: Any) -> Fragment:
        """A persona's empathy map; ``persona`` is an id, a name or a row of ``personas``."""
        return self._fragments.empathy_map(self._persona(persona))

    def label(self, texts: Iterable[str | None]) -> pd.DataFrame:
        """Labels of texts by this study's extractor and heads: one row each, as ``voc label`` gives. See ``label``."""
        from voc_engine.interface.labelled import label

        chosen = self.config.mentions
        heads = None if chosen.heads is None else self.folder / chosen.heads
        reads_all = not self.config.segment.languages
        return label(texts, extractor=chosen.extractor, heads=heads, any_language=reads_all)

    def _persona(self, persona: Any) -> str:
        ids = dict(zip(self.personas["name"], self.personas["persona_id"], strict=True))
        return self._id_in("personas", "persona_id", ids.get(persona, persona) if isinstance(persona, str) else persona)

    def _id_in(self, table: str, column: str, row: Any) -> str:
        """The id in an id, a row or a fragment. Raises ConfigError with the nearest id for one that is not there."""
        key = str(row if isinstance(row, str) else getattr(row, column, row))
        ids = [str(name) for name in self.table(table)[column]]
        if key not in ids:
            raise ConfigError(f"There is no {column} {key!r} in {self.run_id}.", do=nearest(key, ids))
        return key

    @cached_property
    def _fragments(self) -> Fragments:
        from voc_engine.report.fragments import Fragments

        return Fragments(self.workspace, self.run_id)

    def _forget_tables(self) -> None:
        self._frames.clear()
        self.__dict__.pop("_fragments", None)

    def _repr_html_(self) -> str:
        title = f"<strong>{escape(self.config.study.name)}</strong>"
        if self._chosen is None and not (self.workspace.runs / "latest").exists():
            return f"<p>{title}: no run has finished; <code>run()</code> makes the first.</p>"
        counted = ", ".join(
            f"{len(self.table(name)):,} {name}" for name in ("documents", "mentions", "insights", "personas")
        )
        return f"<p>{title}: {counted}. Run {escape(self.run_id)}.</p>"
