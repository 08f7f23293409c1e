"""Mails of one exchange as a ticket: who is the customer, who the staff, what a machine wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.ingest.identity import FREE_MAIL, Identity, make_identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.mail import FORWARDED
from voc_engine.ingest.threads.desk_messages import Author
from voc_engine.ingest.threads.mime import Mail, bare_subject, forwards
from voc_engine.ingest.threads.thread import Message, Thread, facts_of

_KEYWORDS = keywords("mail_thread")

_DESKS = _KEYWORDS.words("desks")  # fmt: skip
_MOST = 0.6  # of the threads; a choice: more than half, so that two may not be it


@dataclass
class Staff:
    """Addresses and domains of the staff: as configured, else as the mails show."""

    given: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    mails: frozenset[str] = frozenset()
    asked: Counter[str] = field(default_factory=Counter)
    asking: Counter[str] = field(default_factory=Counter)
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

    def learn(self, sender: str, recipients: Iterable[str]) -> None:
        """Counts who opened a thread and whom they wrote to: domains, and addresses."""
        self.threads += 1
        self.asking.update(_marks([sender]))
        self.asked.update(_marks(recipients))

    def settled(self) -> Staff:
        """Whom most threads were opened to, two at least; in a box of sent mail, who opened most of them.

        By domain, unless customers have the same one (a help desk inside a firm) or it is free mail: then by address.
        """
        addressed, asking = self._most(self.asked), self._most(self.asking)
        marks = addressed or (asking if len(self.asked) > 2 * len(self.asking) else frozenset())
        shared = {one for one in marks if "@" not in one and addressed and self.asking[one] > 0.3 * self.threads}
        domains = frozenset(one for one in marks if "@" not in one) - shared - FREE_MAIL
        return Staff(self.given, domains, frozenset(one for one in marks if "@" in one))

    def _most(self, counts: Counter[str]) -> frozenset[str]:
        return frozenset(one for one, count in counts.items() if count > 1 and count >= _MOST * self.threads)


def _marks(mails: Iterable[str]) -> set[str]:
    addresses = {mail for mail in mails if mail}
    return addresses | {mail.partition("@")[2] for mail in addresses}


def staff_of(options: SourceConfig) -> Staff:
    """The staff that the configuration names: addresses, domains with or without "@", or names."""
    return Staff(given=frozenset(one.strip().casefold() for one in options.agents if one.strip()))


def thread_of(mails: Sequence[Mail], native: str, locator: str, staff: Staff) -> Thread:
    """The exchange in the order of time. Who wrote first is the customer, unless they are staff: then whom they wrote to."""
    mails = sorted(mails, key=lambda one: one.created_at or "")
    first = next(
        (one for one in mails if not one.automatic and not staff.holds(one.sender) and one.folder != "sent"), None
    )
    customer = first.sender if first else _addressed(mails, staff)
    messages: list[Message] = []
    for mail in mails:
        author = Author(mail.sender, _role(mail, customer, mails, staff))
        messages.append(Message(mail.body, author, mail.created_at))
        if mail.forwarded:
            messages.append(Message(mail.forwarded, author, mail.created_at, cut=FORWARDED))
    attachments = sum(one.attachments for one in mails)
    lead = first or mails[0]
    attributes = facts_of([
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
    if staff.holds(mail.sender) or (mail.folder == "sent" and not staff.given):
        return "agent"
    if mail.sender.key("") == customer.key(""):
        return "participant"
    if staff.given:
        return "participant"
    # Somebody whom the customer wrote to answers for the company; somebody else in the thread may be a colleague.
    domain = customer.email.partition("@")[2]
    if domain not in FREE_MAIL and mail.sender.email.endswith(f"@{domain}"):
        return "participant"
    addressed = {one for other in mails if other.sender.key("") == customer.key("") for one in other.recipients}
    domains = {one.partition("@")[2] for one in addressed} - FREE_MAIL
    return "agent" if mail.sender.email in addressed or mail.sender.email.partition("@")[2] in domains else "unknown"
