"""Rules for decisions: what makes people refuse, leave or stay away, and the event that set them off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADOPTING = words("decisions_adopting")
_LEAVING = words("decisions_leaving")
_STARTING = words("decisions_starting")
_OCCASIONS = frozenset(("when", "after", "since", "once", "because"))
_IDLE_NOUNS = words("decisions_idle_occasions")


def unwilling(frame: Frame) -> Iterator[Evidence]:
    """I won't install, I'm not paying for, we don't want another: a step ahead that is refused."""
    for verb in frame.doc:
        lemma = verb.lemma_.lower()
        if verb.pos_ != "VERB" or frame.subject_word(verb) not in ("i", "we"):
            continue
        if not any(child.dep_ == "neg" and child.i < verb.i for child in verb.children):
            continue
        auxiliaries = {frame.words[child.i] for child in verb.children if child.dep_ == "aux"}
        refused = lemma in _ADOPTING and (
            auxiliaries & {"will", "would", "'d", "shall"}
            or (verb.tag_ == "VBG" and auxiliaries & {"am", "are", "'re"})
        )
        wanted = lemma in ("want", "fancy") and verb.tag_ == "VB" and "did" not in auxiliaries
        unwanted = wanted and bool({"another", "more", "pay", "install", "hand", "share", "give"} & set(frame.words))
        if not (refused or unwanted) or (frame.unreal(verb.i) in ("if", "unless") and not refused):
            continue
        quote = frame.doc[verb.i - 1 : verb.i + 3].text
        yield Evidence("objection", "refusal", 2.8, f"refuses a step: '… {quote}'", verb.i, verb.i + 1, negated=True)
        return


def threat(frame: Frame) -> Iterator[Evidence]:
    """A condition, then leaving: "if it happens again I'd go back to paper", "I'd stop if it kept my card"."""
    for verb in frame.doc:
        lemma = verb.lemma_.lower()
        if lemma not in _LEAVING or frame.subject_word(verb) not in ("i", "we", "") or frame.negator(verb.i):
            continue
        if verb.dep_ == "advcl":
            continue
        after = set(frame.words[verb.i + 1 : verb.i + 4])
        if (lemma in ("go", "move") and not after & {"back", "elsewhere", "somewhere"}) or frame.is_question:
            continue
        ahead = any(
            frame.words[c.i] in ("would", "'d", "will", "might", "could") for c in verb.children if c.dep_ == "aux"
        )
        conditional = bool({"if", "unless"} & set(frame.words)) or _repeats(frame)
        if (ahead and conditional) or (conditional and verb.tag_ in ("VBP", "VB") and lemma == "go"):
            quote = frame.doc[verb.i : verb.i + 3].text
            yield Evidence("objection", "refusal", 2.9, f"would leave: '{quote}'", verb.i, verb.i + 1)
            return


def _repeats(frame: Frame) -> bool:
    return any(
        pair in (("third", "time"), ("second", "time"), ("once", "more"), ("one", "more"))
        for pair in zip(frame.words, frame.words[1:], strict=False)
    )


def trigger_event(frame: Frame) -> Iterator[Evidence]:
    """After or when + event, then first person starts to look, switches, buys: the event that set it off."""
    for token in frame.doc:
        if frame.words[token.i] not in _OCCASIONS or token.dep_ not in ("mark", "advmod", "prep"):
            continue
        event = _event(frame, token)
        main = _started(frame, token, event)
        if event is None or main is None or frame.unreal(main.i) is not None:
            continue
        quote = frame.doc[token.i : min(token.i + 5, len(frame.doc))].text
        reason = f"an event, then a start: '{quote} … {main.text}'"
        yield Evidence("trigger", "event", 2.8, reason, token.i, max(token.i, event.i) + 1)


def _event(frame: Frame, token: Token) -> Token | None:
    """The verb of "when the salon stopped …", or the noun of "after the third no-show"."""
    if token.dep_ == "prep":
        noun = next((child for child in token.children if child.dep_ in ("pobj", "pcomp")), None)
        idle = noun is None or noun.lemma_.lower() in _IDLE_NOUNS or noun.ent_type_ or noun.pos_ in ("NUM", "PRON")
        return None if idle or frame.words[token.i] == "because" else noun
    return token.head


def _started(frame: Frame, token: Token, event: Token | None) -> Token | None:
    if event is None:
        return None
    main = token.head if token.dep_ == "prep" else event.head if event.dep_ in ("advcl", "pcomp") else None
    if main is not None and main.dep_ == "prep":
        main = main.head
    if main is None or main.tag_ not in ("VBD", "VBN", "VBG") or frame.subject_word(main) not in ("i", "we", "my"):
        return None
    if main.lemma_ == "move" and any(child.dep_ == "dobj" for child in main.children):
        # "I moved my lesson because …" moves a date, not to another provider.
        return None
    verbs = [main, *(child for child in main.children if child.dep_ in ("xcomp", "conj"))]
    return main if any(verb.lemma_.lower() in _STARTING for verb in verbs) else None


def lone_event(frame: Frame) -> Iterator[Evidence]:
    """ "When the salon stopped taking calls.": an answer that is nothing but the event."""
    root = frame.root
    if root is None or not frame.words or frame.words[0] not in ("when", "after", "since", "once") or frame.is_question:
        return
    if (
        any(token.dep_ == "advcl" for token in root.children)
        or root.tag_ not in ("VBD", "VBN")
        or not 5 <= len(frame.words) <= 16
    ):
        return
    if any(child.i == 0 and child.dep_ in ("mark", "advmod") for child in root.children) and frame.subject_word(
        root
    ) not in ("", "i"):
        yield Evidence("trigger", "event", 2.5, f"nothing but an event: '{frame.doc[:4].text}'", 0, root.i + 1)
