"""Readers of the gold sets: what becomes a row, with which gold, and what is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold_folder import ASIDE_CON, ASIDE_PLATE, ASIDE_PRO, FILES, KNOWN_PLATE, make

from voc_engine.errors import ConfigError
from voc_engine.evaluation.goldsets import SETS, find
from voc_engine.evaluation.sets import suggestions
from voc_engine.evaluation.sets.aspects import about
from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.sets.own import tasks_of
from voc_engine.evaluation.sets.rates import thinned
from voc_engine.evaluation.split import held_out, normalised
from voc_engine.evaluation.task import MEASURES, QUESTIONS, Row, Task


def task(gold: Path, name: str) -> Task:
    return next(one for one in find(gold, only=[name]).tasks if one.name == name)


def golds(gold: Path, name: str) -> list[tuple[str, ...]]:
    return [row.gold for row in task(gold, name).rows]


def test_every_set_is_read(gold: Path) -> None:
    found = find(gold)
    assert [one.name for one in found.tasks] == [one.name for one in SETS]
    assert found.missing == ()
    assert {one.question for one in found.tasks} == set(QUESTIONS)
    assert {one.measure for one in found.tasks} == set(MEASURES)
    assert all(one.rows for one in found.tasks)


def test_gold_values(gold: Path) -> None:
    assert golds(gold, "suggestions-A") == [("request",), (), ("request",), ()]
    assert golds(gold, "goemotions") == [("anger",), ("joy", "surprise"), ("neutral",)]
    assert golds(gold, "airline-sentiment") == [("negative",), ("positive",), ("neutral",), ("negative",)]
    assert golds(gold, "voc-dev-kinds") == [("pain_point",), ("request", "goal"), ("delight",), ()]
    assert golds(gold, "voc-dev-sentiment") == [("negative",), ("neutral",), ("positive",), ("neutral",)]
    assert golds(gold, "voc-dev-quadrant") == [("does",), ("says",), ("feels",), ("says",)]
    assert [row.kind for row in task(gold, "voc-dev-kinds").rows] == ["review", "post", "post", "ticket"]


def test_a_pain_point_is_a_negative_post_with_a_reason(gold: Path) -> None:
    assert golds(gold, "airline-pain") == [("pain_point",), (), (), ()]


def test_the_sign_is_that_of_the_sum_and_a_sum_of_nothing_is_no_row(gold: Path) -> None:
    assert golds(gold, "product-reviews") == [("positive",), ("negative",)]
    learnt = task(gold, "product-reviews").training
    assert learnt is not None
    assert sorted({labels for _, labels in learnt() or ()}) == [("negative",), ("positive",)]
    assert not {text for text, _ in learnt() or ()} & {row.text for row in task(gold, "product-reviews").rows}


def test_posts_that_are_not_negative_are_asked_for_false_pain(gold: Path) -> None:
    found = task(gold, "airline-false-pain")
    assert [row.text for row in found.rows] == ["Thank you for the great flight!", "Do you fly to Rome?"]
    assert found.falls


def test_the_natural_rate_keeps_what_is_not_and_thins_what_is(gold: Path) -> None:
    rows = task(gold, "suggestions-A-natural").rows
    assert [row.gold for row in rows].count(("request",)) == 2
    assert [row.gold for row in rows].count(()) == 18
    assert rows == task(gold, "suggestions-A-natural").rows
    # Which ones stay is decided by their words: not by their order, not by what stands beside them.
    shuffled = thinned(tuple(reversed(forum_rows(gold))), 0.1)
    assert {row.text for row in shuffled} == {row.text for row in rows}


def forum_rows(gold: Path) -> tuple[Row, ...]:
    path = gold / "gold/suggestions-A-train.csv"
    return suggestions.forum(Source(path, gold))


def test_where_too_few_are_true_none_is_dropped() -> None:
    rows = (Row("a", ("request",)), *(Row(f"b {at}", ()) for at in range(30)))
    assert thinned(rows, 0.1) == rows


def test_talk_is_read_after_what_stands_before_it_in_its_window(gold: Path) -> None:
    rows = task(gold, "talk-kinds").rows
    assert [(row.text, row.context) for row in rows] == [
        ("It crashes.", "How is the export?"),
        ("Every day.", "How is the export? It crashes."),
        ("I love the search.", ""),
        ("That is great.", "I love the search."),
        ('I want it to "sync".', "I love the search. That is great."),
    ]
    assert {row.kind for row in rows} == {"interview"}


def test_talk_keeps_what_each_reader_says(gold: Path) -> None:
    kinds = [(row.gold, row.second) for row in task(gold, "talk-kinds").rows]
    assert kinds[1] == (("pain_point",), ())
    assert kinds[2] == (("delight", "goal"), ("delight",))
    assert [(row.gold, row.second) for row in task(gold, "talk-worth").rows][:2] == [
        (("worth",),) * 2,
        (("worth",), ()),
    ]
    # Where no reader gives a band there is nothing to measure.
    assert [(row.gold, row.second) for row in task(gold, "talk-severity").rows] == [
        (("medium",), ("low",)),
        (("high",), ()),
    ]


def test_a_trap_is_told_as_the_conditions_that_have_to_hold(gold: Path) -> None:
    rows = task(gold, "sentiment-traps").rows
    assert [row.gold for row in rows] == [
        ("positive", "delight", "not pain_point"),
        ("negative or neutral", "not delight"),
        ("negative",),
    ]
    assert {row.kind for row in rows} == {None}


def test_an_aspect_pair_counts_once_and_an_implied_aspect_has_no_words(gold: Path) -> None:
    assert golds(gold, "acos-laptop") == [("track pad | negative",), ("NULL | positive",)]


def test_only_the_tenth_is_measured_and_only_the_rest_teaches(gold: Path) -> None:
    assert [row.text for row in task(gold, "pros-cons").rows] == [ASIDE_CON, ASIDE_PRO]
    terms = task(gold, "mams")
    assert [(row.text, row.gold) for row in terms.rows] == [(ASIDE_PLATE, ("positive",)), (ASIDE_PLATE, ("negative",))]
    assert [row.text[slice(*(row.term or ()))] for row in terms.rows] == ["soup", "waiter"]
    assert terms.rows[0].focus == "The soup was great"
    for name in ("pros-cons", "mams"):
        learnt = task(gold, name).training
        assert learnt is not None
        assert learnt()
        assert not any(held_out(text) for text, _ in learnt() or () if name == "pros-cons")
    assert terms.training is not None
    assert (terms.training() or ())[0] == ("The tea was awful", ("negative",))


def test_a_named_file_is_measured_whole_and_teaches_nothing(gold: Path) -> None:
    found = find(None, {"mams": gold / "gold/mams-train.csv", "airline": gold / "posts/us-airline-tweets.csv"})
    assert [one.name for one in found.tasks] == ["airline-sentiment", "airline-pain", "airline-false-pain", "mams"]
    assert {row.text for row in found.tasks[3].rows} == {ASIDE_PLATE, KNOWN_PLATE}
    assert found.tasks[3].training is not None
    assert found.tasks[3].training() is None


def test_sets_that_are_evaluated_only_teach_nothing(gold: Path) -> None:
    teaching = {one.name for one in find(gold).tasks if one.training is not None}
    assert teaching == {"goemotions", "product-reviews", "mams", "pros-cons"}


def test_a_comment_with_two_emotions_teaches_none(gold: Path) -> None:
    learnt = task(gold, "goemotions").training
    assert learnt is not None
    assert {labels for _, labels in learnt() or ()} == {("anger",), ("joy",), ("neutral",)}
    (gold / "gold/goemotions-ekman-train.tsv").unlink()
    assert learnt() is None


def test_suggestions_come_with_and_without_a_header_and_in_any_encoding(gold: Path) -> None:
    path = gold / "gold/suggestions-B-trial.csv"
    path.write_bytes("1,Try the cr\u00eape\u2019s.,1\n2,No.,0\n".encode("cp1252"))
    assert [(row.text, row.gold) for row in task(gold, "suggestions-B").rows] == [
        ("Try the cr\u00eape\u2019s.", ("request",)),
        ("No.", ()),
    ]


def test_missing_files_are_told(tmp_path: Path) -> None:
    found = find(make(tmp_path, "gold/mams-train.csv", "gold/negation_pairs.tsv"))
    assert found.missing == (
        ("mams", str(tmp_path / "gold/mams-train.csv")),
        ("negation-pairs", str(tmp_path / "gold/negation_pairs.tsv")),
    )


def test_sets_that_come_with_the_project_are_found_there(tmp_path: Path) -> None:
    gold, shipped = make(tmp_path / "a", "gold/negation_pairs.tsv"), make(tmp_path / "b")
    assert find(gold, shipped=shipped).missing == ()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("gold/suggestions-A-trial.csv", "id,sentence,label\n1,a,1\n2,b,yes\n", "row 3"),
        ("gold/goemotions-ekman-dev.tsv", "text\t9\tid\n", "labels are numbers from 0 to 6"),
        ("gold/voc-dev.tsv", "id\ttext\n1\ta\n", "has no column 'kind', 'labels'"),
        ("gold/acos-laptop-dev.tsv", "a b .\t0,1 X 7 1,2\n", "0,1 X 7 1,2"),
        ("gold/mams-train.csv", "task,text,aspect,polarity\nATSA,a b,a,mixed\n", "'mixed'"),
        ("gold/pros-cons-train.csv", "label,text\nmaybe,a\n", "'maybe'"),
        ("posts/us-airline-tweets.csv", "text,airline_sentiment,negativereason\na,sad,\n", "'sad'"),
        ("gold/windows/windows-dev.tsv", FILES["gold/windows/windows-dev.tsv"].replace("D,G", "D,X"), "row 5"),
        ("gold/windows/windows-dev.tsv", FILES["gold/windows/windows-dev.tsv"].replace("\tm\tl", "\tm\tq"), "row 3"),
        (
            "gold/windows/windows-dev.tsv",
            FILES["gold/windows/windows-dev.tsv"].replace("\t1\t1\tm", "\t1\t2\tm"),
            "row 3",
        ),
        ("cases/sentiment-traps/expected.json", '{"rows": [{"text": "a", "sentiment": ["sad"]}]}', "'sad'"),
        ("cases/sentiment-traps/expected.json", "[]", "sentiment"),
        ("gold/negation_pairs.tsv", FILES["gold/negation_pairs.tsv"].replace("\tpositive", "\tnegative"), "row 2"),
    ],
)
def test_a_file_in_another_form_is_an_error_that_says_where(gold: Path, name: str, text: str, told: str) -> None:
    (gold / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        find(gold)
    assert told in str(error.value)
    assert Path(name).name in str(error.value)


def test_an_unknown_set_gets_the_nearest_name(gold: Path) -> None:
    with pytest.raises(ConfigError, match="suggestion-A") as error:
        find(gold, {"suggestion-A": gold})
    assert "did you mean 'suggestions-A'?" in str(error.value)


def test_the_clause_about_a_term() -> None:
    text = "The decor is not special, but their food and prices make up for it."
    assert about(text, (4, 9)) == "The decor is not special"
    assert about(text, (text.index("food"), text.index("food") + 4)) == "their food"
    assert about("soup", (0, 4)) == "soup"


def test_a_term_that_the_set_cut_is_found_and_a_lost_one_blocks_no_other(tmp_path: Path) -> None:
    text = "No table space, they wait for tables near the bar."
    terms = ("table space", "table s", "garden", "bar")
    path = tmp_path / "terms.csv"
    path.write_text("task,text,aspect,polarity\n" + "".join(f'ATSA,"{text}",{one},neutral\n' for one in terms))
    (found,) = find(None, {"mams": path}).tasks
    places = [row.text[slice(*(row.term or ()))] for row in found.rows]
    assert places == ["table space", "tables", text, "bar"]


def test_texts_that_differ_in_case_and_stops_are_on_one_side() -> None:
    assert normalised("  The Soup -- was_hot!") == "the soup was_hot"
    texts = [f"text number {number}" for number in range(2000)]
    assert [held_out(text.upper() + " !!") for text in texts] == [held_out(text) for text in texts]
    assert 150 < sum(map(held_out, texts)) < 250


def test_own_labels_become_a_task_per_column(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("review,pain_point,emotion,stars\nIt broke.,1,anger,1\nOk.,0,,3\nNice.,,joy,5\n,1,joy,5\n")
    pain, emotion = tasks_of(path, "review")
    assert [(row.text, row.gold) for row in pain.rows] == [("It broke.", ("pain_point",)), ("Ok.", ())]
    assert (pain.measure, emotion.measure) == ("F1", "macro-F1")
    assert [row.gold for row in emotion.rows] == [("anger",), ("joy",)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("text,pain_point\na,0.93\n", "pain_point '0.93'"),
        ("text,mood\na,b\n", "no column of labels"),
        ("review,goal\na,1\n", "no column 'text'"),
        ("text,goal\n", "no labelled row"),
    ],
)
def test_own_labels_that_cannot_be_used_are_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        tasks_of(path, "text")
    assert told in str(error.value)
