"""What a form, a program or a lawyer wrote is nobody's words; what many people say in the same words is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.duplicates.test_copies import found, said, whole
from voc_engine.config import SegmentConfig
from voc_engine.records import BOILERPLATE, STAFF_WORDS, Batch, Document, Segment, Skipped, Utterance
from voc_engine.segment.stage import run

OWN = (
    "The list jumps back to its first page.", "Printing a label takes four minutes.", "My invoices show last year.",
    "The map stays grey on my phone.", "I cannot add a second address.", "Search finds nothing with an umlaut.",
)  # fmt: skip
FORM = (
    "### What happened?\n{}\n### What should happen?\n{}\n- [x] I have read the rules and looked for the same report\n"
)


def evidence(folder: Path, documents: Sequence[Document], options: SegmentConfig | None = None) -> Batch:
    options = options or SegmentConfig()
    turns = [whole(one) for one in documents]
    (copies,) = found(folder, [documents], options)
    return run(Batch.make((Document, documents), (Utterance, turns), (Skipped, ())), options, copies)


def sentences(batch: Batch) -> list[str]:
    return [one.text for one in batch.of(Segment)]


def tickets(amount: int, form: str = FORM) -> list[Document]:
    return [
        said(number, f"P{number:04d}", form.format(OWN[number], f"It should be as in version {number}."))
        for number in range(amount)
    ]


def test_headings_and_boxes_of_a_form_are_no_evidence_and_are_counted(tmp_path: Path) -> None:
    batch = evidence(tmp_path, tickets(6))
    assert sentences(batch) == [
        text for number in range(6) for text in (OWN[number], f"It should be as in version {number}.")
    ]
    aside = [one for one in batch.of(Skipped) if one.reason == BOILERPLATE]
    assert {(one.found.strip("-#[]x "), one.count) for one in aside} == {
        ("What happened?", 6), ("What should happen?", 6),
        ("I have read the rules and looked for the same report", 6),
    }  # fmt: skip
    assert not any(one.quarantined for one in aside)


def test_four_people_make_no_form(tmp_path: Path) -> None:
    assert "### What happened?" in sentences(evidence(tmp_path, tickets(4)))


def test_a_form_whose_headings_some_left_out_is_known(tmp_path: Path) -> None:
    documents = tickets(6)
    short = documents[0].text.replace("### What should happen?\n", "")
    batch = evidence(tmp_path, [said(0, "P0000", short), *documents[1:]])
    assert not any("happen" in text for text in sentences(batch))


def test_what_many_really_wrote_stays(tmp_path: Path) -> None:
    alone = [said(number, f"P{number:04d}", "Worst airline ever!") for number in range(5)]
    inside = [said(number, f"P{number:04d}", f"{OWN[number - 10]} Worst airline ever!") for number in range(10, 16)]
    assert sentences(evidence(tmp_path, [*alone, *inside])).count("Worst airline ever!") == 11


def test_thanks_and_pleas_on_a_line_of_their_own_stay(tmp_path: Path) -> None:
    documents = [
        said(number, f"P{number:04d}", f"{text}\nPlease mend this.\nIn version {number} it was right.")
        for number, text in enumerate(OWN)
    ]
    assert sentences(evidence(tmp_path, documents)).count("Please mend this.") == 6


def test_a_long_sentence_that_people_also_send_by_itself_stays(tmp_path: Path) -> None:
    plea = "Give us back the old calendar with the weeks and days."
    documents = [said(number, f"P{number:04d}", f"{text} {plea}") for number, text in enumerate(OWN)]
    assert plea not in sentences(evidence(tmp_path / "inside", documents))
    alone = [said(number, f"P{number:04d}", plea) for number in range(10, 12)]
    assert plea in sentences(evidence(tmp_path / "alone", [*documents, *alone]))


def test_one_persons_habit_is_no_form(tmp_path: Path) -> None:
    documents = [
        said(number, "P0001", one.text) for number, one in enumerate(tickets(6))
    ]  # fmt: skip
    assert "### What happened?" in sentences(evidence(tmp_path, documents))


def test_a_campaign_stays_one_voice(tmp_path: Path) -> None:
    letter = " ".join(OWN)
    documents = [said(number, f"P{number:04d}", letter) for number in range(7)]
    assert sentences(evidence(tmp_path, documents)) == list(OWN)


def test_no_form_is_looked_for_where_the_study_does_not_want_it(tmp_path: Path) -> None:
    batch = evidence(tmp_path, tickets(6), SegmentConfig(boilerplate_people=0))
    assert sentences(batch).count("### What happened?") == 6


def test_answers_in_a_talk_are_no_form(tmp_path: Path) -> None:
    documents = [
        Document(one.document_id, "interview", one.source, one.locator, one.person_id, one.text) for one in tickets(6)
    ]
    assert sentences(evidence(tmp_path, documents)).count("### What happened?") == 6


HEADED = (
    "Please describe your problem: {}\nWhat did you expect? {}\n"
    "Sent from the contact form of the shop on its own page\n"
)


def test_what_a_form_asks_in_front_of_the_answer_is_no_evidence(tmp_path: Path) -> None:
    batch = evidence(tmp_path, tickets(6, HEADED))
    assert sentences(batch) == [
        text for number in range(6) for text in (OWN[number], f"It should be as in version {number}.")
    ]
    aside = {(one.found.strip(), one.count) for one in batch.of(Skipped) if one.reason == BOILERPLATE}
    assert aside == {
        ("Please describe your problem:", 6), ("What did you expect?", 6),
        ("Sent from the contact form of the shop on its own page", 6),
    }  # fmt: skip
    documents = {one.document_id: one for one in tickets(6, HEADED)}
    assert all(documents[one.document_id].text[one.start : one.end] == one.text for one in batch.of(Segment))


def test_a_question_of_many_at_the_beginning_of_a_line_stays(tmp_path: Path) -> None:
    documents = [
        said(number, f"P{number:04d}", f"{text}\nWhat can I do? I tried version {number}.")
        for number, text in enumerate(OWN)
    ]
    assert sentences(evidence(tmp_path, documents)).count("What can I do?") == 6


def test_what_staff_wrote_is_no_evidence_when_a_customer_sends_it_back(tmp_path: Path) -> None:
    """Regression: a canned reply that a mail program quoted without a mark counted as the customer's words."""
    reply = "We are sorry that the export stopped and we will mend it within two days."
    text = f"The export stops at row 40.\n{reply}\nIt still stops, and our books close on Friday.\n{reply}"
    document = Document("d1", "ticket", "tickets.json", "ticket 1", "P0001", text)
    roles, at, turns = ("participant", "agent", "participant"), 0, []
    for index, (role, said_) in enumerate(zip(roles, text.split("\n", 2), strict=True)):
        turns.append(Utterance(f"d1-u{index}", "d1", index, None, f"{role}-1", role, at, at + len(said_)))
        at += len(said_) + 1
    batch = run(Batch.make((Document, [document]), (Utterance, turns), (Skipped, ())), SegmentConfig())
    assert [one.text for one in batch.of(Segment) if one.role == "participant"] == [
        "The export stops at row 40.", "It still stops, and our books close on Friday.",
    ]  # fmt: skip
    assert [(one.reason, one.found) for one in batch.of(Skipped)] == [(STAFF_WORDS, reply)]
