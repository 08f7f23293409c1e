"""A problem of one person in five thousand: is anybody read who has it?

nice python -m benchmarks.planted_problem [--seeds 5] [--first 1] [--tickets 100000] [--sentences 15000] [--one-in 5000]

Each seed makes its own tickets (``benchmarks.real_tickets``) and plants the problem with other people. Who is drawn and who
is sought is decided as in a sampled run, sentence by sentence as the generator wrote them; nothing is read in full but the
sentences from which the student learns. Found is a problem of which somebody was read, and by what.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.real_tickets import PLANTED, TICKETS_PER_PERSON, tickets
from voc_engine.mentions.chosen import extractor_named
from voc_engine.mentions.contract import LabelReader, Sentence
from voc_engine.records import MENTION_KINDS, Heard, stable_hash
from voc_engine.sample.chance import Voice, drawn
from voc_engine.sample.seek import Field, sought
from voc_engine.student.grams import hashed, matrix, rarity
from voc_engine.student.learner import taught

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parent.parent.parent / "shared"))
_TAUGHT = 4_000
_SOUGHT = 0.3
_EDGE = 1e-4


def main() -> None:
    """One line per seed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_problem", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--sentences", type=int, default=15_000)
    parser.add_argument("--one-in", type=int, default=5_000)
    given = parser.parse_args()
    planted = max(1, round(given.tickets / TICKETS_PER_PERSON / given.one_in))
    found = 0
    for seed in range(given.first, given.first + given.seeds):
        by_chance, on_purpose = _found(seed, given.tickets, given.sentences, planted)
        found += bool(by_chance or on_purpose)
        print(f"seed {seed}: of {planted} people with it {by_chance} were drawn, {on_purpose} sought", flush=True)
    print(f"found in {found} of {given.seeds} seeds")


def _found(seed: int, amount: int, budget: int, planted: int) -> tuple[int, int]:
    people, texts = _said(seed, amount, planted)
    ill = {person for person, text in zip(people, texts, strict=True) if text in PLANTED}
    counts = Counter(people)
    voices = [Voice(person, frozenset(("ticket",)), "all", amount) for person, amount in sorted(counts.items())]
    chosen = drawn(voices, round(budget * (1 - _SOUGHT)))
    ends, grams = hashed(texts)
    ids = np.array([f"{row:07d}".encode() for row in range(len(texts))])
    keys = np.array([stable_hash(text).encode() for text in texts])
    own, person = np.unique(np.array([one.encode() for one in people]), return_inverse=True)
    read = np.array([one in chosen for one in people])
    rows = matrix(ends, grams, rarity(grams, len(texts)))
    few = np.flatnonzero(read)[:_TAUGHT]
    odds = taught(rows[few], _labels([texts[row] for row in few])).foresees(rows).astype(np.float64)
    chances = 1 / (1 + np.exp(-odds))
    marked = chances[:, :-1].max(axis=1) * chances[:, -1]
    field = Field(Heard(ids, ids, ids, keys, ends, grams), person, person, read, marked)
    more = {own[one].decode() for one in sought(field, round(budget * _SOUGHT))}
    return len(ill & chosen.keys()), len(ill & more)


def _said(seed: int, amount: int, planted: int) -> tuple[list[str], list[str]]:
    """(people, sentences), one row for each sentence of each ticket."""
    made = tickets(SHARED, amount, seed=seed, planted=planted)
    rows = [(ticket["requester"], text) for ticket, said in made for text in said]
    return [person for person, _ in rows], [text for _, text in rows]


def _labels(texts: list[str]) -> npt.NDArray[np.float64]:
    extractor = extractor_named("heads.v1")
    assert isinstance(extractor, LabelReader)
    readings = extractor.labels([Sentence(text, "", "ticket") for text in texts])
    rows = [[*(one.probabilities[kind] for kind in MENTION_KINDS), one.worth] for one in readings]
    sure = np.clip(np.array(rows), _EDGE, 1 - _EDGE)
    odds: npt.NDArray[np.float64] = np.log(sure / (1 - sure))
    return odds


if __name__ == "__main__":
    main()
