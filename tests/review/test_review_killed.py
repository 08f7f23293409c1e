"""A decision is on disk before it is answered: whenever the program is killed, each is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from voc_engine.review.forms import told

from .reviewed_study import Browser, desk


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_what_was_answered_is_there_and_no_step_is_half(tmp_path: Path, seed: int) -> None:
    heard, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            browser = Browser(desk(tmp_path))
            for number in range(1, 100):
                pieces = [f"m{number % 12 + 1:02d}{letter}" for letter in "ab"]
                browser.post("/decide", decision=told("mention", "*", "severity", "high"), piece=pieces)
                os.write(tell, b".")
        finally:
            os._exit(0)
    os.close(tell)
    answered = 0
    for _ in range(random.Random(seed).randrange(1, 6)):
        answered += len(os.read(heard, 1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    answered += len(os.read(heard, 1000))
    os.close(heard)
    steps = Counter(one.step for one in desk(tmp_path).workspace.decisions.log())
    assert set(steps.values()) == {2}
    assert answered <= len(steps) <= answered + 1
