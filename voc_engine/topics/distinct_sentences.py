"""The customers' distinct sentences, and those among them that a topic model can learn from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voc_engine.language.stems import stem
from voc_engine.language.tokens import words
from voc_engine.records import EVIDENCE_ROLES, Segment, stable_hash
from voc_engine.topics.names import rare_names, without
from voc_engine.topics.words import content_words

FEWEST_WORDS = 2  # content words of a sentence that is fitted


@dataclass(frozen=True)
class Sentence:
    """One distinct sentence with the customers' segments that say it, in order of their ids.

    ``telling`` is the text with names that few people say blanked out; its places are the text's. ``content`` counts
    its words that can name a matter.
    """

    key: str
    text: str
    segments: tuple[Segment, ...]
    telling: str
    content: int

    @property
    def quotable(self) -> bool:
        """Whether somebody says it who may be quoted to the readers."""
        return any(segment.quotable != "none" for segment in self.segments)

    @property
    def people(self) -> tuple[str, ...]:
        """Who says it, sorted, each once."""
        return tuple(sorted({segment.person_id for segment in self.segments}))

    @property
    def echoed(self) -> frozenset[str]:
        """Stems of the words that stand in the question too, of whoever says it: echoed, and nobody's own words."""
        questions = [segment.question for segment in self.segments]
        stems_of = [frozenset(map(stem, words(question))) if question else frozenset() for question in questions]
        return frozenset[str]().union(*stems_of).intersection(*stems_of)


def distinct_sentences(segments: Iterable[Segment]) -> list[Sentence]:
    """Sorted by text key, so that the order of the input is of no consequence. Other roles are left out."""
    by_key: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        if segment.role in EVIDENCE_ROLES:
            by_key[segment.text_key].append(segment)
    segments_by_key = {
        key: tuple(sorted(by_key[key], key=lambda segment: segment.segment_id)) for key in sorted(by_key)
    }
    texts = {key: segments[0].text for key, segments in segments_by_key.items()}
    names = rare_names(
        list(texts.values()), [[one.person_id for one in segments] for segments in segments_by_key.values()]
    )
    telling = {key: without(text, names) for key, text in texts.items()}
    return [
        Sentence(key, texts[key], segments_by_key[key], telling[key], len(content_words(telling[key])))
        for key in segments_by_key
    ]


def sample(sentences: Sequence[Sentence], size: int) -> list[Sentence]:
    """Sentences with content, at most ``size``, drawn evenly by a hash of the text key; in order of the key."""
    fit = [sentence for sentence in sentences if sentence.content >= FEWEST_WORDS]
    if len(fit) <= size:
        return fit
    drawn = sorted(fit, key=lambda sentence: stable_hash("topics", sentence.key))[:size]
    return sorted(drawn, key=lambda sentence: sentence.key)
