"""How far two annotators agree, label by label, over what both have read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

from voc_engine.evaluation.measures import cohen_kappa, krippendorff_alpha

Annotations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``n`` units that both labelled, ``same`` the share on which they agree; kappa and alpha are nan where all
    values are the same, which tells nothing."""

    label: str
    n: int
    same: float
    kappa: float
    alpha: float


def agreement(first: Annotations, second: Annotations) -> list[Agreement]:
    """One Agreement per label that both used, by name; annotations are unit id -> label name -> value.

    A label or unit that only one of the two has is left out: it says nothing of agreement.
    """
    shared = sorted(first.keys() & second.keys())
    labels = sorted({name for unit in shared for name in first[unit].keys() & second[unit].keys()})
    agreements = []
    for label in labels:
        pairs = [(first[u][label], second[u][label]) for u in shared if label in first[u] and label in second[u]]
        ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
        same = sum(a == b for a, b in pairs) / len(pairs) if pairs else nan
        agreements.append(Agreement(label, len(pairs), same, cohen_kappa(ours, theirs), krippendorff_alpha(pairs)))
    return agreements
