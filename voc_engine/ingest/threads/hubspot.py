"""HubSpot tickets as objects with properties (CRM API, exports made with it).

Fields: developers.hubspot.com/docs/api/crm/tickets; older exports give each property as {"value": ...}.
"""

from __future__ import annotations

from typing import Any

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import arr, obj, words
from voc_engine.ingest.threads.desk import Beside, JsonDesk, person, rating_among
from voc_engine.ingest.threads.desk_messages import Author
from voc_engine.ingest.threads.thread import Message, Thread, facts_of, moment, number, tags, title_of

_MARKS = frozenset(
    ("hs_ticket_priority", "hs_pipeline_stage", "hs_ticket_id", "hs_ticket_category", "hs_pipeline", "source_type")
)
_ATTRIBUTES = {
    "status": "hs_pipeline_stage", "priority": "hs_ticket_priority", "category": "hs_ticket_category",
    "pipeline": "hs_pipeline",
}  # fmt: skip
# Properties that are used by name, or tell of staff and bookkeeping.
_NOT_CUSTOM = frozenset(
    ("subject", "content", "createdate", "source_type", "closed_date", "created_by", "lastmodifieddate",
     "last_reply_date", "first_agent_reply_date", "time_to_close", "time_to_first_agent_reply", "tags", "company",
     "notes_last_updated", "notes_last_contacted", "num_notes", "num_contacted_notes", "source_ref", "source_thread_id"),
)  # fmt: skip


class HubSpot(JsonDesk):
    """The associated contact is the participant; what a ticket says of its content is the contact's."""

    name = "hubspot.v1"
    lists = ("results", "contacts", "companies")
    layout = "HubSpot tickets with properties"
    used = "subject, content, createdate, source_type, priority, stage, category, associated contact and company"

    def knows(self, keys: frozenset[str], head: str) -> bool:
        return "properties" in keys and bool(_MARKS & keys) and bool({"subject", "content"} & keys)

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        properties = {name: _plain(value) for name, value in obj(record.get("properties")).items()}
        native = words(
            record.get("id")
            or record.get("objectId")
            or properties.get("hs_ticket_id")
            or properties.get("hs_object_id")
        )
        customer = _contact(record, properties, beside)
        created = moment(properties.get("createdate") or record.get("createdAt"))
        attributes = _attributes(record, properties, beside)
        rating = number(properties.get("hs_feedback_last_ces_rating"))
        return Thread(
            native=native or locator, locator=f"ticket {native}" if native else locator, customer=customer,
            messages=[Message(words(properties.get("content")), Author(customer, "participant"), created)],
            subject=words(properties.get("subject")), created_at=created,
            rating=rating if rating is not None else rating_among(attributes),
            channel=words(properties.get("source_type")).lower() or None, url=words(record.get("url")) or None,
            attributes=attributes,
        )  # fmt: skip


def _plain(value: object) -> object:
    return value.get("value") if isinstance(value, dict) else value


def _associated(record: dict[str, Any], what: str, beside: Beside) -> tuple[str, dict[str, Any]]:
    """(id, properties) of the first associated contact or company."""
    holder = obj(record.get("associations")).get(what)
    first = obj(next(iter(arr(obj(holder).get("results")) or arr(holder)), {}))
    native = words(first.get("id") or first.get("toObjectId"))
    associated = beside.find(what, native) or first
    return native, {name: _plain(value) for name, value in (obj(associated.get("properties")) or associated).items()}


def _contact(record: dict[str, Any], properties: dict[str, Any], beside: Beside) -> Identity:
    native, contact = _associated(record, "contacts", beside)
    who = person(contact, "hubspot")
    mails = words(properties.get("hs_all_associated_contact_emails")).replace(",", ";").split(";")
    names = " ".join(
        words(properties.get(f"hs_all_associated_contact_{part}")).split(";")[0] for part in ("firstnames", "lastnames")
    )
    return make_identity(
        name=who.name or names, email=who.email or mails[0], id=native or words(contact.get("id")), scope="hubspot"
    )


def _attributes(record: dict[str, Any], properties: dict[str, Any], beside: Beside) -> dict[str, str]:
    facts = {name: words(properties.get(key)) for name, key in _ATTRIBUTES.items()}
    _, company = _associated(record, "companies", beside)
    _, contact = _associated(record, "contacts", beside)
    names = properties.get("hs_all_associated_contact_companies")
    facts["company"] = words(company.get("name") or contact.get("company") or properties.get("company") or names).split(
        ";"
    )[0]
    facts["tags"] = tags(properties.get("hs_tag_ids") or properties.get("tags"))
    custom = facts_of(
        (title_of(name), value)
        for name, value in properties.items()
        if not name.startswith(("hs_", "hubspot_")) and name not in _NOT_CUSTOM
    )
    return {**custom, **{name: value for name, value in facts.items() if value}}
