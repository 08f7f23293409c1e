"""One run in this process, measured per stage; prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    """python -m benchmarks.measure FOLDER RUNNER"""
    from voc_engine.cli.opening import open_study
    from voc_engine.report.publish import publish
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.workers import workers_for

    started = time.monotonic()
    config, folder, place = open_study(sys.argv[1], None)
    meter = Meter()
    team = workers_for(sys.argv[2], None)
    with place.lock():
        state = Engine(config, folder, place, team, meter).execute()
        meter.begin("report", 1, "reports")
        run_id, _ = publish(config, state, place, folder)
        meter.end("")
    team.close()
    rows = _rows(place.report(run_id))
    for row in meter.stages:
        row["rows"] = rows.get(str(row["stage"]), 0)
    print(json.dumps({"wall_s": time.monotonic() - started, "peak_mb": _peak(), "stages": meter.stages}))


class Meter:
    """A progress that keeps seconds and peak memory at the end of each stage."""

    def __init__(self) -> None:
        self.stages: list[dict[str, object]] = []
        self.started = 0.0

    def begin(self, stage: str, total: int, unit: str) -> None:
        self.started = time.monotonic() if not self.stages else self.last
        self.stages.append({"stage": stage})

    def advance(self, amount: int, rows: int | None = None) -> None:
        """Only ends are measured."""

    def end(self, said: str) -> None:
        self.last = time.monotonic()
        self.stages[-1].update(s=self.last - self.started, mb=_peak())

    def close(self) -> None:
        """Nothing is held open."""


def _peak() -> float:
    """Largest resident size so far, MB: of this process, and with --runner processes that of the largest worker on top.

    Without workers the children are left out: a process that a library starts to count the cores is measured with the
    memory of its parent, from which it was forked.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if sys.argv[2] == "processes" else 0
    return (own + workers) / 1024


def _rows(report: Path) -> dict[str, int]:
    from voc_engine.store.query import open_run

    tables = {
        "ingest": "documents", "redact": "documents", "segment": "segments", "embed": "segments",
        "topics": "topic_assignments", "mentions": "segments", "insights": "mentions", "personas": "memberships",
        "empathy": "empathy", "report": "documents",
    }  # fmt: skip
    with open_run(report) as db:
        return {stage: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for stage, table in tables.items()}


if __name__ == "__main__":
    main()
