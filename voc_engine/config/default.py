"""The documented default configuration, generated from the sections so that it cannot go stale."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from voc_engine.config.sections import Config, SourceConfig

_HEAD = "# Configuration of a voc_engine study. Paths are relative to this file. Keys after '#' show their default.\n"


def render_default(*, name: str = "", sources: Iterable[Mapping[str, str | None]] = ()) -> str:
    """TOML that is valid by itself and documents every key; keys at their default are commented out."""
    given = list(sources)
    blocks = [_HEAD]
    for section, info in Config.model_fields.items():
        if section == "sources":
            blocks += [_section("[[sources]]", SourceConfig, source) for source in given] or [_commented_source()]
            continue
        model = info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            blocks.append(_section(f"[{section}]", model, {"name": name} if section == "study" and name else {}))
    return "\n".join(blocks)


def _commented_source() -> str:
    lines = _section("[[sources]]", SourceConfig, {"path": "interviews/*.vtt"}).splitlines()
    return "\n".join(line if line.startswith("#") or not line else f"# {line}" for line in lines) + "\n"


def _section(header: str, model: type[BaseModel], given: Mapping[str, str | None]) -> str:
    lines = [header]
    for key, info in model.model_fields.items():
        lines += textwrap.wrap(info.description or "", 110, initial_indent="# ", subsequent_indent="# ")
        value = given.get(key)
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
