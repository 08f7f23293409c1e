"""Reads a TOML configuration; every error names the file, the line and the nearest known key."""

from __future__ import annotations

import re
import tomllib
from itertools import takewhile
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from voc_engine.config.sections import Config, SourceConfig
from voc_engine.errors import ConfigError, nearest

_KEY_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TABLE = re.compile(r"^\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(rf"^\s*((?:{_KEY_PART.pattern})(?:\s*\.\s*(?:{_KEY_PART.pattern}))*)\s*=")

# Keys that older versions had -> what to do.
_GONE = {
    "insights.pair": "take it out: [insights] match gathers two as it gathers three; member and second decide who stays",
}


def load_config(path: Path) -> Config:
    """The configuration in the file. Raises ConfigError (exit code 2) for anything that cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration at {path}.", do="name a TOML file, or make one with 'voc init FOLDER FILES...'"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text.", found=str(error), do="save it as UTF-8") from error
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
        raise explained(error, text, name, Config) from None


def explained(error: ValidationError, text: str, name: str, model: type[BaseModel]) -> ConfigError:
    """What is wrong in a TOML text that was to be ``model``: file, line, what was found, the nearest known key."""
    first = error.errors()[0]
    path = [part for part in first["loc"] if part != "__root__"]
    line = _line_of(text, path)
    where = f"{name}, line {line}" if line else name
    key = ".".join(str(part) for part in path)
    if first["type"] == "extra_forbidden" and key in _GONE:
        return ConfigError(f"{where}: {key!r} is no longer a key.", do=_GONE[key])
    if first["type"] == "extra_forbidden":
        return ConfigError(f"{where}: unknown key {key!r}.", do=nearest(str(path[-1]), _known_keys(model, path[:-1])))
    return ConfigError(f"{where}: {key} cannot be used.", found=repr(first.get("input"))[:120], do=_advice(first, key))


def _advice(first: Any, key: str) -> str:
    """pydantic speaks of classes where a table has the wrong brackets."""
    if key == "sources":
        return "begin each source with [[sources]]"
    if first["type"] == "model_type":
        return f"write it as a section that begins with [{key}]"
    return str(first["msg"])


def _known_keys(model: type[BaseModel], path: list[Any]) -> list[str]:
    for step in path:
        if step == "sources":
            model = SourceConfig
        elif isinstance(step, str) and step in model.model_fields:
            annotation = model.model_fields[step].annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                model = annotation
    return list(model.model_fields)


def _line_of(text: str, path: list[Any]) -> int | None:
    """The line (from 1) that names most of the place, found by walking tables: tomllib keeps no positions."""
    best, line = 0, None
    table: list[Any] = []
    counts: dict[str, int] = {}
    for number, raw in enumerate(text.split("\n"), 1):
        if header := _TABLE.match(raw):
            name = header.group(2).strip()
            if header.group(1) == "[[":
                counts[name] = counts.get(name, -1) + 1
            here = table = _with_index(_parts(name), counts)
        elif key := _KEY.match(raw):
            here = [*table, *_parts(key.group(1))]
        else:
            continue
        common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, path, strict=False)))
        if common > best:
            best, line = common, number
    return line


def _parts(dotted: str) -> list[Any]:
    return [part.strip("\"'") for part in _KEY_PART.findall(dotted)]


def _with_index(parts: list[Any], counts: dict[str, int]) -> list[Any]:
    """A table's path with the number of the array's element that it belongs to: sources.columns is sources 0 columns."""
    path: list[Any] = []
    for length, part in enumerate(parts, 1):
        path.append(part)
        name = ".".join(parts[:length])
        if name in counts:
            path.append(counts[name])
    return path
