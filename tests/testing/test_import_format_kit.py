"""The built-in import formats, held to the kit."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from voc_engine.exchange.label_studio import LabelStudio
from voc_engine.exchange.label_studio_import import LabelStudioImport
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


class TestLabelStudioImport(ImportFormatKit):
    format = LabelStudioImport()

    def ours(self, view: RunView, folder: Path) -> Path:
        path = folder / "tasks.json"
        path.write_bytes(dict(LabelStudio().write(view, frozenset()).files)["tasks.json"])
        return path

    def foreign(self, folder: Path) -> Path:
        tasks = json.loads(self.ours(self.view(), folder).read_bytes())
        for task in tasks:
            shown = [
                {**one, "value": {**one["value"], "labels": ["request"]}} for one in task["predictions"][0]["result"]
            ]
            task["annotations"] = [{"completed_by": 3, "result": shown}]
        path = folder / "annotated.json"
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return path


def test_no_import_format_is_without_its_kit() -> None:
    held = {one.format.name for one in globals().values() if isinstance(one, type) and hasattr(one, "format")}
    assert sorted(held) == names("import format")
