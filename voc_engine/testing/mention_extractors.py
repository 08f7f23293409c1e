"""MentionExtractorKit: what every mention extractor promises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from voc_engine.mentions.contract import Disclosed, Finding, MentionExtractor, Reading, Sentence
from voc_engine.records import (
    DISCLOSURES,
    EMOTIONS,
    HOLDERS,
    MENTION_KINDS,
    QUADRANTS,
    SENTIMENTS,
    SEVERITIES,
    WHATS,
    stable_hash,
)
from voc_engine.testing.naming import check_name

SENTENCES = (
    Sentence("I can't export the report 😀 and nobody answers me."),
    Sentence("I love the calendar, but the invoices are always wrong."),
    Sentence("I want to close the month in a day.", context="What do you hope for?", kind="interview"),
    Sentence("It costs too much for the three clients I have.", kind="post"),
    Sentence("Please add a dark mode.", kind="ticket"),
    Sentence("After the second double booking we started looking around.", kind="interview"),
    Sentence("My boss says that it is slow.", kind="interview"),
    Sentence("The office is on the second floor."),
    Sentence("No.", context="Did it work?", kind="survey"),
    Sentence("  trimmed?  "),
    Sentence("😀😀"),
    Sentence("\t"),
    Sentence("and then " * 200 + "it crashed."),
)


class MentionExtractorKit:
    """Give ``extractor``; ``sentences`` may be others, and ``vectors`` real ones, where the extractor needs them."""

    extractor: MentionExtractor
    sentences: tuple[Sentence, ...] = SENTENCES
    dimensions: int = 384

    def vectors(self, sentences: Sequence[Sentence]) -> npt.NDArray[np.float32] | None:
        """Shape (len(sentences), dimensions), one vector per text; None for an extractor that looks at words only."""
        if not self.extractor.needs_vectors:
            return None
        seeds = [int(stable_hash(one.text), 16) for one in sentences]
        rows = [np.random.default_rng(seed).normal(size=self.dimensions) for seed in seeds]
        matrix = np.array(rows, np.float64).reshape(len(sentences), self.dimensions)
        return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), np.float32)

    def _read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        return self.extractor.read(sentences, self.vectors(sentences))

    def test_it_has_a_versioned_name(self) -> None:
        check_name(self.extractor.name)

    def test_one_reading_per_sentence_and_none_for_none(self) -> None:
        assert len(self._read(self.sentences)) == len(self.sentences)
        assert self._read(()) == []

    def test_every_kind_has_a_probability(self) -> None:
        for sentence, reading in zip(self.sentences, self._read(self.sentences), strict=True):
            assert set(reading.probabilities) == set(MENTION_KINDS), f"{sentence.text!r}: {reading.probabilities}"
            assert all(0 <= one <= 1 for one in reading.probabilities.values()), (
                f"{sentence.text!r}: {reading.probabilities}"
            )

    def test_findings_are_of_known_kinds_at_places_inside_the_sentence(self) -> None:
        for sentence, reading in zip(self.sentences, self._read(self.sentences), strict=True):
            for finding in reading.findings:
                _check_finding(sentence, finding)

    def test_something_is_found_and_not_in_everything(self) -> None:
        has_findings = [bool(reading.findings) for reading in self._read(self.sentences)]
        assert any(has_findings), "nothing is found in any sentence"
        assert not all(has_findings), "something is found even in sentences without words"

    def test_readings_use_the_words_of_the_records(self) -> None:
        for sentence, reading in zip(self.sentences, self._read(self.sentences), strict=True):
            where = repr(sentence.text[:60])
            assert reading.sentiment in SENTIMENTS, f"{where}: sentiment {reading.sentiment!r}"
            assert reading.emotion in EMOTIONS, f"{where}: emotion {reading.emotion!r}"
            assert reading.severity in SEVERITIES, f"{where}: severity {reading.severity!r}"
            assert reading.quadrant in QUADRANTS, f"{where}: quadrant {reading.quadrant!r}"
            assert reading.basis in ("stated", "inferred"), f"{where}: basis {reading.basis!r}"
            assert -1 <= reading.sentiment_score <= 1, f"{where}: sentiment_score {reading.sentiment_score}"
            assert 0 <= reading.severity_score <= 1, f"{where}: severity_score {reading.severity_score}"
            assert reading.holder in HOLDERS, f"{where}: holder {reading.holder!r}"
            assert 0 <= reading.quadrant_probability <= 1, f"{where}: quadrant {reading.quadrant_probability}"
            assert 0 <= reading.worth <= 1, f"{where}: worth {reading.worth}"

    def test_disclosures_are_of_known_fields_at_places_inside_the_sentence(self) -> None:
        for sentence, reading in zip(self.sentences, self._read(self.sentences), strict=True):
            fields = [one.field for one in reading.disclosures]
            in_order = [field for field in DISCLOSURES if field in fields]
            assert fields == in_order, (
                f"{sentence.text[:60]!r}: {fields} are not known fields in their order, each once"
            )
            for disclosed in reading.disclosures:
                _check_disclosed(sentence, disclosed)

    def test_a_sentence_is_read_the_same_whatever_stands_beside_it(self) -> None:
        together = self._read(self.sentences)
        assert together == self._read(self.sentences), "a second reading differs"
        assert together == [self._read([one])[0] for one in self.sentences], "a sentence reads otherwise when alone"
        assert together == self._read(self.sentences[::-1])[::-1], "a sentence reads otherwise in another order"


def _check_finding(sentence: Sentence, finding: Finding) -> None:
    where = f"{sentence.text[:60]!r}, {finding.kind}"
    assert finding.kind in MENTION_KINDS, f"{where}: an unknown kind"
    assert 0 <= finding.start < finding.end <= len(sentence.text), f"{where}: {finding.start}:{finding.end}"
    assert sentence.text[finding.start : finding.end].strip(), f"{where}: a quote without words"
    assert 0 <= finding.probability <= 1, f"{where}: probability {finding.probability}"
    assert finding.reasons, f"{where}: without a reason that a researcher can check"
    assert all(reason.strip() for reason in finding.reasons), f"{where}: an empty reason"
    start, end = finding.statement
    assert finding.start <= start < end <= finding.end, f"{where}: a statement outside of its quote, {start}:{end}"
    assert finding.what in (None, *WHATS[finding.kind]), f"{where}: what {finding.what!r}"
    whole = f"{sentence.text} {sentence.context}".casefold()
    assert (finding.thing or "").casefold() in whole, f"{where}: thing {finding.thing!r} holds words that nobody said"


def _check_disclosed(sentence: Sentence, disclosed: Disclosed) -> None:
    where = f"{sentence.text[:60]!r}, {disclosed.field}"
    assert 0 <= disclosed.start < disclosed.end <= len(sentence.text), f"{where}: {disclosed.start}:{disclosed.end}"
    quote = sentence.text[disclosed.start : disclosed.end]
    assert quote.strip(), f"{where}: a quote without words"
    assert 0 <= disclosed.probability <= 1, f"{where}: probability {disclosed.probability}"
    assert disclosed.thing is None or disclosed.thing in quote, (
        f"{where}: thing {disclosed.thing!r} is not of the quote"
    )
