"""Layouts of talk that programs and people write: who speaks is right, and what is beside the words is no word."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from voc_engine.ingest.explain import explain
from voc_engine.ingest.layout import decide

from .reading import options, put, read, said

CHATS = {
    "telegram.txt": (
        "Rosalind Vane, [05.11.25 19:03]\nHow did the watering go while you were away?\n\n"
        "Emeka, [05.11.25 19:10]\nBadly. The timer reset itself.\nAll the basil is dead.\n\n"
        "Rosalind Vane, [05.11.25 19:11]\nWhen did you notice?\n\nEmeka, [05.11.25 19:40]\nOn Sunday.\n"
    ),
    "android_us.txt": (
        "11/25/25, 7:02 PM - Messages and calls are end-to-end encrypted. Tap to learn more.\n"
        "11/25/25, 7:03 PM - Rosalind Vane: How did the watering go while you were away?\n"
        "11/25/25, 7:10 PM - Emeka: Badly. The timer reset itself.\nAll the basil is dead.\n"
        "11/25/25, 7:10 PM - Emeka: <Media omitted>\n"
        "11/25/25, 7:11 PM - Rosalind Vane: When did you notice?\n11/25/25, 7:40 PM - Emeka: On Sunday.\n"
    ),
    "iphone_es.txt": (
        "\u200e[25/11/25, 19:02:00] Riego: \u200eLos mensajes están cifrados de extremo a extremo.\n"
        "[25/11/25, 19:03:01] Rosalind Vane: How did the watering go while you were away?\n"
        "[25/11/25, 19:10:02] ~\u202fEmeka: Badly. The timer reset itself.\nAll the basil is dead.\n"
        "\u200e[25/11/25, 19:10:30] ~\u202fEmeka: \u200eimagen omitida\n"
        "[25/11/25, 19:11:00] Rosalind Vane: When did you notice?\n[25/11/25, 19:40:00] ~\u202fEmeka: On Sunday.\n"
    ),
    "irc.log": (
        "2025-11-25 19:03:01 <Rosalind Vane> How did the watering go while you were away?\n"
        "2025-11-25 19:10:02 <Emeka> Badly. The timer reset itself.\n2025-11-25 19:10:09 <Emeka> All the basil is dead.\n"
        "2025-11-25 19:11:00 <Rosalind Vane> When did you notice?\n2025-11-25 19:40:00 <Emeka> On Sunday.\n"
    ),
    "kakao_pc.txt": (
        "Garden 님과 카카오톡 대화\n저장한 날짜 : 2025-11-30 01:36:14\n\n"
        "--------------- 2025년 11월 25일 화요일 ---------------\n"
        "Emeka님이 들어왔습니다.\n[Rosalind Vane] [오후 7:03] How did the watering go while you were away?\n"
        "[Emeka] [오후 7:10] Badly. The timer reset itself.\nAll the basil is dead.\n[Emeka] [오후 7:10] 사진\n"
        "[Rosalind Vane] [오후 7:11] When did you notice?\n[Emeka] [오후 7:40] On Sunday.\n"
    ),
    "kakao_phone.txt": (
        "Emeka 님과 카카오톡 대화\n저장한 날짜 : 2025년 11월 30일 오전 11:25\n\n2025년 11월 25일 오후 7:03\n"
        "2025년 11월 25일 오후 7:03, Rosalind Vane : How did the watering go while you were away?\n"
        "2025년 11월 25일 오후 7:10, Emeka : Badly. The timer reset itself.\nAll the basil is dead.\n"
        "2025년 11월 25일 오후 7:11, Rosalind Vane : When did you notice?\n2025년 11월 25일 오후 7:40, Emeka : On Sunday.\n"
    ),
    "line.txt": (
        "[LINE] Emekaとのトーク履歴\n保存日時：2025/11/30 10:00\n\n2025/11/25(火)\n"
        "19:03\tRosalind Vane\tHow did the watering go while you were away?\n19:10\tEmeka\tBadly. The timer reset itself.\n"
        "All the basil is dead.\n19:10\tEmeka\t[スタンプ]\n\n2025/11/26(水)\n19:11\tRosalind Vane\tWhen did you notice?\n"
        "19:40\tEmeka\tOn Sunday.\n"
    ),
}


@pytest.mark.parametrize("name", CHATS)
def test_a_chat_is_one_talk_of_those_who_write(name: str, tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, name, CHATS[name]))
    assert talk.document.kind == "interview"
    assert said(talk) == [
        ("Rosalind Vane", "interviewer", "How did the watering go while you were away?"),
        ("Emeka", "participant", "Badly. The timer reset itself.\nAll the basil is dead."),
        ("Rosalind Vane", "interviewer", "When did you notice?"),
        ("Emeka", "participant", "On Sunday."),
    ]
    assert (talk.document.created_at or "")[:7] == "2025-11"


@pytest.mark.parametrize("quote", ["> The timer reset itself.", "> NEIL: It went down.\n>\n> Then I left."])
def test_what_is_quoted_to_who_takes_part_is_nobody_s_word_here(quote: str, tmp_path: Path) -> None:
    text = (
        f"ROSALIND: I show you what another said.\n\n{quote}\n\nEMEKA: That is how it went.\n\n"
        "ROSALIND: Why so?\n\nEMEKA: The wiring.\n\nROSALIND: And since?\n\nEMEKA: Better.\n"
    )
    (talk,), skipped = read(put(tmp_path, "talk.md", text), interviewers=["ROSALIND"])
    assert [turn[2] for turn in said(talk)] == [
        "I show you what another said.", "That is how it went.", "Why so?", "The wiring.", "And since?", "Better.",
    ]  # fmt: skip
    assert {one.reason for one in skipped} == {"quoted text"}


SPOKEN = [
    ("interviewer", "How do you get the children to school?"),
    ("participant", "By bus, if it comes. Twice a week it does not."),
    ("interviewer", "What do you do then?"),
    ("participant", "I walk with them and come late to work."),
]
LABELS = {
    "numbered.txt": (
        "1  Int: How do you get the children to school?\n2  R4: By bus, if it comes. Twice a week\n3  it does not.\n"
        "4  Int: What do you do then?\n5  R4: I walk with them and come late to work.\n"
    ),
    "fifths.txt": (
        "INT: How do you get the children to school?\nRES: By bus, if it comes.\n\n\n5 Twice a week it does not.\n\n\n\n\n"
        "10 INT: What do you do then?\n\n\n\n\n15 RES: I walk with them and come late to work.\n\n\n\n\n20 RES: Yes.\n"
    ),
    "dashes.txt": (
        "Moderatorin: Greta Holm (GH)\nTeilnehmer: Sami (S)\n\nGH – How do you get the children to school?\n"
        "S – By bus, if it comes. Twice a week it does not.\nGH – What do you do then?\n"
        "S – I walk with them and come late to work.\n"
    ),
    "headings.md": (
        "# Bus lines\n\n## Moderator\n\nHow do you get the children to school?\n\n## Sami Okoro\n\n"
        "By bus, if it comes. Twice a week it does not.\n\n## Moderator\n\nWhat do you do then?\n\n## Sami Okoro\n\n"
        "I walk with them and come late to work.\n"
    ),
    "one_line.txt": (
        "Q: How do you get the children to school? A: By bus, if it comes. Twice a week it does not. "
        "Q: What do you do then? A: I walk with them and come late to work."
    ),
    "ranges.txt": (
        "00:01 - 00:04 Greta: How do you get the children to school?\n"
        "00:05 - 00:11 Sami: By bus, if it comes. Twice a week it does not.\n"
        "00:12 - 00:13 Greta: What do you do then?\n00:14 - 00:19 Sami: I walk with them and come late to work.\n"
    ),
    "parens.txt": "".join(f"(Speaker {n % 2 + 1}) {{{n}}}\n" for n in range(4)),
    "brackets.txt": "".join(f"[SPEAKER_{n % 2:02}]: {{{n}}}\n" for n in range(4)),
    "seconds.txt": "".join(f"{n * 4}.10 {n * 4 + 3}.90 SPEAKER_{n % 2:02} {{{n}}}\n" for n in range(4)),
    "glued.txt": "".join(f"00:01:0{n}.2{'GS'[n % 2]}reta: {{{n}}}\n\n" for n in range(4)),
    "sure.md": "".join(f"**[0:0{n}:00–0:0{n}:40] {('Greta', 'Sami')[n % 2]} (0.8{n}):** {{{n}}}\n\n" for n in range(4)),
    "child.cha": "@Begin\n"
    + "".join(f"*{('INV', 'PAR')[n % 2]}:\t{{{n}}}\n%act:\tnods\n" for n in range(4))
    + "@End\n",
    "within.txt": " ".join(f"[00:0{n}:01.00] {('Greta', 'Sami')[n % 2]}: {{{n}}}" for n in range(4)),
    "befragte.txt": (
        "I: How do you get the children to school?\n\nB: By bus, if it comes. Twice a week it does not.\n\n"
        "I: What do you do then?\n\nB: I walk with them and come late to work.\n"
    ),
}


@pytest.mark.parametrize("name", LABELS)
def test_speakers_are_known_however_they_are_marked(name: str, tmp_path: Path) -> None:
    text = LABELS[name]
    for n, (_, words) in enumerate(SPOKEN):
        text = text.replace(f"{{{n}}}", words)
    (talk,), _ = read(put(tmp_path, name, text))
    turns = [(role, " ".join(text.split())) for _, role, text in said(talk)]
    if name == "fifths.txt":
        assert [role for role, _ in turns] == ["interviewer", "participant"] * 2
        assert not any(char.isdigit() for char in talk.document.text)
    else:
        assert turns == SPOKEN


def test_a_time_of_day_that_somebody_tells_is_a_word(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.txt", "Ann: When?\nBo: At (10:30) or [11:15], as always.\nAnn: Why?\nBo: So.\n"))
    assert "(10:30)" in talk.document.text
    assert "[11:15]" in talk.document.text


def test_numbers_of_lines_are_counted_as_set_aside(tmp_path: Path) -> None:
    _, skipped = read(put(tmp_path, "numbered.txt", LABELS["numbered.txt"]))
    assert [(one.reason, one.count) for one in skipped] == [("line number", 5)]


def test_a_list_of_points_keeps_its_numbers(tmp_path: Path) -> None:
    text = "What I need:\n1) a bus at seven\n2) a bus at eight\n3) a driver\n4) a shelter\n"
    (talk,), _ = read(put(tmp_path, "list.txt", text))
    assert "1) a bus at seven" in talk.document.text


def test_sessions_of_one_file_are_talks_of_different_people(tmp_path: Path) -> None:
    text = (
        "Sitzung 1 - Bibliothek\n\nI: Was fehlt Ihnen?\nP: Eine Bank vor der Tür.\nI: Wofür?\nP: Zum Lesen.\n\n"
        "Sitzung 2 - Bibliothek\n\nI: Was fehlt Ihnen?\nP: Licht in der Ecke.\nI: Wann?\nP: Jeden Abend.\n"
    )
    talks, _ = read(put(tmp_path, "beide.txt", text))
    people = [{u.person_id for u in talk.utterances if u.role == "participant"} for talk in talks]
    assert len(talks) == 2
    assert len(people[0] | people[1]) == 2
    assert not any("Sitzung" in talk.document.text for talk in talks)


def test_many_voices_and_unknown_ones_are_no_evidence(tmp_path: Path) -> None:
    text = (
        "Lead moderator: What do you miss at the pool?\nP1: A warm shower.\nEveryone: Yes!\nP2: Longer hours.\n"
        "Unidentified speaker: And coffee.\nNote taker: Laughter.\nLead moderator: How long?\nP1: Until ten.\n"
    )
    (talk,), _ = read(put(tmp_path, "pool.txt", text))
    evidence = [u.speaker for u in talk.utterances if u.role in ("participant", "unknown") and u.cut is None]
    assert evidence == ["P1", "P2", "P1"]
    assert {u.role for u in talk.utterances if u.speaker in ("Lead moderator", "Note taker")} == {"interviewer"}


def test_what_a_program_adds_to_a_name_makes_no_second_person(tmp_path: Path) -> None:
    text = (
        "Kofi Brandt | Harbour Ltd: Which gate do you use?\nMina’s iPhone: The north one, it is never locked.\n"
        "Kofi Brandt | Harbour Ltd: Who told you?\nMina (typed): The guard.\n"
    )
    (talk,), _ = read(put(tmp_path, "gate.txt", text))
    assert [u.role for u in talk.utterances] == ["interviewer", "participant"] * 2
    assert len({u.person_id for u in talk.utterances if u.role == "participant"}) == 1


def _document(paragraphs: list[tuple[str, bool]]) -> bytes:
    made = docx.Document()
    for text, bold in paragraphs:
        made.add_paragraph().add_run(text).bold = bold
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_bold_type_tells_who_asks(tmp_path: Path) -> None:
    paragraphs = [(text, role == "interviewer") for role, text in SPOKEN]
    (talk,), _ = read(put(tmp_path, "bold.docx", _document([("Notes of Tuesday", False), *paragraphs])))
    assert [(role, text) for _, role, text in said(talk)] == SPOKEN


def test_a_bold_heading_names_nobody(tmp_path: Path) -> None:
    paragraphs = [("What we found", True), ("The bus is late.", False), ("What we do", True), ("We walk.", False)]
    (talk,), _ = read(put(tmp_path, "report.docx", _document(paragraphs)))
    assert {u.speaker for u in talk.utterances} == {None}


CAPTIONS = {
    "seconds.vtt": "WEBVTT\n\n0:01 --> 0:04\n{0}\n\n0:05 --> 0:09\n{1}\n",
    "blank.vtt": "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n\n{0}\n\n00:00:05.000 --> 00:00:09.000\n\n{1}\n",
    "twice.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ola>{0}</v>\n\n00:05.000 --> 00:09.000\n<v Bo Li>{1}</v>\n",
}


@pytest.mark.parametrize("name", CAPTIONS)
def test_captions_that_bend_the_standard(name: str, tmp_path: Path) -> None:
    text = CAPTIONS[name].format("Ola: Where do you park?", "Bo Li: In the next village.")
    (talk,), _ = read(put(tmp_path, name, text))
    assert said(talk) == [
        ("Ola", "interviewer", "Where do you park?"),
        ("Bo Li", "participant", "In the next village."),
    ]


def test_who_leads_a_think_aloud_asks_little_and_the_other_asks_much(tmp_path: Path) -> None:
    text = (
        "Aiko: Welcome, and thank you for coming. Please look for a book about bees.\n"
        "Jens: Do I type it here? Why is it grey? Ah, I have to log in first?\nAiko: Go ahead and do what you think.\n"
        "Jens: My card number... where is my card number? I would ask at the desk.\nAiko: Now please reserve it.\n"
        "Jens: Is this reserved? It says nothing.\n"
    )
    (talk,), _ = read(put(tmp_path, "bees.txt", text))
    assert [role for _, role, _ in said(talk)] == ["interviewer", "participant"] * 3


GUIDES = {
    "starred.txt": "Visit 3\n\n- Where do you fetch wood? *In the hills.\n- Who goes? *My sister.\n- How often? *Daily.\n",
    "numbered.md": "1. Where do you fetch wood?\n\nIn the hills.\n\n2. Who goes?\nMy sister.\n3. How often?\nDaily.\n",
    "moderator.txt": (
        "Moderator: Where do you fetch wood?\nIn the hills.\n\nModerator: Who goes?\nMy sister.\n\n"
        "Moderator: How often?\nDaily.\n"
    ),
}


@pytest.mark.parametrize("name", GUIDES)
def test_answers_are_told_from_questions_where_only_these_are_marked(name: str, tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, name, GUIDES[name]))
    evidence = [text for _, role, text in said(talk) if role in ("participant", "unknown")]
    assert evidence == ["In the hills.", "My sister.", "Daily."]


def test_a_list_of_questions_without_answers_is_no_talk(tmp_path: Path) -> None:
    (talk,), _ = read(
        put(tmp_path, "ask.txt", "Plan\n- Where do you shop?\n- Who pays?\n- How often?\n- What is missing?\n")
    )
    assert {u.speaker for u in talk.utterances} == {None}


def test_explain_tells_what_speaks_for_a_layout_and_asks(tmp_path: Path) -> None:
    told = explain(put(tmp_path, "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt rains.\n"), options())
    assert "for: 1 of 1 stretches have a time" in told
    assert "against: no speaker is named" in told
    assert "TO ANSWER" in told
    assert "TO ANSWER" in explain(put(tmp_path, "b.txt", "We went out. It rained."), options())


def test_what_may_be_a_talk_or_a_table_is_asked_about() -> None:
    asked = decide([(0.76, "notes.v1"), (0.75, "csv.v1")], "a.txt")
    assert asked.refused
    assert 'format = "notes.v1"' in asked.question
    assert not decide([(0.76, "notes.v1"), (0.75, "otter.v1")], "a.txt").refused
    assert not decide([(0.9, "notes.v1"), (0.75, "csv.v1")], "a.txt").refused
