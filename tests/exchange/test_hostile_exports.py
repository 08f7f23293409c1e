"""Texts that try to be more than text, in every field, through every format: they come out as text and nothing else."""

from __future__ import annotations

import pytest
from hostile_run import hostile_view
from hostile_text import PAYLOADS

from voc_engine.exchange.verify_export import same_words
from voc_engine.records import Mention
from voc_engine.registry import component, names


@pytest.mark.parametrize("name", names("export format"))
def test_every_quote_comes_out_as_it_was_said(name: str) -> None:
    chosen = component("export format", name)
    for payload in PAYLOADS:
        view = hostile_view(payload)
        said = {one.mention_id: one.quote for one in view.study.tables.of(Mention)}
        files = list(chosen.write(view, frozenset()).files)
        assert files
        for path, content in files:
            for one in chosen.shown(path, content):
                assert same_words(one.words, said[one.mention_id]), (payload, one)
