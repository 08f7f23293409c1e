"""The formats "md.v1" and "notion.v1": a run as notes with front matter, and as a zip that Notion imports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from voc_engine.exchange.contract import Export, File, NotCarried, Shown
from voc_engine.exchange.csv_folder import CsvFolder
from voc_engine.exchange.marked_text import escaped, front_matter, quoted, quotes_in
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.result_sheets import overview_rows
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.said import shared
from voc_engine.exchange.zip_archive import zipped
from voc_engine.records import EMPATHY_QUADRANTS, MENTION_KINDS, Insight, Persona
from voc_engine.report import wording
from voc_engine.report.places import slug

QUOTES = 6  # of one finding
PARAGRAPH = 900  # characters
CARD = (("goals", "Goals"), ("pains", "Pain points"), ("objections", "Objections"), ("requests", "Requests"),
        ("delights", "Delights"), ("triggers", "Triggers"))  # fmt: skip
TABLES = ("insights.csv", "quotes.csv")


class MarkdownNotes:
    """Headings of three levels at most; a file per persona, one of findings, one of the codebook."""

    name = "md.v1"
    does = "Markdown notes with front matter: an overview, findings, a file per persona, the codebook"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {"links": "link notes as [[name]], as Obsidian and Logseq do"}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        files = list(_files(view, wiki="links" in switches))
        shown = {one.mention_id for path, content in files for one in self.shown(path, content)}
        rest = NotCarried("quotes beyond the first of each finding", len(view.quotes) - len(shown))
        return Export(files, (rest,), len(shown))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if path.endswith(".md"):
            yield from quotes_in(content.decode("utf-8"))


class NotionZip:
    """Notion makes a page of each note and a database of each table. It adds on every import and never renews."""

    name = "notion.v1"
    does = "a zip for Notion's import: the Markdown notes, and findings and quotes as tables"
    suffix = ".zip"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        tables = (one for one in CsvFolder().write(view, frozenset()).files if one[0] in TABLES)
        return Export([("notion.zip", zipped([*_files(view, wiki=False), *tables]))])

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if not path.endswith(self.suffix):
            return
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                reader = CsvFolder() if name.endswith(".csv") else MarkdownNotes()
                yield from reader.shown(name, archive.read(name))


def _files(view: RunView, *, wiki: bool) -> Iterator[File]:
    names = {one.persona_id: _name(number, one) for number, one in enumerate(view.personas, 1)}
    links = [
        ("findings", "Findings"),
        *((names[one.persona_id], one.name) for one in view.personas),
        ("codebook", "Codebook"),
    ]
    yield "overview.md", _overview(view, links, wiki).encode("utf-8")
    yield "findings.md", _findings(view).encode("utf-8")
    for one in view.personas:
        yield f"{names[one.persona_id]}.md", _persona(one, view).encode("utf-8")
    yield "codebook.md", _codebook(view).encode("utf-8")


def _name(number: int, persona: Persona) -> str:
    name = slug(persona.name)
    return f"persona-{number}{'-' if name else ''}{name}"


def _overview(view: RunView, links: Iterable[tuple[str, str]], wiki: bool) -> str:
    told = "\n".join(f"- **{name}:** {escaped(one_line(value))}" for name, value in overview_rows(view))
    listed = "\n".join(
        f"- [[{name}]] {escaped(one_line(title))}" if wiki else f"- [{escaped(one_line(title))}]({name}.md)"
        for name, title in links
    )
    head = front_matter({"type": "study", "run": view.run_id, "people": view.n_people, "dates": view.dates or None})
    return f"{head}# {escaped(one_line(view.title))}\n\n{told}\n\n## Notes\n\n{listed}\n"


def _findings(view: RunView) -> str:
    found = shared(view)
    parts = [front_matter({"type": "findings", "run": view.run_id, "findings": len(found)}), "# Findings\n"]
    for kind in MENTION_KINDS:
        of_kind = [one for one in found if one.kind == kind]
        parts += [f"## {wording.sentence(wording.kind_name(kind, many=True))}\n"] if of_kind else []
        for one in of_kind:
            parts += [_heading(one, view), *map(quoted, view.quotes_of[one.insight_id][:QUOTES])]
    return "\n".join(parts)


def _heading(one: Insight, view: RunView) -> str:
    facts = f"{view.reach(one)}, severity {one.severity}, {one.insight_id}"
    return f"### {escaped(one_line(view.heading(one)))}\n\n{escaped(facts)}\n"


def _persona(one: Persona, view: RunView) -> str:
    reach = wording.of_people(one.n_people, view.n_people, one.share_low, one.share_high)
    head = front_matter({"type": "persona", "name": one.name, "rank": one.rank, "people": one.n_people, "of": view.n_people,
                         "stability": one.stability, "id": one.persona_id, "run": view.run_id})  # fmt: skip
    parts = [f"{head}# {escaped(one_line(one.name))}\n", f"{escaped(reach)}\n", *_paragraphs(one.sentences)]
    insights = view.evidence.insights
    for field, name in CARD:
        known = [insights[key] for key in getattr(one, field) if key in insights]
        parts += [f"## {name}\n", _listed(view.heading(insight) for insight in known)] if known else []
    quotes = view.named(one.quotes)
    parts += ["## In their words\n", *map(quoted, quotes)] if quotes else []
    for quadrant in EMPATHY_QUADRANTS:
        entries = view.empathy(one.persona_id, quadrant)
        parts += [f"## Empathy map: {quadrant}\n", _listed(entry.statement for entry in entries)] if entries else []
    return "\n".join(parts)


def _paragraphs(sentences: Sequence[str]) -> Iterator[str]:
    """Whole sentences as paragraphs, none too long."""
    kept: list[str] = []
    for one in map(one_line, sentences):
        if kept and len(" ".join((*kept, one))) > PARAGRAPH:
            yield f"{escaped(' '.join(kept))}\n"
            kept = []
        kept.append(one)
    if kept:
        yield f"{escaped(' '.join(kept))}\n"


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {escaped(one_line(line))}\n" for line in lines)


def _codebook(view: RunView) -> str:
    parts = [front_matter({"type": "codebook", "run": view.run_id}), "# Codebook\n"]
    for kind in MENTION_KINDS:
        found = [one for one in shared(view) if one.kind == kind]
        parts += [f"## {wording.sentence(wording.kind_name(kind, many=True))}\n", f"{wording.KIND_DEFINITIONS[kind]}\n"]
        parts += [_listed(f"{view.heading(one)} ({view.reach(one)})" for one in found)] if found else []
    return "\n".join(parts)
