"""A voice of one talk that a person knew again in another: both are one person, as long as both turns are there."""

from __future__ import annotations

from voc_engine.config import SourceConfig
from voc_engine.ingest.said_turns import mark_of_turn
from voc_engine.ingest.study_speakers import settle
from voc_engine.records import Batch, Decision, Document, Skipped, Utterance
from voc_engine.runners.settle import changes_of

Talk = tuple[Document, list[Utterance]]


def talk(
    name: str, asks: str, answers: str, lines: tuple[str, str] = ("What did you do before?", "I wrote it down.")
) -> Talk:
    text = "\n".join(lines)
    end = len(lines[0])
    turns = [
        Utterance(f"{name}-u0000", name, 0, None, asks, "interviewer", 0, end),
        Utterance(f"{name}-u0001", name, 1, None, answers, "participant", end + 1, len(text)),
    ]
    return Document(name, "interview", f"{name}.txt", "", answers, text), turns


def settled(talks: list[Talk], decisions: list[Decision]) -> tuple[dict[str, str], list[str]]:
    """Turn's id -> person, and the actions of the decisions that held."""
    read = [(([document], turns), SourceConfig(path="*.txt")) for document, turns in talks]
    changes, found = changes_of(read, decisions)
    batch = Batch.make(
        (Document, [one for one, _ in talks]),
        (Utterance, [turn for _, turns in talks for turn in turns]),
        (Skipped, []),
    )
    people = {one.utterance_id: one.person_id for one in settle(batch, changes).of(Utterance)}
    return people, [one.given.action for one in found]


def same(first: Talk, second: Talk) -> Decision:
    marks = ((mark_of_turn(document, turns[1]),) for document, turns in (first, second))
    evidence, value_evidence = marks
    ids = first[1][1].utterance_id, second[1][1].utterance_id
    return Decision("utterance", ids[0], "same", ids[1], evidence=evidence, value_evidence=value_evidence)


def test_the_voice_is_the_person_of_the_other_talk_and_nobody_else_changes() -> None:
    first, second = (
        talk("a", "name:lena", "speaker:a:2"),
        talk("b", "name:lena", "name:ida", ("And now?", "I still do.")),
    )
    people, held = settled([first, second], [same(first, second)])
    assert people == {"a-u0000": "name:lena", "a-u0001": "name:ida", "b-u0000": "name:lena", "b-u0001": "name:ida"}
    assert held == ["same"]


def test_it_is_told_where_the_other_talk_is_gone_or_says_something_else() -> None:
    first, second = (
        talk("a", "name:lena", "speaker:a:2"),
        talk("b", "name:lena", "name:ida", ("And now?", "I still do.")),
    )
    decision = same(first, second)
    other = talk("b", "name:lena", "name:ida", ("And now?", "I never did."))
    for talks in ([first], [first, other]):
        people, held = settled(talks, [decision])
        assert people["a-u0001"] == "speaker:a:2"
        assert held == []
