"""The log: nothing is ever lost, every step can be taken back and made again, what is withdrawn holds no longer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voc_engine.records import Decision, in_force
from voc_engine.store.decisions import Decisions, redoable, undoable


def renamed(value: str) -> Decision:
    return Decision("insight", "a", "rename", value)


def test_an_undone_step_uncovers_what_held_before_and_a_second_undo_brings_it_back(tmp_path):
    log = Decisions(tmp_path / "decisions.sqlite")
    log.append([renamed("First")])
    second = log.append([renamed("Second"), Decision("mention", "m", "reject")], "today")
    undone = log.undo(second, "today")
    assert log.in_force() == [renamed("First")]
    log.undo(undone)
    assert log.in_force() == [renamed("Second"), Decision("mention", "m", "reject")]
    assert [(one.step, one.holds, one.session) for one in log.log()] == [
        (1, True, None), (2, True, "today"), (2, True, "today"), (4, False, "today"), (5, True, None),
    ]  # fmt: skip


def test_what_held_when_a_run_read_it_is_known_for_ever(tmp_path):
    log = Decisions(tmp_path / "decisions.sqlite")
    step = log.append([renamed("First")])
    then = log.last()
    log.undo(step)
    assert log.in_force() == []
    assert log.in_force(then) == [renamed("First")]


def test_a_withdrawn_action_holds_no_longer_whatever_stood_before_it(tmp_path):
    log = Decisions(tmp_path / "decisions.sqlite")
    log.append([renamed("First"), renamed("Second"), Decision("insight", "a", "withdraw", "rename")])
    assert log.in_force() == []
    log.append([renamed("Third")])
    assert log.in_force() == [renamed("Third")]


def test_several_splits_and_comments_of_one_item_hold_side_by_side():
    several = [
        Decision("insight", "a", "split", "m1"), Decision("insight", "a", "split", "m2"),
        Decision("insight", "a", "comment", "one"), Decision("insight", "a", "comment", "two"),
    ]  # fmt: skip
    assert in_force(several) == several


@given(st.lists(st.tuples(st.sampled_from("dur"), st.integers(0, 5)), max_size=40))
def test_any_sequence_of_steps_undone_and_done_again_gives_the_state_of_a_plain_stack(tmp_path_factory, moves):
    """An undo takes back the last step that holds, a redo the last undo: as every editor does it."""
    log = Decisions(tmp_path_factory.mktemp("log") / "decisions.sqlite")
    done: list[Decision] = []
    undone: list[Decision] = []
    for move, number in moves:
        if move == "d":
            done.append(Decision("mention", f"m{number}", "relabel", ("goal", "request")[number % 2]))
            undone.clear()
            log.append(done[-1:], "s")
        elif move == "u" and (step := undoable(log.log(), "s")):
            undone.append(done.pop())
            log.undo(step, "s")
        elif move == "r" and (step := redoable(log.log(), "s")):
            done.append(undone.pop())
            log.undo(step, "s")
        assert log.in_force() == in_force(done)
        assert bool(undoable(log.log(), "s")) == bool(done)
        assert bool(redoable(log.log(), "s")) == bool(undone)
