"""Salesforce cases as JSON: query results (REST, command line), with comments and mails inside the case or beside it.

Fields: Salesforce's object reference for Case, CaseComment and EmailMessage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, obj, words
from voc_engine.ingest.threads.desk import Beside, JsonDesk, rating_among, same_words
from voc_engine.ingest.threads.desk_messages import Author, pick
from voc_engine.ingest.threads.thread import Message, Thread, facts_of, moment, title_of

_CHILDREN = ("EmailMessage", "CaseComment")
_CHILD_FIELDS = (
    "Id", "ParentId", "TextBody", "HtmlBody", "Incoming", "FromAddress", "FromName", "MessageDate", "Subject", "CommentBody",
    "IsPublished", "CreatedDate", "CreatedBy", "CreatedById", "attributes",
)  # fmt: skip
# Users of portals and communities; "Standard" and the like are staff.
_CUSTOMER_USERS = ("Csp", "Customer", "PowerCustomer", "Partner", "PowerPartner", "Guest", "HighVolumePortal")
_MACHINE_USERS = ("AutomatedProcess", "CloudIntegrationUser")


class Salesforce(JsonDesk):
    """The contact is the participant; ``Incoming`` mails are theirs, other mails and comments staff's."""

    name = "salesforce.v1"
    what = "case"
    lists = ("records",)
    layout = "Salesforce cases"
    used = (
        "CaseNumber, Subject, Description, Status, Priority, Origin, Contact, SuppliedName, SuppliedEmail, Account, "
        "CaseComments, EmailMessages"
    )

    def knows(self, keys: frozenset[str], head: str) -> bool:
        case = "CaseNumber" in keys or bool(
            {"SuppliedEmail", "ContactId"} & keys and {"Subject", "Description"} <= keys
        )
        return case or ("ParentId" in keys and bool({"CommentBody", "TextBody"} & keys))

    def reads_twice(self) -> bool:
        return True

    def learn(self, item: Item, beside: Beside) -> None:
        value = obj(item.value)
        if _is_child(value):
            child = {name: value[name] for name in _CHILD_FIELDS if name in value}
            beside.children.setdefault(words(value.get("ParentId")), []).append(child)

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        if _is_child(record):
            return None  # told with its case
        native = words(record.get("CaseNumber") or record.get("Id"))
        customer = _customer(record)
        created = moment(record.get("CreatedDate"))
        apart = beside.children.pop(words(record.get("Id")), []) if record.get("Id") else []
        replies = [_message(one, customer) for one in [*_inside(record), *apart]]
        replies.sort(key=lambda one: one.created_at or "")
        opening = Message(pick(record, "Description"), Author(customer, "participant"), created)
        # Email-to-Case copies the first mail into the description.
        copied = any(same_words(one.text, opening.text) for one in replies if one.author.role == "participant")
        attributes = _attributes(record)
        return Thread(
            native=native or locator, locator=f"case {native}" if native else locator, customer=customer,
            messages=[one for one in ([] if copied else [opening]) + replies if one.text.strip()],
            subject=pick(record, "Subject"), created_at=created, rating=rating_among(attributes),
            channel=words(record.get("Origin")).lower() or None,
            language=words(record.get("Language")) or None, attributes=attributes,
        )  # fmt: skip

    def leftovers(self, beside: Beside) -> Iterator[Thread]:
        """Mails and comments whose case is not in the file: one thread per case."""
        for native in list(beside.children):
            children = sorted(beside.children.pop(native), key=lambda one: _date(one) or "")
            messages = [_message(one, make_identity()) for one in children]
            customer = next(
                (one.author.identity for one in messages if one.author.role == "participant"), make_identity()
            )
            yield Thread(
                native=native or "no case", locator=f"case {native}", customer=customer, messages=messages,
                subject=next((pick(one, "Subject") for one in children if pick(one, "Subject")), ""),
                created_at=_date(children[0]), channel="email" if "TextBody" in children[0] else None,
            )  # fmt: skip


def _is_child(record: dict[str, Any]) -> bool:
    kind = words(obj(record.get("attributes")).get("type"))
    return kind in _CHILDREN or ("ParentId" in record and bool({"CommentBody", "TextBody", "HtmlBody"} & set(record)))


def _inside(record: dict[str, Any]) -> list[dict[str, Any]]:
    lists = [record.get(name) for name in ("EmailMessages", "CaseComments", "Comments", "Emails")]
    return [obj(one) for held in lists for one in (arr(held) or arr(obj(held).get("records")))]


def _customer(record: dict[str, Any]) -> Identity:
    contact = obj(record.get("Contact"))
    return make_identity(
        name=pick(contact, "Name") or pick(record, "ContactName", "SuppliedName"),
        email=pick(contact, "Email") or pick(record, "ContactEmail", "SuppliedEmail"),
        id=words(record.get("ContactId") or contact.get("Id")), scope="salesforce",
    )  # fmt: skip


def _date(child: dict[str, Any]) -> str | None:
    return moment(child.get("MessageDate") or child.get("CreatedDate"))


def _message(child: dict[str, Any], customer: Identity) -> Message:
    body = pick(child, "CommentBody", "TextBody", "HtmlBody", "Body")
    return Message(body, _author(child, customer), _date(child))


def _author(child: dict[str, Any], customer: Identity) -> Author:
    by = obj(child.get("CreatedBy"))
    if "CommentBody" not in child:
        who = make_identity(name=pick(child, "FromName"), email=pick(child, "FromAddress"), scope="salesforce")
        if child.get("Incoming") is not True:
            return Author(who, "agent")
        return Author(customer if who.email in ("", customer.email) and customer.key("") != "anonymous:" else who,
                      "participant")  # fmt: skip
    native = words(child.get("CreatedById") or by.get("Id"))
    who = make_identity(name=pick(by, "Name"), email=pick(by, "Email"), id=native, scope="salesforce")
    kind = pick(by, "UserType")
    if kind in _MACHINE_USERS:
        return Author(who, "bot")
    theirs = kind.startswith(_CUSTOMER_USERS) or (bool(who.name) and who.name == customer.name)
    if child.get("IsPublished") is not False and theirs:
        return Author(customer if customer.key("") != "anonymous:" else who, "participant")
    return Author(who, "agent")


def _attributes(record: dict[str, Any]) -> dict[str, str]:
    account = obj(record.get("Account"))
    facts = {
        "status": pick(record, "Status"), "priority": pick(record, "Priority"), "type": pick(record, "Type"),
        "reason": pick(record, "Reason"), "company": pick(account, "Name") or pick(record, "AccountName", "SuppliedCompany"),
    }  # fmt: skip
    fields = {**account, **obj(record.get("Contact")), **record}
    custom = facts_of(
        (title_of(name), value) for name, value in fields.items() if name.endswith("__c") and value is not False
    )
    return {**custom, **{name: value for name, value in facts.items() if value}}
