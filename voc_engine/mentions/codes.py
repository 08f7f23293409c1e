"""The wording that each pattern gives: ability, effort, absence, request, wish, job, occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voc_engine.mentions.clause import core, spell
from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.job import job_of
from voc_engine.mentions.lexicon import words
from voc_engine.mentions.slots import action_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARE = frozenset(("nsubj", "nsubjpass", "aux", "auxpass", "neg", "expl", "mark"))
_EFFORT_MARKS = ("hard", "difficult", "tricky", "tough", "spent", "spend", "wast", "struggl", "impossible", "easy")
_NO_ADJUNCT = frozenset(("struggle", "spend", "waste", "take", "have", "be"))


@dataclass(frozen=True, slots=True)
class Case:
    """What a maker may look at."""

    frame: Frame
    lead: Evidence
    verb: Token | None
    span: tuple[int, int]
    when: str | None
    purpose: str | None


def code(
    frame: Frame, kind: str, lead: Evidence, verb: Token | None, span: tuple[int, int], job: tuple[str | None, str | None]
) -> str | None:  # fmt: skip
    """The statement by the pattern of ``lead``, None where the pattern has no wording of its own or no words for it."""
    case = Case(frame, lead, verb, span, *job)
    if kind == "goal":
        return job_of(frame, lead, verb, span, *job)
    maker = _MAKERS.get((kind, lead.pattern.removeprefix("negated ")))
    return maker(case) if maker else None


def deed(case: Case, verb: Token | None) -> str | None:
    """The verb's lemma and what it acts on, without subject and auxiliaries: "find the export button"."""
    action = action_of(case.frame, verb)
    if verb is None or action is None:
        return None
    if action == "find" and verb.lemma_ != "find":
        target = next((t for c in verb.children if c.lower_ == "for" for t in c.children if t.dep_ == "pobj"), None)
        return f"find {spell(core(case.frame, target, case.span))}" if target is not None else None
    tokens = [token for token in core(case.frame, verb, case.span, drop=_BARE) if token.i > verb.i]
    return f"{action} {spell(tokens)}".strip()


def _hard(case: Case) -> str | None:
    lead, verb = case.lead, case.verb
    if lead.pattern.startswith("negated") and "eas" not in lead.reason:
        return None
    searching = action_of(case.frame, verb) == "find"
    if not (_infinitive(case) or searching) or not any(mark in lead.reason for mark in _EFFORT_MARKS):
        return None
    phrase = deed(case, verb)
    if not phrase or phrase.split()[0] in _NO_ADJUNCT or len(phrase.split()) < 2:
        return None
    return f"Hard to {phrase}"


def _infinitive(case: Case) -> bool:
    """Whether the verb is the "to ..." that follows what is hard or easy."""
    verb = case.verb
    return verb is not None and verb.i >= case.lead.end - 1 and any(child.tag_ == "TO" for child in verb.children)


def _cannot(case: Case) -> str | None:
    if not (case.lead.negated or "unable" in case.lead.reason) or case.verb is None:
        return None
    subject = case.frame.subject_word(case.verb)
    phrase = deed(case, case.verb)
    if not phrase:
        return None
    if subject in ("i", "we", "you", "me", "us", "", "it", "one", "to"):
        return f"Cannot {phrase}"
    found = case.frame.subject(case.verb)
    named = spell(core(case.frame, found, case.span)) if found is not None and found.i < case.verb.i else ""
    return f"{named} cannot {phrase}" if named and "can" in case.frame.words else None


def _easy(case: Case) -> str | None:
    lead = case.lead
    if lead.negated or not _infinitive(case) or not any(mark in lead.reason for mark in ("easy", "easier", "simple")):
        return None
    if "than" in case.frame.words[lead.end :]:
        # "Easier to use than this one" compares; "easy to use than" would say nothing.
        return None
    phrase = deed(case, case.verb)
    return f"Easy to {phrase}" if phrase else None


def _no(case: Case) -> str | None:
    """ "It has no manual", "doesn't have a manual" and "lacks a manual" are all "No manual"."""
    frame, token = case.frame, case.frame.doc[case.lead.place]
    if case.lead.pattern != "absence" or not case.lead.negated:
        return None
    noun = token.head if frame.words[token.i] == "no" else None
    if noun is None:
        noun = next((child for child in token.children if child.dep_ in ("dobj", "pobj")), None)
    if noun is None or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if any(
        frame.words[child.i] in ("those", "these", "this", "that") for child in noun.children if child.dep_ == "det"
    ):
        # "Didn't get those things" is about some that there are.
        return None
    tokens = [t for t in core(frame, noun, case.span) if not (t.head == noun and t.dep_ in ("det", "neg", "poss"))]
    return f"No {spell(tokens)}"


def _asked(case: Case) -> str | None:
    """ "Please add a dark mode", "Could you add a dark mode?": "Add a dark mode"."""
    verb = case.frame.doc[case.lead.place] if case.lead.pattern == "imperative" else case.verb
    if case.lead.pattern == "question":
        modal = case.frame.doc[case.lead.place]
        verb = modal.head if modal.dep_ == "aux" else verb
    if case.lead.pattern == "question" and not _asks_for_a_deed(case, verb):
        return None
    own = verb is not None and case.lead.pattern == "question" and case.frame.subject_word(verb) not in ("you", "")
    phrase = deed(case, verb)
    if not phrase or len(phrase.split()) < 2:
        return None
    return f"Ability to {phrase}" if own and case.frame.subject_word(verb) in ("i", "we") else None if own else phrase


def _asks_for_a_deed(case: Case, verb: Token | None) -> bool:
    """ "Could you rebook me?" and "will you please help" ask for a deed; "will you charge me?" asks what will be."""
    said = case.frame.words
    polite = said[case.lead.place] != "will" or "please" in said
    return polite or (verb is not None and verb.lemma_.lower() in words("request_verb"))


def _wished(case: Case) -> str | None:
    """What follows the wish: "if I could sort by date" is an ability, "wish it had a zoom" is wanted."""
    frame = case.frame
    inner = _clause_wished(case)
    if inner is None:
        return _wanted(case)
    subject = frame.subject_word(inner)
    if "possible" in case.lead.reason and inner.tag_ == "VB" and not any(c.dep_ == "nsubj" for c in inner.children):
        # "Is it possible to change my PIN?"
        phrase = deed(case, inner)
        return f"Ability to {phrase}" if phrase else None
    if subject in ("i", "we", "you", "one") and any(frame.words[c.i] in ("could", "can") for c in inner.children):
        phrase = deed(case, inner)
        return f"Ability to {phrase}" if phrase and subject != "you" else phrase
    if inner.lemma_ == "have" and subject in ("it", "you", "they", "there", "this"):
        noun = next((c for c in inner.children if c.dep_ == "dobj"), None)
        return f"Wants {spell(core(frame, noun, case.span))}" if noun is not None else None
    if subject in ("it", "you", "they", "this"):
        return deed(case, inner)
    tokens = core(frame, inner, case.span, drop=frozenset(("mark",)))
    return spell(tokens) if len(tokens) > 1 else None


def _clause_wished(case: Case) -> Token | None:
    frame, lead = case.frame, case.lead
    for token in frame.doc:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ not in ("advcl", "ccomp", "xcomp"):
            continue
        conditional = any(c.dep_ == "mark" and frame.words[c.i] in ("if", "that") for c in token.children)
        wished = token.head.lemma_ in ("wish", "hope", "love", "like", "appreciate", "suggest", "prefer", "be")
        if token.i >= lead.place and (conditional or wished) and token.head.i >= lead.place - 1:
            return token
    return None


def _wanted(case: Case) -> str | None:
    """ "I want a bigger screen" is "Wants a bigger screen"; "I would love a way to export" likewise."""
    frame, lead = case.frame, case.lead
    for token in frame.doc[lead.place : lead.end + 1]:
        if token.pos_ not in ("VERB", "AUX") or token.lemma_.lower() not in (
            "want",
            "need",
            "like",
            "love",
            "take",
            "expect",
        ):
            continue
        inner = next((c for c in token.children if c.dep_ in ("ccomp", "xcomp") and c.i > token.i), None)
        if inner is not None and inner.pos_ in ("VERB", "AUX"):
            subject = frame.subject_word(inner)
            able = next((c for c in inner.children if c.dep_ == "acomp" and c.lower_ == "able"), None)
            target = next((c for c in able.children if c.dep_ == "xcomp"), None) if able is not None else None
            if target is not None:
                # "I'd like to be able to export" asks for the ability.
                phrase = deed(case, target)
                return f"Ability to {phrase}" if phrase else None
            return deed(case, inner) if subject in ("you", "they", "i", "we", "") else None
        noun = next((c for c in token.children if c.dep_ == "dobj"), None)
        if noun is not None and noun.pos_ in ("NOUN", "PROPN"):
            asked = spell(core(frame, noun, case.span))
            # "A way" alone says nothing of what is wanted.
            return f"Wants {asked}" if not (noun.lemma_ == "way" and len(asked.split()) < 4) else None
    return None


def _should(case: Case) -> str | None:
    """ "You should let us choose" is "Let us choose"; "the report should show fees" stays as it is."""
    for token in case.frame.doc[case.lead.place : case.lead.end]:
        if case.frame.words[token.i] in ("should", "must", "need", "needs"):
            verb = token.head if token.dep_ == "aux" else None
            if verb is not None and case.frame.subject_word(verb) in ("you", "they", "it", "this", ""):
                phrase = deed(case, verb)
                return phrase if phrase and verb.lemma_ != "be" else None
    return None


def _occasion(case: Case) -> str | None:
    """The event with the word that opens it: "After the third no-show", "When the salon stopped taking calls"."""
    frame, token = case.frame, case.frame.doc[case.lead.place]
    if frame.words[token.i] not in ("when", "after", "since", "once", "because", "as", "until"):
        return None
    if token.dep_ == "prep":
        head = next((child for child in token.children if child.dep_ in ("pobj", "pcomp")), None)
    else:
        head = token.head
    if head is None:
        return None
    tokens = [t for t in core(frame, head, case.span) if t.i > token.i]
    return f"{token.text} {spell(tokens)}" if tokens else None


_MAKERS: dict[tuple[str, str], Callable[[Case], str | None]] = {
    ("pain_point", "effort"): _hard,
    ("pain_point", "ease"): _hard,
    ("pain_point", "ability"): _cannot,
    ("pain_point", "absence"): _no,
    ("request", "imperative"): _asked,
    ("request", "please"): _asked,
    ("request", "question"): _asked,
    ("request", "wish"): _wished,
    ("request", "want"): _wanted,
    ("request", "should"): _should,
    ("delight", "ease"): _easy,
    ("trigger", "event"): _occasion,
}
