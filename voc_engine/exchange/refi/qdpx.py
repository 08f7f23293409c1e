"""The format "refi_qda.v1": a .qdpx project for NVivo, ATLAS.ti, MAXQDA, QualCoder and other such tools."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import ClassVar

from defusedxml import ElementTree

from voc_engine.exchange.contract import Export, Shown
from voc_engine.exchange.refi.elements import PROJECT
from voc_engine.exchange.refi.project_writer import PEOPLE_AS_CODES, TURNS, ProjectWriter
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.zip_archive import zipped

# A mention's id, or that of a coding with a code of one's own.
PASSAGE = re.compile(r"^\[(m-[^\]\s]+|c-[^\]\s]+:[^\]\s]+)\]", re.MULTILINE)


class RefiQda:
    """Valid against Project.xsd; sources as UTF-8 with LF and no byte-order mark, spans half-open in code points."""

    name = "refi_qda.v1"
    does = (
        "a .qdpx project (REFI-QDA): NVivo, ATLAS.ti, MAXQDA, QualCoder, Quirkos; changes come back with 'voc import'"
    )
    suffix = ".qdpx"
    switches: ClassVar[Mapping[str, str]] = {
        TURNS: "mark each person's turns in talks as their case's passages",
        PEOPLE_AS_CODES: "code the turns with a code per person as well, which NVivo and QualCoder take for the case's text",
    }

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        writer = ProjectWriter(view, switches)
        files = writer.files()
        return Export([("project.qdpx", zipped(files))], writer.not_carried())

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        """Every passage that has the id of a mention or coding, as its source file holds it."""
        if not content.startswith(b"PK"):
            return
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "project.qde" not in archive.namelist():
                return
            project = ElementTree.fromstring(archive.read("project.qde"))
            for source in project.iter(f"{{{PROJECT}}}TextSource"):
                stored = archive.read(f"sources/{source.get('plainTextPath', '').removeprefix('internal://')}")
                text = stored.decode("utf-8")
                for selection in source.iter(f"{{{PROJECT}}}PlainTextSelection"):
                    words = text[int(selection.get("startPosition", 0)) : int(selection.get("endPosition", 0))]
                    for key in PASSAGE.findall(selection.findtext(f"{{{PROJECT}}}Description") or ""):
                        yield Shown(key, words)
