"""Groups are people's and not the files', the channels' or the products'."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Document, Membership, Persona, Segment, Vectors

DIMENSIONS, THEMES, SAID = 48, 6, 6
WORDS = ("router cable signal", "mixer blade jug")
PEOPLE = 60


def study(groups: int, *, product: bool = False, seed: int = 0) -> tuple[list[int], Batch]:
    """(group of each person, a study of two files): what people say tells the file always, and the group where there
    are several. With ``product`` both stand in one file and a column names the product."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(groups * THEMES, DIMENSIONS))
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    places = random.normal(size=(2, DIMENSIONS))
    places /= np.linalg.norm(places, axis=1, keepdims=True)
    segments, documents, rows = [], [], []
    truth = [number // 2 % groups for number in range(PEOPLE)]
    for number, group in enumerate(truth):
        person, file = f"P{number:03d}", number % 2
        given = {"product": ("Router", "Mixer")[file], "plan": ("solo", "team")[number // 3 % 2]}
        source = "a.csv" if product else ("a.csv", "b.csv")[file]
        documents.append(
            Document(f"d{number}", "review", source, f"row {number}", person, "",
                     attributes=given if product else {"plan": given["plan"]})
        )  # fmt: skip
        for _ in range(SAID):
            theme = group * THEMES + int(random.integers(THEMES))
            wobble = random.normal(size=DIMENSIONS)
            row = centres[theme] + places[file] + 0.5 * wobble / np.linalg.norm(wobble)
            rows.append(row / np.linalg.norm(row))
            text = f"my {random.choice(WORDS[file].split())} was number {len(rows)}"
            segments.append(
                Segment(f"s{len(rows):04d}", f"d{number}", "u", 0, 0, len(text), text, text, person, "participant")
            )
    vectors = Vectors(tuple(one.text_key for one in segments), np.array(rows, dtype=np.float32))
    return truth, Batch.make((Segment, segments), (Document, documents), vectors=vectors)


@pytest.mark.parametrize("product", [False, True])
def test_files_that_differ_in_their_product_alone_are_no_groups(product: bool) -> None:
    _, batch = study(1, product=product)
    (persona,) = run(batch, PersonasConfig()).of(Persona)
    assert persona.method == "no stable segmentation"
    notes = " ".join(note.text for note in persona.notes)
    assert 'by "plan" (2 values, 60 of 60 people)' in notes


@pytest.mark.parametrize("product", [False, True])
def test_groups_that_are_spread_over_the_files_are_found(product: bool) -> None:
    from sklearn.metrics import adjusted_rand_score

    truth, batch = study(2, product=product)
    result = run(batch, PersonasConfig())
    assert len(result.of(Persona)) == 2
    assert adjusted_rand_score(truth, [one.persona_id or "none" for one in result.of(Membership)]) >= 0.85
