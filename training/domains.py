"""How much is lost in a domain that the heads were not fitted on: leave one source of the labels out.

The fine-tuned encoder has seen all domains, so it takes no part: named features and the original sentence vectors stand
for it, in one logistic head. Both columns are of that head, which makes their distance the cost of a new domain.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import Labelled, labelled
from voc_engine.evaluation.domain_gap import leave_one_domain_out
from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.heads.features import features
from voc_engine.mentions.language import parse
from voc_engine.mentions.rules import analyse, sentence_key
from voc_engine.registry import component

_LEAST = 20
_KINDS = ("pain_point", "goal", "objection", "request", "delight")


def domain_figures(data: Path, gold: Path) -> str:
    """A table: domain, kind, sentences, of the kind, F1 in the domain, F1 without the domain."""
    rows = [row for row in labelled(data, gold) if row.sample != "written"]
    table, domains = _table(rows), [_domain(row) for row in rows]
    lines = ["domain\tkind\tsentences\tof the kind\tF1 inside\tF1 left out"]
    for kind in _KINDS:
        labels = np.array([int(kind in row.kinds) for row in rows])
        for one in leave_one_domain_out(table, labels, domains, _fit):
            if one.positive >= _LEAST:
                figures = f"{one.inside.value:.3f}\t{one.outside.value:.3f}"
                lines.append(f"{one.domain}\t{kind}\t{one.n}\t{one.positive}\t{figures}")
    return "\n".join(lines)


def _domain(row: Labelled) -> str:
    return "interviews" if row.domain.startswith("interviews/") else row.domain


def _table(rows: list[Labelled]) -> NDArray[Any]:
    keys = [sentence_key(Sentence(row.told.text, row.told.question, row.told.kind)) for row in rows]
    seen = [features(analyse(doc, key)) for doc, key in zip(parse([key[0] for key in keys]), keys, strict=True)]
    names = sorted({name for values in seen for name in values})
    dense = np.array([[values.get(name, 0.0) for name in names] for values in seen])
    dense /= np.sqrt((dense**2).mean(0)) + 1e-6
    vectors = component("embedder", "minilm.v1").encode([row.told.text for row in rows])
    return np.hstack([dense, vectors * np.sqrt(vectors.shape[1])])


def _fit(table: NDArray[Any], labels: NDArray[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=0.01, max_iter=500).fit(table, labels)
    return lambda others: model.predict_proba(others)[:, 1] >= 0.4
