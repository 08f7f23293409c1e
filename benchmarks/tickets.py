"""A million synthetic tickets read, redacted and written: rows per second, and peak memory for each tenth of the work.

python -m benchmarks.tickets [--rows 1000000] [--workers 2] [--until segment|embed] [--names] [--keep FOLDER]

Processor time is told beside wall time, which says little on a machine that does other work as well. Memory is that of
this run's processes together, the parent's by itself beside it, sampled ten times a second (resident pages; shared ones
count in each process). The ratio is to the least that could be done with the same rows: json.loads of every line and
pyarrow's writing of the columns, in one process.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.ticket_dump import lines, write_dump

NAMES_SAMPLE = 20_000
_STAGES = ("ingest", "redact", "copies", "segment")
_ROWS_AT_ONCE = 50_000


@dataclass(frozen=True)
class Sample:
    """``parts`` written so far by stage, and resident memory in MB."""

    seconds: float
    parts: tuple[int, ...]
    parent: float
    together: float


def main() -> None:
    """Make the dump, run the engine over it in a process of its own, watch it, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tickets", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=1, help="files that the rows are shared out among")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--until", choices=("segment", "embed"), default="segment", help="first stage not to run")
    parser.add_argument("--names", action="store_true", help="find names by the language model, on 20,000 rows")
    parser.add_argument("--way", choices=("list", "cues"), default="list", help="how names are found without it")
    parser.add_argument("--keep", type=Path, help="folder to work in and to leave; a temporary one when absent")
    parser.add_argument("--alone", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        _run(given.alone, given.workers, given.until)
        return
    rows = min(given.rows, NAMES_SAMPLE) if given.names else given.rows
    with tempfile.TemporaryDirectory(prefix="voc-tickets-") as temporary:
        folder = given.keep or Path(temporary)
        size = write_dump(folder, rows, given.files)
        way = "model" if given.names else given.way
        with open(folder / "voc.toml", "a", encoding="utf-8") as config:
            config.write(f'\n[redact]\nnames = "{way}"\n')
        print(f"{rows:,} tickets, {size / 1e9:.2f} GB of JSON lines, {given.workers} processes, names by {way}")
        samples, timings = _watch(folder, given)
        _print(samples, timings, rows)
        began = sum(os.times()[:2])
        plain = _plain(folder)
        plain_cpu = sum(os.times()[:2]) - began
        spent = timings["ingest"] + timings["redact"]
    print(f"\njson.loads and pyarrow alone: {plain:.1f} s, {rows / plain:,.0f} rows/s")
    print(f"ingest and redact take {spent / plain:.1f} times that, {rows / spent:,.0f} rows/s together")
    print(
        f"processor time: {timings['cpu']:.0f} s, {1000 * timings['cpu'] / rows:.2f} ms a row; alone {plain_cpu:.1f} s"
    )


def _run(folder: Path, workers: int, until: str) -> None:
    from voc_engine.config import load_config
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.progress import PlainProgress
    from voc_engine.runners.workers import ProcessWorkers
    from voc_engine.store.workspace import Workspace

    team = ProcessWorkers(workers)
    state = Engine(load_config(folder / "voc.toml"), folder, Workspace(folder), team, PlainProgress()).execute(until)
    team.close()
    print(json.dumps({**state.timings, "cpu": sum(os.times()[:4])}))


def _watch(folder: Path, given: argparse.Namespace) -> tuple[list[Sample], dict[str, float]]:
    own = ("--alone", str(folder), "--workers", str(given.workers), "--until", given.until)
    began = time.monotonic()
    samples = []
    with subprocess.Popen([sys.executable, "-m", "benchmarks.tickets", *own], stdout=subprocess.PIPE, text=True) as run:
        while run.poll() is None:
            sizes = [_resident(one) for one in _family(run.pid)]
            parts = tuple(_written(folder, stage) for stage in _STAGES)
            samples.append(Sample(time.monotonic() - began, parts, sizes[0], sum(sizes)))
            time.sleep(0.1)
        said = run.stdout.read() if run.stdout else ""
    if run.returncode:
        sys.exit("the run failed")
    return samples, json.loads(said.splitlines()[-1])


def _written(folder: Path, stage: str) -> int:
    place = folder / ".voc" / "parts" / stage
    ending = ".signatures.parquet" if stage == "copies" else ".skipped.parquet"
    return sum(name.endswith(ending) for name in os.listdir(place)) if place.is_dir() else 0


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _print(samples: Sequence[Sample], timings: dict[str, float], rows: int) -> None:
    last = samples[-1].parts
    for place, stage in enumerate(_STAGES):
        if not last[place]:
            continue
        spent = timings.get(stage)
        rate = f": {spent:.1f} s, {rows / spent:,.0f} rows/s" if spent else ""
        print(f"\n{stage}{rate}, {last[place]} parts")
        print(f"  {'tenth':<7}{'seconds':>9}{'rows/s':>9}{'peak MB parent':>16}{'peak MB together':>18}")
        for number, some in enumerate(_tenths(samples, place), 1):
            seconds = some[-1].seconds - some[0].seconds
            rate = f"{rows / 10 / seconds:,.0f}" if seconds else ""
            parent, together = (max(getattr(one, name) for one in some) for name in ("parent", "together"))
            print(f"  {number:<7}{seconds:>9.1f}{rate:>9}{parent:>16,.0f}{together:>18,.0f}")
    print(
        f"\npeak: {max(one.together for one in samples):,.0f} MB together, parent {max(s.parent for s in samples):,.0f} MB"
    )


def _tenths(samples: Sequence[Sample], place: int) -> Iterator[list[Sample]]:
    """The samples of each tenth of a stage's parts."""
    whole = samples[-1].parts[place]
    before = [one.parts[place - 1] for one in samples] if place else [0] * len(samples)
    began = next(row for row, one in enumerate(samples) if not place or before[row] == samples[-1].parts[place - 1])
    for tenth in range(1, 11):
        upto = next(row for row, one in enumerate(samples) if one.parts[place] >= whole * tenth / 10)
        yield list(samples[began : max(upto, began) + 1])
        began = max(upto, began)


def _plain(folder: Path) -> float:
    """Seconds for the same rows without any of the engine's work."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    began = time.monotonic()
    for number, some in enumerate(batched_lines(lines(folder))):
        records = [json.loads(line) for line in some]
        pq.write_table(pa.Table.from_pylist(records), folder / f"plain-{number}.parquet", compression="zstd")
    return time.monotonic() - began


def batched_lines(found: Iterator[str]) -> Iterator[list[str]]:
    """The lines by fifty thousand."""
    while some := list(islice(found, _ROWS_AT_ONCE)):
        yield some


if __name__ == "__main__":
    main()
