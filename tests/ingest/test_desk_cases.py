"""Cases, issues and views of Salesforce, Jira, Zendesk and Intercom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .desk_files import adf
from .reading import ULLA, facts, put, read, turns

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
