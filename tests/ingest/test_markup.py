"""HTML to text in linear time, for pages and for the bodies of tickets."""

import pytest

from voc_engine.ingest.markup import html_page, html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one<br>two</p>three", "one\ntwo\nthree"),
        ("a<b>b</b>c 1 < 2 &amp; 3 <3", "abc 1 < 2 & 3 <3"),
        ("<blockquote>said<p>before</blockquote>now", "> said\n> before\nnow"),
        ("<a href=\"x>y\">link</a> <a href=it's>don't</a>", "link don't"),
        ('<p title="no end>text</p><p>more</p>', "text\n\nmore"),
        ("before<!-- hidden -->after<!-- never closed", "beforeafter<!-- never closed"),
        ("<script>var a = '<p>x</p>'</script>words<style>p{}</style>", "words"),
        ("<script>never closed, words", "never closed, words"),
        ("&#99999999999;&nosuch; &eacute;", "\ufffd&nosuch; é"),
    ],
)
def test_words_of_a_page(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_a_head_that_is_never_closed_hides_nothing() -> None:
    """A fault that was there: without </head>, which may be left out, the whole page was silent."""
    page = html_page("<html><head><title>A title<body><p>words")
    assert (page.text, page.title) == ("words", "A title")


def test_an_entity_of_thousands_of_digits_is_text() -> None:
    """A fault that was there: Python refuses to read such a number, and the rest of the file was lost."""
    assert html_to_text("<p>a &#" + "9" * 5_000 + "; b").startswith("a &#999")
