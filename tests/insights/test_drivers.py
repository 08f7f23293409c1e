"""What goes with ratings, and who says it more: planted ones are found, companions, sources and chance are none."""

from __future__ import annotations

import numpy as np

from voc_engine.insights.drivers import drivers
from voc_engine.insights.segments import said_more
from voc_engine.insights.stage import run
from voc_engine.records import CountedLine, Document, Insight

from .made import OPTIONS, by_member, mention, study, vectors

People = dict[str, frozenset[str]]


def crowd(seed: int, effects: dict[str, float], count: int = 200) -> tuple[dict[str, float], People]:
    """Ratings from 1 to 5 and who says each of twelve findings; f1 is mostly said by those who say f0."""
    random = np.random.default_rng(seed)
    said = {f"f{n}": random.random(count) < 0.08 + n / 100 for n in range(12)}
    said["f0"] = random.random(count) < 0.25
    said["f1"] = np.where(random.random(count) < 0.8, said["f0"], said["f1"])
    score = 3.5 + random.normal(0, 1, count) + sum(effect * said[key] for key, effect in effects.items())
    rating = {f"P{n}": float(np.clip(round(score[n]), 1, 5)) for n in range(count)}
    return rating, {key: frozenset(f"P{n}" for n in np.flatnonzero(own)) for key, own in said.items()}


def test_a_planted_driver_is_found_with_its_sign_and_its_companion_is_not() -> None:
    found = []
    for seed in range(10):
        rating, people = crowd(seed, {"f0": -1.2, "f9": 1.0})
        found.append(drivers(rating, {}, people, 5))
    assert sum("f0" in one and one["f0"].high < 0 for one in found) >= 9
    assert sum("f9" in one and one["f9"].low > 0 for one in found) >= 9
    assert sum(set(one) - {"f0", "f9"} == set() for one in found) >= 8, "f1 goes with low ratings through f0 alone"
    first = next(one["f0"] for one in found if "f0" in one)
    assert first.low < first.effect < first.high
    assert first.steady > 0.95
    assert first.left_out > 0.01
    assert first.n_rated == 200


def test_without_an_effect_next_to_nothing_is_told() -> None:
    assert sum(bool(drivers(*_with_source(crowd(seed, {})), 5)) for seed in range(20)) <= 2


def _with_source(made: tuple[dict[str, float], People]) -> tuple[dict[str, float], dict[str, str], People]:
    return made[0], {}, made[1]


def test_a_source_that_rates_lower_and_says_more_makes_no_driver() -> None:
    for seed in range(5):
        random = np.random.default_rng(seed)
        source = {f"P{n}": "ticket" if n % 2 else "review" for n in range(200)}
        rating = {
            p: float(np.clip(round((2 if s == "ticket" else 4) + random.normal()), 1, 5)) for p, s in source.items()
        }
        people = {"f": frozenset(p for p, s in source.items() if random.random() < (0.6 if s == "ticket" else 0.1))}
        assert drivers(rating, source, people, 5) == {}
        assert drivers(rating, {}, people, 5)["f"].high < 0, "all sources together, it seems one"


def test_too_few_ratings_tell_nothing() -> None:
    rating, people = crowd(1, {"f0": -3.0})
    few = dict(list(rating.items())[:49])
    assert drivers(few, {}, people, 5) == {}
    assert drivers(rating, {}, {"rare": frozenset(list(rating)[:4])}, 5) == {}
    assert drivers(dict.fromkeys(rating, 3.0), {}, people, 5) == {}


def test_who_says_it_more_is_told_within_sources_and_chance_is_not() -> None:
    random = np.random.default_rng(3)
    plan = {f"P{n}": ("Solo", "Team", "Free")[n % 3] for n in range(240)}
    many = {f"P{n}": f"value {n}" for n in range(240)}
    source = {f"P{n}": ("review", "ticket")[n % 2] for n in range(240)}
    people = {f"f{k}": frozenset(p for p in plan if random.random() < 0.15) for k in range(20)}
    people["f3"] = frozenset(p for p in plan if random.random() < (0.5 if plan[p] == "Solo" else 0.1))
    found = said_more({"Plan": plan, "Account": many}, source, people)
    assert set(found) == {"f3"}
    (line,) = found["f3"]
    assert (line.of, line.name, line.total, line.total_elsewhere) == ("Plan", "Solo", 80, 160)
    assert line.n_people / 80 > 3 * line.n_elsewhere / 160


def test_the_record_tells_both_per_scale_of_ratings() -> None:
    random = np.random.default_rng(0)
    texts = ["x y z", "u v w"]
    documents, said = [], []
    for n in range(240):
        person, stars = f"P{n:03d}", n % 2 == 0
        low = random.random() < 0.3
        base = (2 if low else 4) if stars else (4 if low else 8)
        rating = float(base + random.integers(-1, 2))
        documents.append(
            Document(f"d-{person}", "review" if stars else "survey", "a.csv" if stars else "b.csv", "row", person, "text",
                     rating=rating, attributes={"Plan": "solo " if low else "Team", "Note": f"n{n}"})
        )  # fmt: skip
        if low or random.random() < 0.05:
            said.append(mention(len(said), person, texts[0]))
        elif random.random() < 0.2:
            said.append(mention(len(said), person, texts[1]))
    batch = study(said, vectors([[text] for text in texts]), [one.person_id for one in documents], documents)
    found = by_member(run(batch, OPTIONS))
    insight: Insight = next(one for key, one in found.items() if said[int(key[1:])].quote == texts[0])
    assert [one.scale for one in insight.drivers] == [5, 10]
    assert all(one.high < 0 and one.n_rated == 120 for one in insight.drivers)
    (line,) = insight.said_more
    assert isinstance(line, CountedLine)
    assert (line.of, line.name) == ("Plan", "solo")
