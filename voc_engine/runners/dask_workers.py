"""Tasks on a cluster of machines, handed out by a Dask scheduler; the workspace and the sources lie in a shared folder.

Dask keeps no result of the engine: a task reads parts from the shared folder and writes parts into it, and what comes
back is a number. So a worker may die at any moment, and what it was doing is done again by another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

import voc_engine
from voc_engine.errors import ConfigError, StageError, VocError
from voc_engine.runners.fingerprint import library_versions, version_of

# Seconds until a scheduler has to answer, and until the first worker has to be there.
_ANSWERS = 30
_JOINS = 300
_AGAIN = "run the same command again to resume"
_ONE_AT_A_TIME = Lock()


class Job:
    """A task on its way. It shows nothing of what it carries: Dask writes what it shows into the logs of workers."""

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], shared: Sequence[Path]) -> None:
        """``shared`` are files that a worker has to see, or it would write where nobody looks."""
        self._function, self._arguments = function, arguments
        self._code, self._versions = code_here(), library_versions()
        # A source that is not there would be set aside as unreadable.
        self._paths = [*shared, *(one for one in arguments if isinstance(one, Path) and one.exists())]

    def __repr__(self) -> str:
        return f"Job({self._function.__name__})"

    def done(self) -> Any:
        """What the function gives, or the error that it raised: one that is raised is logged with its arguments."""
        try:
            self._check()
            # Models and tokenizers are no safer for several threads of one process than they need to be elsewhere.
            with _ONE_AT_A_TIME:
                return self._function(*self._arguments)
        except Exception as error:
            return Failed(error)

    def _check(self) -> None:
        if self._code != code_here():
            raise ConfigError(
                "A worker runs another version of voc_engine.",
                found=f"voc_engine {voc_engine.__version__} with other code than here",
                do="install the same version on every machine, and start the workers again",
            )
        if other := sorted(name for name, number in self._versions.items() if version_of(name) not in (number, None)):
            differing = ", ".join(f"{name} {version_of(name)} in place of {self._versions[name]}" for name in other)
            raise ConfigError(
                "A worker has other versions of libraries; its results could differ.",
                found=differing,
                do="install the same versions everywhere (pip install -c constraints.txt), and start the workers again",
            )
        lost = [str(path) for path in self._paths if not path.exists()]
        if lost:
            raise StageError(
                "A worker does not see the files of the study.",
                found=f"no {lost[0]} there",
                do="put the study and its workspace into a folder that every machine has under the same path",
            )


class Failed:
    """An error as the result of a task."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __repr__(self) -> str:
        return f"Failed({type(self.error).__name__})"


def do(job: Job) -> Any:
    """What a worker is asked to do."""
    return job.done()


@cache
def code_here() -> str:
    """Hash of every module of the program as it is installed here."""
    digest = blake2b(digest_size=8)
    folder = Path(voc_engine.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


class DaskWorkers:
    """The workers of a Dask scheduler, as many as there are at any time."""

    several = True

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ImportError as error:
            raise ConfigError(
                "The runner dask needs Dask, which is not installed.",
                found="no package named distributed",
                do="install it here and on every machine of the cluster: pip install 'voc_engine[dask]'",
            ) from error
        self.address, self._distributed = address, distributed
        try:
            self._client = distributed.Client(address, timeout=_ANSWERS, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ConfigError(
                f"No Dask scheduler answers at {address}.",
                found=str(error)[:200],
                do="start one with 'dask scheduler', and give the address that it prints to --scheduler",
            ) from error

    def map(self, function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """The results in the order in which they come. Raises StageError where the cluster is lost."""
        waiting, run, number = set[Any](), token_hex(4), 0
        beacons: dict[Path, Path] = {}
        jobs = (Job(function, one, _beacons_for(one, beacons, run)) for one in arguments)
        try:
            while True:
                # As many again wait as are worked on; workers that join or die in the meantime are counted.
                for job in islice(jobs, max(0, self._room() - len(waiting))):
                    key, number = f"{function.__name__}-{run}-{number}", number + 1
                    waiting.add(self._client.submit(do, job, key=key, pure=False))
                if not waiting:
                    return
                with self._client.as_current():
                    done, waiting = self._distributed.wait(waiting, return_when="FIRST_COMPLETED")
                for future in done:
                    yield _result(future)
        except VocError:
            raise
        except Exception as error:
            lost = self._lost(error)
            if lost is None:
                raise
            raise lost from error
        finally:
            with suppress(Exception):
                if waiting:
                    self._client.cancel(list(waiting))
            for beacon in beacons.values():
                beacon.unlink(missing_ok=True)

    def _room(self) -> int:
        if not self._client.nthreads():
            self._client.wait_for_workers(1, timeout=_JOINS)
        return max(2 * sum(int(threads) for threads in self._client.nthreads().values()), 2)

    def _lost(self, error: Exception) -> StageError | None:
        if type(error).__name__ == "KilledWorker":
            return StageError(
                "A part was tried on several workers, and each of them died.",
                found="killed, or out of memory",
                do=f"give the workers more memory, or set a smaller [study] part_rows; then {_AGAIN}",
            )
        if isinstance(error, TimeoutError):
            return StageError(
                f"No worker has joined the scheduler at {self.address}.",
                found=f"none within {_JOINS} seconds",
                do=f"start workers with 'dask worker {self.address}', then {_AGAIN}",
            )
        # A future of a scheduler that is gone is cancelled; what has gone wrong elsewhere is told as it is.
        if not isinstance(error, OSError) and "Cancelled" not in type(error).__name__:
            return None
        return StageError(
            f"The Dask scheduler at {self.address} was lost.",
            found=f"{type(error).__name__}: {error}"[:200],
            do=f"start it and its workers again, then {_AGAIN}",
        )

    def rest(self) -> None:
        """The cluster's workers are others' as well, and their memory is none of this machine's."""

    def close(self) -> None:
        """Leave the cluster; its scheduler and workers go on."""
        with suppress(Exception):
            self._client.close(timeout=_ANSWERS)


def _beacons_for(arguments: tuple[Any, ...], beacons: dict[Path, Path], run: str) -> list[Path]:
    """A file of this run in the folder of parts, a task's first argument: another folder of that path lacks it."""
    root = next((one for one in arguments[:1] if isinstance(one, Path)), None)
    if root is None:
        return []
    if root not in beacons:
        beacon = root / "cluster" / f".{run}.tmp"
        beacon.parent.mkdir(parents=True, exist_ok=True)
        beacon.touch()
        beacons[root] = beacon
    return [beacons[root]]


def _result(future: Any) -> Any:
    result = future.result()
    if isinstance(result, Failed):
        raise result.error
    return result
