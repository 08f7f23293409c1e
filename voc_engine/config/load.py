"""Reads a TOML configuration; every error names the file, the line and the nearest known key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from voc_engine.config.sections import Config, SourceConfig
from voc_engine.errors import ConfigError, nearest

_TABLE = re.compile(r"^\s*\[\[?\s*([\w.\-\"]+)\s*\]\]?")


def load_config(path: Path) -> Config:
    """The configuration in the file. Raises ConfigError (exit code 2) for anything that cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration at {path}.", do="name a TOML file, or make one with 'voc init FOLDER FILES...'"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text.", found=str(error)) from error
    return parse_config(text, str(path))


def parse_config(text: str, name: str = "configuration") -> Config:
    """The configuration in the text; ``name`` is used in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} is not valid TOML.", found=str(error), do="mend that line") from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        raise _explain(error, text, name) from None


def _explain(error: ValidationError, text: str, name: str) -> ConfigError:
    first = error.errors()[0]
    place = [part for part in first["loc"] if part != "__root__"]
    line = _line_of(text, place)
    where = f"{name}, line {line}" if line else name
    key = ".".join(str(part) for part in place)
    if first["type"] == "extra_forbidden":
        return ConfigError(f"{where}: unknown key {key!r}.", do=nearest(str(place[-1]), _known_keys(place[:-1])))
    return ConfigError(f"{where}: {key} cannot be used.", found=repr(first.get("input"))[:120], do=first["msg"])


def _known_keys(place: list[Any]) -> list[str]:
    model: type[BaseModel] = Config
    for part in place:
        if part == "sources":
            model = SourceConfig
        elif isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                model = annotation
    return list(model.model_fields)


def _line_of(text: str, place: list[Any]) -> int | None:
    """The line (from 1) where the key stands, found by walking tables: tomllib keeps no positions."""
    if not place:
        return None
    section = str(place[0])
    index = place[1] if len(place) > 1 and isinstance(place[1], int) else None
    keys = [str(part) for part in place[1:] if not isinstance(part, int)]
    current, seen, header = "", -1, None
    for number, line in enumerate(text.splitlines(), 1):
        found = _TABLE.match(line)
        if found:
            current = found.group(1).strip('"')
            if current.split(".")[0] == section:
                seen += line.lstrip().startswith("[[")
                if index is None or seen == index:
                    header = number
                if keys and current.split(".")[-1] == keys[-1]:
                    return number
            continue
        inside = current.split(".")[0] == section and (index is None or seen == index)
        wanted = keys[0] if keys else section
        if (inside or (not current and not keys)) and re.match(rf"^\s*\"?{re.escape(wanted)}\"?\s*=", line):
            return number
    return header
