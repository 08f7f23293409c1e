"""Names and numbers that are read as such are masked as such, whatever invisible marks are in them."""

from __future__ import annotations

import pytest

from voc_engine.config import RedactConfig
from voc_engine.privacy.known_names import Directory, KnownName
from voc_engine.privacy.masks import apply
from voc_engine.redact.finding import Finder

KNOWN = [KnownName("Thaddeus Quillfeather", "[P0001]")]


def masked(text: str) -> str:
    (spans,) = Finder(KNOWN, RedactConfig(names="cues")).spans([text])
    return apply(text, spans)[0]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Ask Quill\u00adfeather, it broke.", "Ask [P0001], it broke."),
        ("Ask Q\u200bu\u200bi\u200bl\u200blfeather, it broke.", "Ask [P0001], it broke."),
        ("Broken, says &#81;&#117;&#x69;llfeather to me.", "Broken, says [P0001] to me."),
        ("It broke for <b>Quill</b>feather again.", "It broke for <b>[P0001] again."),
        ("**Quill**feather says so.", "**[P0001] says so."),
        ("#thaddeusquillfeather it broke.", "#[P0001] it broke."),
        (r"C:\Users\tquillfeather\a.csv broke.", r"C:\Users\[P0001]\a.csv broke."),
        ("Call +49 30\u200b 5550\u200b 1734, it broke.", "Call [phone], it broke."),
        ("Call 030\u00a05550\u00a01734, it broke.", "Call [phone], it broke."),
        ("Q u i l l f e a t h e r says so.", "[P0001] says so."),
        ("Q-u-i-l-l-f-e-a-t-h-e-r says so.", "[P0001] says so."),
        ("T h a d d e u s  Q u i l l f e a t h e r left.", "[P0001] left."),
        ("Ask Qu\u0456llf\u0435ather, it broke.", "Ask [P0001], it broke."),
        ("\u03a4h\u03b1dd\u0435us Quillfeather left.", "[P0001] left."),
        ("The Quillfeathers moved out.", "The [P0001] moved out."),
        ("Write to thaddeus.quill\u00adfeather@example.org now.", "Write to [email] now."),
    ],
)
def test_what_is_hidden_between_letters_hides_no_name(written: str, kept: str) -> None:
    assert masked(written) == kept


def test_invisible_marks_beside_no_name_stay() -> None:
    text = "The ex\u00adport &#38; the **im**port broke\u200b at 9\u00a0am."
    assert masked(text) == text


def test_a_name_is_looked_for_where_marks_hide_its_words() -> None:
    """Regression: of many known names only those were looked for of which a word stood in the text as it was written."""
    directory = Directory({"P0001": "Thaddeus Quillfeather", "P0002": "Marisol Vanterpool"})
    for text in (
        "Ask Quill\u200bfeather.",
        "Ask Q\u00aduillfeather.",
        "Ask &#81;uillfeather.",
        "**Quill**feather says so.",
    ):
        assert [one.mask for one in directory.near(text)] == ["[P0001]"]


@pytest.mark.parametrize(
    "text",
    [
        "The U S A and a b c d are lists.",
        "\u041f\u0440\u0438\u0432\u0435\u0442, it broke.",
        "It costs \u03b1 and \u03b2.",
    ],
)
def test_letters_apart_and_other_alphabets_that_are_no_name_stay(text: str) -> None:
    assert masked(text) == text
