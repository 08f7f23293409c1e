"""Objections and the words of the study that may answer them, each kind only where the study asks for it.

Of pairs that were read, what was said next met the argument in one of five, and what the scorer finds likeliest in two of
five: so all of it is off by default, and answers are those that were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from voc_engine.personas.answer_scorer import chance
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import ANSWER_KINDS, Answer, Mention

MOST_QUOTES = 3  # a choice: an objection and what met it are read at a glance
# Less than that and it is hardly about the objection; on pairs that were read two in five above it answer.
LEAST_CHANCE = 0.35


class Answers:
    """What answers the objections of a study. ``kinds`` are those of ANSWER_KINDS that are switched on."""

    def __init__(self, crowd: Crowd, kinds: Sequence[str] = ()) -> None:
        self._crowd = crowd
        self._kinds = [kind for kind in ANSWER_KINDS if kind in kinds]

    def to(self, objections: Sequence[str]) -> tuple[Answer, ...]:
        """Per objection and kind at most MOST_QUOTES, the likeliest first."""
        if not self._kinds:
            return ()
        answers = []
        for insight_id in objections:
            raised = self._raised(insight_id)
            for kind in self._kinds:
                ids = tuple(dict.fromkeys(self._of(kind, raised)))[:MOST_QUOTES]
                if ids and kind == "customer":
                    answers.append(Answer(insight_id, mention_ids=ids, kind=kind))
                elif ids:
                    answers.append(Answer(insight_id, segment_ids=ids, kind=kind))
        return tuple(answers)

    def _raised(self, insight_id: str) -> list[Mention]:
        mentions = (m for person in self._crowd.people for m in person.insights.get(insight_id, ()))
        return sorted((m for m in mentions if m.kind == "objection"), key=lambda m: (-m.probability, m.mention_id))

    def _of(self, kind: str, raised: Sequence[Mention]) -> Iterable[str]:
        words = self._crowd.answering
        if kind == "reply":
            return [segment.segment_id for mention in raised for segment in words.reply_to(mention)]
        if kind == "proof":
            texts = [(one.segment_id, one.text_key, one.text) for one in words.proof]
            return self._likeliest(raised, texts)
        who, products = {m.person_id for m in raised}, self._products(raised)
        praise = [
            (mention.mention_id, mention.text_key, mention.quote)
            for person, mention in self._praise
            if person.person_id not in who and (not products or self._products([mention]) & products)
        ]
        return self._likeliest(raised, praise)

    def _likeliest(self, raised: Sequence[Mention], texts: Sequence[tuple[str, str, str]]) -> list[str]:
        """Ids of those that answer with at least LEAST_CHANCE; ``texts`` are (id, text key, text)."""
        vectors = self._crowd.answering.vectors
        scored = []
        for name, key, text in texts:
            pairs = [m for m in raised if vectors is not None and key in vectors and m.text_key in vectors]
            cosines = [float(vectors.rows((m.text_key,))[0] @ vectors.rows((key,))[0]) for m in pairs]  # type: ignore[union-attr]
            best = max((chance(m.quote, text, c) for m, c in zip(pairs, cosines, strict=True)), default=0.0)
            if best >= LEAST_CHANCE:
                scored.append((-best, name))
        return [name for _, name in sorted(scored)]

    @cached_property
    def _praise(self) -> list[tuple[Person, Mention]]:
        return [
            (person, mention)
            for person in self._crowd.people
            for mention in person.mentions
            if mention.kind == "delight" and mention.sentiment == "positive" and not mention.negated
            and mention.quotable != "none"
        ]  # fmt: skip

    @cached_property
    def _product_of(self) -> dict[str, str]:
        """Document id -> the product that its source names."""
        return {
            document.document_id: value.strip().casefold()
            for person in self._crowd.people
            for document in person.documents
            for name, value in document.attributes.items()
            if name.casefold() == "product" and value.strip()
        }

    def _products(self, mentions: Iterable[Mention]) -> set[str]:
        return {self._product_of[m.document_id] for m in mentions if m.document_id in self._product_of}
