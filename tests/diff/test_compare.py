"""What changed between two sides: told when people changed, never when only the channels or chance did."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from voc_engine.errors import ConfigError
from voc_engine.insights.insight_matching import Claim
from voc_engine.report.diff.compare import Difference, compare
from voc_engine.report.diff.page import change, write
from voc_engine.report.diff.sides import Group, Period, Said, Side, Theme, _themes
from voc_engine.store.parts import write_parquet

HOME = Path("/study")


def side(
    name: str, people: dict[str, str], shares: dict[str, float], seed: int, run: str = "run-1", groups: int = 0
) -> Side:
    """``shares``: insight -> chance that a person says it; ``groups`` personas by the people's numbers."""
    random = np.random.default_rng(seed)
    insights = {}
    for key, chance in shares.items():
        said = frozenset(person for person in sorted(people) if random.random() < chance)
        if said:
            claim = Claim(key, "pain_point", frozenset(f"{name} {key} {one}" for one in said))
            insights[key] = Said("pain_point", f"Says {key}", said, claim)
    members = {
        f"p-{number}": Group(f"Group {number}", frozenset(p for p in people if int(p[1:]) % groups == number), None)
        for number in range(groups)
    }
    return Side(name, HOME, run, people, insights, members, len(people), "2026-01-01", "2026-03-31")


def crowd(count: int, channel: str = "ticket", start: int = 0) -> dict[str, str]:
    return {f"P{start + number:04d}": channel for number in range(count)}


def verdicts(found: Difference) -> dict[str, str]:
    return {(one.new_ids or one.old_ids)[0]: one.verdict for one in found.insights}


def test_a_share_that_doubled_is_told_with_its_interval_and_the_rest_is_not():
    shares = {f"i{number}": 0.1 for number in range(20)}
    found = compare(side("a", crowd(300), shares, 1), side("b", crowd(300, start=300), {**shares, "i3": 0.3}, 2))
    told = [one for one in found.insights if one.told]
    assert [one.new_ids for one in told] == [("i3",)]
    assert told[0].share.adjusted_low < 0.2 < told[0].share.adjusted_high
    assert verdicts(found)["i3"] == "growing"
    assert found.insights[0] is told[0]


def test_halves_alike_claim_no_change():
    shares = {f"i{number}": 0.05 + number / 100 for number in range(40)}
    claims = 0
    for seed in range(20):
        found = compare(side("a", crowd(200), shares, seed), side("b", crowd(200, start=200), shares, 100 + seed))
        claims += any(one.told for one in found.insights)
    assert claims <= 2


def test_a_changed_mix_of_channels_alone_is_no_change():
    """Those who write tickets say it twice as often; the second side has more of them and nothing else changed."""
    old = {**crowd(300), **crowd(100, "review", 300)}
    new = {**crowd(100, start=400), **crowd(300, "review", 500)}
    crude = told = 0
    for seed in range(10):
        random = np.random.default_rng(seed)
        sides = []
        for name, people in (("a", old), ("b", new)):
            said = frozenset(p for p in sorted(people) if random.random() < (0.4 if people[p] == "ticket" else 0.1))
            claim = Claim("i", "pain_point", frozenset())
            insights = {"i": Said("pain_point", "It is slow", said, claim)}
            sides.append(Side(name, HOME, "run-1", people, insights, {}, 400, None, None))
        (one,) = compare(*sides).insights
        crude += one.share.high < 0
        told += one.told
    assert crude >= 8
    assert told <= 1


def test_what_only_a_few_say_is_listed_and_not_judged():
    found = compare(side("a", crowd(50), {}, 1), side("b", crowd(50, start=50), {"i1": 0.02}, 9))
    (one,) = found.insights
    assert (one.match, one.told, one.verdict) == ("new", False, "too few people to tell")


def test_under_eight_people_no_share_is_compared():
    found = compare(side("a", crowd(5), {"i": 0.9}, 1), side("b", crowd(300, start=5), {"i": 0.1}, 2))
    assert not any(one.told for one in found.insights)
    assert any("Only 5 people" in one for one in found.cautions)


def test_personas_of_two_periods_are_compared_by_who_was_heard():
    people = crowd(240)
    old = side("a", {p: c for p, c in people.items() if int(p[1:]) % 3 != 2 or int(p[1:]) % 2}, {}, 1, groups=3)
    found = compare(old, side("b", people, {}, 2, groups=3))
    shares = {one.new_names[0]: (one.old_people, one.new_people, one.verdict) for one in found.personas}
    assert shares["Group 2"] == (40, 80, "growing")
    assert {one.match for one in found.personas} == {"kept"}


def test_runs_without_common_people_do_not_take_one_number_for_one_person():
    from dataclasses import replace

    other = replace(side("b", crowd(100), {}, 2, groups=2), home=Path("/another"), run_id="run-2")
    found = compare(side("a", crowd(100), {}, 1, groups=2), other)
    assert {one.match for one in found.personas} == {"new", "gone"}
    assert any("two workspaces" in one for one in found.cautions)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("2026-01..2026-03", "2026-01-01", "2026-03-31"), ("2025..2026", "2025-01-01", "2026-12-31"),
     ("2026-02-03..2026-02-28", "2026-02-03", "2026-02-28")],
)  # fmt: skip
def test_periods(said, first, last):
    period = Period.parse(said)
    assert (period.first, period.last) == (first, last)
    assert period.holds(f"{last}T23:59:59Z")
    assert not period.holds(None)


@pytest.mark.parametrize("said", ["2026-13..2026-14", "spring..summer", "2026-03..2026-01", "2026-01.."])
def test_what_is_no_period_is_refused(said):
    with pytest.raises(ConfigError):
        Period.parse(said)


def test_the_page_and_the_json_say_the_same_and_hostile_names_stay_text():
    shares = {f"i{number}": 0.1 for number in range(5)}
    found = compare(
        side("<script>alert(1)</script>", crowd(100), shares, 1), side("b", crowd(100, start=100), shares, 2)
    )
    files = dict(write(found))
    page = files["index.html"].decode()
    assert "<script>alert" not in page
    told = json.loads(files["diff.json"])
    assert len(told["insights"]) == len(found.insights)
    assert change(found.insights[0]) in page


def themed(name: str, people: dict[str, str], shares: dict[str, float], seed: int) -> Side:
    random = np.random.default_rng(seed)
    themes = {
        key: Theme(key, frozenset(one for one in sorted(people) if random.random() < chance))
        for key, chance in shares.items()
    }
    return Side(name, HOME, name, people, {}, {}, len(people), None, None, themes)


def test_themes_that_grow_or_fade_are_told_and_the_others_are_not():
    before = {f"theme {number}": 0.1 for number in range(10)}
    after = {**before, "theme 2": 0.3, "theme 5": 0.0}
    told = []
    for seed in range(10):
        found = compare(themed("a", crowd(200), before, seed), themed("b", crowd(200, start=200), after, 100 + seed))
        told.append({(one.new_names or one.old_names)[0]: one.verdict for one in found.themes if one.told})
    assert sum(one.get("theme 2") == "growing" for one in told) >= 9
    assert sum(one.get("theme 5") in ("fading", "gone, and more than chance") for one in told) >= 9
    assert sum(len(one) == 2 for one in told) >= 8
    page = dict(write(found))["index.html"].decode()
    assert "Themes whose share of people changed" in page
    assert {one["kind"] for one in json.loads(dict(write(found))["diff.json"])["themes"]} == {"theme"}


def test_themes_of_two_runs_are_the_same_by_what_they_are_about(tmp_path: Path):
    """Names of one theme may be written in two ways; a finding without a theme belongs to none."""
    write_parquet(
        pa.table({"insight_id": ["a", "b", "c"], "theme": ["invoice numbers", "invoice number", None]}),
        tmp_path / "insights.parquet",
    )
    rows = [{"insight_id": key, "person_id": person} for key, person in (("a", "P1"), ("b", "P2"), ("c", "P3"))]
    (theme,) = _themes(tmp_path, rows).values()
    assert theme == Theme("invoice number", frozenset({"P1", "P2"}))
