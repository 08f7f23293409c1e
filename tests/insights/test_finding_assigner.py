"""New mentions on a tree that stands: what says a finding's key point is of it, what does not is of none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.finding_assigner import FLOOR, FindingAssigner
from voc_engine.insights.stage import run
from voc_engine.records import Batch, Insight, InsightMember, Mention, Vectors

from .made import OPTIONS, by_member, mention, study, vectors

LIFT, CODE, ALONE = "The lift is slow", "The code never arrives", "My shoes are wet"
SAID = [mention(n, f"P{n}", f"{LIFT} {n % 7}", thing="lift") for n in range(40)]
SAID += [mention(40 + n, f"Q{n}", f"{CODE} {n % 5}", thing="code") for n in range(20)]
SAID += [mention(80 + n, f"R{n}", f"{ALONE} {n}") for n in range(5)]


def finished(like_lift: Sequence[str] = ()) -> tuple[Batch, dict[str, Insight], Vectors]:
    texts = [
        [f"{LIFT} {n}" for n in range(7)],
        [f"{CODE} {n}" for n in range(5)],
        *([f"{ALONE} {n}"] for n in range(5)),
    ]
    vecs = vectors(
        [[*texts[0], "How slow this lift is", *like_lift], [*texts[1], "No code came"], *texts[2:], ["Dear price"]]
    )
    found = run(study(SAID, vecs), OPTIONS)
    batch = Batch({**found.tables, Mention: list(SAID)})
    batch.vectors = vecs
    return batch, by_member(found), vecs


def made() -> tuple[FindingAssigner, dict[str, Insight], Vectors]:
    batch, before, vecs = finished()
    return FindingAssigner(batch, OPTIONS), before, vecs


def test_new_mentions_go_to_the_finding_that_they_say_or_to_none() -> None:
    assigner, before, vecs = made()
    new = [
        mention(900, "N1", "How slow this lift is", thing="lift"),
        mention(901, "N2", "No code came", thing="code", kind="request"),
        mention(902, "N3", "Dear price", thing="price"),
        mention(903, "N4", "How slow this lift is", kind="delight", sentiment="positive"),
    ]
    lift, code, price, praise = assigner.place(new, vecs)
    assert lift.insight is not None
    assert lift.insight.insight_id == before["m0000"].insight_id
    assert code.insight is not None
    assert code.insight.insight_id == before["m0040"].insight_id, "who asks for it speaks of the same problem"
    assert price.insight is None
    assert praise.insight is None, "praise is of no finding of complaints"
    assert lift.probability > 0.5 > price.probability


def test_what_cannot_be_understood_by_itself_has_its_theme_and_no_finding() -> None:
    batch, _, vecs = finished(["It came three times"])
    assigner = FindingAssigner(batch, InsightsConfig())
    unclear = mention(900, "N1", "It came three times", thing="lift")
    clear = mention(901, "N2", "How slow this lift is", thing="lift")
    vague, plain = assigner.place([unclear, clear], vecs)
    assert (vague.insight, vague.theme, vague.probability) == (None, "lift", 0.0), "near as its vector is"
    assert plain.insight is not None


def test_what_members_say_is_of_their_finding_where_its_key_point_is_hardly_said() -> None:
    """The key point is one wording of several: what most others say, a little beside it, is no less of the finding."""
    batch, before, vecs = finished()
    assigner = FindingAssigner(batch, OPTIONS)
    rows = dict(zip(vecs.keys, vecs.matrix, strict=True))
    lift = before["m0000"]
    said = next(m.quote for m in SAID if m.mention_id == lift.medoid_mention_id)
    others = np.mean([rows[f"{LIFT} {n}"] for n in range(7) if f"{LIFT} {n}" != said], axis=0)
    away = {f"Ages {n}": others - n / 20 * rows[said] for n in range(21)}
    new = [mention(900 + n, f"N{n}", quote, thing="lift") for n, quote in enumerate(away)]
    given = Vectors(tuple(away), np.array([row / np.linalg.norm(row) for row in away.values()], np.float32))
    homes = assigner.place(new, given)
    says_it = [
        seen[list(candidates).index(0 if assigner.findings[0] == lift else 1), 0]
        for candidates, seen in assigner._evidence(new, given)
    ]
    hardly = [home for home, chance in zip(homes, says_it, strict=True) if chance < FLOOR]
    assert hardly
    assert any(home.insight is not None and home.insight.insight_id == lift.insight_id for home in hardly)


def test_a_finding_that_is_not_likely_enough_is_none() -> None:
    batch, _, vecs = finished()
    rows = dict(zip(vecs.keys, vecs.matrix, strict=True))
    blends = {f"Lift {n}": (1 - n / 40) * rows[f"{LIFT} 0"] + n / 40 * rows["Dear price"] for n in range(41)}
    new = [mention(900 + n, f"N{n}", quote, thing="lift") for n, quote in enumerate(blends)]
    given = Vectors(tuple(blends), np.array([row / np.linalg.norm(row) for row in blends.values()], np.float32))
    homes = FindingAssigner(batch, InsightsConfig(clear=0, match=0)).place(new, given)
    placed = [home.probability for home in homes if home.insight is not None]
    none = [home.probability for home in homes if home.insight is None]
    assert min(placed) >= FLOOR > max(none)


def test_the_study_s_own_mentions_go_where_the_run_put_them_and_the_order_makes_no_difference() -> None:
    assigner, before, vecs = made()
    homes = assigner.place(SAID, vecs)
    right = [
        home.insight is not None and home.insight.insight_id == before[one.mention_id].insight_id
        for one, home in zip(SAID, homes, strict=True)
    ]
    assert np.mean(right[:60]) > 0.95
    assert assigner.place(SAID[::-1], vecs)[::-1] == homes


def test_without_findings_everything_is_of_none() -> None:
    batch = Batch.make((Mention, []), (Insight, []), (InsightMember, []))
    (home,) = FindingAssigner(batch, OPTIONS).place([SAID[0]], vectors([[SAID[0].text_key]]))
    assert (home.insight, home.theme, home.probability) == (None, None, 0.0)
