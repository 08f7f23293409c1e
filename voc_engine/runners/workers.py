"""Where tasks run: in this process, in several, or on a cluster. The tasks and their results are the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, Protocol

from voc_engine.errors import ConfigError, StageError, nearest

Task = Callable[..., Any]


class Workers(Protocol):
    """Runs a function over argument tuples; results come in any order, so no result may depend on it.

    Arguments are taken as they are needed: there may be many, and each may be large. ``several``: more than one works at
    a time.
    """

    several: bool

    def map(self, function: Task, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]: ...
    def rest(self) -> None: ...
    def close(self) -> None: ...


class LocalWorkers:
    """One after the other, in this process."""

    several = False

    def map(self, function: Task, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        for task in arguments:
            yield function(*task)

    def rest(self) -> None:
        """There is nothing to end."""

    def close(self) -> None:
        """Nothing is held open."""


class ProcessWorkers:
    """Several processes on this machine, started afresh (spawn) so that no library state is inherited."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or os.cpu_count() or 1
        self.several = self.count > 1
        self.pool: ProcessPoolExecutor | None = None

    def map(self, function: Task, arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        waiting = iter(arguments)
        futures: set[Future[Any]] = set()
        try:
            while True:
                # As many again wait as are worked on, so that no process is idle while this one prepares the next.
                for task in islice(waiting, 2 * self.count - len(futures)):
                    futures.add(self._submit(function, task))
                if not futures:
                    return
                done, futures = wait(futures, return_when=FIRST_COMPLETED)
                for future in done:
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

    def _submit(self, function: Task, arguments: tuple[Any, ...]) -> Future[Any]:
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.count, mp_context=get_context("spawn"), initializer=_end_with_parent)
        return self.pool.submit(function, *arguments)

    def rest(self) -> None:
        """End the processes, with all that they hold in memory; a later ``map`` starts others."""
        self.close()
        self.pool = None

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


RUNNERS = ("local", "processes", "dask")


def workers_for(runner: str, count: int | None, scheduler: str | None = None) -> Workers:
    """The workers of a runner's name, one of ``RUNNERS``. ``count`` is for processes, ``scheduler`` for dask: its address.

    Raises ConfigError for another name, for what has no meaning for the runner, and where Dask is missing.
    """
    if runner not in RUNNERS:
        raise ConfigError(f"There is no runner named {runner!r}.", do=nearest(runner, RUNNERS))
    if count is not None and runner != "processes":
        raise ConfigError(
            f"A number of workers has no meaning for the {runner} runner.",
            do='choose the runner "processes" (--runner processes), or leave the number out (--workers)',
        )
    if (scheduler is None) == (runner == "dask"):
        raise ConfigError(
            "The runner dask and the address of a scheduler belong together.",
            found=f"runner {runner!r}, {'no address' if scheduler is None else 'an address'}",
            do="give both: --runner dask --scheduler tcp://ADDRESS:8786, as 'dask scheduler' prints it",
        )
    if scheduler is not None:
        from voc_engine.runners.dask_workers import DaskWorkers

        return DaskWorkers(scheduler)
    return LocalWorkers() if runner == "local" else ProcessWorkers(count)
