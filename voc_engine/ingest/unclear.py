"""What has to be asked about files before a study is run: which are in no known format, which do not tell who speaks."""

from __future__ import annotations

from collections.abc import Iterable

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.stage import choose_reader, read_source, unpacked
from voc_engine.ingest.study_speakers import CROSSED, NO_INTERVIEWER, NOT_TOLD, Census
from voc_engine.ingest.tables.table_reader import TableReader

# Larger files are no talks; a table of a million rows is not read to be looked at.
_LARGEST = 16 * 1024 * 1024
_ANY = SourceConfig(path="any")
_WHO = {"person", "email", "name", "handle", "id"}
_SAYS = {
    NOT_TOLD: "in which no speaker is named: fill in the table of 'voc speakers FILE'",
    CROSSED: 'in which who asks comes nowhere else and who answers comes often: [study] interviewers = ["..."]',
    NO_INTERVIEWER: 'in which nobody asks: [study] interviewers = ["..."], or participants = [...] where that is so',
}


def unclear(files: Iterable[tuple[SourceFile, SourceConfig]]) -> list[str]:
    """Lines for people, one for each thing that is not clear; none where nothing is. Reads the talks among the files."""
    census, names = Census(), dict[str, str]()
    refused: list[str] = []
    for source, options in files:
        try:
            _look(source, options, census, names)
        except SourceError as error:
            refused.append(f"{source.name} cannot be used: {error.happened} {error.do}")
    files_by_reason: dict[str, list[str]] = {}
    for document, change in census.changes().items():
        if change.unclear:
            files_by_reason.setdefault(change.unclear, []).append(names[document])
    lines = [
        f"{len(mine)} file{'s' if len(mine) > 1 else ''} {_SAYS[reason]} ({', '.join(mine[:5])})"
        for reason, mine in sorted(files_by_reason.items())
    ]
    return lines + refused


def is_people_file(source: SourceFile) -> bool:
    """Whether a table says who people are (a mail address, name, handle or id in each row) and nothing that they said."""
    try:
        content = unpacked(source)
        reader = choose_reader(content, _ANY)
        if not isinstance(reader, TableReader) or source.size > _LARGEST:
            return False
        tables = [reader.reading(content, _ANY, one)[0] for one in reader.tables(content, _ANY)]
    except SourceError:
        return False
    return len(tables) == 1 and not tables[0].mapping.texts and bool(_WHO & set(tables[0].mapping.by_key))


def _look(source: SourceFile, options: SourceConfig, census: Census, names: dict[str, str]) -> None:
    if source.size > _LARGEST:
        return
    content = unpacked(source)
    reader = choose_reader(content, options)
    talks = not options.proof and (options.kind or reader.kind) == "interview"
    # Of a table that is read, what is set aside is told by the run; one that cannot be read at all is told now.
    for item in read_source(source, options):
        if not talks:
            break
        if isinstance(item, Conversation):
            names[item.document.document_id] = source.name
            census.add([item.document], item.utterances, options)
