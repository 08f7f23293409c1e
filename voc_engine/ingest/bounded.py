"""Reading in a child process: for formats whose library cannot be trusted to end (PDF, RTF).

The child has its own limits of memory and computing time, may write no file, and is given the bytes and gives back
JSON. Whatever happens in it, this process goes on and can say what was wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
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

    ``job`` imports nothing of this package, so that the child starts fast. Raises SourceError where the child runs out
    of memory or time, fails, or gives {"fault": what was found, "do": what helps}; ``name`` is the file's, for people.
    """
    command = [sys.executable, "-P", str(_CHILD), str(job), str(memory), str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_WAITING_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _refusal(name, "it cannot be read in reasonable time") from error
    if done.returncode < 0:
        raise _refusal(name, f"reading it took more than {seconds} seconds or more than {memory >> 20} MB")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
        raise _refusal(name, f"reading it failed: {lines[-1][:300]}") from error
    if answer.get("fault"):
        do = answer.get("do") or "save it again from the program that made it, or save it as text"
        raise SourceError(f"{name} cannot be read.", found=str(answer["fault"])[:500], do=do)
    return dict(answer)


def _refusal(name: str, details: str) -> SourceError:
    return SourceError(f"{name} was stopped for safety.", found=details, do="check its origin, or save it as text")
