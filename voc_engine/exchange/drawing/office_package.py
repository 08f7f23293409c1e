"""Office files hold the time of writing in many places: packed again, the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

from voc_engine.exchange.zip_archive import zipped


def same_bytes(content: bytes) -> bytes:
    """The archive with its members sorted, so that the list of content types is first, and all of one date."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return zipped((name, source.read(name)) for name in source.namelist())
