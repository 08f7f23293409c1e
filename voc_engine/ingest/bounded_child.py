"""The child process of ``bounded``: each job in a fork of it, limits first. Run as a file; imports nothing of the package.

One line of its input (JSON: job, memory, seconds, size) and ``size`` bytes of a file are an order; its output is a line
(JSON: code, size) and that many bytes that the fork wrote. A job's library is loaded once, by the first order for it: that
takes many times as long as a small file does. What a file does to a fork ends with the fork, and no file meets another.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType
from typing import Any


def limit(memory: int, seconds: int) -> None:
    """Bounds of this process: bytes of memory, seconds of computing, no file written. Does nothing on Windows."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
        _, ceiling = resource.getrlimit(what)
        bound = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(what, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@cache
def module_of(job: str) -> ModuleType:
    """The job's Python file, with the libraries that it names at its head."""
    loader = SourceFileLoader("job", job)
    spec = spec_from_loader("job", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def answer(module: ModuleType, data: bytes) -> dict[str, Any]:
    """What the job gives; every fault in it as {"fault": ...}."""
    try:
        return dict(module.run(data))
    except MemoryError:
        return {"fault": "it needs more memory than a file may use"}
    except RecursionError:
        return {"fault": "it is nested too deeply"}
    except Exception as error:
        return {"fault": f"{type(error).__name__}: {error}"}


def bounded_answer(module: ModuleType, data: bytes, order: dict[str, Any]) -> bytes:
    """The answer as JSON, under the limits of the order, which hold for this process from now on."""
    limit(int(order["memory"]), int(order["seconds"]))
    return json.dumps(answer(module, data)).encode()


def forked_answer(module: ModuleType, data: bytes, order: dict[str, Any]) -> tuple[int, bytes]:
    """(exit code, what was written) of a fork of this process; the code is negative where a signal ended it."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as sink:
                sink.write(bounded_answer(module, data, order))
            code = 0
        finally:
            # Nothing of this process may be flushed or cleared away twice.
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        written = source.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), written


def serve() -> None:
    """Orders until there are no more; where processes cannot be forked only the first, in this process."""
    orders, told = sys.stdin.buffer, sys.stdout.buffer
    for line in orders:
        order = json.loads(line)
        data = orders.read(int(order["size"]))
        module = module_of(order["job"])
        forks = hasattr(os, "fork")
        code, written = forked_answer(module, data, order) if forks else (0, bounded_answer(module, data, order))
        told.write(json.dumps({"code": code, "size": len(written)}).encode() + b"\n" + written)
        told.flush()
        if not forks:
            break


if __name__ == "__main__":
    # Only the file's words may reach the parent, not a library's warnings about each odd byte.
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    serve()
