"""Zip archives that are the same bytes on any day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in one archive, sorted by name, all of one date."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, content in sorted(files):
            member = zipfile.ZipInfo(name, _DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            archive.writestr(member, content)
    return sink.getvalue()
