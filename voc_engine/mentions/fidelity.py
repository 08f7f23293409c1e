"""Whether a statement is a faithful reduction of its quote: nothing that governs the kept words may be dropped.

A reduction is refused where it leaves out a negation, a modal, a condition or a question word that rules what it
keeps, where a kept word lost its complement, or where so little is left that it says something else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from voc_engine.mentions.clause import spelled
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORD = re.compile(r"[^\W_]+")
_IF = frozenset(("if", "unless", "whether"))
_MODALS = frozenset(("would", "could", "might", "may", "should", "must", "ought", "'d", "’d"))
_GOVERNED = frozenset(("ccomp", "xcomp", "pcomp", "csubj", "acl", "oprd"))
_COMPLEMENTS = frozenset(("dobj", "attr", "acomp", "oprd", "pobj", "pcomp", "xcomp", "ccomp", "prt", "dative"))
_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_ASKING = frozenset(("who", "whose", "whom", "which", "what", "why", "how", "where"))
# These words of a pattern carry the negation of the quote themselves.
_CARRIES_NOT = re.compile(r"(?:.* )?(?:cannot|no|not|never|hard to)\b", re.I)
_OWN_WORDING = re.compile(r"^(?:i want to|hard to|easy to|ability to|cannot|wants?|no)\b", re.I)
_NEW_CLAUSE = frozenset(
    ("and", "but", "or", "so", "because", "although", "though", "while", "which", "who", "that", "when", "as", "since")
)
# "A way to export" is the export: a noun that only names the means may go.
_MEANS = frozenset(("way", "possibility", "ability", "option", "chance", "tool", "feature", "setting", "time", "goal"))
_PAST, _PRESENT = frozenset(("old", "used", "before", "previous")), frozenset(("now", "this", "new", "yours"))


def fault(frame: Frame, kind: str, pattern: str, span: tuple[int, int], statement: str) -> str | None:
    """Why the statement is no faithful reduction of the code points ``span``, in words; None where it is one."""
    inside = [token for token in frame.doc if span[0] <= token.idx and token.idx + len(token) <= span[1]]
    kept = aligned(frame, inside, statement)
    if not kept:
        return None
    asked = kind in ("request", "goal")
    if (lost := _negation(frame, inside, kept, statement)) is not None:
        return f"lost negation: {lost}"
    wished = kind == "request" and pattern == "wish" and _OWN_WORDING.match(statement)
    told = wished or statement.startswith("When ")
    if not told and any(frame.words[t.i] in _IF and t.i not in kept for t in inside):
        return "lost condition"
    if not asked and any(t.i not in kept and frame.words[t.i] in _MODALS and t.head.i in kept for t in inside):
        return "lost modal"
    if any(_rules_a_question(frame, token, kept) for token in inside):
        return "lost question word"
    if (odd := _odd_opening(frame, inside, statement)) is not None:
        return odd
    if (
        kind in ("pain_point", "delight", "objection")
        and (ruled := _unruled(frame, inside, kept, statement)) is not None
    ):
        return ruled
    if kind in ("request", "objection") and (tail := _cut_short(frame, inside, kept)):
        return f"cut short before: {tail}"
    return _broken(frame, inside, kept, statement) or _thin(frame, inside, kept, pattern, statement)


# Words that turn what they grade round: "slightly less accurate", "hardly usable".
_GRADES = frozenset(
    ("less", "least", "hardly", "barely", "scarcely", "rarely", "seldom", "too", "almost", "nearly", "only")
)
_MANNERS = frozenset(("well", "properly", "enough", "correctly", "right", "quite", "much", "often", "always"))
# A clause that stops before one of these stops in the middle: "in the hopes [that]", "as long [as]".
_CONTINUES = frozenset(("that", "of", "to", "as", "than"))
_ODD_START = re.compile(r"(?:ve|re|ll|m|to|['’]?s|['’]d)\b", re.I)
_ASKS = re.compile(
    r"(?:can|could|do|does|did|is|are|was|were|has|have|had|will|would|should|may|might) "
    r"(?:i|we|you|it|they|he|she|there|this|that|the|my|our|your|an?|any|some|anyone|someone)\b",
    re.I,
)

_WHO = re.compile(r"(?:who|whose|which|what|why|how|where)\b", re.I)


def _odd_opening(frame: Frame, inside: Sequence[Token], statement: str) -> str | None:
    """A statement may not open with half a contraction or an infinitive, nor ask without its question mark."""
    if _ODD_START.match(statement):
        return "odd opening"
    asks = (_ASKS.match(statement) or (frame.is_question and _WHO.match(statement))) and not statement.endswith("?")
    commanded = inside and frame.words[inside[0].i] in ("do", "have") and not frame.is_question
    return "lost question mark" if asks and not commanded else None


def _unruled(frame: Frame, inside: Sequence[Token], kept: frozenset[int], statement: str) -> str | None:
    """What rules the kept words is gone: a negated main clause, "paid me to", "for the money", half of an aside."""
    own = _OWN_WORDING.match(statement) is not None
    top = next(
        (frame.doc[place] for place in sorted(kept) if not {n.i for n in frame.doc[place].ancestors} & kept), None
    )
    places = {token.i for token in inside}
    root = frame.root
    if top is not None and root is not None and root.i in places - kept and root in top.ancestors:
        between = [top, *itertools.takewhile(lambda node: node != root, top.ancestors)]
        same = frame.clause_of(root.i) == frame.clause_of(top.i)
        apart = any(node.dep_ in ("conj", "parataxis", "ccomp", "relcl") for node in between)
        if not own and same and not apart and any(child.dep_ == "neg" for child in root.children):
            return f"lost negation over: {top.text}"
    if not own and top is not None and top.head.i in places - kept and _waits_for(top, kept):
        # "The problem to be corrected" was waited for.
        return f"lost governor: {top.head.text}"
    graded = next((t for t in inside if frame.words[t.i] in _GRADES and t.i not in kept and t.head.i in kept), None)
    if graded is not None and graded.dep_ == "advmod":
        return f"lost degree: {graded.text}"
    for place in sorted(kept):
        token = frame.doc[place]
        head = token.head
        lost = head.i in places - kept
        if not own and token.dep_ == "pobj" and head.pos_ == "ADP" and lost and place == min(kept):
            return f"lost preposition: {head.text}"
        infinitive = token.tag_ == "VB" and any(c.tag_ == "TO" and c.i in places - kept for c in token.children)
        if not own and infinitive and lost and token.dep_ in ("xcomp", "advcl", "acl") and not _hard_or_easy(head):
            return f"lost governor: {head.text}"
        if any(child.dep_ == "neg" for child in token.children) and (
            manner := _lost_manner(frame, token, places - kept)
        ):
            return f"lost manner: {manner}"
    following = next((token for token in inside if token.i == max(kept) + 1), None)
    if (
        not own
        and following is not None
        and frame.words[following.i] in _CONTINUES
        and _continues(frame, following, kept)
    ):
        return f"cut short before: {following.text}"
    return _half_aside(frame, inside, kept)


def _lost_manner(frame: Frame, verb: Token, lost: set[int]) -> str | None:
    """ "It does not fit" is another claim than "it does not fit well"."""
    for place in sorted(lost):
        token = frame.doc[place]
        graded = token.head == verb and token.dep_ == "advmod" and token.tag_ == "RB" and place > verb.i
        idle = frame.words[place] in words("clause_discourse") - {"well"}
        # The parser may tear "well" off a text that a machine split into words.
        if (graded and not idle) or (place == verb.i + 1 and frame.words[place] in _MANNERS):
            return str(token.text)
    return None


def _waits_for(top: Token, kept: frozenset[int]) -> bool:
    """Whether this is an infinitive clause kept with its "to"."""
    infinitive = any(child.tag_ == "TO" and child.i in kept for child in top.children)
    return infinitive and top.dep_ in ("advcl", "xcomp", "ccomp", "pcomp")


def _continues(frame: Frame, following: Token, kept: frozenset[int]) -> bool:
    last = max(kept)
    return frame.words[following.i] == "as" or any(node.i == last for node in following.ancestors)


def _hard_or_easy(head: Token) -> bool:
    return head.pos_ in ("ADJ", "AUX")


def _half_aside(frame: Frame, inside: Sequence[Token], kept: frozenset[int]) -> str | None:
    """Words from within brackets joined to words outside them."""
    opened: int | None = None
    for token in inside:
        if token.text in "([":
            opened = token.i
        elif token.text in ")]" and opened is not None:
            held = {place for place in kept if opened < place < token.i}
            if held and held != kept:
                return "half an aside"
            opened = None
    return None


def aligned(frame: Frame, inside: Sequence[Token], statement: str) -> frozenset[int]:
    """Places of the quote's words that the statement keeps: the tightest reading in order."""
    said = _WORD.findall(statement.lower().replace("cannot", "can not"))
    spoken = _WORD.findall(_OWN_WORDING.sub("", statement).lower().replace("cannot", "can not"))
    forms = [(token.i, _forms(frame, token)) for token in inside]
    best: tuple[tuple[int, int, int], list[int]] | None = None
    for wanted in (said, spoken):
        for start, (_, first) in enumerate(forms):
            if wanted and wanted[0] in first:
                places, missing = _follow(forms, start, wanted)
                rank = (missing, -len(places), max(places) - min(places))
                if best is None or rank < best[0]:
                    best = rank, places
    return frozenset(best[1]) if best else frozenset()


def _forms(frame: Frame, token: Token) -> frozenset[str]:
    written = (token.lower_, frame.words[token.i], token.lemma_.lower(), frame.lemmas[token.i], spelled(token).lower())
    return frozenset(part for form in written for part in _WORD.findall(form))


def _follow(forms: Sequence[tuple[int, frozenset[str]]], start: int, wanted: Sequence[str]) -> tuple[list[int], int]:
    places, missing, at = [forms[start][0]], 0, start
    for word in wanted[1:]:
        following = next((place for place in range(at, len(forms)) if word in forms[place][1]), None)
        if following is None:
            missing += 1
            continue
        # A hyphenated token stands for several words: it may answer twice.
        at = following
        places.append(forms[at][0])
        at += len(forms[at][1]) == 1
    return places, missing


def _negation(frame: Frame, inside: Sequence[Token], kept: frozenset[int], statement: str) -> str | None:
    for token in inside:
        word: str = frame.words[token.i]
        if token.i in kept or word not in words("negators") or word in ("without", "lack"):
            continue
        if _CARRIES_NOT.match(statement) and not kept & {n.i for n in inside if frame.words[n.i] in words("negators")}:
            continue
        if token.head.i in kept or any(node.i == token.head.i for place in kept for node in _governors(frame, place)):
            return word
    return None


def _governors(frame: Frame, place: int) -> Iterator[Token]:
    """The words above whose complement this one is: "knowing" above "see" in "not knowing who can see"."""
    node = frame.doc[place]
    while node.dep_ in _GOVERNED or node.dep_ in ("nsubj", "nsubjpass", "prep", "pobj", "dobj", "attr", "acomp"):
        node = node.head
        yield node


def _rules_a_question(frame: Frame, token: Token, kept: frozenset[int]) -> bool:
    if token.i in kept or frame.words[token.i] not in _ASKING or not token.tag_.startswith("W"):
        return False
    verb = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    return verb.i in kept and verb.dep_ != "relcl"


def _broken(frame: Frame, inside: Sequence[Token], kept: frozenset[int], statement: str) -> str | None:
    """A complement, a head or a subject is missing, or content was cut out of the middle."""
    places = {token.i for token in inside}
    for place in sorted(kept):
        token = frame.doc[place]
        for child in token.children:
            if child.dep_ in _COMPLEMENTS and child.i > place and child.i in places and not _has(child, kept):
                return f"lost complement: {child.text}"
        if token.dep_ in ("acl", "relcl") and token.head.i in places - kept and token.head.lemma_ not in _MEANS:
            return f"lost head: {token.head.text}"
        above = token.head.head
        if frame.words[place] == "no" and above.lower_ == "with" and above.head.i in places - kept:
            # "It showed me the day with no signal" is about the day.
            return f"lost verb: {above.head.text}"
    first = _WORD.match(statement.lower())
    if first and first.group() in ("is", "are", "was", "were") and not frame.is_question:
        return "lost subject"
    if first and first.group() in ("s", "should", "must", "ought", "might", "may", "did", "does", "do"):
        opener = next((t for t in inside if t.i == min(kept)), None)
        if first.group() != "do" and opener is not None and frame.subject(opener.head) is not None:
            return "lost subject"
    return _gap(frame, kept)


def _cut_short(frame: Frame, inside: Sequence[Token], kept: frozenset[int]) -> str | None:
    """What is asked for or refused has to be whole: it may end only where a clause or an aside begins."""
    rest = [token for token in inside if token.i > max(kept)]
    if not rest or rest[0].is_punct or frame.words[rest[0].i] in _NEW_CLAUSE:
        return None
    return str(rest[0].text) if any(token.pos_ in _CONTENT for token in rest) else None


def _has(child: Token, kept: frozenset[int]) -> bool:
    return child.i in kept or not child.is_alpha


def _gap(frame: Frame, kept: frozenset[int]) -> str | None:
    for left, right in itertools.pairwise(sorted(kept)):
        between = frame.doc[left + 1 : right]
        lost = [token for token in between if token.pos_ in _CONTENT and token.dep_ not in ("amod", "intj")]
        fenced = len(between) > 1 and between[0].text in ",(–—-" and between[-1].text in ",)–—-"
        if lost and not fenced:
            return f"cut out: {between.text}"
    return None


def _thin(frame: Frame, inside: Sequence[Token], kept: frozenset[int], pattern: str, statement: str) -> str | None:
    """Too little is left, or only the old half of a comparison of then and now."""
    rest = {frame.words[token.i] for token in inside if token.i not in kept}
    if _PAST & {frame.words[place] for place in kept} and _PRESENT & rest:
        return "lost contrast"
    if pattern in ("absence", "ability", "effort", "ease"):
        return None
    left = sum(frame.doc[place].pos_ in _CONTENT for place in kept)
    whole = sum(token.pos_ in _CONTENT for token in inside)
    if whole <= left + 1 or len(statement.split()) > 5:
        return None
    if _OWN_WORDING.match(statement):
        return "too thin" if left < 2 else None
    clause = any(_opens_clause(frame.doc[place], kept) for place in kept)
    return "too thin" if left < (2 if clause else 3) else None


def _opens_clause(token: Token, kept: frozenset[int]) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN") and token.head.i in kept
