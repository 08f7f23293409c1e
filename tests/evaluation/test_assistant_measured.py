"""A language model is measured by what our answers are once it was asked of the unsure ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from model_stand_in import StandIn, serving
from plain_extractor import Plain, run, value
from tiny_study import run_voc

from voc_engine.assistant.model_server import ModelServer
from voc_engine.evaluation.assistant_answers import Assistant
from voc_engine.evaluation.task import Row, Task
from voc_engine.mentions.contract import Reading

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
