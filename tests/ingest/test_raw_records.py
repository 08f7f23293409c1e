"""A record that is told of because it was not used tells nobody's name: its keys are read by no redactor."""

from voc_engine.ingest.threads.desk import raw_record


def test_who_people_are_is_left_out_and_the_rest_is_told():
    record = {
        "id": 7, "subject": "Late again", "status": "deleted",
        "requester": {"id": 4, "name": "Ida Lund", "email": "i@x.org"},
        "from": "Ida Lund <i@x.org>", "comments": [{"author": "Ida Lund", "body": ""}],
    }  # fmt: skip
    told = raw_record(record)
    assert "Ida" not in told
    assert "i@x.org" not in told
    assert all(part in told for part in ("Late again", "deleted", '"id": 4'))
