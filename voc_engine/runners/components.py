"""The components that a configuration names, looked for before anything else is done."""

from __future__ import annotations

from voc_engine.config import Config
from voc_engine.registry import require


def require_components(config: Config) -> None:
    """Raises ConfigError for a component that is not registered: now, and not after hours of work."""
    require("embedder", config.embed.model)
    require("topic model", config.topics.model)
    require("mention extractor", config.mentions.extractor)
    for name in config.report.formats:
        require("report format", name)
    for source in config.sources:
        if source.format is not None:
            require("reader", source.format)
