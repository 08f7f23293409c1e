"""Somebody else's project: its sources become documents, its cases people, its codes a list, for a study to be run on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from voc_engine.exchange.contract import File
from voc_engine.exchange.plain_text import one_line, plain
from voc_engine.exchange.refi.project_reader import ReadProject, ReadSource
from voc_engine.records.spreadsheet import guarded


def file_of(source: ReadSource) -> str:
    """The name of a source's file: by its guid, so that its codings find it again, and no person's name is in it."""
    return f"{source.guid}.txt"


def laid_out(project: ReadProject) -> list[File]:
    """Files of the project: sources/, people.csv, codes.csv and codings.csv, with every text as it is in the project."""
    files = [(f"sources/{file_of(one)}", plain(one.text).encode("utf-8")) for one in project.sources]
    files.append(("people.csv", _people(project)))
    files.append(codes_file(project))
    codings = (
        (file_of(source), " > ".join(project.codes[one.code].path), one.user, str(one.start), str(one.end),
         source.text[one.start : one.end])
        for source in project.sources
        for one in source.codings
        if one.code in project.codes
    )  # fmt: skip
    files.append(("codings.csv", _csv(("file", "code", "user", "start", "end", "words"), codings)))
    return files


def codes_file(project: ReadProject) -> File:
    """Every code with its definition, a row each; the path of names leads from the top."""
    codes = ((" > ".join(one.path), one.description) for one in project.codes.values())
    return "codes.csv", _csv(("code", "definition"), codes)


def settings(project: ReadProject, folder: str) -> str:
    """Lines for voc.toml: a section per source whose person is known, one for all others, and the people."""
    people = _people_of(project)
    lines = []
    for source in project.sources:
        lines += ["[[sources]]", f'path = "{folder}/sources/{file_of(source)}"', 'kind = "interview"']
        if source.guid in people:
            lines.append(f"participants = [{_quoted(people[source.guid])}]")
        lines.append("")
    people_file = ["[people]", f'file = "{folder}/people.csv"', ""]
    return "\n".join([*lines, *people_file, *([codes_setting(folder)] if project.codes else [])])


def codes_setting(folder: str) -> str:
    """Lines for voc.toml by which a study takes the codes as given."""
    return f'[codebook]\nfile = "{folder}/codes.csv"\n'


def _people_of(project: ReadProject) -> dict[str, str]:
    """Guid of a source -> the person whose alone it is."""
    names = {one.guid: one.name for one in project.sources}
    people: dict[str, str] = {}
    for case in project.cases:
        if len(case.sources) == 1 or case.name:
            people.update((guid, case.name or names.get(guid, "")) for guid in case.sources)
    return {guid: one_line(name) for guid, name in people.items() if name.strip()}


def _people(project: ReadProject) -> bytes:
    """A row per person with what is known of them. A case without a name carries what is known of its one document."""
    owners = _people_of(project)
    rows: dict[str, dict[str, str]] = {}
    for case in project.cases:
        name = one_line(case.name) or (owners.get(case.sources[0], "") if len(case.sources) == 1 else "")
        if name:
            rows.setdefault(name, {}).update(case.values)
    for source in project.sources:
        if source.guid in owners:
            rows.setdefault(owners[source.guid], {}).update(source.values)
    columns = sorted({key for row in rows.values() for key in row} - {"person", "name"})
    table_rows = ((name, name, *(row.get(key, "") for key in columns)) for name, row in sorted(rows.items()))
    return _csv(("person", "name", *columns), table_rows)


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink)
    for row in (head, *rows):
        writer.writerow([guarded(plain(cell)) for cell in row])
    return sink.getvalue().encode("utf-8")


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
