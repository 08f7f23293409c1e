"""What is asked of an extractor and how its answers count, with extractors whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from plain_extractor import Plain, embed, run, split, value

from voc_engine.evaluation.baselines import sample
from voc_engine.evaluation.goldsets import find
from voc_engine.evaluation.measuring import evaluate, sampled, texts
from voc_engine.evaluation.task import Examples, Row, Task
from voc_engine.mentions.contract import Aspect
from voc_engine.mentions.row_labelling import Labeller


class Aspects(Plain):
    """Finds the track pad, and an implied thing wherever something is loved."""

    def aspects(self, text: str) -> tuple[Aspect, ...]:
        at = text.find("track pad")
        found = [Aspect(at, at + 9, "negative", 0.9)] * 2 if at >= 0 else []
        if "love" in text:
            found.append(Aspect(0, 0, "positive", 0.9))
        if "food" in text:
            found.append(Aspect(text.index("the food"), text.index("food") + 4, "negative", 0.9))
        if "waiter" in text:
            found.append(Aspect(text.index("waiter"), text.index("waiter") + 6, "neutral", 0.9))
        return tuple(found)


class Terms(Plain):
    """Can be asked for a term."""

    def polarity_of(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
        words = [text[start:end] for text, (start, end) in zip(texts, spans, strict=True)]
        return ["negative" if word == "waiter" else "positive" for word in words]


def test_figures_that_can_be_counted_by_hand(gold: Path) -> None:
    found = run(find(gold).tasks)
    assert value(found["suggestions-A"]) == 1.0
    # Late is a pain with a reason; "@air awful" is said to be one and has no reason: 2 * 1 / (2 + 1).
    assert value(found["airline-pain"]) == pytest.approx(2 / 3)
    assert value(found["pros-cons"]) == 1.0
    assert value(found["negation-pairs"]) == 1.0
    # "excellent" is right, "terrible" has no score: no side is a wrong answer.
    assert value(found["product-reviews"]) == 0.5
    assert found["suggestions-A"].calibration == pytest.approx(0.2)
    # One emotion is said of all: neutral is right once in three, of four classes that are said or true.
    assert value(found["goemotions"]) == pytest.approx((2 * 1 / (3 + 1)) / 4)
    assert found["goemotions"].calibration is None


def test_a_sentence_is_read_once_over_all_sets(gold: Path) -> None:
    extractor = Plain()
    run(find(gold).tasks, extractor)
    assert len(extractor.given) == len(set(extractor.given))
    assert "I love the calendar." in extractor.given


def test_aspect_pairs_need_the_same_words_and_the_same_side(gold: Path) -> None:
    found = run(find(gold, only=["acos-laptop", "acos-rest16"]).tasks, Aspects())
    assert value(found["acos-laptop"]) == 1.0
    assert value(found["acos-rest16"]) == 0.0
    assert value(run(find(gold, only=["acos-laptop"]).tasks)["acos-laptop"]) == 0.0
    assert found["acos-laptop"].figures["vader"] is None


def test_a_short_text_of_two_sentences_is_read_as_label_reads_it() -> None:
    """Regression: its sentences were looked up one by one, and had not been read one by one."""
    text = "It was late.  So was the food."
    pairs = Task("p", "aspects", "pair F1", (), (Row(text, ("the food | negative",)),))
    term = Task("t", "polarity of term", "accuracy", ("negative",), (Row(text, ("negative",), term=(21, 29)),))
    found = run([pairs, term], Aspects())
    assert (value(found["p"]), value(found["t"])) == (1.0, 1.0)


def test_a_term_is_asked_for_where_it_can_be(gold: Path) -> None:
    tasks, terms = find(gold, only=["mams"]).tasks, Terms()
    assert value(run(tasks, terms)["mams"]) == 1.0
    assert terms.given == ["The button does not work."]
    assert run(tasks, terms)["mams"].rows_per_second is not None


def test_else_the_found_aspect_or_the_clause_tells_its_polarity(gold: Path) -> None:
    tasks = find(gold, only=["mams"]).tasks
    assert value(run(tasks, Plain())["mams"]) == 1.0
    # The waiter is found, and called neutral, against the clause: positive 1, neutral 0, negative 0.
    assert value(run(tasks, Aspects())["mams"]) == pytest.approx(1 / 3)


def test_pairs_that_get_one_polarity_are_not_told_apart() -> None:
    rows = (Row("It is easy.", ("apart",), other="It is not easy."), Row("Fine.", ("apart",), other="Not fine."))
    found = run([Task("pairs", "apart", "accuracy", ("apart",), rows, 1.0)])
    assert value(found["pairs"]) == 0.5
    assert found["pairs"].missed


def test_a_text_without_a_word_is_a_wrong_answer_and_not_an_error() -> None:
    rows = (Row("...", ("neutral",)), Row("It rains.", ("neutral",)))
    found = run([Task("t", "sentiment", "macro-F1", ("negative", "neutral"), rows)])
    assert value(found["t"]) == pytest.approx(2 / 3)


def test_a_text_in_another_language_gets_no_labels_as_in_label() -> None:
    rows = (Row("Das ist great.", ("positive",)), Row("It is great.", ("positive",)))
    task = Task("t", "sentiment", "accuracy", ("positive",), rows)
    labeller = Labeller(Plain(), split, embed, lambda text: "de" if "Das" in text else None, "en")
    (result,) = evaluate([task], labeller)
    assert (value(result), result.n_unread) == (0.5, 1)
    pairs = Task("p", "aspects", "pair F1", (), (Row("Das ist the food.", ("the food | negative",)),))
    (result,) = evaluate([pairs], Labeller(Aspects(), split, embed, lambda text: "de", "en"))
    assert value(result) == 0.0


def test_baselines_are_fitted_only_where_there_is_something_to_learn(gold: Path) -> None:
    found = run(find(gold).tasks, baselines=True)
    fitted = {name for name, result in found.items() if result.figures["words"] is not None}
    assert fitted == {"goemotions", "product-reviews", "mams", "pros-cons"}
    assert fitted == {name for name, result in found.items() if result.figures["vectors"] is not None}
    assert all(result.figures["words"] is None for result in run(find(gold).tasks).values())


def test_words_alone_learn_what_the_words_tell() -> None:
    rows = (Row("a weak lens", ("negative",)), Row("a sharp flash", ("positive",)))
    known: Examples = [(f"{word} thing {at}", (mood,)) for at in range(9) for word, mood in MOODS]
    task = Task("t", "sentiment", "macro-F1", ("negative", "positive"), rows, training=lambda: known)
    result = run([task], baselines=True)["t"]
    assert value(result, "words") == 1.0


MOODS = (("weak", "negative"), ("sharp", "positive"))


def test_kinds_learn_from_given_labels_that_hold_every_kind() -> None:
    rows = (Row("please add tabs", ("request",)), Row("it broke", ("pain_point",)))
    task = Task("t", "kinds", "mean F1", ("pain_point", "request"), rows)
    request: Examples = [(f"please add {at}", ("request",)) for at in range(9)] + [
        (f"it broke {at}", ()) for at in range(9)
    ]
    pain: Examples = [(text, () if labels else ("pain_point",)) for text, labels in request]
    assert value(run([task], baselines=True, examples={"request": request})["t"], "words") is None
    both = {"request": request, "pain_point": pain}
    assert value(run([task], baselines=True, examples=both)["t"], "words") == 1.0


def test_a_lexicon_answers_questions_of_sentiment_only(gold: Path) -> None:
    found = run(find(gold).tasks)
    asked = {name for name, result in found.items() if result.figures["vader"] is not None}
    assert asked == {
        "airline-sentiment", "airline-pain", "airline-false-pain", "product-reviews", "voc-dev-pain_point",
        "voc-dev-sentiment", "mams", "pros-cons", "negation-pairs",
    }  # fmt: skip
    assert asked == {name for name, result in found.items() if result.figures["textblob"] is not None}
    assert value(found["product-reviews"], "vader") == 1.0


def test_a_limit_takes_the_same_rows_each_time_and_for_sets_of_one_file() -> None:
    rows = tuple(Row(f"text {number}", ("request",) if number % 2 else ()) for number in range(50))
    task, other = Task("a", "kinds", "F1", ("request",), rows), Task("b", "kinds", "F1", ("request",), rows)
    assert [row.text for row in sampled(task, 10).rows] == [row.text for row in sampled(other, 10).rows]
    drawn = sampled(task, 10).rows
    assert len(drawn) == 10
    assert drawn != rows[:10]
    assert list(drawn) == sorted(drawn, key=rows.index)
    assert texts([task, other], 10) == 10
    result = run([task], limit=10)["a"]
    assert (result.n, result.n_all) == (10, 50)


def test_a_cap_draws_the_same_examples_and_keeps_their_order() -> None:
    known: Examples = [(f"text {number}", ("a",)) for number in range(40)]
    drawn = sample(known, 7)
    assert len(drawn) == 7
    assert drawn == sorted(drawn, key=known.index)
    assert drawn == sample(known, 7) != known[:7]


def test_progress_is_told_of_every_text(gold: Path) -> None:
    done: list[int] = []
    tasks = find(gold, only=["suggestions-A", "airline"]).tasks
    run(tasks, advance=done.append)
    assert sum(done) == texts(tasks, None) == 8
