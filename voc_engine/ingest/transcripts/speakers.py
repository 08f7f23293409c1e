"""Speaker labels at the beginning of a line ("Jane Doe: text") and what only looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from voc_engine.config import SourceConfig
from voc_engine.ingest.identity import is_generic_label
from voc_engine.ingest.transcripts.roles import names_part, plain_name, same_name

LABELLED = re.compile(
    r"^(?P<label>(?:[^\W\d_]|\+?\d[\d ]{2}(?=[\d ()*x-]{4}))[^:：\n]{0,59}?)\s*(?::(?:[ \t]+|$)|：)[ \t]*(?P<text>.*)$",
    re.DOTALL,
)
_NOT_NAMES_WORDS = (
    "interview session project study consent "
    "note notes nb ps p.s. summary date time location place topic agenda subject re fw fwd from to cc bcc "
    "sent http https ftp example examples warning tip question answer remember important action actions "
    "decision decisions attendees duration title language kind transcript recording meeting today "
    "tomorrow problem goal result update edit source link url file page step part chapter section "
    "conclusion background context duration participants interviewers pros cons good bad like dislike task "
    "scenario "
    # Fields above a talk in other languages.
    "datum dauer ort titel thema projekt teilnehmer teilnehmende anwesende anwesend notiz hinweis sprache aufnahme "
    "fecha lugar duración proyecto tema título participantes asistentes nota idioma "
    "lieu durée projet sujet titre participant·e·s présents remarque langue "
    "data luogo durata progetto oggetto titolo partecipanti plaats duur onderwerp deelnemers aanwezig opmerking"
)
# Alone a field's name; both, again and again, the parts of an interview.
QUESTION_AND_ANSWER = ("Question", "Answer")
_NOT_NAMES = frozenset(_NOT_NAMES_WORDS.split())
_PARTICLES_WORDS = "de da di van von der den la le el al bin ibn of the y e dos du zu ten ter 't mc mac st. and &"
_PARTICLES = frozenset(_PARTICLES_WORDS.split())
_TITLES = frozenset(("prof.", "assoc.", "asst.", "capt.", "mlle.", "ingr.", "dipl.-ing.", "dres."))
_FEW_LETTERS = 3
# Who joined by telephone ("+49 170 *****67").
_DIALLED = re.compile(r"^\+?\d[\d ()*x-]{6,20}$", re.IGNORECASE)
_LOWER_CASE = re.compile(r"^[^\W\d_]{2,20}(?:[ ._-][^\W\d_]{1,20})?\d{0,4}$")
_MOST_LOWER_CASE = 8
_TOKEN = re.compile(r"^[\"'(\[]?[^\W\d_][\w.'’\-]*[)\]\"',]?$|^\d{1,3}$|^&$|^\([^()]*\)$")
_LABEL_WORDS, _LABEL_CHARS = 5, 60
_LONGEST_INITIAL = 4  # with its stop: "Dr.", "Mrs."
_MOST_LINES = 0.5


def name_shaped(label: str) -> bool:
    """Whether a label could be a person's name or part: few words, each with a capital (particles excepted)."""
    label = label.strip()
    tokens = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).split()
    if not tokens or len(tokens) > _LABEL_WORDS or len(label) > _LABEL_CHARS:
        return False
    if is_generic_label(label) or _DIALLED.match(label):
        return True
    if label.casefold() in _NOT_NAMES or tokens[0].casefold() in _NOT_NAMES:
        return False
    if label[0].isupper() and names_part(label):
        return True
    label = plain_name(label)
    tokens = label.split()
    if not all(_TOKEN.match(token) for token in tokens):
        return False
    # "Dr." and "J." end in a stop; a longer word that does and is no title has ended a sentence.
    if any(
        token.endswith(".") and len(token) > _LONGEST_INITIAL and token.casefold() not in _TITLES for token in tokens
    ):
        return False
    return all(token[:1].isupper() or token.casefold() in _PARTICLES or not token[0].isalpha() or not token.isascii()
               for token in tokens)  # fmt: skip


def given_names(options: SourceConfig) -> list[str]:
    return [*options.interviewers, *options.participants]


def accepted_labels(
    candidates: Iterable[str | None], lines: int, options: SourceConfig, listed: Iterable[str] = ()
) -> set[str]:
    """Which labels of a file are speakers.

    ``candidates`` holds the label of each line that seems to have one, ``lines`` counts all lines with words. Named
    speakers are always taken. Where at least half of the lines bear a name-shaped label, all such labels are speakers;
    elsewhere a label must return or be two capitalised words, so that a lone "Remember: ..." stays text.
    """
    counts = Counter(label for label in candidates if label)
    shaped = {label: count for label, count in counts.items() if name_shaped(label)}
    if all(counts[label] > 1 for label in QUESTION_AND_ANSWER):
        shaped |= {label: counts[label] for label in QUESTION_AND_ANSWER}
    shaped |= {label: count for label, count in counts.items() if len(shaped) == 1 and count > 1 and _initials(label)}
    if len(shaped) <= 1:
        shaped |= {label: counts[label] for label in lower_case_names(counts, lines)}
    names = [*given_names(options), *listed]
    accepted = {
        label for label in counts if any(label.casefold() == n.casefold() or same_name(label, n) for n in names)
    }
    if lines and sum(shaped.values()) / lines >= _MOST_LINES:
        return accepted | set(shaped)
    return accepted | {
        label for label, count in shaped.items() if count > 1 or (len(label.split()) > 1 and len(shaped) > 1)
    }


def _initials(label: str) -> bool:
    """Capitals that would be a word of a mail's head if they did not answer somebody: "MK: ...", "TO: ..."."""
    return label.isascii() and label.isupper() and 1 < len(label) <= _FEW_LETTERS


def lower_case_names(counts: Mapping[str, int], lines: int) -> list[str]:
    """Labels such as "sam" and "priya": names only where a few of them return and open nearly every line."""
    names = [label for label, count in counts.items() if count > 1 and _may_be_lower_case(label)]
    opened = sum(counts[label] for label in names)
    return sorted(names) if 1 < len(names) <= _MOST_LOWER_CASE and opened >= 0.7 * max(1, lines) else []


def _may_be_lower_case(label: str) -> bool:
    return label.islower() and label.split()[0] not in _NOT_NAMES and _LOWER_CASE.match(label) is not None


def split_label(text: str) -> tuple[str | None, str]:
    """(label, rest) of "Jane Doe: text"; (None, text) where nothing looks like a label."""
    match = LABELLED.match(text)
    if not match:
        return None, text
    return match["label"].strip(), (match["text"] or "").strip()
