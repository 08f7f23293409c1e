"""TopicModelKit: what every topic model promises, shown on sentences about three clearly different things."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from voc_engine.testing.naming import check_name
from voc_engine.topics.contract import TopicFit, TopicModel

_THEMES = {
    "login": ("The login code never arrives on {}.", "My login code expired again on {}.", "A login code fails on {}."),
    "invoice": (
        "The monthly invoice shows wrong totals for {}.",
        "Our monthly invoice lists {} twice.",
        "I dispute the monthly invoice about {}.",
    ),
    "export": ("The export button hides behind {}.", "Where is the export button for {}?", "No export button {}."),
}
_THINGS = ("tablet", "laptop", "phone", "browser", "Monday", "Sunday", "Paris", "project", "folder", "team", "winter")
_MOST_STRAY = 9  # of 90: a tenth
Matrix = npt.NDArray[np.float32]


@cache
def three_themes(per_theme: int = 30, dimensions: int = 384) -> tuple[tuple[str, ...], Matrix]:
    """Sentences, and unit vectors of shape (3 * per_theme, dimensions) that lie around one direction per theme."""
    rng = np.random.default_rng(0)
    texts: list[str] = []
    rows: list[npt.NDArray[np.float64]] = []
    for templates in _THEMES.values():
        centre = rng.normal(size=dimensions)
        for number in range(per_theme):
            thing = f"{_THINGS[number % len(_THINGS)]} {_THINGS[number // len(_THINGS) % len(_THINGS)]}"
            texts.append(templates[number % len(templates)].format(thing))
            rows.append(centre / np.linalg.norm(centre) + 0.7 * rng.normal(size=dimensions) / np.sqrt(dimensions))
    matrix = np.stack([row / np.linalg.norm(row) for row in rows]).astype(np.float32)
    return tuple(texts), matrix


class TopicModelKit:
    """Give ``model``."""

    model: TopicModel
    min_size: int = 8
    max_topics: int = 20

    def _fit(self, max_topics: int | None = None) -> TopicFit:
        texts, vectors = three_themes()
        fit = self.model.fit(texts, vectors, self.min_size, max_topics or self.max_topics)
        assert fit is not None, "90 sentences about three different things do not part into topics"
        return fit

    def test_it_has_a_versioned_name_and_a_revision(self) -> None:
        check_name(self.model.name)
        assert self.model.revision, "revision tells which results are of which model"

    def test_what_differs_is_kept_apart_and_what_belongs_together_is_together(self) -> None:
        _, vectors = three_themes()
        best = self._fit().assigner.place(vectors).argmax(axis=1)
        homes = [np.bincount(best[start : start + 30]).argmax() for start in (0, 30, 60)]
        assert len(set(homes)) == len(_THEMES), f"the three themes are in the topics {homes}"
        stray = sum(
            int((best[start : start + 30] != home).sum()) for start, home in zip((0, 30, 60), homes, strict=True)
        )
        assert stray <= _MOST_STRAY, f"{stray} of 90 sentences are in another theme's topic"

    def test_every_topic_has_phrases_of_its_texts_heaviest_first_and_a_stability(self) -> None:
        texts, vectors = three_themes()
        fit = self._fit()
        n_topics = fit.assigner.place(vectors).shape[1]
        assert len(fit.phrases) == len(fit.stability) == n_topics, "phrases, stability and places differ in number"
        words = {word for text in texts for word in text.lower().rstrip(".?").split()}
        for ranked in fit.phrases:
            assert ranked, "a topic without phrases"
            assert [weight for _, weight in ranked] == sorted((weight for _, weight in ranked), reverse=True)
            for phrase, _ in ranked:
                assert phrase == " ".join(phrase.lower().split()), f"{phrase!r}: lower case, one blank between words"
                assert set(phrase.split()) <= words, f"{phrase!r} holds words that nobody said"
        assert all(one is None or 0 <= one <= 1 for one in fit.stability), f"stability {fit.stability}"

    def test_places_are_probabilities_that_do_not_depend_on_the_batch(self) -> None:
        _, vectors = three_themes()
        assigner = self._fit().assigner
        together = assigner.place(vectors)
        assert together.shape[0] == len(vectors)
        assert ((together >= 0) & (together <= 1)).all(), "probabilities are in [0, 1]"
        alone = np.concatenate([assigner.place(vectors[row : row + 1]) for row in range(len(vectors))])
        assert (together == alone).all(), "a sentence is placed otherwise when it is placed alone"

    def test_the_same_sentences_give_the_same_topics(self) -> None:
        _, vectors = three_themes()
        first, two = self._fit(), self._fit()
        assert first.phrases == two.phrases
        assert first.stability == two.stability
        assert (first.assigner.place(vectors) == two.assigner.place(vectors)).all()

    def test_no_more_topics_than_asked_for(self) -> None:
        most = len(_THEMES) - 1
        assert len(self._fit(max_topics=most).phrases) <= most

    def test_sentences_without_any_topic_are_no_fault(self) -> None:
        texts = [f"Sentence number {number}." for number in range(40)]
        vectors = np.eye(40, 384, dtype=np.float32)
        fit = self.model.fit(texts, vectors, self.min_size, self.max_topics)
        assert fit is None or len(fit.phrases) <= self.max_topics
