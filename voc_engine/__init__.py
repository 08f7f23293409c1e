"""voc_engine: voice-of-customer research from real words only, with every claim linked to its evidence."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voc_engine.interface.labelled import label
    from voc_engine.interface.reading_files import read
    from voc_engine.interface.study import Study

__version__ = "0.2.0"
__all__ = ["Study", "__version__", "label", "read"]

# Loaded at first use: importing the package, as 'voc --help' does, costs nothing.
_HOMES = {
    "Study": "voc_engine.interface.study",
    "label": "voc_engine.interface.labelled",
    "read": "voc_engine.interface.reading_files",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
