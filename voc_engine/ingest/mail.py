"""What in a mail is not its author's own words: quoted mail, signatures, disclaimers. Kept, but cut from evidence."""

from __future__ import annotations

import re

from voc_engine.ingest.keywords import keywords
from voc_engine.language.word_lists import word_list

_KEYWORDS = keywords("mail")

QUOTED = "quoted mail"
FORWARDED = "forwarded mail"
SIGNATURE = "signature"
DISCLAIMER = "disclaimer"
SYSTEM = "text of the help desk"

# What a help desk writes into a customer's name when it merges tickets or opens a follow-up.
_DESK_LINE = re.compile(_KEYWORDS.pattern("desk_line"), re.IGNORECASE)
_QUOTE_LINE = re.compile(r"^\s{0,3}>")
_INTRO = re.compile(_KEYWORDS.pattern("intro"), re.IGNORECASE | re.DOTALL)
# In any language: a time of day, an address in angle brackets and a colon at the end are written by programs only.
_ANY_INTRO = re.compile(r"^(?=[^\n]*\d{1,2}[:.]\d{2}).{0,200}<[^<>\s@]++@[^<>\s]++>.{0,60}[:：]\s*$", re.DOTALL)
# What a heading tells of the mail below it: when it was sent, or from which address; or it is short and ends with a name.
# "On Monday it worked, on Tuesday the console wrote:" does neither.
_MOMENT = re.compile(
    r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}|[^<>\s]@[^<>\s]|^\s*(?:\S+\s+){2,6}?[^\W\da-z_]\S*\s+\w+\s*:\s*$"
)
_ORIGINAL = re.compile(_KEYWORDS.pattern("original"), re.IGNORECASE)
_ABOVE = re.compile(
    r"^\W*(?:please type your reply above this line|bitte .{0,30}antwort.{0,20}oberhalb dieser zeile.{0,20}|"
    r"veuillez (?:saisir|écrire) votre réponse au-dessus de cette ligne|por favor,? escriba su respuesta.{0,10} encima de "
    r"esta línea|reply above this line)\W*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^\s*(?:[-_]{2,}\s*(?:Forwarded message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado|"
    r"Doorgestuurd bericht|Messaggio inoltrato|Mensagem encaminhada)\b[^\n]{0,60}?[-_]*|Begin forwarded message\s*:|"
    r"Anfang der weitergeleiteten (?:Nachricht|E-Mail)\s*:|Début du message (?:transféré|réexpédié)\s*:|"
    r"Inicio del mensaje reenviado\s*:|Begin doorgestuurd bericht\s*:)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(_KEYWORDS.pattern("from"), re.IGNORECASE)
_SENT = re.compile(_KEYWORDS.pattern("sent"), re.IGNORECASE)
_RULE = re.compile(r"^\s*_{10,}\s*$")
_DELIMITER = re.compile(r"^(?:--|—|__)\s?$")
_THINGS = _KEYWORDS.pattern("things")
_DEVICE = re.compile(
    rf"^\s*(?:(?:Sent|Written) (?:from|via|with|using|by) [^\n]{{0,40}}?\b(?:{_THINGS})\b[^\n]{{0,40}}|"
    rf"Get Outlook for \S+.{{0,40}}|(?:Von|Über) (?:meinem|mein|der|dem) [^\n]{{0,40}}\b(?:gesendet|verschickt|geschrieben)"
    rf"[^\n]{{0,20}}|Gesendet (?:von|mit|über)\b[^\n]{{0,40}}?\b(?:{_THINGS})\b[^\n]{{0,30}}|"
    rf"Diese Nachricht wurde von (?:meinem|meiner)\b[^\n]{{0,40}}|Envoyé (?:de|depuis|à partir de)\b[^\n]{{0,40}}?"
    rf"\b(?:{_THINGS})\b[^\n]{{0,20}}|Enviado (?:desde|do|de)\b[^\n]{{0,40}}?\b(?:{_THINGS})\b[^\n]{{0,20}}|"
    rf"(?:Verstuurd|Verzonden) (?:vanaf|via|met)\b[^\n]{{0,40}}?\b(?:{_THINGS})\b[^\n]{{0,20}}|"
    rf"Inviato da(?:l)?\b[^\n]{{0,40}}?\b(?:{_THINGS})\b[^\n]{{0,20}}|Sent on the go.{{0,30}})\s*$",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(_KEYWORDS.pattern("disclaimer"), re.IGNORECASE | re.DOTALL)
_SIGN_OFF = re.compile(_KEYWORDS.pattern("sign_off"), re.IGNORECASE)
_NAME_LINE = re.compile(_KEYWORDS.pattern("name_line"))
_PARTICLES = word_list("name_particles", "common", "french", "joining")
_SIGNATURE_LINES = 9
_LINE_CHARS = 600
_SIGNATURE_WORDS = 8
# From so many words on a line is a sentence, from half of them on where it ends like one.
_SENTENCE_WORDS = 10
_REACH_WORDS = 14  # of a line with an address or a number


def split_mail(text: str, author: str = "") -> list[tuple[str, str | None]]:
    """(stretch, why it is no evidence or None) in order; blank lines between stretches are dropped, no word is.

    The ``author``'s own name, whole or its first word, alone on the last line of what is left is a signature as well.

    Source of the marks: RFC 3676 (">", "-- ") and what Outlook, Gmail, Apple Mail and Thunderbird write in English,
    German, French, Spanish, Dutch, Italian and Portuguese.
    """
    lines = text.split("\n")
    # What marks a line stands at its beginning; a line of a megabyte must not be searched to its end again and again.
    marks = _marks([line[:_LINE_CHARS] for line in lines])
    _mark_own_name(lines, marks, author)
    stretches: list[tuple[str, str | None]] = []
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or marks[number] != marks[start]:
            stretch = "\n".join(lines[start:number]).strip("\n")
            if stretch.strip():
                stretches.append((stretch.strip(), marks[start]))
            start = number
    return _joined(stretches)


def _mark_own_name(lines: list[str], marks: list[str | None], author: str) -> None:
    unmarked = [number for number, line in enumerate(lines) if line.strip() and marks[number] is None]
    names = {author.casefold().strip(), author.casefold().split()[0]} if author.strip() else set()
    if len(unmarked) > 1 and lines[unmarked[-1]].strip(" \t-–—,.!").casefold() in names:
        marks[unmarked[-1]] = SIGNATURE


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
    if not lines[at].strip():
        return None, at + 1
    return _other_words(lines, at) or _closing(lines, at) or (None, at + 1)


def _other_words(lines: list[str], at: int) -> tuple[str, int] | None:
    """A stretch that the author did not write for this message: quoted, forwarded, or the help desk's own lines."""
    line = lines[at]
    if _QUOTE_LINE.match(line):
        return QUOTED, _quote_end(lines, at)
    if _DESK_LINE.match(line):
        return SYSTEM, at + 1
    intro = _intro_end(lines, at)
    if intro:
        # With ">" marks the quotation ends with them; without, all that follows was quoted.
        following = next((n for n in range(intro, len(lines)) if lines[n].strip()), len(lines))
        marked = following < len(lines) and _QUOTE_LINE.match(lines[following])
        return QUOTED, _quote_end(lines, following) if marked else len(lines)
    if _FORWARD.match(line):
        return FORWARDED, len(lines)
    if _ORIGINAL.match(line) or _header_block(lines, at):
        return QUOTED, len(lines)
    if _ABOVE.match(line):
        # At the top of a message the text below is its own; further down it is the ticket's history.
        return QUOTED, len(lines) if any(lines[n].strip() for n in range(at)) else at + 1
    return None


def _closing(lines: list[str], at: int) -> tuple[str, int] | None:
    """A stretch that stands below what a message says: a signature, a mark of the device, a disclaimer."""
    line = lines[at]
    if _DELIMITER.match(line) and not _goes_on(lines, at):
        return SIGNATURE, _signature_end(lines, at)
    if _DEVICE.match(line):
        return SIGNATURE, at + 1
    if at and not lines[at - 1].strip() and _DISCLAIMER.search("\n".join(lines[at : at + 3])):
        return DISCLAIMER, _paragraph_end(lines, at)
    signed = _signed_until(lines, at)
    if signed:
        return SIGNATURE, signed
    return None


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a sentence stands below a line of hyphens: it parts two matters then, and no signature begins."""
    below = next((line.strip() for line in lines[at + 1 : at + 4] if line.strip()), "")
    if _DISCLAIMER.search(below) or _DEVICE.match(below):
        return False
    count = len(below.split())
    return count >= _SENTENCE_WORDS or (count >= _SENTENCE_WORDS // 2 and below[-1:] in ".?!…")


def _header_block(lines: list[str], at: int) -> bool:
    """Lines "From: ... Sent: ... To: ...", as Outlook puts above what it quotes; a rule of underscores may stand first."""
    if _RULE.match(lines[at]):
        at = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), at)
    return bool(_FROM.match(lines[at])) and any(_SENT.search(near) for near in lines[at : at + 4])


def _signed_until(lines: list[str], at: int) -> int:
    """Line after "Kind regards", a name and how to reach it; 0 where line ``at`` begins no such block.

    "Thanks" begins one only with a name below it, and a sentence below it ends the search: it is no signature then.
    """
    match = _SIGN_OFF.match(lines[at])
    if not match or not any(lines[n].strip() for n in range(at)):
        return 0
    stop, filled = at + 1, 0
    while stop < len(lines) and filled < _SIGNATURE_LINES:
        line = lines[stop]
        if line.strip():
            if not _of_signature(line, first=not filled):
                break
            filled += 1
        stop += 1
    if not filled:
        return at + 1 if match["firm"] else 0
    return stop


def _of_signature(line: str, *, first: bool) -> bool:
    """Whether a line can stand in a signature: first a name, then short lines without a sentence's end."""
    if (
        _QUOTE_LINE.match(line)
        or _ORIGINAL.match(line)
        or _FORWARD.match(line)
        or _FROM.match(line)
        or _RULE.match(line)
    ):
        return False
    tokens = line.split()
    if first:
        capital = all(word[0].isupper() or word.casefold() in _PARTICLES for word in tokens if word[0].isalpha())
        return bool(_NAME_LINE.match(line)) and capital
    if re.match(r"^\s*p\.?\s?s\b", line, re.IGNORECASE) or _INTRO.match(line):
        return False
    reach = re.search(r"@|www\.|https?:|\+?\d[\d ()./-]{6,}", line)
    # A job, a firm or a street is written in capitals; a remark below the name is not.
    titled = sum(word[0].isupper() or not word[0].isalpha() for word in tokens) >= 0.5 * len(tokens)
    short = len(tokens) <= _SIGNATURE_WORDS and titled and line.strip()[-1] not in ".?!"
    return short or bool(reach and len(tokens) <= _REACH_WORDS)


def _intro_end(lines: list[str], at: int) -> int:
    """Line after "On ... wrote:", which mail programs break over up to three lines; 0 where there is none."""
    for count in (1, 2, 3):
        joined = "\n".join(lines[at : at + count])
        # Every heading ends in a colon; looking for one in each line of a long mail would cost the most of reading it.
        if not joined.rstrip().endswith((":", "：")):
            continue
        if (_INTRO.match(joined) and _MOMENT.search(joined)) or _ANY_INTRO.match(joined):
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
        if _FORWARD.match(lines[number]) or _header_block(lines, number):
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
