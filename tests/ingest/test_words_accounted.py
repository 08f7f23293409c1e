"""What a layout holds is read, or told: words nobody reads, sides nobody knows, people who are none, turns twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest.thread_roles import role_named
from voc_engine.records import EVIDENCE_ROLES

from .reading import put, read

SAID = ("The list is wrong by noon", "I print it every morning", "Nobody tells me who swapped")
WHO = ("mona", "dirk", "mona")


def lines(rows: list[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def evidence(tmp_path: Path, name: str, content: str) -> tuple[list[tuple[str, str]], list[str]]:
    """((person, words) of the turns that are evidence, what is quarantined) of a file."""
    talks, skipped = read(put(tmp_path, name, content))
    voice = [
        (turn.person_id, talk.document.text[turn.start : turn.end])
        for talk in talks
        for turn in talk.utterances
        if turn.role in EVIDENCE_ROLES and turn.cut is None
    ]
    return voice, [f"{one.locator}: {one.reason}" for one in skipped if one.quarantined]


def spoken(tmp_path: Path, name: str, content: str) -> list[str]:
    return [words for _, words in evidence(tmp_path, name, content)[0]]


def test_a_payload_under_the_name_of_its_kind_is_the_record(tmp_path: Path) -> None:
    """Regression: a chat's bulk export lost its direct messages, and each first message was another person's."""
    rows = [{"type": "version", "version": 1}, {"type": "team", "team": {"name": "w", "type": "O"}}]
    rows += [{"type": "post", "post": {"user": who, "message": words}} for who, words in zip(WHO, SAID, strict=True)]
    rows += [{"type": "direct", "direct": {"user": "dirk", "message": "I keep a list in my locker"}}]
    rows += [
        {"type": "post", "post": {"user": "ivy", "type": "system_join_channel", "message": "ivy joined the channel"}}
    ]
    voice, told = evidence(tmp_path, "bulk.jsonl", lines(rows))
    assert [words for _, words in voice] == [*SAID, "I keep a list in my locker"]
    assert len({who for who, _ in voice}) == 2
    assert told == []


def test_objects_under_ids_are_a_list_and_their_parts_too(tmp_path: Path) -> None:
    """Regression: questions of a survey's form were everybody's words, and answers below a question were lost."""
    answers = [
        (f"I waited {n} days", f"Tell me {n} days before", f"It is fair for {n} shirts") for n in ("two", "six", "ten")
    ]
    rows = [
        {
            "id": str(n),
            "data": {
                "2": {"id": 2, "type": "ESSAY", "question": "What went wrong with it?", "answer": first},
                "5": {
                    "id": 5, "type": "parent", "question": "Tell us of these",
                    "parts": {
                        "6": {"id": 6, "type": "RADIO", "question": "Price", "answer": "Good"},
                        "7": {"id": 7, "type": "TEXT", "question": "Why is that?", "answer": third},
                    },
                },
                "9": {"id": 9, "type": "ESSAY", "question": "What should we change?", "answer": second},
            },
        }
        for n, (first, second, third) in enumerate(answers)
    ]  # fmt: skip
    voice, told = evidence(tmp_path, "responses.json", json.dumps({"data": rows}))
    assert sorted(words for _, words in voice) == sorted(one for three in answers for one in three)
    assert len({who for who, _ in voice}) == 3
    assert told == []


def test_answers_inside_answers_and_what_they_answer_are_all_read(tmp_path: Path) -> None:
    def comment(number: int, who: str, words: str, *answers: dict[str, Any]) -> dict[str, Any]:
        return {"id": number, "author": who, "text": words, "created_at": "2026-03-01", "children": list(answers)}

    inner = comment(3, "ivy", SAID[2], comment(4, "mona", "Then print it at noon"))
    thread = comment(1, "mona", SAID[0], comment(2, "dirk", SAID[1]), inner)
    assert sorted(spoken(tmp_path, "thread.json", json.dumps(thread))) == sorted([*SAID, "Then print it at noon"])


def chat(number: int, **lists: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"c{number}", "visitor": {"id": f"v{number}", "name": f"Visitor {number}"}, **lists}


def messages(number: int) -> list[dict[str, Any]]:
    turns = (("visitor", f"{SAID[0]} on ward {number}"), ("agent", "Let me look into it"), ("visitor", SAID[1]))
    return [{"author_name": side, "user_type": side, "text": words, "type": "message"} for side, words in turns]


def test_of_two_lists_with_the_same_words_one_is_read(tmp_path: Path) -> None:
    """Regression: a chat with its messages and all its events counted every turn twice."""
    end = {"text": "The visitor closed the chat.", "type": "event", "user_type": "visitor"}
    rows = [chat(n, messages=messages(n), events=[*messages(n), end]) for n in (1, 2)]
    assert spoken(tmp_path, "chats.json", json.dumps({"chats": rows})) == [
        words for n in (1, 2) for words in (f"{SAID[0]} on ward {n}", SAID[1])
    ]


def test_a_side_that_no_word_names_is_told_and_no_customer(tmp_path: Path) -> None:
    """Regression: what a watcher wrote to the agent was the customer's."""
    watched = [{"author_name": "Jane", "user_type": "whisperer", "text": "Do not refund her", "type": "message"}]
    rows = [chat(n, messages=[*messages(n), *watched]) for n in (1, 2)]
    voice, told = evidence(tmp_path, "chats.json", json.dumps({"chats": rows}))
    assert "Do not refund her" not in [words for _, words in voice]
    assert sum("does not tell who wrote" in one for one in told) == 2


def test_a_visitor_named_once_by_an_id_and_once_by_a_name_is_one_person(tmp_path: Path) -> None:
    rows = [{**chat(n, history=messages(n)), "comment": f"Nobody helped me on ward {n}"} for n in (1, 2)]
    for n, row in enumerate(rows, 1):
        row["visitor"]["name"] = f"Ana{n}"
        row["history"] = [
            {**one, "author_name": f"Ana{n}" if one["user_type"] == "visitor" else "Kim"} for one in row["history"]
        ]
    voice, _ = evidence(tmp_path, "chats.json", json.dumps({"chats": rows}))
    assert len(voice) == 6
    assert len({who for who, _ in voice}) == 2


ADVICE = ("plan the week a month ahead", "listen to the people of the night", "put lockers near the door")


@pytest.mark.parametrize("name", ["rows.csv", "rows.json"])
def test_a_column_of_sentences_that_nobody_reads_is_told(name: str, tmp_path: Path) -> None:
    rows = [{"Author": f"p{n}", "Comment": said, "Wish of yours": ADVICE[n]} for n, said in enumerate(SAID)]
    table = "Author,Comment,Wish of yours\n" + "\n".join(",".join(row.values()) for row in rows)
    voice, told = evidence(tmp_path, name, table if name.endswith("csv") else json.dumps(rows))
    assert [words for _, words in voice] == list(SAID)
    assert [one for one in told if "not read" in one and "Wish of yours" in one]


@pytest.mark.parametrize("beside", ["AI Summary", "Agent Notes", "Product", "Comment without quotations"])
def test_what_is_known_or_read_elsewhere_is_not_asked_about(beside: str, tmp_path: Path) -> None:
    cells = {"Product": ["Blue Lamp With A Long Cable"] * 3, "Comment without quotations": list(SAID)}
    rows = "\n".join(f"p{n},{said},{cells.get(beside, ADVICE)[n]}" for n, said in enumerate(SAID))
    voice, told = evidence(tmp_path, "rows.csv", f"Author,Comment,{beside}\n{rows}\n")
    assert [words for _, words in voice] == list(SAID)
    assert told == []


def test_a_list_of_sentences_and_what_stands_beside_the_records_are_told(tmp_path: Path) -> None:
    rows = [{"id": n, "comment": said, "shifts": [{"what": ADVICE[n]}]} for n, said in enumerate(SAID)]
    more = [{"id": n, "remark": f"{words} please"} for n, words in enumerate(ADVICE)]
    voice, told = evidence(tmp_path, "all.json", json.dumps({"comments": rows, "remarks": more, "total": 3}))
    assert [words for _, words in voice] == list(SAID)
    assert [one.partition(":")[0] for one in told] == ["list shifts", "beside the records"]


def test_a_file_in_which_only_staff_speaks_is_told(tmp_path: Path) -> None:
    """Regression: a flag that was blank made every message a private note, in silence."""
    rows = "\n".join(f"t{n},agent,{said}" for n, said in enumerate(SAID))
    voice, told = evidence(tmp_path, "tickets.csv", f"ticket id,author type,message\n{rows}\n")
    assert voice == []
    assert any("none for a customer" in one for one in told)


def test_a_blank_flag_says_nothing_where_the_column_says_yes_and_no(tmp_path: Path) -> None:
    rows = [{"id": n, "content": said, "direction": "in"} for n, said in enumerate(SAID)]
    rows += [{"id": 9, "content": "She is right, it was down", "isPublic": False, "direction": "out"}]
    assert spoken(tmp_path, "threads.json", json.dumps({"data": rows})) == list(SAID)


def test_the_same_turns_twice_are_told(tmp_path: Path) -> None:
    turns = [("customer", f"{said} since the update") for said in SAID[:2]] + [
        ("agent", "Let me look into that for you")
    ]
    rows = [f"t{n},{side},{words}" for n in (1, 2) for side, words in (*turns, *turns)]
    _, told = evidence(tmp_path, "tickets.csv", "ticket id,author type,message\n" + "\n".join(rows) + "\n")
    assert any("come twice" in one for one in told)


def test_columns_of_sides_are_nobodys_names(tmp_path: Path) -> None:
    """Regression: all customers of a desk were one person, whose name was "Customer" and whose id that of the side."""
    turns = [(3, "Customer", 2, "una"), (3, "Agent", 1, "kim"), (4, "Customer", 2, "bo"), (4, "Agent", 1, "kim")]
    rows = [
        {
            "id": n, "ticket_id": t, "sender": side, "sender_id": code, "from": f"{who} <{who}@{side}.example>",
            "body": f"{SAID[n % 3]} {n}", "created_by": f"{who}@{side}.example",
        }
        for n, (t, side, code, who) in enumerate(turns)
    ]  # fmt: skip
    voice, _ = evidence(tmp_path, "articles.json", json.dumps(rows))
    assert len({who for who, _ in voice}) == 2


def test_a_line_that_is_its_authors_name_is_nobodys_words(tmp_path: Path) -> None:
    rows = [{"_id": "0", "msg": "sol", "u": {"_id": "u9", "username": "sol"}}]
    rows += [{"_id": f"{n + 1}", "msg": said, "u": {"_id": f"u{n}", "username": WHO[n]}} for n, said in enumerate(SAID)]
    voice, _ = evidence(tmp_path, "room.json", json.dumps(rows))
    assert [words for _, words in voice] == list(SAID)
    assert len({who for who, _ in voice}) == 3


def test_a_title_that_a_program_cut_is_not_said_again(tmp_path: Path) -> None:
    rows = [{"id": n, "title": said[:13], "content": said} for n, said in enumerate(SAID)]
    assert spoken(tmp_path, "posts.json", json.dumps(rows)) == list(SAID)


def test_two_columns_of_the_same_words_are_no_question(tmp_path: Path) -> None:
    """Regression: a body beside the body without quotations was asked about."""
    rows = [{"id": n, "body_text": f"{said}\n\nThanks", "stripped_text": said} for n, said in enumerate(SAID)]
    try:
        assert len(spoken(tmp_path, "mails.json", json.dumps(rows))) == 3
    except SourceError as error:  # pragma: no cover
        pytest.fail(f"asked: {error}")


def test_the_same_complaint_of_several_is_theirs_where_no_other_column_holds_words(tmp_path: Path) -> None:
    rows = "".join(f"Person {n},1,Pro,The code never arrives on my phone.\n" for n in range(4))
    voice, told = evidence(tmp_path, "reviews.csv", f"author,rating,plan,review\n{rows}")
    assert len({person for person, _ in voice}) == len(voice) == 4
    assert not told


@pytest.mark.parametrize("column", ["isSpam", "deleted", "is_removed"])
def test_what_was_deleted_or_is_spam_is_set_aside(tmp_path: Path, column: str) -> None:
    rows = [
        {"author": who, "comment": words, column: n == 1} for n, (who, words) in enumerate(zip(WHO, SAID, strict=True))
    ]
    content = json.dumps(rows)
    assert spoken(tmp_path, "c.json", content) == [SAID[0], SAID[2]]
    _, skipped = read(put(tmp_path, "c.json", content))
    assert [(one.locator, one.found) for one in skipped] == [("item 2", SAID[1])]


def test_agents_beside_a_word_that_is_not_known_are_told(tmp_path: Path) -> None:
    """Regression: where the customers' side had a name of its own, the agents' words were customers'."""
    rows = [
        {"chat_id": f"c{n}", "name": who, "type": side, "content": f"{words} {n}"}
        for n in range(3)
        for who, side, words in (("Jo", "Whisperer", "I was charged twice"), ("Mia", "Agent", "Let me look into that"))
    ]
    voice, told = evidence(tmp_path, "log.json", json.dumps(rows))
    assert not any("Let me look" in words for _, words in voice)
    assert any("does not tell who wrote it" in one for one in told)


def test_who_sent_a_message_is_its_author(tmp_path: Path) -> None:
    rows = [{"message_id": n, "content": words, "sent_by": who, "sent_by_id": f"U-{who}"} for n, (who, words) in
            enumerate(zip(WHO, SAID, strict=True))]  # fmt: skip
    voice, _ = evidence(tmp_path, "m.json", json.dumps(rows))
    assert [words for _, words in voice] == list(SAID)
    assert len({who for who, _ in voice}) == 2


def test_words_in_objects_around_the_list_are_told(tmp_path: Path) -> None:
    """Regression: the first message of a thread was lost where its answers stood in a list inside it."""
    answers = [{"post": {"author": {"handle": who}, "text": words}} for who, words in zip(WHO, SAID, strict=True)]
    first = {"author": {"handle": "ivy"}, "text": "Who swapped with whom on Tuesday"}
    content = json.dumps({"thread": {"post": first, "replies": answers}})
    voice, told = evidence(tmp_path, "thread.json", content)
    assert [words for _, words in voice] == list(SAID)
    assert [one.partition(":")[0] for one in told] == ["beside the records"]


@pytest.mark.parametrize(
    ("word", "role"),
    [("end_user", "participant"), ("virtual_agent", "bot"), ("AI agent", "bot"), ("customer support", "agent"),
     ("admin user", "agent"), ("external_agent", "agent"), ("passer-by", "unknown")],
)  # fmt: skip
def test_words_for_a_part_in_a_conversation(word: str, role: str) -> None:
    """Regression: a machine's greeting was evidence under "virtual_agent"."""
    assert role_named(word) == role
