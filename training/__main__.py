"""python -m training: the weights that ship, from the public sets and the project's own labels.

Three stages, each kept in the build folder so that a later one can be repeated alone: the encoder on the public sets
(about 20 minutes on two cores), on the labels (once per fold and once on all, about 10 minutes), and the logistic
heads (2 minutes). Same data, same library versions and same kind of processor give the same bytes.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from training.stages import heads_stage, labels_stage, public_stage

_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the named stages in order; all of them when none is named."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("stages", nargs="*", choices=["public", "labels", "heads", []], help="which to run")
    parser.add_argument("--shared", default=os.environ.get("VOC_SHARED", str(_ROOT.parent / "shared")), help="data")
    parser.add_argument("--build", default=str(_ROOT / "build" / "training"), help="what lies between the stages")
    parser.add_argument("--model", default=str(_ROOT / "voc_engine/mentions/heads/model"), help="where weights go")
    chosen = parser.parse_args()
    data, build, model = Path(chosen.shared) / "data", Path(chosen.build), Path(chosen.model)
    for folder in (build, model):
        folder.mkdir(parents=True, exist_ok=True)
    stages = chosen.stages or ["public", "labels", "heads"]
    if "public" in stages:
        public_stage(data, build)
    if "labels" in stages:
        labels_stage(data, _ROOT / "corpora/gold", build, model)
    if "heads" in stages:
        heads_stage(data, _ROOT / "corpora/gold", build, model)


if __name__ == "__main__":
    main()
