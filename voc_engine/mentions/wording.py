"""How a statement is written: one line, no handles, no filler before it, sentence case, no full stop."""

from __future__ import annotations

import re

LONGEST = 90
_LEADS = re.compile(
    r"^(?:(?:and|but|so|also|because|plus|or|um|uh|oh|ah|er|hey|hi|hello|okay|ok|yeah|although|though)\b[,\s]+(?!far\b)|"
    r"(?:well|yes|no|then|actually|basically|honestly|anyway|however|otherwise|now|mind|sorry|still|like|ja|please|thanks|"
    r"so|right|look|i mean|you know|to be fair|to be honest|that said|personally|unfortunately|sadly|ideally)\s*,\s*|"
    r"(?:actually|basically|honestly|anyway|unfortunately|sadly|please|hopefully)\s+|(?:re|fwd?|aw):\s*|"
    r"\d{1,2}\s*[).]\s+|@\w+\s*|\[[^\]]{0,30}\]\s*|\([^)]{1,20}\)\s*|[@#=&+*>•–—\-:;,.!?…'\"“”‘’()\]]+\s*)+",
    re.I,
)
_HANDLES = re.compile(r"(?<!\w)@\w+|https?://\S+|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]|\[[A-Z][^\]]{0,30}\](?=\s)")
_CUTS = re.compile(
    r"\s*(?:;|:(?!\d)|\(|[.!?…]+\s|\s[–—-]+\s|,\s(?=(?:and|but|so|which|who|because|although|though|while|when|if|then|or)\b)|"
    r"\s(?=(?:but|because|although|though|whereas|which|so that)\b)|,\s)"
)


# Texts that a machine split into words ("do n't", "i 've", "great , but") are put together again.
_SPLIT = (
    (re.compile(r"\b(\w+) (n['’]t)\b", re.I), r"\1\2"),
    (re.compile(r"\b(\w+) (['’](?:s|m|re|ve|ll|d))\b", re.I), r"\1\2"),
    (
        re.compile(r"\b((?:ca|wo|do|is|are|was|were|did|does|would|should|could|has|have|had)n) (['’]t)\b", re.I),
        r"\1\2",
    ),
    (re.compile(r"(?<=\w) ([,;:!?.])(?=\s|$)"), r"\1"),
    (re.compile(r"\( (?=\w)"), "("),
    (re.compile(r"(?<=\w) \)"), ")"),
    (re.compile(r"\bi\b(?!\.e)(?=['’\s]|$)"), "I"),
)


def joined(text: str) -> str:
    """The text with split contractions and punctuation joined, and a lone "i" as "I"; other texts stay as they are."""
    for pattern, joint in _SPLIT:
        text = pattern.sub(joint, text)
    return text


def tidy(text: str) -> str:
    """One line in sentence case without what stands before and after the words."""
    line = joined(" ".join(_HANDLES.sub(" ", text).split()))
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


MOST_WHOLE, MOST_KEPT, _MOST_LETTERS = 16, 22, 140
_BOUNDS = re.compile(
    r"\s*(?:;|:(?!\d)|[.!?…]+\s|\s[–—-]+\s|,\s(?=(?:and|but|so|because|although|though|while|which)\b)"
    r"|,\s(?=(?:i|we|you|he|she|it|they|there|the|this|that)\b))\s*",
    re.I,
)
_CONDITION = re.compile(r"\b(?:if|unless|whether)\b", re.I)
# "Which albeit was fast" hangs on what stands before it.
_HANGING = re.compile(r"(?:which|who|whom|whose)\b(?!.*\?$)", re.I)
_OPENERS = frozenset(("and", "but", "so", "because", "where", "when", "if", "that", "while", "though"))
_PRONOUNS = frozenset(
    ("i", "we", "you", "he", "she", "it", "they", "there", "the", "my", "this", "that's", "it's", "i'm")
)
_PSEUDO = re.compile(r"^what (?:i|we)\b.* (?:is|was)(?: (?:really|very|quite|so|pretty))? \w+$", re.I)


def whole_part(quote: str, place: int) -> str:
    """The quote as it stands, where it is long the part around the character at ``place`` up to its own bounds.

    At most MOST_KEPT words; only what is longer still is cut at words, with an ellipsis at the cut ends.
    """
    line = tidy(quote)
    if len(line.split()) <= MOST_WHOLE and _fits(line):
        return _paired(line)
    first, last = _around(quote, place)
    part = tidy(quote[first:last])
    if _PSEUDO.match(part) and last < len(quote):
        # "What I want is simple" names nothing: what is wanted follows.
        following = tidy(quote[slice(*_around(quote, last))])
        part = following if _fits(following) and len(following.split()) > 3 else part
    conditional = (_CONDITION.search(line) and not _CONDITION.search(part)) or _HANGING.match(part)
    if len(part.split()) >= 4 and _fits(part) and not conditional:
        return _paired(part)
    return _paired(line if _fits(line) else _window(line, len(quote[:place].split())))


def _fits(text: str) -> bool:
    return len(text.split()) <= MOST_KEPT and len(text) <= _MOST_LETTERS


def _paired(line: str) -> str:
    """Without a quotation mark or a bracket that lost its other half."""
    line = line.replace('"', "").strip() if line.count('"') % 2 else line
    if line.count("(") > line.count(")"):
        head = line[: line.rfind("(")].strip()
        line = head if len(head.split()) > 3 else line.replace("(", "")
    return line.replace(")", "") if line.count(")") > line.count("(") else line


def _around(quote: str, place: int) -> tuple[int, int]:
    bounds = [0, *(found.end() for found in _BOUNDS.finditer(quote)), len(quote)]
    first = max(bound for bound in bounds if bound <= place)
    return first, min((bound for bound in bounds if bound > place), default=len(quote))


def _window(line: str, at: int) -> str:
    """Whole parts between commas around the word number ``at``, else MOST_KEPT words around it."""
    said = line.split()
    at = min(at, len(said) - 1)
    ends = [*(number for number in range(1, len(said)) if _ends_part(said, number)), len(said)]
    starts = [0, *ends[:-1]]
    part = next(number for number, end in enumerate(ends) if at < end)
    first, last = starts[part], ends[part]
    if not _fits(" ".join(said[first:last])):
        first = first if at - first < MOST_KEPT - 6 else min(at - 6, max(0, len(said) - MOST_KEPT))
        last = min(len(said), first + MOST_KEPT)
        while not _fits(" ".join(said[first:last])):
            last -= 1
    else:
        for start in reversed([start for start in starts if start < first]):
            first = start if _fits(" ".join(said[start:last])) else first
        for end in [end for end in ends if end > last]:
            last = end if _fits(" ".join(said[first:end])) else last
    return ("…" if first else "") + " ".join(said[first:last]).strip(" ,;:.") + ("…" if last < len(said) else "")


def _ends_part(said: list[str], number: int) -> bool:
    """Whether a part ends before word ``number``: after a stop or comma, or where a new clause opens."""
    opens = said[number].lower() in _OPENERS and number + 1 < len(said) and said[number + 1].lower() in _PRONOUNS
    return said[number - 1][-1] in ",;:.!?)—–" or opens
