"""Names are sought in steps that grow with the text, not with its square."""

from __future__ import annotations

import pytest

from voc_engine.config.sections import RedactConfig
from voc_engine.redact import others
from voc_engine.redact.finding import Finder


@pytest.mark.parametrize("words", ["Straße ", "Okonkwo ", "Van der ", "Anna "])
def test_a_line_of_capitalised_words_takes_steps_by_its_length(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: each word of a run was the start of a name that was followed to the run's end."""
    steps = 0

    def counted(*given: object, **more: object) -> bool:
        nonlocal steps
        steps += 1
        return goes_on(*given, **more)  # type: ignore[arg-type]

    goes_on = others._goes_on
    monkeypatch.setattr(others, "_goes_on", counted)
    taken = []
    for times in (100, 400):
        steps = 0
        Finder((), RedactConfig()).spans([words * times])
        taken.append(steps)
    assert taken[1] <= 5 * max(taken[0], 1)
