"""From what a page posts to decisions: a button carries what it decides, fields fill in words and what is marked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from voc_engine.errors import ConfigError
from voc_engine.records import BlindAnswer, Decision, GivenCode

LONGEST = 1_000_000  # bytes of a form; a page sends ids and a few words
ALL_MARKED = "*"
_OF_A_CODE = ("name", "definition", "include", "exclude", "examples", "above", "passages", "insight_id")


def button_value(target: str, target_id: str, action: str, value: str | None = "") -> str:
    """What a button carries."""
    return json.dumps([target, target_id, action, value or ""], ensure_ascii=False, separators=(",", ":"))


def fields(body: bytes) -> dict[str, list[str]]:
    """A posted form. Raises ConfigError for one that no page of the app sends."""
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=10_000)
    except ValueError as error:
        raise ConfigError("That is no form of this app.", found=str(error)[:80]) from error


def decisions_in(form: Mapping[str, Sequence[str]]) -> list[Decision]:
    """What a form decides. Raises ConfigError where it says too little."""
    value = next(iter(form.get("value", ())), "").strip()
    marked = list(dict.fromkeys(form.get("piece", ())))
    decisions: list[Decision] = []
    for text in form.get("decision", ()):
        target, target_id, action, decision_value = _read(text)
        decision_value = decision_value or value
        if (action == "split" or target_id == ALL_MARKED) and not marked:
            raise ConfigError("Nothing is marked.", do="mark with v, or all with V")
        if action == "split":
            decision_value = " ".join(sorted(marked))
        if action == "define":
            decision_value = _defined(target_id, form).as_value()
        if action == "blind":
            decision_value = BlindAnswer(tuple(sorted(form.get("label", ()))), tuple(form.get("asked", ()))).as_value()
        ids = marked if target_id == ALL_MARKED else [target_id]
        decisions += [Decision(target, key, action, decision_value or None) for key in ids]
    if not decisions:
        raise ConfigError("Nothing was decided.")
    return decisions


def _defined(key: str, form: Mapping[str, Sequence[str]]) -> GivenCode:
    """The code that a form's fields tell; one entry a line."""
    fields = {name: next(iter(form.get(name, ())), "").strip() for name in _OF_A_CODE}
    code = GivenCode.read(key, json.dumps({**fields, "passages": fields["passages"].split()}))
    if code is None:
        raise ConfigError("A code needs a name.")
    return code


def _read(text: str) -> tuple[str, str, str, str]:
    try:
        target, target_id, action, value = json.loads(text)
    except (ValueError, TypeError) as error:
        raise ConfigError("That is no decision.", found=text[:80]) from error
    if not all(isinstance(one, str) for one in (target, target_id, action, value)):
        raise ConfigError("That is no decision.", found=text[:80])
    return target, target_id, action, value


def way_back(form: Mapping[str, Sequence[str]]) -> str:
    """The page to show afterwards; nowhere but here."""
    back = next(iter(form.get("back", ())), "/")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
