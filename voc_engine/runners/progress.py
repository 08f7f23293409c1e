"""What a person sees while stages run: one bar per stage on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from voc_engine.runners.resident import resident_mb

# Seconds between two plain lines of one stage.
_BETWEEN = 60.0


class Progress(Protocol):
    """Told of stages, of what is done of them in their unit, and of the rows that it held (as many, if not said)."""

    def begin(self, stage: str, total: int, unit: str) -> None: ...
    def advance(self, amount: int, rows: int | None = None) -> None: ...
    def end(self, message: str) -> None: ...
    def close(self) -> None: ...


class PlainProgress:
    """One line per stage on standard error, for logs and pipes, and one a minute while it goes on. Quiet: no line at all."""

    def __init__(self, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.quiet, self.clock = quiet, clock
        self.stage = self.unit = ""
        self.started = self.told = 0.0
        self.total = self.done = self.rows = 0

    def begin(self, stage: str, total: int, unit: str) -> None:
        self.stage, self.total, self.unit = stage, total, unit
        self.started = self.told = self.clock()
        self.done = self.rows = 0

    def advance(self, amount: int, rows: int | None = None) -> None:
        self.done += amount
        self.rows += amount if rows is None else rows
        now = self.clock()
        if now - self.told < _BETWEEN or self.quiet:
            return
        self.told = now
        seconds_left = (now - self.started) * (self.total - self.done) / max(1, self.done)
        self._line(f"{self.done:,} of {self.total:,} {self.unit}, about {told_time(seconds_left)} left", now)

    def end(self, message: str) -> None:
        if not self.quiet:
            self._line(message, self.clock())

    def _line(self, message: str, now: float) -> None:
        spent = now - self.started
        rate = f", {self.rows / spent:,.0f} rows/s" if self.rows and spent else ""
        print(f"{self.stage:<9} {message}  ({spent:.1f} s{rate}, {resident_mb():,.0f} MB)", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Nothing is held open."""


class BarProgress:
    """One bar per stage with rows per second, time left and memory."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars
        from rich.text import Text

        class Rate(ProgressColumn):
            """Rows per second, and memory while the stage goes on."""

            max_refresh = 0.5

            def render(self, task: Any) -> Text:
                rows, spent = task.fields["rows"], task.finished_time or task.elapsed
                rate = f"{rows / spent:,.0f} rows/s" if rows and spent else ""
                memory = "" if task.finished else f"{resident_mb():,.0f} MB"
                return Text(" ".join(filter(None, (rate, memory))), style="dim")

        columns = (
            TextColumn("{task.description:<9}"),
            BarColumn(),
            MofNCompleteColumn(),
            Rate(),
            TimeRemainingColumn(),
        )
        self.bars = Bars(*columns, TextColumn("{task.fields[said]}"), console=Console(stderr=True))
        self.task: Any = None
        self.bars.start()

    def begin(self, stage: str, total: int, unit: str) -> None:
        self.task = self.bars.add_task(stage, total=max(total, 1), rows=0, said="")

    def advance(self, amount: int, rows: int | None = None) -> None:
        task = next(one for one in self.bars.tasks if one.id == self.task)
        self.bars.update(self.task, advance=amount, rows=task.fields["rows"] + (amount if rows is None else rows))

    def end(self, message: str) -> None:
        task = next(one for one in self.bars.tasks if one.id == self.task)
        self.bars.update(self.task, completed=task.total, said=message)

    def close(self) -> None:
        self.bars.stop()


# Up to here "75 s" and "75 min" are read more easily than minutes and hours.
_ROUNDED_FROM = 90


def told_time(seconds: float) -> str:
    """ "40 s", "12 min", "2 h 10 min"."""
    if seconds < _ROUNDED_FROM:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < _ROUNDED_FROM else f"{minutes // 60} h {minutes % 60:02d} min"


def progress_for(*, quiet: bool) -> Progress:
    """Bars on a terminal, plain lines elsewhere, nothing when quiet."""
    return BarProgress() if sys.stderr.isatty() and not quiet else PlainProgress(quiet=quiet)
