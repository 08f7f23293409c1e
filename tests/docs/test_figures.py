"""The tables of the accuracy page come from what was measured."""

from __future__ import annotations

import pytest

from docs.accuracy_tables import BEGIN, END, PAGE, renewed

MEASURED = """| set | ours | rows/s |
|---|---|---|
| talk | 0.5 | 12 |

## At the shipped threshold, by kind of source

| set | marked |
|---|---|
| talk | 3 |

- A note | with a bar.
"""


def test_tables_are_renewed_and_words_stay() -> None:
    page = f"# Accuracy\n\nBefore.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n"
    found = renewed(page, MEASURED)
    assert found == (
        f"# Accuracy\n\nBefore.\n\n{BEGIN}\n\n| set | ours |\n|---|---|\n| talk | 0.5 |\n\n"
        f"## At the shipped threshold, by kind of source\n\n| set | marked |\n|---|---|\n| talk | 3 |\n\n{END}\n\nAfter.\n"
    )
    assert renewed(found, MEASURED) == found


def test_the_page_itself_can_be_renewed() -> None:
    assert "| talk | 0.5 |" in renewed(PAGE.read_text(encoding="utf-8"), MEASURED)


@pytest.mark.parametrize(("page", "measured"), [("no marks", MEASURED), (f"{BEGIN}{END}", "nothing")])
def test_a_page_that_cannot_be_renewed_is_told(page: str, measured: str) -> None:
    with pytest.raises(ValueError, match="no"):
        renewed(page, measured)
