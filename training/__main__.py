"""python -m training: the weights that ship, from the public sets and the project's own labels.

Three stages: the encoder on the public sets (about 20 minutes on two free cores), on labels read in their windows (as
long), and the calibrated heads (two minutes). The labels stage goes on from the public stage or from shipped weights of
a version before (``--start``). Same data, same start, same library versions and same kind of processor give the same
bytes.

"further" goes on from shipped weights (``--start``) with the last labels and a draw of the earlier ones (ten minutes
on a free core); all that stands on the encoder has to follow. The weights that ship were made before it. "ranked" tells how
well the encoder in ``--model`` ranks documents that taught nothing (a minute), before the rest is made for it.

"reach" measures which columns of the encoders' states are large (a minute); it follows whatever makes an encoder anew.
"second" teaches the second head on the encoder in 8 bits (six minutes), and "heads" follows both.

Two more make what findings stand on. "same-sense": the embedder's upper layers, tuned on pairs (25 minutes on one
free core). "judges": the same without the domains that measure it, then the judge of pairs, with figures.
"claims": the judge of ``voc check`` (five minutes). "members": the judge of a finding's members, with figures, and
"titles": that of their titles (seconds).

"quadrants": how surely a mention stands in its quadrant, on the heads that ship, with figures (half a minute).

"disclosures": the head for what people tell of themselves, on the encoder that ships (five minutes on one free core).

"standing": whether words can stand alone, on the encoder that ships (three minutes). "things": how often each noun is
what a labelled sentence is about (a minute).

"bare-names" fits the classifier of names in texts without capitals, with figures (half a minute).

"answers" fits the scorer of what answers an objection, with figures (a minute), "aims" what tells an aim from an errand
(half a minute). "codes" fits how likely a sentence near to a given code belongs to it, with figures (two minutes).
"near-words" gives words their vectors for the search of the report, which has no encoder (four minutes).

Five more make no weights. "agreement": how far two readers of the labels agree. "severities": how well severity is read, and
what other ways of reading it would give (a minute). "topics": what the fine-tuned vectors
would do to topics. "inputs": what more labels would give and what each input adds (four minutes). "draw": windows for
readers of labels, of the ``--source``, to the build folder.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from training.aim_or_errand import aims_stage
from training.answers import answers_stage
from training.claims import claims_stage
from training.closeness import topic_figures
from training.code_closeness import codes_stage
from training.disclosures import disclosures_stage
from training.draw import write_windows
from training.encoder_reach import reach_stage
from training.inputs import inputs_stage
from training.judges import scorer_stage
from training.members import members_stage
from training.names_in_small import bare_names_stage
from training.nouns_of_things import things_stage
from training.ranked import ranked_stage
from training.report import reading_figures, window_agreement
from training.second import second_stage
from training.severity_ways import severities_stage
from training.stages import further_stage, heads_stage, labels_stage, public_stage, quadrants_stage
from training.standing import standing_stage
from training.title_labels import titles_stage
from training.upper_layers import same_sense_stage
from training.word_table import near_words_stage
from voc_engine.mentions.heads.extractor import WEIGHTS

_ROOT = Path(__file__).resolve().parents[1]
_STAGES = (
    "public",
    "labels",
    "further",
    "reach",
    "second",
    "heads",
    "quadrants",
    "disclosures",
    "standing",
    "things",
    "same-sense",
    "judges",
    "claims",
    "members",
    "titles",
    "answers",
    "aims",
    "bare-names",
    "codes",
    "near-words",
    "topics",
    "ranked",
    "severities",
    "inputs",
    "agreement",
    "draw",
)


def main() -> None:
    """Run the named stages in order; all of them when none is named."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "stages",
        nargs="*",
        choices=[*_STAGES, []],
        help="which to run",
    )
    parser.add_argument("--shared", default=os.environ.get("VOC_SHARED", str(_ROOT.parent / "shared")), help="data")
    parser.add_argument(
        "--source", help="what to draw from, a path below the data folder that training/draw.py can read"
    )
    parser.add_argument("--lines", type=int, default=250, help="how many lines to label are drawn")
    parser.add_argument("--start", help="weights that the labels stage goes on from, instead of the public stage's")
    parser.add_argument("--build", default=str(_ROOT / "build" / "training"), help="what lies between the stages")
    parser.add_argument("--model", default=str(_ROOT / "voc_engine/mentions/heads/model"), help="where weights go")
    chosen = parser.parse_args()
    data, build, model = Path(chosen.shared) / "data", Path(chosen.build), Path(chosen.model)
    for folder in (build, model):
        folder.mkdir(parents=True, exist_ok=True)
    stages = chosen.stages or ["public", "labels", "reach", "second", "heads", "quadrants"]
    if "public" in stages:
        public_stage(data, build)
    if "labels" in stages:
        start = Path(chosen.start) if chosen.start else build / "public.safetensors"
        labels_stage(data, _ROOT / "corpora/gold", start, model)
    if "further" in stages:
        further_stage(data, _ROOT / "corpora/gold", Path(chosen.start or model / WEIGHTS), model)
    if "reach" in stages:
        reach_stage(data, model, _ROOT / "voc_engine/embed/model")
    if "second" in stages:
        second_stage(data, _ROOT / "corpora/gold", model)
    if "heads" in stages:
        print(heads_stage(data, _ROOT / "corpora/gold", model))
    _further(data, build, model, stages)
    _of_findings(data, stages)
    _measured(data, build, model, stages, chosen)


def _measured(data: Path, build: Path, model: Path, stages: list[str], chosen: argparse.Namespace) -> None:
    """What makes no weights."""
    if "agreement" in stages:
        print(reading_figures(_ROOT / "corpora/gold"), window_agreement(_ROOT / "corpora/gold"), sep="\n\n")
    if "draw" in stages:
        print(write_windows(data, chosen.source, chosen.lines, build))
    if "topics" in stages:
        print(topic_figures(data, model / WEIGHTS))
    if "ranked" in stages:
        print(ranked_stage(data, _ROOT / "corpora/gold", model))
    if "severities" in stages:
        print(severities_stage(data, _ROOT / "corpora/gold", model))
    if "inputs" in stages:
        print(inputs_stage(data, _ROOT / "corpora/gold", model))


def _of_findings(data: Path, stages: list[str]) -> None:
    """What judges claims, the members of findings, and their things."""
    gold, judges = _ROOT / "corpora/gold", _ROOT / "voc_engine/insights/model"
    if "claims" in stages:
        print(claims_stage(data, gold, judges))
    if "members" in stages:
        print(members_stage(gold, judges))
    if "titles" in stages:
        print(titles_stage(gold, judges))
    if "things" in stages:
        print(things_stage(data, gold, judges))


def _further(data: Path, build: Path, model: Path, stages: list[str]) -> None:
    """The heads for disclosures and for what stands alone; the embedder's upper layers, and the judges of findings."""
    gold, judges = _ROOT / "corpora/gold", _ROOT / "voc_engine/insights/model"
    if "disclosures" in stages:
        print(disclosures_stage(data, gold, build, model))
    if "same-sense" in stages:
        same_sense_stage(data, gold, _ROOT / "voc_engine/embed/model", held=False)
    if "judges" in stages:
        same_sense_stage(data, gold, build, held=True)
        print(scorer_stage(data, gold, build / "same_sense.safetensors", judges))
    if "bare-names" in stages:
        print(bare_names_stage(data, _ROOT / "corpora/redaction", _ROOT / "voc_engine/redact/model"))
    if "codes" in stages:
        print(codes_stage(data, _ROOT / "voc_engine/codebook/code_likeness.json"))
    if "near-words" in stages:
        print(near_words_stage(data, _ROOT / "voc_engine/language/model/near_words.safetensors"))
    if "quadrants" in stages:
        print(quadrants_stage(data, gold, model))
    if "standing" in stages:
        print(standing_stage(data, gold, model, judges))
    _of_cards(data, gold, _ROOT / "voc_engine/personas/model", stages)


def _of_cards(data: Path, gold: Path, model: Path, stages: list[str]) -> None:
    """What cards of personas stand on."""
    if "answers" in stages:
        print(answers_stage(data, gold, model))
    if "aims" in stages:
        print(aims_stage(data, gold, model))


if __name__ == "__main__":
    main()
