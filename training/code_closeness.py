"""What a sentence's closeness to a code tells: the figures by which given codes are applied
(``voc_engine/codebook/code_likeness.json``).

Sets of short texts whose labels stand for codes: a label's words are the definition, some of its texts the examples. A
codebook is ten labels of a set, drawn; what is coded are texts of the whole set, most of which belong to none of the
ten. Licences: banking77 CC BY 4.0,
clinc150 CC BY 3.0, hwu64 CC BY 4.0, dstc11 and MultiDoGO CDLA-Permissive, ArgKP CDLA-Sharing (results free). The
probability that a text belongs is a logistic regression (Platt 1999) on its closeness to the definition and to
the examples. Each set is measured by a regression that has not seen it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TEXTS, _CODES, _BOOKS = 1_800, 8, 20
_EXAMPLES = (0, 1, 2, 4, 8)
_STUDIES = (60, 300, 1_800)
_NO_CODES = ("miscellaneous", "general", "other")  # labels of what fits no other
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
Labelled = dict[str, list[str]]


def label_sets(data: Path) -> dict[str, Labelled]:
    """Set -> words of a label -> texts."""
    same = data / "gold" / "same"
    requests = _rows(csv.reader((same / "hwu64" / "watson_fold4_train_intents.csv").open(encoding="utf-8")))
    return {
        "mams": _aspects(data / "gold" / "mams-train.csv"),
        "hwu64 broad": _broad(requests),
        "argkp broad": _table(same / "argkp2021" / "arguments_train.csv", "argument", "topic"),
        "banking77": _table(data / "gold" / "banking77-train.csv", "text", "category"),
        "clinc150": _table(same / "clinc150-train.csv", "text", "intent"),
        "hwu64": requests,
        "dstc11": _lines(same / "dstc11_intents" / "development-test-utterances.jsonl", "utterance"),
        "multidogo": _lines(data / "train" / "support-multidogo-customer.jsonl", "text"),
        "argkp": _arguments(same / "argkp2021"),
    }


def _table(path: Path, text: str, label: str) -> Labelled:
    with path.open(encoding="utf-8", newline="") as rows:
        return _rows((row[text], row[label]) for row in csv.DictReader(rows))


def _aspects(path: Path) -> Labelled:
    """What a sentence of a review is about; several at once."""
    with path.open(encoding="utf-8", newline="") as rows:
        return _rows((row["text"], row["aspect"]) for row in csv.DictReader(rows) if row["task"] == "ACSA")


def _broad(narrow: Labelled) -> Labelled:
    """What intents of one scenario have in common: "alarm" of "alarm set" and "alarm remove"."""
    found: Labelled = defaultdict(list)
    for label, texts in narrow.items():
        found[label.split()[0]] += texts
    return dict(found)


def _rows(rows: Any) -> Labelled:
    found: Labelled = defaultdict(list)
    for text, label in (row[:2] for row in rows):
        found[_CAMEL.sub(" ", label).replace("_", " ").lower()].append(text)
    return dict(found)


def _lines(path: Path, text: str) -> Labelled:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return _rows((row[text], row["intent"]) for row in rows if row.get("intent") not in (None, "", "outofdomain"))


def _arguments(folder: Path) -> Labelled:
    read = {
        name: {row[0]: row[1] for row in csv.reader((folder / f"{name}s_train.csv").open(encoding="utf-8"))}
        for name in ("argument", "key_point")
    }
    pairs = csv.reader((folder / "labels_train.csv").open(encoding="utf-8"))
    return _rows((read["argument"][a], read["key_point"][k]) for a, k, label in pairs if label == "1")


def drawn(labelled: Labelled, texts: list[str], rows: NDArray[Any], seed: int) -> Iterator[tuple[Any, Any]]:
    """(closeness of every text to a code, whether it belongs) for the codes of one codebook. ``rows``: vectors of
    ``texts`` and behind them of the labels' words."""
    import numpy as np

    from voc_engine.codebook.code_likeness import CodeVectors, Lines, closeness, middle
    from voc_engine.language.stems import content_stems

    dice = np.random.default_rng(seed)
    place = {text: number for number, text in enumerate(texts)}
    able = sorted(label for label, own in labelled.items() if sum(text in place for text in own) >= 12)
    chosen = dice.choice(len(able), min(_CODES, len(able)), replace=False)
    common, lines = middle(rows[: len(texts)]), Lines.of(rows[: len(texts)], texts)
    for label in (able[number] for number in sorted(chosen)):
        own = np.array([place[text] for text in labelled[label] if text in place])
        dice.shuffle(own)
        n = int(dice.choice(_EXAMPLES))
        # Studies are of all sizes: how far a sentence stands out tells less among eighty than among thousands.
        size = int(dice.choice(_STUDIES))
        some = np.concatenate(
            [dice.choice(len(texts), min(size, len(texts)), replace=False), own[n : n + 1 + size // 60]]
        )
        left = np.setdiff1d(some, own[:n])
        words = rows[len(texts) + sorted(labelled).index(label)]
        names = (frozenset(content_stems(label)),)
        code = CodeVectors(words[None, :], rows[own[:n]], rows[:0], names).among(rows[left], common)
        yield closeness(lines.at(left.tolist()), code, common), np.isin(left, own)


def codes_stage(data: Path, target: Path) -> str:
    """Write the weights; return their figures."""
    import numpy as np

    from voc_engine.codebook.code_likeness import WITH_EXAMPLES, WITHOUT, fitted, probability
    from voc_engine.config.sections import CodebookConfig
    from voc_engine.registry import component

    embedder = component("embedder", "minilm.v2")
    dice, made = np.random.default_rng(7), {}
    for name, labelled in label_sets(data).items():
        labelled = {label: own for label, own in labelled.items() if label not in _NO_CODES}
        pool = sorted({text for own in labelled.values() for text in own})
        texts = [pool[number] for number in sorted(dice.permutation(len(pool))[:_TEXTS])]
        rows = np.asarray(embedder.encode([*texts, *sorted(labelled)]), np.float32)
        made[name] = [pair for seed in range(_BOOKS) for pair in drawn(labelled, texts, rows, seed)]
    lines = []
    for held in made:
        weights = fitted([pair for name, pairs in made.items() if name != held for pair in pairs])
        for kind, wanted in ((WITHOUT, False), (WITH_EXAMPLES, True)):
            own = [pair for pair in made[held] if bool(np.isfinite(pair[0][0, 1])) == wanted]
            chance = np.concatenate([probability(near, weights) for near, _ in own])
            true = np.concatenate([belongs for _, belongs in own])
            said = chance >= CodebookConfig().sure
            hits = int((said & true).sum())
            lines.append(
                f"{held:10} {kind:14} n {len(own):4} precision {hits / max(1, said.sum()):.2f}"
                f" recall {hits / max(1, true.sum()):.2f} mean p of said {chance[said].mean() if said.any() else 0:.2f}"
            )
    weights = fitted([pair for pairs in made.values() for pair in pairs])
    target.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return "\n".join([*lines, json.dumps(weights)])
