"""A topic's label: a phrase from its own sentences that sets it apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from voc_engine.language.stems import stem
from voc_engine.topics.contract import Ranked
from voc_engine.topics.words import Phrase, phrases

KEYWORDS = 10  # a choice: as many as BERTopic lists
_KEYWORD_LENGTH = 2  # words of a keyword, at most
JUDGED = 12  # candidates whose part of speech is looked at
CANDIDATES = 60  # a choice: the heaviest phrases; each is held against the other topics, which costs time
_LOOKED_AT = 2_000  # sentences of a topic, nearest first: the label shall fit its centre

Judge = Callable[[Sequence[tuple[str, Phrase]]], list[float]]


@dataclass(frozen=True)
class Candidate:
    """A phrase with one place where it stands, and the weight it has so far."""

    key: str
    surface: str
    weight: float
    place: tuple[str, Phrase]


def keywords(ranked: Ranked) -> tuple[str, ...]:
    """The heaviest words and two-word phrases; what a chosen one says already is passed over."""
    chosen: list[str] = []
    for key, _ in ranked:
        words = set(key.split(" "))
        if len(words) <= _KEYWORD_LENGTH and not any(words <= set(other.split(" ")) for other in chosen):
            chosen = [other for other in chosen if not set(other.split(" ")) < words] + [key]
        if len(chosen) == KEYWORDS:
            break
    return tuple(chosen)


def candidates(
    ranked: Ranked,
    texts: Sequence[str],
    nearness: Sequence[float],
    voices: Sequence[Sequence[str]],
    echoed: Sequence[frozenset[str]],
) -> list[Candidate]:
    """Phrases of the sentences (nearest to the centroid first) by weight, at most CANDIDATES.

    A phrase weighs its own c-TF-IDF plus the mean of its words': repeated wording that is made of the topic's
    keywords; times the root of the share of the topic's people who say it in some form. Single words count a third,
    so that they win only where no phrase is repeated. ``nearness`` of the sentences to the centroid, in [0, 1]: a
    phrase of the topic's margin weighs less. ``voices``: ids of the people who say each sentence. ``echoed``: stems of what
    was asked of each: a phrase of the question is the interviewer's, and counts for nobody who repeats it.
    """
    weight_of = dict(ranked)
    places_of: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
    near: dict[str, float] = defaultdict(float)
    people: dict[str, set[str]] = defaultdict(set)
    everyone: set[str] = set()
    for text, nearby, said_by, question in zip(texts[:_LOOKED_AT], nearness, voices, echoed, strict=False):
        everyone.update(said_by)
        for key, phrase in {phrase.key: phrase for phrase in phrases(text)}.items():
            if question and question.issuperset(map(stem, key.split(" "))):
                continue
            places_of[key].append((text, phrase))
            near[key] += nearby
            people[_bare(key)].update(said_by)
    candidates = []
    for key, places in places_of.items():
        share = len(people[_bare(key)]) / len(everyone)
        weight = _weight(places[0][1].words, len(places), weight_of) * (near[key] / len(places)) ** 2 * sqrt(share)
        if weight > 0:
            candidates.append(Candidate(key, _surface(places), weight, places[0]))
    return sorted(candidates, key=lambda one: (-one.weight, one.key))[:CANDIDATES]


def _weight(words: Sequence[str], sentences: int, weight_of: dict[str, float]) -> float:
    phrase_weight = weight_of.get(" ".join(words), 0.0)
    if len(words) == 1:
        return phrase_weight / 3
    if len(set(words)) < len(words):
        return 0.0
    parts = sum(weight_of.get(word, 0.0) for word in words) / len(words)
    return (phrase_weight + parts) * (1.0 if sentences > 1 else 0.3)


def choose(options: Sequence[Sequence[Candidate]], texts: Sequence[Sequence[str]], judge: Judge) -> list[str]:
    """One label per topic, in the topics' order, no two alike.

    ``judge`` tells how much each phrase reads like a name, as a factor. Two topics that want one label: the one for
    which it weighs more has it. ``texts`` are the topics' sentences: one of them stands where no phrase is left,
    and nothing where there is none.
    """
    judged = iter(judge([candidate.place for few in options for candidate in few[:JUDGED]]))
    wishes = [
        (-one.weight * (next(judged) if rank < JUDGED else 0.1), one.key, topic, one.surface)
        for topic, few in enumerate(options)
        for rank, one in enumerate(few)
    ]
    used: set[str] = set()
    labels: dict[int, str] = {}
    for _, key, topic, surface in sorted(wishes):
        if topic not in labels and _bare(key) not in used:
            labels[topic] = surface
            used.add(_bare(key))
    return [labels.get(topic) or _sentence(texts[topic], set(labels.values())) for topic in range(len(options))]


def _sentence(texts: Sequence[str], used: set[str]) -> str:
    return next((text for text in texts if text not in used), next(iter(texts), ""))


def _bare(key: str) -> str:
    """Plurals and word order make no new label."""
    return " ".join(sorted(map(stem, key.split(" "))))


def _surface(places: Sequence[tuple[str, Phrase]]) -> str:
    """The phrase in lower case, except words that stand capitalised inside sentences more often than not."""
    columns: list[Counter[str]] = [Counter() for _ in places[0][1].words]
    for text, phrase in places:
        shown_words = text[phrase.start : phrase.end].split(" ")
        shouted = text.isupper() or text.istitle()
        for column, word in enumerate(shown_words):
            opens = column == 0 and not text[: phrase.start].strip(" \"'“‘(-*•")
            if not opens and not shouted:
                columns[column][word] += 1
    words = places[0][1].words
    forms = [_usual(word, column, len(places)) for word, column in zip(words, columns, strict=True)]
    if len(forms) > 1 and not columns[0] and forms[1] != words[1]:
        # Seen at the beginning of sentences only, but what follows is a name: "Kofi Brandt rang."
        text, phrase = places[0]
        forms[0] = text[phrase.start : phrase.end].split(" ")[0]
    return " ".join(forms)


def _usual(word: str, forms: Counter[str], places: int) -> str:
    if not forms:
        return word
    form, count = min(forms.items(), key=lambda pair: (-pair[1], pair[0]))
    name = form != word and 2 * count > sum(forms.values())
    return form if name and (count > 1 or places == 1 or len(forms) == 1) else word
