"""Components: every registered one loads, and an unknown name gets the nearest."""

from __future__ import annotations

import re

import pytest

from voc_engine.config import Config
from voc_engine.errors import ConfigError
from voc_engine.registry import GROUPS, component, names

REGISTERED = [(kind, name) for kind in GROUPS for name in names(kind)]


@pytest.mark.parametrize(("kind", "name"), REGISTERED)
def test_every_component_loads_under_a_versioned_name(kind: str, name: str) -> None:
    found = component(kind, name)
    assert re.fullmatch(r"[a-z][a-z0-9_]*\.v[1-9][0-9]*", name)
    assert found.name == name
    assert found is component(kind, name), "loaded once in the life of the process"


def test_every_kind_has_a_component() -> None:
    assert {kind for kind, _ in REGISTERED} == set(GROUPS)


def test_the_defaults_are_registered() -> None:
    config = Config()
    assert config.embed.model in names("embedder")
    assert config.topics.model in names("topic model")
    assert config.mentions.extractor in names("mention extractor")
    assert set(config.report.formats) <= set(names("report format"))


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"There is no reader named 'zendesk'") as raised:
        component("reader", "zendesk")
    assert raised.value.do == "did you mean 'zendesk.v1'?"
