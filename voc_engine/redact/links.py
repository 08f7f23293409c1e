"""Addresses on the net: what in a link leads to one person, and user handles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import parse_qsl

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import screened
from voc_engine.privacy.masks import Span

_KEYWORDS = keywords(__package__, "links")

_URL = screened(r"\b(?:https?://|www\.)[^\s<>\"'“”‘’]+", re.IGNORECASE)
_PARTS = re.compile(r"((?:https?://)?)([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
# A number of fewer figures in a link is a page, a year or an amount.
_ID_FIGURES = 6
# What a machine makes: so many signs with as many turns between letters and figures, or so many without a break. A
# title in a link has hyphens, and a product ("h2o", "mp3") fewer turns.
_TOKEN_SIGNS = 8
_TOKEN_TURNS = 3
_UNBROKEN_SIGNS = 24
_TRAILING = ".,;:!?)]}>*_"
# Query keys whose value is somebody's: a key, a session, an account.
_PERSONAL_KEYS = frozenset(
    re.findall(
        r"\S+",
        "token key apikey api_key access_token id_token refresh_token auth code otp session sessionid "
        "session_id sid phpsessid jsessionid sig signature hash secret password pass pwd email mail e user "
        "username user_id userid uid login name account acct account_id customer customer_id cid client_id "
        "member order order_id orderid ref reference booking ticket invite invitation phone tel reset verify "
        "nonce state",
    )
)
_PUBLIC_KEYS = frozenset(
    re.findall(
        r"\S+",
        "v q query search page p lang hl utm_source utm_medium utm_campaign category sort",
    )
)
# Path parts behind which a person or their thing stands.
_OWNED = frozenset(
    re.findall(
        r"\S+",
        "user users u profile profiles member members account accounts people person in customer customers "
        "client clients order orders booking bookings reset verify confirm invite session sessions share "
        "shared d album unsubscribe",
    )
)
_SOCIAL = re.compile(_KEYWORDS.pattern("social"))
# What these lead to is anybody's; the short name tells nothing of a person.
_SHORTENERS = re.compile(_KEYWORDS.pattern("shorteners"))
_PUBLIC_PATHS = frozenset(
    re.findall(
        r"\S+",
        "r status hashtag explore search help about watch groups events company p",
    )
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HANDLE = screened(r"(?<![\w@/+-])(?<!\w\.)@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])(?!@|\.\w)")
_REDDIT = screened(r"(?<![\w/])/?u/[A-Za-z0-9_-]{3,20}\b")
# Handles of companies are kept: the list, and what a company's desk calls itself.
_COMPANIES = frozenset(
    re.findall(
        r"\S+",
        "united americanair delta southwestair jetblue usairways virginamerica virginatlantic alaskaair "
        "spiritairlines frontier flyfrontier british_airways lufthansa airfrance klm emirates qatarairways "
        "ryanair easyjet aircanada westjet qantas amazon google microsoft windows apple samsung sony dell hp "
        "lenovo intel nvidia amd netflix spotify hulu disney youtube facebook meta instagram whatsapp twitter "
        "x tiktok snapchat reddit linkedin pinterest slackhq slack zoom notionhq notion github gitlab "
        "atlassian jira trello asana figma canva adobe dropbox salesforce hubspot zendesk intercom shopify "
        "stripe paypal venmo cashapp chase bankofamerica wellsfargo citibank capitalone amex americanexpress "
        "visa mastercard hsbc barclays lloydsbank santander revolut monzo n26 uber lyft airbnb bookingcom "
        "expedia tripadvisor doordash grubhub ubereats instacart walmart target bestbuy costco homedepot "
        "lowes macys nordstrom ikea nike adidas zara hm starbucks mcdonalds burgerking wendys subway "
        "chipotletweets dominos pizzahut tmobile verizon att comcast xfinity sprint vodafone o2 ee "
        "virginmedia bt_uk sky ups fedex usps dhl royalmail dpd tesla ford toyota honda bmw mercedesbenz vw "
        "nintendo playstation xbox steam ea ubisoft riotgames fitbit garmin gopro dyson sonos bose philips lg "
        "nokia motorola oneplus xiaomi huawei everyone here channel all",
    )
)
_DESK_WORDS = _KEYWORDS.pattern("desk_words")
# Only as a word of its own: "SouthwestAir" and "acme_help", not "sunhair"; a few are long enough to be told anywhere.
_DESK = re.compile(
    rf"(?:(?<=[a-z0-9])(?:{'|'.join(one.capitalize() for one in _DESK_WORDS.split('|'))}|HQ|UK|US|USA)|"
    rf"_(?i:{_DESK_WORDS}|uk|us|usa)|(?i:support|airlines|airways|airports?|official|customercare))$"
)


def link_spans(text: str) -> Iterator[Span]:
    """The part of each link behind its host, where it holds a token, a session, an account or a user's name.

    The host stays: which site it was is no secret. A link that carries user and password is masked whole.
    """
    if "://" not in text and "www." not in text.lower():
        return
    for match in _URL.finditer(text):
        link = match.group().rstrip(_TRAILING)
        parts = _PARTS.fullmatch(link)
        if parts is None:
            continue
        scheme, host, rest = parts.groups()
        if "@" in host:
            yield match.start(), match.start() + len(link), "[url]"
        elif _personal(host, rest):
            start = match.start() + len(scheme) + len(host)
            start += rest.startswith("/")
            yield start, match.start() + len(link), "[path]"


def _personal(host: str, rest: str) -> bool:
    if _SHORTENERS.match(host.lower()):
        return False
    path, _, behind = rest.partition("?")
    query, _, fragment = behind.partition("#")
    steps = [step for step in path.split("#")[0].split("/") if step]
    if "@" in rest or any(_is_token(step) for step in steps) or _is_token(fragment):
        return True
    if any(step.casefold() in _OWNED for step in steps[:-1]):
        return True
    if steps and _SOCIAL.search(host.lower()) and steps[0].casefold() not in _PUBLIC_PATHS:
        return True
    pairs = parse_qsl(query, keep_blank_values=True)
    return any(_is_personal_pair(key.casefold(), value) for key, value in pairs) or (bool(query) and not pairs)


def _is_personal_pair(key: str, value: str) -> bool:
    if key in _PUBLIC_KEYS:
        return False
    return bool(value) and (
        key in _PERSONAL_KEYS or _is_token(value) or (value.isdigit() and len(value) >= _ID_FIGURES)
    )


def _is_token(part: str) -> bool:
    """Whether a part of a link was made by a machine for one person or thing, and is no word of a page's name."""
    if _UUID.search(part):
        return True
    plain = re.sub(r"\.\w{2,5}$", "", part)
    for piece in re.split(r"[-_.~]", plain):
        digits = sum(char.isdigit() for char in piece)
        letters = sum(char.isalpha() for char in piece)
        turns = len(re.findall(r"[a-z][A-Z0-9]|[0-9][A-Za-z]", piece))
        if len(piece) >= _TOKEN_SIGNS and min(digits, letters) > 1 and turns >= _TOKEN_TURNS:
            return True
    return (
        len(plain) >= _UNBROKEN_SIGNS
        and " " not in plain
        and "-" not in plain
        and any(char.isdigit() for char in plain)
    )


def handle_spans(text: str, keep: Collection[str] = ()) -> Iterator[Span]:
    """User handles (@name, u/name); companies' stay, and those that the study keeps (``keep``, case folded)."""
    if "@" in text:
        for match in _HANDLE.finditer(text):
            if not is_company_handle(match.group()[1:], keep):
                yield (*match.span(), "[handle]")
    if "u/" in text:
        yield from ((*match.span(), "[handle]") for match in _REDDIT.finditer(text))


def is_company_handle(handle: str, keep: Collection[str] = ()) -> bool:
    """Whether a handle is a company's: a known one, one that ends like a desk (…Help, …Airlines), or one to keep."""
    folded = handle.casefold()
    if folded in _COMPANIES or any(one.replace(" ", "") == folded for one in keep):
        return True
    return bool(_DESK.search(handle))
