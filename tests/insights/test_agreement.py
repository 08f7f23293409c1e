"""One judge of headings: counts are whole, one matter is one finding, and a name holds or is not given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.agreement import Agreement
from voc_engine.insights.clause_vectors import Clauses
from voc_engine.insights.likeness import unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.stage import run
from voc_engine.insights.units import make_units
from voc_engine.records import Batch, Insight, Mention, Segment, Vectors

from .made import mention, study

SLOW = ["The export is slow today", "Slow export today", "Today the export is slow", "So slow an export"]
HEARD = [f"Q{n}" for n in range(60)]  # a small study tells of things


def turned(texts: Sequence[str], angles: Sequence[float]) -> Vectors:
    """Vectors in a plane, each at its angle in radians."""
    return Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))


def people(given: Sequence[Mention], vectors: Vectors, **options: float) -> list[int]:
    chosen = InsightsConfig(**{"clear": 0, "join": 0.94, "stay": 0.94, "match": 0.2, "member": 0.5, **options})
    return sorted(one.n_people for one in run(study(given, vectors, silent=HEARD), chosen).of(Insight))


@pytest.mark.parametrize(("angle", "kind", "expected"), [
    (0.5, "pain_point", [4]), (1.5, "pain_point", [1, 3]), (0.5, "delight", [1, 3]),
])  # fmt: skip
def test_a_single_voice_that_says_the_heading_is_counted_wherever_it_was_found(
    angle: float, kind: str, expected: list[int]
) -> None:
    given = [mention(n, f"P{n}", text, thing="export") for n, text in enumerate(SLOW[:3])]
    given.append(mention(3, "P3", SLOW[3], thing="export", kind=kind))
    assert people(given, turned(SLOW, [0.0, 0.01, 0.02, angle])) == expected


@pytest.mark.parametrize(("angle", "expected"), [(0.5, [4]), (1.3, [2, 2])])
def test_findings_that_say_each_other_s_heading_are_one(angle: float, expected: list[int]) -> None:
    given = [mention(n, f"P{n}", text, thing="export") for n, text in enumerate(SLOW)]
    assert people(given, turned(SLOW, [0.0, 0.01, angle, angle + 0.01])) == expected


class Read:
    """An embedder that knows two directions: complaints of too much mail, and of none."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.array([[1.0, 0.0] if "many" in text else [0.0, 1.0] for text in texts], np.float32)


def agreed(texts: Sequence[str], embedder: object) -> Agreement:
    given = [mention(n, f"P{n}", f"{text} and the rest is fine", statement=text) for n, text in enumerate(texts)]
    units = make_units(given)
    vectors = Vectors(tuple(m.text_key for m in given), np.ones((len(given), 2), np.float32))
    sentences = {one.segment_id: one.quote for one in given}
    clauses = Clauses(np.zeros(2, np.float32), embedder, sentences)
    made = Agreement.of(given, units, unit_features(given, units, meaning(units, vectors)), clauses)
    made.read(range(len(units)))
    return made


def test_a_name_that_its_people_do_not_say_does_not_hold() -> None:
    made = agreed(["So many mails", "Too many mails a day", "Why so many mails?"], Read())
    members = np.arange(3)
    assert made.name_holds(members, "Mail: too many", 0.5)
    assert not made.name_holds(members, "Mail: no answer", 0.5)


def test_without_clauses_a_name_stands() -> None:
    assert agreed(["So many mails", "Too many mails a day"], None).name_holds(np.arange(2), "Mail: no answer", 0.9)


def test_a_clause_is_read_by_itself_and_not_by_its_sentence() -> None:
    made = agreed(["So many mails", "No mail ever came"], Read())
    one, other = made.rows.meaning
    assert float(one @ other) == pytest.approx(0)


def test_who_says_another_clause_does_not_say_the_heading() -> None:
    made = agreed(["So many mails", "Too many mails a day", "No mail ever came"], Read())
    point = next(number for number, unit in enumerate(made.units) if unit.wording.startswith("so many"))
    says = made.says(np.array([point]), point, "So many mails", np.array([n for n in range(3) if n != point]))
    assert says[0] == 1
    assert says[1:].max() > 0.5 > says[1:].min()


def test_vectors_of_another_embedder_are_not_read_as_those_of_ours() -> None:
    given = study([mention(0, "P0", SLOW[0])], turned(SLOW[:1], [0.0]))
    assert Clauses.of(given, np.zeros(2, np.float32)).embedder is None
    wide = np.zeros((1, 384), np.float32)
    wide[0, 0] = 1
    other = Batch({Segment: given.of(Segment)}, Vectors((SLOW[0],), wide))
    assert Clauses.of(other, np.zeros(384, np.float32)).embedder is None


def test_vectors_of_our_embedder_are_known_and_clauses_are_read_with_it() -> None:
    from voc_engine.embed.same_sense import SameSenseEmbedder

    whole = SameSenseEmbedder().encode(SLOW[:1])
    given = study([mention(0, "P0", SLOW[0])], Vectors((SLOW[0],), whole))
    clauses = Clauses.of(given, np.zeros(384, np.float32))
    read = clauses.meaning([SLOW[0]])
    assert read is not None
    assert float(read[0] @ whole[0]) == pytest.approx(1, abs=1e-3)
