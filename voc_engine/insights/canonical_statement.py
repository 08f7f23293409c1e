"""The canonical statement: the best-formed short wording near the middle of an insight, in a member's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from voc_engine.insights.claim_terms import content
from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import complaint
from voc_engine.language.tokens import words
from voc_engine.records import Mention

LOOKED_AT = 40  # wordings nearest to the middle
HEARD = 1_000  # mentions nearest to the middle whose common words a statement should say
SHORTEST, USUAL, LONGEST = 3, 7, 12  # words
UNSAID = 0.12
COMPLAINTS = ("pain_point", "objection")
# Marks at the head of posts, mails and spreadsheet cells ("Re:", "[App feedback 5.0]"), handles, and the link or tag at the
# end: no part of a sentence. A placeholder such as [P0003] has no blank inside and stays.
_HEAD = re.compile(r"^(?:[\s=*•>.,:;!?\-–—]+|RT\b|@\w+|#\w+(?=\s+[#@])|(?i:re|fwd?|aw)\s*:|\[[^\[\]]*\s[^\[\]]*\])+")
_TAIL = re.compile(r"(?:\s+(?:https?://\S+|[#@]\w+)|\s+[,;:\-–—]+)+\s*$")
_MARKS = re.compile(r"[@=#\[]|https?://|&\w+;|XX")
# Left over where a handle or name was the subject: "is the worst airline".
_BEHEADED = frozenset(
    words("is are was were has have had does did of for to with at in on only just never doesn't didn't")
)
_LOOSE = frozenset(words("and but so or because also then that it this they he she which who these those yes oh"))


def unquoted(kind: str, topic: str | None) -> str:
    """The statement of an insight of which nobody may be quoted: its kind and the label of its topic."""
    what = kind.replace("_", " ")
    article = "An" if what[0] in "aeiou" else "A"
    return f"{article} {what} about {topic}" if topic else f"{article} {what} of people who may not be quoted"


def tidied(text: str) -> str:
    """The text without handles, marks and links at its ends, capitalised; the text itself where nothing is left."""
    kept = _TAIL.sub("", _HEAD.sub("", " ".join(text.split()))).strip()
    kept = kept if words(kept) else text.strip()
    return kept[:1].upper() + kept[1:]


def best_wording(ranked: Sequence[tuple[Mention, float]]) -> tuple[str, Mention]:
    """Statement and the mention that lends it. ``ranked``: mentions, nearest to the middle first, with nearness."""
    found: dict[str, Mention] = {}
    nearness: dict[str, float] = {}
    for mention, near in ranked:
        if len(found) >= LOOKED_AT:
            break
        for text in dict.fromkeys((mention.statement or mention.quote, mention.quote)):
            wording = tidied(text).rstrip(" .!")
            if wording not in found and len(found) < LOOKED_AT:
                found[wording], nearness[wording] = mention, near
    leading = _leading([mention for mention, _ in ranked[:HEARD]])

    def worth(wording: str) -> tuple[float, str]:
        unsaid = len(leading - set(content(wording)))
        return round(nearness[wording] - _faults(wording, found[wording]) - UNSAID * unsaid, 4), wording

    best = max(found, key=worth)
    return best, found[best]


def _leading(mentions: Sequence[Mention]) -> set[str]:
    """The two words that most mentions share, where a third of them do: the statement should say them."""
    counts = Counter(term for mention in mentions for term in set(content(mention.quote)))
    common = sorted((-count, term) for term, count in counts.items() if count >= max(2, len(mentions) / 3))
    return {term for _, term in common[:2]}


def _faults(wording: str, mention: Mention) -> float:
    """What a wording lacks as the name of an insight, on the scale of nearness."""
    said = words(wording)
    if not content(wording):
        return 1.0
    tests = (
        ("…" in wording, 0.3),
        (len(said) > LONGEST, 0.1),
        (len(said) < SHORTEST, 0.12),
        ("?" in wording, 0.2),
        (said[0] in _LOOSE, 0.08),
        (said[0] in _BEHEADED, 0.15),
        (bool(_MARKS.search(wording)), 0.15),
        (wording.count("(") != wording.count(")") or wording.count('"') % 2 == 1, 0.15),
        (any(character.isdigit() for character in wording), 0.05),
        (sum(word.isupper() and len(word) > 1 for word in wording.split()) > 1, 0.08),
        (mention.kind in COMPLAINTS and complaint().isdisjoint(said) and not is_negated(said), 0.05),
        (not mention.thing, 0.03),
    )
    return sum(weight for holds, weight in tests if holds) + min(0.4, 0.012 * max(0, len(said) - USUAL))
