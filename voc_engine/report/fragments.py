"""One card, map or insight as a page of its own, from the report's templates: for notebooks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib import resources
from typing import Any

from markupsafe import Markup

from voc_engine.config import Config
from voc_engine.errors import ConfigError
from voc_engine.report.card_page import persona_card
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places
from voc_engine.report.publish import published_records
from voc_engine.report.quotes import QUOTES_SHOWN, Quotes
from voc_engine.report.rendering import environment
from voc_engine.store.workspace import Workspace


@dataclass(frozen=True)
class Fragment:
    """``html`` is a whole page that fetches nothing; its links lead to the report on disk.

    A notebook shows it in a frame, so that its styles and the notebook's leave each other alone.
    """

    title: str
    html: str
    height: int
    insight_id: str | None = None
    persona_id: str | None = None

    def __repr__(self) -> str:
        return f"<Fragment {self.title!r}>"

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{escape(self.html)}" title="{escape(self.title)}" sandbox="allow-popups" '
            f'style="width:100%;height:{self.height}px;border:0"></iframe>'
        )


class Fragments:
    """Fragments of one finished run. Raises ConfigError where the run is not there."""

    def __init__(self, workspace: Workspace, run_id: str) -> None:
        manifest = workspace.manifest(run_id)
        if manifest is None:
            raise ConfigError(f"There is no run {run_id!r} in {workspace.root}.", do="run the study first")
        config = Config.model_validate(manifest["config"])
        tables = published_records(workspace, run_id)
        self.study = Study(run_id, config.study.name, config.study.question, config, tables)
        self.base = f"{workspace.report(run_id).as_uri()}/"
        self.evidence = Evidence(self.study)
        self.places = Places(self.evidence)
        self.quotes = Quotes(self.evidence, self.places)
        self.templates = environment()

    @cached_property
    def _css(self) -> Markup:
        sheet = resources.files("voc_engine.report") / "assets" / "report.css"
        return Markup(sheet.read_text(encoding="utf-8"))

    def card(self, persona_id: str) -> Fragment:
        """The persona's card with its map. Raises KeyError for an unknown id."""
        persona = self.evidence.personas[persona_id]
        values = persona_card(persona, self.evidence, self.quotes, self.places)
        html = self._page("persona_card.html", persona.name, "wide persona", persona=persona, **values)
        return Fragment(persona.name, html, 900, persona_id=persona_id)

    def empathy_map(self, persona_id: str) -> Fragment:
        """The persona's empathy map. Raises KeyError for an unknown id."""
        persona = self.evidence.personas[persona_id]
        values = persona_card(persona, self.evidence, self.quotes, self.places)
        title = f"Empathy map of {persona.name}"
        html = self._page("empathy_map.html", title, "wide persona", persona=persona, **values)
        return Fragment(title, html, 700, persona_id=persona_id)

    def insight(self, insight_id: str) -> Fragment:
        """The insight with its words. Raises KeyError for an unknown id."""
        insight = self.evidence.insights[insight_id]
        view = self.quotes.insight(insight, QUOTES_SHOWN)
        html = self._page("insight.html", insight.title, "wide", one=view)
        return Fragment(insight.title, html, 420, insight_id=insight_id)

    def _page(self, partial: str, title: str, body_class: str, **values: Any) -> str:
        shell = self.templates.get_template("fragment.html")
        return shell.render(
            partial=partial, title=title, body_class=body_class, base=self.base, css=self._css, root="",
            study=self.study, evidence=self.evidence, places=self.places, **values,
        )  # fmt: skip
