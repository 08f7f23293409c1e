"""Who wrote it: the strongest key by which a person is known, and the other identities beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from voc_engine.ingest.keywords import keywords

_KEYWORDS = keywords("identity")

_MAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+$")
# Loops that never give back what they took: a cell of 4,000 blanks costs 4,000 steps and not their cube.
_MAIL_WITH_NAME = re.compile(r"^\s*+\"?(?P<name>[^<>\"]*+)\"?\s*+<(?P<mail>[^<>\s@]++@[^<>\s]++)>\s*$")
_MAIL_INSIDE = re.compile(r"(?<![^@\s<>])[^@\s<>]++@[^@\s<>]+\.[^@\s<>.]")
_NOBODY_WORDS = (
    "|anonymous|anonym|anon|[deleted]|deleted|[removed]|n/a|na|none|null|nan|unknown|a google user|guest|-|?|user"
)
_NOBODY = frozenset(_NOBODY_WORDS.split("|"))
# What shops and forums write where they do not show who it was ("Verified Buyer", "utilisateur anonyme"): a word for an
# account beside one that says that it is hidden, gone, or only that it bought.
_HIDDEN = _KEYWORDS.pattern("hidden")
_OF_THE_SITE = _KEYWORDS.pattern("of_the_site")
_ACCOUNT = _KEYWORDS.pattern("account")
_PLACEHOLDER = re.compile(
    rf"[(\[<*]*(?:(?:{_HIDDEN})(?:[\s_-]+(?:{_ACCOUNT}))?|(?:(?:{_HIDDEN}|{_OF_THE_SITE})[\s_-]+){{1,2}}(?:{_ACCOUNT})|"
    rf"(?:{_ACCOUNT})[\s_-]+(?:{_HIDDEN})|"
    rf"(?:{_ACCOUNT})|(?:no[\s_-]+)?(?:nick)?name(?:[\s_-]+(?:not[\s_-]+)?(?:given|provided|shown|withheld|hidden|disclosed))?)[)\]>*]*",
    re.IGNORECASE,
)
# A form or a mail robot sends in everybody's name.
_SERVICE = re.compile(_KEYWORDS.pattern("service"), re.IGNORECASE)
_PLACEHOLDER_CHARS = 60
# Mail anybody can have: a domain of these says nothing of who somebody works for.
FREE_MAIL = frozenset(
    ("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "aol.com",
     "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.at", "gmx.com", "web.de", "t-online.de", "freenet.de",
     "proton.me", "protonmail.com", "mail.com", "hotmail.co.uk", "yahoo.co.uk", "btinternet.com", "hotmail.fr", "orange.fr",
     "free.fr", "wanadoo.fr", "laposte.net", "yahoo.fr", "yahoo.de", "hotmail.de", "hotmail.es", "yahoo.es", "ziggo.nl",
     "kpnmail.nl", "xs4all.nl", "libero.it", "comcast.net", "verizon.net", "att.net", "mail.ru", "yandex.ru", "zoho.com",
     "fastmail.com", "hey.com"),
)  # fmt: skip
_GENERIC = re.compile(_KEYWORDS.pattern("generic"), re.IGNORECASE)


@dataclass(frozen=True)
class Identity:
    """What a source says of a person; each may be empty. ``scope`` tells whose ids these are ("zendesk"); ``shared``: other
    sources use the same ids, so that they join people."""

    name: str = ""
    email: str = ""
    handle: str = ""
    id: str = ""
    scope: str = ""
    shared: bool = False

    def key(self, document_id: str) -> str:
        """``mail:``, ``id:<scope>:``, ``handle:``, ``name:`` in this order of strength, else ``anonymous:<document>``."""
        if self.email:
            return f"mail:{self.email.lower()}"
        if self.id:
            return f"id:{self.scope}:{self.id}"
        if self.handle:
            return f"handle:{self.handle.casefold()}"
        if self.name:
            return f"name:{self.name.casefold()}"
        return f"anonymous:{document_id}"

    def attributes(self) -> dict[str, str]:
        """The known identities as ``identity.*`` attributes of the document."""
        pairs = (("name", self.name), ("email", self.email), ("handle", self.handle), ("id", self.id))
        identities = {f"identity.{what}": value for what, value in pairs if value}
        return identities | ({"identity.shared": f"{self.scope}:{self.id}"} if self.shared and self.id else {})


def make_identity(*, name: str = "", email: str = "", handle: str = "", id: str = "", scope: str = "") -> Identity:
    """An Identity from raw cells: blanks and words for nobody dropped, "Jane <jane@x.org>" taken apart, "@" removed."""
    name, email, handle, id = (_stated(value) for value in (name, email, handle, id))
    written = _MAIL_WITH_NAME.match(email) if email else None
    if written:
        email, name = written["mail"], name or written["name"].strip()
    for value in (one for one in (name, handle, id) if "@" in one):
        match = _MAIL_WITH_NAME.match(value)
        if not email and match:
            email, name = match["mail"], match["name"].strip()
        elif not email and _MAIL.match(value):
            email = value
    name, handle, id = ("" if "@" in value and _MAIL.match(value) else value for value in (name, handle, id))
    if email and not _MAIL.match(email):
        name, email = name or email, ""
    if not handle and re.match(r"^@\S+$", name):
        name, handle = "", name
    handle = re.sub(r"^(@|/?u/)", "", handle)
    return Identity(" ".join(name.split()), email.lower(), handle, id, scope)


def _stated(value: str) -> str:
    value = value.strip()
    return "" if is_placeholder(value) else value


# Words for nobody return; names and ids of a dump seldom do, and few of them are kept in memory.
@lru_cache(maxsize=1024)
def is_placeholder(value: str) -> bool:
    """Whether a source writes this where it does not tell who it was: each such row is somebody unknown."""
    value = value.strip()
    if value.casefold() in _NOBODY:
        return True
    return len(value) <= _PLACEHOLDER_CHARS and bool(_PLACEHOLDER.fullmatch(value))


def is_service(value: str) -> bool:
    """Whether a mail address is a form's or a robot's, which sends in everybody's name ("webform@acme.example")."""
    return bool(_SERVICE.match(value.strip()))


def is_mail(value: str) -> bool:
    return "@" in value and bool(_MAIL.match(value.strip()) or _MAIL_WITH_NAME.match(value))


def holds_mail(text: str) -> bool:
    """Whether a mail address stands anywhere in it."""
    return "@" in text and _MAIL_INSIDE.search(text) is not None


def is_generic_label(label: str) -> bool:
    """Whether a transcript's label names a part and not a person ("Speaker 1", "Interviewer", "P3")."""
    return bool(_GENERIC.match(label.strip())) or label.strip().casefold() in _NOBODY


def speaker_key(label: str | None, document_id: str) -> str:
    """Key of a transcript's speaker: by name, or bound to the document for generic labels and unknown voices."""
    if label is None or not label.strip():
        return f"speaker:{document_id}:unknown"
    if is_mail(label):
        return f"mail:{label.strip().lower()}"
    label = " ".join(label.split())
    if is_generic_label(label):
        return f"speaker:{document_id}:{label.casefold()}"
    return f"name:{label.casefold()}"


@lru_cache(maxsize=64)
def scope_of(source_name: str, channel: str | None) -> str:
    """Whose ids a table's are: its channel, else its file name without dates and part numbers.

    Two exports of one system ("reviews-2026-01.csv", "reviews-2026-02.csv") so share their people.
    """
    stem = PurePosixPath(source_name).name.split(".")[0]
    return (channel or re.sub(r"[\W_]*\d[\d\W_]*", "", stem) or stem).casefold()
