"""One JSON of everything: held to its schema by a library that knows nothing of us."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from docs.generate import HERE
from voc_engine.exchange.json_study import JsonStudy
from voc_engine.exchange.run_view import RunView
from voc_engine.testing import example_study, no_study

SCHEMA = json.loads((HERE / "study.schema.json").read_text(encoding="utf-8"))


def written(view: RunView) -> dict:
    ((_, content),) = JsonStudy().write(view, frozenset()).files
    return json.loads(content)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("study", [example_study(), no_study()], ids=["example", "empty"])
def test_the_file_is_what_the_schema_says(study) -> None:
    Draft202012Validator(SCHEMA).validate(written(RunView(study)))


def test_the_schema_finds_what_is_missing_or_wrong() -> None:
    whole = written(RunView(example_study()))
    for spoil in (lambda one: one.pop("quote"), lambda one: one.update(start="0"), lambda one: one.update(more=1)):
        spoilt = deepcopy(whole)
        spoil(spoilt["tables"]["mentions"][0])
        assert not Draft202012Validator(SCHEMA).is_valid(spoilt)


def test_spans_hold_in_the_file() -> None:
    tables = written(RunView(example_study()))["tables"]
    texts = {one["document_id"]: one["text"] for one in tables["documents"]}
    assert tables["mentions"]
    for one in tables["mentions"]:
        assert texts[one["document_id"]][one["start"] : one["end"]] == one["quote"]
