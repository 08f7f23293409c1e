"""The built-in mention extractors, held to the kit; and an extractor with a fault, which the kit has to find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voc_engine.mentions.contract import Disclosed, Reading
from voc_engine.registry import component, names
from voc_engine.testing import MentionExtractorKit

HEADS = component("mention extractor", "heads.v1")


class TestHeads(MentionExtractorKit):
    extractor = HEADS


def test_no_mention_extractor_is_without_its_kit() -> None:
    assert names("mention extractor") == [HEADS.name]


class Faulty:
    """A built-in extractor with one promise broken."""

    name = "faulty.v1"
    needs_vectors = False

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def read(self, sentences, vectors=None):
        return [self._broken(one, len(sentences)) for one in HEADS.read(sentences)]

    def _broken(self, reading: Reading, beside: int) -> Reading:
        found = reading.findings
        if self.fault == "span":
            return replace(reading, findings=tuple(replace(one, end=one.end + 500) for one in found))
        if self.fault == "kind":
            return replace(reading, findings=tuple(replace(one, kind="complaint") for one in found))
        if self.fault == "words":
            return replace(reading, findings=tuple(replace(one, thing="a unicorn") for one in found))
        if self.fault == "field":
            return replace(reading, disclosures=(Disclosed("shoe size", 0, 1, 0.9),))
        if self.fault == "place":
            return replace(reading, disclosures=(Disclosed("occupation", 0, 9_999, 0.9),))
        if self.fault == "chance":
            return replace(reading, probabilities=dict.fromkeys(reading.probabilities, 1.01))
        if self.fault == "mood":
            return replace(reading, sentiment="mixed")
        return replace(reading, severity_score=1 / beside)


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("span", "test_findings_are_of_known_kinds_at_places_inside_the_sentence"),
        ("kind", "test_findings_are_of_known_kinds_at_places_inside_the_sentence"),
        ("field", "test_disclosures_are_of_known_fields_at_places_inside_the_sentence"),
        ("place", "test_disclosures_are_of_known_fields_at_places_inside_the_sentence"),
        ("words", "test_findings_are_of_known_kinds_at_places_inside_the_sentence"),
        ("chance", "test_every_kind_has_a_probability"),
        ("mood", "test_readings_use_the_words_of_the_records"),
        ("batch", "test_a_sentence_is_read_the_same_whatever_stands_beside_it"),
    ],
)
def test_the_kit_finds_the_fault(fault: str, test: str) -> None:
    kit = MentionExtractorKit()
    kit.extractor = Faulty(fault)
    with pytest.raises(AssertionError):
        getattr(kit, test)()
