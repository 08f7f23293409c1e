"""The pages and the few addresses that take decisions. Everything is made on this machine, for one browser."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from voc_engine.errors import ConfigError, VocError
from voc_engine.records import KIND_DEFINITIONS, MENTION_KINDS
from voc_engine.report.rendering import environment
from voc_engine.review import (
    agreement_pages,
    asks,
    code_pages,
    decision_words,
    desk_pages,
    second_coder,
    taking_out,
    turn_pages,
)
from voc_engine.review.forms import LONGEST, button_value, decisions_in, fields, way_back
from voc_engine.review.framework_grid import grid
from voc_engine.review.guard import Guard, Secrets
from voc_engine.review.meaning_search import MeaningSearch
from voc_engine.review.overlay import Overlay
from voc_engine.review.rerun import Rerun
from voc_engine.review.sitting import Desk

NAVIGATION = (
    ("/", "Queue"), ("/insights", "Findings"), ("/personas", "Personas"), ("/topics", "Themes"), ("/codebook", "Codebook"),
    ("/grid", "Grid"), ("/agreement", "Agreement"),
    ("/speakers", "Speakers"), ("/notes", "Notes"), ("/history", "History"), ("/search", "Search"),
    ("/export", "Export"),
)  # fmt: skip
_ASSETS = {
    "report.css": ("voc_engine.report", "text/css"), "review.css": ("voc_engine.review", "text/css"),
    "review.js": ("voc_engine.review", "text/javascript"), "htmx.min.js": ("voc_engine.review", "text/javascript"),
}  # fmt: skip
_SEE_OTHER, _WRONG, _FORBIDDEN, _MISSING, _TOO_LONG = 303, 409, 403, 404, 413  # statuses of RFC 9110
_EXAMPLES = 400  # findings that the codebook page lists for each kind
_SECTIONS = {"/insight": "/insights", "/persona": "/personas", "/code": "/codebook", "/talk": "/speakers"}
Values = dict[str, Any] | None


@dataclass
class ReviewApp:
    """Answers for one desk. ``rerun`` runs the study again; None where nobody may. ``blind``: so many sentences are
    coded without seeing what was said of them, and nothing else is shown."""

    desk: Desk
    secrets: Secrets
    rerun: Rerun | None = None
    blind: int = 0
    message: str = ""
    closing: Callable[[], bool] = lambda: False
    seen_runs: int = 0
    templates: Environment = field(default_factory=lambda: _templates())

    def asgi(self) -> Starlette:
        """What a server serves."""

        @asynccontextmanager
        async def life(_: Starlette) -> AsyncIterator[None]:
            yield
            if self.rerun is not None:
                await self.rerun.stop()

        return Starlette(routes=self._routes(), middleware=[Middleware(Guard, secrets=self.secrets)], lifespan=life)

    def _routes(self) -> list[Route]:
        pages: list[tuple[str, str, Callable[[Request, Overlay], Values]]] = [
            ("/", "queue.html", _queue), ("/insights", "findings.html", _findings),
            ("/insight/{id}", "finding.html", lambda r, o: desk_pages.insight_page(o, r.path_params["id"])),
            ("/document/{id}", "reading.html", lambda r, o: code_pages.document_page(o, r.path_params["id"])),
            ("/person/{id}", "person_page.html", lambda r, o: desk_pages.person_page(o, r.path_params["id"])),
            ("/personas", "cast.html", lambda r, o: desk_pages.persona_list(o)),
            ("/persona/{id}", "members.html", _persona), ("/topics", "themes.html", lambda r, o: {"topics": o.topics()}),
            ("/codebook", "codebook.html", _codebook), ("/code/{id}", "code.html", _one_code),
            ("/grid", "grid.html", _grid), ("/agreement", "agreement.html", _agreement),
            ("/speakers", "speakers.html", lambda r, o: turn_pages.speakers(o)),
            ("/talk/{id}", "talk.html", lambda r, o: turn_pages.talk_page(o, r.path_params["id"])),
            ("/search", "found.html", self._search),
            ("/export", "export.html", lambda r, o: {"offers": taking_out.offers(), "waiting": self.desk.since}),
            ("/history", "history.html", self._history), ("/notes", "notes.html", self._notes),
            ("/context/{id}", "context.html", lambda r, o: desk_pages.context(o, r.path_params["id"])),
            ("/ask/code", "ask.html", _code), ("/ask/cut", "ask.html", _cut),
            ("/ask/{action}/{target}/{id}", "ask.html", _ask),
            ("/pick/{action}/{target}/{id}", "options.html", _pick),
        ]  # fmt: skip
        if self.blind:
            pages = [("/", "second.html", self._blind)]
        return [
            *(Route(path, self._page(template, values)) for path, template, values in pages),
            Route("/assets/{name}", self._asset),
            Route("/decide", self._decide, methods=["POST"]),
            *(
                []
                if self.blind
                else [
                    Route("/agreement.csv", self._table),
                    Route("/export/{format}", self._export),
                    Route("/settle", self._settle, methods=["POST"]),
                ]
            ),
            Route("/undo", self._undo, methods=["POST"]),
            Route("/run", self._run, methods=["POST"]),
            Route("/events", self._events),
        ]

    def _page(self, template: str, values: Callable[[Request, Overlay], Values]) -> Callable[..., Any]:
        def page(request: Request) -> Response:
            self._take_new_run()
            page_values = values(request, self.desk.look())
            if page_values is None:
                return HTMLResponse("This is no longer there. <a href='/'>To the queue</a>", _MISSING)
            # A lone surrogate has no UTF-8 form; as a reference it cannot stop the page.
            return HTMLResponse(self._render(request, template, page_values).encode("utf-8", "xmlcharrefreplace"))

        return page

    def _render(self, request: Request, template: str, values: dict[str, Any]) -> str:
        path = _page_of(request)
        section = "/" + request.url.path.strip("/").partition("/")[0]
        return self.templates.get_template(template).render(
            **values, study=self.desk.material.title, navigation=() if self.blind else NAVIGATION, path=path,
            told_now=self._said_once(),
            section=_SECTIONS.get(section, section), told=button_value,
            hidden=lambda: self._hidden(path), kinds_all=MENTION_KINDS, run_state=self._run_state(path),
            can_undo=self.desk.can_undo, can_redo=self.desk.can_redo,
        )  # fmt: skip

    def _said_once(self) -> str:
        """What was done last, for the page that comes next."""
        message, self.message = self.message, ""
        return message

    def _hidden(self, path: str) -> Markup:
        field = Markup('<input type="hidden" name="{}" value="{}">')
        return field.format("token", self.secrets.form) + field.format("back", path)

    def _run_state(self, path: str) -> Markup:
        """How much was decided since the run, and the button that makes the next one."""
        material = self.desk.material
        since = self.desk.since
        if self.rerun is not None and self.rerun.running:
            return Markup('<p id="run" data-running>Running again: <span data-line>{}</span></p>').format(
                self.rerun.line
            )
        if self.rerun is None or not since or self.blind:
            return Markup('<p id="run" class="small">As of run {}</p>').format(material.run_id)
        text = "1 step since the run" if since == 1 else f"{since} steps since the run"
        return Markup(
            '<form id="run" method="post" action="/run">{}<span class="small">{}</span> <button>Run again</button></form>'
        ).format(self._hidden(path), text)

    def _take_new_run(self) -> None:
        if self.rerun is not None and self.rerun.finished > self.seen_runs and not self.rerun.running:
            self.seen_runs = self.rerun.finished
            self.desk.open_run(self.desk.workspace.latest())
            self.message = "A new run is here." if self.rerun.code in (0, 1) else f"The run failed: {self.rerun.line}"

    def _blind(self, request: Request, overlay: Overlay) -> Values:
        return agreement_pages.blind_page(overlay, self.desk.author or "", self.blind)

    async def _table(self, request: Request) -> Response:
        def table() -> bytes:
            return agreement_pages.agreement_table(self.desk.look(), *_coders(request))

        return Response(await run_in_threadpool(table), media_type="text/csv; charset=utf-8")

    async def _export(self, request: Request) -> Response:
        desk, key = self.desk, request.path_params["format"]
        try:
            export = await run_in_threadpool(taking_out.export, desk.workspace, desk.material.run_id, key)
        except VocError as error:
            return PlainTextResponse(str(error), _WRONG)
        if export is None:
            return PlainTextResponse("There is no such format.", _MISSING)
        name, content = export
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/octet-stream", headers=headers)

    async def _settle(self, request: Request) -> Response:
        def act(form: dict[str, list[str]]) -> str:
            key, label, belongs = (next(iter(form.get(name, ())), "") for name in ("segment", "label", "belongs"))
            overlay = self.desk.look()
            segment = overlay.material.segment.get(key)
            if segment is None or label not in second_coder.labels_asked(overlay) or belongs not in ("yes", "no"):
                return "There is nothing to settle."
            self.desk.decide(second_coder.settlement(overlay, segment, label, belongs == "yes"))
            return f"Settled: {second_coder.name_of_label(overlay, label)}, {belongs}"

        return await self._posted(request, act)

    def _search(self, request: Request, overlay: Overlay) -> Values:
        words, by = request.query_params.get("words", ""), request.query_params.get("by", "")
        hits = desk_pages.search(overlay, words)
        near = self._meaning.find(overlay.material, words, desk_pages.LISTED) if by == "meaning" else []
        return {**hits, "by": by, "near": near}

    @cached_property
    def _meaning(self) -> MeaningSearch:
        return MeaningSearch(self.desk.workspace)

    def _history(self, request: Request, overlay: Overlay) -> Values:
        return {"steps": decision_words.steps(overlay, self.desk.workspace.decisions.log())}

    def _notes(self, request: Request, overlay: Overlay) -> Values:
        return {"notes": decision_words.notes(overlay, self.desk.workspace.decisions.log())}

    async def _asset(self, request: Request) -> Response:
        asset = _ASSETS.get(request.path_params["name"])
        if asset is None:
            return PlainTextResponse("There is no such file.", _MISSING)
        room, kind = asset
        data = (resources.files(room) / "assets" / request.path_params["name"]).read_bytes()
        return Response(data, media_type=kind)

    async def _form(self, request: Request) -> dict[str, list[str]] | Response:
        """The posted form, or the refusal of one that is not of a page of this app."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST:
                return PlainTextResponse("That is too much for a form.", _TOO_LONG)
        try:
            form = fields(body)
        except ConfigError as error:
            return PlainTextResponse(str(error), _FORBIDDEN)
        if not Guard.form_is_ours(self.secrets, next(iter(form.get("token", ())), "")):
            return PlainTextResponse("This form is not of a page of this app. Load the page again.", _FORBIDDEN)
        return form

    async def _posted(self, request: Request, act: Callable[[dict[str, list[str]]], str]) -> Response:
        form = await self._form(request)
        if isinstance(form, Response):
            return form
        try:
            self.message = await run_in_threadpool(act, form)
        except VocError as error:
            return PlainTextResponse(str(error), _WRONG)
        return RedirectResponse(way_back(form), _SEE_OTHER)

    async def _decide(self, request: Request) -> Response:
        def act(form: dict[str, list[str]]) -> str:
            decisions = decisions_in(form)
            if self.blind and any(one.action != "blind" for one in decisions):
                raise ConfigError("Here a sample is coded blind, and nothing else is decided.")
            words = decision_words.together(self.desk.look(), decisions)
            self.desk.decide(decisions)
            return f"Saved: {words}"

        return await self._posted(request, act)

    async def _undo(self, request: Request) -> Response:
        def act(form: dict[str, list[str]]) -> str:
            step = next(iter(form.get("step", ())), "")
            if step:
                return "Done." if step.isdigit() and self.desk.undo(int(step)) else "There is no such step."
            if "redo" in form.get("what", ()):
                return "Done again." if self.desk.redo() else "There is nothing to do again."
            return "Undone." if self.desk.undo() else "Nothing is left of this sitting; History has the earlier steps."

        return await self._posted(request, act)

    async def _run(self, request: Request) -> Response:
        form = await self._form(request)
        if isinstance(form, Response):
            return form
        if self.rerun is None:
            return PlainTextResponse("Run the study with 'voc run'.", _WRONG)
        self.rerun.start()
        return RedirectResponse(way_back(form), _SEE_OTHER)

    async def _events(self, request: Request) -> Response:
        async def told_lines() -> AsyncIterator[str]:
            if self.rerun is not None:
                async for line in self.rerun.lines(self.closing):
                    yield f"data: {line}\n\n"
            yield "event: done\ndata: done\n\n"

        return StreamingResponse(told_lines(), media_type="text/event-stream")


def _page_of(request: Request) -> str:
    """The page to come back to: that in which a dialog was opened, else the one that was asked for."""
    current = urlsplit(request.headers.get("hx-current-url", ""))
    address = (current.path, current.query) if current.path else (request.url.path, request.url.query)
    return "?".join(filter(None, address))


def _templates() -> Environment:
    templates = environment("voc_engine.review")
    templates.globals |= {"query": urlencode}
    return templates


def _queue(request: Request, overlay: Overlay) -> Values:
    order, kind = request.query_params.get("order", ""), request.query_params.get("kind", "")
    order = order if order in desk_pages.ORDERS else next(iter(desk_pages.ORDERS))
    values = desk_pages.queue(overlay, order, kind if kind in MENTION_KINDS else "")
    rows = values["rows"]
    return {**values, "first": desk_pages.context(overlay, rows[0].id) if rows else None}


def _findings(request: Request, overlay: Overlay) -> Values:
    kind, words = request.query_params.get("kind", ""), request.query_params.get("words", "")
    kind = kind if kind in MENTION_KINDS else ""
    return {**desk_pages.findings(overlay, kind, words, _page_number(request)), "kind_asked": kind}


def _persona(request: Request, overlay: Overlay) -> Values:
    persona = desk_pages.persona_page(overlay, request.path_params["id"])
    if persona is None:
        return None
    people = persona.pop("people")
    return {**persona, "people_of": people}


def _codebook(request: Request, overlay: Overlay) -> Values:
    book = []
    for kind in MENTION_KINDS:
        of_kind = [one for one in overlay.counted.values() if one.insight.kind == kind]
        rows = [(one, overlay.mention(one.insight.medoid_mention_id)) for one in of_kind[:_EXAMPLES]]
        book.append((kind, KIND_DEFINITIONS[kind], rows, len(of_kind)))
    return {"book": book, "codes": code_pages.tree(overlay)}


def _one_code(request: Request, overlay: Overlay) -> Values:
    order = "surest" if request.query_params.get("order") == "surest" else "unsure"
    page = code_pages.code_page(overlay, request.path_params["id"], order, _page_number(request))
    return None if page is None else {**page, "changed": code_pages.figures(page["one"].of_run)}


def _page_number(request: Request) -> int:
    page = request.query_params.get("page", "0")
    return int(page) if page.isdecimal() and len(page) < len("100000") else 0


def _grid(request: Request, overlay: Overlay) -> Values:
    kind, who = request.query_params.get("kind", ""), request.query_params.get("who", "")
    attribute, _, value = who.partition("=")
    question = request.query_params.get("asked", "")
    return grid(
        overlay,
        kind if kind in MENTION_KINDS else "",
        attribute,
        value,
        question if len(question) < len("1000") else "",
    )


def _coders(request: Request) -> tuple[str, str]:
    return request.query_params.get("first", ""), request.query_params.get("second", "")


def _agreement(request: Request, overlay: Overlay) -> Values:
    return agreement_pages.agreement_page(overlay, *_coders(request))


def _ask(request: Request, overlay: Overlay) -> Values:
    return asks.ask(overlay, *(request.path_params[name] for name in ("action", "target", "id")))


def _pick(request: Request, overlay: Overlay) -> Values:
    action, target, key = (request.path_params[name] for name in ("action", "target", "id"))
    if asks.ask(overlay, action, target, key) is None:
        return None
    return {"options": asks.options(overlay, action, target, key, request.query_params.get("q", ""))}


def _cut(request: Request, overlay: Overlay) -> Values:
    at = request.query_params.get("at", "")
    return turn_pages.cut_dialog(overlay, request.query_params.get("turn", ""), int(at)) if at.isdecimal() else None


def _code(request: Request, overlay: Overlay) -> Values:
    params = request.query_params
    start, end = params.get("start", ""), params.get("end", "")
    if not (start.isdecimal() and end.isdecimal()) or params.get("document", "") not in overlay.material.documents:
        return None
    return asks.code(overlay, params["document"], int(start), int(end), params.get("words", ""))
