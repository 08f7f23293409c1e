"""Who answers for the company, whose notes stand beside answers, whose export it is: by the file, else asked about."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile
from voc_engine.ingest.counterparts import counterparts, marks
from voc_engine.ingest.stage import choose_reader, unpacked
from voc_engine.records import EVIDENCE_ROLES

from .reading import options, put, read, turns

CUSTOMERS = {"Ada Holm": "My locker does not open with the new code.", "Ben Orr": "The pool is closed and nobody told us.",
             "Cleo Voss": "I paid twice for one lesson.", "Dev Nair": "Your clock is an hour behind."}  # fmt: skip
ANSWER = "We have asked the house to look at it."
THANKS = "That took a week, so I will not thank you."


def evidence(talks: Sequence[Conversation]) -> tuple[str, int]:
    """(all words that may be evidence, how many people said them)."""
    turns = [(talk, turn) for talk in talks for turn in talk.utterances]
    given = [
        (t.document.text[u.start : u.end], u.person_id) for t, u in turns if u.role in EVIDENCE_ROLES and not u.cut
    ]
    return "\n".join(text for text, _ in given), len({person for _, person in given})


def table(rows: Sequence[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def chats(staff: Sequence[str], mail: bool = False) -> str:
    """A row per message: every customer once, the staff in turn; by name, or by address."""
    header = ["Chat ID", "Sent", "Email" if mail else "Author", "Message"]
    rows = [header]
    for number, (name, words) in enumerate(CUSTOMERS.items()):
        helper = staff[number % len(staff)]
        own = f"{name.split()[0].lower()}@mail{number}.example" if mail else name
        for minute, (who, said) in enumerate(
            [(own, words), (helper, f"{ANSWER} {number}"), (own, f"{THANKS} {number}")]
        ):
            rows.append([f"c{number}", f"2026-03-0{number + 1} 10:0{minute}", who, said])
    return table(rows)


@pytest.mark.parametrize(
    "content", [chats(["Mia Lang"]), chats(["mia@pool.example", "tom@pool.example"], mail=True)], ids=["name", "domain"]
)
def test_who_returns_over_the_chats_answers_for_the_company(tmp_path: Path, content: str) -> None:
    talks, skipped = read(put(tmp_path, "chats.csv", content))
    said, people = evidence(talks)
    assert people == len(CUSTOMERS)
    assert all(words in said for words in CUSTOMERS.values())
    assert ANSWER not in said
    assert any("taken for staff" in one.reason for one in skipped)


def test_chats_of_two_voices_in_which_nobody_returns_are_asked_about(tmp_path: Path) -> None:
    rows = [["Chat ID", "Author", "Message"], ["1", "Ada Holm", "The code fails."], ["1", "Mia Lang", ANSWER]]
    source = put(tmp_path, "chats.csv", table(rows))
    with pytest.raises(SourceError, match="two ways") as told:
        read(source)
    assert "agents = " in told.value.do
    talks, _ = read(source, agents=["Mia Lang"])
    assert evidence(talks) == ("The code fails.", 1)


def test_a_forum_has_no_staff(tmp_path: Path) -> None:
    """Threads among equals: who writes much in them is a voice like the others."""
    rows = [["thread_id", "author", "post"]]
    for number in range(4):
        rows += [[str(number), name, f"{words} {number}"] for name, words in CUSTOMERS.items()]
    talks, _ = read(put(tmp_path, "forum.csv", table(rows)))
    assert evidence(talks)[1] == len(CUSTOMERS)


def test_a_returning_customer_is_no_staff() -> None:
    spoken = [(f"c{n}", marks([who], "", f"c{n}")) for n in range(6) for who in (f"customer {n}", f"agent {n % 2}")]
    spoken += [("c6", marks(["customer 0"], "", "c6")), ("c6", marks(["agent 1"], "", "c6"))]
    sides = counterparts(spoken)
    assert sides.clear
    assert sides.staff == {"agent 0", "agent 1"}


def test_two_firms_that_write_to_each_other_are_not_told_apart() -> None:
    people = [("c", "a", "buy.example", "sell.example")] * 4
    spoken = [
        (f"c{n}", marks([f"{side} {n}"], f"x{n}@{side}", f"c{n}"))
        for n, (_, _, *sides) in enumerate(people)
        for side in sides
    ]
    assert not counterparts(spoken).clear


def message(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"m{number}", "created_at": f"2026-03-01T10:0{number}:00Z", **fields}


SAID = ["The code fails at the side door.", ANSWER, THANKS]
LISTED: dict[str, dict[str, Any]] = {
    "people beside the messages": {
        "chats": [
            {
                "id": "k1",
                "users": [
                    {"id": "u7", "type": "customer", "name": "Ada Holm"}, {"id": "s@pool", "type": "agent", "name": "Mia"}
                ],
                "thread": {"events": [message(n, text=text, author_id=who)
                                      for n, (text, who) in enumerate(zip(SAID, ["u7", "s@pool", "u7"], strict=True))]},
            }
        ]
    },
    "the customer named beside them": {
        "results": [
            {
                "id": "k2", "visitor": {"name": "Ada Holm", "email": "ada@mail.example"},
                "messages": [message(n, name=who, body=text)
                             for n, (text, who) in enumerate(zip(SAID, ["Ada Holm", "Mia", "Ada Holm"], strict=True))],
            }
        ]
    },
    "users who are not the visitors": {
        "results": [message(n, sender_type=who, sender_id=f"{who[0]}7", message=text)
                    for n, (text, who) in enumerate(zip(SAID, ["visitor", "user", "visitor"], strict=True))]
    },
    "flags with question marks": {
        "messages": [message(n, body=text, user={"name": who, "staff?": who == "Mia"})
                     for n, (text, who) in enumerate(zip(SAID, ["Ada Holm", "Mia", "Ada Holm"], strict=True))]
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LISTED)
def test_sides_of_messages_are_known_by_the_record(tmp_path: Path, layout: str) -> None:
    said, people = evidence(read(put(tmp_path, "chats.json", json.dumps(LISTED[layout])))[0])
    assert people == 1
    assert SAID[0] in said
    assert SAID[2] in said
    assert ANSWER not in said


@pytest.mark.parametrize("named", [True, False], ids=["names alone", "nameless"])
def test_messages_that_tell_no_side_are_asked_about(tmp_path: Path, named: bool) -> None:
    authors = [{"from": {"name": who}} if named else {"t": who[0]} for who in ("Ada", "Mia", "Ada")]
    record = {"id": "k1", "messages": [message(n, text=text, **authors[n]) for n, text in enumerate(SAID)]}
    source = put(tmp_path, "chats.json", json.dumps({"chats": [record]}))
    with pytest.raises(SourceError, match="who answers for the company"):
        read(source)
    talks, _ = read(source, kind="post")
    assert ANSWER in evidence(talks)[0]


NOTES = ["Called her back, she waits until June.", "Sent to the product team.", "Up for renewal, ask for a story."]
COMMENTS = ["The export drops half of my rows.", "I want it on the tablet.", "Nobody warns me."]


@pytest.mark.parametrize(
    ("asked", "noted"),
    [("Comment", "Notes"), ("What could we do better?", "Call notes"), ("Feedback", "Follow-up note")],
)
def test_notes_beside_answers_are_nobodys_voice(tmp_path: Path, asked: str, noted: str) -> None:
    rows = [["Response ID", "Score", asked, noted], *([f"r{n}", "6", COMMENTS[n], NOTES[n]] for n in range(3))]
    source = put(tmp_path, "nps.csv", table(rows))
    talks, skipped = read(source)
    said, _ = evidence(talks)
    assert all(one in said for one in COMMENTS)
    assert not any(one in said for one in NOTES)
    assert any("notes of the staff" in one.reason for one in skipped)


def test_notes_that_say_i_beside_answers_are_asked_about(tmp_path: Path) -> None:
    own = ["I ring twice, please wait for me.", "My bell is broken.", "We are on the third floor."]
    rows = [["id", "Comment", "Notes"], *([str(n), COMMENTS[n], own[n]] for n in range(3))]
    source = put(tmp_path, "orders.csv", table(rows))
    talks, skipped = read(source)
    assert own[0] not in evidence(talks)[0]
    asked = [one for one in skipped if one.quarantined]
    assert 'text = "Comment + Notes"' in asked[0].to_do
    talks, skipped = read(source, columns={"text": "Comment + Notes"})
    assert own[0] in evidence(talks)[0]
    assert not any(one.quarantined for one in skipped)


def test_notes_alone_are_asked_about_unless_they_say_i(tmp_path: Path) -> None:
    theirs = put(tmp_path, "a.csv", table([["id", "Notes"], *([str(n), note] for n, note in enumerate(NOTES))]))
    with pytest.raises(SourceError, match="two ways"):
        read(theirs)
    own = put(tmp_path, "b.csv", table([["id", "Notes"], ["1", COMMENTS[0]], ["2", COMMENTS[1]], ["3", COMMENTS[2]]]))
    assert COMMENTS[1] in evidence(read(own)[0])[0]


def helped(**fields: Any) -> dict[str, Any]:
    return {"id": 4, "subject": "Side door", "created_datetime": "2026-03-01T10:00:00Z", **fields}


FOREIGN = {
    "messages that the reader does not read": {
        "data": [helped(messages=[
            message(n, body_text=text, stripped_text=text, from_agent=n == 1) for n, text in enumerate(SAID)
        ])]
    },
    "another desk's list of updates": {
        "tickets": [helped(description_text=SAID[0], history=[message(n, message=text, by="staff" if n == 1 else "client")
                                                              for n, text in enumerate(SAID)])]
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", FOREIGN)
def test_a_desks_reader_leaves_files_whose_messages_it_does_not_read(tmp_path: Path, layout: str) -> None:
    source = put(tmp_path, "tickets.json", json.dumps(FOREIGN[layout]))
    assert reader_of(source) == "json.v1"
    said, _ = evidence(read(source)[0])
    assert THANKS in said
    assert ANSWER not in said


def test_a_desks_table_leaves_words_in_columns_it_does_not_know(tmp_path: Path) -> None:
    header = ["Ticket Id", "Subject", "Contact Id", "Created Time", "Closed Time", "First Message"]
    rows = [
        header,
        *([str(n), "Door", f"p{n}", "2026-03-01", "2026-03-02", w] for n, w in enumerate(CUSTOMERS.values())),
    ]
    source = put(tmp_path, "tickets.csv", table(rows))
    assert reader_of(source) == "csv.v1"
    assert next(iter(CUSTOMERS.values())) in evidence(read(source)[0])[0]


def test_a_file_without_any_words_is_told(tmp_path: Path) -> None:
    record = {"id": 1, "subject": "", "fr_escalated": False, "description_text": "", "conversations": []}
    talks, skipped = read(put(tmp_path, "tickets.json", json.dumps([record])), format="freshdesk.v1")
    assert talks == []
    assert [one.reason for one in skipped if one.quarantined] == ["no record with words in the file"]


def reader_of(source: SourceFile) -> str:
    return choose_reader(unpacked(source), options()).name


def updated(kinds: Sequence[str], key: str) -> dict[str, Any]:
    people = {"user": "Ada Holm", "staff": "Mia Lang"}
    entries = [{"by": {"type": kind, "name": people.get(kind, kind)}, "message": {"text": text}}
               for kind, text in zip(kinds, SAID, strict=True)]  # fmt: skip
    return {"id": 4, "subject": "Side door", key: entries}


def test_a_list_of_any_name_that_holds_both_sides_is_a_conversation(tmp_path: Path) -> None:
    source = put(tmp_path, "desk.json", json.dumps([updated(["user", "staff", "user"], "updates")]))
    said, people = evidence(read(source)[0])
    assert people == 1
    assert SAID[2] in said
    assert ANSWER not in said


def test_a_list_of_words_that_is_not_read_is_told_and_never_taken_as_written(tmp_path: Path) -> None:
    source = put(tmp_path, "desk.json", json.dumps([updated(["x", "y", "z"], "changes")]))
    talks, skipped = read(source)
    assert "{" not in evidence(talks)[0]
    assert any(one.locator == "list changes" and one.quarantined for one in skipped)


WALL = (
    {"id": 1, "from_id": 55, "owner_id": -7, "date": 1767260000, "text": "The app crashes after the update of today"},
    {"id": 2, "from_id": -7, "owner_id": -7, "date": 1767260300, "text": "We are on it, please write to our group"},
    {"id": 3, "from_id": 77, "owner_id": -7, "date": 1767261000, "text": "Give us the old basket back"},
)


def test_who_owns_the_page_answers_for_the_company(tmp_path: Path) -> None:
    """Regression: what a community wrote under its own posts counted as one more customer's words."""
    talks, _ = read(put(tmp_path, "wall.json", json.dumps({"items": list(WALL)})))
    assert [role for talk in talks for role, _, _ in turns(talk)] == ["participant", "agent", "participant"]
    own = [{**row, "from_id": 55, "owner_id": 55} for row in WALL]
    talks, _ = read(put(tmp_path, "own.json", json.dumps({"items": own})))
    assert {role for talk in talks for role, _, _ in turns(talk)} == {"participant"}


@pytest.mark.parametrize("flag", ["admin", "creator_is_moderator", "distinguished"])
def test_moderators_are_staff_and_a_column_of_true_and_false_is_nobodys_words(flag: str, tmp_path: Path) -> None:
    """Regression: a moderator's notice was a customer's, and "true" a comment of its own."""
    rows = [{"id": row["id"], "content": row["text"], "name": f"v{row['id']}", flag: row["id"] == 2} for row in WALL]
    talks, _ = read(put(tmp_path, "thread.json", json.dumps({"comments": rows})))
    said_ = [(role, words) for talk in talks for role, _, words in turns(talk)]
    assert said_ == [("agent" if row["id"] == 2 else "participant", row["text"]) for row in WALL]
