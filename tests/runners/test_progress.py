"""What is told while a run goes on: rows, time left, memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from voc_engine.runners.progress import PlainProgress, told_time
from voc_engine.runners.resident import resident_mb


def test_a_long_stage_tells_once_a_minute_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    times: Iterator[float] = iter([0.0, 30.0, 61.0, 70.0, 100.0])
    progress = PlainProgress(clock=lambda: next(times))
    progress.begin("redact", 10, "parts")
    for _ in range(3):
        progress.advance(1, 2_000)
    progress.end("10 parts, 10 computed")
    long, last = capsys.readouterr().err.splitlines()
    assert long.startswith("redact    2 of 10 parts, about 4 min left  (61.0 s, 66 rows/s, ")
    assert last.startswith("redact    10 parts, 10 computed  (100.0 s, 60 rows/s, ")
    assert last.endswith(" MB)")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 100.0])
    progress = PlainProgress(quiet=True, clock=lambda: next(times))
    progress.begin("redact", 10, "parts")
    progress.advance(1, 5)
    progress.end("done")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("seconds", "said"), [(12.4, "12 s"), (600, "10 min"), (7_840, "2 h 11 min")])
def test_times_are_told_as_people_say_them(seconds: float, said: str) -> None:
    assert told_time(seconds) == said


def test_memory_is_that_of_a_process() -> None:
    assert 5 < resident_mb() < 1_000_000
