"""Run by an interpreter that has PyQt6, pymupdf and Pillow: QualCoder's own code imports a project and exports it again.

python qualcoder_round_trip.py SRC IN.qdpx FOLDER: prints as JSON what QualCoder holds, and where its own export lies.
"""

from __future__ import annotations

import builtins
import datetime
import json
import os
import re
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace


def main(src: str, project: str, folder: str) -> None:
    os.environ["QT_QPA_PLATFORM"], os.environ["HOME"] = "offscreen", folder
    (Path(folder) / ".qualcoder").mkdir()
    sys.path.insert(0, src)
    builtins._ = str
    from PyQt6 import QtWidgets

    application = QtWidgets.QApplication([])
    from qualcoder import refi

    place = Path(folder) / "Trip.qda"
    for name in ("images", "audio", "video", "documents"):
        (place / name).mkdir(parents=True)
    app = app_for(refi, src, place)
    quiet(refi, project, folder)
    log = SimpleNamespace(append=lambda text: None)
    refi.RefiImport(app, log, "qdpx")
    cur = app.conn.cursor()
    rows = cur.execute(
        "select seltext, pos0, pos1, code_text.memo, code_name.name, fid from code_text join code_name using (cid)"
    ).fetchall()
    texts = dict(cur.execute("select id, fulltext from source").fetchall())
    cases = cur.execute("select count(*) from cases").fetchone()[0]
    case_text = cur.execute("select count(*) from case_text").fetchone()[0]
    refi.RefiExport(app, log, "project")
    out = sorted(str(path) for path in Path(folder).rglob("*.qdpx"))
    held = [{"words": row[0], "slice": texts[row[5]][row[1] : row[2]], "memo": row[3], "code": row[4]} for row in rows]
    print(json.dumps({"codings": held, "sources": len(texts), "cases": cases, "case_text": case_text, "out": out}))
    del application


def app_for(refi: object, src: str, place: Path) -> SimpleNamespace:
    """What QualCoder's import needs of its program: a project's database and settings."""
    connection = sqlite3.connect(place / "data.qda")
    connection.execute("pragma synchronous = off")
    text = (Path(src) / "qualcoder" / "__main__.py").read_text(encoding="utf-8")
    body = text[text.index("CREATE TABLE project (") - 40 :]
    body = body[: body.index("INSERT INTO project")]
    for call in re.findall(r"cur\.execute\(\s*((?:\"[^\"]*\"\s*)+)\)", body):
        connection.execute("".join(re.findall(r"\"([^\"]*)\"", call)))
    columns = len(connection.execute("pragma table_info(project)").fetchall())
    now = datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    values = ("v17", now, "", "QualCoder", 0, 0, "Ana", "", *[None] * (columns - 8))
    connection.execute(f"INSERT INTO project VALUES ({', '.join('?' * columns)})", values)
    connection.commit()
    settings = defaultdict(lambda: "False", codername="Ana", directory=str(place.parent), fontsize=10, font="Sans")
    return SimpleNamespace(
        conn=connection, settings=settings, project_path=str(place), project_name=place.name, ai_models=[],
        version="QualCoder",
        write_config_ini=lambda *given: None, get_annotations=list, ai=None, update_coder_names=lambda *given: None,
        create_connection=lambda *given: None, delete_backup=False, update_backup_name=lambda *given: None,
    )  # fmt: skip


def quiet(refi: object, project: str, folder: str) -> None:
    """Dialogs answer by themselves."""

    class Silent:
        def __init__(self, *given: object) -> None:
            self.ui = SimpleNamespace(radioButton_maxqda=SimpleNamespace(isChecked=lambda: False),
                                      checkBox=SimpleNamespace(isChecked=lambda: False))  # fmt: skip

        def exec(self, *given: object) -> int:
            return 1

        exec_ = exec

    dialogs = refi.QtWidgets.QFileDialog  # type: ignore[attr-defined]
    dialogs.getOpenFileName = staticmethod(lambda *a, **k: (project, True))
    dialogs.getExistingDirectory = staticmethod(lambda *a, **k: folder)
    refi.Message = Silent  # type: ignore[attr-defined]
    refi.RefiLineEndings = Silent  # type: ignore[attr-defined]


if __name__ == "__main__":
    main(*sys.argv[1:4])
