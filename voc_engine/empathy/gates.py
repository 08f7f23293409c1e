"""What an entry of a map has to be: legible by itself, of the speaker, and of its quadrant by the words themselves.

An empathy map is read as fact, so an entry that is only probably right stays out: it remains among the insights. The
order of the questions is that of Gibbons, "Empathy Mapping" (Nielsen Norman Group, 2018).
"""

from __future__ import annotations

import re

from voc_engine.empathy.entry_words import SAID_ADJECTIVES, content


def _any(*lines: str) -> str:
    """A pattern for any of the words; an underscore stands for the blank inside a phrase."""
    return "(?:" + "|".join(word.replace("_", " ") for line in lines for word in line.split()) + ")"


# What opens spoken sentences and carries nothing; the second row only where a comma sets it apart.
_FILLERS = _any(
    "and but yeah yep well okay ok oh because also actually basically honestly obviously uh um anyway i_mean",
    "you_know i_guess of_course so(?!_(?:far|that|much|many|long|i_can))",
)
_SET_APART = _any("no yes right now like just see sure exactly especially then plus kind_of sort_of")
_OPENING = re.compile(rf"(?:(?:\s*\b{_FILLERS}\b[\s,.…-]*)|(?:\s*\b{_SET_APART},\s*))+(?=\S)", re.I)
# "For a long time, I …", "After the Wii U, we …".
_PHRASE = re.compile(
    r"(?:for|after|before|during|in|on|at|with|when|while|since|as|from|by|last|every|once|sometimes|until|today|whenever)"
    r"\b[^,.;!?]{2,60},\s*(?=(?:i|we)\b)",
    re.I,
)
_I = r"(?:i|we)(?:['’](?:m|ve|d|re|ll))?\b"
_MINE = re.compile(_I, re.I)
_ADVERBS = (
    r"(?:\s+"
    + _any(
        "just then now always never also still only even usually often already both all once sometimes finally really",
        "actually first eventually recently probably certainly definitely totally mostly kind_of sort_of",
    )
    + ")*+"  # possessive: an adverb must not be taken for the verb that it stands before
)
_MINDS = _any(
    "think thought believe believed feel_that feel_like felt_that felt_like know knew guess suppose expect expected doubt",
    "wonder wondered prefer recommend understand agree disagree consider assume assumed realize realise realized realised",
    "decided find found worry worried trust see mean remember imagine figured plan planned care want wanted wanna need",
    "needed hope hoped hoping wish wished would could should might will gonna going_to",
)
_THOUGHT = re.compile(
    rf"{_I}{_ADVERBS}(?:\s+(?:do|did|don['’]t|didn['’]t|can['’]t|couldn['’]t|never|am|are|was|were))?\s+{_MINDS}\b"
    rf"|(?:i|we)['’](?:d|ll)\b|(?:my|our) (?:\w+ )?{_any('goal aim hope plan idea expectation worry concern dream fear')}\b"
    r"|in my (?:opinion|view|mind)\b",
    re.I,
)
_ATTEMPT = re.compile(
    rf"\b(?:i|we)(?:['’](?:m|re|ve)| am| are| was| were| have)?(?: been)?{_ADVERBS}\s+"
    r"(?:trying|try|tried|looking|working|hoping) to\b",
    re.I,
)
_OTHERS = re.compile(
    r"(?:(?:we|i) (?:found|saw|noticed|heard|learned)(?: that)? )?(?:just )?"
    r"(?:(?:some|most|many|a lot of|the|these|those) )?"
    + _any("people players users customers guests folks everyone everybody somebody someone kids fans he she they")
    + r"\b",
    re.I,
)
_ME = re.compile(r"\b(?:me|my|mine|us|our|ours|myself|ourselves)\b", re.I)
_EMPHASIS = re.compile(r"\b(?:very|really|so|much|many|far|long|never|no|more|more and) ", re.I)
_STUTTER = re.compile(
    r"\b(\w{2,}),? (?:or |and |like |uh |um )?\1\b|\b(\w+ \w+),? \2\b|\b(i['’]\w+),? \3\b|\bi \w+ i\b", re.I
)
_CUT = re.compile(
    r"(?:\b"
    + _any(
        "the a an of for to with in on at and or but that it['’]s is was like because which so than from into as kind my"
    )
    + r"|[,–-])\s*[.…]?\s*$",
    re.I,
)
_ADDRESS = re.compile(r"https?://|www\.|@\w|\[(?:url|email|phone)\]", re.I)
_SAID = re.compile(
    rf"\b(?:i|we){_ADVERBS} (?:said|was like|were like|asked|told (?:him|her|them)|was saying|mentioned)\b|\bi like and\b",
    re.I,
)
_FEELINGS = _any(
    *SAID_ADJECTIVES.values(),
    "love loved hate hated enjoy enjoyed adore like liked fear feared dread regret tired bored lonely proud ashamed",
    "confused stressed overwhelmed embarrassed thankful obsessed sick fed hopeful lucky helpless",
)
_FELT = re.compile(
    rf"\b(?:i|we)(?:['’](?:m|ve|re|d))?{_ADVERBS}(?:\s+"
    + _any(
        "am are was were feel felt feeling been get got getting became a_little a_bit pretty so very quite super more",
        "absolutely extremely did do does truly always",
    )
    + rf")*\s+{_FEELINGS}\b(?! (?:to|and) (?:say|i)\b)"
    r"|\b(?:makes?|made|making|leaves?|left|drives?|drove|frustrate[sd]|annoy(?:s|ed)|worries|scare[sd]|bother(?:s|ed)) "
    rf"(?:me|us)\b|^\W*(?:so|very|really|absolutely) {_FEELINGS}\b",
    re.I,
)
# States, wishes and modals are no deeds, nor is what the speaker says about saying it.
_NO_DEED = _any(
    "am are was were have has had been feel felt like love hate want wanted need needed wish hope think thought know knew",
    "believe mean guess suppose find understand see prefer agree remember can could can't couldn't cannot would wouldn't",
    "will won't shall should shouldn't may might must do did mind don't_(?:know|think|want|like|mind|need) care doubt",
    "didn't_(?:know|think|want|like|mind|need) wonder expect imagine say saying mention mentioned lose lost based",
    "okay fine wasn't",
    "weren't isn't aren't haven't hadn't (?:not_)?(?:going|gonna|supposed)_to hoping supposed",
)
_BEING = r"(?:['’](?:m|re)| am| are| was| were|['’]ve been| have been| had been|['’]d been)"
_DEED = re.compile(
    rf"(?:i|we)(?:{_BEING}{_ADVERBS}\s+(?!{_NO_DEED}\b)[a-z]+ing\b"
    rf"|(?:['’](?:ve|d))?{_ADVERBS}(?:\s+(?:have|had))?{_ADVERBS}\s+(?!{_NO_DEED}\b)(?:don['’]t\s+|didn['’]t\s+)?[a-z]{{3,}})",
    re.I,
)
LEAST_MATTER = 2


def opening(text: str) -> str:
    """The text from its first word that carries something; a verbatim end of it."""
    found = _OPENING.match(text)
    left = text[found.end() :] if found else text
    return left if len(left.split()) >= 3 else text


def legible(text: str) -> bool:
    """Can be understood by itself: not cut off, not stuttered, no address, two words at least that carry its matter."""
    plain = _EMPHASIS.sub(" ", text)
    if _STUTTER.search(plain) or _CUT.search(text) or _ADDRESS.search(text):
        return False
    return len(content(text)) >= LEAST_MATTER


def of_others(text: str) -> bool:
    """Tells what befell other people, without the speaker in it: "people were getting frustrated by it"."""
    start = opening(text)
    found = _OTHERS.match(start)
    return found is not None and _ME.search(start[found.end() :]) is None


def reported(text: str) -> bool:
    """The speaker's own words of another time, told as speech: they are no statement of now."""
    return _SAID.search(text) is not None


def first_person(text: str) -> str | None:
    """The text from its first person on where that is the subject of the sentence, else None."""
    start = opening(text)
    phrase = _PHRASE.match(start)
    if phrase and not _MINE.match(start):
        start = start[phrase.end() :]
    return start if _MINE.match(start) else None


def deed(text: str) -> bool:
    """The sentence is of what the speaker, or the speaker's own people, did or do."""
    start = first_person(text.replace("’", "'"))
    return start is not None and _DEED.match(start) is not None


def thought(text: str) -> bool:
    """The speaker says what is thought, expected, wanted or judged."""
    start = first_person(text) or opening(text)
    return _THOUGHT.match(start) is not None


def attempt(text: str) -> bool:
    """ "I'm trying to …": what the person is at, and what it is for."""
    return _ATTEMPT.search(text) is not None


def felt(text: str) -> bool:
    """The speaker names an own feeling, or what makes the speaker feel it."""
    return _FELT.search(text) is not None
