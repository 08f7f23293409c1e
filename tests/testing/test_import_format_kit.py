"""The built-in import formats, held to the kit."""

from __future__ import annotations

import zipfile
from pathlib import Path

from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.refi.refi_import import RefiImport
from voc_engine.exchange.run_view import RunView
from voc_engine.registry import names
from voc_engine.testing import ImportFormatKit

FOREIGN = """<Project name="Other" origin="Other" xmlns="urn:QDA-XML:project:1.0"><Sources><TextSource
guid="66666666-6666-4666-8666-666666666666" name="Anna" plainTextPath="internal://a.txt"/></Sources></Project>"""


class TestRefiImport(ImportFormatKit):
    format = RefiImport()

    def ours(self, view: RunView, folder: Path) -> Path:
        ((name, content),) = RefiQda().write(view, frozenset()).files
        path = folder / name
        path.write_bytes(content)
        return path

    def foreign(self, folder: Path) -> Path:
        path = folder / "other.qdpx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", FOREIGN)
            archive.writestr("sources/a.txt", "I type everything twice.")
        return path


def test_no_import_format_is_without_its_kit() -> None:
    held = {one.format.name for one in globals().values() if isinstance(one, type) and hasattr(one, "format")}
    assert sorted(held) == names("import format")
