"""A process that has loaded every library of a run and used none: each run is a fork of it, which may kill itself.

Started as a program. Each line of its input is a run (JSON: when, number, arguments, folder, told), each of its output the
exit code of one. A process of its own for each run would spend nine tenths of its time on imports.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

LIBRARIES = ("datasketch", "duckdb", "pandas", "sklearn.cluster", "sklearn.feature_extraction.text", "spacy", "torch")


def kill_at(when: str, number: int) -> None:
    """Dies right before or right after the n-th file takes its name: more exact than any kill from outside."""
    real, seen = os.replace, 0

    def counted(source: Any, target: Any, **given: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        real(source, target, **given)
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = counted


def run(order: dict[str, Any]) -> int:
    """The run in this process; its exit code."""
    from voc_engine.cli import main

    os.chdir(order["folder"])
    told = os.open(order["told"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, sys.stdout.fileno())
    os.dup2(told, sys.stderr.fileno())
    sys.argv = ["voc", *order["arguments"]]
    kill_at(order["when"], order["number"])
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def serve() -> None:
    from voc_engine.pipeline import FLOW, PASSES

    import_module("voc_engine.interface.running")
    for library in LIBRARIES:
        import_module(library)
    for one in (*FLOW, *PASSES):
        one.load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            code = run(json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve()
