"""Job to be done: "When ..., I want to ..., so I can ...", filled from syntax; a slot without words stays empty.

The template is Ulwick's and Klement's job story (field-practice.md). Every part is the speaker's own words from where its
clause opens to where it ends; nothing is made up for a part that was not said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.slots import action_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OTHERS = frozenset(
    (
        "the",
        "a",
        "an",
        "my",
        "our",
        "their",
        "they",
        "he",
        "she",
        "it",
        "you",
        "people",
        "everyone",
        "nobody",
        "nothing",
    )
)
_WISHING = frozenset(("want", "need", "try", "hope", "aim", "plan", "like", "love", "wish", "intend", "prefer"))
# Below this weight a purpose is one of a thing ("three places to put one"), not the speaker's.
_STATED = 2.0
_ENDS = frozenset(("goal", "job", "aim", "dream", "plan", "idea", "point", "mission", "objective", "task", "role"))
_CLAUSE_END = re.compile(
    r"[;:!?(…]|\.(?!\d)|\s[–—-]\s|,?\s(?=(?:but|because|although|though|while|whereas|so that|so (?:i|we)|in order to)\b)"
    r"|,\s(?=(?:and |so )?(?:i|we|you|he|she|it|they|there|when|if|that's)\b)|\sand (?=(?:i|we|he|she|they)\b)"
    r"|,\s(?=(?:how|what|why|where|can|could|is|do|please)\b)",
    re.I,
)


def job_of(
    frame: Frame, lead: Evidence, verb: Token | None, span: tuple[int, int], when: str | None, purpose: str | None
) -> str | None:
    """The job of a goal led by ``lead``; None where the quote has no words for what is wanted."""
    root = frame.root
    if lead.pattern == "answer" and (root is None or not _is_bare(frame, root)):
        return None
    verb = _wish(frame, verb, span) or verb
    if verb is not None and any(frame.words[c.i] in ("might", "may") for c in verb.head.children if c.dep_ == "aux"):
        # "We might want to cut it" is not wanted yet.
        return None
    if lead.pattern == "purpose" and verb is not None and verb.head.lower_ == "got":
        # "I've got three places to put one" tells what there is.
        return None
    wanted = _end_state(frame, lead, verb, span)
    if not wanted or len(wanted.split()) < 2:
        # What follows "to" or "so that" somewhere in the sentence need not be what the person wants.
        return None
    stated = lead.pattern == "aim" or (lead.pattern == "purpose" and lead.weight >= _STATED)
    if wanted == purpose and not stated:
        return None
    purpose = None if wanted == purpose else purpose
    # A "when" after the wish belongs to some other verb, or is in the wish already.
    opens = when is not None and verb is not None and 0 <= frame.text.find(when) < verb.idx
    parts = [f"When {when}"] if opens else []
    parts.append(f"I want to {wanted}")
    bare = re.sub(r"^(?:I|we) (?:can|could|will|would) ", "", purpose or "", flags=re.I)
    if bare and not _says_the_same(wanted, bare):
        # "So that the bank gives us a loan" has a subject of its own, which "so I can" would give to the speaker.
        own = bare.split()[0].lower() not in (*_OTHERS, "i", "we")
        parts.append(f"so I can {bare}" if own else f"so that {bare}")
    return ", ".join(parts)


def _wish(frame: Frame, verb: Token | None, span: tuple[int, int]) -> Token | None:
    """The deed that is wished for where the evidence is its purpose: "I want to see it, so that I can answer"."""
    if verb is None or verb.dep_ != "advcl" or verb.tag_ != "VB" or frame.words[verb.left_edge.i] != "so":
        return None
    ruling = verb.head
    above = [ruling, *(node for node in ruling.ancestors if ruling.dep_ == "xcomp")]
    for node in above[:2]:
        if node.lemma_.lower() in _WISHING and frame.subject_word(node) in ("i", "we") and not frame.negator(node.i):
            inner = next((c for c in node.children if c.dep_ == "xcomp" and c.tag_ == "VB" and c.i > node.i), None)
            if inner is not None and span[0] <= inner.idx < span[1]:
                return inner
    return None


def _is_bare(frame: Frame, root: Token) -> bool:
    """ "Keep my brother out of trouble" and "stop forgetting": an answer that is a deed, nobody's yet and not denied."""
    deeds = root.pos_ == "VERB" and root.tag_ in ("VB", "VBG", "VBP") and frame.subject(root) is None
    return deeds and not any(frame.words[child.i] == "not" for child in root.children)


def _end_state(frame: Frame, lead: Evidence, verb: Token | None, span: tuple[int, int]) -> str | None:
    """The wanted deed in the speaker's words up to where its clause ends: "put it down as paid"."""
    if verb is None or any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        return None
    opening = next((child for child in verb.children if child.tag_ == "TO"), None)
    if opening is None and lead.pattern != "answer" and verb.tag_ != "VBG":
        return None
    if lead.pattern == "plain" and not _hangs_on_a_wish(frame, verb):
        return None
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ != "PRON":
        return None
    if any(child.dep_ == "neg" for child in verb.children):
        # "Not to lose them" is no deed that could follow "I want to".
        return None
    start = opening.idx + len(opening) if opening is not None else verb.idx
    rest = frame.text[start : span[1]]
    end = _CLAUSE_END.search(rest)
    if end is not None and end.group().strip() == "(" and re.search(r"\)\s*\w", rest):
        # An aside in the middle: "replace an expensive ($300) player" cannot stop before it.
        return None
    said = " ".join(rest[: end.start() if end is not None else None].split()).strip(' ,.-"')
    if not 2 <= len(said.split()) <= 16 or re.match(r"have been\b", said):
        return None
    if verb.tag_ == "VBG":
        action = action_of(frame, verb)
        # "Closing a month and having it stay closed": one infinitive and one gerund would not join.
        coupled = action is None or opening is not None or re.search(r"\band \w+ing\b", said)
        return None if coupled else f"{action} {said.split(' ', 1)[1]}"
    return said if opening is not None else said[:1].lower() + said[1:]


def _hangs_on_a_wish(frame: Frame, verb: Token) -> bool:
    head = verb.head
    wished = head.lemma_.lower() in _WISHING and frame.subject_word(head) in ("i", "we")
    named = head.lemma_ == "be" and any(child.lemma_.lower() in _ENDS for child in head.children)
    return verb.dep_ == "xcomp" and (wished or named)


def _says_the_same(wanted: str, bare: str) -> bool:
    return set(wanted.split()[1:]) <= set(bare.split()) | {wanted.split()[0]} - {"it"} or bare in wanted
