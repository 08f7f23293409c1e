"""A machine's translation beside a person's words is nobody's; what somebody wrote about translations stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .reading import put, read, turns

SAID, MADE = "Das Zimmer war sehr ruhig.", "The room was very quiet."
CUT = "a machine's translation"


@pytest.mark.parametrize(
    "cell",
    [
        f"(Translated by Google) {MADE}\n\n(Original)\n{SAID}",
        f"{SAID}\n\n(Translated by Google)\n{MADE}",
        f"(Traduit par Google) {MADE}\n(Avis d'origine)\n{SAID}",
        f"(Übersetzt von Google) {MADE}\n\n(Original)\n{SAID}",
        f"[Machine translation] {MADE}\n[Original] {SAID}",
    ],
)
def test_only_the_original_is_evidence(tmp_path: Path, cell: str) -> None:
    rows = [
        {"author": "Hans M", "rating": 4, "review": cell},
        {"author": "Tom", "rating": 2, "review": "The lift is broken"},
    ]
    talks, _ = read(put(tmp_path, "r.json", json.dumps(rows)))
    voice = [words for talk in talks for _, cut, words in turns(talk) if cut is None]
    assert voice == [SAID, "The lift is broken"]
    assert any(MADE in words and cut == CUT for _, cut, words in turns(talks[0]))


@pytest.mark.parametrize(
    "words",
    ["I read it (translated by Anna) twice", "(Original) parts only, please", "(I used Google to translate it) sorry"],
)
def test_what_people_say_of_translations_stays(tmp_path: Path, words: str) -> None:
    rows = [{"author": "Hans", "review": words}, {"author": "Tom", "review": "The lift is broken"}]
    (first, _), _ = read(put(tmp_path, "r.json", json.dumps(rows)))
    assert [(cut, said) for _, cut, said in turns(first)] == [(None, words)]


@pytest.mark.parametrize(
    ("original", "made"), [("text", "textTranslated"), ("originalText", "text"), ("review", "translated_review")]
)
def test_of_two_columns_the_original_is_read(tmp_path: Path, original: str, made: str) -> None:
    rows = [
        {"author": "Hans", "rating": 4, made: MADE, original: SAID},
        {"author": "Marie", "rating": 2, made: "We waited an hour.", original: "On a attendu une heure."},
    ]
    talks, skipped = read(put(tmp_path, "r.json", json.dumps(rows)))
    assert [talk.document.text for talk in talks] == [SAID, "On a attendu une heure."]
    assert not any(one.quarantined for one in skipped)


GERMAN = ["Das Zimmer war sehr ruhig und sauber, wir kommen wieder.", "Wir haben eine Stunde auf das Frühstück gewartet.",
          "Der Aufzug ist schon wieder kaputt und niemand hilft."]  # fmt: skip
ENGLISH = ["The room was very quiet and clean, we will come again.", "We have waited for breakfast for an hour.",
           "The lift is broken once more and nobody helps."]  # fmt: skip


@pytest.mark.parametrize(("mark", "told"), [("---- EN ----\n", True), ("", True), (None, False)])
def test_texts_in_two_languages_are_told_whatever_stands_between(tmp_path: Path, mark: str | None, told: bool) -> None:
    texts = ENGLISH if mark is None else [f"{one}\n\n{mark}{two}" for one, two in zip(GERMAN, ENGLISH, strict=True)]
    rows = [{"author": f"Hans {n}", "rating": 3, "review": text} for n, text in enumerate(texts)]
    _, skipped = read(put(tmp_path, "r.json", json.dumps(rows)))
    assert ["two languages" in one.reason for one in skipped if one.quarantined] == [True] * told
