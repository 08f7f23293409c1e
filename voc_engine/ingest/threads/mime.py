"""One mail out of its bytes: who, to whom, when, which words; parts, encodings and attachments by RFC 5322 and RFC 2045."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as MimeMessage
from email.utils import getaddresses, parsedate_to_datetime

from voc_engine.ingest.dates import iso, parse_date
from voc_engine.ingest.decoding import head_encoding, unify
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.markup import html_to_text

_KEYWORDS = keywords("mime")

HEADERS = (
    "from", "to", "cc", "subject", "date", "message-id", "received", "mime-version", "return-path", "delivered-to",
    "content-type", "in-reply-to", "references", "reply-to", "x-mailer", "dkim-signature", "x-original-to",
)  # fmt: skip
_OTHER_HEADERS = re.compile(_KEYWORDS.pattern("other_headers"), re.IGNORECASE)
_NO_WORDS = _KEYWORDS.words("no_words")
_KINDS = _KEYWORDS.words("kinds")
_ID = re.compile(r"<[^<>\s]+>")
_AUTO_SUBJECT = re.compile(_KEYWORDS.pattern("auto_subject"), re.IGNORECASE)
_MACHINE = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|auto-?reply|notifications?|bounces?)(?:$|[+._-])",
    re.IGNORECASE,
)
_FORWARDS = re.compile(_KEYWORDS.pattern("forwards"), re.IGNORECASE)
_PREFIX = re.compile(_KEYWORDS.pattern("prefix"), re.IGNORECASE)


# Gmail writes its labels in the account's language.
_FOLDERS = {
    "spam": frozenset(("spam", "junk", "junk email", "junk e-mail", "pourriel", "courrier indésirable", "no deseado",
                       "спам")),
    "draft": _KEYWORDS.words("draft"),
    "trash": _KEYWORDS.words("trash"),
    "sent": _KEYWORDS.words("sent"),
}  # fmt: skip
# Folders whose mails nobody sent to the staff on purpose, or nobody sent at all.
NOT_SENT = {"spam": "spam", "draft": "drafts", "trash": "deleted mail"}
# Elements that mail programs put around the signature (Outlook, Gmail, Thunderbird, Proton, Apple, Yahoo).
_SIGNED = re.compile(
    r"<(?:div|table|p|span|pre|blockquote)\b[^<>]{0,200}?\b(?:id|class)\s*=\s*[\"'][^\"'<>]{0,80}?signature[^\"'<>]{0,80}[\"']"
    r"[^<>]{0,300}>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mail:
    """A mail's facts and words. ``references`` are the ids of the mails above it, the nearest last."""

    message_id: str
    references: tuple[str, ...]
    sender: Identity
    recipients: tuple[str, ...]
    subject: str
    created_at: str | None
    automatic: bool
    body: str
    forwarded: str = ""
    attachments: int = 0
    organization: str = ""
    priority: str = ""
    language: str = ""
    folder: str = ""  # "spam", "draft", "trash" or "sent", where the mailbox tells it
    strange: str = ""  # lines above the body that are no header anybody knows: a mail that lost its blank line


def parse(data: bytes) -> MimeMessage:
    """The mail as the standard library sees it; it takes any bytes."""
    return message_from_bytes(data)


def mail_of(message: MimeMessage) -> Mail:
    """Everything that is used of a mail."""
    bodies, forwarded, attachments = _words(message)
    return Mail(
        message_id=message_id_of(message), references=references_of(message), sender=sender_of(message),
        recipients=recipients_of(message), subject=header(message, "Subject"), created_at=date_of(message),
        automatic=is_automatic(message), body="\n".join(bodies), forwarded="\n".join(forwarded), attachments=attachments,
        organization=header(message, "Organization") or header(message, "Organisation"), priority=_priority(message),
        language=header(message, "Content-Language").split(",")[0].strip(), strange=_strange(message),
        folder=folder_of(message),
    )  # fmt: skip


def header(message: MimeMessage, name: str) -> str:
    """A header's words, encoded words (RFC 2047) decoded; "" where there is none."""
    value = message.get(name)
    return "" if value is None else header_text(str(value))


def header_text(raw: str) -> str:
    """The words of a header as it stands in the file."""
    try:
        parts = decode_header(raw)
    except (HeaderParseError, ValueError, LookupError):
        parts = [(raw, None)]
    text = "".join(part if isinstance(part, str) else decoded(part, charset) for part, charset in parts)
    # Raw bytes beyond ASCII come as lone surrogates; most programs that write them mean UTF-8.
    if re.search("[\udc80-\udcff]", text):
        text = decoded(text.encode("utf-8", "surrogateescape"), None)
    return " ".join(text.split())


def decoded(data: bytes, charset: str | None) -> str:
    """Text of bytes: by the charset that they claim where it fits, else by what they look like."""
    for name in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode(head_encoding(data), "replace") if data else ""


def addresses(message: MimeMessage, *names: str) -> list[tuple[str, str]]:
    """(name, address in lower case) of the named headers."""
    values = [header_with_commas(message, name) for name in names]
    try:
        pairs = getaddresses([value for value in values if value])
    except (ValueError, IndexError):
        return []
    return [(name, mail.lower()) for name, mail in pairs if "@" in mail]


def header_with_commas(message: MimeMessage, name: str) -> str:
    """All headers of a name, each address decoded by itself so that a comma inside a name splits nothing."""
    raw = ", ".join(str(one) for one in message.get_all(name, []))
    return re.sub(r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=(?:\s+=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=)*", _quoted_word, raw)


def _quoted_word(match: re.Match[str]) -> str:
    holder = MimeMessage()
    holder["Subject"] = match[0]
    return '"' + header(holder, "Subject").replace('"', "").replace("\\", "") + '"'


def sender_of(message: MimeMessage) -> Identity:
    """Who wrote: From, else Reply-To or Sender. Forms on websites write from "noreply", the customer is in Reply-To."""
    senders = [pair for name in ("From", "Reply-To", "Sender") for pair in addresses(message, name)[:1]]
    people = [pair for pair in senders if not _MACHINE.match(pair[1].partition("@")[0])]
    for name, mail in people or senders:
        return make_identity(name=name, email=mail, scope="mail")
    return make_identity(name=header(message, "From"), scope="mail")


def recipients_of(message: MimeMessage) -> tuple[str, ...]:
    """Addresses that it was sent to, also by forwarding."""
    names = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
    return tuple(dict.fromkeys(mail for _, mail in addresses(message, *names)))


def date_of(message: MimeMessage) -> str | None:
    """The Date header, else that of the last server on the way."""
    for raw in (header(message, "Date"), header(message, "Received").rpartition(";")[2].strip()):
        try:
            return iso(parsedate_to_datetime(raw))
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            if moment := parse_date(raw):
                return moment
    return None


def message_id_of(message: MimeMessage) -> str:
    """The mail's own id with its angle brackets, "" where it has none."""
    match = _ID.search(str(message.get("Message-ID") or message.get("Message-Id") or ""))
    return match[0] if match else ""


def references_of(message: MimeMessage) -> tuple[str, ...]:
    """Ids of the mails above it, from References and In-Reply-To."""
    ids = _ID.findall(str(message.get("References") or "")) + _ID.findall(str(message.get("In-Reply-To") or ""))
    return tuple(dict.fromkeys(ids))


def is_automatic(message: MimeMessage) -> bool:
    """Whether a machine wrote it: RFC 3834's header, its forerunners, the sender's or the subject's words."""
    submitted = str(message.get("Auto-Submitted") or "no").strip().lower()
    older = any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Failed-Recipients"))
    bulk = str(message.get("Precedence") or "").strip().lower() in ("auto_reply", "auto-reply", "bulk", "junk")
    local = sender_of(message).email.partition("@")[0]
    report = message.get_content_type() == "multipart/report"
    return (
        not submitted.startswith("no") or older or bulk or report or bool(_MACHINE.match(local))
        or bool(_AUTO_SUBJECT.match(header(message, "Subject")))
    )  # fmt: skip


def folder_of(message: MimeMessage) -> str:
    """Which folder a mail lay in, or what the mail server took it for: "spam", "draft", "trash", "sent", else ""."""
    labels = {one.strip().casefold() for one in header(message, "X-Gmail-Labels").split(",")}
    labels |= {header(message, name).casefold() for name in ("X-Folder", "X-Mailbox")}
    for folder, names in _FOLDERS.items():
        if labels & names:
            return folder
    if str(message.get("X-Spam-Flag") or message.get("X-Spam-Status") or "").strip().lower().startswith("yes"):
        return "spam"
    kind = str(message.get("X-Uniform-Type-Identifier") or "")
    return "draft" if message.get("X-Mozilla-Draft-Info") or kind == "com.apple.mail-draft" else ""


def bare_subject(subject: str) -> str:
    """A subject without "Re:" and its like in several languages."""
    return _PREFIX.sub("", subject).strip()


def forwards(subject: str) -> bool:
    """Whether a subject says that the mail was forwarded."""
    return bool(_FORWARDS.match(subject))


def _strange(message: MimeMessage) -> str:
    lines = [
        f"{name}: {header_text(str(value))}"
        for name, value in message.items()
        if name.lower() not in HEADERS and not _OTHER_HEADERS.match(name)
    ]
    return "\n".join(lines)


def _priority(message: MimeMessage) -> str:
    value = header(message, "Importance").lower() or header(message, "X-Priority")[:1]
    return {"high": "high", "low": "low", "1": "high", "2": "high", "4": "low", "5": "low"}.get(value, "")


def _words(message: MimeMessage) -> tuple[list[str], list[str], int]:
    """(bodies, bodies of mails inside it, number of attachments)."""
    bodies: list[str] = []
    forwarded: list[str] = []
    attachments = 0
    for part, inside in _leaves(message, False):
        if _is_attachment(part):
            attachments += 1
        elif text := _text(part):
            (forwarded if inside else bodies).append(text)
    return bodies, forwarded, attachments


def _leaves(part: MimeMessage, inside: bool) -> Iterator[tuple[MimeMessage, bool]]:
    """Parts with words or attachments; of alternatives the plain one that says something."""
    content = part.get_payload()
    if not isinstance(content, list):
        yield part, inside
        return
    parts = [one for one in content if isinstance(one, MimeMessage)]
    kind = part.get_content_type()
    if kind == "multipart/alternative" and parts:
        yield from _leaves(_best(parts), inside)
        return
    for inner in parts:
        yield from _leaves(inner, inside or kind == "message/rfc822")


def _best(parts: list[MimeMessage]) -> MimeMessage:
    plain = [one for one in parts if one.get_content_type() == "text/plain" and _text(one)]
    rich = [one for one in parts if one.get_content_maintype() == "multipart" or one.get_content_type() == "text/html"]
    return next(iter([*plain, *rich, *parts]))


def _is_attachment(part: MimeMessage) -> bool:
    kind = part.get_content_maintype()
    if kind not in _KINDS:
        return False  # a damaged type: its words are read as they are
    if kind != "text":
        return True
    if part.get_content_subtype() in _NO_WORDS:
        return True
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    return disposition.startswith("attachment")


def _text(part: MimeMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    text = unify(decoded(data, charset)).removeprefix("\ufeff")
    if part.get_content_subtype() == "html":
        # The mark of plain mail stands where the program marked the signature.
        return html_to_text(_SIGNED.sub(lambda match: f"<br>-- <br>{match[0]}", text))
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, delete=str(part.get_param("delsp", "")).lower() == "yes")
    return text.strip("\n")


def unflowed(text: str, *, delete: bool = False) -> str:
    """RFC 3676: lines that end in a blank go on in the next one of the same quotation depth; "-- " ends a line."""
    lines: list[tuple[int, str]] = []
    soft = False
    for line in text.split("\n"):
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body[1:] if body.startswith(" ") else body
        if soft and lines and lines[-1][0] == depth and body != "-- ":
            before = lines[-1][1][:-1] if delete else lines[-1][1]
            lines[-1] = (depth, before + body)
        else:
            lines.append((depth, body))
        soft = body.endswith(" ") and body != "-- "
    return "\n".join(f"{'>' * depth} {body}" if depth else body for depth, body in lines)
