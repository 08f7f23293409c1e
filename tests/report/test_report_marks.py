from hypothesis import given
from hypothesis import strategies as st

from voc_engine.report.marks import Span, pieces


def test_nested_and_overlapping_spans_are_cut_at_their_edges() -> None:
    found = pieces("abcdefgh", [Span(1, 5, "a"), Span(3, 7, "b"), Span(3, 4, "c")])
    assert [(one.text, [key for key, _, _ in one.covers]) for one in found] == [
        ("a", []),
        ("bc", ["a"]),
        ("d", ["a", "b", "c"]),
        ("e", ["a", "b"]),
        ("fg", ["b"]),
        ("h", []),
    ]


def test_two_spans_on_the_same_words_both_begin_there() -> None:
    found = pieces("word", [Span(0, 4, "b"), Span(0, 4, "a")])
    assert [one.covers for one in found] == [(("a", True, True), ("b", True, True))]


def test_a_span_over_two_turns_begins_in_the_first_and_ends_in_the_second() -> None:
    spans = [Span(2, 8, "a")]
    assert pieces("0123456789", spans, 0, 5)[-1].covers == (("a", True, False),)
    assert pieces("0123456789", spans, 5, 10)[0].covers == (("a", False, True),)


def test_a_span_past_the_end_of_the_text_still_ends() -> None:
    assert pieces("abc", [Span(1, 9, "a")])[-1].covers == (("a", True, True),)


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_pieces_give_the_text_back_and_cover_exactly_their_spans(
    text: str, edges: list[tuple[int, int]], start: int, length: int
) -> None:
    spans = [Span(left, right, str(key)) for key, (left, right) in enumerate(edges)]
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = pieces(text, spans, start, end)
    assert "".join(one.text for one in found) == text[start:end]
    for one in spans:
        if 0 <= one.start < one.end:
            covered = "".join(piece.text for piece in found if one.key in [key for key, _, _ in piece.covers])
            assert covered == text[max(one.start, start) : min(one.end, end)]
            begins = sum(key == one.key and first for piece in found for key, first, _ in piece.covers)
            assert begins == (start <= one.start < end)
