"""What is told while a run goes on: rows, time left, memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest

from voc_engine.runners.progress import BarProgress, PlainProgress, progress_for, told_time
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


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal of 120 columns; a test writes to it as standard error."""
    for name, value in (("TERM", "xterm"), ("COLUMNS", "120")):
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


def drawn_last(screen: Terminal) -> list[str]:
    """The lines of the last picture, without the terminal's codes."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\x1b", screen.getvalue()).rpartition("\r")[2]
    return [line.strip() for line in text.replace("\x1b", "").splitlines() if line.strip()]


def test_a_terminal_shows_one_bar_for_each_stage_with_what_is_done(terminal: Terminal) -> None:
    with redirect_stderr(terminal):
        progress = progress_for(quiet=False)
        progress.begin("redact", 4, "parts")
        progress.advance(1, 2_000)
        progress.advance(1)
        progress.end("4 parts, 2 computed")
        progress.begin("mentions", 0, "parts")
        progress.end("nothing to do")
        progress.close()
    assert isinstance(progress, BarProgress)
    assert progress.bars.tasks[0].fields["rows"] == 2_001, "as many rows as parts where nothing is said of rows"
    redact, mentions = drawn_last(terminal)
    assert redact.startswith("redact ")
    assert "4/4" in redact
    assert "rows/s" in redact
    assert redact.endswith("4 parts, 2 computed")
    assert mentions.startswith("mentions ")
    assert mentions.endswith("nothing to do")


@pytest.mark.parametrize(("screen", "quiet"), [(Terminal(), True), (io.StringIO(), True), (io.StringIO(), False)])
def test_bars_are_for_terminals_alone_and_never_for_who_wants_quiet(screen: io.StringIO, quiet: bool) -> None:
    with redirect_stderr(screen):
        progress = progress_for(quiet=quiet)
        progress.begin("redact", 1, "parts")
        progress.advance(1)
        progress.end("done")
        progress.close()
    said = screen.getvalue()
    assert said == "" if quiet else said.startswith("redact    done  (")
