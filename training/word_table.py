"""Words and pairs of words with their vectors, for search by meaning where no encoder is at hand: the report's page
(``voc_engine/language/model/near_words.safetensors``).

Words of the public sets that are marked for training, those that stand in several sets; a word of one set alone is often
a name. Vectors are those of ``minilm.v2``, each word read alone, turned so that the first directions tell most (principal
components) and kept in 8 bits.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from training.code_closeness import label_sets
from training.sources import SOURCES

WORDS, PAIRS, DIRECTIONS = 16_000, 4_000, 96
_SETS, _TEXTS, _PAIR_TEXTS = 2, 4, 12  # a word stands in so many sets and texts, a pair of words in so many texts
_LEVELS = 127
# From so much on a word and the one behind it are taken for one; "off" and "the" stand behind many.
_BOUND, _BOUND_TO_LITTLE = 1.5, 3.0


def texts_of(data: Path) -> Iterator[tuple[str, str]]:
    """(set, text)."""
    for source in SOURCES:
        for one in source(data):
            yield one.source, one.text
    for name, labelled in label_sets(data).items():
        for texts in labelled.values():
            yield from ((name.split()[0], text) for text in texts)
    for path in sorted((data / "train").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.name, json.loads(line)["text"]
    with (data / "gold" / "windows" / "windows-train.tsv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield "windows", row.get("text") or ""


def vocabulary(data: Path) -> tuple[list[str], list[str]]:
    """Words and pairs of words, each in the order of the alphabet."""
    from voc_engine.language.stop_words import is_content
    from voc_engine.language.tokens import parts

    sets: dict[str, set[str]] = {}
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    homes: dict[tuple[str, str], set[str]] = {}
    for source, text in texts_of(data):
        told = parts(text)
        words.update(set(told))
        pairs.update(set(pairwise(told)))
        for one in told:
            sets.setdefault(one, set()).add(source)
        for pair in pairwise(told):
            homes.setdefault(pair, set()).add(source)
    known = {
        one for one, n in words.items()
        if n >= _TEXTS and len(sets[one]) >= _SETS and one.isalpha() and len(one) > 2 and is_content(one)
    }  # fmt: skip
    total = sum(words.values())
    # How much oftener both stand together than by chance, in logarithms (pointwise mutual information, Church and Hanks
    # 1990), weighted by how often.
    joined: dict[tuple[str, str], float] = {}
    for pair, n in pairs.items():
        if n < _PAIR_TEXTS or len(homes[pair]) < _SETS or pair[0] not in known or not pair[1].isalpha():
            continue
        bound = log(n * total / (words[pair[0]] * words[pair[1]]))
        if bound >= (_BOUND if pair[1] in known else _BOUND_TO_LITTLE):
            joined[pair] = n * bound
    chosen = sorted(known, key=lambda one: (-words[one], one))[:WORDS]
    best = sorted(joined, key=lambda pair: (-joined[pair], pair))[:PAIRS]
    return sorted(chosen), sorted(" ".join(pair) for pair in best)


def near_words_stage(data: Path, target: Path) -> str:
    """Write the table; return what it holds and how well the fewer directions keep what is near."""
    import numpy as np
    from safetensors.numpy import save_file

    from voc_engine.registry import component

    words, pairs = vocabulary(data)
    terms = [*words, *pairs]
    rows = np.asarray(component("embedder", "minilm.v2").encode(terms), np.float64)
    middle = rows.mean(axis=0)
    apart = rows - middle
    apart /= np.linalg.norm(apart, axis=1, keepdims=True)
    turned = _principal(apart)
    fewer = apart @ turned
    fewer /= np.linalg.norm(fewer, axis=1, keepdims=True)
    small = np.rint(fewer * _LEVELS).astype(np.int8)
    told = np.frombuffer("\n".join(terms).encode("utf-8"), np.uint8)
    target.parent.mkdir(parents=True, exist_ok=True)
    save_file({"terms": told.copy(), "vectors": small}, target, metadata={"embedder": "minilm.v2"})
    some = np.random.default_rng(7).choice(len(terms), 400, replace=False)
    kept = [len(set(_nearest(apart, one)) & set(_nearest(fewer, one))) for one in some]
    return f"{len(words)} words, {len(pairs)} pairs; of ten nearest {np.mean(kept):.1f} are the same in {DIRECTIONS}"


def _principal(rows: Any) -> Any:
    import numpy as np

    _, vectors = np.linalg.eigh(rows.T @ rows)
    return vectors[:, ::-1][:, :DIRECTIONS]


def _nearest(rows: Any, one: int) -> list[int]:
    import numpy as np

    found: list[int] = np.argsort(-(rows @ rows[one]), kind="stable")[1:11].tolist()
    return found
