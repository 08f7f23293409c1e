"""How far the results can be relied on: groups that re-form, people who can be placed unseen, people's own labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from voc_engine.records import Decision
from voc_engine.report import wording
from voc_engine.report.cautions import UNGROUPED
from voc_engine.report.evidence import Evidence
from voc_engine.statistics import alpha, kappa

FEW_LABELS = 50  # a choice: with fewer an agreement of .8 may be .67 to .89 (Wilson)
INFERRED = "inferred"
REJECTED = "no mention"


@dataclass(frozen=True, slots=True)
class Labels:
    """Kinds by the program and by people over the same mentions. Kappa and alpha are nan where they tell nothing."""

    total: int
    same: int
    kappa: float
    alpha: float


def labels(decisions: Sequence[Decision], evidence: Evidence) -> Labels | None:
    """Agreement on the kind of the mentions that people decided on: a re-label or a rejection disagrees, a re-label to
    the same kind and a pin agree. None where nobody decided on a mention."""
    pairs = _decided(decisions, evidence)
    if not pairs:
        return None
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    return Labels(len(pairs), sum(a == b for a, b in pairs), kappa(ours, theirs), alpha(ours, theirs))


def _decided(decisions: Sequence[Decision], evidence: Evidence) -> list[tuple[str, str]]:
    actions_on: dict[str, dict[str, str]] = defaultdict(dict)
    for decision in decisions:
        if decision.target == "mention":
            actions_on[decision.target_id][decision.action] = decision.value or ""
    pairs = []
    for key, by_action in sorted(actions_on.items()):
        mention = evidence.mentions.get(key)
        kind_given = evidence.study.labelled.get(key) or (
            mention.kind if mention and "relabel" not in by_action else None
        )
        if kind_given is not None:
            pairs.append((kind_given, REJECTED if "reject" in by_action else by_action.get("relabel") or kind_given))
    return pairs


def facts(evidence: Evidence) -> list[tuple[str, str]]:
    """(what, how reliable) for the method card; what cannot be measured says why."""
    rows = [
        ("Groups re-form", _stability(evidence)),
        ("People placed unseen", _placed(evidence)),
        ("Whole card", _whole(evidence)),
        ("Inferred", _inferred(evidence)),
        _agreement(evidence),
    ]
    return [row for row in rows if row[1]]


def _stability(evidence: Evidence) -> str:
    measured = [one for one in evidence.personas.values() if one.stability is not None and one.method not in UNGROUPED]
    if not measured:
        return "No groups were found, so there is nothing to measure."
    each = wording.listing([f"“{one.name}” {one.stability:.2f}" for one in measured])
    return (
        f"How far each persona comes back when people are left out, from 0 to 1 (bootstrap Jaccard): {each}."
        f" From {wording.STEADY} on a group is called steady."
    )


def _placed(evidence: Evidence) -> str:
    measured = [one for one in evidence.personas.values() if one.n_held_out]
    total, placed = sum(one.n_held_out for one in measured), sum(one.n_placed for one in measured)
    if not total:
        return "Not measured: that takes two personas and some twenty people to learn them from."
    each = wording.listing([f"“{one.name}” {one.n_placed:,} of {one.n_held_out:,}" for one in measured])
    largest = max(one.n_held_out for one in measured)
    return (
        f"People were held out, a fifth at a time, the personas learned from the others as “voc assign” learns them, and"
        f" the people placed by their own words: {wording.of_people(placed, total)} came into their own persona ({each})."
        f" Always naming the largest persona would place {wording.number(largest)}. The groups were found with everybody,"
        " so this tells whether new people can be placed, not whether the groups are there."
    )


def _whole(evidence: Evidence) -> str:
    groups = [one for one in evidence.personas.values() if one.n_people > 1]
    if not groups:
        return ""
    each = wording.listing([f"“{one.name}” {one.n_full_match:,} of {one.n_people:,}" for one in groups])
    return f"People who hold every leading trait of their card: {each}. A card tells of a group and not of one person."


def _inferred(evidence: Evidence) -> str:
    mentions, lines = evidence.mentions.values(), [one for several in evidence.empathy.values() for one in several]
    if not mentions:
        return ""
    text = wording.of_things(sum(one.basis == INFERRED for one in mentions), len(mentions), "mention")
    text += " are inferred and not stated in so many words"
    if lines:
        text += f"; of the lines of empathy maps, {sum(one.basis == INFERRED for one in lines):,} of {len(lines):,}"
    return text + ". Everything else, portraits apart, is counted from what people said or what was given."


def _agreement(evidence: Evidence) -> tuple[str, str]:
    name, agreement = "Agreement with people", labels(evidence.study.decisions, evidence)
    if agreement is None:
        return name, (
            "Not measured: nobody has labelled mentions of this study. Reject, re-label or pin mentions (see “voc import"
            " decisions”), and Cohen’s kappa and Krippendorff’s alpha stand here."
        )
    text = (
        f"People decided on {wording.count(agreement.total, 'mention')}; on {wording.number(agreement.same)} they left the"
        " kind as it was."
    )
    if not isnan(agreement.kappa) and not isnan(agreement.alpha):
        text += f" Cohen’s kappa {agreement.kappa:.2f}, Krippendorff’s alpha {agreement.alpha:.2f}."
    text += " People correct what is wrong, so this says more of the faults than of the whole."
    if agreement.total < FEW_LABELS:
        text += f" Too few to rely on: label {FEW_LABELS} mentions drawn at random to know."
    return name, text
