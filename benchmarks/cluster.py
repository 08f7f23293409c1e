"""Tickets read, redacted and cut by several processes, and by as many workers of a Dask cluster on this machine.

python -m benchmarks.cluster [--rows 20000] [--workers 2] [--kills 0] [--names list|cues|model]

Prints the seconds of both, their ratio, and whether every part has the same bytes. With --kills workers are killed at
random moments while the cluster works.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
import signal
import tempfile
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.ticket_dump import write_dump

_STAGES = ("ingest", "redact", "segment")


def main() -> None:
    """Exit code 1 where a byte differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--names", choices=("list", "cues", "model"), default="list")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voc-cluster-") as temporary:
        folder = Path(temporary)
        write_dump(folder, given.rows, given.files)
        with open(folder / "voc.toml", "a", encoding="utf-8") as config:
            config.write(f'\n[redact]\nnames = "{given.names}"\n')
        alone = _timed(folder, folder / "processes", given, None)
        together = _with_cluster(folder, folder / "dask", given)
        same = _bytes(folder / "processes") == _bytes(folder / "dask")
    print(f"{given.rows:,} tickets, {given.workers} workers: processes {alone:.1f} s, Dask {together:.1f} s")
    print(f"ratio {together / alone:.2f}; {'the same bytes' if same else 'OTHER BYTES'} after {given.kills} kills")
    raise SystemExit(not same)


def _with_cluster(folder: Path, place: Path, given: argparse.Namespace) -> float:
    from distributed import LocalCluster

    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL, "memory_limit": 0}
    with LocalCluster(n_workers=given.workers, threads_per_worker=1, **quiet) as cluster:
        over = Event()
        killer = Thread(target=_kill, args=(cluster, given.kills, over), daemon=True)
        killer.start()
        spent = _timed(folder, place, given, cluster.scheduler_address)
        over.set()
        killer.join()
        return spent


def _kill(cluster: Any, kills: int, over: Event) -> None:
    draw = random.Random(0)
    for _ in range(kills):
        if over.wait(draw.uniform(1, 8)):
            return
        running = [one.process for one in cluster.workers.values() if one.process is not None and one.process.pid]
        if running:
            os.kill(draw.choice(running).pid, signal.SIGKILL)


def _timed(folder: Path, place: Path, given: argparse.Namespace, scheduler: str | None) -> float:
    from voc_engine.config import load_config
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.progress import PlainProgress
    from voc_engine.runners.workers import workers_for
    from voc_engine.store.workspace import Workspace

    team = workers_for("dask", None, scheduler) if scheduler else workers_for("processes", given.workers)
    engine = Engine(load_config(folder / "voc.toml"), folder, Workspace(place), team, PlainProgress())
    began = time.monotonic()
    engine.execute("embed")
    spent = time.monotonic() - began
    team.close()
    return spent


def _bytes(place: Path) -> dict[str, str]:
    root = place / ".voc" / "parts"
    files = (path for stage in _STAGES for path in sorted((root / stage).glob("*.parquet")))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    main()
