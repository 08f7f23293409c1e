"""Where other tools' selections are: one plain fixture per trap that was measured in other tools."""

from __future__ import annotations

import pytest

from voc_engine.exchange.plain_text import one_line, shortened
from voc_engine.exchange.refi.offsets import best_reading

TEXT = (
    "Nadia: How is it?\nYusuf: It is slow 😀 and the export drops rows.\n"
    "Nadia: I see.\nYusuf: I want my evening back 😀 again.\n"
)
WORDS = ["It is slow", "the export drops rows", "I want my evening back", "again"]
PLACES = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in WORDS]
CRLF = TEXT.replace("\n", "\r\n")


def in_crlf(place: tuple[int, int]) -> tuple[int, int]:
    return tuple(at + TEXT[:at].count("\n") for at in place)  # type: ignore[return-value]


def in_utf16(place: tuple[int, int]) -> tuple[int, int]:
    return tuple(len(TEXT[:at].encode("utf-16-le")) // 2 for at in place)  # type: ignore[return-value]


CASES = {
    "plain": (TEXT.encode(), PLACES),
    "QualCoder: a mark that is not counted": (TEXT.encode("utf-8-sig"), PLACES),
    "QualCoder's reader: a mark that is counted": (TEXT.encode("utf-8-sig"), [(a + 1, b + 1) for a, b in PLACES]),
    "NVivo on Windows: line ends count two": (CRLF.encode(), [in_crlf(one) for one in PLACES]),
    "NVivo with a mark": (CRLF.encode("utf-8-sig"), [in_crlf(one) for one in PLACES]),
    "ATLAS.ti: line ends count one": (CRLF.encode(), PLACES),
    "QualCoder for MAXQDA: mark, line ends count one": (CRLF.encode("utf-8-sig"), PLACES),
    "UTF-16 units": (TEXT.encode(), [in_utf16(one) for one in PLACES]),
    "the last character named": (TEXT.encode(), [(a, b - 1) for a, b in PLACES]),
}
NAMINGS = {
    "whole": WORDS,
    "cut as ATLAS.ti does": [shortened(one_line(one), 9) for one in WORDS],
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("naming", NAMINGS)
def test_every_selection_holds_its_words(case: str, naming: str) -> None:
    content, places = CASES[case]
    reading, moved = best_reading(content, places, NAMINGS[naming])
    assert [reading.text[start:end] for start, end in moved] == WORDS
    assert reading.score == 1
    assert "\r" not in reading.text


@pytest.mark.parametrize("case", ["plain", "NVivo on Windows: line ends count two", "ATLAS.ti: line ends count one"])
def test_without_names_the_edges_of_words_tell(case: str) -> None:
    content, places = CASES[case]
    reading, moved = best_reading(content, places, [""] * len(places))
    assert [reading.text[start:end] for start, end in moved] == WORDS


def test_what_fits_no_reading_is_not_believed() -> None:
    reading, _ = best_reading(TEXT.encode(), [(3, 9), (20, 31)], ["never said", "nor this"])
    assert not reading.sound


def test_places_outside_of_the_text_hold_nothing() -> None:
    _, moved = best_reading(b"short", [(-1, 3), (2, 900), (4, 4)], ["", "", ""])
    assert moved == [(0, 0)] * 3
