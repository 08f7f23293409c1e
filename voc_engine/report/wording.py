"""How the report says numbers, dates and kinds. One place, so that no page can word a count otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.language.tokens import parts
from voc_engine.records import KIND_DEFINITIONS as KIND_DEFINITIONS
from voc_engine.records import KindCount
from voc_engine.statistics import SMALL_SAMPLE as SMALL_SAMPLE

ONE_PERCENT = 0.01  # what rounds to a whole percentage
# Bootstrap Jaccard from which a group is stable, and under which it is not to be trusted (Hennig 2007).
STEADY, TRUSTED = 0.75, 0.6
# A quote of fewer words seldom tells its matter; a longer one than this takes more than three lines of a card.
_TELLING_WORDS = 6
_GLANCE_CHARS = 220
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")

IRREGULAR = {"person": "people", "has": "have", "is": "are", "was": "were", "rests": "rest", "says": "say"}

KIND_NAMES = {
    "pain_point": ("pain point", "pain points"),
    "goal": ("goal", "goals"),
    "objection": ("objection", "objections"),
    "request": ("request", "requests"),
    "delight": ("delight", "delights"),
    "trigger": ("trigger", "triggers"),
}
KIND_TAGS = {
    "pain_point": "pain",
    "goal": "goal",
    "objection": "objection",
    "request": "request",
    "delight": "delight",
    "trigger": "trigger",
}
OBJECTION_NAMES = {
    "price": "price",
    "value": "what it is worth",
    "trust": "trust",
    "switching_cost": "cost of switching",
    "fit": "fit",
    "timing": "timing",
    "authority": "somebody else decides",
    "complexity": "complexity",
    "status_quo": "what they have will do",
    "past_bad_experience": "bad experience before",
}
DOCUMENT_NAMES = {
    "interview": ("interview", "interviews"),
    "review": ("review", "reviews"),
    "post": ("post", "posts"),
    "ticket": ("ticket", "tickets"),
    "survey": ("survey answer", "survey answers"),
}
ROLE_NAMES = {
    "participant": "participant",
    "interviewer": "interviewer",
    "agent": "support agent",
    "proof": "own text",
    "bot": "bot",
    "unknown": "role not known",
}


def number(value: int) -> str:
    """12345 -> "12,345"."""
    return f"{value:,}"


def signed(value: float, digits: int = 0) -> str:
    """1.24 -> "+1.2", -3 -> "−3", and 0 without a sign."""
    figure = f"{abs(value):.{digits}f}"
    return figure if float(figure) == 0 else f"{'+' if value > 0 else '−'}{figure}"


def plural(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def noun(value: int, one: str, many: str | None = None) -> str:
    """What so many of it are called: "person" of one, "people" of none or several."""
    return one if value == 1 else many or plural(one)


def count(value: int, singular: str, many: str | None = None) -> str:
    """ "1 person", "2 people", "0 documents"."""
    return f"{number(value)} {noun(value, singular, many)}"


def people(value: int) -> str:
    return count(value, "person")


def percent(share: float) -> str:
    """A share in [0, 1] as a whole percentage. Somebody is never "0%", and not everybody never "100%"."""
    if 0 < share < ONE_PERCENT:
        return "under 1%"
    return f"{share:.0%}" if share <= 1 - ONE_PERCENT or share >= 1 else "over 99%"


def of_people(value: int, total: int, low: float | None = None, high: float | None = None) -> str:
    """ "4 of 11 people" under thirty people, else "23% (18–29%) · 41 of 180 people"."""
    counted = f"{number(value)} of {people(total)}"
    if total < SMALL_SAMPLE:
        return counted
    if value == total:
        return f"all {people(total)}"
    if low is None or high is None or high < ONE_PERCENT:  # "(0–0%)" tells nothing
        return f"{percent(value / total)} · {counted}"
    return f"{percent(value / total)} ({round(low * 100)}–{round(high * 100)}%) · {counted}"


def about_people(value: int, total: int, low: int, high: int) -> str:
    """An estimate: "about 1,240 of 48,000 people (1,100 to 1,390)"; without an interval where it is of everybody."""
    if low == high:
        return of_people(value, total)
    return f"about {number(value)} of {people(total)} ({number(low)} to {number(high)})"


def scale(highest: float) -> float:
    """Where an axis of shares ends that has to hold ``highest``: an axis to 100% would squeeze small shares to a dot."""
    return next(limit for limit in (0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0) if highest <= limit or limit == 1.0)


def of_things(value: int, total: int, singular: str) -> str:
    """A share of segments or documents, with the count; no percentage below thirty of them."""
    counted = f"{number(value)} of {count(total, singular)}"
    return counted if total < SMALL_SAMPLE else f"{percent(value / total)} ({counted})"


def date(stamp: str | None) -> str:
    """ISO 8601 as "12 Mar 2026"; what is not ISO is shown as it stands."""
    if not stamp:
        return ""
    match = _DATE.match(stamp)
    if not match or not 1 <= int(match[2]) <= len(MONTHS):
        return stamp
    day = f"{int(match[3])} " if match[3] else ""
    return f"{day}{MONTHS[int(match[2]) - 1]} {match[1]}"


def month(stamp: str | None) -> str | None:
    """ "2026-03" from an ISO 8601 stamp, or None."""
    match = _DATE.match(stamp or "")
    return f"{match[1]}-{match[2]}" if match and 1 <= int(match[2]) <= len(MONTHS) else None


def short_month(name: str, with_year: bool) -> str:
    """ "Mar" for the month "2026-03", "Mar 26" with its year and for January; empty for what is no month."""
    match = _DATE.match(name)
    if not match or match[3] or not 1 <= int(match[2]) <= len(MONTHS):
        return ""
    month = MONTHS[int(match[2]) - 1]
    return f"{month} {match[1][2:]}" if with_year or int(match[2]) == 1 else month


def date_range(stamps: list[str]) -> str:
    """ "3 Jan to 9 Jun 2026" over ISO stamps; empty where none is dated."""
    dated = sorted(stamp for stamp in stamps if month(stamp))
    if not dated:
        return ""
    first, last = date(dated[0]), date(dated[-1])
    if first == last:
        return first
    if first[-4:] == last[-4:]:
        first = first[:-5]
    return f"{first} to {last}"


def clock(milliseconds: int | None) -> str:
    """Recording time as "3:07" or "1:02:09"; empty for None."""
    if milliseconds is None or milliseconds < 0:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def kind_name(kind: str, many: bool = False) -> str:
    single, several = KIND_NAMES.get(kind, (kind.replace("_", " "), kind.replace("_", " ")))
    return several if many else single


def kind_tag(kind: str) -> str:
    return KIND_TAGS.get(kind, kind.replace("_", " "))


_DOES = {
    "pain_point": ("complains", "complain"), "request": ("asks for it", "ask for it"),
    "objection": ("is held back by it", "are held back by it"), "goal": ("wants it", "want it"),
    "delight": ("praises it", "praise it"), "trigger": ("started for it", "started for it"),
}  # fmt: skip


def kinds(counts: Sequence[KindCount]) -> str:
    """ "5 complain, 2 ask for it, 1 is held back by it": people by what they do; one person may stand in two."""
    return ", ".join(f"{number(one.n_people)} {_DOES[one.kind][int(one.n_people != 1)]}" for one in counts)


def steadiness(value: float | None) -> str:
    """A bootstrap Jaccard in words (Hennig 2007)."""
    if value is None:
        return "not measured"
    return f"{value:.2f} of 1, {'steady' if value >= STEADY else 'unsteady' if value >= TRUSTED else 'very unsteady'}"


def documents(kind: str, value: int) -> str:
    """ "1 interview", "12 survey answers"; of several kinds at once, "12 documents (review, ticket)"."""
    return f"{number(value)} {document_noun(kind, value)}"


def document_noun(kind: str, value: int = 1) -> str:
    """ "interview", "survey answers"; of several kinds at once, "documents (review, ticket)"."""
    if "," in kind:
        return f"{noun(value, 'document')} ({kind})"
    return noun(value, *DOCUMENT_NAMES.get(kind, (kind, None)))


def objection(name: str) -> str:
    """What an objection is about, in words; an unknown type as it is written, without underscores."""
    return OBJECTION_NAMES.get(name, name.replace("_", " "))


def role(name: str) -> str:
    return ROLE_NAMES.get(name, name)


def listing(parts: list[str]) -> str:
    """ "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def sentence(text: str) -> str:
    """First letter upper case; nothing else is touched."""
    return text[:1].upper() + text[1:]


def named(text: str) -> str:
    """A name for the beginning of a line: "app store" -> "App store", but "r/larkbook" and "shop.example" stay as given."""
    first = text.split(" ", 1)[0]
    return text if any(one in first for one in "/.@_") else sentence(text)


def lower_first(text: str) -> str:
    """First letter lower case; nothing else is touched."""
    return text[:1].lower() + text[1:]


def repeats(quote: str, heading: str) -> bool:
    """Whether a quote is the heading above it, word for word: then it stands there once."""
    return parts(quote) == parts(heading)


def tells(quote: str) -> bool:
    """Whether a quote says enough to stand alone and is short enough to be read at a glance."""
    return len(parts(quote)) >= _TELLING_WORDS and len(quote) <= _GLANCE_CHARS


def reasons(severity_reasons: tuple[str, ...]) -> str:
    """Reasons for a severity as one line, each once."""
    return "; ".join(dict.fromkeys(severity_reasons))


def digest(sentences: Sequence[str], length: int = 230) -> str:
    """The first of the sentences, about ``length`` characters of them; at least one, and never cut inside one."""
    shortened = ""
    for sentence in sentences:
        if shortened and len(shortened) + len(sentence) > length:
            break
        shortened += f" {sentence}" if shortened else sentence
    return shortened
