"""Whose view it is, and the quadrant of the empathy map, decided on the main clause in the order of the NN/g map:
someone else's view, first person with a feeling, cognition or judgement, first person with an act, else says only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPINION_MODALS = words("viewpoint_opinion_modals")
_OTHERS_MODALS = frozenset(("should", "would", "might", "must", "ought", "could"))
_SEEMING = frozenset(["seem", "appear", "look", "sound", "feel", "smell", "taste"])
_LIGHT = frozenset(["have", "get"])
_QUOTED_HOLDERS = frozenset(("he", "she", "they"))
_OPENERS = frozenset(
    (
        ",",
        '"',
        "“",
        "this",
        "that",
        "i",
        "you",
        "we",
        "it",
        "no",
        "yes",
        "yeah",
        "oh",
        "wow",
        "well",
        "what",
        "why",
        "okay",
    )
)
_BEING = frozenset(("is", "'s", "’s", "was", "were", "are", "'re", "’re"))
_PRONOUN_HOLDERS = frozenset(["he", "she", "they", "someone", "somebody", "everyone", "everybody", "people"])


def holder(frame: Frame) -> str:
    """ "self", or the words that name who holds the view: "my husband says it's a toy" -> "my husband"."""
    root = frame.root
    if root is None:
        return "self"
    if (whose := _quoted(frame)) is not None:
        return whose
    if frame.words[1:3] in (["was", "like"], ["were", "like"]) and frame.words[3:4] in ([","], ['"'], ["“"]):
        # "He was like, it's a toy": the parser makes what he said the main clause.
        return "self" if frame.words[0] in words("first_person") else frame.doc[0].text
    subject = frame.subject(root)
    if subject is not None and frame.words[subject.i] not in (*words("first_person"), *words("second_person")):
        person = _is_person(frame, subject)
        says = (root.lemma_ in words("say") or _was_like(frame, root)) and any(
            child.dep_ in ("ccomp", "xcomp", "advcl", "prep") or child.tag_ == "``" for child in root.children
        )
        feels = root.lemma_ in words("emotion_verb") or root.lemma_ in ("think", "believe")
        close = frame.words[subject.i] in words("close_person")
        if person and (says or (feels and (close or frame.words[subject.i] in _PRONOUN_HOLDERS))):
            return _name(frame, subject)
    return _according(frame)


def _quoted(frame: Frame) -> str | None:
    """ "He goes this is bad", "and she's like, no way": speech after a verb that parsers take for motion or likeness.

    What follows "goes" has to be a clause of its own: "he goes to the desk" quotes nobody.
    """
    for place, word in enumerate(frame.words[:-2]):
        after = frame.words[place + 1 : place + 4]
        if word in _QUOTED_HOLDERS and (
            (after[0] in ("goes", "went") and after[1] in _OPENERS)
            or (after[0] in _BEING and after[1:2] == ["like"] and after[-1] in _OPENERS)
        ):
            return str(frame.doc[place].text)
    return None


def _is_person(frame: Frame, subject: Token) -> bool:
    """A known word for people, a name, or somebody's or the one who does something: "the receptionist"."""
    known = frame.words[subject.i] in words("human") or subject.lemma_.lower() in words("human")
    if known or subject.pos_ == "PROPN":
        return known or subject.lemma_.lower() not in words("own_thing")
    return subject.pos_ == "NOUN" and str(subject.lemma_).lower().endswith(
        ("ist", "er", "or", "man", "woman", "ian", "ee")
    )


def _was_like(frame: Frame, root: Token) -> bool:
    """ "He was like, it's a toy", "she goes 'no'"."""
    if root.lemma_ != "be" or frame.words[root.i + 1 : root.i + 2] != ["like"]:
        return False
    quotes = frame.words[root.i + 2 : root.i + 3] in ([","], ['"'], ["“"], ["'"])
    return quotes or any(child.dep_ in ("advcl", "ccomp") for child in root.children)


def _name(frame: Frame, subject: Token) -> str:
    edge = min(
        [child.i for child in subject.children if child.dep_ in ("poss", "det", "compound", "amod")] + [subject.i]
    )
    return str(frame.doc[edge : subject.i + 1].text)


def _according(frame: Frame) -> str:
    for place in range(len(frame.words) - 2):
        if frame.words[place : place + 2] == ["according", "to"]:
            span = next((child for child in frame.doc[place + 1].children if child.dep_ == "pobj"), None)
            if span is not None and frame.words[span.i] not in words("first_person"):
                return _name(frame, span)
    return "self"


def quadrant(frame: Frame, whose: str) -> tuple[str, str]:
    """(quadrant, basis): says and does are observed; feels and thinks are stated where the first person says so."""
    root = _main(frame)
    if root is None or whose != "self":
        return "says", "stated"
    if root.lemma_ == "get" and any(child.lemma_ == "have" and child.dep_ == "aux" for child in root.children):
        return "says", "stated"
    mine = _first_person(frame, root)
    if _feels(frame, root, mine):
        return "feels", "stated"
    if (basis := _thinks(frame, root, mine)) is not None:
        return "thinks", basis
    if mine and not frame.is_question and _acts(frame, root):
        return "does", "stated"
    return "says", "stated"


def _main(frame: Frame) -> Token | None:
    """The verb of the main clause: the first of clauses run together, the told verb after a phrase without one."""
    root = frame.root
    if root is None:
        return None
    if root.pos_ not in ("VERB", "AUX"):
        deps = ("conj", "parataxis", "ccomp", "appos", "acl")
        told = [t for t in root.subtree if t.dep_ in deps and t.pos_ in ("VERB", "AUX") and _own_subject(frame, t)]
        return told[0] if told else root
    if root.lemma_ not in words("say") and root.lemma_ not in words("opinion"):
        # "I type my number, I wait, then two codes come": a run-on, which the parser hangs under its last verb.
        for child in root.children:
            if (
                child.dep_ == "ccomp"
                and child.i < root.i
                and _own_subject(frame, child)
                and "," in frame.words[child.i : root.i]
            ):
                return child
    return root


def _own_subject(frame: Frame, verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and frame.words[child.i] in ("i", "we") for child in verb.children)


def _first_person(frame: Frame, root: Token) -> bool:
    subject = frame.subject(root)
    if subject is not None:
        return frame.words[subject.i] in ("i", "we") and subject.dep_ != "nsubjpass"
    # "Bought it last week": the first person is left out where a tensed verb opens the sentence.
    opens = all(not frame.doc[place].is_alpha or frame.doc[place].pos_ in ("ADV", "INTJ") for place in range(root.i))
    if len([token for token in frame.doc if token.is_alpha]) < 2:
        return False
    tensed = root.tag_ in ("VBD", "VBP", "VBN") or frame.words[root.i] in words("emotion_verb")
    return opens and tensed and not any(child.dep_ == "auxpass" for child in root.children)


def _feels(frame: Frame, root: Token, mine: bool) -> bool:
    if _wished(frame, root):
        return False
    lemma = root.lemma_.lower()
    if mine and lemma in words("emotion_verb") and root.pos_ == "VERB":
        return True
    if mine and lemma in ("feel", "be", "get", "become", "remain", "grow", "'m"):
        for child in root.children:
            if child.dep_ in ("acomp", "attr", "advmod", "oprd") and _is_feeling(frame, child):
                return True
        if root.lemma_ == "feel" and any(
            c.dep_ == "ccomp" or frame.words[c.i] in ("that", "like") for c in root.children
        ):
            return False
    # "So frustrated with this update": a feeling without any subject is the speaker's own.
    subject = frame.subject_word(root)
    if _is_feeling(frame, root) and (mine or subject in ("i", "we") or (not subject and root.pos_ in ("ADJ", "VERB"))):
        return root.lemma_.lower() not in _TOPICAL
    if lemma in words("emotion_making") and not frame.negator(root.i):
        return any(child.dep_ in ("dobj", "dative") and frame.words[child.i] in ("me", "us") for child in root.children)
    if mine and lemma == "stand" and frame.negator(root.i):
        return True
    if root.lemma_ == "fan" or (mine and any(c.lemma_ == "fan" and c.dep_ == "attr" for c in root.children)):
        return True
    made = lemma in ("make", "leave", "drive", "keep", "get", "have") and any(
        frame.words[child.i] in ("me", "us") for node in [root, *root.children] for child in node.children
    )
    return made and any(_is_feeling(frame, token) for token in root.subtree)


def _is_feeling(frame: Frame, token: Token) -> bool:
    return frame.words[token.i] in words("emotion_word") or token.lemma_.lower() in words("emotion_word")


def _wished(frame: Frame, root: Token) -> bool:
    return any(child.dep_ == "aux" and frame.words[child.i] in _OPINION_MODALS for child in root.children)


def _thinks(frame: Frame, root: Token, mine: bool) -> str | None:
    lemma = root.lemma_.lower()
    if mine and lemma in words("opinion") and not _came_upon(root):
        return "stated"
    modal = any(child.dep_ == "aux" and frame.words[child.i] in _OPINION_MODALS for child in root.children)
    if mine and modal and not frame.is_question and not _had(frame, root):
        return "stated"
    if not frame.is_question and any(c.dep_ == "aux" and frame.words[c.i] in _OTHERS_MODALS for c in root.children):
        return "inferred"
    if lemma in _SEEMING and any(child.dep_ in ("acomp", "oprd", "prep", "xcomp", "ccomp") for child in root.children):
        return "inferred"
    if lemma == "need" and not mine:
        return "inferred"
    return "inferred" if _judges(frame, root, mine) or _command(frame, root) else None


def _came_upon(root: Token) -> bool:
    """ "I found the page", "I saw it": an act, unlike "I find it slow" and "I see that …"."""
    clause = any(child.dep_ in ("ccomp", "oprd", "xcomp", "advcl") for child in root.children)
    return root.lemma_ in ("find", "see") and root.tag_ == "VBD" and not clause


def _had(frame: Frame, root: Token) -> bool:
    """ "I'd read it somewhere" is "I had read"; the parser cannot tell where both forms are alike."""
    shortened = any(child.lower_ in ("'d", "’d") for child in root.children)
    return shortened and (root.tag_ == "VBN" or root.lower_ in ("read", "put", "set", "cut", "been", "come", "become"))


def _command(frame: Frame, root: Token) -> bool:
    return any(verb.i == root.i for verb in frame.commands()) and frame.words[root.i] not in ("thank", "let")


_DEGREES = words("degrees")
# Feeling words that judge the thing when they stand alone: "Comfortable, light and cheap".
_TOPICAL = frozenset(
    ("comfortable", "uncomfortable", "disgusting", "lost", "stuck", "content", "lucky", "blown", "curious")
)
_JUDGING = frozenset(("praise", "quality", "ease", "confusion", "feeling"))


def _judges(frame: Frame, root: Token, mine: bool) -> bool:
    """A copula with an evaluating complement, or a phrase without a verb that evaluates."""
    from voc_engine.mentions.lexicon import cue_book

    judged = {
        place
        for hit in cue_book().find(frame.words, frame.lemmas)
        if hit.cue.pattern.removeprefix("negated ") in _JUDGING or hit.cue.pattern in ("effort", "cost", "expectation")
        for place in range(hit.start, hit.end)
    }
    if root.pos_ in ("NOUN", "ADJ", "PROPN", "INTJ", "ADV", "X"):
        return any(token.i in judged for token in root.subtree)
    if (
        root.lemma_
        in ("be", "work", "do", "suck", "rock", "perform", "make", "fit", "beat", "exceed", "deserve", "disappoint")
        and not mine
    ):
        if any(frame.words[t.i] in _DEGREES for c in root.children if c.dep_ in ("acomp", "attr") for t in c.children):
            return True
        own = [c for c in root.children if c.dep_ in ("acomp", "attr", "advmod", "oprd", "dobj", "xcomp", "neg")]
        return root.i in judged or any(t.i in judged for c in own for t in [c, *c.children])
    if root.lemma_ == "have" and not mine:
        return any(t.i in judged for c in root.children if c.dep_ == "dobj" for t in [c, *c.children])
    return False


def _acts(frame: Frame, root: Token) -> bool:
    lemma = root.lemma_.lower()
    verb = root
    if lemma in ("thank", "thanks") or (lemma == "get" and root.tag_ in ("VBP", "VBZ") and _receives(root)):
        return False
    if lemma == "have":
        inner = next((child for child in root.children if child.dep_ == "xcomp"), None)
        if inner is None:
            return False
        verb, lemma = inner, inner.lemma_.lower()
    return verb.pos_ == "VERB" and (lemma not in words("stative") or lemma in _LIGHT) and lemma not in ("seem", "be")


def _receives(root: Token) -> bool:
    return any(child.dep_ in ("dobj", "acomp") for child in root.children)
