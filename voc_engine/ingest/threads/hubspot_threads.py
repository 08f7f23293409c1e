"""HubSpot conversations: threads of the inbox and help desk with their messages.

Fields: developers.hubspot.com/docs/api-reference/conversations-conversations-v3. Messages come as a list (newest first,
threads mixed) or inside their threads. Actors' ids tell their part: V- a visitor, A- an agent, B-, I-, L- and S- machines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, obj, words
from voc_engine.ingest.threads.desk import Beside, JsonDesk
from voc_engine.ingest.threads.desk_messages import Author, pick
from voc_engine.ingest.threads.thread import Message, Thread, facts_of, moment

_MACHINES = ("B-", "I-", "L-", "S-")
_CHANNELS = {"1000": "chat", "1001": "facebook", "1002": "email", "1003": "form", "1007": "whatsapp"}
_FIELDS = (
    "id", "type", "createdAt", "createdBy", "senders", "recipients", "text", "richText", "subject", "direction", "channelId",
    "truncationStatus", "client", "conversationsThreadId",
)  # fmt: skip


class HubSpotThreads(JsonDesk):
    """Incoming messages are the visitor's; comments are private notes of staff; messages are put in the order of time."""

    name = "hubspot_threads.v1"
    what = "message"
    lists = ("results", "threads", "messages", "actors")
    layout = "HubSpot conversations: threads with messages"
    used = "messages with text or richText, direction, senders, createdAt, subject, channelId, actors"

    def knows(self, keys: frozenset[str], head: str) -> bool:
        marked = "conversationsThreadId" in keys or {"truncationStatus", "senders"} <= keys
        return marked and bool({"text", "richText", "direction"} & keys)

    def learn(self, item: Item, beside: Beside) -> None:
        value = obj(item.value)
        if item.key == "actors":
            super().learn(item, beside)
        elif item.key in ("threads", "messages") or "conversationsThreadId" in value:
            self._keep(value, beside)

    def _keep(self, value: dict[str, Any], beside: Beside) -> None:
        """Messages that stand by themselves are gathered; only threads outside the first list are kept whole."""
        thread = words(value.get("conversationsThreadId") or value.get("threadId"))
        if thread and _messages_of(value) is None:
            message = {name: value[name] for name in _FIELDS if name in value}
            beside.children.setdefault(thread, []).append(message)
        elif _messages_of(value) is not None and value.get("id") is not None:
            beside.children.setdefault(words(value["id"]), []).extend(_messages_of(value) or [])

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        messages = _messages_of(record)
        if messages is None:
            native = words(record.get("conversationsThreadId"))
            gathered = beside.children.get(native)
            if native and not gathered:
                return None  # told with the first message of its thread
            messages = beside.children.pop(native, [record])
        else:
            native = words(record.get("id"))
        return _thread(record, native, locator, messages, beside)

    def leftovers(self, beside: Beside) -> Iterator[Thread]:
        for native in list(beside.children):
            messages = beside.children.pop(native)
            if thread := _thread({}, native, f"thread {native}", messages, beside):
                yield thread


def _messages_of(record: dict[str, Any]) -> list[dict[str, Any]] | None:
    """The messages inside a thread; None for a record that is no thread."""
    holder = record.get("messages")
    if isinstance(holder, (list, dict)):
        return [obj(one) for one in (arr(holder) or arr(obj(holder).get("results")))]
    return None


def _thread(
    record: dict[str, Any], native: str, locator: str, messages: list[dict[str, Any]], beside: Beside
) -> Thread | None:
    messages = sorted(messages, key=lambda one: (moment(one.get("createdAt")) or "", words(one.get("id"))))
    silent = [one for one in messages if not pick(one, "richText", "text")]
    if silent:
        beside.note("entry without words (assigned, status changed ...)", "", len(silent))
    if any("TRUNCATED" in words(one.get("truncationStatus")).replace("NOT_TRUNCATED", "") for one in messages):
        beside.note("note: HubSpot cut a message short; its whole text is not in the file")
    spoken = [one for one in messages if pick(one, "richText", "text")]
    authors = [_author(one, beside) for one in spoken]
    customer = next((one.identity for one in authors if one.role == "participant"), make_identity())
    dates = [moment(one.get("createdAt")) for one in spoken]
    subject = next((pick(one, "subject") for one in spoken if pick(one, "subject")), "")
    channels = [record.get("originalChannelId"), *(one.get("channelId") for one in spoken)]
    channel = next((words(one) for one in channels if one), "")
    return Thread(
        native=native or locator, locator=f"thread {native}" if native else locator, customer=customer,
        messages=[
            Message(pick(one, "richText", "text"), author, date)
            for one, author, date in zip(spoken, authors, dates, strict=True)
        ],
        subject=subject, created_at=_started(record) or next(iter(dates), None),
        channel=_CHANNELS.get(channel, channel) or None, attributes=facts_of([("status", record.get("status"))]),
    )  # fmt: skip


def _started(record: dict[str, Any]) -> str | None:
    """When a thread began, where the record is one and not its newest message."""
    return moment(record.get("createdAt")) if _messages_of(record) is not None else None


def _author(message: dict[str, Any], beside: Beside) -> Author:
    sender = obj(next(iter(arr(message.get("senders"))), {}))
    actor_id = words(sender.get("actorId") or message.get("createdBy"))
    actor = beside.find("actors", actor_id)
    kind, direction = words(message.get("type")), words(message.get("direction"))
    if kind == "WELCOME_MESSAGE" or actor_id.startswith(_MACHINES) or words(actor.get("type")) in ("BOT", "SYSTEM"):
        role = "bot"
    elif kind == "COMMENT" or direction == "OUTGOING" or actor_id.startswith("A-"):
        role = "agent"
    elif direction == "INCOMING" or actor_id.startswith(("V-", "E-")):
        role = "participant"
    else:
        role = "unknown"
    return Author(_identity(sender, actor_id, actor), role)


def _identity(sender: dict[str, Any], actor_id: str, actor: dict[str, Any]) -> Identity:
    address = obj(sender.get("deliveryIdentifier")) or obj(next(iter(arr(sender.get("deliveryIdentifiers"))), {}))
    mail = words(address.get("value")) if words(address.get("type")) == "HS_EMAIL_ADDRESS" else ""
    return make_identity(
        name=words(sender.get("name") or actor.get("name")),
        email=words(actor.get("email")) or mail or (actor_id[2:] if actor_id.startswith("E-") else ""),
        # A visitor's number is the contact's, so that tickets and conversations of one account meet.
        id=actor_id[2:] if actor_id.startswith("V-") else actor_id, scope="hubspot",
    )  # fmt: skip
