"""One loud person is one voice, a small group beside large ones is found, and groups are found within a declared one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Document, Membership, Persona, Segment, Vectors

CLAIMS = 5


def study(groups: Sequence[int], loud: int = 0, plan: Sequence[str] = ()) -> Batch:
    """People of these groups with six sentences each; the first also has ``loud`` documents of the last group's
    claims."""
    random = np.random.default_rng(4)
    centres = random.normal(size=((max(groups) + 1) * CLAIMS, 48))
    said: list[tuple[str, int]] = []
    for person, group in enumerate(groups):
        said += [(f"P{person:03d}", group * CLAIMS + int(random.integers(CLAIMS))) for _ in range(6)]
    last = max(groups) * CLAIMS
    noise = np.random.default_rng(5)
    said += [("P000", last + int(noise.integers(CLAIMS))) for _ in range(loud)]
    keys, rows, segments, documents = [], [], [], []
    for number, (person, claim) in enumerate(said):
        text = f"statement {number} is that claim{claim} matters"
        row = centres[claim] + 0.6 * noise.normal(size=48)
        keys.append(text)
        rows.append(row / np.linalg.norm(row))
        given = {"plan": plan[int(person[1:])]} if plan else {}
        segments.append(
            Segment(f"s{number:05d}", f"d{number:05d}", "u", 0, 0, len(text), text, text, person, "participant")
        )
        documents.append(Document(f"d{number:05d}", "post", "a.csv", "1", person, text, attributes=given))
    vectors = Vectors(tuple(keys), np.array(rows, dtype=np.float32))
    return Batch.make((Segment, segments), (Document, documents), vectors=vectors)


def homes(result: Batch) -> dict[str, str | None]:
    return {one.person_id: one.persona_id for one in result.of(Membership)}


def test_five_hundred_documents_of_one_person_do_not_move_the_groups() -> None:
    groups = [n % 3 for n in range(45)]
    quiet, loud = (homes(run(study(groups, loud=more), PersonasConfig())) for more in (0, 500))
    together = [
        {p for p in quiet if p != "P000" and quiet[p] == home} for home in sorted(set(map(str, quiet.values())))
    ]
    again = [{p for p in loud if p != "P000" and loud[p] == home} for home in sorted(set(map(str, loud.values())))]
    assert len(together) == 3
    assert sorted(map(sorted, together)) == sorted(map(sorted, again))


def test_a_group_of_one_in_eight_is_found() -> None:
    result = run(study([0] * 28 + [1] * 14 + [2] * 6), PersonasConfig())
    assert sorted(persona.n_people for persona in result.of(Persona)) == [6, 14, 28]


def test_groups_are_found_within_a_declared_group() -> None:
    plan = ["Solo" if n < 40 else "Team" for n in range(52)]
    result = run(
        study([n % 2 if n < 40 else 2 for n in range(52)], plan=plan), PersonasConfig(attribute="plan", within=True)
    )
    found = {persona.name.split(":")[0]: persona.method for persona in result.of(Persona)}
    sizes = sorted(persona.n_people for persona in result.of(Persona))
    assert sizes == [12, 20, 20]
    assert found["Team"] == "declared by plan"
    assert found["Solo"] == "declared by plan, consensus within Solo"
    assert "Solo" not in {persona.name for persona in result.of(Persona)}
    assert len({persona.persona_id for persona in result.of(Persona)}) == 3


@pytest.mark.slow
def test_who_goes_takes_nobody_along() -> None:
    whole = study([n % 3 for n in range(24)])
    before = homes(run(whole, PersonasConfig()))
    for gone in sorted(before)[::3]:
        rest = [one for one in whole.of(Segment) if one.person_id != gone]
        after = homes(run(Batch.make((Segment, rest), vectors=whole.vectors), PersonasConfig()))
        assert len(set(after.values())) == len(set(before.values())), gone
        pairs = Counter((before[person], home) for person, home in after.items())
        best = Counter[str | None]()
        for (old, _), count in pairs.items():
            best[old] = max(best[old], count)
        assert sum(best.values()) >= 0.95 * len(after), gone
