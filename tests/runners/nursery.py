"""A process that has loaded every library and every model of a run: each run is a fork of it, which may kill itself.

Started as a program. Each line of its input is a run (JSON: when, number, arguments, folder, told), each of its output the
exit code of one. A process of its own for each run would spend nine tenths of its time on imports and models.
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


def load() -> None:
    from voc_engine.pipeline import FLOW, PASSES

    import_module("voc_engine.interface.running")
    for library in LIBRARIES:
        import_module(library)
    for one in (*FLOW, *PASSES):
        one.load()
    load_models()


def load_models() -> None:
    """Those of a run at its defaults, by reading a sentence that no study holds."""
    import torch

    from voc_engine.config import EmbedConfig
    from voc_engine.interface.labelled import label
    from voc_engine.redact.entity_model import entities
    from voc_engine.registry import component
    from voc_engine.topics.name_grammar import read_like_names

    # A pool of threads that this process had begun would not be there in its forks, which then wait for ever.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    component("embedder", EmbedConfig().model).encode(["The kettle whistles."])
    label(["The kettle whistles."])
    entities("The kettle whistles.")
    read_like_names([])
    torch.set_num_threads(threads)


def serve() -> None:
    load()
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
