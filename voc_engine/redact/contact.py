"""Contact and payment data: mail addresses, phones, cards (Luhn), IBANs (mod 97), IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import AnyPattern, screened
from voc_engine.privacy.masks import Span
from voc_engine.redact.digits import has_figures

_KEYWORDS = keywords(__package__, "contact")

# The look-behind keeps a long word without an @ (base64 in a ticket) from being tried at each of its letters.
_MAIL = screened(r"(?<![\w.+-])[\w.+-]+(?:'[\w.+-]+)?@[\w-]+(?:\.[\w-]+)+")
_DOT = r"(?:\.|[ ]?[\[({][ ]?(?:dot|\.)[ ]?[\])}][ ]?|[ ]dot[ ])"
_LOCAL = rf"(?<![\w.+-])[\w+-]{{1,40}}(?:{_DOT}[\w+-]{{1,40}}){{0,3}}"
# "bob [at] hillside.com", and "bob at hillside dot com", where the dot must be spelled: else any "at" would do.
_BRACKETED = screened(
    rf"{_LOCAL}[ ]?[\[({{<][ ]?(?:at|@)[ ]?[\])}}>][ ]?[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,2}}{_DOT}[a-z]{{2,12}}\b",
    re.IGNORECASE,
)
_SPOKEN = screened(
    rf"{_LOCAL}[ ](?:at|@)[ ](?!(?:the|a|an|this|that|each|every|"
    rf"my)[ ])[\w-]{{1,40}}(?:[ ]dot[ ][\w-]{{1,40}}){{0,2}}[ ]dot[ ][a-z]{{2,12}}\b",
    re.IGNORECASE,
)
_MAY_SPEAK = screened(r"\bdot\b|[\[({<] ?(?:at|@) ?[\])}>]", re.IGNORECASE)
_IP4 = screened(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)")
_VERSION_BEFORE = re.compile(_KEYWORDS.pattern("version_before"), re.IGNORECASE)
_IP6 = screened(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{3,39}(?:(?<=:)\d+(?:\.\d+){3})?(?![\w])")
_IBAN_START = screened(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ -]?\d{2}(?=[ -]?[A-Za-z0-9])")
# Lengths of the IBAN registry (ISO 13616, SWIFT).
_IBAN_LENGTHS = dict(
    re.findall(
        r"([A-Z]{2})(\d\d)",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18"
        " FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21"
        " LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24"
        " SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20",
    )
)
_CARD = screened(r"(?<![\w.,/$€£#-])[2-6](?:[ .-]?\d){12,18}(?![\w/%])")
_DIGITS = screened(r"(?<![\w.,/$€£#-])(?:\+|\()?\d(?:[ .()-]{0,2}\d){5,18}(?![\w/%]|[.,]\d)")
# The German and Austrian way to write an area code.
_SLASHED = screened(r"(?<![\w.,/-])0\d{2,4} ?/ ?\d{2,8}(?:[ -]?\d{2,4}){0,3}(?![\w/%])")
_ANY_NUMBER = AnyPattern((_IP4, _IBAN_START, _CARD, _DIGITS, _SLASHED))
_YEARS = re.compile(r"(?:(?:19|20)\d\d\W*)+")
_DATE = re.compile(r"^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d\d))(?![-./]?\d)")
_NORTH_AMERICAN = re.compile(r"(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_FREE_CALL = re.compile(r"1[38]00[ -]?\d{3}[ -]?\d{3}|13[ -]\d\d[ -]\d\d")
_PHONE_BEFORE = re.compile(_KEYWORDS.pattern("phone_before"), re.IGNORECASE)
_CARD_DIGITS = (13, 19)  # of a payment card (ISO/IEC 7812 allows 19; 13 was the shortest that Visa gave out)
_MOST_DIGITS = 15  # of a number in any country (ITU-T E.164)
_FRENCH_DIGITS = 10  # written in pairs: "0 12 34 56 78 9" where a blank came behind the zero
_SLASHED_DIGITS = (8, 13)  # with the area code
_CUED_DIGITS = (6, 12)  # where the words before it say that it is a phone
# Without such words: figures, groups of figures, and those of the widest group. Fewer are an id, a sum or a date.
_BARE_DIGITS = (9, 11)
_FEWEST_GROUPS = 3
_WIDEST_GROUP = 3
# Where a national number without a leading zero may come from.
_REGIONS = ("US", "ES", "GB", "DE", "FR", "AU")


def contact_spans(text: str) -> Iterator[Span]:
    """Spans of mail and IP addresses, IBANs, card and phone numbers, in no order; they may overlap."""
    if "@" in text:
        yield from ((*match.span(), "[email]") for match in _MAIL.finditer(text))
    if _MAY_SPEAK.search(text):
        for pattern in (_BRACKETED, _SPOKEN):
            yield from ((*match.span(), "[email]") for match in pattern.finditer(text))
    if ":" in text:
        yield from _ip6(text)
    if has_figures(text) and _ANY_NUMBER.may_match(text):
        yield from _numbers(text)


def _numbers(text: str) -> Iterator[Span]:
    for match in _IP4.finditer(text):
        if not _VERSION_BEFORE.search(text, max(0, match.start() - 16), match.start()):
            yield (*match.span(), "[ip]")
    yield from _ibans(text)
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if _CARD_DIGITS[0] <= len(digits) <= _CARD_DIGITS[1] and _luhn(digits) and not _DATE.match(match.group()):
            yield (*match.span(), "[card]")
    for match in _DIGITS.finditer(text):
        before = text[max(0, match.start() - 48) : match.start()]
        if _is_phone(match.group(), before):
            yield (*match.span(), "[phone]")
    for match in _SLASHED.finditer(text):
        if _SLASHED_DIGITS[0] <= sum(char.isdigit() for char in match.group()) <= _SLASHED_DIGITS[1]:
            yield (*match.span(), "[phone]")


def _ip6(text: str) -> Iterator[Span]:
    for match in _IP6.finditer(text):
        address = match.group()
        if address.endswith(":") and not address.endswith("::"):
            address = address[:-1]
        # Times and ratios ("10:30::11:15") have the form of an address as well, but no group of three signs or a letter.
        if not re.search(r"[A-Fa-f]|[0-9]{3}", address) or address.count(":") <= 1:
            continue
        try:
            IPv6Address(address)
        except AddressValueError:
            continue
        yield match.start(), match.start() + len(address), "[ip]"


def _ibans(text: str) -> Iterator[Span]:
    for match in _IBAN_START.finditer(text):
        length = int(_IBAN_LENGTHS.get(match.group(1).upper(), 0))
        signs: list[str] = []
        at = match.start()
        while at < len(text) and len(signs) < length:
            if text[at].isascii() and text[at].isalnum():
                signs.append(text[at].upper())
            elif text[at] not in " -" or text[at - 1] in " -":
                break
            at += 1
        if length and len(signs) == length and not text[at : at + 1].isalnum() and _is_iban("".join(signs)):
            yield match.start(), at, "[iban]"


def _is_iban(plain: str) -> bool:
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 else 1)
        total += sum(divmod(value, 10))  # the sum of its figures
    return total % 10 == 0


def _is_phone(number: str, before: str) -> bool:
    digits = re.sub(r"\D", "", number)
    groups = re.findall(r"\d+", number)
    if (
        _DATE.match(number.lstrip("("))
        or _YEARS.fullmatch(number)
        or max(map(len, groups)) == 1
        or len(digits) > _MOST_DIGITS
    ):
        return False
    if number.startswith("+") or digits.startswith("00"):
        return len(digits) >= 8 + 2 * (not number.startswith("+"))
    cued = bool(_PHONE_BEFORE.search(before))
    if digits.startswith("0"):
        if groups[0] == "0":
            return len(digits) == _FRENCH_DIGITS and len(groups) > _FEWEST_GROUPS
        return 9 - number.startswith("(") - 2 * cued <= len(digits) <= 12 + 2 * cued
    if _NORTH_AMERICAN.fullmatch(number) or _FREE_CALL.fullmatch(number):
        return True
    if cued and _CUED_DIGITS[0] <= len(digits) <= _CUED_DIGITS[1]:
        return True
    sizes = sorted(map(len, groups))
    grouped = len(groups) >= _FEWEST_GROUPS and sizes[0] > 1 and sizes[-1] >= _WIDEST_GROUP
    return grouped and _BARE_DIGITS[0] <= len(digits) <= _BARE_DIGITS[1] and _valid_somewhere(digits)


@lru_cache(maxsize=65536)
def _valid_somewhere(digits: str) -> bool:
    """Whether a numbering plan of the regions knows such a number (libphonenumber's metadata)."""
    import phonenumbers

    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
