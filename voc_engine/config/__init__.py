"""Typed configuration in flow order, read from TOML."""

from voc_engine.config.load import load_config
from voc_engine.config.sections import (
    AssistantConfig,
    CodebookConfig,
    Config,
    EmbedConfig,
    EmpathyConfig,
    InsightsConfig,
    MentionsConfig,
    PeopleConfig,
    PersonasConfig,
    RedactConfig,
    ReportConfig,
    SegmentConfig,
    SourceConfig,
    StudyConfig,
    TopicsConfig,
)

__all__ = [
    "AssistantConfig",
    "CodebookConfig",
    "Config",
    "EmbedConfig",
    "EmpathyConfig",
    "InsightsConfig",
    "MentionsConfig",
    "PeopleConfig",
    "PersonasConfig",
    "RedactConfig",
    "ReportConfig",
    "SegmentConfig",
    "SourceConfig",
    "StudyConfig",
    "TopicsConfig",
    "load_config",
]
