"""Exports of help desks, written from one truth: whose, when, under which title, who wrote which words."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


class Message(NamedTuple):
    role: str
    date: str
    text: str


@dataclass(frozen=True)
class Ticket:
    """What is true of one conversation; ``attributes`` are those of the person or the ticket."""

    messages: Sequence[Message]
    mail: str | None = None
    title: str | None = None
    date: str | None = None
    rating: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    name: str
    data: bytes
    tickets: Sequence[Ticket]
    family: str = "ticket"


def epoch(date: str) -> int:
    return int(datetime.fromisoformat(date).timestamp())


CUSTOMER, AGENT, BOT = "participant", "agent", "bot"
T1 = Ticket(
    [
        Message(CUSTOMER, "2026-01-05T09:12:00+00:00", "The invoice of December shows the old price.\n\nI changed my plan in November, please correct it."),
        Message(AGENT, "2026-01-05T10:40:00+00:00", "Thank you for writing. Which account do you mean?"),
        Message(CUSTOMER, "2026-01-05T11:02:00+00:00", "The one of the bakery. I have been waiting for a month now."),
    ],
    "ruth.adler@example.org", "Wrong price on invoice", "2026-01-05T09:12:00+00:00", None, {"priority": "high", "status": "open", "tags": "billing invoice"},
)  # fmt: skip
T2 = Ticket(
    [
        Message(CUSTOMER, "2026-01-07T17:30:00+00:00", "Export to Excel gives me an empty file since the update. It worked last week."),
        Message(AGENT, "2026-01-08T08:05:00+00:00", "We are looking into it and will be back tomorrow."),
    ],
    "sven@example.net", "Empty export", "2026-01-07T17:30:00+00:00", None, {"priority": "normal", "status": "pending", "tags": "export"},
)  # fmt: skip
T3 = Ticket(
    [Message(CUSTOMER, "2026-02-11T06:45:10+00:00", "Could you add a dark mode? My eyes hurt at night & I work late <3")],
    "mina@example.com", "Dark mode", "2026-02-11T06:45:10+00:00", None, {"priority": "low", "status": "solved", "tags": "idea"},
)  # fmt: skip
ALL = (T1, T2, T3)
STAFF = {"id": 900, "name": "Olga Petrov", "email": "olga@acme.test", "role": "agent"}


def firsts(tickets: Iterable[Ticket], *attributes: str) -> list[Ticket]:
    """What an export without the comments holds."""
    keep = attributes or ("priority", "status", "tags")
    return [
        Ticket(t.messages[:1], t.mail, t.title, t.date, t.rating, {k: v for k, v in t.attributes.items() if k in keep})
        for t in tickets
    ]


def zulu(date: str) -> str:
    return date.replace("+00:00", "Z")


def zendesk(n: int, t: Ticket, *, comments: bool = False, score: str = "unoffered") -> dict[str, Any]:
    made: dict[str, Any] = {
        "url": f"https://acme.zendesk.com/api/v2/tickets/{n}.json", "id": n, "external_id": None,
        "via": {"channel": "email", "source": {"from": {}, "to": {}, "rel": None}}, "created_at": zulu(str(t.date)),
        "updated_at": "2026-03-01T00:00:00Z", "type": "question", "subject": t.title, "raw_subject": t.title,
        "description": t.messages[0].text, "priority": t.attributes["priority"], "status": t.attributes["status"], "recipient": "help@acme.test",
        "requester_id": 500 + n, "submitter_id": 500 + n, "assignee_id": 900, "organization_id": None, "group_id": 3,
        "tags": t.attributes["tags"].split(), "custom_fields": [{"id": 36, "value": None}], "satisfaction_rating": {"score": score},
        "brand_id": 7, "has_incidents": False, "is_public": True,
    }  # fmt: skip
    if comments:
        made["comments"] = [
            {"id": n * 10 + k, "type": "Comment", "author_id": 900 if m.role == AGENT else 500 + n, "body": m.text, "html_body": f"<div>{m.text}</div>",
             "plain_body": m.text, "public": True, "attachments": [], "created_at": zulu(m.date)}
            for k, m in enumerate(t.messages)
        ]  # fmt: skip
    return made


def zendesk_users() -> list[dict[str, Any]]:
    return [
        {"id": 501 + n, "name": str(t.mail).split("@")[0], "email": t.mail, "role": "end-user"}
        for n, t in enumerate(ALL)
    ] + [STAFF]


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def table(rows: Sequence[Sequence[object]], by: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=by).writerows(rows)
    return stream.getvalue().encode(encoding)


_NUMBERED = list(enumerate(ALL, 1))
ZENDESK = [
    Desk("zendesk_list.json", _dump({"tickets": [zendesk(n, t, comments=True) for n, t in _NUMBERED], "users": zendesk_users(), "next_page": None, "count": 3}), ALL),
    Desk("zendesk_search.json", _dump({"results": [zendesk(n, t) | {"result_type": "ticket"} for n, t in _NUMBERED], "facets": None, "next_page": None, "previous_page": None, "count": 3}),
         [Ticket(t.messages, None, t.title, t.date, None, t.attributes) for t in firsts(ALL)]),
    Desk("zendesk_incremental.json", _dump({"tickets": [zendesk(n, t, score="bad") for n, t in _NUMBERED], "users": zendesk_users(), "after_url": None, "after_cursor": None, "end_of_stream": True}), firsts(ALL)),
    Desk("zendesk_lines.jsonl", "\n".join(json.dumps(zendesk(n, t, comments=True) | {"requester": zendesk_users()[n - 1], "assignee": STAFF}) for n, t in _NUMBERED).encode(), ALL),
    Desk("zendesk_view.csv", table(
        [["Summation column", "Group", "Id", "Subject", "Requester", "Requester email", "Assignee", "Requested", "Status", "Priority", "Tags", "Description", "Plan [list]"]]
        + [["1", "Support", n, t.title, "x", t.mail, "Olga Petrov", str(t.date)[:16].replace("T", " "), t.attributes["status"].title(), t.attributes["priority"].title(), t.attributes["tags"], t.messages[0].text, "Pro"] for n, t in _NUMBERED]),
        [Ticket([m._replace(date=m.date[:16] + ":00") for m in t.messages], t.mail, t.title, str(t.date)[:16] + ":00", None, {**t.attributes, "plan": "Pro"}) for t in firsts(ALL)]),
]  # fmt: skip


def _author(kind: str, t: Ticket) -> dict[str, Any]:
    if kind == AGENT:
        return {"type": "admin", "id": "900", "name": "Olga Petrov", "email": "olga@acme.test"}
    if kind == BOT:
        return {"type": "bot", "id": "1", "name": "Fin", "email": "operator@intercom.io"}
    return {"type": "user", "id": "u" + str(t.mail), "name": "", "email": t.mail}


def intercom(n: int, t: Ticket, *, bot: bool = False) -> dict[str, Any]:
    first, later = t.messages[0], list(t.messages[1:])
    if bot:
        later.insert(0, Message(BOT, first.date, "Hi there! You will get replies here and by mail."))
    parts = [
        {"type": "conversation_part", "id": str(n * 100 + k), "part_type": "comment", "body": "<p>" + m.text.replace("&", "&amp;").replace("<3", "&lt;3").replace("\n\n", "</p><p>") + "</p>",
         "created_at": epoch(m.date), "author": _author(m.role, t), "attachments": [], "redacted": False}
        for k, m in enumerate(later)
    ]  # fmt: skip
    parts.append(
        {
            "type": "conversation_part",
            "id": f"{n}99",
            "part_type": "close",
            "body": None,
            "created_at": epoch(first.date) + 99999,
            "author": _author(AGENT, t),
            "attachments": [],
        }
    )
    return {
        "type": "conversation", "id": str(n), "created_at": epoch(str(t.date)), "updated_at": epoch(str(t.date)) + 5000, "title": None,
        "source": {"type": "conversation", "id": f"s{n}", "delivered_as": "customer_initiated", "subject": f"<p>{t.title}</p>", "author": _author(CUSTOMER, t), "url": "https://acme.test",
                   "body": "<p>" + first.text.replace("&", "&amp;").replace("<3", "&lt;3").replace("\n\n", "</p>\n<p>") + "</p>", "attachments": []},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "u" + str(t.mail)}]}, "open": t.attributes["status"] == "open", "state": "closed", "read": True,
        "priority": "priority" if t.attributes["priority"] == "high" else "not_priority",
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": g, "name": g} for g in t.attributes["tags"].split()]},
        "conversation_rating": {"rating": 4, "remark": None, "created_at": epoch(str(t.date)) + 9000, "contact": {"type": "contact", "id": "u"}, "teammate": {"type": "admin", "id": "900"}},
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": parts, "total_count": len(parts)},
    }  # fmt: skip


def _tagged(t: Ticket, **more: Any) -> Ticket:
    return Ticket(
        more.get("messages", t.messages),
        t.mail,
        more.get("title", t.title),
        t.date,
        more.get("rating", t.rating),
        {k: v for k, v in t.attributes.items() if k == "tags"},
    )


_WITH_BOT = Ticket(
    [
        T2.messages[0],
        Message(BOT, T2.messages[0].date, "Hi there! You will get replies here and by mail."),
        T2.messages[1],
    ],
    T2.mail,
    T2.title,
    T2.date,
    None,
    T2.attributes,
)
INTERCOM = [
    Desk("intercom_list.json", _dump({"type": "conversation.list", "pages": {"type": "pages", "page": 1}, "total_count": 3, "conversations": [intercom(n, t) for n, t in _NUMBERED]}), [_tagged(t, rating=4.0) for t in ALL]),
    Desk("intercom_one.json", _dump(intercom(2, T2, bot=True)), [_tagged(_WITH_BOT, rating=4.0)]),
    Desk("intercom_lines.jsonl", "\n".join(json.dumps(intercom(n, t)) for n, t in _NUMBERED).encode(), [_tagged(t, rating=4.0) for t in ALL]),
]  # fmt: skip
_STATES, _GRADES = {"open": 2, "pending": 3, "solved": 4}, {"low": 1, "normal": 2, "high": 3}
_STATE_WORDS, _GRADE_WORDS = {"solved": "resolved"}, {"normal": "medium"}


def freshdesk(n: int, t: Ticket, *, talk: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cc_emails": [], "fwd_emails": [], "reply_cc_emails": [], "fr_escalated": False, "spam": False, "email_config_id": None, "group_id": None,
        "priority": _GRADES[t.attributes["priority"]], "requester_id": 700 + n, "responder_id": 900, "source": 1, "company_id": None, "status": _STATES[t.attributes["status"]],
        "subject": t.title, "to_emails": ["help@acme.test"], "product_id": None, "id": n, "type": "Question", "due_by": "2026-09-09T00:00:00Z", "is_escalated": False,
        "description": "<div>" + t.messages[0].text.replace("&", "&amp;").replace("<3", "&lt;3").replace("\n", "<br>") + "</div>", "description_text": t.messages[0].text,
        "custom_fields": {"cf_plan": "Pro"}, "created_at": zulu(str(t.date)), "updated_at": "2026-03-01T00:00:00Z", "tags": t.attributes["tags"].split(),
        "requester": {"id": 700 + n, "name": "Someone Else", "email": t.mail, "mobile": None, "phone": None},
    }  # fmt: skip
    if talk:
        made["conversations"] = [
            {"body": f"<div>{m.text}</div>", "body_text": m.text, "id": n * 10 + k, "incoming": m.role == CUSTOMER, "private": False, "user_id": 700 + n if m.role == CUSTOMER else 900,
             "support_email": None, "source": 0, "to_emails": [], "from_email": t.mail if m.role == CUSTOMER else "help@acme.test", "ticket_id": n, "created_at": zulu(m.date), "attachments": []}
            for k, m in enumerate(t.messages[1:])
        ]  # fmt: skip
    return made


def _fresh(t: Ticket) -> Ticket:
    told = t.attributes
    status, grade = (
        _STATE_WORDS.get(told["status"], told["status"]),
        _GRADE_WORDS.get(told["priority"], told["priority"]),
    )
    return Ticket(
        t.messages, t.mail, t.title, t.date, None, {"status": status, "priority": grade, "tags": told["tags"]}
    )


FRESHDESK = [
    Desk("freshdesk_list.json", _dump([freshdesk(n, t) for n, t in _NUMBERED]), [_fresh(t) for t in firsts(ALL)]),
    Desk("freshdesk_one.json", _dump(freshdesk(1, T1, talk=True)), [_fresh(T1)]),
    Desk("freshdesk.csv", table(
        [["Ticket ID", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created time", "Tags", "Description", "Full name", "Email", "Contact ID"]]
        + [[n, t.title, _fresh(t).attributes["status"].title(), _fresh(t).attributes["priority"].title(), "Email", "Question", "Olga Petrov", "Support", str(t.date)[:19].replace("T", " "), t.attributes["tags"], t.messages[0].text, "Someone Else", t.mail, 700 + n] for n, t in _NUMBERED]),
        [Ticket([m._replace(date=m.date[:19]) for m in t.messages], t.mail, t.title, str(t.date)[:19], None, _fresh(t).attributes) for t in firsts(ALL)]),
]  # fmt: skip
