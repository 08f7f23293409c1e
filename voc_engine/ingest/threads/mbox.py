"""Mailboxes (mbox, RFC 4155): mails put together into threads by In-Reply-To and References."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.threads.eml import attached, mail_headers, strange_lines
from voc_engine.ingest.threads.mail_thread import Staff, staff_of, thread_of
from voc_engine.ingest.threads.mime import (
    NOT_SENT,
    Mail,
    bare_subject,
    header,
    mail_of,
    message_id_of,
    parse,
    recipients_of,
    references_of,
    sender_of,
)
from voc_engine.ingest.threads.thread import conversation
from voc_engine.records import Skipped

_FROM_LINE = re.compile(rb"^From [^\r\n]{0,300}?\d{1,2}:\d{2}[^\r\n]{0,60}\r?\n?$")
_FIELD = re.compile(rb"^[A-Za-z][\w-]*:|^>From ")
# "From " inside a mail is written ">From ", and ">From " as ">>From " (mboxrd).
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LINE = 1 << 16
_HEADERS = 1 << 18
_MAIL_LIMIT = 64 * 1024 * 1024
_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|rép)(?:\[\d+\])?\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a mail stands in the file, in bytes, and what threads it: ids, subject and addresses."""

    start: int
    end: int
    message_id: str
    references: tuple[str, ...]
    subject: str
    sender: str
    recipients: tuple[str, ...]


@dataclass
class _Box:
    places: list[Place] = field(default_factory=list)
    before: bytes = b""


class Mbox:
    """The index of the mails is kept in memory, about a kilobyte each; their words are read thread by thread."""

    name = "mbox.v1"
    kind = "ticket"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        first, _, rest = head.lstrip(b"\r\n").partition(b"\n")
        if not _FROM_LINE.match(first + b"\n"):
            return 0.0
        return 0.99 if len(mail_headers(head_text(rest).split("\n"))) > 1 else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        return _talks(source, options)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        with source.seekable() as stream:
            box = _index(stream)
        groups = threads_among(box.places)
        staff = _staff(box, groups, options)
        how = "as configured" if staff.given else "by how many threads name them"
        named = sorted({*staff.given, *staff.domains, *staff.mails})
        return [
            f"layout: mailbox with {len(box.places)} mails in {len(groups)} threads (by In-Reply-To and References)",
            f"staff: {', '.join(named) or 'nobody known'} ({how}; agents = [...] corrects it)",
            "cut: quoted and forwarded mail, signatures, disclaimers; attachments are counted",
        ]


def _talks(source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    with source.seekable() as stream:
        box = _index(stream)
        if box.before.strip():
            yield quarantine(
                source, "beginning", "text above the first mail", expected='a line "From sender date"',
                found=box.before.decode("utf-8", "replace"), to_do="export the mailbox again",
            )  # fmt: skip
        groups = threads_among(box.places)
        staff = _staff(box, groups, options)
        for group in groups:
            mails = [_mail(stream, box.places[number]) for number in group]
            yield from _thread(source, options, group, mails, staff)


def _thread(
    source: SourceFile, options: SourceConfig, group: list[int], mails: list[Mail], staff: Staff
) -> Iterator[Conversation | Skipped]:
    locator = f"mail {group[0] + 1}" if len(group) == 1 else f"mails {', '.join(str(n + 1) for n in group[:20])}"
    distinct: list[Mail] = []
    marks: set[tuple[str, str]] = set()
    for mail in mails:
        if mail.folder in NOT_SENT:
            yield set_aside(source, locator, f"mail in the folder of {NOT_SENT[mail.folder]}", mail.body)
            continue
        mark = (mail.message_id, " ".join(mail.body.split()))
        if mail.message_id and mark in marks:
            yield set_aside(source, locator, "copy of a mail with the same Message-ID", mail.body)
            continue
        marks.add(mark)
        distinct.append(mail)
        yield from strange_lines(source, locator, mail)
    if not distinct:
        return
    yield from attached(source, locator, distinct)
    native = distinct[0].message_id or locator
    yield conversation(source, options, thread_of(distinct, native, locator, staff))


def _index(stream: BinaryIO) -> _Box:
    """The places of all mails; a "From " line separates only after a blank line and above a header."""
    box = _Box()
    start: int | None = None
    head = bytearray()
    in_head = False
    at, blank, candidate = 0, True, -1
    candidate_line = b""
    while line := stream.readline(_LINE):
        if candidate >= 0:
            if _FIELD.match(line):
                if start is not None:
                    box.places.append(_mail_at(start, candidate, bytes(head)))
                start, head, in_head = candidate, bytearray(), True
            elif start is None:
                box.before = (box.before + candidate_line)[:_LINE]
            candidate = -1
        if blank and _FROM_LINE.match(line):
            candidate, candidate_line = at, line
        elif start is None:
            box.before = (box.before + line)[:_LINE]
        elif in_head and len(head) < _HEADERS:
            in_head = bool(line.strip())
            head += line
        blank = not line.strip()
        at += len(line)
    if start is not None:
        box.places.append(_mail_at(start, at, bytes(head)))
    return box


def _mail_at(start: int, end: int, head: bytes) -> Place:
    message = parse(head)
    return Place(
        start, end, message_id_of(message), references_of(message), header(message, "Subject"),
        sender_of(message).email, recipients_of(message),
    )  # fmt: skip


def _mail(stream: BinaryIO, location: Place) -> Mail:
    stream.seek(location.start)
    data = stream.read(min(location.end - location.start, _MAIL_LIMIT))
    _, _, mail = data.partition(b"\n")
    return mail_of(parse(_ESCAPED.sub(rb"\1", mail)))


def threads_among(places: list[Place]) -> list[list[int]]:
    """Numbers of the mails of each thread, threads in the order of their first mail.

    By Message-ID, In-Reply-To and References; a "Re:" without any of them joins its subject's last thread if it shares
    an address with it.
    """
    root = list(range(len(places)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    by_id: dict[str, int] = {}
    by_subject: dict[str, int] = {}
    for number, location in enumerate(places):
        for message_id in (location.message_id, *location.references):
            if not message_id:
                continue
            first, second = sorted((find(number), find(by_id.setdefault(message_id, number))))
            root[second] = first
        subject = bare_subject(location.subject).casefold()
        above = by_subject.get(subject) if subject else None
        if above is not None and not location.references and _REPLY.match(location.subject):
            other = places[above]
            if {location.sender, *location.recipients} & {other.sender, *other.recipients} - {""}:
                first, second = sorted((find(number), find(above)))
                root[second] = first
        by_subject[subject] = number
    groups: dict[int, list[int]] = {}
    for number in range(len(places)):
        groups.setdefault(find(number), []).append(number)
    return [groups[key] for key in sorted(groups)]


def _staff(box: _Box, groups: list[list[int]], options: SourceConfig) -> Staff:
    staff = staff_of(options)
    for group in groups:
        opening = box.places[group[0]]
        staff.learn(opening.sender, opening.recipients)
    return staff if staff.given else staff.settled()
