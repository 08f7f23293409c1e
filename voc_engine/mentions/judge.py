"""What the sentence as a whole does to its evidence: polarity voices, politeness, wishes fulfilled, advice, questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import is_number, words

_POLAR = ("pain_point", "delight")
_PROSPECT = words("judge_prospect")
# "So that I'd miss": "that" is what is missed, not a purpose.
_SO_THAT_I_WOULD = re.compile(r"\s*so that (?:i|we)(?:['’]d| would)\b", re.I)
_SPARED = re.compile(
    r"\b(?:no|not (?:one|a|a single)|never (?:had )?(?:a|one)"
    r"|(?:have|has)(?:n['’]t| not) (?:had|seen)(?: an?| any| one)?(?: single)?)"
    r" (?:more )?(?:double[- ]?book\w*|clash\w*|crash\w*|problems?|issues?|errors?|bugs?|complaints?|no[- ]shows?|mistakes?"
    r"|duplicates?|outages?|mix[- ]ups?|failures?|faults?|freezes?)\b[^.;!?]*\bsince\b",
    re.I,
)


def weigh(frame: Frame, evidence: Sequence[Evidence], scores: Sequence[float]) -> list[Evidence]:
    """The evidence with whole-sentence corrections applied, and the voice of sentiment added to pain and delight."""
    pieces = [piece for piece in evidence if not _drop(frame, piece, evidence)]
    pieces = [_correct(frame, piece, pieces) for piece in pieces]
    if _spared(frame):
        found = _SPARED.search(frame.text)
        quote = found.group() if found else ""
        spared = Evidence("delight", "spared", 2.0, f"spared since then: '{quote}'", 0, len(frame.words))
        return [*pieces, spared, *(v for v in _voice(frame, pieces, scores) if v.kind != "pain_point")]
    return [*pieces, *_voice(frame, pieces, scores), *_sarcasm(frame, pieces)]


def _drop(frame: Frame, piece: Evidence, evidence: Sequence[Evidence]) -> bool:
    if piece.kind in _POLAR and piece.pattern != "comparison" and _outweighed(piece, evidence):
        return True
    if piece.kind == "delight":
        return _reported(frame, piece) or _is_politeness(frame) or _is_greeting(frame) or _idle_praise(frame, piece)
    if piece.kind == "pain_point" and (_unfelt(frame, piece) or _spared(frame)):
        return True
    if piece.kind == "request" and piece.pattern == "wish" and _granted(frame, piece):
        return True
    if piece.kind == "request" and piece.pattern == "should" and _own_duty(frame, piece):
        return True
    if piece.pattern == "refusal" and "enough" in frame.words[piece.end : piece.end + 3]:
        return True
    if piece.kind == "request" and piece.pattern in ("wish", "should") and _fulfilled(frame, piece):
        return True
    if (
        piece.kind == "pain_point"
        and piece.pattern in ("failure", "treatment")
        and frame.lemmas[piece.place] == "refuse"
    ):
        return frame.subject_word(frame.doc[piece.place]) in ("i", "we")
    if piece.kind == "goal" and _SO_THAT_I_WOULD.match(frame.text):
        return True
    if piece.kind == "goal" and "not" in frame.words[piece.end : piece.end + 2] and frame.words[piece.place] == "so":
        return True
    if piece.kind == "objection" and piece.pattern == "refusal" and frame.words[piece.place] in ("will", "would"):
        verb = frame.doc[piece.place].head
        return frame.subject_word(verb) not in ("i", "we", "")
    if piece.kind == "objection" and piece.pattern == "refusal" and _no_way_back(frame, piece):
        return True
    if piece.kind == "objection" and piece.pattern in ("hedge", "price", "barrier"):
        return not (_prospective(frame) or _stands_alone(piece, evidence))
    return False


def _outweighed(piece: Evidence, evidence: Sequence[Evidence]) -> bool:
    """ "The old lens was sharper than this one": the comparison says which side "sharper" is on."""
    return any(
        other.pattern == "comparison"
        and other.kind != piece.kind
        and other.place < piece.end
        and piece.place < other.end
        for other in evidence
    )


def _spared(frame: Frame) -> bool:
    """ "No double booking since February", "haven't had one clash since": the bad thing stays away, which is praise."""
    return not frame.is_question and len(frame.clauses) == 1 and _SPARED.search(frame.text) is not None


def _reported(frame: Frame, piece: Evidence) -> bool:
    """Praise inside what somebody else said: "they told me the card was good"."""
    for node in frame.doc[piece.place].ancestors:
        if node.dep_ == "ROOT" or node.lemma_ in words("say"):
            subject = frame.subject_word(node)
            return node.lemma_ in words("say") and subject not in ("i", "we", "") and subject not in ("it", "this")
    return False


def _idle_praise(frame: Frame, piece: Evidence) -> bool:
    """Praise of people in passing, of the speaker, in a name, or in a set phrase: "lovely lad", "I was good at it"."""
    if piece.pattern not in ("praise", "negated quality") or piece.end - piece.place > 2:
        return False
    token = frame.doc[piece.place]
    following = frame.words[piece.end : piece.end + 1]
    noun = token.head if token.dep_ in ("amod", "compound") else None
    if any(node.lower_ == "used" and node.dep_ != "advcl" for node in token.ancestors):
        return True
    if following and is_number(following[0]) and token.lemma_ == "good":
        return True
    if following in (["at"], ["luck"], ["heavens"], ["grief"], ["lord"], ["him"], ["her"], ["them"]):
        return token.pos_ != "VERB" or frame.subject_word(token) not in ("i", "we", "")
    if noun is not None and noun.lemma_.lower() in words("judge_idle_praise"):
        return True
    own = token.dep_ == "acomp" and frame.subject_word(token.head) == "i" and token.lemma_ in ("good", "great", "nice")
    named = token.pos_ == "PROPN" and token.is_title and token.i > 0 and not token.is_sent_start
    return own or named


def _unfelt(frame: Frame, piece: Evidence) -> bool:
    """The speaker's own shortcoming, "I don't mind", a threat to others, or a pain that is denied before it."""
    before = frame.words[max(0, piece.place - 6) : piece.place]
    if (
        "mind" in before
        and frame.negator(frame.words.index("mind"))
        and piece.pattern in ("cost", "absence", "problem")
    ):
        return True
    token, root = frame.doc[min(piece.end, len(frame.doc)) - 1], frame.root
    if piece.pattern == "negated praise" and root is not None and frame.subject_word(root) == "i":
        return frame.words[piece.end : piece.end + 1] in (["with"], ["at"]) and root.lemma_ == "be"
    subject = frame.subject(token)
    if token.lemma_ == "die" and subject is not None and subject.pos_ == "PROPN":
        return True
    if "let" in frame.lemmas[piece.place : piece.end] and piece.pattern == "ability":
        return frame.subject_word(frame.doc[piece.place].head) in ("i", "we")
    if piece.pattern == "failure" and "will" in frame.words[piece.place : piece.end]:
        return frame.subject_word(token) in ("i", "we")
    forbidden = any(verb.i == token.i for verb in frame.commands()) and frame.negator(token.i)
    if forbidden and any(frame.doc[place].lower_ == "do" for place in range(token.i)):
        return True
    if frame.lemmas[piece.place] in ("regret", "lose") and {"you", "will"} <= set(frame.words[: piece.place]):
        return True
    if frame.lemmas[piece.place] == "miss" and frame.is_question and frame.subject_word(token) == "i":
        return True
    return piece.pattern == "quality" and token.head.lemma_ == "one" and token.head.dep_ in ("pobj", "dobj")


def _no_way_back(frame: Frame, piece: Evidence) -> bool:
    """ "I'd not go back to the book" praises what replaced it; "I'd not go back to that hotel" does not."""
    after = frame.words[piece.place : piece.end + 6]
    old = {"paper", "book", "diary", "old", "before", "spreadsheet", "whiteboard", "notebook", "phoning", "ringing"}
    return "back" in after and bool({"not", "never"} & set(after)) and bool(old & set(after))


def _granted(frame: Frame, piece: Evidence) -> bool:
    """ "It gave me back my evenings", "he brought it back": told as done, not asked for."""
    token = frame.doc[piece.place]
    return token.lemma_ in ("bring", "give") and token.tag_ in ("VBD", "VBN", "VBZ", "VBG")


def _is_politeness(frame: Frame) -> bool:
    content = [word for word in frame.words if word.isalpha()]
    thanks = bool({"thanks", "thank", "thx", "cheers"} & set(content))
    return thanks and len(content) <= 8 and "for" not in content


def _is_greeting(frame: Frame) -> bool:
    content = [word for word in frame.words if word.isalpha()]
    return (
        bool(content)
        and content[0] in ("hello", "hi", "hey", "good")
        and len(content) <= 4
        and bool({"morning", "afternoon", "evening", "day", "hello", "hi", "hey"} & set(content))
    )


def _own_duty(frame: Frame, piece: Evidence) -> bool:
    """ "I should have known" and "it should have worked" tell of the speaker and of the past, not of a wish."""
    for token in frame.doc[piece.place : piece.end]:
        if frame.words[token.i] in ("should", "must", "ought") and token.dep_ == "aux":
            past = token.head.tag_ == "VBN" and any(child.lemma_ == "have" for child in token.head.children)
            return frame.subject_word(token.head) == "i" or past
    return False


def _fulfilled(frame: Frame, piece: Evidence) -> bool:
    """A wish told in the past and met since: "I wished it had a zoom, and now it does"."""
    met = {"now", "finally"} & set(frame.words[piece.end :])
    return frame.words[piece.place] in ("wished", "hoped") or (bool(met) and "got" in frame.words)


def _prospective(frame: Frame) -> bool:
    return bool(_PROSPECT & set(frame.words)) or any(lemma in words("decision") for lemma in frame.lemmas)


def _stands_alone(piece: Evidence, evidence: Sequence[Evidence]) -> bool:
    return any(other.kind == "objection" and other.place != piece.place for other in evidence)


def _correct(frame: Frame, piece: Evidence, pieces: Sequence[Evidence]) -> Evidence:
    kinds = {other.kind for other in pieces if other.weight >= 2.4}
    if piece.kind == "pain_point" and piece.pattern in ("expectation", "problem") and "request" in kinds:
        return replace(piece, weight=piece.weight * 0.7)
    if piece.kind == "delight" and frame.is_question:
        return replace(piece, weight=piece.weight * 0.4)
    if piece.kind == "delight" and "request" in kinds and frame.clause_of(piece.place) == len(frame.clauses) - 1:
        return replace(piece, weight=piece.weight * 0.5)
    return piece


def _voice(frame: Frame, pieces: Sequence[Evidence], scores: Sequence[float]) -> list[Evidence]:
    """Sentiment per clause speaks for pain or delight, and against one that nothing but a weak cue supports."""
    voices = []
    wished = any(piece.kind == "request" and piece.weight >= 2.4 for piece in pieces)
    for number, score in enumerate(scores):
        place = frame.clauses[number].first
        if score <= -0.35 and not wished and not frame.is_question:
            voices.append(Evidence("pain_point", "tone", min(1.6, -2.4 * score), "a negative tone", place, place + 1))
        elif score >= 0.45 and not wished and not frame.is_question:
            voices.append(Evidence("delight", "tone", min(1.0, 1.4 * score), "a positive tone", place, place + 1))
    overall = sum(scores) / len(scores) if scores else 0.0
    if len(scores) == 1 and overall >= 0.3:
        voices.append(Evidence("pain_point", "tone", -1.6 * overall, "the tone is positive", 0, 1))
    if len(scores) == 1 and overall <= -0.2:
        voices.append(Evidence("delight", "tone", 2.0 * overall, "the tone is negative", 0, 1))
    has = {piece.kind for piece in pieces}
    return [voice for voice in voices if voice.weight > 0 or voice.kind in has]


def _sarcasm(frame: Frame, pieces: Sequence[Evidence]) -> list[Evidence]:
    """A flag for the reviewer, without weight: sarcasm is not solved, so nothing is ever flipped."""
    opens = bool(frame.words) and frame.words[0] in (
        "great",
        "nice",
        "wonderful",
        "awesome",
        "fantastic",
        "love",
        "brilliant",
        "thanks",
    )
    pains = [piece for piece in pieces if piece.kind == "pain_point" and piece.weight >= 2]
    if not opens or not pains or len(frame.clauses) > 1:
        return []
    reason = f"praise that opens a complaint, may be sarcasm: '{frame.doc[0].text}'"
    return [Evidence(kind, "sarcasm", 0.0, reason, 0, 1) for kind in ("pain_point", "delight")]
