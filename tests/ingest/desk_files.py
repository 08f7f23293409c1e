"""Small files of help desks and mail programs, each holding given sentences: the layouts as their makers document them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from typing import Any

MOMENT = "2026-01-05T14:22:{n:02}Z"


def as_freshdesk(sentences: Sequence[str]) -> bytes:
    replies = [
        {"id": n, "body": f"<div>{html.escape(text)}</div>", "incoming": n % 2 == 0, "private": False, "user_id": 1 + n % 2,
         "created_at": MOMENT.format(n=n % 60)}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    ticket = {
        "id": 1, "subject": "", "description": "", "description_text": "", "requester_id": 1, "status": 2, "priority": 1,
        "source": 1, "fr_escalated": False, "conversations": replies,
    }  # fmt: skip
    return json.dumps([ticket]).encode()


def as_hubspot(sentences: Sequence[str]) -> bytes:
    tickets = [
        {
            "id": str(n),
            "properties": {"subject": "", "content": text, "hs_pipeline_stage": "1", "hs_ticket_priority": "LOW"},
        }
        for n, text in enumerate(sentences)
    ]
    return json.dumps({"results": tickets, "paging": {"next": {"after": "9"}}}, ensure_ascii=False).encode()


def as_hubspot_threads(sentences: Sequence[str]) -> bytes:
    messages = [
        {"id": str(n), "type": "MESSAGE", "conversationsThreadId": "7", "createdAt": MOMENT.format(n=n % 60),
         "senders": [{"actorId": "V-1"}], "richText": f"<p>{html.escape(text)}</p>", "text": "", "direction": "INCOMING",
         "channelId": "1002", "truncationStatus": "NOT_TRUNCATED"}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    return json.dumps({"results": messages[::-1]}).encode()


def as_salesforce(sentences: Sequence[str]) -> bytes:
    mails = [
        {"TextBody": text, "Incoming": True, "FromAddress": "u@x.org", "MessageDate": MOMENT.format(n=n % 60)}
        for n, text in enumerate(sentences)
    ]
    case = {
        "attributes": {"type": "Case"}, "Id": "5", "CaseNumber": "00001026", "Subject": "", "Description": sentences[0],
        "EmailMessages": {"records": mails, "totalSize": len(mails)},
    }  # fmt: skip
    return json.dumps({"totalSize": 1, "done": True, "records": [case]}, ensure_ascii=False).encode()


def adf(text: str) -> dict[str, Any]:
    """A paragraph of Atlassian's document format."""
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


def as_jira(sentences: Sequence[str]) -> bytes:
    author = {"accountId": "qm:1", "displayName": "Ulla"}
    comments = [
        {"author": author, "body": adf(text), "created": MOMENT.format(n=n % 60)} for n, text in enumerate(sentences)
    ]
    fields = {
        "summary": "", "description": None, "reporter": author, "issuetype": {"name": "Bug"},
        "comment": {"comments": comments},
    }  # fmt: skip
    return json.dumps({"issues": [{"key": "SUP-1", "fields": fields}], "total": 1}).encode()


def table(header: list[str], rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *rows])
    return stream.getvalue().encode()


def as_freshdesk_csv(sentences: Sequence[str]) -> bytes:
    header = ["Ticket ID", "Subject", "Status", "Source", "Agent interactions", "Resolution status", "Description"]
    return table(header, [[str(n), "", "Open", "Email", "1", "Within SLA", text] for n, text in enumerate(sentences)])


def as_hubspot_csv(sentences: Sequence[str]) -> bytes:
    header = ["Ticket ID", "Ticket name", "Pipeline", "Ticket status", "Ticket description", "Associated Contact"]
    return table(header, [[str(n), "", "Support", "New", text, "Ulla (u@x.org)"] for n, text in enumerate(sentences)])


def as_salesforce_csv(sentences: Sequence[str]) -> bytes:
    header = ["Case Number", "Subject", "Description", "Case Origin", "Contact Name"]
    return table(header, [[f"{n:08}", "", text, "Web", "Ulla Quigley"] for n, text in enumerate(sentences)])


def as_jira_csv(sentences: Sequence[str]) -> bytes:
    header = ["Summary", "Issue key", "Issue Type", "Reporter", "Created", "Description", "Comment"]
    rows = [
        ["", f"SUP-{n}", "Bug", "Ulla", "05/Jan/26 2:22 PM", "", f"05/Jan/26 3:22 PM;Ulla;{text}"]
        for n, text in enumerate(sentences)
    ]
    return table(header, rows)


def as_eml(sentences: Sequence[str]) -> bytes:
    head = (
        "From: Ulla Quigley <ulla@example.net>\nTo: help@acme.example\nDate: Mon, 05 Jan 2026 15:22:41 +0100\n"
        "Message-ID: <1@example.net>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: 8bit\n\n"
    )
    return (head + "\n\n".join(sentences) + "\n").encode()


def as_mbox(sentences: Sequence[str]) -> bytes:
    mails = []
    for n, text in enumerate(sentences):
        body = re.sub(r"(?m)^(>*From )", r">\1", text)
        above = f"In-Reply-To: <{n - 1}@x.org>\n" if n % 3 else ""
        mails.append(
            f"From u@x.org Mon Jan  5 14:22:{n % 60:02} 2026\nFrom: Ulla <u@x.org>\nTo: help@acme.example\n"
            f"Date: Mon, 05 Jan 2026 15:22:{n % 60:02} +0100\nMessage-ID: <{n}@x.org>\n{above}MIME-Version: 1.0\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{body}\n\n"
        )
    return "".join(mails).encode()


DESK_FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "freshdesk.v1": ("a.json", as_freshdesk),
    "freshdesk_csv.v1": ("a.csv", as_freshdesk_csv),
    "hubspot.v1": ("a.json", as_hubspot),
    "hubspot_csv.v1": ("a.csv", as_hubspot_csv),
    "hubspot_threads.v1": ("a.json", as_hubspot_threads),
    "salesforce.v1": ("a.json", as_salesforce),
    "salesforce_csv.v1": ("a.csv", as_salesforce_csv),
    "jira.v1": ("a.json", as_jira),
    "jira_csv.v1": ("a.csv", as_jira_csv),
    "eml.v1": ("a.eml", as_eml),
    "mbox.v1": ("a.mbox", as_mbox),
}
