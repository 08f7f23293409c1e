"""Sentence spans: exact, in order, nothing lost, nothing twice."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from voc_engine.language.long_runs import with_bounded_runs
from voc_engine.segment import sentences as room
from voc_engine.segment.sentences import sentence_spans


def sentences(text: str, max_words: int = 60) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, max_words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works. I like it!", ["It works.", "I like it!"]),
        ("Why?! Nobody knows.", ["Why?!", "Nobody knows."]),
        ('He said "Stop it." Then he left.', ['He said "Stop it."', "Then he left."]),
        ("(It broke.) Twice.", ["(It broke.)", "Twice."]),
        ("one line\nanother line", ["one line", "another line"]),
        ("one\r\n\r\n  two  \u2028three", ["one", "two", "three"]),
        ("It costs 3.50 in the U.S. today", ["It costs 3.50 in the U.S. today"]),
        ("Version 2.1.3 crashed", ["Version 2.1.3 crashed"]),
        ("I was... waiting for it", ["I was... waiting for it"]),
        ("I was… I mean", ["I was… I mean"]),
        ("Well... Nobody came.", ["Well...", "Nobody came."]),
        ("no end", ["no end"]),
        ("  spaces around.  ", ["spaces around."]),
        ("Great 😀! Really 👩‍👧.", ["Great 😀!", "Really 👩‍👧."]),
        ("动不了。 太慢了！", ["动不了。", "太慢了！"]),
    ],
)
def test_sentences_end_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "...", "?!", "。！？", "😀 👍🏽", "— … —", "\u200b", "()[]", "\u2028"]
)
def test_without_a_word_there_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


AWKWARD = st.sampled_from(
    ["a", "I", "ok", "don't", "e\u0301", "é", "ﬁ", "😀", "👩‍👧", "👍🏽", "🇮🇪", "。", "！", "你好", "مرحبا", ".", "...", "…",
     "?!", '"', "”", ")", "(", "-", " - ", "; ", ", ", " ", "  ", "\t", "\n", "\r\n", "\u2028", "\x0b", "\x1c", "\u00a0",
     "\u200b", "\ufeff", "\x00", "U.S.", "3.5", "a.b@c.de", "http://x.y/z?q=1", " but ", " and I ", ":-)", "<3"]
)  # fmt: skip
TEXTS = st.lists(AWKWARD, max_size=25).map("".join) | st.text(max_size=60)


@given(TEXTS, st.sampled_from([10, 12, 60]))
@example("\x1c.a", 60)
@example("a\u00a0. b", 60)
def test_every_word_lies_in_exactly_one_sentence(text: str, max_words: int) -> None:
    spans = sentence_spans(text, max_words)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
    assert all(re.search(r"\w", text[start:end]) for start, end in spans)
    for word in re.finditer(r"\w+", text):
        assert sum(start <= word.start() and word.end() <= end for start, end in spans) == 1


@given(TEXTS.filter(lambda text: all(len(line) < 30 for line in text.splitlines())))
def test_a_break_between_short_lines_ends_a_sentence(text: str) -> None:
    assert all(len(text[start:end].splitlines()) == 1 for start, end in sentence_spans(text, 60))


WRAPPED = (
    "The lift in our building stops between two floors at least once a week\n"
    "and the caretaker only comes when somebody shouts. Last Friday I waited\n"
    "for Mr. Halvorsen until nine. Nobody told my daughter."
)


def test_a_paragraph_broken_to_a_width_keeps_its_sentences() -> None:
    assert [" ".join(one.split()) for one in sentences(WRAPPED)] == [
        "The lift in our building stops between two floors at least once a week and the caretaker only comes when"
        " somebody shouts.",
        "Last Friday I waited for Mr. Halvorsen until nine.",
        "Nobody told my daughter.",
    ]


def test_a_wrapped_paragraph_of_another_language_and_line_end_keeps_its_sentences() -> None:
    text = (
        "Seit dem Umzug finde ich in der neuen Ablage nichts mehr, weil jede\r\n"
        "Abteilung ihre Ordner anders nennt, und die Suche kennt nur den Titel der\r\n"
        "Datei. Wir fragen uns gegenseitig."
    )
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("What I need from the tool, in the order in which I need it every day:\nexport\nprint\nshare", 4),
        ("- the scanner forgets which printer belongs to which of our two offices\n  upstairs\n- it is loud", 2),
        ("* open the basket that you filled yesterday on the other telephone\n* pay for it with the card", 2),
        ("The road was long and the road was wet\nThe bus was late and my coat was thin\nI walked", 3),
        ("The form wants a number that nobody in the family has ever heard of\n\nand then it closes.", 2),
        ("Dana: the form wants a number that nobody in the family knows about\nTom: and then it closes", 2),
    ],
)
def test_lists_verses_and_ends_of_paragraphs_end_a_sentence(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_finding_wraps_takes_time_that_grows_with_the_text() -> None:
    text = ("- word that goes on\n  and on\n" * 20_000) + "x" * 20_000
    # What has no blank is cut at the limit of a sentence.
    assert len(sentences(text)) == 20_000 + 10


LONG = (
    "I open the app, and then I look for the booking, but it is not there, so I type it again, because nobody else does"
)


def test_a_long_sentence_is_cut_at_clauses() -> None:
    found = sentences(LONG, 12)
    assert len(found) > 1
    assert all(len(one.split()) <= 12 for one in found)
    assert " ".join(found).split() == LONG.split()
    assert sentences(LONG, 60) == [LONG]


def test_the_best_boundary_is_taken_first() -> None:
    text = "I open it and I look and I wait; then he types it and he waits and he goes"
    assert sentences(text, 10) == ["I open it and I look and I wait;", "then he types it and he waits and he goes"]


def test_a_long_sentence_without_a_boundary_stays_whole() -> None:
    text = " ".join(["word"] * 40)
    assert sentences(text, 10) == [text]


@given(st.lists(st.sampled_from(["word", "but", "and", "I", "so", "word,", "word;", "-"]), min_size=1, max_size=80))
def test_cutting_loses_no_word(words: list[str]) -> None:
    text = " ".join(words)
    assert re.findall(r"\w+", " ".join(sentences(text, 10))) == re.findall(r"\w+", text)


def test_very_long_text_is_cut_without_recursion_trouble() -> None:
    text = ", ".join(["and so it goes on"] * 5_000)
    found = sentences(text, 10)
    assert sum(len(one.split()) for one in found) == 25_000
    assert max(len(one.split()) for one in found) <= 10


@pytest.mark.parametrize("run", ["(", '"', "&", "'", "…", ":)", "://", "x", "a.b", " "])
def test_a_sentence_is_never_longer_than_its_limit(run: str) -> None:
    """Regression: a run of 16,000 brackets took the tokenizer 45 s, and text without marks was one endless sentence."""
    text = "well " + run * 16_000 + " so"
    spans = sentence_spans(text, 60)
    assert spans
    assert max(end - start for start, end in spans) <= 2_000
    assert "".join("".join(text[start:end] for start, end in spans).split()).startswith("well")


def test_words_without_a_mark_are_cut_between_words() -> None:
    parts = sentences("word " * 2_000)
    assert all(set(part.split()) == {"word"} for part in parts)
    assert sum(len(part.split()) for part in parts) == 2_000


_PIECES = (
    "word Word. etc. U.S. a.m. I I'm I. don't Dr. Smith's \"Yes!\" (no) ... … wait...  what?! 3.50 end.” 'tis -- :) . ?"
    " x.org/a.b e.g., co. Inc. ok.Next o'clock “Well, n't Ph.D.) 5pm. 10a.m. [sic]. \n"
)


@given(st.lists(st.sampled_from(_PIECES.split(" ")), max_size=12).map(" ".join))
@example("I. wait... I'm")
def test_pieces_read_by_themselves_end_where_the_whole_does(text: str) -> None:
    """What stands between blanks is read once and remembered; the sentences are those of the whole text's tokens."""
    doc = with_bounded_runs(spacy.blank("en")).tokenizer(text)
    tokens = [(token.idx, token.text) for token in doc if not token.is_space]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "_tokens", lambda *_: tokens)
        wanted = list(room._sentences(text, 0, len(text)))
    assert list(room._sentences(text, 0, len(text))) == wanted
