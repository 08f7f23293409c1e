"""Freshdesk tickets as its API lists them (with conversations, requester, company) or as an account's JSON export.

Fields: developers.freshdesk.com/api (tickets, conversations, satisfaction ratings); the older export wraps each ticket in
"helpdesk_ticket" and calls its conversations notes.
"""

from __future__ import annotations

from typing import Any

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, obj, words
from voc_engine.ingest.threads.desk import Beside, JsonDesk, person
from voc_engine.ingest.threads.desk_messages import Author, pick
from voc_engine.ingest.threads.thread import Message, Thread, facts_of, moment, number, tags, title_of

SOURCES = {
    1: "email", 2: "portal", 3: "phone", 4: "forum", 5: "twitter", 6: "facebook", 7: "chat", 8: "mobihelp",
    9: "feedback widget", 10: "outbound email", 11: "ecommerce", 12: "bot", 13: "whatsapp",
}  # fmt: skip
STATUS = {2: "Open", 3: "Pending", 4: "Resolved", 5: "Closed", 6: "Waiting on Customer", 7: "Waiting on Third Party"}
PRIORITY = {1: "Low", 2: "Medium", 3: "High", 4: "Urgent"}
_OUTBOUND = "outbound email"
_MARKS = frozenset(
    ("description_text", "body_text", "helpdesk_ticket", "fr_escalated", "fr_due_by", "frDueBy", "reply_cc_emails")
)


class Freshdesk(JsonDesk):
    """The requester is the participant; ``incoming`` tells customers from staff, private notes are staff's."""

    name = "freshdesk.v1"
    lists = ("tickets", "contacts", "companies", "agents", "satisfaction_ratings")
    layout = "Freshdesk tickets"
    used = (
        "id, subject, description, conversations or notes, requester, company, source, status, priority, tags, "
        "satisfaction ratings"
    )

    def knows(self, keys: frozenset[str], head: str) -> bool:
        return bool(_MARKS & keys) and ("subject" in keys or "conversations" in keys)

    def learn(self, item: Item, beside: Beside) -> None:
        value = obj(item.value)
        if item.key == "satisfaction_ratings" and "ticket_id" in value:
            beside.children.setdefault(words(value["ticket_id"]), []).append(value)
        else:
            super().learn(item, beside)

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        ticket = obj(record.get("helpdesk_ticket")) or obj(record.get("ticket")) or record
        native = words(ticket.get("display_id") or ticket.get("id"))
        customer = _requester(ticket, beside)
        channel = words(ticket.get("source_name")) or _named(ticket.get("source"), SOURCES)
        if ticket.get("spam") is True:
            beside.note("note: marked as spam in Freshdesk, and used")
        messages = [_opening(ticket, customer, channel)]
        for note in arr(ticket.get("conversations")) + arr(ticket.get("notes")):
            messages.append(_message(obj(obj(note).get("note")) or obj(note), ticket, customer, beside))
        score, remark = _rating(ticket, beside.children.get(native, []))
        if remark:
            messages.append(Message(remark, Author(customer, "participant")))
        return Thread(
            native=native or locator, locator=f"ticket {native}" if native else locator, customer=customer,
            messages=[one for one in messages if one.text.strip()], subject=pick(ticket, "subject"),
            created_at=moment(ticket.get("created_at")), rating=score, channel=channel.lower() or None,
            attributes=_attributes(ticket, beside),
        )  # fmt: skip


def _named(value: object, names: dict[int, str]) -> str:
    return names.get(value, words(value)) if isinstance(value, int) else words(value)


def _requester(ticket: dict[str, Any], beside: Beside) -> Identity:
    native = ticket.get("requester_id")
    requester = obj(ticket.get("requester")) or beside.find("contacts", native)
    return make_identity(
        name=words(requester.get("name") or ticket.get("requester_name") or ticket.get("name")),
        email=words(requester.get("email") or ticket.get("email") or ticket.get("requester_email")),
        id=words(native if native is not None else requester.get("id")), scope="freshdesk",
    )  # fmt: skip


def _opening(ticket: dict[str, Any], customer: Identity, channel: str) -> Message:
    """The description; in a mail that staff sent out it is theirs."""
    body = pick(ticket, "description_html", "description", "description_text")
    role = "agent" if channel.lower() == _OUTBOUND else "participant"
    who = make_identity() if role == "agent" else customer
    return Message(body, Author(who, role), moment(ticket.get("created_at")))


def _message(record: dict[str, Any], ticket: dict[str, Any], customer: Identity, beside: Beside) -> Message:
    body = pick(record, "body_html", "body", "body_text")
    incoming = record.get("incoming") is True and record.get("private") is not True
    user = record.get("user_id")
    if incoming and (user is None or words(user) == words(ticket.get("requester_id"))):
        author = Author(customer, "participant")
    elif incoming:
        sender = {**beside.find("contacts", user), "id": user}
        who = person(sender, "freshdesk")
        author = Author(who if who.email else make_identity(name=who.name, email=words(record.get("from_email")),
                        id=words(user), scope="freshdesk"), "participant")  # fmt: skip
    else:
        contact = obj(beside.find("agents", user).get("contact")) or beside.find("agents", user)
        author = Author(person({**contact, "id": user}, "freshdesk"), "agent")
    return Message(body, author, moment(record.get("created_at")))


def _rating(ticket: dict[str, Any], beside: list[dict[str, Any]]) -> tuple[float | None, str]:
    """(score on Freshdesk's own scale, -103 to 103, or as given; what the customer remarked)."""
    ratings = [obj(one) for one in arr(ticket.get("satisfaction_ratings"))] or beside
    ratings = ratings or [obj(ticket.get("satisfaction_rating"))]
    scores = [number(obj(one.get("ratings")).get("default_question", one.get("rating"))) for one in ratings]
    remarks = [pick(one, "feedback") for one in ratings]
    return next((one for one in scores if one is not None), None), "\n".join(one for one in remarks if one)


def _attributes(ticket: dict[str, Any], beside: Beside) -> dict[str, str]:
    company = obj(ticket.get("company")) or beside.find("companies", ticket.get("company_id"))
    contact = obj(ticket.get("requester")) or beside.find("contacts", ticket.get("requester_id"))
    facts = {
        "status": words(ticket.get("status_name")) or _named(ticket.get("status"), STATUS),
        "priority": words(ticket.get("priority_name")) or _named(ticket.get("priority"), PRIORITY),
        "type": words(ticket.get("type") or ticket.get("ticket_type")),
        "tags": tags(ticket.get("tags")),
        "company": words(company.get("name") or ticket.get("company_name")),
    }
    fields = {
        **obj(contact.get("custom_fields")),
        **obj(ticket.get("custom_field")),
        **obj(ticket.get("custom_fields")),
    }
    custom = facts_of((title_of(name), value) for name, value in fields.items() if value is not False)
    return {**custom, **{name: value for name, value in facts.items() if value}}
