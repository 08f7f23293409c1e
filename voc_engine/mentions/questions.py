"""What a question asks for, so that a short answer to it can be read."""

from __future__ import annotations

import re

# Tried in order: "what almost stopped you" is about objections though it also sounds like trouble.
_ABOUT: tuple[tuple[str, str], ...] = (
    (
        "objection",
        r"almost (?:stop|prevent|kept)|nearly (?:stop|prevent|kept)|stop you from|hold(?:s|ing)? you back|hesita|"
        r"make you (?:leave|cancel|stop|switch)|reason (?:not to|for (?:not|leaving|cancel))|"
        r"why did you (?:cancel|leave|not)|"
        r"concerns?\b|prevent(?:s|ed)? you|(?:un)?likely to leave|keep you from|why not|doubts?\b",
    ),
    (
        "trigger",
        r"made you (?:start|look|decide|switch|sign)|led you to|prompted|what happened (?:that|before)|"
        r"when did you (?:first|start|realize)|why did you (?:start|decide|switch|choose|sign)|brought you",
    ),
    (
        "request",
        r"(?:what|anything|one thing).{0,40}(?:improve|change|add|missing|wish|different|better)|suggest|"
        r"feature.{0,20}(?:want|like|need)|could we (?:do|improve)|should we|magic wand",
    ),
    (
        "pain_point",
        r"frustrat|annoy|difficult|hard(?:est)?\b|problem|struggl|challeng|dislike|like least|worst|pain|"
        r"least like|bother|trouble|negative|disappoint|obstacle|what went wrong|confus|slow(?:s|ed)? you",
    ),
    (
        "goal",
        r"trying to (?:get|do|accomplish|achieve)|goals?\b|hoping to|want to achieve|need to get done|job.{0,10}done|"
        r"use .{0,30}(?:for|to do)\b|what do you use|accomplish|achieve|purpose|what are you (?:trying|looking)",
    ),
    (
        "delight",
        r"like (?:most|best|about)|enjoy|love|best (?:thing|part)|favou?rite|go(?:es|ne|ing)? well|work(?:s|ed)? well|"
        r"positive|happy with|value most|delight",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _ABOUT)
GOVERNS = 2.6
_STRENGTH = {"survey": GOVERNS, "interview": 0.7}


def hint(question: str | None, kind: str) -> str | None:
    """The kind that the question asks for with its weight in log-odds ("pain_point:2.6"), or None.

    A survey question governs its answer; an interviewer's question only leans it, for talk wanders.
    """
    if not question or kind not in _STRENGTH:
        return None
    for about, pattern in _COMPILED:
        if pattern.search(question):
            return f"{about}:{_STRENGTH[kind]}"
    return None
