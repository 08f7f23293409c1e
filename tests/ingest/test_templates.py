"""Fixed lines of forms and repeated answers are cut and counted; what many people say is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .reading import put, read
from .test_desks import turns

TOPICS = ("export", "calendar", "invoice", "deposit", "reminder", "login", "waiting list", "client notes", "phone app")


def tickets(texts: list[str], **given: Any) -> str:
    made = [
        {"id": n, "subject": "", "requester_id": 100 + n, "description": text, **given} for n, text in enumerate(texts)
    ]
    return json.dumps({"tickets": made, "users": []})


def test_the_lines_of_a_form_are_cut_from_what_was_filled_in(tmp_path: Path) -> None:
    form = "Please describe your problem:\nThe {} fails.\nWhat did you expect? A working {}\nSent from the contact form"
    talks, skipped = read(put(tmp_path, "t.json", tickets([form.format(one, one) for one in TOPICS])))
    assert skipped == []
    assert turns(talks[0]) == [
        ("participant", "template", "Please describe your problem:"),
        ("participant", None, "The export fails."),
        ("participant", "template", "What did you expect?"),
        ("participant", None, "A working export"),
        ("participant", "template", "Sent from the contact form"),
    ]


def test_what_many_people_say_is_no_form(tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, "t.json", tickets([f"The app is down again.\nI need the {one}." for one in TOPICS])))
    assert {cut for talk in talks for _, cut, _ in turns(talk)} == {None}


def test_few_tickets_tell_nothing_of_a_form(tmp_path: Path) -> None:
    form = "Please describe your problem:\nThe {} fails."
    talks, _ = read(put(tmp_path, "t.json", tickets([form.format(one) for one in TOPICS[:5]])))
    assert {cut for talk in talks for _, cut, _ in turns(talk)} == {None}


def test_an_answer_that_staff_give_again_and_again_is_a_template(tmp_path: Path) -> None:
    def comments(name: str, number: int) -> list[dict[str, Any]]:
        return [
            {
                "author_id": 9,
                "body": f"Hello {name},\nthank you for your message. Your ticket {number} will be answered soon.",
            },
            {"author_id": 9, "body": f"Only {name} gets this answer about invoices."},
        ]

    made = [
        {
            "id": n,
            "subject": "",
            "requester_id": 5,
            "description": f"The {one} fails.",
            "comments": comments(one.title(), n),
        }
        for n, one in enumerate(TOPICS[:4])
    ]
    talks, _ = read(put(tmp_path, "t.json", json.dumps({"tickets": made})))
    assert [[cut for _, cut, _ in turns(talk)] for talk in talks] == [[None, "template", None]] * 4
