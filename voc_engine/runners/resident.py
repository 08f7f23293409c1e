"""How much memory a run holds at this moment, its worker processes together."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path


def resident_mb() -> float:
    """Resident memory of this process and of all below it, MB. Pages that several share count in each.

    Where the system does not tell (macOS), the largest that this process alone ever had.
    """
    processes = [os.getpid()]
    for process in processes:
        processes += _children(process)
    together = sum(_pages(one) for one in processes) * os.sysconf("SC_PAGE_SIZE") / 1e6
    if together:
        return together
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / 1e6 if sys.platform == "darwin" else largest / 1e3


def _children(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]
    except OSError:
        return []


def _pages(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
