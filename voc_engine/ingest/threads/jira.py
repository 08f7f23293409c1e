"""Jira issues and service desk requests as JSON: search results, single issues, lists and JSON lines of them.

Fields: developer.atlassian.com/cloud/jira/platform/rest (v2 with text, v3 with document format) and its service desk API.
"""

from __future__ import annotations

from typing import Any

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, obj, words
from voc_engine.ingest.jsonstream import ENVELOPE
from voc_engine.ingest.threads.adf import plain_text
from voc_engine.ingest.threads.desk import Beside, JsonDesk, rating_among
from voc_engine.ingest.threads.desk_messages import Author
from voc_engine.ingest.threads.thread import Message, Thread, facts_of, moment, number, tags

_ACCOUNT = ("accountId", "key", "name", "emailAddress", "displayName")


class Jira(JsonDesk):
    """The reporter is the participant; apps are bots, everybody else's comments are staff's unless Jira says "customer"."""

    name = "jira.v1"
    what = "issue"
    lists = ("issues", "values", ENVELOPE)
    tickets_in = 2
    layout = "Jira issues"
    used = (
        "key, summary, description, comments, reporter, created, priority, status, labels, organisations, satisfaction"
    )

    def knows(self, keys: frozenset[str], head: str) -> bool:
        issue = "fields" in keys and "summary" in keys and bool({"issuetype", "reporter", "project"} & keys)
        return issue or {"issueKey", "requestFieldValues"} <= keys

    def learn(self, item: Item, beside: Beside) -> None:
        # "names" tells what custom fields are called.
        if item.key == ENVELOPE:
            for native, title in obj(obj(item.value).get("names")).items():
                beside.lists.setdefault("names", {})[native] = {"title": title}

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        if "requestFieldValues" in record:
            return _request(record, locator)
        fields = obj(record.get("fields"))
        native = words(record.get("key") or record.get("id"))
        reporter = obj(fields.get("reporter")) or obj(fields.get("creator"))
        customer = _identity(reporter)
        created = moment(fields.get("created"))
        role = "bot" if words(reporter.get("accountType")) == "app" else "participant"
        opening = Message(plain_text(fields.get("description")), Author(customer, role), created)
        holder = fields.get("comment") or fields.get("comments")
        comments = [obj(one) for one in (arr(obj(holder).get("comments")) or arr(holder))]
        titles = {name: words(one["title"]) for name, one in beside.lists.get("names", {}).items()}
        titles.update({name: words(title) for name, title in obj(record.get("names")).items()})
        attributes, rating = _attributes(fields, titles)
        return Thread(
            native=native or locator, locator=f"issue {native}" if native else locator, customer=customer,
            messages=[one for one in (opening, *(_comment(c, reporter, customer) for c in comments)) if one.text.strip()],
            subject=words(fields.get("summary")), created_at=created, rating=rating,
            channel=_channel(fields, titles), url=words(record.get("self")) or None, attributes=attributes,
        )  # fmt: skip


def _identity(user: dict[str, Any]) -> Identity:
    return make_identity(
        name=words(user.get("displayName")), email=words(user.get("emailAddress")),
        id=words(user.get("accountId") or user.get("key") or user.get("name")), scope="jira",
    )  # fmt: skip


def _same(this: dict[str, Any], two: dict[str, Any]) -> bool:
    return next((this[key] == two[key] for key in _ACCOUNT if this.get(key) and two.get(key)), False)


def _comment(comment: dict[str, Any], reporter: dict[str, Any], customer: Identity) -> Message:
    author = obj(comment.get("author"))
    public = comment.get("jsdPublic", comment.get("public"))
    kind = words(author.get("accountType"))
    if kind == "app":
        who = Author(_identity(author), "bot")
    elif public is not False and _same(author, reporter):
        who = Author(customer, "participant")
    else:
        who = Author(_identity(author), "participant" if public is not False and kind == "customer" else "agent")
    created = comment.get("created")
    date = obj(created).get("iso8601") or obj(created).get("epochMillis") or created
    return Message(plain_text(comment.get("body")), who, moment(date))


def _request(record: dict[str, Any], locator: str) -> Thread:
    """A request of the service desk API: its fields as label and value."""
    values = [obj(one) for one in arr(record.get("requestFieldValues"))]
    by_id = {words(one.get("fieldId")): one.get("value") for one in values}
    reporter = obj(record.get("reporter"))
    customer = _identity(reporter)
    created = moment(obj(record.get("createdDate")).get("iso8601") or obj(record.get("createdDate")).get("epochMillis"))
    native = words(record.get("issueKey") or record.get("issueId"))
    comments = [obj(one) for one in arr(obj(record.get("comments")).get("values"))]
    custom = facts_of(
        (words(one.get("label")).lower(), one.get("value")) for one in values
        if one.get("fieldId") not in ("summary", "description") and not isinstance(one.get("value"), list)
    )  # fmt: skip
    status = words(obj(record.get("currentStatus")).get("status"))
    opening = Message(plain_text(by_id.get("description")), Author(customer, "participant"), created)
    messages = [opening, *(_comment(one, reporter, customer) for one in comments)]
    return Thread(
        native=native or locator, locator=f"issue {native}" if native else locator, customer=customer,
        messages=[one for one in messages if one.text.strip()], subject=words(by_id.get("summary")), created_at=created,
        rating=rating_among(custom), attributes={**custom, **({"status": status} if status else {})},
    )  # fmt: skip


def _attributes(fields: dict[str, Any], titles: dict[str, str]) -> tuple[dict[str, str], float | None]:
    facts = {
        name: words(obj(fields.get(key)).get("name"))
        for name, key in (("status", "status"), ("priority", "priority"), ("type", "issuetype"))
    }
    facts["tags"] = tags(fields.get("labels"))
    facts["components"] = tags(fields.get("components"))
    facts["company"], rating = "", None
    custom: list[tuple[str, object]] = []
    for key, value in fields.items():
        if not key.startswith("customfield_") or value in (None, False):
            continue
        title = titles.get(key, "")
        if _is_rating(value):
            rating = number(obj(value)["rating"])
        elif _are_organizations(value, title):
            facts["company"] = tags(value)
        elif title.casefold() != "request channel type" and not isinstance(value, list):
            custom.append((title.lower() or key, value))
    custom_facts = facts_of(custom)
    own_given = {name: value for name, value in facts.items() if value}
    return {**custom_facts, **own_given}, rating if rating is not None else rating_among(custom_facts)


def _is_rating(value: object) -> bool:
    """The service desk's satisfaction: {"rating": 4}."""
    return isinstance(value, dict) and number(value.get("rating")) is not None


def _are_organizations(value: object, title: str) -> bool:
    """The service desk's organisations: a list of {"id", "name", "_links": {"self": ".../organization/1"}}."""
    if not isinstance(value, list) or not value:
        return False
    links = words(obj(obj(value[0]).get("_links")).get("self"))
    return "/organization/" in links or title.casefold() in (
        "organizations",
        "organisations",
        "organization",
        "company",
    )


def _channel(fields: dict[str, Any], titles: dict[str, str]) -> str | None:
    named = {title.casefold(): key for key, title in titles.items()}
    value = fields.get(named.get("request channel type", ""))
    return words(obj(value).get("value") if isinstance(value, dict) else value).lower() or None
