"""Help desks' exports, read without any mapping: who, in which part, when, what, and what travels with the person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voc_engine.ingest import explain
from voc_engine.ingest.stage import HEAD_BYTES, choose_reader, ranking

from .desk_files import DESK_FORMATS
from .reading import ULLA, facts, options, put, read, turns

FRESHDESK = {
    "id": 20, "subject": "Export fails", "description": "<div>It fails.<br>Every day.</div>",
    "description_text": "It fails. Every day.", "status": 2, "priority": 4, "source": 1, "type": "Problem",
    "requester_id": 129, "responder_id": 12, "created_at": "2026-01-05T14:22:41Z", "tags": ["export", "csv"],
    "custom_fields": {"cf_plan": "Team", "cf_note": None}, "fr_escalated": False,
    "requester": {"id": 129, "name": "Ulla Quigley", "email": "ulla@example.net"}, "company": {"name": "Harbour Row"},
    "conversations": [
        {"body": "<p>We look into it.</p>", "incoming": False, "private": False, "user_id": 12,
         "created_at": "2026-01-05T15:00:00Z"},
        {"body": "<p>Angry customer!</p>", "incoming": True, "private": True, "user_id": 129},
        {"body": "<div>Still broken.<br><br>On Mon, 5 Jan 2026 at 15:00, Support wrote:"
                 "<blockquote>We look into it.</blockquote></div>",
         "incoming": True, "private": False, "user_id": 129, "created_at": "2026-01-06T15:00:00+01:00"},
    ],
    "satisfaction_ratings": [{"ratings": {"default_question": -103}, "feedback": "Too slow."}],
}  # fmt: skip


def test_freshdesk_tickets(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "t.json", json.dumps([FRESHDESK])))
    assert skipped == []
    assert turns(talk) == [
        ("participant", None, "Export fails"),
        ("participant", None, "It fails.\nEvery day."),
        ("agent", None, "We look into it."),
        ("agent", None, "Angry customer!"),
        ("participant", None, "Still broken."),
        ("participant", "quoted mail", "On Mon, 5 Jan 2026 at 15:00, Support wrote:\n> We look into it."),
        ("participant", None, "Too slow."),
    ]
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T14:22:41Z", "subject": "Export fails", "channel": "email", "rating": -103.0,
        "priority": "Urgent", "tags": "export, csv", "status": "Open", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip
    assert talk.utterances[4].created_at == "2026-01-06T14:00:00Z"


def test_freshdesk_ratings_and_people_beside_the_tickets(tmp_path: Path) -> None:
    ticket = {
        key: value for key, value in FRESHDESK.items() if key not in ("requester", "company", "satisfaction_ratings")
    }
    export = {
        "tickets": [{**ticket, "company_id": 7}],
        "contacts": [{"id": 129, "name": "Ulla Quigley", "email": "ulla@example.net"}],
        "companies": [{"id": 7, "name": "Harbour Row"}],
        "satisfaction_ratings": [{"ticket_id": 20, "ratings": {"default_question": 103}}],
    }
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps(export)))
    found = facts(talk)
    assert (found["person"], found["company"], found["rating"]) == (ULLA, "Harbour Row", 103.0)


def test_freshdesk_account_export_and_mail_that_staff_sent_out(tmp_path: Path) -> None:
    old = {"helpdesk_ticket": {
        "display_id": 138, "subject": "Sample", "description": "Details", "description_html": "<div>Details</div>",
        "priority_name": "Low", "status_name": "Open", "source_name": "Outbound Email", "requester_id": 1,
        "requester_name": "Rachel Doe", "created_at": "2014-01-07T14:57:55+05:30",
        "notes": [{"note": {"body": "I see", "incoming": True, "private": False, "user_id": 1}}],
    }}  # fmt: skip
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([old])))
    assert [(role, text) for role, _, text in turns(talk)] == [
        ("agent", "Sample"), ("agent", "Details"), ("participant", "I see"),
    ]  # fmt: skip
    assert facts(talk)["date"] == "2014-01-07T09:27:55Z"


def test_freshdesk_table(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Agent interactions,"
        "Customer interactions,Resolution status,Tags,Survey results,Description,Plan,Full name,Email,Contact ID,"
        "Company Name\n"
        '20,Export fails,Open,Urgent,Email,Problem,Sam Agent,Tier 1,2026-01-05 14:22:41,,2,1,Within SLA,"export,csv",'
        'Very unhappy,"It fails.\n\nKind regards,\nUlla Quigley\n+49 30 1234567",Team,Ulla Quigley,ulla@example.net,129,'
        "Harbour Row\n"
    )
    (talk,), skipped = read(put(tmp_path, "t.csv", text))
    assert skipped == []
    assert turns(talk) == [
        ("participant", None, "Export fails"),
        ("participant", None, "It fails."),
        ("participant", "signature", "Kind regards,\nUlla Quigley\n+49 30 1234567"),
    ]
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T14:22:41", "subject": "Export fails", "channel": "email", "rating": None,
        "priority": "Urgent", "tags": "export, csv", "status": "Open", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip
    assert talk.document.attributes["satisfaction"] == "Very unhappy"
    assert not any("Sam" in value for value in talk.document.attributes.values())


def test_hubspot_tickets(tmp_path: Path) -> None:
    ticket = {
        "id": "512", "createdAt": "2026-01-05T14:22:41.123Z", "archived": False,
        "properties": {
            "subject": "Report", "content": "The report never loads.", "createdate": "2026-01-05T14:22:41.123Z",
            "hs_pipeline": "0", "hs_pipeline_stage": "New", "hs_ticket_priority": "HIGH", "source_type": "EMAIL",
            "plan": "Team", "hubspot_owner_id": "9",
        },
        "associations": {"contacts": {"results": [{"id": "77"}]}, "companies": {"results": [{"id": "5"}]}},
    }  # fmt: skip
    export = {
        "results": [ticket], "paging": {"next": {"after": "1"}},
        "contacts": [{"id": "77", "properties": {"email": "ulla@example.net", "firstname": "Ulla", "lastname": "Quigley"}}],
        "companies": [{"id": "5", "properties": {"name": "Harbour Row"}}],
    }  # fmt: skip
    (talk,), skipped = read(put(tmp_path, "t.json", json.dumps(export)))
    assert skipped == []
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T14:22:41Z", "subject": "Report", "channel": "email", "rating": None,
        "priority": "HIGH", "tags": None, "status": "New", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip
    assert turns(talk) == [("participant", None, "The report never loads.")]
    # Without the contacts beside it the contact is known by id.
    (alone,), _ = read(put(tmp_path, "u.json", json.dumps({"results": [ticket]})))
    assert alone.document.person_id == "id:hubspot:77"


def test_hubspot_threads_are_put_in_order_and_parted(tmp_path: Path) -> None:
    ulla = [{"actorId": "V-77", "name": "Ulla Quigley",
             "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "ulla@example.net"}}]  # fmt: skip
    shared = {
        "type": "MESSAGE",
        "conversationsThreadId": "t1",
        "channelId": "1002",
        "truncationStatus": "NOT_TRUNCATED",
    }

    def at(hour: int, **given: Any) -> dict[str, Any]:
        return {**shared, "id": str(hour), "createdAt": f"2026-01-05T{hour}:00:00Z", **given}

    messages = [
        at(16, senders=ulla, text="Still no code.", direction="INCOMING", subject="Re: Login"),
        at(17, senders=[{"actorId": "V-78"}], text="Other thread.", direction="INCOMING", conversationsThreadId="t2"),
        at(15, senders=[{"actorId": "A-9"}], text="Note to staff", type="COMMENT"),
        at(14, senders=[{"actorId": "A-9", "name": "Sam"}], richText="<p>On it.</p>", direction="OUTGOING"),
        at(13, type="THREAD_STATUS_CHANGE", newStatus="CLOSED"),
        at(
            12,
            senders=ulla,
            text="The code never came.",
            direction="INCOMING",
            subject="Login",
            truncationStatus="TRUNCATED",
        ),
        at(11, type="WELCOME_MESSAGE", senders=[{"actorId": "S-hubspot"}], text="Hi! How can we help?"),
    ]
    talks, skipped = read(put(tmp_path, "t.json", json.dumps({"results": messages})))
    assert [(role, text) for role, _, text in turns(talks[0])] == [
        ("participant", "Login"),
        ("bot", "Hi! How can we help?"),
        ("participant", "The code never came."),
        ("agent", "On it."),
        ("agent", "Note to staff"),
        ("participant", "Still no code."),
    ]
    assert (talks[0].document.person_id, talks[0].document.created_at) == (ULLA, "2026-01-05T11:00:00Z")
    assert turns(talks[1]) == [("participant", None, "Other thread.")]
    assert sorted(one.reason for one in skipped) == [
        "entry without words (assigned, status changed ...)",
        "note: HubSpot cut a message short; its whole text is not in the file",
    ]


def test_hubspot_table(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Ticket name,Pipeline,Ticket status,Ticket description,Priority,Source,Create date,Ticket owner,"
        "Associated Contact,Associated Contact IDs,Associated Company,Plan\n"
        "512,Report,Support Pipeline,New,The report never loads.,High,Email,2026-01-05 14:22,Sam Agent,"
        "Ulla Quigley (ulla@example.net),77,Harbour Row,Team\n"
    )
    (talk,), _ = read(put(tmp_path, "t.csv", text))
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T14:22:00", "subject": "Report", "channel": "email", "rating": None,
        "priority": "High", "tags": None, "status": "New", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip


def test_zendesk_organisations_custom_fields_notes_and_the_remark_beside_a_rating(tmp_path: Path) -> None:
    ticket = {
        "id": 1, "subject": "Hi", "description": "It broke.", "requester_id": 5, "organization_id": 3, "priority": "high",
        "created_at": "2026-01-05T14:22:41Z", "via": {"channel": "web"}, "tags": ["a", "b"], "status": "open",
        "custom_fields": [{"id": 7, "value": "Team"}, {"id": 8, "value": "a@b.org"}, {"id": 9, "value": None}],
        "satisfaction_rating": {"score": "bad", "comment": "Nobody called back."},
    }  # fmt: skip
    comments = [{"ticket_id": 1, "author_id": 6, "body": "Colleague's remark", "public": False}]
    export = {
        "tickets": [ticket, {"id": 2, "subject": "SCRUBBED", "description": "SCRUBBED", "status": "deleted"}],
        "comments": comments,
        "users": [{"id": 5, "name": "Ulla", "email": "ulla@example.net", "user_fields": {"role_title": "CEO"}},
                  {"id": 6, "role": "end-user"}],
        "organizations": [{"id": 3, "name": "Harbour Row"}], "ticket_fields": [{"id": 7, "title": "Plan"}],
        "count": 2, "end_of_stream": True,
    }  # fmt: skip
    (talk,), skipped = read(put(tmp_path, "t.json", json.dumps(export, indent=1)))
    assert [(role, text) for role, _, text in turns(talk)] == [
        ("participant", "Hi"),
        ("participant", "It broke."),
        ("agent", "Colleague's remark"),
        ("participant", "Nobody called back."),
    ]
    attributes = talk.document.attributes
    assert (attributes["plan"], attributes["company"], attributes["satisfaction"]) == ("Team", "Harbour Row", "bad")
    assert attributes["role title"] == "CEO"
    assert "a@b.org" not in attributes.values()
    assert [one.reason for one in skipped] == ["deleted ticket"]


def test_zendesk_view_with_kinds_of_columns(tmp_path: Path) -> None:
    text = (
        "Id,Requester,Requester id,Requester email,Subject,Tags,Status,Priority,Via,Created at,Organization,"
        "Satisfaction Score,Plan [list],Seats [int]\n"
        "17,Ulla Quigley,40001,ulla@example.net,The export fails,a b,Open,High,Mail,2026-01-05 10:11,Harbour Row,Bad,"
        "Team,12\n"
    )
    (talk,), _ = read(put(tmp_path, "view.csv", text))
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T10:11:00", "subject": "The export fails", "channel": "mail", "rating": None,
        "priority": "High", "tags": "a, b", "status": "Open", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip
    assert (talk.document.attributes["seats"], talk.document.attributes["satisfaction"]) == ("12", "Bad")


def test_intercom_notes_company_and_custom_attributes(tmp_path: Path) -> None:
    conversation = {
        "type": "conversation", "id": "55", "created_at": 1767622961, "priority": "not_priority", "state": "closed",
        "source": {"type": "email", "subject": "", "body": "<p>It broke.</p>",
                   "author": {"type": "user", "id": "u1", "email": "ulla@example.net"}},
        "custom_attributes": {"Plan": "Team", "Copilot used": False}, "company": {"name": "Harbour Row"},
        "tags": {"tags": [{"name": "export"}]},
        "conversation_parts": {"conversation_parts": [
            {"part_type": "note", "body": "<p>To colleagues</p>", "author": {"type": "user", "id": "u1"}}]},
    }  # fmt: skip
    (talk,), _ = read(put(tmp_path, "i.json", json.dumps({"conversations": [conversation]})))
    assert [role for role, _, _ in turns(talk)] == ["participant", "agent"]
    attributes = talk.document.attributes
    assert (attributes["plan"], attributes["company"], attributes["tags"]) == ("Team", "Harbour Row", "export")


@pytest.mark.parametrize("name", sorted(DESK_FORMATS))
def test_each_format_is_known_for_what_it_is(tmp_path: Path, name: str) -> None:
    file, write = DESK_FORMATS[name]
    source = put(tmp_path, file, write(["Alder booked twice.", "Birch never came."]))
    ranked = ranking(source, source.head(HEAD_BYTES))
    assert ranked[0][1] == name
    assert ranked[0][0] >= ranked[1][0] + 0.1
    assert choose_reader(source, options()).name == name
    assert name in explain(source, options())
