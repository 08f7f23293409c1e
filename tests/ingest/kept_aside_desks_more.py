"""Exports of HubSpot, Salesforce and Jira from the same truth."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from .kept_aside_desks import AGENT, ALL, CUSTOMER, T1, T2, Desk, Ticket, firsts, table, zulu

_NUMBERED = list(enumerate(ALL, 1))


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _only(t: Ticket, *names: str, **more: Any) -> Ticket:
    return Ticket(
        more.get("messages", t.messages),
        more.get("mail", t.mail),
        more.get("title", t.title),
        more.get("date", t.date),
        None,
        {k: v for k, v in t.attributes.items() if k in names},
    )


def _bare(t: Ticket, cut: int = 19, *names: str, **more: Any) -> Ticket:
    """Dates without a zone, down to minutes or seconds."""
    tail = ":00" if cut == 16 else ""
    messages = [m._replace(date=m.date[:cut] + tail) for m in more.get("messages", t.messages)]
    return _only(
        t,
        *names,
        messages=messages,
        date=str(t.date)[:cut] + tail,
        **{k: v for k, v in more.items() if k != "messages"},
    )


def hubspot(n: int, t: Ticket) -> dict[str, Any]:
    return {
        "id": str(n), "properties": {"content": t.messages[0].text, "createdate": zulu(str(t.date)), "hs_lastmodifieddate": "2026-03-01T00:00:00.000Z", "hs_object_id": str(n),
        "hs_pipeline": "0", "hs_pipeline_stage": "1", "hs_ticket_category": "PRODUCT_ISSUE", "hs_ticket_priority": t.attributes["priority"].upper(), "subject": t.title, "source_type": "EMAIL"},
        "createdAt": zulu(str(t.date)), "updatedAt": "2026-03-01T00:00:00.000Z", "archived": False,
    }  # fmt: skip


def hubspot_thread(t: Ticket) -> dict[str, Any]:
    """Newest first, as the conversations API lists them."""
    results: list[dict[str, Any]] = [
        {"type": "MESSAGE", "id": f"m{k}", "conversationsThreadId": "77", "createdAt": zulu(m.date), "updatedAt": zulu(m.date), "createdBy": "A-900" if m.role == AGENT else "V-12",
         "client": {"clientType": "HUBSPOT"}, "senders": [{"actorId": "A-900" if m.role == AGENT else "V-12", "name": "Olga" if m.role == AGENT else "Ruth Adler",
         "senderField": "FROM", "deliveryIdentifier": {"type": "HS_EMAIL_ADDRESS", "value": "olga@acme.test" if m.role == AGENT else t.mail}}],
         "recipients": [], "archived": False, "text": m.text, "richText": f"<p>{m.text}</p>", "attachments": [], "subject": t.title, "truncationStatus": "NOT_TRUNCATED", "inReplyToId": None,
         "status": {"statusType": "SENT"}, "direction": "OUTGOING" if m.role == AGENT else "INCOMING", "channelId": "1002", "channelAccountId": "5"}
        for k, m in enumerate(t.messages)
    ]  # fmt: skip
    return {"results": results[::-1], "paging": None}


_CASE = {"high": "High", "normal": "Medium", "low": "Low"}


def salesforce(n: int, t: Ticket) -> dict[str, Any]:
    return {
        "attributes": {"type": "Case", "url": f"/services/data/v60.0/sobjects/Case/500{n:012}AAA"}, "Id": f"500{n:012}AAA", "CaseNumber": f"0000{n:04}", "Subject": t.title,
        "Description": t.messages[0].text, "Status": t.attributes["status"].title(), "Priority": t.attributes["priority"].title(), "Origin": "Email", "SuppliedEmail": t.mail, "SuppliedName": "Some Body",
        "ContactId": None, "CreatedDate": str(t.date).replace("+00:00", ".000+0000"), "IsClosed": False,
        "CaseComments": {"totalSize": len(t.messages) - 1, "done": True, "records": [
            {"attributes": {"type": "CaseComment"}, "Id": f"00a{n}{k}", "CommentBody": m.text, "IsPublished": True, "CreatedDate": m.date.replace("+00:00", ".000+0000"),
             "CreatedBy": {"attributes": {"type": "User"}, "Name": "Olga Petrov", "UserType": "Standard"}}
            for k, m in enumerate(t.messages[1:]) if m.role == AGENT]} if len(t.messages) > 1 else None,
    }  # fmt: skip


def _without_answers(t: Ticket) -> Ticket:
    """A case whose later comments are staff's only."""
    return _only(t, "status", "priority", messages=[t.messages[0], *(m for m in t.messages[1:] if m.role == AGENT)])


def _person(role: str, t: Ticket) -> dict[str, Any]:
    if role == AGENT:
        return {
            "accountId": "5b10",
            "accountType": "atlassian",
            "displayName": "Olga Petrov",
            "emailAddress": "olga@acme.test",
            "active": True,
        }
    return {
        "accountId": "qm:" + str(t.mail),
        "accountType": "customer",
        "displayName": "Customer",
        "emailAddress": t.mail,
        "active": True,
    }


def _adf(text: str) -> dict[str, Any]:
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": p}]} for p in text.split("\n\n")],
    }


def jira(n: int, t: Ticket, *, adf: bool) -> dict[str, Any]:
    body = _adf if adf else str
    stamp = lambda date: date.replace("+00:00", ".000+0000")  # noqa: E731
    comments = [
        {
            "id": str(n * 10 + k),
            "author": _person(m.role, t),
            "body": body(m.text),
            "updateAuthor": _person(m.role, t),
            "created": stamp(m.date),
            "updated": stamp(m.date),
            "jsdPublic": True,
        }
        for k, m in enumerate(t.messages[1:])
    ]
    return {
        "expand": "operations", "id": str(10000 + n), "self": f"https://acme.atlassian.net/rest/api/3/issue/{10000 + n}", "key": f"SUP-{n}",
        "fields": {
            "summary": t.title, "description": body(t.messages[0].text), "created": stamp(str(t.date)), "updated": stamp("2026-03-01T00:00:00+00:00"), "reporter": _person(CUSTOMER, t), "creator": _person(CUSTOMER, t),
            "assignee": _person(AGENT, t), "priority": {"name": t.attributes["priority"].title(), "id": "3"}, "status": {"name": t.attributes["status"].title(), "statusCategory": {"key": "new"}},
            "labels": t.attributes["tags"].split(), "issuetype": {"name": "Support", "subtask": False}, "project": {"key": "SUP", "name": "Support"},
            "comment": {"comments": comments, "maxResults": 20, "total": len(comments), "startAt": 0}, "customfield_10010": None,
        },
    }  # fmt: skip


def _search(*, adf: bool) -> bytes:
    return _dump(
        {
            "expand": "schema,names",
            "startAt": 0,
            "maxResults": 50,
            "total": 3,
            "issues": [jira(n, t, adf=adf) for n, t in _NUMBERED],
        }
    )


def _jira_date(date: str) -> str:
    return datetime.fromisoformat(date).strftime("%d/%b/%y %-I:%M %p")


def _jira_csv() -> bytes:
    head = [
        "Summary",
        "Issue key",
        "Issue id",
        "Issue Type",
        "Status",
        "Project key",
        "Project name",
        "Priority",
        "Assignee",
        "Reporter",
        "Creator",
        "Created",
        "Updated",
        "Labels",
        "Labels",
        "Description",
        "Comment",
        "Comment",
    ]
    rows: list[list[object]] = [head]
    for n, t in _NUMBERED:
        tags = [*t.attributes["tags"].split(), ""][:2]
        comments = [
            f"{_jira_date(m.date)};{'5b10olga' if m.role == AGENT else t.mail};{m.text}" for m in t.messages[1:]
        ]
        rows.append([t.title, f"SUP-{n}", 10000 + n, "Support", t.attributes["status"].title(), "SUP", "Support", t.attributes["priority"].title(), "5b10olga", t.mail, t.mail,
                     _jira_date(str(t.date)), _jira_date(str(t.date)), *tags, t.messages[0].text, *[*comments, "", ""][:2]])  # fmt: skip
    return table(rows)


def _report() -> bytes:
    """A Salesforce report: quoted cells, a footer of five lines."""
    rows: list[list[object]] = [
        [
            "Case Number",
            "Contact Email",
            "Subject",
            "Description",
            "Status",
            "Priority",
            "Date/Time Opened",
            "Case Owner",
            "Account Name",
        ]
    ]
    rows += [[f"0000{n:04}", t.mail, t.title, t.messages[0].text, t.attributes["status"].title(), t.attributes["priority"].title(),
              datetime.fromisoformat(str(t.date)).strftime("%-m/%-d/%Y %-I:%M %p"), "Olga Petrov", f"Firm {n}"] for n, t in _NUMBERED]  # fmt: skip
    footer = '\r\n\r\n"Cases with descriptions"\r\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n"Confidential Information - Do Not Distribute"\r\n"Generated By:  Olga Petrov  3/1/2026 9:00 AM"\r\n"Acme"\r\n'
    return table(rows, encoding="cp1252") + footer.encode()


MORE_DESKS = [
    Desk("hubspot_tickets.json", _dump({"results": [hubspot(n, t) for n, t in _NUMBERED], "paging": {"next": {"after": "4"}}}), [_only(t, "priority", mail=None) for t in firsts(ALL)]),
    Desk("hubspot_thread.json", _dump(hubspot_thread(T1)), [_only(T1)]),
    Desk("hubspot.csv", table([["Ticket ID", "Ticket name", "Pipeline", "Ticket status", "Create date", "Priority", "Ticket owner", "Source", "Ticket description", "Associated Contact"]]
         + [[n, t.title, "Support Pipeline", "New", str(t.date)[:16].replace("T", " "), t.attributes["priority"].title(), "Olga Petrov (olga@acme.test)", "Email", t.messages[0].text, f"Some One ({t.mail})"] for n, t in _NUMBERED]),
         [_bare(t, 16, "priority") for t in firsts(ALL)]),
    Desk("salesforce.json", _dump({"totalSize": 3, "done": True, "records": [salesforce(n, t) for n, t in _NUMBERED]}), [_without_answers(t) for t in ALL]),
    Desk("salesforce_report.csv", _report(), [_bare(t, 16, "status", "priority") for t in firsts(ALL)]),
    Desk("jira_v2.json", _search(adf=False), [_only(t, "priority", "status", "tags") for t in ALL]),
    Desk("jira_v3.json", _search(adf=True), [_only(t, "priority", "status", "tags") for t in ALL]),
    Desk("jira.csv", _jira_csv(), [_bare(t, 16, "priority", "status", "tags", messages=t.messages) for t in ALL]),
    Desk("jira_one.json", _dump(jira(2, T2, adf=True)), [_only(T2, "priority", "status", "tags")]),
]  # fmt: skip
