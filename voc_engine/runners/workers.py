"""Where tasks run: in this process, or in several. The tasks and their results are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Protocol

from voc_engine.errors import ConfigError, StageError, nearest

Task = Callable[..., Any]


class Workers(Protocol):
    """Runs a function over argument tuples; results come in any order, so no result may depend on it."""

    def map(self, function: Task, arguments: Sequence[tuple[Any, ...]]) -> Iterator[Any]: ...
    def close(self) -> None: ...


class LocalWorkers:
    """One after the other, in this process."""

    def map(self, function: Task, arguments: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        for one in arguments:
            yield function(*one)

    def close(self) -> None:
        """Nothing is held open."""


class ProcessWorkers:
    """Several processes on this machine, started afresh (spawn) so that no library state is inherited."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or os.cpu_count() or 1
        self.pool: ProcessPoolExecutor | None = None

    def map(self, function: Task, arguments: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        if not arguments:
            return
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.count, mp_context=get_context("spawn"), initializer=_end_with_parent)
        futures = [self.pool.submit(function, *one) for one in arguments]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BaseException as error:
            for future in futures:
                future.cancel()
            if type(error).__name__ == "BrokenProcessPool":
                raise StageError(
                    "A worker process died.",
                    found="killed, or out of memory",
                    do="run the same command again to resume",
                ) from error
            raise

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Workers of a killed run would wait for tasks for ever, each with a language model in memory."""

    def watch() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def workers_for(runner: str, count: int | None) -> Workers:
    """The workers of a runner's name: local or processes."""
    if runner == "local":
        return LocalWorkers()
    if runner == "processes":
        return ProcessWorkers(count)
    raise ConfigError(f"There is no runner named {runner!r}.", do=nearest(runner, ("local", "processes")))
