"""Synthetic studies: sentences about a few themes, with vectors that lie around one direction per theme."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from voc_engine.records import Batch, Segment, Vectors, stable_hash

THEMES = {
    "login": ["The login code never arrives on {}.", "My login code expired again on {}.", "A login code fails on {}."],
    "invoice": [
        "The monthly invoice shows wrong totals for {}.",
        "Our monthly invoice lists {} twice.",
        "I dispute the monthly invoice about {}.",
    ],
    "export": [
        "The export button hides behind {}.",
        "Where did the export button move for {}?",
        "No export button {}.",
    ],
}
THINGS = ["tablet", "laptop", "phone", "browser", "Monday", "Sunday", "Paris", "project", "folder", "team", "winter"]

Study = tuple[list[Segment], Vectors]


def segment(number: int, text: str, person: str, role: str = "participant") -> Segment:
    key = stable_hash(text)
    return Segment(f"s{number:05d}", "d", "u", number, 0, len(text), text, key, person, role)


def direction(name: str, spread: float, draw: int) -> np.ndarray:
    centre = np.random.default_rng(sum(map(ord, name))).normal(size=384)
    point = centre / np.linalg.norm(centre) + spread * np.random.default_rng(draw).normal(size=384) / np.sqrt(384)
    return np.asarray(point / np.linalg.norm(point), dtype=np.float32)


def made_study(per_theme: int, people: int = 12, spread: float = 0.7) -> Study:
    """``per_theme`` distinct sentences for each theme; person i says every i-th sentence."""
    segments, keys, rows = [], [], []
    for theme, templates in THEMES.items():
        for number in range(per_theme):
            thing = f"{THINGS[number % len(THINGS)]} {THINGS[number // len(THINGS) % len(THINGS)]}"
            text = templates[number % len(templates)].format(thing)
            made = segment(len(segments), text, f"P{len(segments) % people:03d}")
            segments.append(made)
            if made.text_key not in keys:
                keys.append(made.text_key)
                rows.append(direction(theme, spread, len(keys)))
    return segments, Vectors(tuple(keys), np.stack(rows))


def batch(study: Study, *more: tuple[Segment, np.ndarray]) -> Batch:
    """The study with further segments and their vectors."""
    segments, vectors = study
    new = [(one.text_key, row) for one, row in more if one.text_key not in vectors]
    keys = (*vectors.keys, *(key for key, _ in new))
    matrix = np.concatenate([vectors.matrix, *(row[None, :] for _, row in new)])
    return Batch.make((Segment, [*segments, *(one for one, _ in more)]), vectors=Vectors(keys, matrix))


@pytest.fixture(scope="session")
def study() -> Study:
    return made_study(30)


@pytest.fixture(scope="session")
def make_study() -> Callable[..., Study]:
    return made_study


@pytest.fixture(scope="session")
def with_more() -> Callable[..., Batch]:
    return batch


@pytest.fixture(scope="session")
def make_segment() -> Callable[..., Segment]:
    return segment


@pytest.fixture(scope="session")
def towards() -> Callable[..., np.ndarray]:
    return direction
