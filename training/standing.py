"""Whether words can stand alone: the head beside the encoder, and the judge of key points that knows the words besides.

People read clauses without what stood around them (corpora/gold/key_points.tsv). The head sees what the encoder's lower
layers and logits tell of a clause in its window; the judge weighs the head's answers, each given by a head that had not
seen the clause's sentence, with the length, the pronouns and the like. For extractors that do not tell, one without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.judged_pairs import Clause, as_mentions, read_clauses, sentences
from training.judges import fitted, save, told_of
from voc_engine.insights import key_points
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.standing_head import StandingHead, inputs, save_standing
from voc_engine.mentions.heads.weights import hash_of
from voc_engine.records import Mention

_FOLDS = 6
_STRENGTH = 0.003
# The answers of a clause from which each question is a yes, in the head's order.
_LEAST = {"understood": 1, "key point": 2}


def standing_stage(data: Path, gold: Path, model: Path, judges: Path) -> str:
    """Write the head to ``model`` and the judge to ``judges``/key_points.json; return how well each ranks clauses of
    sentences that it had not seen (area under the curve, six folds), for talk and for what is written."""
    from sklearn.metrics import roc_auc_score

    clauses, said = read_clauses(gold), sentences(data, gold)
    chosen = [said[clause.sentence] for clause in clauses]
    texts = [one.text[clause.start : clause.end] for one, clause in zip(chosen, clauses, strict=True)]
    before = [second_segment(one.kind, one.context) for one in chosen]
    encoded = VoiceEncoder(model / WEIGHTS, model / REACH).encode(texts, before)
    mentions = as_mentions({name: said[name] for name in sorted({clause.sentence for clause in clauses})})
    groups, talk = [clause.sentence for clause in clauses], np.array([one.kind == "interview" for one in chosen])
    fits, stored, lines = [], {}, ["question\tof\tyes\tclauses\twords\thead\tboth"]
    for question, least in _LEAST.items():
        truth = np.array([clause.label >= least for clause in clauses])
        head, reads = _crossed(encoded, truth, groups)
        looked = np.array(
            [_seen(clause, mentions[clause.sentence], one) for clause, one in zip(clauses, reads.tolist(), strict=True)]
        )
        bare, chance = _folded(looked[:, :-1], truth, groups), _folded(looked, truth, groups)
        for name, rows in (("talk", talk), ("what is written", ~talk)):
            areas = [f"{roc_auc_score(truth[rows], one[rows]):.3f}" for one in (bare, reads, chance)]
            lines.append("\t".join([question, name, f"{truth[rows].mean():.2f}", str(int(rows.sum())), *areas]))
        fits.append(head)
        names = (*key_points.FEATURES, key_points.READS)
        stored[question + key_points.READ] = told_of(names, fitted(looked, truth))
        stored[question] = told_of(key_points.FEATURES, fitted(looked[:, :-1], truth))
    save_standing(_as_head(fits, hash_of(model / WEIGHTS)), model)
    save(judges / "key_points.json", stored)
    return "\n".join(lines)


def _crossed(encoded: Encoded, truth: NDArray[Any], groups: list[str]) -> tuple[Any, NDArray[Any]]:
    """The fit of all clauses, and what each clause gets from one that had not seen its sentence."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    looked, model = inputs(encoded), _model()
    chance = cross_val_predict(model, looked, truth, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba")
    return model.fit(looked, truth), chance[:, 1]


def _folded(looked: NDArray[Any], truth: NDArray[Any], groups: list[str]) -> NDArray[Any]:
    from sklearn.model_selection import GroupKFold, cross_val_predict

    judge = fitted(looked, truth)
    found: NDArray[Any] = cross_val_predict(
        judge, looked, truth, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    return found


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=3_000))


def _as_head(fits: list[Any], encoder: str) -> StandingHead:
    even, first = fits[0][0], [fit[1] for fit in fits]
    weights = np.stack([fit.coef_[0] for fit in first], axis=1)
    return StandingHead(even.mean_, even.scale_, weights, np.array([fit.intercept_[0] for fit in first]), encoder)


def _seen(clause: Clause, mention: Mention, reads: float) -> tuple[float, ...]:
    wording = key_points.tidied(mention.quote[clause.start : clause.end]).rstrip(" .!")
    return key_points.features(wording, mention, reads)
