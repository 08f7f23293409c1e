"""What a person sees while stages run: one bar per stage on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol


class Progress(Protocol):
    """Told of stages and of rows done."""

    def begin(self, stage: str, total: int, unit: str) -> None: ...
    def advance(self, rows: int) -> None: ...
    def end(self, said: str) -> None: ...
    def close(self) -> None: ...


class PlainProgress:
    """One line per stage on standard error, for logs and pipes. Quiet: no line at all."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.stage = ""
        self.started = 0.0

    def begin(self, stage: str, total: int, unit: str) -> None:
        self.stage, self.started = stage, time.monotonic()

    def advance(self, rows: int) -> None:
        """Plain lines come at the end of a stage only."""

    def end(self, said: str) -> None:
        if not self.quiet:
            spent = time.monotonic() - self.started
            print(f"{self.stage:<9} {said}  ({spent:.1f} s)", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Nothing is held open."""


class BarProgress:
    """One bar per stage with rows per second and time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars
        from rich.text import Text

        class Rate(ProgressColumn):
            """Rows per second."""

            def render(self, task: Any) -> Text:
                return Text(f"{task.speed:,.0f} {task.fields['unit']}/s" if task.speed else "", style="dim")

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
        self.task = self.bars.add_task(stage, total=max(total, 1), unit=unit, said="")

    def advance(self, rows: int) -> None:
        self.bars.advance(self.task, rows)

    def end(self, said: str) -> None:
        task = next(one for one in self.bars.tasks if one.id == self.task)
        self.bars.update(self.task, completed=task.total, said=said)

    def close(self) -> None:
        self.bars.stop()


def progress_for(*, quiet: bool) -> Progress:
    """Bars on a terminal, plain lines elsewhere, nothing when quiet."""
    return BarProgress() if sys.stderr.isatty() and not quiet else PlainProgress(quiet=quiet)
