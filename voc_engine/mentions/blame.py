"""Rules for what goes wrong: what cannot be done, is missing, too much, charged for, gone or kept waiting for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time, words

if TYPE_CHECKING:
    from spacy.tokens import Token

# "can't" that is no inability.
_NOT_INABILITY = words("patterns_not_inability")
# What things and people refuse to do: "it won't start", "they won't answer".
_REFUSING = words("patterns_refusing")
_HARMLESS = frozenset(
    ("be", "have", "need", "disappoint", "regret", "take", "hurt", "break", "cost", "affect", "matter")
)
_GIVING = frozenset(("have", "include", "support", "offer", "provide", "come", "receive", "get", "show"))
_HAVING = frozenset(
    ("have", "be", "come", "offer", "provide", "give", "get", "receive", "with", "there", "show", "see")
)
_DEMANDING = frozenset(("want", "ask", "force", "expect"))
_CHARGING = frozenset(("charge", "add", "take", "be", "slap", "hit", "appear", "lose", "sting", "pay", "deduct", "ask"))


def ability(frame: Frame) -> Iterator[Evidence]:
    """cannot + verb, with the idioms that mean praise or impatience left out."""
    for token in frame.doc:
        if token.tag_ != "MD" and frame.words[token.i] not in ("can", "could"):
            continue
        verb, word = token.head, frame.words[token.i]
        negated = next((child for child in verb.children if child.dep_ == "neg" and child.i > token.i), None)
        if negated is None or word not in ("can", "could", "will") or verb.i <= token.i:
            continue
        if verb.lemma_.lower() in _NOT_INABILITY or _comparative_idiom(frame, verb):
            continue
        subject = frame.subject_word(verb)
        if word == "will" and (subject in words("first_person") or subject in ("that", "there", "")):
            continue
        if frame.unreal(verb.i) in ("if", "unless", "whether", "would", "wish") or _asked_politely(frame, token):
            continue
        quote = frame.doc[token.i : verb.i + 1].text
        pattern = "failure" if word == "will" else "ability"
        usual = verb.lemma_ in _REFUSING if word == "will" else verb.lemma_ not in ("be", "have")
        thing = word == "will" and verb.lemma_ not in _HARMLESS and subject != "you"
        weight = 2.5 if usual else 2.2 if thing else 1.2
        if word == "will" and _person(frame, verb):
            weight = 1.6
        yield Evidence("pain_point", pattern, weight, f"cannot + verb: '{quote}'", token.i, verb.i + 1, negated=True)


def _person(frame: Frame, verb: Token) -> bool:
    """People who will not do something are no failing product: "six of my instructors won't look at it"."""
    found = frame.subject(verb)
    return found is not None and (found.lemma_.lower() in words("human") or found.pos_ == "PROPN")


def _asked_politely(frame: Frame, modal: Token) -> bool:
    """ "Could the lessons not just sit in the phone?" asks for it."""
    return modal.i == 0 and frame.is_question


def _comparative_idiom(frame: Frame, verb: Token) -> bool:
    after = set(frame.words[verb.i : verb.i + 5])
    return bool(after & {"happier", "wrong", "better", "enough"}) and verb.lemma_ in ("be", "go", "ask", "do", "get")


def excess(frame: Frame) -> Iterator[Evidence]:
    """Too + adjective or adverb: more of something than is wanted."""
    for token in frame.doc[: len(frame.doc) - 1]:
        word = frame.words[token.i + 1]
        if frame.words[token.i] != "too" or word in ("much", "many", "bad") or token.nbor().pos_ not in ("ADJ", "ADV"):
            continue
        own = token.nbor().head.lemma_ == "be" and frame.subject_word(token.nbor().head) == "i"
        if own or frame.negator(token.i) or frame.negator(token.i + 1) or frame.unreal(token.i + 1):
            continue
        quote = frame.doc[token.i : token.i + 2].text
        yield Evidence("pain_point", "quality", 2.5, f"more than is wanted: '{quote}'", token.i, token.i + 2)


def absence(frame: Frame) -> Iterator[Evidence]:
    """No, lack of, missing, does not have: a thing that should be there is not."""
    for token in frame.doc:
        lemma = token.lemma_.lower()
        place = _absent(frame, token, lemma)
        if place is None or frame.unreal(token.i) is not None:
            continue
        own = frame.subject_word(token.head if token.pos_ != "VERB" else token) in words("first_person")
        # "I have no children" tells of the speaker; "it has no manual" of the thing.
        weight = 1.5 if own and lemma in ("have", "offer", "get") else 2.1
        if lemma == "no" and frame.subject_word(token.head.head) in words("first_person"):
            weight = 1.5
        quote = frame.doc[place[0] : place[1]].text
        reason = f"something is missing: '{quote}'"
        yield Evidence("pain_point", "absence", weight, reason, token.i, token.i + 1, negated=True)


def _absent(frame: Frame, token: Token, lemma: str) -> tuple[int, int] | None:
    noun = token.head.lemma_.lower()
    if frame.words[token.i] == "no" and token.dep_ == "det" and noun not in words("blame_idle_absence"):
        verb = token.head.head
        alone = token.head.dep_ == "ROOT" and token.i == 0 and noun not in words("human")
        if (verb.lemma_ in _HAVING or alone) and not _of_a_person(verb):
            return token.i, token.head.i + 1
    elif lemma in ("lack", "lacking") and token.pos_ in ("VERB", "NOUN", "ADJ"):
        return token.i, token.i + 1
    elif lemma in _GIVING and _lacks(frame, token):
        return max(0, token.i - 1), token.i + 1
    elif lemma == "without" and token.head.lemma_ in ("leave", "come", "be", "ship"):
        # "Came without a manual" lacks one; "without standing in a hallway" is how something is done.
        return (token.i, token.i + 1) if any(child.dep_ == "pobj" for child in token.children) else None
    return None


def _of_a_person(node: Token) -> bool:
    return node.lower_ == "with" and (node.head.lemma_.lower() in words("human") or node.head.pos_ == "PROPN")


def _lacks(frame: Frame, verb: Token) -> bool:
    negated = any(child.dep_ == "neg" and frame.words[child.i] == "not" for child in verb.children)
    asked = any(child.dep_ in ("xcomp",) for child in verb.children)
    empty = set(frame.words[verb.i + 1 : verb.i + 3]) & {"any", "anything", "to", "idea", "clue", "much", "problems"}
    modal = any(child.tag_ == "MD" for child in verb.children)
    return negated and not asked and not empty and not modal and any(c.dep_ in ("dobj", "prep") for c in verb.children)


def charge(frame: Frame) -> Iterator[Evidence]:
    """A fee that is charged, or one with its amount; a fee that is only spoken of is none."""
    for noun in frame.doc:
        if noun.lemma_.lower() not in ("fee", "surcharge", "commission") or noun.pos_ not in ("NOUN", "PROPN"):
            continue
        if {"mind", "fair", "report", "same", "row", "net", "gross"} & set(frame.words) or frame.negator(noun.i):
            continue
        amount = any(node.like_num or node.tag_ == "$" for node in noun.subtree)
        named = any(child.dep_ in ("compound", "amod") and not child.like_num for child in noun.children)
        verb = noun.head
        met = verb.lemma_.lower() in _CHARGING and verb.pos_ in ("VERB", "AUX") and noun.dep_ in ("attr", "dobj")
        if (amount or (met and named)) and frame.unreal(noun.i) is None:
            quote = frame.doc[noun.left_edge.i : noun.i + 1].text
            yield Evidence("pain_point", "cost", 2.3, f"a fee is charged: '{quote}'", noun.i, noun.i + 1)


def gone(frame: Frame) -> Iterator[Evidence]:
    """A thing that is gone: "my notes gone", "the refund is gone"; never where somebody went."""
    for token in frame.doc:
        if frame.words[token.i] != "gone" or any(
            child.i > token.i and child.dep_ != "punct" for child in token.children
        ):
            continue
        following = frame.words[token.i + 1 : token.i + 2]
        subject = frame.subject_word(token) or frame.subject_word(token.head)
        if subject in words("human") or subject in ("i", "we", "you", "he", "she") or following in (["up"], ["quiet"]):
            continue
        if frame.negator(token.i) is None and frame.unreal(token.i) is None:
            yield Evidence("pain_point", "loss", 2.3, "something is gone: 'gone'", token.i, token.i + 1)


def burden(frame: Frame) -> Iterator[Evidence]:
    """What a thing makes the person do: I have to, it wants me to, it asks me for."""
    for verb in frame.doc:
        lemma = verb.lemma_.lower()
        if lemma == "have" and frame.subject_word(verb) in ("i", "we", "you", "one", ""):
            inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
            if inner is None or inner.lemma_.lower() in words("blame_idle_duty") or frame.negator(verb.i):
                continue
            if not 2 <= inner.i - verb.i <= 3 or frame.unreal(verb.i) is not None or frame.is_question:
                continue
            still = {"still", "always", "again", "then", "each", "every", "now"} & set(frame.words)
            # What had to be done is told to the provider as a burden; elsewhere it is mostly a step of a story.
            weight = 2.3 if still else 2.0 if frame.kind == "ticket" else 1.2
            quote = frame.doc[verb.i : inner.i + 1].text
            yield Evidence("pain_point", "effort", weight, f"has to be done: '{quote}'", verb.i, inner.i + 1)
        elif lemma in _DEMANDING and frame.subject_word(verb) in ("it", "app", "system"):
            if frame.words[verb.i + 1 : verb.i + 2] != ["me"] or frame.unreal(verb.i) is not None:
                continue
            quote = frame.doc[verb.i : verb.i + 2].text
            yield Evidence("pain_point", "effort", 2.1, f"it demands: '{quote} …'", verb.i, verb.i + 1)


def quantity(frame: Frame) -> Iterator[Evidence]:
    """An amount of time beside waiting, spending or calling says how much it cost."""
    for place in range(1, len(frame.words)):
        if is_time(frame.words[place]) and is_number(frame.words[place - 1]) and frame.words[place - 1] != "a":
            verbs = {node.lemma_ for node in [frame.doc[place], *frame.doc[place].ancestors]}
            if verbs & {"wait", "spend", "hold", "delay", "sit", "waste", "late", "call", "try", "stick"}:
                quote = frame.doc[place - 1 : place + 1].text
                yield Evidence("pain_point", "delay", 1.6, f"time it cost: '{quote}'", place - 1, place + 1)


_WAITS = ("when will my", "when will i", "when will the", "when do i get", "when are you going", "when is my",
    "where is my", "where is the", "where are my", "what happened to", "how much longer", "how long do i have",
    "how long does it take", "how long will", "how long until", "how many times", "still waiting")  # fmt: skip
_BLAMES = ("why is it", "why is my", "why is the", "why is there", "why do i", "why did", "why does", "why would",
    "why has", "why have", "why was", "why were", "why can not", "why can i not", "why are", "why must",
    "how can i not", "how is it", "how come", "how do you", "what is wrong", "is it too much", "what kind of",
    "who do i", "really ?")  # fmt: skip


def question(frame: Frame) -> Iterator[Evidence]:
    """Questions that imply a breach: when will it come, where is my, why is it impossible, how long."""
    if not frame.words or not (frame.is_question or frame.words[0] in ("why", "when", "where", "how")):
        return
    head = " ".join(frame.words)
    waiting = next((phrase for phrase in _WAITS if phrase in head), None)
    if waiting:
        yield Evidence("pain_point", "delay", 2.4, f"a question that implies waiting: '{waiting} …'", 0, 1)
    blaming = next((phrase for phrase in _BLAMES if phrase in head), None)
    if blaming and frame.is_question:
        weight = 1.9 if blaming.startswith("why") else 1.1
        yield Evidence("pain_point", "question", weight, f"a question that blames: '{blaming} …'", 0, 1)
