"""Components by versioned name through entry points: built-in ones and third parties' come the same way."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from voc_engine.errors import ConfigError, nearest

GROUPS = {
    "reader": "voc_engine.readers",
    "embedder": "voc_engine.embedders",
    "topic model": "voc_engine.topic_models",
    "mention extractor": "voc_engine.mention_extractors",
    "report format": "voc_engine.report_formats",
    "export format": "voc_engine.export_formats",
    "import format": "voc_engine.import_formats",
}


@cache
def _points(kind: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=GROUPS[kind]), key=lambda p: p.name)}


def names(kind: str) -> list[str]:
    """Registered names of one kind of component, sorted."""
    return list(_points(kind))


def require(kind: str, name: str) -> None:
    """Raises ConfigError with the nearest known name for an unknown one; nothing is loaded."""
    points = _points(kind)
    if name not in points:
        raise ConfigError(f"There is no {kind} named {name!r}.", do=nearest(name, points))


@cache
def component(kind: str, name: str) -> Any:
    """The object behind a registered name, loaded at first use and kept for the life of the process.

    Raises ConfigError with the nearest known name for an unknown one.
    """
    require(kind, name)
    loaded = _points(kind)[name].load()
    return loaded() if isinstance(loaded, type) else loaded


def modules_of(kind: str) -> list[str]:
    """The modules in which the registered components of one kind stand, those of other packages too."""
    return [point.module for point in _points(kind).values()]


def provenance(kind: str) -> dict[str, str]:
    """Registered name -> distribution and version, for components that do not come with this package: a new version of
    a plug-in must not meet what the old one made."""
    sources = {}
    for name, point in _points(kind).items():
        if point.dist is not None and not point.value.startswith("voc_engine."):
            sources[name] = f"{point.dist.name} {point.dist.version}"
    return sources
