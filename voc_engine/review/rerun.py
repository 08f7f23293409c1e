"""Run the study again beside the app, and tell how far it is: decisions go on meanwhile, in a file of their own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

_RUN = "from voc_engine.cli import main; main()"
_INTERVAL = 1.0  # seconds between two looks at what is new


@dataclass
class Rerun:
    """``arguments`` of the command line that runs the study; ``line`` is what it told last, ``code`` how it ended."""

    arguments: Sequence[str]
    line: str = ""
    code: int | None = None
    finished: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return bool(self._tasks)

    def start(self) -> bool:
        """Begin, unless one is under way."""
        if self.running:
            return False
        self.line, self.code = "starting", None
        task = asyncio.get_running_loop().create_task(self._work())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _work(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _RUN, "run", *self.arguments,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            assert process.stderr is not None
            async for line in process.stderr:
                self.line = " ".join(line.decode("utf-8", "replace").split()) or self.line
            self.code = await process.wait()
            self.finished += 1
        finally:
            if process.returncode is None:
                process.terminate()

    async def stop(self) -> None:
        """End a run that is under way; what it has done stays done."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def lines(self, closing: Callable[[], bool]) -> AsyncIterator[str]:
        """What is told while the run goes on and the app is not ``closing``, each line once."""
        before = ""
        while self.running and not closing():
            if self.line != before:
                before = self.line
                yield before
            await asyncio.sleep(_INTERVAL)
