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
        mention_ids = {one.mention_id for path, content in files for one in self.shown(path, content)}
        rest = NotCarried("quotes beyond the first of each finding", len(view.quotes) - len(mention_ids))
        return Export(files, (rest,), len(mention_ids))

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
    for persona in view.personas:
        yield f"{names[persona.persona_id]}.md", _persona(persona, view).encode("utf-8")
    yield "codebook.md", _codebook(view).encode("utf-8")


def _name(number: int, persona: Persona) -> str:
    name = slug(persona.name)
    return f"persona-{number}{'-' if name else ''}{name}"


def _overview(view: RunView, links: Iterable[tuple[str, str]], wiki: bool) -> str:
    facts = "\n".join(f"- **{name}:** {escaped(one_line(value))}" for name, value in overview_rows(view))
    listed = "\n".join(
        f"- [[{name}]] {escaped(one_line(title))}" if wiki else f"- [{escaped(one_line(title))}]({name}.md)"
        for name, title in links
    )
    head = front_matter({"type": "study", "run": view.run_id, "people": view.n_people, "dates": view.dates or None})
    return f"{head}# {escaped(one_line(view.title))}\n\n{facts}\n\n## Notes\n\n{listed}\n"


def _findings(view: RunView) -> str:
    insights = shared(view)
    parts = [front_matter({"type": "findings", "run": view.run_id, "findings": len(insights)}), "# Findings\n"]
    for kind in MENTION_KINDS:
        of_kind = [one for one in insights if one.kind == kind]
        parts += [f"## {wording.sentence(wording.kind_name(kind, many=True))}\n"] if of_kind else []
        for insight in of_kind:
            parts += [_heading(insight, view), *map(quoted, view.quotes_of[insight.insight_id][:QUOTES])]
    return "\n".join(parts)


def _heading(insight: Insight, view: RunView) -> str:
    facts = f"{view.reach(insight)}, severity {insight.severity}, {insight.insight_id}"
    return f"### {escaped(one_line(view.heading(insight)))}\n\n{escaped(facts)}\n"


def _persona(persona: Persona, view: RunView) -> str:
    reach = wording.of_people(persona.n_people, view.n_people, persona.share_low, persona.share_high)
    head = front_matter(
        {
            "type": "persona",
            "name": persona.name,
            "rank": persona.rank,
            "people": persona.n_people,
            "of": view.n_people,
            "stability": persona.stability,
            "id": persona.persona_id,
            "run": view.run_id,
        }
    )
    parts = [f"{head}# {escaped(one_line(persona.name))}\n", f"{escaped(reach)}\n", *_paragraphs(persona.sentences)]
    insights = view.evidence.insights
    for field, name in CARD:
        field_insights = [insights[key] for key in getattr(persona, field) if key in insights]
        parts += (
            [f"## {name}\n", _listed(view.heading(insight) for insight in field_insights)] if field_insights else []
        )
    quotes = view.named(persona.quotes)
    parts += ["## In their words\n", *map(quoted, quotes)] if quotes else []
    for quadrant in EMPATHY_QUADRANTS:
        entries = view.empathy(persona.persona_id, quadrant)
        parts += [f"## Empathy map: {quadrant}\n", _listed(entry.statement for entry in entries)] if entries else []
    return "\n".join(parts)


def _paragraphs(sentences: Sequence[str]) -> Iterator[str]:
    """Whole sentences as paragraphs, none too long."""
    paragraph: list[str] = []
    for sentence in map(one_line, sentences):
        if paragraph and len(" ".join((*paragraph, sentence))) > PARAGRAPH:
            yield f"{escaped(' '.join(paragraph))}\n"
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield f"{escaped(' '.join(paragraph))}\n"


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {escaped(one_line(line))}\n" for line in lines)


def _codebook(view: RunView) -> str:
    parts = [front_matter({"type": "codebook", "run": view.run_id}), "# Codebook\n"]
    for kind in MENTION_KINDS:
        insights = [one for one in shared(view) if one.kind == kind]
        parts += [f"## {wording.sentence(wording.kind_name(kind, many=True))}\n", f"{wording.KIND_DEFINITIONS[kind]}\n"]
        parts += [_listed(f"{view.heading(one)} ({view.reach(one)})" for one in insights)] if insights else []
    return "\n".join(parts)
