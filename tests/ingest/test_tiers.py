"""ELAN's files and Praat's TextGrids: a tier is a speaker, and what depends on another tier or notes on it is no speech."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import put, read, said
from .talk_files import as_elan, as_text_grid

ASKED, TOLD = "How do you plan the harvest?", 'I draw it on paper and say "rain" to everybody.'
SHORT = f'''File type = "ooTextFile"
"TextGrid"
0
9
<exists>
3
"IntervalTier" "Ruth" 0 9 2
0 3 "{ASKED}"
3 9 ""
"IntervalTier" "Jonas" 0 9 2
0 3 "sil"
3 9 "I draw it on paper and say ""rain"" to everybody."
"IntervalTier" "words" 0 9 2
0 1 "How"
1 2 "do"
'''
TRANSLATED = (
    '<TIER LINGUISTIC_TYPE_REF="t" PARENT_REF="Tom Reed" TIER_ID="Tom-tr"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="b1" '
    'ANNOTATION_REF="a1"><ANNOTATION_VALUE>Ich zeichne es auf Papier.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>'
    "</TIER></ANNOTATION_DOCUMENT>"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eaf", as_elan([ASKED, TOLD])),
        ("a.TextGrid", as_text_grid([ASKED, TOLD])),
        ("a.TextGrid", as_text_grid([ASKED, TOLD]).decode().encode("utf-16")),
        ("short.TextGrid", SHORT.encode()),
    ],
    ids=["elan", "long", "utf-16", "short"],
)
def test_speakers_take_turns_in_the_order_of_the_recording(tmp_path: Path, name: str, content: bytes) -> None:
    (talk,), skipped = read(put(tmp_path, name, content))
    assert [(role, words) for _, role, words in said(talk)] == [("interviewer", ASKED), ("participant", TOLD)]
    assert not any(one.quarantined for one in skipped)


def test_a_tier_that_says_something_of_another_is_no_speech(tmp_path: Path) -> None:
    content = as_elan([ASKED, TOLD]).decode().replace("</ANNOTATION_DOCUMENT>", TRANSLATED)
    (talk,), skipped = read(put(tmp_path, "a.eaf", content))
    assert [words for _, _, words in said(talk)] == [ASKED, TOLD]
    assert [(one.found, one.quarantined) for one in skipped] == [("Ich zeichne es auf Papier.", False)]


def test_words_one_by_one_are_no_second_voice(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.TextGrid", SHORT))
    assert {speaker for speaker, _, _ in said(talk)} == {"Ruth", "Jonas"}
    assert [one.found for one in skipped] == ["How\ndo"]


def test_a_file_that_ends_too_early_says_so(tmp_path: Path) -> None:
    content = as_text_grid([ASKED, TOLD]).decode()
    (talk,), skipped = read(put(tmp_path, "a.TextGrid", content[: content.rindex("item [2]")]))
    assert [words for _, _, words in said(talk)] == [ASKED]
    assert [one.reason for one in skipped if one.quarantined] == ["the rest of the TextGrid cannot be read"]


CHAT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tINV Ruth Investigator, PAR Jonas Participant
*INV:\thow do you shop for food ?
%mor:\tadv|how mod|do pro|you v|shop ?
*PAR:\t&-uh I go on foot (.) because [= he points at the street] the bus
\tnever <comes> [/] comes . \x152500_6500\x15
*PAR:\t&=laughs .
@End
"""


def test_marks_of_an_annotation_are_no_words_of_the_speaker(tmp_path: Path) -> None:
    """Regression: tags of words, codes of time and comments of the transcriber stood in quotes."""
    (talk,), skipped = read(put(tmp_path, "a.cha", CHAT))
    assert said(talk) == [
        ("Ruth", "interviewer", "how do you shop for food?"),
        ("Jonas", "participant", "uh I go on foot because the bus never comes comes."),
    ]
    assert talk.utterances[1].time_ms == (2500,)
    told = "\n".join(one.found for one in skipped)
    assert "he points at the street" in told
    assert "adv|how" in told
    assert not any(one.quarantined for one in skipped)
