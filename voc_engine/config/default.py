"""The documented default configuration, generated from the sections so that it cannot go stale."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from voc_engine.config.sections import Config, SourceConfig

_HEAD = "# Configuration of a voc_engine study. Paths are relative to this file. Keys after '#' show their default.\n"


@dataclass(frozen=True)
class Preset:
    """Kind of the documents, and what differs from the default: section -> key -> value."""

    kind: str
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


# The files of these names in configs/ say the same; a test holds them together.
PRESETS = {
    # Spoken sentences run on: shorter pieces make better quotes. Few people carry few personas.
    "interviews": Preset("interview", {"segment": {"max_words": 45}, "personas": {"max_personas": 4}}),
    "reviews": Preset("review"),
    "posts": Preset("post", {"insights": {"half_life_days": 90.0}}),
    "tickets": Preset("ticket", {"insights": {"half_life_days": 90.0}}),
    "survey": Preset("survey"),
}


def render_default(
    *,
    name: str = "",
    sources: Iterable[Mapping[str, str | None]] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """TOML that is valid by itself and documents every key; keys at their default are commented out.

    ``options`` are values that differ from the default, section -> key -> value.
    """
    source_list = list(sources)
    blocks = [_HEAD]
    for section, info in Config.model_fields.items():
        if section == "sources":
            blocks += [
                _section("[[sources]]", SourceConfig, source, brief=place > 0)
                for place, source in enumerate(source_list)
            ] or [_commented_source()]
            continue
        model = info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            section_options = dict((options or {}).get(section, {}))
            blocks.append(
                _section(
                    f"[{section}]", model, section_options | ({"name": name} if section == "study" and name else {})
                )
            )
    return "\n".join(blocks)


def _commented_source() -> str:
    lines = _section("[[sources]]", SourceConfig, {"path": "interviews/*.vtt"}).splitlines()
    return "\n".join(line if line.startswith("#") or not line else f"# {line}" for line in lines) + "\n"


def _section(header: str, model: type[BaseModel], values: Mapping[str, Any], *, brief: bool = False) -> str:
    """``brief``: the given keys alone, for a section whose keys an earlier one has told."""
    lines = [header]
    if brief:
        lines += [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]
        return "\n".join(lines) + "\n"
    for key, info in model.model_fields.items():
        lines += textwrap.wrap(info.description or "", 110, initial_indent="# ", subsequent_indent="# ")
        value = values.get(key)
        if value is not None:
            lines.append(f"{key} = {_toml(value)}")
        else:
            default = _default(info)
            lines.append(f'# {key} = ""  # absent by default' if default is None else f"# {key} = {_toml(default)}")
    return "\n".join(lines) + "\n"


def _default(info: Any) -> Any:
    if info.default_factory is not None:
        return info.default_factory()
    return None if info.default is PydanticUndefined else info.default


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + " }"
            if value
            else "{}"
        )
    # JSON lets DEL stand as it is, TOML does not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
