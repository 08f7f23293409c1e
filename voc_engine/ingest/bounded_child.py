"""The child process of ``bounded``: limits first, then the job. Run as a file; imports nothing of the package."""

from __future__ import annotations

import json
import logging
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
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


def answer(job: str, data: bytes) -> dict[str, Any]:
    """What the job gives; every fault in it as {"fault": ...}."""
    loader = SourceFileLoader("job", job)
    spec = spec_from_loader("job", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    try:
        return dict(module.run(data))
    except MemoryError:
        return {"fault": "it needs more memory than a file may use"}
    except RecursionError:
        return {"fault": "it is nested too deeply"}
    except Exception as error:
        return {"fault": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    # Only the file's words may reach the parent, not a library's warnings about each odd byte.
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    limit(int(sys.argv[2]), int(sys.argv[3]))
    json.dump(answer(sys.argv[1], sys.stdin.buffer.read()), sys.stdout)
