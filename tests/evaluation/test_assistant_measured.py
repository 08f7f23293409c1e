"""A language model is measured by what our answers are once it was asked of the unsure ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from model_stand_in import StandIn, serving
from plain_extractor import Plain, embed, run, split, value
from tiny_study import Outcome, run_voc

from voc_engine.assistant.model_server import ModelServer
from voc_engine.evaluation.assistant_answers import Assistant
from voc_engine.evaluation.task import Row, Task
from voc_engine.interface import labelled
from voc_engine.mentions.contract import Reading
from voc_engine.mentions.row_labelling import Labeller

ROWS = (
    Row("The desk was awful.", ("pain_point",)),
    Row("They were late, as ever, and I do not mind.", ()),
    Row("What a great day.", ()),
)
TASK = Task("made", "kinds", "F1", ("pain_point",), ROWS)


class Unsure(Plain):
    """Sure of what is awful, and of nothing else."""

    def _reading(self, text: str) -> Reading:
        reading = super()._reading(text)
        if "awful" in text:
            return reading
        return replace(reading, probabilities={kind: min(one, 0.55) for kind, one in reading.probabilities.items()})


def assistant(server: StandIn) -> Assistant:
    return Assistant(ModelServer(server.endpoint))


def test_a_model_that_rejects_what_is_wrong_makes_the_figure_better() -> None:
    with serving(lambda _: '{"kind": false, "own": true, "worth": true}') as server:
        helper = assistant(server)
        found = run([TASK], Unsure(), assistant=helper)["made"]
    ours, with_it = value(found), value(found, "assistant")
    assert ours == pytest.approx(2 / 3)
    assert with_it == pytest.approx(1.0)
    # What is sure was not asked about.
    assert (helper.asked, helper.sound, len(server.asked)) == (1, 1, 1)


def test_a_model_that_talks_nonsense_leaves_the_figure_as_it_is() -> None:
    with serving(lambda _: "yes") as server:
        found = run([TASK], Unsure(), assistant=assistant(server))["made"]
    assert value(found, "assistant") == value(found)


def test_own_rows_leave_this_machine_for_no_model() -> None:
    told = run_voc("evaluate", "--labels", "mine.csv", "--assistant", "http://192.0.2.1/v1")
    assert told.code == 2
    assert "not masked" in told.err


@pytest.mark.parametrize("address", ["localhost:8080", "ftp://localhost/v1", "http://key@localhost/v1", "http://[::1"])
def test_what_is_no_plain_address_is_asked_nothing(gold: Path, address: str) -> None:
    told = run_voc("evaluate", "--gold", str(gold), "--only", "suggestions-A", "--assistant", address)
    assert told.code == 2
    assert "--assistant is no address." in told.err
    assert f"found: {address}" in " ".join(told.err.split())
    assert "http://localhost:8080/v1" in told.err
    assert told.out == ""


def measured(folder: Path, monkeypatch: pytest.MonkeyPatch, reply: Callable[[str], Any]) -> tuple[Outcome, StandIn]:
    """``voc evaluate`` on own rows with an assistant on this machine, by an extractor that is unsure of one row."""
    monkeypatch.setattr(labelled, "labeller_for", lambda *_, **__: Labeller(Unsure(), split, embed))
    rows = [f'"{row.text}",{int("pain_point" in row.gold)}' for row in ROWS]
    (folder / "mine.csv").write_text("\n".join(["text,pain_point", *rows]) + "\n")
    with serving(reply) as server:
        address = ("--assistant", server.endpoint, "--assistant-model", "small-1")
        return run_voc("evaluate", "--labels", "mine.csv", *address, folder=folder), server


def test_a_user_is_told_what_the_assistant_was_asked_and_what_it_is_worth(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, server = measured(tmp_path, monkeypatch, lambda _: '{"kind": false, "own": true, "worth": true}')
    assert told.code == 0, told.err
    assert "The assistant was asked 1 question and gave 1 sound answer." in told.out.splitlines()
    assert [one["model"] for one in server.asked] == ["small-1"]
    heads, line = (re.split(r"\s{2,}", one) for one in told.out.splitlines()[:2])
    figures = dict(zip(heads, line, strict=True))
    assert (figures["ours"], figures["with the assistant"]) == ("0.667", "1.000")


def test_a_user_is_told_why_the_assistant_did_not_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, _ = measured(tmp_path, monkeypatch, lambda _: (503, {}, b""))
    assert told.code == 0, told.err
    (note,) = [line for line in told.out.splitlines() if line.startswith("The assistant was asked")]
    assert note == "The assistant was asked 1 question and gave 0 sound answers (not answered: status 503: 1)."
