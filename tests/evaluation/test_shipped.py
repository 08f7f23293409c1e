"""What is measured beside F1: talk in its context, what a study marks, each kind of source, the surest errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from plain_extractor import Plain, run, value

from voc_engine.evaluation.goldsets import find
from voc_engine.evaluation.mistakes import pages
from voc_engine.evaluation.task import Row, Task
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.records import MENTION_KINDS, SEVERITIES


class InContext(Plain):
    """Knows that "Every day." is bad only after a crash; notes what stands before each sentence."""

    def read(self, sentences: Sequence[Sentence], vectors: Any = None) -> list[Reading]:
        self.given += [f"{one.kind} | {one.context} | {one.text}" for one in sentences]
        return [
            self._reading(f"{one.context} {one.text}" if one.text == "Every day." else one.text) for one in sentences
        ]


def test_talk_is_measured_in_its_context_against_each_reader(gold: Path) -> None:
    extractor = InContext()
    found = run(find(gold, only=["talk"]).tasks, extractor)
    assert "interview | How is the export? It crashes. | Every day." in extractor.given
    # The first reader has both as pains, the second only the first of them: 1 and 2 * 1 / (2 + 1).
    pain = found["talk-pain_point"]
    assert value(pain) == pytest.approx((1 + 2 / 3) / 2)
    assert (pain.precision, pain.recall) != (None, None)
    assert pain.precision is not None
    assert pain.recall is not None
    assert pain.precision.value == pytest.approx((1 + 1 / 2) / 2)
    assert pain.recall.value == 1.0
    assert pain.average_precision is not None
    # Both are given .9, before all else: they are one step of the ranking, of which half is right for the second reader.
    assert pain.average_precision.value == pytest.approx((1 + 1 / 2) / 2)
    assert pain.best == pytest.approx(2 / 3)
    # A sentence alone is not enough to see the second.
    assert value(run(find(gold, only=["talk"]).tasks)["talk-pain_point"]) == pytest.approx((2 / 3 + 1) / 2)


def test_the_mean_of_talk_is_that_of_its_kinds(gold: Path) -> None:
    found = run(find(gold, only=["talk"]).tasks, InContext())
    each = [value(found[f"talk-{kind}"]) or 0.0 for kind in ("pain_point", "goal", "delight")]
    assert value(found["talk-kinds"]) == pytest.approx(sum(each) / 3)


def test_worth_is_asked_of_what_is_marked(gold: Path) -> None:
    # Marked are two pains and two delights; the first reader would mark three of them, the second two.
    worth = run(find(gold, only=["talk"]).tasks, InContext())["talk-worth"]
    assert value(worth) == pytest.approx((3 / 4 + 2 / 4) / 2)


class Unworthy(Plain):
    """Sees kinds everywhere and holds nothing for worth a mark."""

    def _reading(self, text: str) -> Reading:
        return replace(super()._reading(text), worth=0.2)


class Off(Plain):
    """Does not mark pain in what it reads."""

    def _reading(self, text: str) -> Reading:
        return replace(super()._reading(text), off=("pain_point",))


@pytest.mark.parametrize("extractor", [Unworthy(), Off()])
def test_what_a_study_does_not_keep_is_not_marked(gold: Path, extractor: Plain) -> None:
    found = run(find(gold, only=["talk"]).tasks, extractor)["talk-pain_point"]
    (at,) = found.kinds
    assert (at.marked, at.n, at.true) == (0, 5, 1.5)
    assert (value(found), at.precision) == (0.0, None)
    assert at.off == isinstance(extractor, Off)
    # How it ranks is told all the same.
    assert at.average_precision is not None
    assert at.average_precision.value > 0.5


def test_severity_is_measured_where_a_reader_gives_one() -> None:
    rows = tuple(
        Row(f"It is {word} late.", (first,), "interview", second=second)
        for word, first, second in (
            ("a bit", "low", ("low",)),
            ("an hour", "medium", ("high",)),
            ("for ever", "high", ()),
        )
    )
    task = Task("s", "severity", "kappa", SEVERITIES, rows)

    class Bands(Plain):
        def _reading(self, text: str) -> Reading:
            band = "low" if "bit" in text else "medium" if "hour" in text else "high"
            return replace(super()._reading(text), severity=band)

    result = run([task], Bands())["s"]
    # All three as the first says; for the second low is low and medium is high: 1 - 2 * 1 / (1 + 4 + 0 + 1).
    assert value(result) == pytest.approx((1 + 2 / 3) / 2)
    assert result.n == 3
    assert value(run([task], Plain())["s"]) == 0.0


def test_posts_without_pain_count_the_share_that_is_given_one(gold: Path) -> None:
    (task,) = [one for one in find(gold, only=["airline"]).tasks if one.name == "airline-false-pain"]
    assert value(run([task])["airline-false-pain"]) == 0.0
    assert not run([task])["airline-false-pain"].missed
    rude = replace(task, rows=(*task.rows, Row("It was late, thank you.", ())))
    result = run([rude])["airline-false-pain"]
    assert value(result) == pytest.approx(1 / 3)
    assert result.missed


def test_every_condition_of_a_trap_has_to_hold(gold: Path) -> None:
    # "Great, it crashes." is called bad, "Great, as a brick." good.
    assert value(run(find(gold, only=["sentiment-traps"]).tasks)["sentiment-traps"]) == pytest.approx(2 / 3)


def test_kinds_are_told_for_each_kind_of_source() -> None:
    rows = (
        Row("It was late.", ("pain_point",), "review"),
        Row("It was rude.", (), "review"),
        Row("It crashes.", ("pain_point",), "ticket"),
        Row("It is blue.", (), "ticket"),
    )
    kinds = run([Task("k", "kinds", "F1", ("pain_point",), rows)])["k"].kinds
    told = [(at.source, at.n, at.true, at.marked, at.precision and at.precision.value) for at in kinds]
    assert told == [("all", 4, 2, 3, pytest.approx(2 / 3)), ("review", 2, 1, 2, 0.5), ("ticket", 2, 1, 1, 1.0)]


def test_the_surest_errors_come_first_and_few_are_kept() -> None:
    class Graded(Plain):
        def _reading(self, text: str) -> Reading:
            kinds = dict.fromkeys(MENTION_KINDS, 0.0)
            kinds["pain_point"] = int("".join(filter(str.isdigit, text)) or 0) / 100
            return replace(super()._reading(text), probabilities=kinds)

    rows = tuple(Row(f"Number {at}", ("pain_point",) if at < 50 else ()) for at in range(100))
    found = run([Task("g", "kinds", "F1", ("pain_point",), rows)], Graded())["g"].mistakes
    wrong, missed = [one for one in found if one.wrong], [one for one in found if not one.wrong]
    assert [one.row.text for one in wrong] == [f"Number {at}" for at in range(99, 79, -1)]
    assert [one.row.text for one in missed] == [f"Number {at}" for at in range(20)]


def test_what_the_readers_do_not_agree_on_is_no_error() -> None:
    rows = (Row("It was late.", ("pain_point",), second=()), Row("It is blue.", (), second=("pain_point",)))
    result = run([Task("d", "kinds", "F1", ("pain_point",), rows)])["d"]
    assert result.mistakes == []


def test_a_page_of_errors_tells_the_words_the_truth_and_what_stands_before() -> None:
    rows = (
        Row("It was *late*,\nagain.", ("delight",), "interview", context="How <b>was</b> it?"),
        Row("It is blue.", ("pain_point",)),
        Row("It is red.", ()),
    )
    found = run([Task("a b/c", "kinds", "F1", ("pain_point",), rows), Task("fine", "kinds", "F1", ("goal",), rows[2:])])
    written = pages(list(found.values()), "plain")
    assert list(written) == ["index.md", "a-b-c.md"]
    assert "[a b/c](a-b-c.md): pain_point, 1 wrong and 1 missed" in written["index.md"]
    wrong, missed = written["a-b-c.md"].split("## Surest missed")
    assert r"- 0.90 · interview · delight: It was \*late\*, again. (after: How \<b\>was\</b\> it?)" in wrong
    assert "- 0.10 · review · pain_point: It is blue." in missed
    assert "red" not in written["a-b-c.md"]


def test_without_errors_the_index_says_so() -> None:
    assert (
        "None."
        in pages(list(run([Task("t", "kinds", "F1", ("goal",), (Row("It is red.", ()),))]).values()), "plain")[
            "index.md"
        ]
    )
