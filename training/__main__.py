"""python -m training: the weights that ship, from the public sets and the project's own labels.

Three stages, each kept in the build folder so that a later one can be repeated alone: the encoder on the public sets
(about 20 minutes on two cores), on the labels (once per fold and once on all, about 10 minutes), and the logistic
heads (a minute). Same data, same library versions and same kind of processor give the same bytes.

Three more make nothing. "agreement": how far two readers of the labels agree. "domains": what a domain without labels
costs. "topics": what the fine-tuned vectors would do to topics.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from training.closeness import topic_figures
from training.domains import domain_figures
from training.report import reading_figures
from training.stages import heads_stage, labels_stage, public_stage
from voc_engine.mentions.heads.extractor import WEIGHTS

_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the named stages in order; all of them when none is named."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "stages",
        nargs="*",
        choices=["public", "labels", "heads", "domains", "topics", "agreement", []],
        help="which to run",
    )
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
    if "agreement" in stages:
        print(reading_figures(_ROOT / "corpora/gold"))
    if "topics" in stages:
        print(topic_figures(data, model / WEIGHTS))
    if "domains" in stages:
        print(domain_figures(data, _ROOT / "corpora/gold"))


if __name__ == "__main__":
    main()
