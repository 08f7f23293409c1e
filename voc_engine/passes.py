"""What stands on the map: a stage, or a pass between stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from voc_engine import records as r

Table = type[r.Record] | type[r.Vectors]
Kind = Literal["files", "map", "distinct", "fit", "report", "remove", "settle", "give", "withhold", "ask", "replay"]


@dataclass(frozen=True)
class Pass:
    """What looks at the whole study between the stages. ``kind``: "remove" takes out of what is read what may not stay,
    "settle" writes anew what one file alone leaves open, "give" hands each part of a later stage what it needs of the
    others, "withhold" marks and takes out what the readers may not see, "ask" (where a language model is configured) and
    "replay" (people's decisions) change what stages gave, each after the stages whose tables it writes."""

    name: str
    reads: tuple[Table | type[r.Given], ...]
    writes: tuple[Any, ...]
    kind: Kind
    entry: str
    does: str

    def load(self) -> Callable[..., Any]:
        """Its function; the room is imported now and not earlier."""
        return self.hook(self.entry.partition(":")[2])  # type: ignore[no-any-return]

    def hook(self, name: str, default: Any = None) -> Any:
        """Something else that stands beside the entry, where it is there."""
        return getattr(import_module(self.entry.partition(":")[0]), name, default)


@dataclass(frozen=True)
class Stage(Pass):
    """``kind``: "files" maps over source files, "map" over parts, "distinct" over distinct sentences, "fit" sees
    everything at once, "report" writes what people read. ``name`` is also its room and its configuration section."""

    writes: tuple[Table, ...]
