"""BERTopic (Grootendorst 2022) as the shell, with a deterministic reduction and clustering plugged in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from voc_engine.language.stems import stem
from voc_engine.topics.clusters import Ints
from voc_engine.topics.contract import Ranked, TopicFit
from voc_engine.topics.grouping import ReadableTopics
from voc_engine.topics.reduction import Floats, PrincipalComponents
from voc_engine.topics.stability import bootstrap_jaccard
from voc_engine.topics.words import content_words, phrases

LARGEST = 12_000  # rows of one tree: Ward holds every pair, 1.2 GB there
_MOST_PHRASES = 200  # a choice: labels and keywords take the heaviest few dozen of them
_END = "\x1f"


@dataclass(frozen=True)
class CentroidAssigner:
    """Nearest centroid in the reduced space, judged by the threshold that the fit found.

    ``parents[g]``: topic of centroid g, rising from 0 without a gap; the nearest of a topic's centroids counts.
    """

    reduction: PrincipalComponents
    centroids: Floats
    parents: Ints
    threshold: float

    def place(self, vectors: npt.NDArray[Any]) -> Floats:
        """Shape (rows, topics). Cosine 0 gives 0, the threshold 0.5, cosine 1 gives 1, straight lines between."""
        groups = np.round(self.reduction.transform(vectors) @ self.centroids.T, 6)
        cosine = np.maximum.reduceat(groups, np.unique(self.parents, return_index=True)[1], axis=1)
        beyond = 0.5 + 0.5 * (cosine - self.threshold) / max(1e-9, 1.0 - self.threshold)
        below = 0.499999 * cosine / max(1e-9, self.threshold)
        return np.asarray(np.round(np.clip(np.where(cosine >= self.threshold, beyond, below), 0.0, 1.0), 6))


class BertopicModel:
    """Topics by contraction, Ward's tree and merging; c-TF-IDF of one- to four-word phrases by BERTopic."""

    name = "bertopic.v1"
    revision = "2"
    uses = "of BERTopic the order of its steps and its c-TF-IDF; what reduces, groups and names is this program's own"

    def fit(
        self, texts: Sequence[str], vectors: npt.NDArray[np.float32], min_size: int, max_topics: int
    ) -> TopicFit | None:
        """See TopicModel. Above LARGEST sentences evenly spaced ones are fitted."""
        from threadpoolctl import threadpool_limits

        if len(texts) > LARGEST:
            rows = np.linspace(0, len(texts) - 1, LARGEST).astype(np.int64)
            min_size = max(2, round(min_size * LARGEST / len(texts)))
            texts, vectors = [texts[row] for row in rows], vectors[rows]
        with threadpool_limits(limits=1):  # the order of a parallel sum moves the last bits
            return self._fit(texts, vectors, min_size, max_topics)

    def _fit(
        self, texts: Sequence[str], vectors: npt.NDArray[np.float32], min_size: int, max_topics: int
    ) -> TopicFit | None:
        words = [frozenset(map(stem, content_words(text))) for text in texts]
        reduction, clusters = PrincipalComponents(), ReadableTopics(words, min_size, max_topics)
        shell = _shell(texts, reduction, clusters)
        shell.fit_transform([text.replace("\n", " ") + _END for text in texts], embeddings=vectors)
        if not len(clusters.centroids_):
            return None
        return TopicFit(
            CentroidAssigner(reduction, clusters.centroids_, clusters.parents_, clusters.threshold_),
            _ranked(shell, clusters),
            bootstrap_jaccard(vectors, words, clusters.labels_, min_size, max_topics),
        )


def _phrase_keys(document: str) -> list[str]:
    # BERTopic joins the sentences of a topic; the mark keeps a phrase from reaching over two of them.
    return [phrase.key for sentence in document.split(_END) for phrase in phrases(sentence)]


def _vocabulary(texts: Sequence[str]) -> list[str]:
    counts = Counter(key for text in texts for key in {phrase.key for phrase in phrases(text)})
    return sorted(key for key, count in counts.items() if count > 1 or " " not in key)


def _shell(texts: Sequence[str], reduction: PrincipalComponents, clusters: ReadableTopics) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer

    return BERTopic(
        language=None,
        umap_model=reduction,
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(analyzer=_phrase_keys, vocabulary=_vocabulary(texts)),
        calculate_probabilities=False,
        verbose=False,
    )


def _ranked(shell: Any, clusters: ReadableTopics) -> tuple[Ranked, ...]:
    """Phrases by c-TF-IDF per topic of ours; BERTopic numbers topics anew by size, row 0 may be its outliers."""
    words = np.asarray(shell.vectorizer_model.get_feature_names_out(), dtype=object)
    theirs = dict(zip(clusters.labels_.tolist(), shell.topics_, strict=True))
    shift = 1 if -1 in theirs.values() else 0
    return tuple(_top(shell.c_tf_idf_, theirs[ours] + shift, words) for ours in range(int(clusters.parents_.max()) + 1))


def _top(weights: Any, row: int, words: npt.NDArray[np.object_]) -> Ranked:
    line = weights[[row]].tocsr()
    pairs = sorted(
        ((str(words[column]), round(float(value), 9)) for column, value in zip(line.indices, line.data, strict=True)),
        key=lambda pair: (-pair[1], pair[0]),
    )
    return tuple(pairs[:_MOST_PHRASES])
