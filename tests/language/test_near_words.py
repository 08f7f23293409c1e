"""Words near in meaning: from what somebody types to what a study says."""

from __future__ import annotations

from voc_engine.language.near_words import MOST_NEAR, near_words, shipped

SAID = (
    "I never got my money back.",
    "They kept my money back then.",
    "It costs too much.",
    "The password was refused and I could not get in.",
    "My dog likes the beach.",
)


def near(word: str) -> list[str]:
    found = near_words(SAID)
    return [found.own[place] for place, _ in found.of.get(word, ())]


def test_what_is_asked_in_one_word_is_found_in_another() -> None:
    assert near("refund")[0] == "money back"
    assert "costs" in near("expensive")
    assert "password" in near("login")
    assert near("asteroid") == []


def test_the_nearest_come_first_and_a_word_does_not_lead_to_itself() -> None:
    found = near_words(SAID)
    for word, several in found.of.items():
        hundredths = [value for _, value in several]
        assert hundredths == sorted(hundredths, reverse=True)
        assert len(several) <= MOST_NEAR
        assert not any(word in found.own[place] for place, _ in several)
    assert {place for several in found.of.values() for place, _ in several} == set(range(len(found.own)))


def test_a_large_study_is_asked_by_its_commonest_words() -> None:
    texts = [*SAID, "It costs a lot.", "Costs rise."]
    assert near_words(texts, most_own=1).own == ("costs",)
    assert near_words((), most_own=1).of == {}


def test_sums_are_whole_numbers_that_single_precision_holds() -> None:
    """Another order of adding, on another machine, may not change what is near."""
    rows = shipped().rows
    assert (rows == rows.round()).all()
    assert rows.shape[0] == len(shipped().terms)
    assert (abs(rows) @ abs(rows).max(axis=0)).max() < 2**24
