"""What in a mail is not its author's own words: quoted mail, signatures, disclaimers. Kept, but cut from evidence."""

from __future__ import annotations

import re

QUOTED = "quoted mail"
SIGNATURE = "signature"
DISCLAIMER = "disclaimer"

_QUOTE_LINE = re.compile(r"^\s{0,3}>")
_INTRO = re.compile(
    r"^\s*(?:On\b.{4,200}\bwrote|Am\b.{4,200}\bschrieb.{0,80}|Le\b.{4,200}\ba écrit|Op\b.{4,200}\bschreef.{0,80}|"
    r"El\b.{4,200}\bescribió)\s*:\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Reply message)\s*-{0,}|"
    r"##-? ?Please type your reply above this line ?-?##.*|Begin forwarded message:)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"^\s*\**(?:From|Von|De|Van)\s*:\**\s+\S", re.IGNORECASE)
_SENT = re.compile(r"(?:^|\s)\**(?:Sent|Date|To|Subject|Gesendet|Datum|An|Envoyé|À|Verzonden)\s*:", re.IGNORECASE)
_DELIMITER = re.compile(r"^--\s?$")
_DEVICE = re.compile(
    r"^\s*(?:Sent (?:from|via|with)\b.{1,60}|Get Outlook for \S+.{0,40}|Von meinem \S+ gesendet.{0,20}|"
    r"Envoyé de(?:puis)? mon \S+.{0,20}|Verstuurd vanaf mijn \S+.{0,20}|Sent on the go.{0,30})\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"(?:this (?:e-?mail|message)(?: and any \w+)*.{0,80}\b(?:confidential|intended (?:only|solely))|confidentiality notice|"
    r"if you are not the intended recipient|disclaimer:)",
    re.IGNORECASE | re.DOTALL,
)


def split_mail(text: str) -> list[tuple[str, str | None]]:
    """(stretch, why it is no evidence or None) in order; blank lines between stretches are dropped, no word is.

    Source of the marks: RFC 3676 (">", "-- ") and what Outlook, Gmail and Apple Mail write.
    """
    lines = text.split("\n")
    marks = _marks(lines)
    stretches: list[tuple[str, str | None]] = []
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or marks[number] != marks[start]:
            stretch = "\n".join(lines[start:number]).strip("\n")
            if stretch.strip():
                stretches.append((stretch.strip(), marks[start]))
            start = number
    return _joined(stretches)


def _joined(stretches: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    joined: list[tuple[str, str | None]] = []
    for text, cut in stretches:
        if joined and joined[-1][1] == cut:
            joined[-1] = (f"{joined[-1][0]}\n{text}", cut)
        else:
            joined.append((text, cut))
    return joined


def _marks(lines: list[str]) -> list[str | None]:
    """Why each line is no evidence; blank lines take the mark of the line before them."""
    marks: list[str | None] = [None] * len(lines)
    at = 0
    while at < len(lines):
        reason, stop = _opening(lines, at)
        if reason is None:
            if not lines[at].strip() and at and marks[at - 1]:
                marks[at] = marks[at - 1]
            at += 1
            continue
        for number in range(at, stop):
            marks[number] = reason
        at = stop
    return marks


def _opening(lines: list[str], at: int) -> tuple[str | None, int]:
    """(reason, line after the stretch) where a stretch that is no evidence begins at line ``at``."""
    line = lines[at]
    if not line.strip():
        return None, at + 1
    if _QUOTE_LINE.match(line):
        return QUOTED, _quote_end(lines, at)
    intro = _intro_end(lines, at)
    if intro:
        # With ">" marks the quotation ends with them; without, all that follows was quoted.
        following = next((n for n in range(intro, len(lines)) if lines[n].strip()), len(lines))
        marked = following < len(lines) and _QUOTE_LINE.match(lines[following])
        return QUOTED, _quote_end(lines, following) if marked else len(lines)
    if _ORIGINAL.match(line) or (_FROM.match(line) and any(_SENT.search(near) for near in lines[at : at + 4])):
        return QUOTED, len(lines)
    if _DELIMITER.match(line):
        return SIGNATURE, _signature_end(lines, at)
    if _DEVICE.match(line):
        return SIGNATURE, at + 1
    if at and _DISCLAIMER.search("\n".join(lines[at : at + 2])) and not lines[at - 1].strip():
        return DISCLAIMER, _paragraph_end(lines, at)
    return None, at + 1


def _intro_end(lines: list[str], at: int) -> int:
    """Line after "On ... wrote:", which mail programs break over up to three lines; 0 where there is none."""
    for count in (1, 2, 3):
        if _INTRO.match("\n".join(lines[at : at + count])):
            return at + count
    return 0


def _quote_end(lines: list[str], at: int) -> int:
    while at < len(lines) and _QUOTE_LINE.match(lines[at]):
        at += 1
    return at


def _signature_end(lines: list[str], at: int) -> int:
    """A signature runs to the end of the mail or to a quotation below it."""
    for number in range(at + 1, len(lines)):
        if _QUOTE_LINE.match(lines[number]) or _ORIGINAL.match(lines[number]) or _intro_end(lines, number):
            return number
        if _FROM.match(lines[number]) and any(_SENT.search(near) for near in lines[number : number + 4]):
            return number
    return len(lines)


def _paragraph_end(lines: list[str], at: int) -> int:
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def split_quotes(text: str) -> list[tuple[str, str | None]]:
    """(stretch, "quoted text" or None) of a forum post: only lines with ">" are others' words."""
    stretches: list[tuple[str, str | None]] = []
    for line in text.split("\n"):
        cut = "quoted text" if _QUOTE_LINE.match(line) else None
        if stretches and (stretches[-1][1] == cut or not line.strip()):
            stretches[-1] = (f"{stretches[-1][0]}\n{line}", stretches[-1][1])
        else:
            stretches.append((line, cut))
    return _joined([(stretch.strip(), cut) for stretch, cut in stretches if stretch.strip()])
