"""Reading in a child process: for formats whose library cannot be trusted to end (PDF, RTF).

Each file is read in a process of its own, which has limits of memory and computing time, may write no file, and is given
the bytes and gives back JSON. Whatever happens in it, this process goes on and can say what was wrong.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

from voc_engine.errors import SourceError

MEMORY_BYTES = 2 * 1024**3  # a choice: what a machine of 4 GB can spare
# Far more than a large file needs (1,000 pages of PDF: about 20), so that a slow machine refuses nothing sound.
COMPUTING_SECONDS = 180
_WAITING_SECONDS = 4 * COMPUTING_SECONDS
_CHILD = Path(__file__).with_name("bounded_child.py")


def in_child(
    job: Path, data: bytes, name: str, memory: int = MEMORY_BYTES, seconds: int = COMPUTING_SECONDS
) -> dict[str, Any]:
    """What ``run(data)`` of the Python file ``job`` gives (a dict that JSON can hold), run in a bounded child process.

    ``job`` imports nothing of this package, so that the child starts fast, and its library at its head, so that all files
    share it. Raises SourceError where the child runs out of memory or time, fails, or gives {"fault": what was found,
    "do": what helps}; ``name`` is the file's, for people.
    """
    order = {"job": str(job), "memory": memory, "seconds": seconds, "size": len(data)}
    code, written = _reading(os.getpid()).answer(order, data)
    if code is None:
        raise _refusal(name, "it cannot be read in reasonable time")
    if code < 0:
        raise _refusal(name, f"reading it took more than {seconds} seconds or more than {memory >> 20} MB")
    try:
        answer = json.loads(written)
    except ValueError as error:
        raise _refusal(name, "reading it failed: it gave no answer") from error
    if answer.get("fault"):
        do = answer.get("do") or "save it again from the program that made it, or save it as text"
        raise SourceError(f"{name} cannot be read.", found=str(answer["fault"])[:500], do=do)
    return dict(answer)


def _refusal(name: str, details: str) -> SourceError:
    return SourceError(f"{name} was stopped for safety.", found=details, do="check its origin, or save it as text")


class _Reading:
    """The process whose forks read the files (``bounded_child``): begun with the first file, and again when it is gone.

    It ends by itself when this process does, since then its input ends.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = Lock()

    def answer(self, order: dict[str, Any], data: bytes) -> tuple[int | None, bytes]:
        """(exit code, what was written): the code is None where it took too long, negative where a signal ended it."""
        with self._one_at_a_time:
            process, self._process = self._process, None
            if process is None or process.poll() is not None:
                process = subprocess.Popen(
                    [sys.executable, "-P", str(_CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
            late = Event()
            timer = Timer(_WAITING_SECONDS, _end, [process, late])
            timer.daemon = True
            timer.start()
            try:
                code, written = _exchange(process, order, data)
            except (OSError, ValueError):
                _end(process)
                return (None if late.is_set() else 1), b""
            except BaseException:
                # An interrupt: no later file may be given what belongs to this one.
                _end(process)
                raise
            finally:
                timer.cancel()
            self._process = process
            return code, written


@cache
def _reading(process_id: int) -> _Reading:
    """One for each process: a fork of this one may not read what its parent asked for."""
    return _Reading()


def _exchange(process: subprocess.Popen[bytes], order: dict[str, Any], data: bytes) -> tuple[int, bytes]:
    """One order and its answer. Raises OSError or ValueError where the process is gone."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order).encode() + b"\n" + data)
    process.stdin.flush()
    told = json.loads(process.stdout.readline())
    written = process.stdout.read(int(told["size"]))
    if len(written) != told["size"]:
        raise ValueError("it ended amid its answer")
    return int(told["code"]), written


def _end(process: subprocess.Popen[bytes], late: Event | None = None) -> None:
    """Ends the process and what it has begun; says so in ``late``."""
    if late is not None:
        late.set()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
