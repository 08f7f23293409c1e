"""Help desks' exports, read without any mapping: who, in which part, when, what, and what travels with the person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voc_engine.ingest import Conversation, explain
from voc_engine.ingest.stage import HEAD_BYTES, choose_reader, ranking

from .desk_files import DESK_FORMATS, adf
from .reading import options, put, read

ULLA = "mail:ulla@example.net"


def turns(talk: Conversation) -> list[tuple[str, str | None, str]]:
    return [(u.role, u.cut, talk.document.text[u.start : u.end]) for u in talk.utterances]


def facts(talk: Conversation) -> dict[str, Any]:
    document = talk.document
    names = ("priority", "tags", "status", "company", "plan")
    return {
        "person": document.person_id, "date": document.created_at, "subject": document.title, "channel": document.channel,
        "rating": document.rating, **{name: document.attributes.get(name) for name in names},
    }  # fmt: skip


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


CASE = {
    "attributes": {"type": "Case", "url": "/x"}, "Id": "5001", "CaseNumber": "00001026", "Subject": "Crash",
    "Description": "The app crashes.", "Status": "New", "Priority": "High", "Origin": "Email", "ContactId": "003X",
    "SuppliedEmail": "ulla@example.net", "SuppliedName": "Ulla Quigley", "Account": {"Name": "Harbour Row"},
    "CreatedDate": "2026-01-05T14:22:41.000+0000", "Plan__c": "Team", "CSAT__c": 4,
}  # fmt: skip
COMMENTS = [
    {"CommentBody": "Check logs", "IsPublished": False, "CreatedDate": "2026-01-05T15:22:41.000+0000",
     "CreatedBy": {"Name": "Ulla Quigley"}},
    {"CommentBody": "Any news?", "IsPublished": True, "CreatedDate": "2026-01-06T15:22:41.000+0000",
     "CreatedBy": {"Name": "Ulla Quigley"}},
    {"CommentBody": "Closed by rule", "CreatedDate": "2026-01-07T15:22:41.000+0000",
     "CreatedBy": {"Name": "Rules", "UserType": "AutomatedProcess"}},
]  # fmt: skip
MAILS = [
    {"TextBody": "The app crashes.\n", "Incoming": True, "FromAddress": "ulla@example.net",
     "MessageDate": "2026-01-05T14:22:41.000+0000"},
    {"TextBody": "Sorry.", "Incoming": False, "FromAddress": "help@acme.com", "MessageDate": "2026-01-05T16:00:00.000+0000"},
]  # fmt: skip


@pytest.mark.parametrize("layout", ["inside", "beside"])
def test_salesforce_cases(tmp_path: Path, layout: str) -> None:
    if layout == "inside":
        records = [{**CASE, "CaseComments": {"records": COMMENTS}, "EmailMessages": {"records": MAILS}}]
    else:
        kinds = {"CommentBody": "CaseComment", "TextBody": "EmailMessage"}
        children = [
            {**one, "ParentId": "5001", "attributes": {"type": kinds[next(iter(one))]}} for one in (*COMMENTS, *MAILS)
        ]
        records = [*children[:2], CASE, *children[2:]]
    export = {"status": 0, "result": {"totalSize": 1, "done": True, "records": records}}
    (talk,), skipped = read(put(tmp_path, "t.json", json.dumps(export)))
    assert skipped == []
    assert [(role, text) for role, _, text in turns(talk)] == [
        ("participant", "Crash"),
        ("participant", "The app crashes."),
        ("agent", "Check logs"),
        ("agent", "Sorry."),
        ("participant", "Any news?"),
        ("bot", "Closed by rule"),
    ]
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-05T14:22:41Z", "subject": "Crash", "channel": "email", "rating": 4.0,
        "priority": "High", "tags": None, "status": "New", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip


def test_salesforce_report_with_its_footer(tmp_path: Path) -> None:
    text = (
        '"Case Number","Subject","Description","Status","Priority","Case Origin","Contact Name","Web Email",'
        '"Account Name","Date/Time Opened","Case Owner"\n'
        '"00001026","Crash","The app crashes.","New","High","Web","Ulla Quigley","ulla@example.net","Harbour Row",'
        '"1/15/2026, 2:22 PM","Sam"\n\n"My Cases"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
        '"Confidential Information - Do Not Distribute"\n'
    )
    (talk,), skipped = read(put(tmp_path, "report.csv", text))
    assert facts(talk) == {
        "person": ULLA, "date": "2026-01-15T14:22:00", "subject": "Crash", "channel": "web", "rating": None,
        "priority": "High", "tags": None, "status": "New", "company": "Harbour Row", "plan": None,
    }  # fmt: skip
    assert not any(one.quarantined for one in skipped)
    assert [one.reason for one in skipped] == [
        "empty row", "line of the report that is no row", "footer of the report", "footer of the report",
    ]  # fmt: skip


def test_salesforce_mails_as_a_table_have_a_direction(tmp_path: Path) -> None:
    text = (
        "ID,PARENTID,TEXTBODY,SUBJECT,FROMNAME,FROMADDRESS,INCOMING,MESSAGEDATE\n"
        "1,500,It broke.,Help,Ulla,ulla@example.net,true,2026-01-05T14:22:41.000Z\n"
        "2,500,Sorry.,Re: Help,Acme,help@acme.com,false,2026-01-05T15:22:41.000Z\n"
    )
    talks, _ = read(put(tmp_path, "mails.csv", text))
    assert [{role for role, _, _ in turns(talk)} for talk in talks] == [{"participant"}, {"agent"}]
    assert talks[0].document.person_id == ULLA


def jira_issue() -> dict[str, Any]:
    ulla = {
        "accountId": "qm:1",
        "displayName": "Ulla Quigley",
        "emailAddress": "ulla@example.net",
        "accountType": "customer",
    }
    description = adf("It fails.")
    quote = {
        "type": "blockquote",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": "old words"}]}],
    }
    description["content"].append(quote)
    comments = [
        {"author": {"accountId": "a1", "displayName": "Sam", "accountType": "atlassian"}, "body": "We look."},
        {"author": {"accountId": "app", "accountType": "app"}, "body": "Automatic."},
        {"author": {"accountId": "qm:1"}, "body": "{quote}We look.{quote}\nStill broken"},
        {"author": {"accountId": "qm:1"}, "body": "Hidden note", "jsdPublic": False},
    ]
    return {
        "key": "SUP-1", "fields": {
            "summary": "Login fails", "description": description, "reporter": ulla,
            "created": "2026-01-05T15:22:41.000+0100", "priority": {"name": "High"}, "status": {"name": "Open"},
            "issuetype": {"name": "Bug"}, "labels": ["login", "sso"], "comment": {"comments": comments},
            "customfield_1": {"value": "Team"}, "customfield_3": {"rating": 2}, "customfield_4": "Portal",
            "customfield_2": [{"name": "Harbour Row", "_links": {"self": "https://x/rest/servicedeskapi/organization/1"}}],
        },
    }  # fmt: skip


@pytest.mark.parametrize("layout", ["search", "lines"])
def test_jira_issues(tmp_path: Path, layout: str) -> None:
    names = {"customfield_1": "Plan", "customfield_4": "Request channel type"}
    search = json.dumps({"issues": [jira_issue()], "total": 1, "names": names})
    content = (
        search if layout == "search" else "\n".join(json.dumps({**jira_issue(), "names": names}) for _ in range(2))
    )
    talks, _ = read(put(tmp_path, "t.json", content))
    assert turns(talks[0]) == [
        ("participant", None, "Login fails"),
        ("participant", None, "It fails."),
        ("participant", "quoted mail", "> old words"),
        ("agent", None, "We look."),
        ("bot", None, "Automatic."),
        ("participant", "quoted mail", "> We look."),
        ("participant", None, "Still broken"),
        ("agent", None, "Hidden note"),
    ]
    assert facts(talks[0]) == {
        "person": ULLA, "date": "2026-01-05T14:22:41Z", "subject": "Login fails", "channel": "portal", "rating": 2.0,
        "priority": "High", "tags": "login, sso", "status": "Open", "company": "Harbour Row", "plan": "Team",
    }  # fmt: skip


def test_jira_service_desk_requests(tmp_path: Path) -> None:
    request = {
        "issueKey": "SD-1", "reporter": {"accountId": "qm:1", "displayName": "Ulla", "emailAddress": "ulla@example.net"},
        "createdDate": {"iso8601": "2026-01-05T15:22:41+0100"}, "currentStatus": {"status": "Open"},
        "requestFieldValues": [
            {"fieldId": "summary", "label": "What", "value": "No login"},
            {"fieldId": "description", "label": "Why", "value": "It says no."},
            {"fieldId": "customfield_1", "label": "Plan", "value": {"value": "Team"}},
        ],
    }  # fmt: skip
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps({"values": [request]})))
    assert [text for _, _, text in turns(talk)] == ["No login", "It says no."]
    found = facts(talk)
    assert (found["person"], found["date"], found["plan"]) == (ULLA, "2026-01-05T14:22:41Z", "Team")


def test_jira_table_with_a_column_per_comment(tmp_path: Path) -> None:
    text = (
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Assignee Id,Reporter,Reporter Id,"
        "Created,Labels,Labels,Description,Custom field (Plan),Custom field (Satisfaction),Comment,Comment\n"
        "Login fails,SUP-1,10001,Bug,Open,SUP,High,Sam,a1,Ulla Quigley,qm:1,05/Jan/26 2:22 PM,login,sso,It fails.,Team,2,"
        '"05/Jan/26 3:22 PM;a1;We look; soon.","06/Jan/26 3:22 PM;qm:1;Still broken."\n'
    )
    (talk,), _ = read(put(tmp_path, "t.csv", text))
    assert [(role, text) for role, _, text in turns(talk)] == [
        ("participant", "Login fails"),
        ("participant", "It fails."),
        ("agent", "We look; soon."),
        ("participant", "Still broken."),
    ]
    assert [one.created_at for one in talk.utterances[2:]] == ["2026-01-05T15:22:00", "2026-01-06T15:22:00"]
    assert facts(talk) == {
        "person": "id:jira:qm:1", "date": "2026-01-05T14:22:00", "subject": "Login fails", "channel": None, "rating": 2.0,
        "priority": "High", "tags": "login, sso", "status": "Open", "company": None, "plan": "Team",
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
