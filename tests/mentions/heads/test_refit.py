"""Which sentence a text's label speaks of, and what the card says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_heads import whole_heads

from voc_engine.errors import ConfigError
from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.heads.adapt import Moved
from voc_engine.mentions.heads.card import FILES, Training, card, save
from voc_engine.mentions.heads.linear import NUMBERS, OUTPUTS, content_of, load_heads
from voc_engine.mentions.heads.linear import SETTINGS as HEADS_SETTINGS
from voc_engine.mentions.heads.refit import Text, targets


def said(*texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text) for text in texts)


def at(group: str, name: str) -> int:
    return OUTPUTS.index((group, name))


def odds(count: int, **given: list[float]) -> np.ndarray:
    """Log-odds of 0 but for the outputs named."""
    found = np.zeros((count, len(OUTPUTS)))
    for name, values in given.items():
        group = "sentiment" if name in ("negative", "neutral", "positive") else "kinds"
        found[:, at(group, name)] = values
    return found


def known(table: np.ndarray) -> dict[tuple[int, str], int]:
    return {
        (row, OUTPUTS[column][1]): int(table[row, column]) for row, column in zip(*np.nonzero(table >= 0), strict=True)
    }


def test_a_kind_is_in_the_sentence_that_speaks_most_of_it_and_of_the_others_nothing_is_known() -> None:
    table = targets([Text(said("a", "b", "c"), {"pain_point": "1"})], odds(3, pain_point=[-1, 2, 0]))
    assert known(table) == {(1, "pain_point"): 1}


def test_a_kind_that_is_not_there_is_in_no_sentence() -> None:
    texts = [
        Text(said("a", "b"), {"goal": "0"}),
        Text(
            said(
                "c",
            ),
            {"goal": "1"},
        ),
    ]
    assert known(targets(texts, odds(3))) == {(0, "goal"): 0, (1, "goal"): 0, (2, "goal"): 1}


def test_one_sentiment_is_there_and_the_others_are_not() -> None:
    table = targets([Text(said("a", "b"), {"sentiment": "negative"})], odds(2, negative=[-2, 1]))
    assert known(table) == {(1, "negative"): 1, (1, "neutral"): 0, (1, "positive"): 0}


@pytest.mark.parametrize(("advice", "expected"), [(1.0, "advice"), (-3.0, "request")])
def test_a_request_may_be_advice_whichever_is_likelier(advice: float, expected: str) -> None:
    """Regression: 'voc label' counts advice in, so advice that is labelled 0 stayed a request however often it was said."""
    texts = [
        Text(
            said(
                "a",
            ),
            {"request": "1"},
        ),
        Text(
            said(
                "b",
            ),
            {"request": "0"},
        ),
    ]
    table = targets(texts, odds(2, advice=[advice, 0.0], request=[-1.0, 0.0]))
    assert known(table) == {(0, expected): 1, (1, "request"): 0, (1, "advice"): 0}


def test_emotions_are_not_looked_at() -> None:
    assert (
        known(
            targets(
                [
                    Text(
                        said(
                            "a",
                        ),
                        {"emotion": "joy"},
                    )
                ],
                odds(1),
            )
        )
        == {}
    )


TOLD = (
    Moved(("kinds", "pain_point"), 64, 20, 0.5, 0.4, 0.372),
    Moved(("kinds", "goal"), 64, 20, 0.3, 0.31),
    Moved(("sentiment", "neutral"), 12, 6),
)
TRAINING = Training(
    "mine.csv", "heads.v1", 70, {"pain_point": 64, "goal": 64, "trigger": 0, "sentiment": 12, "emotion": 9}, 2, 4,
    ("emotion",), TOLD,
)  # fmt: skip


def test_the_card_says_what_was_kept_and_why() -> None:
    text = card(TRAINING)
    assert "| pain_point | 1 | 64 | 20 | 0.5000 | 0.4000 | 0.37 | refitted |" in text
    assert "| goal | 1 | 64 | 20 | 0.3000 | 0.3100 | – | kept: the labels do not improve it |" in text
    assert "| sentiment | neutral | 12 | 6 | – | – | – | kept: 12 labels, 16 are needed |" in text
    assert "| trigger | – | 0 | 0 | – | – | – | kept: 0 labels, 16 are needed |" in text
    assert "| emotion | – | – | – | – | – | – | not adaptable: the encoder alone reads it |" in text
    assert "- 2 rows without text were left out." in text
    assert "- 4 rows in another language than English were left out." in text
    assert "- 1 of 3 heads were refitted; those kept answer as before." in text


def test_heads_are_found_again_and_known_by_their_content(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(whole_heads(), TRAINING, tmp_path / name / "deep")
    one, two = (tmp_path / name / "deep" for name in ("one", "two"))
    assert sorted(path.name for path in one.iterdir()) == sorted(FILES)
    assert [(one / name).read_bytes() == (two / name).read_bytes() for name in FILES] == [True] * 3
    assert content_of(one) == content_of(two)
    assert load_heads(one).encoder == "abc"
    assert (load_heads(one).named == whole_heads().named).all()
    (two / HEADS_SETTINGS).write_text((two / HEADS_SETTINGS).read_text() + " ")
    assert content_of(one) != content_of(two)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be written"):
        save(whole_heads(), TRAINING, tmp_path / "taken")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (HEADS_SETTINGS, "{}"),
        (HEADS_SETTINGS, "[]"),
        (HEADS_SETTINGS, "no json"),
        (NUMBERS, "no numbers"),
        (HEADS_SETTINGS, '{"names": 3}'),
    ],
)
def test_foreign_files_are_no_heads(tmp_path: Path, name: str, content: str) -> None:
    save(whole_heads(), TRAINING, tmp_path)
    (tmp_path / name).write_text(content)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_heads(tmp_path)


def test_heads_of_other_features_are_of_another_version(tmp_path: Path) -> None:
    save(whole_heads(), TRAINING, tmp_path)
    text = (tmp_path / HEADS_SETTINGS).read_text()
    (tmp_path / HEADS_SETTINGS).write_text(text.replace('"source: review",', ""))
    with pytest.raises(ConfigError, match="another version"):
        load_heads(tmp_path)
