"""How far the results can be relied on: groups that re-form, people who can be placed unseen, people's own labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, log, nan

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Decision, stable_hash
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence

MOST_PLACED = 1000
LEAST_PLACED = 20
FEW_LABELS = 50
REJECTED = "no mention"
UNGROUPED = ("profile", "no stable segmentation")


@dataclass(frozen=True, slots=True)
class Assignability:
    """``placed`` of ``total`` people were placed in their own persona from words alone; ``largest`` by always naming the
    largest persona."""

    placed: int
    total: int
    largest: int


@dataclass(frozen=True, slots=True)
class Labels:
    """Kinds by the program and by people over the same mentions. Kappa and alpha are nan where they tell nothing."""

    total: int
    same: int
    kappa: float
    alpha: float


def assignability(evidence: Evidence) -> Assignability | None:
    """Each person in turn is left out and placed by what the others say: naive Bayes over words, each person's words
    counted once (Bernoulli presence, one half added). Exact leave-one-out, no seed; at most 1,000 people, chosen by a
    hash of their id. None where there are fewer than two personas or twenty people.
    """
    bags = _words(evidence)
    homes = {person: evidence.persona_of[person] for person in sorted(bags)}
    sizes = Counter(homes.values())
    if len(sizes) < 2 or len(homes) < LEAST_PLACED:
        return None
    counts: dict[str, Counter[str]] = {key: Counter() for key in sorted(sizes)}
    for person, home in homes.items():
        counts[home].update(bags[person])
    placed = 0
    for person, home in homes.items():
        best = min(counts, key=lambda key: (-_fit(bags[person], key, home, counts, sizes, len(homes)), key))
        placed += best == home
    return Assignability(placed, len(homes), max(sizes.values()))


def _words(evidence: Evidence) -> dict[str, set[str]]:
    chosen = sorted(evidence.persona_of, key=lambda one: stable_hash("placed", one))[:MOST_PLACED]
    bags: dict[str, set[str]] = {person: set() for person in chosen}
    for one in evidence.evidence_segments:
        if one.person_id in bags and one.text != MARK:
            bags[one.person_id].update(word for word in wording.words(one.text) if len(word) > 2)
    return {person: words for person, words in bags.items() if words}


def _fit(
    words: set[str], key: str, home: str, counts: dict[str, Counter[str]], sizes: Counter[str], total: int
) -> float:
    """Log probability of the persona given the words, with the person taken out of its own persona."""
    own = key == home
    size = sizes[key] - own
    score = log((size + 0.5) / total)
    for word in sorted(words):
        score += log((counts[key][word] - own + 0.5) / (size + 1))
    return score


def labels(decisions: Sequence[Decision], evidence: Evidence) -> Labels | None:
    """Agreement on the kind of the mentions that people decided on: a re-label or a rejection disagrees, a re-label to
    the same kind and a pin agree. None where nobody decided on a mention."""
    pairs = _decided(decisions, evidence)
    if not pairs:
        return None
    return Labels(len(pairs), sum(a == b for a, b in pairs), kappa(pairs), alpha(pairs))


def _decided(decisions: Sequence[Decision], evidence: Evidence) -> list[tuple[str, str]]:
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for one in decisions:
        if one.target == "mention":
            said[one.target_id][one.action] = one.value or ""
    pairs = []
    for key, by_action in sorted(said.items()):
        mention = evidence.mentions.get(key)
        told = evidence.study.labelled.get(key) or (mention.kind if mention and "relabel" not in by_action else None)
        if told is not None:
            pairs.append((told, REJECTED if "reject" in by_action else by_action.get("relabel") or told))
    return pairs


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Agreement of two labellers beyond chance (Cohen 1960); nan where one and the same label is all there is."""
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    if not n or len({*first, *second}) < 2:
        return nan
    same = sum(a == b for a, b in pairs) / n
    chance = sum(first[one] * second[one] for one in first) / n**2
    return (same - chance) / (1 - chance) if chance < 1 else nan


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Nominal alpha of two labellers (Krippendorff 2011); nan where one and the same label is all there is."""
    totals = Counter(label for pair in pairs for label in pair)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if not expected:
        return nan
    observed = sum(2 for a, b in pairs if a != b)
    return 1 - (n - 1) * observed / expected


def told(evidence: Evidence) -> list[tuple[str, str]]:
    """(what, how reliable) for the method card; what cannot be measured says why."""
    return [("Groups re-form", _stability(evidence)), ("People placed unseen", _placed(evidence)), _agreement(evidence)]


def _stability(evidence: Evidence) -> str:
    known = [one for one in evidence.personas.values() if one.stability is not None and one.method not in UNGROUPED]
    if not known:
        return "No groups were found, so there is nothing to measure."
    each = wording.listing([f"“{one.name}” {one.stability:.2f}" for one in known])
    return (
        f"How far each persona comes back when people are left out, from 0 to 1 (bootstrap Jaccard): {each}."
        " From 0.75 on a group is called steady."
    )


def _placed(evidence: Evidence) -> str:
    found = assignability(evidence)
    if found is None:
        return f"Not measured: that takes two personas and {LEAST_PLACED} people who may be quoted."
    return (
        f"Each person was left out in turn and placed by the words of the others:"
        f" {wording.of_people(found.placed, found.total)} came into their own persona. Always naming the largest persona"
        f" would place {wording.number(found.largest)}."
    )


def _agreement(evidence: Evidence) -> tuple[str, str]:
    name, found = "Agreement with people", labels(evidence.study.decisions, evidence)
    if found is None:
        return name, (
            "Not measured: nobody has labelled mentions of this study. Reject, re-label or pin mentions (see “voc import"
            " decisions”), and Cohen’s kappa and Krippendorff’s alpha stand here."
        )
    text = (
        f"People decided on {wording.count(found.total, 'mention')}; on {wording.number(found.same)} they left the kind"
        " as it was."
    )
    if not isnan(found.kappa) and not isnan(found.alpha):
        text += f" Cohen’s kappa {found.kappa:.2f}, Krippendorff’s alpha {found.alpha:.2f}."
    text += " People correct what is wrong, so this says more of the faults than of the whole."
    if found.total < FEW_LABELS:
        text += f" Too few to rely on: label {FEW_LABELS} mentions drawn at random to know."
    return name, text
