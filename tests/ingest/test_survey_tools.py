"""Exports of survey tools: all open answers, no codes for missing ones, and nobody who held the survey."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.ingest import explain

from .reading import options, put, read

KOBO = (
    "start;end;username;nombre_encuestador;comunidad;problema;mejora;_id;_uuid;_submission_time;_submitted_by\n"
    "2026-02-01T09:00:00;2026-02-01T09:20:00;equipo2;Abel Quispe;Norte;El pozo se seca en marzo y hay que caminar;"
    "Otro pozo cerca de la escuela;1;u1;2026-02-01T10:00:00;equipo2\n"
    "2026-02-01T10:00:00;2026-02-01T10:20:00;equipo2;Abel Quispe;Sur;La bomba se rompe cada semana;"
    "Que alguien venga a arreglarla;2;u2;2026-02-01T11:00:00;equipo2\n"
    "2026-02-02T10:00:00;2026-02-02T10:20:00;equipo2;Abel Quispe;Sur;999;No sabe;3;u3;2026-02-02T11:00:00;equipo2\n"
)
SOSCI = (
    "CASE,SERIAL,REF,QUESTNNR,MODE,STARTED,AB01_01,AB02,LASTDATA,FINISHED,LASTPAGE\n"
    "17,,,base,interview,2026-01-05 10:00:00,Die Suche findet meine Bücher nicht,2,2026-01-05 10:04:00,1,7\n"
    "18,,,base,interview,2026-01-05 11:00:00,Man darf nur drei Bücher mitnehmen,4,2026-01-05 11:04:00,1,7\n"
    "19,,,base,interview,2026-01-06 11:00:00,-9,-9,2026-01-06 11:04:00,0,3\n"
)
PROLIFIC = (
    "Submission id,Participant id,Status,Started at,Completed at,Time taken,worst_moment,advice\n"
    "s1,5f0a,APPROVED,2026-03-01T10:00:00Z,2026-03-01T10:05:00Z,300,The driver rang once and left with my parcel,"
    "Leave it with a neighbour\n"
    "s2,5f0b,APPROVED,2026-03-01T11:00:00Z,2026-03-01T11:05:00Z,290,I sat at home all day and nobody came,Tell me the hour\n"
    "s3,5f0c,RETURNED,2026-03-02T11:00:00Z,,,Prefer not to say,Not asked\n"
)


@pytest.mark.parametrize(
    ("name", "text", "answers", "people", "date"),
    [
        ("kobo.csv", KOBO, 4, 2, "2026-02-01T10:00:00"),
        ("sosci.csv", SOSCI, 2, 2, "2026-01-05T10:04:00"),
        ("prolific.csv", PROLIFIC, 4, 2, "2026-03-01T10:05:00Z"),
    ],
)
def test_every_open_answer_is_one_and_a_code_is_none(
    tmp_path: Path, name: str, text: str, answers: int, people: int, date: str
) -> None:
    talks, skipped = read(put(tmp_path, name, text))
    assert len(talks) == answers
    assert {talk.document.kind for talk in talks} == {"survey"}
    assert len({talk.document.person_id for talk in talks}) == people
    assert talks[0].document.created_at == date
    assert sum(one.reason == "an answer that says nothing (n/a)" for one in skipped) >= 1
    assert not any(one.quarantined for one in skipped)


def test_who_held_the_survey_is_neither_its_author_nor_an_attribute(tmp_path: Path) -> None:
    source = put(tmp_path, "kobo.csv", KOBO)
    talks, _ = read(source)
    assert all("Abel" not in str(talk.document) and "equipo2" not in str(talk.document) for talk in talks)
    assert talks[0].document.attributes["comunidad"] == "Norte"
    told = explain(source, options())
    assert "username: not used: who held the survey, not who answered (ODK, KoboToolbox or SurveyCTO)" in told


def test_the_group_of_a_recommendation_is_not_its_score(tmp_path: Path) -> None:
    text = (
        "Response ID,How likely are you to recommend us? - Group,How likely are you to recommend us?,Why did you say so?\n"
        "1,1,4,The bill is wrong every month\n2,3,10,They answer at once when I call\n3,2,7,It does what I need it to do\n"
    )
    talks, _ = read(put(tmp_path, "nps.csv", text))
    assert [talk.document.rating for talk in talks] == [4, 10, 7]


def test_long_questions_above_numbers_and_dates_are_a_header(tmp_path: Path) -> None:
    text = (
        '"No. Number of the answer sheet","When it was handed in","The thing that you would change first at the pool"\n'
        '"1","2026-01-05","The showers are cold after six"\n"2","2026-01-06","Lanes for people who swim slowly"\n'
        '"3","2026-01-07","I never find a locker that closes"\n'
    )
    talks, _ = read(put(tmp_path, "pool.csv", text))
    assert [talk.document.text.split()[0] for talk in talks] == ["The", "Lanes", "I"]
