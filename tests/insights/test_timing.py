"""Changes over time: planted ones are found, a changed mix of sources and chance are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.clock import Clock, clock_of
from voc_engine.insights.stage import run
from voc_engine.insights.timing import Course, courses
from voc_engine.insights.window_search import Voice, search
from voc_engine.records import Document, Insight, Shift, SourcePeriod, Vectors

from .made import OPTIONS, by_member, document, mention, study, vectors

MONTHS, KINDS = 6, ("review", "survey", "ticket")
TALKATIVE = {"review": 1.4, "survey": 0.5, "ticket": 0.8}


@dataclass
class World:
    """People of three sources over six months; ``mixed``: reviews give way to tickets from month to month."""

    seed: int
    people: int = 300
    mixed: bool = False
    month: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        for _ in range(self.people):
            month = int(self.random.integers(MONTHS))
            late = month / (MONTHS - 1) if self.mixed else 0.3
            self.month.append(month)
            self.kind.append(str(self.random.choice(KINDS, p=[0.8 - 0.7 * late, 0.1, 0.1 + 0.7 * late])))
        names = range(self.people)
        documents = [Document(f"d{n}", self.kind[n], "a.csv", "row", f"P{n}", "text") for n in names]
        days = {f"d{n}": date(2026, 1 + self.month[n], 1 + n % 28).toordinal() for n in names}
        self.clock: Clock = clock_of(((f"P{n}", f"d{n}") for n in names), documents, days, 180)

    def voices(self, share: float, factors: tuple[float, ...] = (1,) * MONTHS, least: str = "") -> set[Voice]:
        """Who says it, by the share of people in each source and the factor of each month."""
        rate = [share * TALKATIVE[kind] * factors[month] for kind, month in zip(self.kind, self.month, strict=True)]
        if least:  # said by nearly all in one source, by nearly nobody elsewhere
            rate = [0.6 if kind == least else 0.02 for kind in self.kind]
        said = np.flatnonzero(self.random.random(self.people) < rate)
        return {(f"P{n}", *self.clock.place[f"d{n}"]) for n in said}

    def themes(self, factors: tuple[float, ...] = (1,) * MONTHS) -> dict[str, set[Voice]]:
        """Ten themes, of which the first is said by a fifth of the people and more or less in each month."""
        others = {f"t{n}": self.voices(0.04 * n) for n in range(1, 10)}
        return {"t0": self.voices(0.2, factors), **others}


def told(found: dict[str, Course]) -> dict[str, str]:
    return {key: one.shift.change for key, one in found.items() if one.shift is not None}


SEEDS = range(10)


def test_a_theme_that_grows_threefold_in_the_last_month_is_found() -> None:
    worlds = [World(seed) for seed in SEEDS]
    found = [told(courses(one.clock, one.themes((1, 1, 1, 1, 1, 3)), "theme")).get("t0") for one in worlds]
    assert found.count("growing") >= 9


def test_a_theme_that_is_said_by_few_any_longer_is_found_to_fade() -> None:
    worlds = [World(seed) for seed in SEEDS]
    found = [told(courses(one.clock, one.themes((1, 1, 1, 1, 0.1, 0.1)), "theme")).get("t0") for one in worlds]
    assert found.count("fading") >= 9


@pytest.mark.parametrize("mixed", [False, True])
def test_what_does_not_change_is_not_told(mixed: bool) -> None:
    worlds = [World(seed, mixed=mixed) for seed in range(100, 130)]
    assert [told(courses(one.clock, one.themes(), "theme")) for one in worlds].count({}) >= 27


def test_a_changed_mix_of_sources_is_no_change() -> None:
    for seed in SEEDS:
        world = World(seed, mixed=True)
        voices = world.voices(0.2, least="ticket")
        early = sum(period < MONTHS / 2 for _, _, period in voices)
        assert len(voices) - early > 1.5 * early, "all people together, many more say it in the later half"
        window = search(world.clock, voices)
        assert window is not None
        assert window.p > 0.01


def test_one_person_who_says_it_every_month_is_one_voice() -> None:
    people = [*(f"P{n}" for n in range(60)), *["L"] * 5]
    month = [*(1 + n % 6 for n in range(60)), 2, 3, 4, 5, 6]
    documents = [Document(f"d{n}", "review", "a.csv", "row", person, "text") for n, person in enumerate(people)]
    days = {f"d{n}": date(2026, own, 3).toordinal() for n, own in enumerate(month)}
    clock = clock_of(((one.person_id, one.document_id) for one in documents), documents, days, 180)
    assert clock.heard.sum() == 65
    assert clock.since(1).sum() == 50 + 1
    assert clock.before(5).sum() == 50 + 1


def planted(change: dict[int, int]) -> Insight:
    """Thirty people heard in each of five months and two sources; ``change``: month -> how many of either say it."""
    documents, said = [], []
    for month in range(1, 6):
        for number in range(30):
            person = f"P{month}{number:02d}"
            documents.append(
                Document(f"d-{person}", "review" if number % 2 else "ticket", "a", "row", person, "text",
                         created_at=f"2026-{month:02d}-{1 + number % 28:02d}")
            )  # fmt: skip
            if number < change[month]:
                said.append(mention(len(said), person, "x y z"))
    batch = study(said, vectors([["x y z"]]), [one.person_id for one in documents], documents)
    (found,) = run(batch, OPTIONS).of(Insight)
    return found


def test_the_record_tells_since_when_and_by_how_many() -> None:
    found = planted({1: 2, 2: 2, 3: 2, 4: 2, 5: 16})
    assert (found.change, found.trend) == ("growing", "rising")
    (shift,) = [one for one in found.shifts if one.of == "finding"]
    assert (shift.since, shift.until, shift.sources, shift.channels) == (
        "2026-05",
        "2026-05",
        ("review", "ticket"),
        ("", ""),
    )
    assert (shift.n_people, shift.total, shift.n_before, shift.total_before) == (16, 30, 8, 120)
    assert 0.2 < shift.low < 16 / 30 - 8 / 120 < shift.high
    assert (found.trend_low, found.trend_high) == (shift.low, shift.high)
    assert found.by_source[0] == SourcePeriod("review", "", "2026-01", 1, 15)
    assert len(found.by_source) == 10
    assert found.urgency_reasons == ("said in the last 30 days: 16 of 24 people", "said by a rising share of people")


def test_what_nobody_said_before_is_new_and_what_stops_fades() -> None:
    assert planted({1: 0, 2: 0, 3: 0, 4: 0, 5: 9}).change == "new"
    assert planted({1: 9, 2: 9, 3: 9, 4: 0, 5: 0}).change == "fading"
    assert planted({1: 4, 2: 4, 3: 4, 4: 4, 5: 4}).change == ""


@pytest.mark.parametrize("dates", [[None], ["2026-05-01"], ["2026-05-01", "2026-05-28"]])
def test_nothing_is_said_without_dates_or_with_one_period(dates: list[str | None]) -> None:
    people = [f"P{n:02d}" for n in range(40)]
    documents = [document(person, dates[n % len(dates)]) for n, person in enumerate(people)]
    said = [mention(n, person, "x y z") for n, person in enumerate(people[:20])]
    found = by_member(run(study(said, vectors([["x y z"]]), people, documents), OPTIONS))["m0000"]
    if dates == ["2026-05-01", "2026-05-28"]:
        assert found.change == ""
        return
    assert (found.trend, found.change, found.shifts, found.by_source) == ("too little data", "", (), ())


def test_a_theme_gathers_what_its_findings_say() -> None:
    """Two findings of one theme that grow together: the theme is told on both."""
    people = [f"P{n:03d}" for n in range(160)]
    documents = [document(p, f"2026-{1 + n // 40:02d}-{1 + n % 28:02d}") for n, p in enumerate(people)]
    late = [n for n in range(120, 160) if n % 2]
    early = [n for n in range(0, 120) if n % 20 == 0]
    texts = ["Slow lift", "The lift is slow", "Slow elevator", "The elevator is slow"]
    said = [mention(place, people[n], texts[place % 4], thing="lift") for place, n in enumerate([*early, *late])]
    angles = np.array([0.0, 0.02, 1.1, 1.12])
    vecs = Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    batch = study(said, vecs, people, documents)
    found = by_member(run(batch, InsightsConfig(clear=0, match=0.6)))
    first, second = found["m0000"], found["m0002"]
    assert first.insight_id != second.insight_id
    assert (first.theme, second.theme) == ("lift", "lift")
    assert {first.theme_change, second.theme_change} == {"growing"}
    wide = [next(one for one in insight.shifts if one.of == "theme") for insight in (first, second)]
    assert wide[0] == wide[1] == Shift(
        "theme", "growing", "2026-04", "2026-04", 20, 40, 6, 120, wide[0].low, wide[0].high, ("review",), ("",)
    )  # fmt: skip


def test_a_channel_with_enough_documents_is_a_source_of_its_own() -> None:
    people = [f"P{n}" for n in range(60)]
    documents = [
        Document(f"d{n}", "review" if n < 50 else "ticket", "a.csv", "row", person, "text",
                 channel=f"shop: {'web' if n < 25 else 'app'}" if n < 50 else "mail")
        for n, person in enumerate(people)
    ]  # fmt: skip
    days = {f"d{n}": date(2026, 1, 3).toordinal() for n in range(60)}
    clock = clock_of(((one.person_id, one.document_id) for one in documents), documents, days, 180)
    assert clock.sources == (("review", "shop: app"), ("review", "shop: web"), ("ticket", ""))
