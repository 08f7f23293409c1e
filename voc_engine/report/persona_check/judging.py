"""From claims to verdicts: who says so, who says the opposite, counted in people.

A sentence says a claim where the judge of claims finds it likely enough, and likelier where the trained heads found nothing
in the sentence that is on the claim's side: read on persona files of the demo, of sentences on its side nine in ten said
the claim from .7 on, of others only every other one even from .8 on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voc_engine.insights.claim_judge import Encode, Near, Sentences, Side, content_words, opposite
from voc_engine.insights.kinds_together import SIDE_OF
from voc_engine.insights.shared_words import Floats
from voc_engine.language.stems import stem
from voc_engine.language.tokens import words
from voc_engine.mentions.contract import LabelReader, MentionExtractor, Reading, Sentence
from voc_engine.mentions.parsing import parse
from voc_engine.records import Mention, Segment
from voc_engine.records.claim import Claim, Verdict, Witness
from voc_engine.report.persona_check.answered_by_attributes import from_attributes
from voc_engine.report.persona_check.scope import Scope

# From these probabilities of saying the same on a sentence counts: on the claim's side with a word for each that says what
# is so (of a line that says one thing), else, and on the other side.
ON_SIDE, ON_NONE, AGAINST = 0.72, 0.87, 0.75
OPPOSITE = 0.8  # a choice: that somebody says the opposite is told only where the side is clear
# A verdict takes two people who say it, with this probability, and twice as many as say the other.
SEVERAL, CLEARLY, LIKELY = 2, 2, 0.6
_COVERED, _FRAGMENT = 0.25, 4
# The side that a section gives its lines, and the kinds of mention that speak on each side.
_SECTION_SIDES = {"pains": "against", "objections": "against", "delights": "for", "goals": "aim", "needs": "aim"}
_SPEAK: Mapping[str, frozenset[str]] = {
    "against": frozenset(kind for kind, side in SIDE_OF.items() if side == "against"),
    "for": frozenset({"delight"}),
    "aim": frozenset({"goal", "request"}),
}
_LEAN = {"against": -1.0, "for": 1.0}
_TELLS = 0.5
_MOST_SHARE = 0.5
_NOUNS, _VERBS, _CLAUSES = ("NOUN", "PROPN"), ("VERB", "AUX"), ("ROOT", "conj", "advcl")


@dataclass(frozen=True)
class Heard:
    """What people said: ``segments`` of everybody with ``vectors`` (segments, dimensions), what was found in them, and how
    words are read."""

    segments: Sequence[Segment]
    vectors: Floats
    mentions: Sequence[Mention]
    encode: Encode
    reader: MentionExtractor


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a claim stands: its ``side`` (None: on none that can be told), and how it leans for who may contradict it
    (None: nobody may)."""

    side: str | None
    leaning: Side | None


@dataclass(frozen=True, slots=True)
class _Words:
    """Of a line: ``predicates``, the content words that say what is so of a thing (no nouns), and whether it says
    ``several`` things at once, of which a sentence might hold one."""

    predicates: frozenset[str]
    several: bool


def verdicts(claims: Sequence[Claim], material: Heard, scope: Scope) -> list[Verdict]:
    """One Verdict per claim, in order."""
    study = Sentences([one.text for one in material.segments], material.vectors)
    wordings = [wording(claim) for claim in claims]
    near = study.near(wordings, material.encode)
    stands = [_stand(*both) for both in zip(claims, _read(wordings, material.reader), strict=True)]
    ids = scope.ids
    found_in: dict[str, list[Mention]] = defaultdict(list)
    for mention in material.mentions:
        found_in[mention.segment_id].append(mention)
    results = []
    for claim, text, stand, nearest in zip(claims, wordings, stands, near, strict=True):
        by_attributes = from_attributes(claim, scope.people)
        if by_attributes is not None:
            results.append(by_attributes)
            continue
        inside = [one for one in nearest if material.segments[one.row].person_id in ids]
        says, denies = _witnesses(stand, inside, material.segments, found_in, _words_of(text))
        verdict = Verdict(claim, verdict_of(says, denies), len(ids), says, denies)
        results.append(
            verdict if verdict.verdict != "unheard" else _unheard(claim, text, study, material.segments, ids)
        )
    return results


def wording(claim: Claim) -> str:
    """The line without the persona's own name, which nobody in the study says."""
    name = {word for word in words(claim.persona) if word[:1].isalpha()}
    tokens = claim.text.split()
    while len(tokens) > 1 and set(words(tokens[0])) and set(words(tokens[0])) <= name:
        tokens.pop(0)
    return " ".join(tokens)


def verdict_of(says: Sequence[Witness], denies: Sequence[Witness]) -> str:
    """Confirmed or contradicted where it is likely that two people or more really say so, and at most half as many say the
    other; divided where both sides have their two; else a hint, or unheard."""
    sure, sure_not = _several(says), _several(denies)
    if sure and len(says) >= CLEARLY * len(denies):
        return "confirmed"
    if sure_not and len(denies) >= CLEARLY * len(says):
        return "contradicted"
    if (sure or sure_not) and says and denies:
        return "divided"
    return "hint" if says or denies else "unheard"


def _several(witnesses: Sequence[Witness]) -> bool:
    """Whether two or more of them say it with probability LIKELY, if each errs by chance."""
    none = exactly_one = 0.0
    for number, witness in enumerate(witnesses):
        exactly_one = exactly_one * (1 - witness.chance) + none * witness.chance if number else witness.chance
        none = none * (1 - witness.chance) if number else 1 - witness.chance
    return len(witnesses) >= SEVERAL and 1 - none - exactly_one >= LIKELY


def _words_of(text: str) -> _Words:
    doc = next(iter(parse([text[:1].lower() + text[1:]])))
    nouns = {word for token in doc if token.pos_ in _NOUNS for word in content_words(token.text)}
    clauses = sum(token.pos_ in _VERBS and token.dep_ in _CLAUSES for token in doc)
    return _Words(frozenset(content_words(text)) - nouns, clauses > 1)


def _witnesses(
    stand: _Stand,
    near: Sequence[Near],
    segments: Sequence[Segment],
    found_in: Mapping[str, Sequence[Mention]],
    line: _Words,
) -> tuple[tuple[Witness, ...], tuple[Witness, ...]]:
    """The surest sentence of each person who says so, and of each who says the opposite. Who says both is neither."""
    says: dict[str, Witness] = {}
    denies: dict[str, Witness] = {}
    for candidate in near:
        segment = segments[candidate.row]
        mentions = found_in.get(segment.segment_id, ())
        covers = not line.several and all(candidate.covered.get(word, 0.0) >= _COVERED for word in line.predicates)
        agrees = _states(stand, candidate, mentions, covers)
        if (
            agrees is False
            and not candidate.turned
            and not (covers and _of_the_same(candidate, segment.text, line.predicates))
        ):
            continue
        if agrees is not None:
            witness = Witness(segment.person_id, segment.segment_id, candidate.chance)
            (says if agrees else denies).setdefault(segment.person_id, witness)
    both = says.keys() & denies.keys()
    return _ordered(says, both), _ordered(denies, both)


def _of_the_same(near: Near, text: str, predicates: AbstractSet[str]) -> bool:
    """Whether a sentence of other feelings denies what the claim says of the thing: it has a verb, and is no fragment."""
    if predicates and not near.parted and all(near.covered.get(word) == 1.0 for word in predicates):
        return False  # the same is said of the thing, whatever the feelings
    return len(words(text)) >= _FRAGMENT and any(token.pos_ in _VERBS for token in next(iter(parse([text]))))


def _ordered(witnesses: Mapping[str, Witness], both: AbstractSet[str]) -> tuple[Witness, ...]:
    clear = [one for who, one in witnesses.items() if who not in both]
    return tuple(sorted(clear, key=lambda one: (-one.chance, one.segment_id)))


def _states(stand: _Stand, near: Near, mentions: Sequence[Mention], covers: bool) -> bool | None:
    """Whether a sentence says the claim (True), its opposite (False), or neither. ``covers``: it has a word near each of the
    claim's that are no nouns."""
    of_speaker = [one for one in mentions if one.holder == "self"]
    if mentions and not of_speaker:
        return None  # somebody else's view
    kinds = {one.kind for one in of_speaker}
    wished = bool(kinds & _SPEAK["aim"]) and not kinds - _SPEAK["aim"]
    if near.turned:
        # The very words, denied: a wish for it says nothing of how things are.
        return False if near.chance >= AGAINST and not wished and stand.side != "aim" else None
    against = 0.0 if stand.leaning is None or not of_speaker else opposite(stand.leaning, _side_of(of_speaker))
    if against >= OPPOSITE:
        return False if near.chance >= AGAINST and not wished else None
    if near.asserted:
        return None
    if stand.side is None or not kinds & _SPEAK[stand.side]:
        return True if near.chance >= ON_NONE and not (stand.side and kinds) and stand.side != "aim" else None
    return True if near.chance >= (ON_SIDE if covers else ON_NONE) else None


def _stand(claim: Claim, reading: Reading) -> _Stand:
    """From the section, else from what the heads read in the line; a section and words that lean apart tell nothing."""
    side = _SECTION_SIDES.get(claim.section)
    read = _side(reading)
    if side is None:
        kind = max(reading.probabilities, key=lambda one: (reading.probabilities[one], one))
        side = SIDE_OF[kind] if reading.probabilities[kind] >= _TELLS and SIDE_OF[kind] in _SPEAK else None
        return _Stand(side, read if side in _LEAN and abs(read.sentiment) >= _TELLS else None)
    if side not in _LEAN:
        return _Stand(side, None)
    lean = _LEAN[side]
    if lean * read.sentiment <= -_TELLS:
        return _Stand(None, None)
    return _Stand(side, Side(lean, max(lean, 0.0), max(-lean, 0.0)))


def _read(texts: Sequence[str], reader: MentionExtractor) -> list[Reading]:
    sentences = [Sentence(text) for text in texts]
    return reader.labels(sentences) if isinstance(reader, LabelReader) else reader.read(sentences)


def _side(reading: Reading) -> Side:
    return Side(reading.sentiment_score, reading.probabilities["delight"], reading.probabilities["pain_point"])


def _side_of(mentions: Sequence[Mention]) -> Side:
    """Of a sentence, as it was read in its context."""
    likely = {kind: max((one.probability for one in mentions if one.kind == kind), default=0.0) for kind in SIDE_OF}
    return Side(mentions[0].sentiment_score, likely["delight"], max(likely["pain_point"], likely["objection"]))


def _unheard(claim: Claim, text: str, study: Sentences, segments: Sequence[Segment], ids: AbstractSet[str]) -> Verdict:
    """With how many people speak of the thing: the rarest noun of the line that anybody says."""
    speaking: dict[str, frozenset[str]] = {}
    for token in next(iter(parse([text[:1].lower() + text[1:]]))):
        if token.pos_ in _NOUNS:
            rows = study.with_stem(stem(token.text.casefold()))
            people = frozenset(segments[row].person_id for row in rows) & ids
            if people and len(people) <= _MOST_SHARE * len(ids):
                speaking.setdefault(token.text, people)
    about = min(speaking, key=lambda word: (-study.rarity(stem(word.casefold())), word), default=None)
    if about is None:
        return Verdict(claim, "unheard", len(ids))
    return Verdict(claim, "unheard", len(ids), near=len(speaking[about]), about=(about,))
