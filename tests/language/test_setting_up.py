"""Words about setting something up."""

from __future__ import annotations

import pytest

from voc_engine.language.setting_up import tells_of_setting_up


@pytest.mark.parametrize("text", [
    "Setting up the account was a faff", "it will not install", "You have to sign up before you see a price",
    "The setup wizard froze", "took two days to set the whole thing up", "Importing our clients lost every second one",
    "creating an account for each practice", "I couldn't register", "they set it up for us",
])  # fmt: skip
def test_setting_up_is_told(text: str) -> None:
    assert tells_of_setting_up(text)


@pytest.mark.parametrize("text", [
    "No sign-up needed", "The app I did not install", "we never signed up", "I set the table", "a sign on the door",
    "my upset stomach", "an important date", "without any setup",
])  # fmt: skip
def test_other_words_do_not_tell_of_it(text: str) -> None:
    assert not tells_of_setting_up(text)
