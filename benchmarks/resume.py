"""Kill a run at random moments, give the same command again, compare the bytes with an undisturbed run.

python -m benchmarks.resume CONFIG [--kills 10] [--seed 0] [--runner local] [--longest 60]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Exit code 0 when every table has the same bytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resume", description=__doc__)
    parser.add_argument("config", type=Path)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runner", default="local")
    parser.add_argument(
        "--longest", type=float, default=60.0, help="Seconds after which a run is killed at the latest."
    )
    given = parser.parse_args()
    moments = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="voc-resume-") as folder:
        calm, torn = Path(folder) / "calm", Path(folder) / "torn"
        wanted = _tables(_run(given.config, calm, given.runner, None))
        kills = 0
        while kills < given.kills:
            after = moments.uniform(1.0, given.longest)
            if _run(given.config, torn, given.runner, after) is not None:
                print(f"finished before the kill at {after:.1f} s; starting over in an empty workspace")
                torn = torn.with_name(f"torn-{kills}")
                continue
            kills += 1
            print(f"kill {kills} after {after:.1f} s", flush=True)
        got = _tables(_run(given.config, torn, given.runner, None))
    different = sorted(name for name in wanted.keys() | got.keys() if wanted.get(name) != got.get(name))
    print(f"{len(wanted)} tables compared after {kills} kills: {different or 'all the same bytes'}")
    sys.exit(bool(different))


def _run(config: Path, workspace: Path, runner: str, kill_after: float | None) -> Path | None:
    """Report folder of a finished run, or None when it was killed. Raises SystemExit when it failed by itself."""
    workspace.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "voc_engine", "run", str(config), "--workspace", str(workspace), "--quiet"]
    process = subprocess.Popen(
        [*command, "--runner", runner], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode not in (0, 1):
        sys.exit(f"the run failed by itself with exit code {process.returncode}")
    return Path(said.strip().splitlines()[-1]).parent


def _tables(report: Path | None) -> dict[str, str]:
    if report is None:
        sys.exit("the run did not finish")
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((report / "tables").glob("*.parquet"))
    }


if __name__ == "__main__":
    main()
