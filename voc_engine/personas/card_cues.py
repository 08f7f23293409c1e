"""Published cue lists of a card: closed, to be read and argued with. What no cue finds in somebody's words is absent."""

from __future__ import annotations

import re
from collections.abc import Mapping

_OUR = r"\b(?:i|we)(?: have|'ve| just| had)?"

# A role is named only where people say it of themselves or it was given as an attribute.
ROLES: Mapping[str, str] = {
    "buyer": rf"{_OUR} (?:bought|ordered|purchased|paid for)\b",
    "decision-maker": rf"{_OUR} (?:decided on|decided to (?:buy|get|go|switch)|approved|signed off|chose)\b",
    "influencer": rf"{_OUR} (?:recommended|suggested|told (?:my|our) (?:boss|team|friends?))\b",
    "end user": r"\b(?:i|we)(?: have been|'ve been)? (?:use|using|used)\b",
    "website visitor": (
        r"\b(?:on|visited|visiting|browsed|browsing|through) (?:your|the|their) (?:web ?site|home ?page|"
        r"pricing page)\b"
    ),
}
# Stage of the customer journey; kinds of mention that belong to it stand in JOURNEY_KINDS.
JOURNEY: Mapping[str, str] = {
    "awareness": r"\b(?:heard (?:about|of)|came across|found out about|saw (?:an|the|your) ad|stumbled)",
    "consideration": r"\b(?:compar\w+|alternatives?|free trial|considering|thinking (?:of|about)|demo\b)",
    "decision": r"\b(?:bought|ordered|purchased|signed up|subscribed|switched to|chose|decided to (?:buy|get|go))",
    "onboarding and use": r"\b(?:set(?:ting)? (?:it |this )?up|install\w*|log(?:ged|ging)? in|i use|we use|been using)",
    "advocacy or churn": (
        r"\b(?:recommend\w*|told (?:my|all my|everyone)|cancel\w*|refund\w*|switch(?:ing)? (?:away|back)|"
        r"never (?:again|buy))"
    ),
}
JOURNEY_KINDS: Mapping[str, str] = {"trigger": "awareness", "objection": "consideration"}
# What they weigh before deciding; objections are counted by their type beside these.
CRITERIA: Mapping[str, str] = {
    "how it compares": (
        r"\b(?:compared? (?:to|with)|versus|vs|alternatives?|competitors?|other (?:tools|products|brands|"
        r"companies|providers))\b"
    ),
    "an answer before they commit": (
        r"\bbefore (?:i|we) (?:buy|bought|order(?:ed)?|sign(?:ed)? up|commit\w*|decid\w+|switch\w*|renew\w*|"
        r"pay|paid)\b"
    ),
    "proof that it works": (
        r"\b(?:proof|prove|case stud(?:y|ies)|references|guarantees?|testimonials?|certifi\w+|free trial|"
        r"money[- ]back)\b"
    ),
}
# Forms of content; a line needs a cue of reading, watching or asking in the same words.
CONTENT: Mapping[str, str] = {
    "documentation": (
        r"\b(?:docs|documentation|manuals?|user guides?|help (?:pages?|articles?|cent(?:er|re))|"
        r"knowledge base|faqs?|instructions)\b"
    ),
    "tutorials and courses": r"\b(?:tutorials?|courses?|trainings?|workshops?|walk-?throughs?)\b",
    "video": r"\b(?:videos?|youtube|screencasts?)\b",
    "webinars": r"\b(?:webinars?|live (?:demos?|sessions?))\b",
    "examples and templates": r"\b(?:examples|templates?|case stud(?:y|ies)|samples)\b",
    "reviews": r"\b(?:reviews|ratings|testimonials?)\b",
    "articles and newsletters": r"\b(?:blogs?|articles?|newsletters?)\b",
    "communities": r"\b(?:forums?|reddit|discord|facebook groups?|communit(?:y|ies))\b",
    "podcasts": r"\bpodcasts?\b",
}
TAKING_IN = re.compile(
    r"\b(?:read\w*|watch\w*|look(?:ed|ing)? (?:at|up|for|through)|follow\w*|listen\w*|learn\w*|search\w*|wish|want|need|"
    r"would (?:like|love|help)|please|subscrib\w+|attend\w*|download\w*)\b",
    re.I,
)
# Signals, never a probability: nobody knows from words alone who leaves.
CHURN: Mapping[str, str] = {
    "cancelling": (
        r"\b(?:cancel(?:l?ed|l?ing)?|unsubscrib\w+|clos(?:e|ed|ing) (?:my|our|the) account|delet(?:e|ed|"
        r"ing) (?:my|our) account)\b"
    ),
    "going elsewhere": (
        r"\b(?:switch(?:ed|ing)? (?:to|away|back)|moved? to (?:another|a different)|look(?:ed|ing)? (?:for|"
        r"at) (?:an(?:other)? )?(?:alternatives?|other)|go(?:ing)? elsewhere)\b"
    ),
    "money back": r"\b(?:refund\w*|money back|return(?:ed|ing) (?:it|them|the)|chargeback)\b",
    "stopped using": r"\b(?:stopped using|no longer use|gave up on|given up on|don't use (?:it|this) any ?more)\b",
    "never again": (
        r"\b(?:never (?:again|buy\w*|order\w*|use\w*|com(?:e|ing) back)|last time (?:i|we)|won't (?:buy|renew|"
        r"be back)|not renew\w*)\b"
    ),
}
LISTS: Mapping[str, Mapping[str, str]] = {
    "role": ROLES, "journey": JOURNEY, "criterion": CRITERIA, "content": CONTENT, "churn": CHURN,
}  # fmt: skip
_COMPILED = {(name, key): re.compile(cue, re.I) for name, cues in LISTS.items() for key, cue in cues.items()}
_ANY = re.compile("|".join(f"(?:{cue})" for cues in LISTS.values() for cue in cues.values()), re.I)


def found_in(text: str) -> frozenset[tuple[str, str]]:
    """(list, name) of every cue in a text, such as ("churn", "money back")."""
    said = text.replace("’", "'")
    if not _ANY.search(said):
        return frozenset()
    found = {key for key, cue in _COMPILED.items() if cue.search(said)}
    if not TAKING_IN.search(said):
        found = {key for key in found if key[0] != "content"}
    return frozenset(found)
