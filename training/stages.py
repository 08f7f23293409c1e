"""The three stages, from files to files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.batches import Encoded as TrainingText
from training.gold import labelled
from training.labels_encoder import FOLDS, blended, example_of, folds_of, replayed, tuned
from training.public_encoder import RECIPE as PUBLIC_RECIPE
from training.public_encoder import encoded_with, fresh_network, public_examples
from training.report import head_figures
from training.stack import fit_heads, targets_of
from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.heads.encoder import LOGITS, Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import WEIGHTS, seen_features
from voc_engine.mentions.heads.features import ngrams
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.mentions.heads.linear import save_heads
from voc_engine.mentions.heads.weights import load_network, save_network
from voc_engine.mentions.language import parse
from voc_engine.mentions.rules import analyse, sentence_key


def public_stage(data: Path, build: Path) -> None:
    """Write build/public.safetensors, all of the network in full precision."""
    from safetensors.torch import save_file

    from training.fit import fit

    network, tokenizer = fresh_network()
    encoded = encoded_with(public_examples(data), network.encoder, tokenizer)
    fit(network, encoded, PUBLIC_RECIPE)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, build / "public.safetensors")


def labels_stage(data: Path, gold: Path, build: Path, model: Path) -> None:
    """Write the shipped encoder, and build/unseen.npy: each labelled sentence's logits from a network without its fold."""
    from safetensors.torch import load_file

    rows = labelled(data, gold)
    start, tokenizer = fresh_network()
    own = encoded_with([example_of(row) for row in rows], start.encoder, tokenizer)
    public = encoded_with(replayed(public_examples(data), len(own)), start.encoder, tokenizer)
    beginning = load_file(build / "public.safetensors")

    def made(chosen: Sequence[TrainingText], name: str) -> Path:
        path = build / f"{name}.safetensors"
        save_network(tuned(start, chosen, public), path)
        fresh = fresh_network()[0]
        fresh.load_state_dict(beginning)
        save_network(blended(fresh, load_network(path)), path)
        return path

    start.load_state_dict(beginning)
    shutil.copyfile(made(own, "tuned"), model / WEIGHTS)
    folds, unseen = folds_of(rows), np.zeros((len(rows), LOGITS), np.float32)
    for fold in range(FOLDS):
        path = made([one for one, at in zip(own, folds, strict=True) if at != fold], f"fold{fold}")
        places = np.flatnonzero(folds == fold)
        unseen[places] = VoiceEncoder(path).encode([rows[place].told.text for place in places]).logits
    np.save(build / "unseen.npy", unseen)


def heads_stage(data: Path, gold: Path, build: Path, model: Path) -> None:
    """Write the logistic heads and print their figures on sentences that no part had seen."""
    rows = labelled(data, gold)
    keys = [sentence_key(Sentence(row.told.text, row.told.question, row.told.kind)) for row in rows]
    analyses = [analyse(doc, key) for doc, key in zip(parse([key[0] for key in keys]), keys, strict=True)]
    seen = seen_features(Encoded(np.load(build / "unseen.npy"), ((),) * len(rows)), analyses)
    targets = targets_of(
        [row.targets() for row in rows], [row.sentiment for row in rows], [row.quadrant for row in rows]
    )
    drawn = [row for row in rows if row.sample == "random"]
    prior = {kind: round(sum(kind in row.kinds for row in drawn) / len(drawn), 4) for kind in KINDS}
    heads, held = fit_heads(seen, ngrams([key[0] for key in keys]), targets, folds_of(rows), prior)
    save_heads(heads, model)
    print(head_figures(rows, targets, held))
