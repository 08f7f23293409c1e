"""The HTML report: a folder of pages that work from disk, without a network and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from typing import Any

from voc_engine.records import SEVERITIES
from voc_engine.report import wording
from voc_engine.report.card_page import persona_card
from voc_engine.report.cautions import cautions
from voc_engine.report.changes import LISTED
from voc_engine.report.codes_view import CodeView, codes_view
from voc_engine.report.committees import committees
from voc_engine.report.contract import Study
from voc_engine.report.data_tables import table_rows, tables_told
from voc_engine.report.document_pages import Reader
from voc_engine.report.evidence import Evidence
from voc_engine.report.freshness import Freshness, freshness
from voc_engine.report.guide_grid import GuideQuestion, guide_of
from voc_engine.report.guide_page import GuideView, guide_views, kinds_in
from voc_engine.report.hurts import IN_TABLE, LEADING
from voc_engine.report.messages import COLUMNS, matrices, message
from voc_engine.report.method import method_card
from voc_engine.report.overview import opening, overview
from voc_engine.report.people import comparison, persona_view, persona_views
from voc_engine.report.places import Places
from voc_engine.report.quotes import QUOTES_SHOWN, InsightView, Quotes
from voc_engine.report.rendering import environment
from voc_engine.report.sales_sheet import sheet
from voc_engine.report.search_index import search_index
from voc_engine.report.service_sheets import onboarding_sheet, support_sheet
from voc_engine.report.subjects import topics_view
from voc_engine.report.themes import ThemesView, themes
from voc_engine.report.trait_lists import trait_lists
from voc_engine.report.walkthrough import ASK, walkthrough
from voc_engine.report.xplane import canvas

ASSETS = ("report.css", "report.js", "walk.css", "walk.js", "search.js")
GUIDE = "guide.html"
LISTED_DOCUMENTS = 500  # documents that the sources page names one by one, per source


class HtmlReport:
    """The format "html.v1"."""

    name = "html.v1"

    def write(self, study: Study) -> Iterator[tuple[str, bytes]]:
        """Assets first, then the pages in reading order, one at a time so that memory stays bounded."""
        folder = resources.files("voc_engine.report") / "assets"
        for asset in ASSETS:
            yield f"assets/{asset}", (folder / asset).read_bytes()
        yield from _Site(study).pages()


class _Site:
    def __init__(self, study: Study) -> None:
        self.study = study
        self.evidence = Evidence(study)
        self.places = Places(self.evidence)
        self.quotes = Quotes(self.evidence, self.places)
        self.templates = environment()
        self.frame = self.places.frame

    def pages(self) -> Iterator[tuple[str, bytes]]:
        evidence, quotes, places = self.evidence, self.quotes, self.places
        yield self._overview()
        yield self._insights()
        yield self._page(
            "personas.html",
            "personas.html",
            compared=comparison(evidence, quotes, places),
            committees=committees(evidence, quotes),
        )
        yield from self._personas()
        if self.frame.has("messages.html"):
            yield self._messages()
        yield self._page("topics.html", "topics.html", view=self.topics, codes=self.codes)
        if self.guide:
            yield self._page(GUIDE, "guide.html", guide=self.guide_view, kinds=kinds_in(self.guide))
        yield self._sources()
        yield self._page("method.html", "method.html", card=method_card(evidence), cautions=cautions(evidence))
        yield self._data()
        yield from self._search()
        yield from self._documents()

    def _overview(self) -> tuple[str, bytes]:
        evidence, warnings = self.evidence, cautions(self.evidence)
        view = overview(evidence, self.quotes)
        return self._page(
            "index.html", "index.html", view=view, cautions=warnings,
            opening=opening(view, evidence, self.quotes, self.frame, self.themes, warnings),
            personas=persona_views(evidence, self.places), topics=self.topics.topics[:8],
            themes=self.themes, hurts_listed=LEADING, changes_listed=LISTED, hurts_tabled=IN_TABLE,
        )  # fmt: skip

    @cached_property
    def guide(self) -> list[GuideQuestion]:
        return guide_of(self.evidence)

    @cached_property
    def guide_view(self) -> list[GuideView]:
        return guide_views(self.guide, self.quotes)

    @cached_property
    def navigation(self) -> tuple[tuple[str, str], ...]:
        """The pages; that of the guide only where there is one."""
        return tuple(one for one in self.frame.pages if one[0] != GUIDE or self.guide)

    @cached_property
    def topics(self) -> Any:
        return topics_view(self.evidence, self.quotes)

    @cached_property
    def codes(self) -> tuple[CodeView, ...]:
        return codes_view(self.evidence, self.quotes)

    @cached_property
    def themes(self) -> ThemesView:
        return themes(self.evidence, self.quotes)

    @cached_property
    def freshness(self) -> Freshness:
        return freshness(self.evidence)

    def _page(self, path: str, template: str, /, **values: Any) -> tuple[str, bytes]:
        text = self.templates.get_template(template).render(
            study=self.study,
            evidence=self.evidence,
            places=self.places,
            frame=self.frame,
            navigation=self.navigation,
            path=path,
            root="../" * path.count("/"),
            **values,
        )
        # A lone surrogate has no UTF-8 form; as a reference it cannot stop the report.
        return path, text.encode("utf-8", "xmlcharrefreplace")

    def _insights(self) -> tuple[str, bytes]:
        insights = self.places.shown_insights
        views = (self.quotes.insight(one, QUOTES_SHOWN) for one in insights if one.n_people > 1)
        singles = [one for one in insights if one.n_people <= 1]
        kinds = [kind for kind in wording.KIND_NAMES if any(one.kind == kind for one in insights)]
        topics = {one.topic_id for one in insights if one.topic_id}
        return self._page(
            "insights.html",
            "insights.html",
            views=views,
            shared=len(insights) - len(singles),
            singles=(self.quotes.insight(one, QUOTES_SHOWN) for one in singles),
            n_singles=sum(one.n_people <= 1 for one in self.evidence.insights.values()),
            kinds=kinds,
            bars=self.quotes.bars,
            severities=[one for one in reversed(SEVERITIES) if any(view.severity == one for view in insights)],
            topics=[one for key, one in self.evidence.topics.items() if key in topics],
            shown=len(insights),
            total=len(self.evidence.insights),
            drivers=self._drivers(),
            by_theme=self.themes,
        )

    def _drivers(self) -> list[InsightView]:
        """What goes with ratings, the strongest first, against the length of the scale."""
        driving = [one for one in self.evidence.insights.values() if one.drivers]
        driving.sort(key=lambda one: (-max(abs(own.effect) / own.scale for own in one.drivers), one.insight_id))
        return [self.quotes.insight(one) for one in driving]

    def _personas(self) -> Iterator[tuple[str, bytes]]:
        for persona in self.evidence.personas.values():
            values = persona_card(persona, self.evidence, self.quotes, self.places)
            view, lines, lists, quadrants = (values[name] for name in ("view", "lines", "lists", "map"))
            yield self._page(view.href, "persona.html", told=self.freshness, **values)
            fields = canvas(persona, lines, lists, quadrants, self.quotes)
            yield self._page(view.canvas, "canvas.html", view=view, fields=fields, against=values["against"])
            yield self._walk(values)
            if view.sheet:
                yield self._page(view.sheet, "sales.html", view=view, sheet=sheet(view, lines, lists, self.quotes))
            for sheet_of, path in ((support_sheet, view.support), (onboarding_sheet, view.onboarding)):
                if path:
                    yield self._page(path, "service.html", sheet=sheet_of(view, lists, self.quotes))

    def _walk(self, card: dict[str, Any]) -> tuple[str, bytes]:
        review = f"Due for review on {wording.date(self.freshness.review)}." if self.freshness.review else ""
        steps = walkthrough(card, max(len(self.evidence.people), card["view"].persona.n_people), review)
        return self._page(card["view"].walk, "walk.html", view=card["view"], steps=steps, ask=ASK)

    def _messages(self) -> tuple[str, bytes]:
        personas = list(self.evidence.personas.values())
        messages = [
            message(
                persona_view(one, self.evidence, self.places),
                trait_lists(one, self.evidence, self.quotes),
                self.quotes,
            )
            for one in personas
        ]
        return self._page(
            "messages.html",
            "messages.html",
            messages=messages,
            matrices=matrices(personas, self.quotes),
            columns=COLUMNS,
        )

    def _sources(self) -> tuple[str, bytes]:
        sources = {one.name: one for one in self.study.sources}
        names = sorted(set(sources) | {page.source for page in self.places.pages})
        listed = [
            (name, sources.get(name), [page for page in self.places.pages if page.source == name]) for name in names
        ]
        return self._page("sources.html", "sources.html", listed=listed, most=LISTED_DOCUMENTS)

    def _data(self) -> tuple[str, bytes]:
        rows = [(name, text, table_rows(self.study, name)) for name, text in tables_told(self.study)]
        return self._page("data.html", "data.html", rows=rows)

    def _search(self) -> Iterator[tuple[str, bytes]]:
        index = search_index(self.evidence, self.places, self.study.config.report.search_characters)
        # A lone surrogate has no UTF-8 form; as an escape of the script it is the same.
        yield "assets/search-index.js", index.script.encode("utf-8", "backslashreplace")
        yield self._page("search.html", "search.html", index=index)

    def _documents(self) -> Iterator[tuple[str, bytes]]:
        linked = frozenset(
            quote.segment_id
            for topic in self.topics.topics
            for quote in topic.quotes
            if quote.mention_id is None and quote.segment_id
        ) | frozenset(one.segment_id for one in self.evidence.disclosures.values())
        linked |= {quote.segment_id for code in self.codes for quote in code.quotes if quote.segment_id}
        linked |= {quote.segment_id for one in self.guide_view for quote in one.plain if quote.segment_id}
        reader = Reader(self.evidence, self.places, linked)
        pages = self.places.pages
        for number, page in enumerate(pages):
            yield self._page(
                page.path,
                "documents.html",
                page=page,
                views=reader.page(page),
                contents=reader.contents(page),
                before=pages[number - 1].path if number else "",
                after=pages[number + 1].path if number + 1 < len(pages) else "",
            )
