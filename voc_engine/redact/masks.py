"""Contact data and names in text: where they stand, and what is put in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

Span = tuple[int, int, str]

# The look-behind keeps a long word without an @ (base64 in a ticket) from being tried at each of its letters.
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?:'[\w.+-]+)?@[\w-]+(?:\.[\w-]+)+")
_IP = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_DIGITS = re.compile(r"(?<![\w.,/$€£#-])(?:\+|\()?\d(?:[ .()-]{0,2}\d){6,18}(?![\w/%])")
# The German and Austrian way to write an area code.
_SLASHED = re.compile(r"(?<![\w.,/-])0\d{2,4} ?/ ?\d{3,4}(?:[ -]?\d{2,4}){1,2}(?![\w/%])")
_YEARS = re.compile(r"(?:(?:19|20)\d\d\W*)+")
_DATE = re.compile(r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})")
# Names that are common English words: masked only where they cannot be the word itself.
_ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        "will mark may grace hope rich bill art joy rose dawn faith frank grant june april august jack pat rob sue drew "
        "chase miles penny ruby summer wren olive iris violet ivy dale glen cliff heath cosmo una ned doyle crane vance",
    )
)


def contact_spans(text: str) -> Iterator[Span]:
    """Mail and IP addresses, IBANs (mod 97), card numbers (Luhn) and phone numbers."""
    for match in _MAIL.finditer(text):
        yield (*match.span(), "[email]")
    for match in _IP.finditer(text):
        yield (*match.span(), "[ip]")
    for match in _IBAN.finditer(text):
        if _is_iban(match.group()):
            yield (*match.span(), "[iban]")
    for match in _DIGITS.finditer(text):
        kind = _number_kind(match.group())
        if kind:
            yield (*match.span(), kind)
    for match in _SLASHED.finditer(text):
        yield (*match.span(), "[phone]")


def _is_iban(found: str) -> bool:
    plain = found.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _number_kind(found: str) -> str | None:
    digits = re.sub(r"\D", "", found)
    if 13 <= len(digits) <= 19 and _luhn(digits):
        return "[card]"
    groups = re.findall(r"\d+", found)
    if _DATE.match(found) or _YEARS.fullmatch(found) or max(map(len, groups)) == 1:
        return None
    grouped = len(groups) >= 3 or found.startswith(("+", "("))
    national = digits.startswith("0") and len(digits) >= 9
    return "[phone]" if 9 <= len(digits) <= 15 and (grouped or national) else None


def _luhn(digits: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@lru_cache(maxsize=4096)
def name_pattern(name: str) -> re.Pattern[str] | None:
    """Finds the whole name and each of its parts of three letters or more, as written with a capital.

    Several names of one person are separated by semicolons.
    """
    wanted: set[str] = set()
    for one in filter(None, (given.strip() for given in name.split(";"))):
        parts = [part for part in re.split(r"[\s,]+", one) if part[0:1].isupper()]
        wanted.update(part for part in parts if len(part) >= 3)
        if len(parts) > 1 or (parts and len(one) >= 3):
            wanted.add(one)
    if not wanted:
        return None
    longest_first = sorted(wanted, key=lambda one: (-len(one), one))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def name_spans(text: str, names: Mapping[str, str]) -> Iterator[Span]:
    """``names`` maps a name to its pseudonym. A name that is also a word is left alone at a sentence's start."""
    for name in sorted(names):
        pattern = name_pattern(name)
        for match in pattern.finditer(text) if pattern else ():
            if match.group().casefold() in _ALSO_WORDS and _starts_sentence(text, match.start()):
                continue
            yield (*match.span(), f"[{names[name]}]")


def _starts_sentence(text: str, place: int) -> bool:
    before = text[:place].rstrip()
    return not before or before[-1] in ".!?\n"


def apply(text: str, spans: Sequence[Span]) -> tuple[str, list[tuple[int, int, int]]]:
    """The masked text, and the edits as (start, end, new length) in order. Of overlapping spans the longer stays."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda one: (-(one[1] - one[0]), one)):
        place = bisect_left(chosen, span)
        before, after = chosen[place - 1 : place], chosen[place : place + 1]
        if all(one[1] <= span[0] for one in before) and all(span[1] <= one[0] for one in after):
            chosen.insert(place, span)
    pieces, edits, at = [], [], 0
    for start, end, mask in chosen:
        pieces += [text[at:start], mask]
        edits.append((start, end, len(mask)))
        at = end
    return "".join([*pieces, text[at:]]), edits


def moved(offset: int, edits: Sequence[tuple[int, int, int]]) -> int:
    """Where an offset of the original text lies in the masked one; inside a mask, its start."""
    shift = 0
    for start, end, length in edits:
        if offset >= end:
            shift += length - (end - start)
        elif offset > start:
            return start + shift
        else:
            break
    return offset + shift
