"""Mails of one exchange as a ticket: who is the customer, who the staff, what a machine wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.mail import FORWARDED
from voc_engine.ingest.threads.messages import Author
from voc_engine.ingest.threads.mime import Mail, bare_subject, forwards
from voc_engine.ingest.threads.thread import Message, Thread, kept

# Mail anybody can have: a domain of these says nothing of who somebody works for.
FREE_MAIL = frozenset(
    ("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "aol.com",
     "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.at", "gmx.com", "web.de", "t-online.de", "freenet.de",
     "proton.me", "protonmail.com", "mail.com", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "hotmail.fr", "orange.fr",
     "free.fr", "wanadoo.fr", "laposte.net", "yahoo.fr", "yahoo.de", "hotmail.de", "hotmail.es", "yahoo.es", "ziggo.nl",
     "kpnmail.nl", "xs4all.nl", "libero.it", "comcast.net", "verizon.net", "att.net", "mail.ru", "yandex.ru", "zoho.com",
     "fastmail.com", "hey.com"),
)  # fmt: skip
_DESKS = frozenset(
    ("support", "help", "helpdesk", "service", "servicedesk", "customerservice", "customercare", "care", "kundenservice",
     "kundendienst", "info", "contact", "kontakt", "hello", "hallo", "team", "sales", "billing", "office", "feedback",
     "soporte", "ayuda", "aide", "sav", "klantenservice", "tickets", "hilfe"),
)  # fmt: skip
_MOST = 0.6


@dataclass
class Staff:
    """Addresses and domains of the staff: as configured, else as the mails show."""

    given: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    counts: Counter[str] = field(default_factory=Counter)
    threads: int = 0

    def holds(self, who: Identity | str) -> bool:
        """Whether an address or a person is of the staff."""
        mail = who if isinstance(who, str) else who.email
        local, _, domain = mail.partition("@")
        if {mail, domain, f"@{domain}"} & self.given or (
            not isinstance(who, str) and who.name.casefold() in self.given
        ):
            return True
        if self.given:
            return False
        return mail in self.mails or domain in self.domains or local in _DESKS

    def learn(self, senders: Iterable[str], recipients: Iterable[str]) -> None:
        """Counts a thread's addresses: the staff's domain is in nearly all of them, each customer's in few."""
        both = {*senders, *recipients} - {""}
        self.threads += 1
        self.counts.update({mail.partition("@")[2] for mail in both} - FREE_MAIL)
        self.counts.update(mail for mail in both if mail.partition("@")[2] in FREE_MAIL)

    def settled(self) -> Staff:
        """Domains (of free mail: addresses) that most threads name, two threads at least."""
        often = {one for one, count in self.counts.items() if count >= 2 and count >= _MOST * self.threads}
        top = sorted(often, key=lambda one: (-self.counts[one], one))[:3]
        return Staff(
            self.given, frozenset(one for one in top if "@" not in one), frozenset(one for one in top if "@" in one)
        )


def staff_of(options: SourceConfig) -> Staff:
    """The staff that the configuration names: addresses, domains with or without "@", or names."""
    return Staff(given=frozenset(one.strip().casefold() for one in options.agents if one.strip()))


def thread_of(mails: Sequence[Mail], native: str, locator: str, staff: Staff) -> Thread:
    """The exchange in the order of time. Who wrote first is the customer, unless they are staff: then whom they wrote to."""
    mails = sorted(mails, key=lambda one: one.created_at or "")
    first = next((one for one in mails if not one.automatic and not staff.holds(one.sender)), None)
    customer = first.sender if first else _addressed(mails, staff)
    messages: list[Message] = []
    for mail in mails:
        author = Author(mail.sender, _role(mail, customer, mails, staff))
        messages.append(Message(mail.body, author, mail.created_at))
        if mail.forwarded:
            messages.append(Message(mail.forwarded, author, mail.created_at, cut=FORWARDED))
    attachments = sum(one.attachments for one in mails)
    lead = first or mails[0]
    attributes = kept([
        ("company", lead.organization), ("priority", lead.priority), ("attachments", str(attachments or "")),
        ("forwarded", "yes" if forwards(mails[0].subject) else ""),
    ])  # fmt: skip
    return Thread(
        native=native, locator=locator, customer=customer,
        messages=[one for one in messages if one.text.strip()], subject=bare_subject(mails[0].subject),
        created_at=next((one.created_at for one in mails if one.created_at), None), channel="email",
        language=lead.language or None, attributes=attributes,
    )  # fmt: skip


def _addressed(mails: Sequence[Mail], staff: Staff) -> Identity:
    """Whom the staff wrote to; nobody where that is staff as well."""
    outside = [mail for one in mails for mail in one.recipients if not staff.holds(mail)]
    return make_identity(email=outside[0] if outside else "", scope="mail")


def _role(mail: Mail, customer: Identity, mails: Sequence[Mail], staff: Staff) -> str:
    if mail.automatic:
        return "bot"
    if staff.holds(mail.sender):
        return "agent"
    if mail.sender.key("") == customer.key(""):
        return "participant"
    if staff.given:
        return "participant"
    # Somebody whom the customer wrote to answers for the company; somebody else in the thread may be a colleague.
    domain = customer.email.partition("@")[2]
    if domain not in FREE_MAIL and mail.sender.email.endswith(f"@{domain}"):
        return "participant"
    asked = {one for other in mails if other.sender.key("") == customer.key("") for one in other.recipients}
    domains = {one.partition("@")[2] for one in asked} - FREE_MAIL
    return "agent" if mail.sender.email in asked or mail.sender.email.partition("@")[2] in domains else "unknown"
