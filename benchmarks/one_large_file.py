"""One file of tickets read by one process and by all, and up to sentences: the same parts, in what time.

python -m benchmarks.one_large_file [--tickets 100000] [--workers 2]

Tickets are made of real sentences (``benchmarks.real_tickets``). Each way is a run of its own in a fresh process and folder,
one after the other; processor time is that of all its processes, since on a machine that does other work as well wall time
says little.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.real_tickets import write_tickets

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parent.parent.parent / "shared"))
_STAGES = ("ingest", "pseudonyms", "redact", "copies", "segment")


def main() -> None:
    """Print one line for each way, and how they compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one_large_file", description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(_run(given.alone, given.workers)))
        return
    with tempfile.TemporaryDirectory(prefix="voc-large-") as temporary:
        ways = {count: Path(temporary) / f"by-{count}" for count in (1, given.workers)}
        results = {}
        for count, folder in ways.items():
            write_tickets(folder, SHARED, given.tickets)
            own = ("--alone", str(folder), "--workers", str(count))
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.one_large_file", *own], stdout=subprocess.PIPE, text=True, check=True
            )
            results[count] = json.loads(done.stdout.splitlines()[-1])
    for count, result in results.items():
        seconds = ", ".join(f"{name} {result['timings'][name]:.0f}" for name in _STAGES)
        rate = given.tickets / result["processor"]
        print(f"{count} workers: {result['processor']:.0f} s of processor time, {rate:,.0f} tickets a second of it")
        print(f"  wall time by stage: {seconds} s")
    one, several = results[1], results[given.workers]
    reading = several["timings"]["ingest"] / one["timings"]["ingest"]
    print(f"{given.workers} workers against one: reading takes {reading:.2f} of the wall time,")
    print(f"  all {several['processor'] / one['processor']:.2f} of the processor time;", end=" ")
    print("the same bytes" if one["parts"] == several["parts"] else "PARTS DIFFER")


def _run(folder: Path, workers: int) -> dict[str, Any]:
    from voc_engine.config import load_config
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.workers import ProcessWorkers
    from voc_engine.store.workspace import Workspace

    team, workspace = ProcessWorkers(workers), Workspace(folder)
    state = Engine(load_config(folder / "voc.toml"), folder, workspace, team).execute("drawing")
    team.close()
    digest = sha256()
    for stage in ("ingest", "redact", "segment"):
        for part in state.parts[stage]:
            for path in sorted((workspace.parts.root / stage).glob(f"{part}.*.parquet")):
                digest.update(path.read_bytes())
    return {"timings": state.timings, "processor": sum(os.times()[:4]), "parts": digest.hexdigest()}


if __name__ == "__main__":
    main()
