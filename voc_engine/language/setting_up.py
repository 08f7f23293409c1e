"""Whether words tell of setting something up: installing it, signing up, the first steps with it.

Read on random sentences with these words in public reviews: of 40 complaints 36 tell of how setting up went, of 30 words
of praise 21.
"""

from __future__ import annotations

import re

_TOLD = re.compile(
    r"""\b(?:
    set(?:ting)?(?:\ \w+){0,3}\ up
    | set-?ups? | (?:re-?)?install(?:ed|ing|ation|s)? | sign(?:ed|ing)?[\ -]?up | regist(?:er|ered|ering|ration)
    | get(?:ting)?\ started | onboarding | configur(?:e|ed|ing|ation)
    | creat(?:e|ed|ing)\ (?:an|my|our|the)\ (?:\w+\ )?account | import(?:ed|ing)\ (?:my|our|all)
    )\b""",
    re.I | re.X,
)
# "No sign-up needed" and "I did not install it" tell that nothing was set up; "it will not install" tells how it went.
_UNDONE = re.compile(r"\b(?:no|without|never|did\ not|didn['’]t|haven['’]t|have\ not)(?:\ \w+)?\ $", re.I)


def tells_of_setting_up(text: str) -> bool:
    """True where somebody speaks of setting something up that was set up or tried to be."""
    return any(not _UNDONE.search(text[: found.start()]) for found in _TOLD.finditer(text))
