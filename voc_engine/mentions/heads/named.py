"""Named speech-act and syntax features of one parsed sentence: what vectors are blind to (see field-practice).

Every name is written so that it can stand in a reason. Values are counts or 0 and 1, cut at 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, is_time, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MOST = 3.0
_PURPOSE = re.compile(r"\b(?:so that|in order to|so (?:i|we|you|they|users|people|customers) (?:can|could|don['’]?t))\b", re.I)
_FIXED: tuple[tuple[str, str], ...] = (
    ("'please'", r"\bple?a?se?\b|\bpls\b|\bplz\b"),
    ("'would like/love'", r"\b(?:would|['’]d) (?:really |also |so )?(?:like|love|appreciate|welcome|be (?:nice|great|good|cool|useful|helpful|awesome))\b"),
    ("'wish' or 'hope'", r"\b(?:wish|hope|hoping|hopefully)\b"),
    ("'suggest' or 'propose'", r"\b(?:suggest|propos|recommendation|feature request|idea)\w*"),
    ("'need to be'", r"\bneeds? (?:to|a|an|more|some|better)\b"),
    ("'why not', 'how about'", r"\b(?:why (?:not|don['’]?t|doesn['’]?t|can['’]?t)|how about|what about)\b"),
    ("'option', 'feature', 'support for'", r"\b(?:option|feature|support for|ability|possibility|api|setting|functionality)s?\b"),
    ("'make sure', 'be sure'", r"\b(?:(?:make|be) (?:sure|aware|prepared|careful)|bear in mind|keep in mind|don['’]t forget|beware|watch out)\b"),
    ("'if you'", r"\b(?:if|when|unless|once) (?:you|u|your|anyone|travell?ing|staying|visiting)\b"),
    ("'you' as subject", r"\byou (?:can|could|should|will|need|have|must|want|get|may|might|['’]ll)\b"),
    ("purpose", _PURPOSE.pattern),
    ("'trying to', 'want to'", r"\b(?:try|trying|tried|want|wanted|wanting|need|needed|looking|aim|aiming|plan|planning|hoping|going) to\b"),
    ("waiting", r"\b(?:wait\w*|still|yet|delay\w*|late|overdue|hold|pending|slow\w*|forever)\b"),
    ("repetition", r"\b(?:again|repeated\w*|every (?:single )?time|keeps?|kept|twice|multiple|several times|over and over|once more)\b"),
    ("failure words", r"\b(?:fail\w*|broke\w*|crash\w*|stuck|stopped|freez\w*|froze|error\w*|bug\w*|lost|wrong|missing|declin\w*|reject\w*|doesn['’]?t|didn['’]?t|won['’]?t)\b"),
    ("inability", r"\b(?:can ?not|can['’]?t|cant|could ?n['’]?t|unable|impossible|not able|no way to|refus\w*)\b"),
    ("'only', 'just', 'too'", r"\btoo (?:\w+)\b|\bnot enough\b|\bat all\b"),
    ("never again", r"\b(?:never|not|no longer|won['’]?t|stop|stopped)(?: \w+){0,3} (?:again|anymore|any more|back|business|customer|return|recommend|buy|use|fly|shop|stay)\w*"),
    ("avoid, stay away", r"\b(?:avoid|stay away|steer clear|do ?n['’]?t (?:buy|go|bother|waste|use|get|stay)|switching|cancel(?:l?ed|l?ing)?|elsewhere|competitor\w*)\b"),
    ("recommend, buy", r"\b(?:recommend\w*|buy|bought|purchase\w*|renew\w*|subscribe\w*|upgrade\w*|return)\b"),
    ("price words", r"\b(?:price\w*|pricey|cost\w*|expensive|cheap\w*|afford\w*|budget|worth|money|pay\w*|fees?|charge\w*|overpriced|refund\w*)\b|[$£€]\s?\d"),
    ("worry words", r"\b(?:worr\w*|concern\w*|afraid|fear\w*|risk\w*|trust\w*|hesita\w*|reluctan\w*|not sure|unsure|doubt\w*|nervous|scared|privacy|secur\w*)\b"),
    ("a turning point", r"\b(?:after|since|once|when|until|as soon as|ever since|the day|because) (?:my|our|i|we|the|a|an|his|her|this|that|one)\b"),
    ("thanks", r"\b(?:thank\w*|thx|cheers|grateful|appreciat\w*|kudos|props)\b"),
    ("strong praise", r"\b(?:love|loved|great|excellent|awesome|amazing|fantastic|perfect|best|wonderful|brilliant|superb|impress\w*|delicious|outstanding)\b"),
    ("strong blame", r"\b(?:terrible|horrible|awful|worst|useless|ridiculous|pathetic|disgust\w*|joke|rude|unacceptable|sucks?|poor|garbage|disappoint\w*|crap|shit\w*)\b"),
    ("swearing", r"\b(?:damn|hell|fuck\w*|wtf|shit\w*|ass|bullshit|bloody|crap)\b"),
    ("laughter", r"\b(?:lol|haha\w*|lmao|rofl|hehe)\b|[😂🤣😆]"),
    ("a glad sign", r"[:;]-?[)D]|[❤😍😊👍🙌🎉🥰😀😁]|<3"),
    ("a sad sign", r":-?[(/]|[😡😠😢😭👎😤🤬😞]"),
    ("a handle", r"(?<!\w)@\w+"),
    ("a hashtag", r"(?<!\w)#[A-Za-z]\w+"),
    ("a link", r"https?://|www\."),
    ("code", r"\w+\(\)|[{}<>;]|\w+\.\w+\.\w+|\b[a-z]+[A-Z]\w+|=="),
    ("money or per cent", r"[$£€]\s?\d|\d\s?%"),
    ("a pause for thought", r"\b(?:you know|i mean|kind of|sort of|um+|uh+|basically|like,)\b"),
    ("'instead', 'rather than'", r"\b(?:instead|rather|better (?:if|to)|compared|than)\b"),
    ("'currently', 'right now'", r"\b(?:currently|at the moment|right now|at present|existing)\b"),
    ("'already', 'now'", r"\b(?:already|now|finally|since then)\b"),
)  # fmt: skip
_ROOTS = ("say", "cognition", "opinion", "emotion_verb", "emotion_making", "request_verb", "advice_verb", "decision",
    "stative", "end_verb")  # fmt: skip
_MODALS = ("can", "could", "would", "should", "must", "might", "may", "will")


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.I)) for name, pattern in _FIXED)


def named_features(frame: Frame) -> dict[str, float]:
    """Feature names with their values above zero."""
    found: dict[str, float] = {}
    for name, value in (*_surface(frame), *_wording(frame), *_syntax(frame)):
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
