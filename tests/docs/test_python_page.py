"""The page on Python: its code runs, in order, on a tiny study."""

from __future__ import annotations

import re
import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

from tiny_study import TinyStudy

from docs.generate import HERE

BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_code_of_the_page_runs(first_run: TinyStudy, tmp_path: Path) -> None:
    page = HERE / "python.md"
    text = page.read_text(encoding="utf-8")
    study = shutil.copytree(first_run.root, tmp_path / "study")
    names: dict[str, Any] = {"__name__": "page"}
    blocks = list(BLOCK.finditer(text))
    assert len(blocks) > 5
    with chdir(study):
        for block in blocks:
            # Lines are numbered as on the page, so that a traceback names the line to mend.
            lines = "\n" * text.count("\n", 0, block.start(1)) + block[1]
            exec(compile(lines, str(page), "exec"), names)
    assert names["study"].run_id == first_run.run_id
    assert (study / "card.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
