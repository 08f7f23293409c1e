"""Rules that need syntax: who acts, who is asked, what is wanted, what cannot be done, what a question implies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
# "I want to know" asks and "I want to thank" greets; neither names an end state.
_SPEAKING = words("patterns_speaking")
_PRODUCT_WISH = words("patterns_product_wish")
_SOURCING = words("patterns_sourcing")


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
        if frame.unreal(verb.i) in ("if", "unless", "whether", "would", "wish"):
            continue
        quote = frame.doc[token.i : verb.i + 1].text
        pattern = "failure" if word == "will" else "ability"
        usual = verb.lemma_ in _REFUSING if word == "will" else verb.lemma_ not in ("be", "have")
        thing = word == "will" and verb.lemma_ not in _HARMLESS and subject != "you"
        weight = 2.5 if usual else 2.2 if thing else 1.2
        yield Evidence("pain_point", pattern, weight, f"cannot + verb: '{quote}'", token.i, verb.i + 1, negated=True)


def _comparative_idiom(frame: Frame, verb: Token) -> bool:
    after = set(frame.words[verb.i : verb.i + 5])
    return bool(after & {"happier", "wrong", "better", "enough"}) and verb.lemma_ in ("be", "go", "ask", "do", "get")


_HARMLESS = frozenset(
    ("be", "have", "need", "disappoint", "regret", "take", "hurt", "break", "cost", "affect", "matter")
)


def excess(frame: Frame) -> Iterator[Evidence]:
    """Too + adjective or adverb: more of something than is wanted."""
    for token in frame.doc[: len(frame.doc) - 1]:
        word = frame.words[token.i + 1]
        if frame.words[token.i] != "too" or word in ("much", "many", "bad") or token.nbor().pos_ not in ("ADJ", "ADV"):
            continue
        if frame.negator(token.i) is None and frame.negator(token.i + 1) is None and frame.unreal(token.i + 1) is None:
            quote = frame.doc[token.i : token.i + 2].text
            yield Evidence("pain_point", "quality", 2.5, f"more than is wanted: '{quote}'", token.i, token.i + 2)


def absence(frame: Frame) -> Iterator[Evidence]:
    """No, lack of, missing, does not have: a thing that should be there is not."""
    bad = (
        "problem",
        "issue",
        "trouble",
        "doubt",
        "complaint",
        "wonder",
        "matter",
        "way",
        "idea",
        "one",
        "longer",
        "more",
    )
    for token in frame.doc:
        lemma, word = token.lemma_.lower(), frame.words[token.i]
        quote = ""
        if word == "no" and token.dep_ == "det" and token.head.lemma_.lower() not in bad:
            verb = token.head.head
            if verb.lemma_ in ("have", "be", "come", "offer", "provide", "give", "get", "receive", "with", "there"):
                quote = frame.doc[token.i : token.head.i + 1].text
        elif lemma in ("lack", "lacking") and token.pos_ in ("VERB", "NOUN", "ADJ"):
            quote = token.text
        elif lemma in ("have", "include", "support", "offer", "provide", "come", "receive", "get") and _lacks(
            frame, token
        ):
            quote = frame.doc[token.i - 1 : token.i + 1].text
        elif lemma in ("without",) and token.head.lemma_ in ("leave", "come", "be", "ship"):
            quote = token.text
        if quote and frame.unreal(token.i) is None:
            own = frame.subject_word(token.head if token.pos_ != "VERB" else token) in words("first_person")
            yield Evidence(
                "pain_point",
                "absence",
                1.5 if own and lemma in ("have", "no", "offer") else 2.1,
                f"something is missing: '{quote}'",
                token.i,
                token.i + 1,
                negated=True,
            )


def _lacks(frame: Frame, verb: Token) -> bool:
    negated = any(child.dep_ == "neg" and frame.words[child.i] == "not" for child in verb.children)
    asked = any(child.dep_ in ("xcomp",) for child in verb.children)
    empty = set(frame.words[verb.i + 1 : verb.i + 3]) & {"any", "anything", "to", "idea", "clue", "much", "problems"}
    return negated and not asked and not empty and any(child.dep_ in ("dobj", "prep") for child in verb.children)


def quantity(frame: Frame) -> Iterator[Evidence]:
    """An amount of time beside waiting, spending or calling says how much it cost."""
    for place in range(1, len(frame.words)):
        if is_time(frame.words[place]) and is_number(frame.words[place - 1]) and frame.words[place - 1] != "a":
            verbs = {node.lemma_ for node in [frame.doc[place], *frame.doc[place].ancestors]}
            if verbs & {"wait", "spend", "take", "hold", "delay", "sit", "waste", "late", "call", "try", "stick"}:
                quote = frame.doc[place - 1 : place + 1].text
                yield Evidence("pain_point", "delay", 1.6, f"time it cost: '{quote}'", place - 1, place + 1)


def question(frame: Frame) -> Iterator[Evidence]:
    """Questions that imply a breach: when will it come, where is my, why is it impossible, how long."""
    if not frame.words or not (frame.is_question or frame.words[0] in ("why", "when", "where", "how")):
        return
    head = " ".join(frame.words)
    waits = (
        "when will my",
        "when will i",
        "when will the",
        "when do i get",
        "when are you going",
        "when is my",
        "where is my",
        "where is the",
        "where are my",
        "what happened to",
        "how much longer",
        "how long do i have",
        "how long does it take",
        "how long will",
        "how long until",
        "how many times",
        "still waiting",
    )
    for phrase in waits:
        if phrase in head:
            yield Evidence("pain_point", "delay", 2.4, f"a question that implies waiting: '{phrase} …'", 0, 1)
            break
    blames = (
        "why is it",
        "why is my",
        "why is the",
        "why is there",
        "why do i",
        "why did",
        "why does",
        "why would",
        "why has",
        "why have",
        "why was",
        "why were",
        "why can not",
        "why can i not",
        "why are",
        "why must",
        "how can i not",
        "how is it",
        "how come",
        "how do you",
        "what is wrong",
        "is it too much",
        "what kind of",
        "who do i",
        "really ?",
    )
    for phrase in blames:
        if phrase in head and frame.is_question:
            weight = 1.9 if phrase.startswith("why") else 1.1
            yield Evidence("pain_point", "question", weight, f"a question that blames: '{phrase} …'", 0, 1)
            break


def asks(frame: Frame) -> Iterator[Evidence]:
    """Requests put as commands or polite questions; advice to other customers is none."""
    for verb in frame.commands():
        lemma = verb.lemma_.lower()
        polite = "please" in frame.words
        if lemma == "let" and frame.words[verb.i + 1 : verb.i + 2] in (["'s"], ["us"]):
            continue
        quote = frame.doc[verb.i : min(verb.i + 3, len(frame.doc))].text
        if lemma in words("request_verb") and (polite or not _to_customers(frame, verb)):
            yield Evidence("request", "imperative", 3.0, f"a command to the provider: '{quote}'", verb.i, verb.i + 1)
        elif polite and lemma not in ("note", "see", "read", "beware", "be", "do", "understand"):
            yield Evidence("request", "imperative", 1.0, f"please + verb: '{quote}'", verb.i, verb.i + 1)
        elif lemma in words("advice_verb") and not polite:
            yield Evidence("request", "advice", -1.2, f"advice to other customers: '{quote}'", verb.i, verb.i + 1)
    for place in range(len(frame.words) - 2):
        pair = (frame.words[place], frame.words[place + 1])
        if pair[0] in ("can", "could", "would", "will") and pair[1] in (
            "you",
            "someone",
            "somebody",
            "anyone",
            "we",
            "i",
        ):
            polite_you = pair[1] != "i" and pair[1] != "we"
            if place and frame.words[place - 1] in ("what", "how", "why", "who", "where", "when", "that", "which"):
                continue
            if frame.is_question or (place == 0 and polite_you):
                weight = 2.9 if polite_you else 2.5
                found = frame.doc[place : place + 3].text
                yield Evidence("request", "question", weight, f"asked of the provider: '{found}'", place, place + 2)
                return


def _to_customers(frame: Frame, verb: Token) -> bool:
    ahead = frame.words[verb.i : verb.i + 6]
    if frame.kind in ("post", "ticket", "survey"):
        return False
    return any(word in ("sure", "yourself", "favor", "try", "chance") for word in ahead)


def wants(frame: Frame) -> Iterator[Evidence]:
    """I want you to / I would like it to: a request. I want to / I need to + own verb: a goal."""
    for verb in frame.doc:
        lemma = verb.lemma_.lower()
        if lemma not in ("want", "need", "like", "love", "expect", "require", "prefer", "wish", "hope"):
            continue
        if frame.subject_word(verb) not in ("i", "we") or frame.negator(verb.i):
            continue
        would = any(frame.words[c.i] in ("would", "'d") for c in verb.children if c.dep_ == "aux")
        if lemma in ("like", "love", "prefer") and not would:
            continue
        if frame.unreal(verb.i) not in ("if", "unless", "whether"):
            yield from _wanted(frame, verb, would)


def _wanted(frame: Frame, verb: Token, would: bool) -> Iterator[Evidence]:
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")), None)
    quote = frame.doc[verb.i : min(verb.i + 4, len(frame.doc))].text
    if inner is None:
        if verb.tag_ in ("VBP", "VB") and any(c.dep_ == "dobj" for c in verb.children) and verb.lemma_ != "love":
            yield Evidence(
                "request", "want", 1.6 if not would else 2.8, f"something is wanted: '{quote}'", verb.i, verb.i + 1
            )
        return
    other = next((c for c in inner.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    straight = frame.words[verb.i + 1 : verb.i + 2] == ["to"]
    if other is not None and not straight and frame.words[other.i] not in ("i", "we", "me", "us"):
        asked = (
            frame.kind == "ticket" or frame.subject_word(verb) == "i" or frame.words[other.i] in ("you", "they", "them")
        )
        hoped = verb.lemma_ in ("hope", "expect") and frame.words[other.i] not in ("you", "they", "them")
        if verb.tag_ not in ("VBD", "VBG") and verb.lemma_ != "love" and not hoped:
            # "We want players to feel free" is what its makers aim at; "I want you to refund me" asks.
            kind, reason = ("request", "wants somebody to act") if asked else ("goal", "wants an outcome for others")
            yield Evidence(kind, "want", 2.9 if asked else 2.6, f"{reason}: '{quote}'", verb.i, verb.i + 1)
    elif inner.lemma_ in _PRODUCT_WISH and verb.tag_ != "VBD":
        yield Evidence("request", "want", 2.4, f"a wish about the product: '{quote}'", verb.i, verb.i + 1)
    elif verb.lemma_ in ("want", "need", "like", "hope", "love") and inner.lemma_ not in _SPEAKING:
        weight = 2.7 if verb.lemma_ in ("want", "hope") else 2.5
        yield Evidence("goal", "aim", weight, f"first person wants an end state: '{quote}'", verb.i, verb.i + 1)


def purpose(frame: Frame) -> Iterator[Evidence]:
    """First person + getting or using something + to + verb: the job it was hired for."""
    for token in frame.doc:
        if token.dep_ != "advcl" or token.tag_ != "VB":
            continue
        if not any(child.tag_ == "TO" for child in token.children):
            continue
        head = token.head
        if frame.subject_word(head) in ("i", "we") and frame.unreal(head.i) is None:
            quote = frame.doc[token.left_edge.i : min(token.i + 3, len(frame.doc))].text
            weight = (
                2.5 if "order" in frame.words[token.left_edge.i : token.i] else 2.5 if head.lemma_ in _SOURCING else 1.1
            )
            yield Evidence("goal", "purpose", weight, f"what it is for: '{quote}'", token.i, token.i + 1)


def trigger_event(frame: Frame) -> Iterator[Evidence]:
    """After or when + event, then first person starts to look, switches, buys: the event that set it off."""
    starts = (
        "decide",
        "start",
        "look",
        "switch",
        "buy",
        "search",
        "begin",
        "purchase",
        "order",
        "move",
        "sign",
        "choose",
        "upgrade",
        "shop",
        "replace",
    )
    for token in frame.doc:
        if token.dep_ != "mark" and frame.words[token.i] not in ("when", "after", "since", "once"):
            continue
        if frame.words[token.i] not in ("when", "after", "since", "once", "because", "as"):
            continue
        event = token.head
        main = event.head if event.dep_ in ("advcl", "pcomp") else None
        if main is not None and main.dep_ == "prep":
            main = main.head
        if main is None or main.lemma_ not in starts or frame.subject_word(main) not in ("i", "we"):
            continue
        if main.tag_ in ("VBD", "VBN") and frame.unreal(main.i) is None:
            quote = frame.doc[token.i : min(token.i + 5, len(frame.doc))].text
            yield Evidence(
                "trigger", "event", 2.8, f"an event, then a start: '{quote} … {main.text}'", token.i, event.i + 1
            )


def answer(frame: Frame) -> Iterator[Evidence]:
    """What was asked leans the reading of a short answer."""
    if frame.hint is None or not frame.words:
        return
    kind, strength = frame.hint.split(":")
    empty = frame.text.strip().lower().strip(" .!-") in _EMPTY_ANSWERS
    if empty:
        return
    weight = float(strength)
    if kind == "delight" or kind == "pain_point":
        negative = frame.words[0] in ("nothing", "none", "no") and len(frame.words) < 4
        if negative:
            return
    yield Evidence(kind, "answer", weight, f"answers a question about {_ASKED[kind]}", 0, len(frame.words))


_EMPTY_ANSWERS = (
    "",
    "n/a",
    "na",
    "none",
    "nothing",
    "no",
    "nope",
    "nil",
    "nothing really",
    "not really",
    "can't think of anything",
    "don't know",
    "idk",
    "yes",
    "not sure",
    "no idea",
    "nothing comes to mind",
    "nothing so far",
    "no comment",
    "same",
)
_ASKED = {
    "pain_point": "what goes wrong",
    "goal": "what people try to get done",
    "objection": "what stands against it",
    "request": "what should change",
    "delight": "what is liked",
    "trigger": "what set it off",
}

RULES: tuple[Callable[[Frame], Iterator[Evidence]], ...] = (
    ability,
    excess,
    absence,
    quantity,
    question,
    asks,
    wants,
    purpose,
    trigger_event,
    answer,
)
