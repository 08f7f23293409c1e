"""A study in which one person left traces everywhere, and the search that has to find none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tiny_study import REVIEWS, TALK, TinyStudy

# One for each place in which the person's words or data may lie.
CANARIES = tuple(f"qz{word}7x" for word in (
    "amber", "birch", "cobalt", "dahlia", "ember", "fjord", "garnet", "heron", "indigo", "juniper",
))  # fmt: skip
(TEXT, TITLE, TURN, COPY, PLAN, COMMENT, RENAME, QUOTED, UNREAD, LATER) = CANARIES
COMPANY = "Qzkestrel Ateliers"
NAME, MAIL, HANDLE = "Wilhelmina Okonkwo-Brandt", "w.okonkwo@example.net", "wilhelmina_ob"
NEEDLES = (NAME, "Wilhelmina", "Okonkwo", MAIL, HANDLE, COMPANY, *CANARIES)

_HEAD, *_ROWS = REVIEWS.splitlines()
PLANTED = "\n".join([
    f"{_HEAD},title,handle,company",
    *(f"{row},,,Acme Ltd" for row in _ROWS),
    f'9,{NAME},{MAIL},2026-03-05,1,Pro,"The {TEXT} screen freezes whenever I open it. The export does not work.",'
    f"Freezes {TITLE},{HANDLE},{COMPANY}",
    f'9,{NAME},{MAIL},2026-03-05,1,Pro,"The {TEXT} screen freezes whenever I open it. The export does not work.",'
    f"Freezes {TITLE},{HANDLE},{COMPANY}",
    f'10,{NAME},{MAIL},2026-03-06,2,{PLAN},"I lose my {COPY} notes every morning. {QUOTED} is what I call it.",,'
    f"{HANDLE},{COMPANY}",
    f'11,Ada Brook,,2026-03-07,2,Free,"Wilhelmina told me that the import is slow. Ask {MAIL} or @{HANDLE}.",,,Acme Ltd',
    f'12,{NAME},{MAIL},2026-03-08,2,Pro,"Das {UNREAD} Fenster öffnet sich nicht, und ich kann seit gestern gar nichts mehr'
    ' damit machen, weil es ständig abstürzt.",,,',
]) + "\n"  # fmt: skip
GROUP = (
    TALK
    + f"""
00:00:23.000 --> 00:00:30.000
<v {NAME}>I cannot find my {TURN} list, and it takes me an hour to search for it.

00:00:31.000 --> 00:00:36.000
<v Yusuf Marchetti>As Wilhelmina Okonkwo-Brandt says, the search never finds anything.
"""
)
AGAIN = f"""{_HEAD},title,handle,company
31,{NAME},{MAIL},2026-04-01,1,Pro,"The {LATER} page is slow again.",,{HANDLE},{COMPANY}
32,Bo Falk,,2026-04-02,1,Free,"The import is slow and Okonkwo-Brandt agrees with me.",,,Acme Ltd
"""


def planted_study(root: Path) -> TinyStudy:
    """The study before its first run."""
    study = TinyStudy.create(root)
    (root / "reviews.csv").write_text(PLANTED, encoding="utf-8")
    config = (root / "voc.toml").read_text(encoding="utf-8")
    (root / "voc.toml").write_text(config.replace('["plan"]', '["plan", "company"]'), encoding="utf-8")
    (root / "talk.vtt").write_text(GROUP, encoding="utf-8")
    return study


def found(root: Path, needles: tuple[str | bytes, ...]) -> list[tuple[str, str]]:
    """(file, needle) for everything below .voc and reports: bytes as they are, and every column of every Parquet file."""
    hits = []
    for folder in (".voc", "reports"):
        for path in sorted(one for one in (root / folder).rglob("*") if one.is_file()):
            data = path.name.encode() + b"\n" + path.read_bytes()
            data += b"\n" + b"\n".join(_columns(path)) if path.suffix == ".parquet" else b""
            lower = data.lower()
            for needle in needles:
                raw = needle.lower().encode() if isinstance(needle, str) else needle
                if raw in (lower if isinstance(needle, str) else data):
                    hits.append((path.relative_to(root).as_posix(), repr(needle)[:40]))
    return hits


def _columns(path: Path) -> list[bytes]:
    table = pq.read_table(path, partitioning=None)
    out = []
    for name in table.column_names:
        column = table.column(name)
        if "float" in str(column.type) and hasattr(column.type, "list_size"):
            flat = column.combine_chunks().flatten()
            out.append(flat.to_numpy(zero_copy_only=False).astype("<f4").tobytes())
        else:
            out.append(repr(column.to_pylist()).encode())
    return out


def vectors_of(root: Path, person_id: str) -> tuple[bytes, ...]:
    """The float32 bytes of the vectors of every sentence that only this person said."""
    said: dict[str, set[str]] = {}
    for path in sorted((root / ".voc" / "parts" / "segment").glob("*.segments.parquet")):
        for row in pq.read_table(path, partitioning=None).to_pylist():
            said.setdefault(row["text_key"], set()).add(row["person_id"])
    own = {key for key, people in said.items() if people == {person_id}}
    vectors: dict[str, Any] = {}
    for path in sorted((root / ".voc" / "parts" / "embed").glob("*.parquet")):
        table = pq.read_table(path, partitioning=None)
        width = table.schema.field("vector").type.list_size
        flat = table.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False).astype("<f4")
        for key, row in zip(table.column("text_key").to_pylist(), flat.reshape(-1, width), strict=True):
            if key in own:
                vectors[key] = row.tobytes()
    return tuple(vectors[key] for key in sorted(vectors))
