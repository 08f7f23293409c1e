"""Small files together: which ingest parts the stages after ingest take as one.

Five thousand short transcripts are five thousand parts, and a part costs the same writing and syncing whether it holds
ten turns or fifty thousand. So neighbours are packed up to some words. Where a pack ends is told by the names of the
parts and not by their number: a new file changes the pack into which it falls and no other.
"""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.records import stable_hash
from voc_engine.runners.tasks import FileIndex

# Studies of fewer files stay as they are: there each file is worth a part of its own.
FROM_PARTS = 64
WORDS_PER_PACK = 5_000
_ENDS_ONE_IN = 16


def packed(indexes: Sequence[FileIndex]) -> list[tuple[str, ...]]:
    """Names of the ingest parts of each pack, in order. A file of several parts or many words is not packed."""
    parts = [
        (part, index.words if len(index.parts) == 1 else WORDS_PER_PACK) for index in indexes for part in index.parts
    ]
    if len(parts) < FROM_PARTS:
        return [(part,) for part, _ in parts]
    packs: list[list[str]] = []
    words, ended = 0, True
    for part, more in parts:
        if ended or words + more > WORDS_PER_PACK:
            packs.append([])
            words = 0
        packs[-1].append(part)
        words += more
        ended = int(stable_hash(part), 16) % _ENDS_ONE_IN == 0
    return [tuple(pack) for pack in packs]
