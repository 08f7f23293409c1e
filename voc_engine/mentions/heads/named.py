"""Named speech-act and syntax features of one parsed sentence: what vectors are blind to (see field-practice).

Every name is written so that it can stand in a reason. Values are counts or 0 and 1, cut at 3.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.heads.denial import denials
from voc_engine.mentions.lexicon import is_number, is_time, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 3.0
_ROOTS = ("say", "cognition", "opinion", "emotion_verb", "emotion_making", "request_verb", "advice_verb", "decision",
    "stative", "end_verb")  # fmt: skip
_MODALS = ("can", "could", "would", "should", "must", "might", "may", "will")


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    told = tomllib.loads(files(__package__).joinpath("wordings.toml").read_text("utf-8"))["wording"]
    return tuple((one["name"], re.compile(one["pattern"], re.I)) for one in told)


def named_features(frame: Frame) -> dict[str, float]:
    """Feature names with their values above zero."""
    found: dict[str, float] = {}
    for name, value in (*_surface(frame), *_wording(frame), *_syntax(frame), *denials(frame)):
        found[name] = min(_MOST, found.get(name, 0.0) + value)
    return {name: value for name, value in found.items() if value > 0}


def _surface(frame: Frame) -> Iterator[tuple[str, float]]:
    text = frame.text
    for name, expression in _expressions():
        yield name, float(sum(1 for _ in expression.finditer(text)))
    n = sum(word[:1].isalnum() for word in frame.words)
    yield "length", min(_MOST, n / 15)
    yield "very short", float(n <= 4)
    yield "exclamation mark", float(text.count("!"))
    yield "capitals", float(sum(len(word) > 2 and word.isupper() for word in text.split()))
    yield "quotation marks", float(text.count('"') // 2 + text.count("“"))
    yield "a question", float(frame.is_question)
    yield "lower case begin", float(text[:1].islower())


def _wording(frame: Frame) -> Iterator[tuple[str, float]]:
    for place, word in enumerate(frame.words):
        if word in words("negators"):
            yield "a negation", 1.0
        if word in _MODALS:
            yield f"'{word}'", 1.0
        if is_time(word) and place and is_number(frame.words[place - 1]):
            yield "an amount of time", 1.0
        if word in words("close_person"):
            yield "somebody close", 1.0
        if frame.lemmas[place] in words("emotion_word"):
            yield "a feeling named", 1.0
        if word in ("i", "me", "my", "mine", "we", "us", "our"):
            yield "first person", 0.5
        elif word in ("you", "your"):
            yield "second person", 0.5
        elif word in ("he", "she", "they", "them", "their", "his", "her"):
            yield "third person", 0.5
        if word in ("if", "unless"):
            yield "a condition", 1.0
        if frame.doc[place].tag_ in ("JJR", "RBR"):
            yield "a comparison", 1.0
        if frame.doc[place].tag_ in ("JJS", "RBS"):
            yield "a superlative", 1.0
        if frame.doc[place].like_num:
            yield "a number", 0.5


def _syntax(frame: Frame) -> Iterator[tuple[str, float]]:
    yield "clauses", float(len(frame.clauses) - 1)
    commands = list(frame.commands())
    yield "a command", float(len(commands))
    yield "a command at the beginning", float(any(verb.i <= 2 for verb in commands))
    root = frame.root
    if root is None:
        return
    lemma = root.lemma_.lower()
    for group in _ROOTS:
        yield f"main verb of {group.replace('_', ' ')}", float(lemma in words(group))
    for verb in ("be", "have", "want", "need", "get"):
        yield f"main verb '{verb}'", float(lemma == verb)
    verbal = root.pos_ in ("VERB", "AUX")
    yield "no verb", float(not verbal)
    yield "past tense", float(root.tag_ in ("VBD", "VBN") or _has_auxiliary(root, "did", "had", "was", "were"))
    yield "progressive", float(root.tag_ == "VBG")
    yield "passive", float(any(child.dep_ == "auxpass" for child in root.children))
    yield "main verb negated", float(verbal and frame.negator(root.i) is not None)
    yield "main verb under a modal", float(any(frame.words[c.i] in _MODALS for c in root.children if c.dep_ == "aux"))
    yield "'there is'", float(any(child.dep_ == "expl" for child in root.children))
    yield "a judging adjective", float(any(child.dep_ == "acomp" for child in root.children))
    yield "a clause of thought", float(any(child.dep_ == "ccomp" for child in root.children))
    yield _subject(frame, root), 1.0
    for token in frame.doc:
        if token.dep_ == "advcl" and any(child.lower_ == "to" for child in token.children):
            yield "'to' + verb of purpose", 1.0
        if token.dep_ == "xcomp" and token.head.lemma_ in ("want", "need", "try", "like", "love", "hope"):
            yield "wants to do", 1.0


def _has_auxiliary(root: Token, *forms: str) -> bool:
    return any(child.lower_ in forms for child in root.children if child.dep_ in ("aux", "auxpass"))


def _subject(frame: Frame, root: Token) -> str:
    subject = frame.subject(root)
    if subject is None:
        return "no subject"
    word = frame.words[subject.i]
    if word in ("i", "we"):
        return "the speaker acts"
    if word in ("you",):
        return "'you' acts"
    if word in ("he", "she", "they", "who", "someone", "people"):
        return "somebody else acts"
    return "'it' as subject" if word in ("it", "this", "that", "these", "those") else "a thing as subject"
