"""How a statement is written: one line, no handles, no filler before it, sentence case, no full stop."""

from __future__ import annotations

import re

LONGEST = 90
_LEADS = re.compile(
    r"^(?:(?:and|but|so|also|because|plus|or|um|uh|oh|ah|er|hey|hi|hello|okay|ok|yeah|although|though)\b[,\s]+(?!far\b)|"
    r"(?:well|yes|no|then|actually|basically|honestly|anyway|however|otherwise|now|mind|sorry|still|like|ja|please|thanks|"
    r"so|right|look|i mean|you know|to be fair|to be honest|that said|personally|unfortunately|sadly|ideally)\s*,\s*|"
    r"(?:actually|basically|honestly|anyway|unfortunately|sadly|please|hopefully)\s+|(?:re|fwd?|aw):\s*|"
    r"[@#=&+*>•–—\-:;,.!?…'\"“”‘’()\]]+\s*|@\w+\s*|\[[^\]]{0,30}\]\s*|\([^)]{1,20}\)\s*)+",
    re.I,
)
_HANDLES = re.compile(r"(?<!\w)@\w+|https?://\S+|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]|\[[A-Z][^\]]{0,30}\](?=\s)")
_CUTS = re.compile(
    r"\s*(?:;|:(?!\d)|\(|[.!?…]+\s|\s[–—-]+\s|,\s(?=(?:and|but|so|which|who|because|although|though|while|when|if|then|or)\b)|"
    r"\s(?=(?:but|because|although|though|whereas|which|so that)\b)|,\s)"
)


def tidy(text: str) -> str:
    """One line in sentence case without what stands before and after the words."""
    line = " ".join(_HANDLES.sub(" ", text).split())
    line = _LEADS.sub("", line) or line
    line = line.strip(' .,;:!-–—"“”').strip() or text.strip()
    if line.endswith("?") and len(line.split()) < 3:
        line = line.rstrip("?")
    return line[:1].upper() + line[1:]


def shorten(quote: str) -> str:
    """The quote tidied; where it is long, cut where one of its parts ends, and only else at a word, with an ellipsis."""
    line = tidy(quote)
    if len(line.split()) <= 12 and len(line) <= LONGEST:
        return line
    cuts = [found.start() for found in _CUTS.finditer(line)]
    fitting = [cut for cut in cuts if 3 <= len(line[:cut].split()) <= 12 and cut <= LONGEST]
    if fitting:
        return tidy(line[: fitting[-1]])
    if len(line) <= LONGEST:
        return line
    cut_line = line[: LONGEST + 1]
    kept = cut_line[: cut_line.rfind(" ")] if " " in cut_line else cut_line[:LONGEST]
    return kept.rstrip(" ,;:") + "…"


def part_around(quote: str, place: int) -> str:
    """The part between two cuts in which the character at ``place`` stands; the whole where that part is too short."""
    bounds = [0, *(found.end() for found in _CUTS.finditer(quote)), len(quote)]
    first = max(bound for bound in bounds if bound <= place)
    last = min((bound for bound in bounds if bound > place), default=len(quote))
    part = quote[first:last]
    return part if len(part.split()) >= 3 else quote


MOST_WHOLE, MOST_KEPT, _MOST_LETTERS = 14, 18, 118
_BOUNDS = re.compile(
    r"\s*(?:;|:(?!\d)|[.!?…]+\s|\s[–—-]+\s|,\s(?=(?:and|but|so|because|although|though|while|which)\b)"
    r"|,\s(?=(?:i|we|you|he|she|it|they|there|the|this|that)\b))\s*",
    re.I,
)


def whole_part(quote: str, place: int) -> str:
    """The quote as it stands, where it is long the part around the character at ``place`` up to its own bounds.

    At most MOST_KEPT words; only what is longer still is cut at words, with an ellipsis at the cut ends.
    """
    line = tidy(quote)
    if len(line.split()) <= MOST_WHOLE and len(line) <= _MOST_LETTERS:
        return line
    first, last = _around(quote, place)
    part = tidy(quote[first:last])
    conditional = re.search(r"\b(?:if|unless|whether)\b", line, re.I)
    if 4 <= len(part.split()) <= MOST_KEPT and len(part) <= _MOST_LETTERS and not conditional:
        return part
    if len(line.split()) <= MOST_KEPT and len(line) <= _MOST_LETTERS:
        return line
    if 4 <= len(part.split()) <= MOST_KEPT and len(part) <= _MOST_LETTERS and re.search(r"\bif\b|\bunless\b", part):
        return part
    return _window(line, len(tidy(quote[:place]).split()) if place else 0)


def _around(quote: str, place: int) -> tuple[int, int]:
    bounds = [0, *(found.end() for found in _BOUNDS.finditer(quote)), len(quote)]
    first = max(bound for bound in bounds if bound <= place)
    return first, min((bound for bound in bounds if bound > place), default=len(quote))


def _window(line: str, at: int) -> str:
    """MOST_KEPT words around the word number ``at``, the start of the line where it is near enough."""
    said = line.split()
    first = 0 if at < MOST_KEPT - 6 else min(at - 6, max(0, len(said) - MOST_KEPT))
    kept = said[first : first + MOST_KEPT]
    while len(kept) > 4 and len(" ".join(kept)) > _MOST_LETTERS:
        kept.pop()
    before, after = "…" if first else "", "…" if first + len(kept) < len(said) else ""
    return before + " ".join(kept).strip(" ,;:") + after
