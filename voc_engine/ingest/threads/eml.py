"""One mail in a file (.eml): RFC 5322."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.threads.mail_thread import staff_of, thread_of
from voc_engine.ingest.threads.mime import HEADERS, NOT_SENT, Mail, mail_of, parse
from voc_engine.ingest.threads.thread import conversation
from voc_engine.records import Skipped

_FIELD = re.compile(r"^(?P<name>[A-Za-z][\w-]*):\s?")
_SIZE_LINE = re.compile(rb"^\d{1,10}\s*\r?\n")
_FEWEST_HEADERS = 3  # from, date and one more (RFC 5322 asks for the two); text with "From:" has fewer


def mail_headers(lines: list[str]) -> set[str]:
    """Names, in lower case, of the known mail headers that stand before the first blank line; {} where other lines do."""
    names: set[str] = set()
    for line in lines:
        if not line.strip():
            break
        match = _FIELD.match(line)
        if match is None and not line[:1].isspace():
            return set()
        if match and match["name"].lower() in HEADERS:
            names.add(match["name"].lower())
    return names


def attached(source: SourceFile, locator: str, mails: Sequence[Mail]) -> Iterator[Skipped]:
    """Tells of attachments, which are counted and not read."""
    count = sum(mail.attachments for mail in mails)
    if count:
        yield set_aside(source, locator, "attachment, counted and not read", "", count)


def strange_lines(source: SourceFile, locator: str, mail: Mail) -> Iterator[Skipped]:
    """Tells of lines among a mail's headers that are none: words that may have lost the blank line above them."""
    if mail.strange:
        yield quarantine(
            source, locator, "lines among a mail's headers that are no headers", expected="a blank line below the headers",
            found=mail.strange, to_do="mend the mail, or export it again",
        )  # fmt: skip


class Eml:
    """The sender is the participant, unless the mail was sent by the staff or by a machine."""

    name = "eml.v1"
    kind = "ticket"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        lines = head_text(_SIZE_LINE.sub(b"", head, count=1)).lstrip("\n").split("\n")
        names = mail_headers(lines)
        sure = (
            "from" in names
            and len(names) >= _FEWEST_HEADERS
            and bool({"message-id", "received", "mime-version", "date"} & names)
        )
        return 0.97 if sure else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        # Apple Mail (.emlx) writes the mail's length above it.
        data = _SIZE_LINE.sub(b"", source.read_whole().lstrip(b"\r\n"), count=1)
        mail = mail_of(parse(data))
        if not mail.body.strip() and not mail.subject and not mail.sender.email:
            raise SourceError(f"{source.name} is no mail.", found="no headers of a mail", do="export it again as .eml")
        if mail.folder in NOT_SENT:
            yield set_aside(source, "mail", f"mail in the folder of {NOT_SENT[mail.folder]}", mail.body)
            return
        native = mail.message_id or source.name
        yield from strange_lines(source, "mail", mail)
        yield from attached(source, "mail", [mail])
        yield conversation(source, options, thread_of([mail], native, "mail", staff_of(options)))

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        mail = mail_of(parse(_SIZE_LINE.sub(b"", source.read_whole().lstrip(b"\r\n"), count=1)))
        return [
            "layout: one mail",
            f"from {mail.sender.email or 'nobody named'}, to {', '.join(mail.recipients) or 'nobody named'}",
            f"attachments, counted and not read: {mail.attachments}",
            "written by a machine" if mail.automatic else "written by a person (agents = [...] names the staff)",
        ]
