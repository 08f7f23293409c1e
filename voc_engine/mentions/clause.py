"""One clause of a sentence brought down to its core: subject, verb, object, and what room is left for.

Everything that is kept is a word of the sentence in its order; contractions are written out. What is dropped are
relative and adverbial clauses, asides, vocatives, discourse words, and adjuncts beyond the length.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST_WORDS = 12
_CORE = frozenset(("nsubj", "nsubjpass", "csubj", "expl", "aux", "auxpass", "neg", "prt", "dobj", "attr", "acomp", "oprd",
    "dative", "xcomp", "agent", "det", "poss", "case", "compound", "nummod", "amod", "nmod", "quantmod", "pobj", "pcomp",
    "preconj", "predet"))  # fmt: skip
# What may stay, the best first.
_EXTRA = ("acl", "prep", "npadvmod", "advmod", "ccomp", "conj", "relcl", "advcl")
_CONCEDING = frozenset(("although", "though", "because", "while", "whereas", "since", "as"))
_VERBAL = frozenset(("ROOT", "ccomp", "advcl", "relcl", "parataxis", "conj", "acl", "csubj", "appos"))
_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_INNER_PUNCT = frozenset(("-", "/", "£", "$", "€", "%", "&", "'", "+"))


def head_of(frame: Frame, place: int, end: int) -> Token:
    """The word that rules the clause in which words [place, end) stand: its verb, else its noun."""
    tokens = list(frame.doc[place : max(end, place + 1)])
    inside = {token.i for token in tokens}
    node = next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])
    while node.head != node:
        verbal = node.pos_ in ("VERB", "AUX") and node.dep_ in _VERBAL
        if verbal and not (node.dep_ == "acl" and node.tag_ != "VBN") and not _shares_subject(node):
            break
        node = node.head
    return node


def _shares_subject(node: Token) -> bool:
    """A fragment's verb without a subject of its own, as in "a way to export": the noun above rules."""
    return node.dep_ in ("acl", "relcl") and not any(child.dep_ in _SUBJECTS for child in node.children)


def core(
    frame: Frame, head: Token, span: tuple[int, int], focus: Iterable[int] = (), drop: frozenset[str] = frozenset()
) -> list[Token]:
    """Words of the clause under ``head`` inside the code points ``span``, in order, at most MOST_WORDS where it can.

    ``focus`` are places that have to stay; ``drop`` names dependencies of the head to leave out ("nsubj", "aux").
    """
    wanted = set(focus)
    kept: set[int] = set()
    extras: list[tuple[int, int, list[Token]]] = []
    _keep(frame, head, wanted, kept, extras, drop, 0)
    for _, _, part in sorted(extras, key=lambda extra: extra[:2]):
        fresh = [token for token in part if token.i not in kept]
        needed = any(token.i in wanted for token in fresh)
        if needed or _count(frame, kept) + _count(frame, (t.i for t in fresh)) <= MOST_WORDS:
            kept.update(token.i for token in fresh)
    kept |= {i for i in range(1, len(frame.doc) - 1) if _joins(frame, i) and {i - 1, i + 1} <= kept}
    while len(kept) > 1 and _hangs(frame, frame.doc[max(kept)]):
        kept.remove(max(kept))
    inside = [
        i for i in sorted(kept) if span[0] <= frame.doc[i].idx and frame.doc[i].idx + len(frame.doc[i]) <= span[1]
    ]
    return [frame.doc[i] for i in inside]


def _hangs(frame: Frame, last: Token) -> bool:
    """A last word that waits for another: "look at it until", "should", "a date from"."""
    if frame.words[last.i] in ("not", ",", "and", "or", "to", "as", "that"):
        return True
    if last.pos_ == "ADP" and last.dep_ == "prep" and not any(child.i > last.i for child in last.children):
        # "The plan I am on" ends there in the quote too.
        return last.i + 1 < len(frame.doc) and not frame.doc[last.i + 1].is_punct
    return last.pos_ in ("ADP", "SCONJ", "DET", "CCONJ", "PART") and last.dep_ in (
        "prep",
        "mark",
        "det",
        "cc",
        "aux",
        "case",
    )


def _joins(frame: Frame, place: int) -> bool:
    return frame.doc[place].text == "," or (frame.doc[place].dep_ == "cc" and frame.words[place] in ("and", "or"))


def _keep(
    frame: Frame, node: Token, wanted: set[int], kept: set[int], extras: list[tuple[int, int, list[Token]]],
    drop: frozenset[str], depth: int,
) -> None:  # fmt: skip
    """Mark a node and what belongs to it; put aside what may stay if there is room."""
    kept.add(node.i)
    for child in node.children:
        if (depth == 0 and child.dep_ in drop) or (child.i not in wanted and _is_aside(frame, child)):
            continue
        of = child.dep_ == "prep" and child.lower_ in ("of", "than") and node.pos_ in ("NOUN", "PROPN", "NUM", "ADJ")
        if child.dep_ in _CORE or of:
            _keep(frame, child, wanted, kept, extras, drop, depth + 1)
        elif child.dep_ == "punct" and child.text in _INNER_PUNCT:
            kept.add(child.i)
        elif child.dep_ in _EXTRA and (child.i in wanted or not _opens(child, node)):
            _put_aside(frame, child, wanted, extras, depth)


def _put_aside(
    frame: Frame, child: Token, wanted: set[int], extras: list[tuple[int, int, list[Token]]], depth: int
) -> None:
    part: set[int] = set()
    inner: list[tuple[int, int, list[Token]]] = []
    _keep(frame, child, wanted, part, inner, frozenset(), 0)
    if child.dep_ == "conj":
        part |= {t.i for t in child.head.children if t.dep_ == "cc" and t.i < child.i}
        if child.pos_ in ("VERB", "AUX") and any(c.dep_ in _SUBJECTS for c in child.children) and not part & wanted:
            return
    if child.dep_ in ("ccomp", "advcl", "relcl", "acl"):
        part |= {t.i for t in child.children if t.dep_ in ("mark", "advmod") and t.i < child.i}
    rank = _EXTRA.index(child.dep_) + 2 * depth
    extras.append((rank, child.i, [frame.doc[i] for i in sorted(part)]))
    extras.extend((rank + 2 + more, place, tokens) for more, place, tokens in inner)


def _is_aside(frame: Frame, child: Token) -> bool:
    if child.dep_ in ("intj", "appos", "parataxis", "meta", "dep", "mark", "cc", "preconj"):
        return True
    if child.dep_ == "relcl" and child.left_edge.i and frame.words[child.left_edge.i - 1] == ",":
        return True
    if child.dep_ == "advcl":
        return any(frame.words[c.i] in _CONCEDING for c in child.children if c.dep_ == "mark")
    degree = child.head.pos_ in ("ADJ", "ADV") and child.i < child.head.i
    return child.dep_ == "advmod" and not degree and frame.words[child.i] in words("clause_discourse")


def _opens(child: Token, node: Token) -> bool:
    """An adjunct before the subject: "Last week, …", "In the morning the …"; there it only sets the scene."""
    subject = next((c for c in node.children if c.dep_ in _SUBJECTS), None)
    return child.dep_ in ("prep", "npadvmod", "advmod", "advcl", "ccomp") and (
        child.i < (subject.i if subject is not None else node.i)
        and child.dep_ != "conj"
        and node.pos_ in ("VERB", "AUX")
    )


def _count(frame: Frame, places: Iterable[int]) -> int:
    return sum(any(letter.isalnum() for letter in frame.doc[i].text) for i in places)


_WRITTEN_OUT = {"n't": "not", "n’t": "not", "'ve": "have", "'re": "are", "'ll": "will", "'m": "am"}


def spell(tokens: Sequence[Token]) -> str:
    """The words as one line; "ca n't" is "cannot", "'s" of a verb "is" or "has"."""
    out = ""
    for place, token in enumerate(tokens):
        # A stammered word stands once; "that that applies" and "had had" are no stammer.
        stammered = token.is_alpha and token.lower_ not in ("that", "had")
        if place and token.lower_ == tokens[place - 1].lower_ and stammered:
            continue
        text, glue = spelled(token), ""
        if out and not _touches(tokens[place - 1], token, text):
            glue = " "
        out += glue + text
    return out.replace("can not", "cannot").strip()


def _touches(before: Token, token: Token, text: str) -> bool:
    return before.i + 1 == token.i and not before.whitespace_ and text.lower() == token.lower_


def spelled(token: Token) -> str:
    """One word as a statement writes it, contractions written out."""
    lower = token.lower_.replace("’", "'")
    if lower in _WRITTEN_OUT:
        return _WRITTEN_OUT[lower]
    if lower == "'d":
        imagined = any(child.lower_ == "have" for child in token.head.children)
        return "had" if token.head.tag_ in ("VBN", "VBD") and token.dep_ == "aux" and not imagined else "would"
    if lower in ("'s", "s") and token.pos_ in ("AUX", "VERB"):
        perfect = token.head.lower_ in ("been", "got", "had", "gone", "become") and token.dep_ in ("aux", "auxpass")
        return "has" if token.lemma_ == "have" or perfect else "is"
    if lower in ("ca", "wo", "sha") and token.i + 1 < len(token.doc) and token.nbor().lower_ in ("n't", "n’t", "not"):
        return {"ca": "can", "wo": "will", "sha": "shall"}[lower]
    return str(token.text)
