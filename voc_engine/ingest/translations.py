"""A machine's translation beside a person's words ("(Translated by Google) ... (Original) ..."): nobody said it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.pieces import Piece, build
from voc_engine.ingest.tables.headers import folded
from voc_engine.records import EVIDENCE_ROLES, Utterance

_KEYWORDS = keywords("translations")

TRANSLATION = "a machine's translation"
_TRANSLATED, _ORIGINAL = _KEYWORDS.pattern("translated"), _KEYWORDS.pattern("original")
# A line's beginning in brackets of four words at most that name both a machine and a translation, or the original alone.
_FEW_WORDS = r"(?=[^\s()\[\]]{1,20}(?:\s[^\s()\[\]]{1,20}){0,3}[)\]])"
_WITHIN = r"[^()\[\]\n]{0,60}"
_MARK = re.compile(
    rf"^[ \t]{{0,8}}[(\[]{_FEW_WORDS}(?:(?P<machine>(?={_WITHIN}(?:{_TRANSLATED})){_WITHIN}?\b"
    rf"(?:{_KEYWORDS.pattern('machine')})\b{_WITHIN})|(?P<original>{_ORIGINAL}))[)\]]:?[ \t]{{0,8}}",
    re.IGNORECASE | re.MULTILINE,
)
_IN_HEADER = re.compile(rf"\b{_KEYWORDS.pattern('in_headers')}\b", re.IGNORECASE)
_ORIGINAL_HEADER = re.compile(r"\b(?:original|untranslated)\b")
_OTHER_WORDS = (
    0.5  # a choice: of the rows in which both columns hold words; an original that was only tidied has the same
)


def without_translations(item: Conversation) -> Conversation:
    """The conversation with what a machine translated cut from evidence; the marks go with it, and no word is lost."""
    text = item.document.text
    # Most texts hold no bracket, and the pattern costs more than to see that.
    if not (("(" in text or "[" in text) and any(match["machine"] for match in _MARK.finditer(text))):
        return item
    pieces = [piece for turn in item.utterances for piece in _pieces(turn, text[turn.start : turn.end])]
    return build(item.document, pieces)


def _pieces(turn: Utterance, text: str) -> list[Piece]:
    whole = Piece(
        text, turn.person_id, turn.role, turn.speaker, turn.cut, turn.created_at,
        tuple((at - turn.start, ms) for at, ms in zip(turn.time_offsets, turn.time_ms, strict=True)),
    )  # fmt: skip
    marks = list(_MARK.finditer(text))
    if turn.cut is not None or turn.role not in EVIDENCE_ROLES or not any(mark["machine"] for mark in marks):
        return [whole]
    pieces = [Piece(text[: marks[0].start()].strip(), turn.person_id, turn.role, turn.speaker, None, turn.created_at)]
    for mark, end in zip(marks, [*(one.start() for one in marks[1:]), len(text)], strict=True):
        words = text[mark.end() : end].strip()
        said: list[tuple[str, str | None]]
        if mark["machine"]:
            said = [(f"{mark[0].strip()} {words}", TRANSLATION)]
        else:
            said = [(mark[0].strip(), TRANSLATION), (words, None)]
        pieces += [Piece(part, turn.person_id, turn.role, turn.speaker, cut, turn.created_at) for part, cut in said]
    return pieces


def translated_columns(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> list[str]:
    """The columns that hold the translation of another one: "textTranslated" beside "text", "text" beside "originalText"."""
    named = {column: folded(column.replace(".", " ")) for column in columns}
    found: list[str] = []
    for column, header in named.items():
        bare = " ".join(_IN_HEADER.sub(" ", header).split())
        if bare != header and any(other == bare for other in named.values()):
            found.append(column)
        original = " ".join(_ORIGINAL_HEADER.sub(" ", header).split())
        of_it = [other for other, name in named.items() if original != header and name == original]
        found += [other for other in of_it if _stands_for(values[column], values[other])]
    return found


def _stands_for(originals: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether an original stands beside every text, in other words in most rows; a number beside a number is none."""
    both = [(one.split(), two.split()) for one, two in zip(originals, cells, strict=True) if two.strip()]
    texts = [(one, two) for one, two in both if len(one) > 1 or len(two) > 1]
    other_words = sum(not set(one) & set(two) for one, two in texts)
    return bool(texts) and all(one for one, _ in both) and other_words >= _OTHER_WORDS * len(texts)
