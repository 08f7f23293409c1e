"""spaCy's tokenizer in time that grows with the text: runs without a blank are read in pieces.

The tokenizer takes prefixes and suffixes off a run one by one and copies the rest each time, so that a run of 16,000
brackets costs 45 s. No word of any language is as long as ``_LONGEST``; a link may be, and is told by its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

_LONGEST = 128  # no word of any language is so long (see above)
_LONGEST_LINK = 2_048  # what browsers and servers commonly bear; a longer link is told by its beginning
_RUN = re.compile(rf"\S{{{_LONGEST + 1},}}")
_LINK = re.compile(r"\W{0,3}(?:https?://|www\.)", re.IGNORECASE)


def is_bounded(text: str) -> bool:
    """Whether no run without a blank is longer than a word can be."""
    return _RUN.search(text) is None


class BoundedTokenizer:
    """A tokenizer that is given no run without a blank longer than a word can be; any other text as it is."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The tokens of the text, which together with their blanks are the text."""
        if is_bounded(text):
            return self._tokenizer(text)
        from spacy.tokens import Doc

        tokens = [token for piece in _pieces(text) for token in self._tokenizer(piece)]
        words, blanks = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
        return Doc(self._tokenizer.vocab, words, blanks)


def with_bounded_runs(pipeline: Language) -> Language:
    """The pipeline, its tokenizer bounded."""
    pipeline.tokenizer = BoundedTokenizer(pipeline.tokenizer)
    return pipeline


def _pieces(text: str) -> Iterator[str]:
    """The text in order; what is between long runs in one piece, each ended by the one blank that spaCy hangs on a word."""
    at = 0
    for run in _RUN.finditer(text):
        yield from filter(None, [text[at : run.start()]])
        at, step = run.start(), _LONGEST_LINK if _LINK.match(text, run.start()) else _LONGEST
        while at < run.end():
            end = min(at + step, run.end())
            end += end == run.end() and text[end : end + 1] == " "
            yield text[at:end]
            at = end
    yield from filter(None, [text[at:]])
