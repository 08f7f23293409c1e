"""Names: who a group is and what it is about, in what was given and found. No invented traits, ages or faces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from voc_engine.language.stems import content_stems
from voc_engine.language.stop_words import is_stop
from voc_engine.language.tokens import words
from voc_engine.personas.distinctive_terms import CLEARLY
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import HARMS, Insight
from voc_engine.statistics import log_odds

MOST_CHARACTERS = 70  # a choice: a heading of one line on a card
MOST_WORDS = 4  # of a finding's heading that stands in a name as it is
MOST_VALUES, MOST_MATTERS = 2, 3  # a choice: a name says who in at most two values and what about in three matters
MOST_THEMES = 2  # things of which the group speaks more than others
# Said of what fewer than most speak of: it is clearly more than among the others, and that is all.
MORE_ABOUT = "more about {}"
MOST_PEOPLE_OF_ALL = 0.6  # of the group, that share what it is named after
NOTHING = ("none", "no", "n/a", "-")
ROLE_KEYS = ("role", "job_title", "job", "title", "occupation", "segment", "trade")
PLACE_KEYS = ("country", "city", "region", "state", "county")
# A thing in a name by what is said about it (a code of records.mention.WHATS): short, and with the thing as its noun.
MATTERS: Mapping[str, str] = {
    "fails": "{} that does not work", "missing": "no {}", "slow": "slow {}", "loses": "lost {}", "wrong": "wrong {}",
    "blocked": "stuck at {}", "costs": "what {} costs", "silent": "no answer on {}",
    "noisy": "too much {}", "unsafe": "unsafe {}", "quality": "poor {}", "add": "{} wanted", "get": "{} wanted",
}  # fmt: skip
# Where people agree on the thing, and not on what is wrong with it.
_TROUBLE = "trouble with {}"
# A thing names a trouble by itself where so many of those who speak of its noun mean this trouble.
_TELLS = 0.4
# Given names that say nothing of gender, one per letter: a label in front of which the group's own word stands.
_FORENAMES = (
    "Alex", "Blair", "Casey", "Dana", "Ellis", "Frankie", "Gale", "Harper", "Indigo", "Jordan", "Kerry", "Logan", "Morgan",
    "Noel", "Ollie", "Parker", "Quinn", "Robin", "Sam", "Taylor", "Umber", "Val", "Wren", "Xen", "Yael", "Zephyr",
)  # fmt: skip
GIVEN_NAMES: Mapping[str, str] = {name[0].lower(): name for name in _FORENAMES}


def candidates(
    members: Sequence[Person],
    crowd: Crowd,
    leading: Sequence[str],
    label: str | None,
    terms: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> list[str]:
    """Possible names, the best first: who they are with what most of them say ("Team plan: slow payout"), else with what
    they speak of more than others do ("Team plan: more about refunds and exports"), else with words that set them apart.
    ``leading``: insights of most of them. ``themes``: what they speak of more than others. ``label``: the declared value."""
    who = label or who_they_are(members, crowd)
    insights = [crowd.insights[one] for one in leading if one in crowd.insights]
    matters = matters_of(insights, spoken_of(crowd))
    about = [", ".join(matters[:width]) for width in range(len(matters), 0, -1)]
    for things in (themes, terms):
        widths = range(min(MOST_THEMES, len(things)), 0, -1)
        about += [MORE_ABOUT.format(joined(things[:width], capital=False)) for width in widths]
    about = [one for one in about if len(one) + len(who or "") < MOST_CHARACTERS]
    names = [f"{who}: {one}" for one in about] if who else [capital(one) for one in about]
    if label:
        return [label, *names]
    return [*names, *([who] if who else [])]


def who_they_are(members: Sequence[Person], crowd: Crowd) -> str | None:
    """Trades that they tell, else values of an attribute: one or two that three in five share between them and that are
    each clearly commoner here than among the others (log-odds); of one person whatever is known."""
    trades = {person.person_id: _trades(person) for person in crowd.people}
    if shared := _shared(members, crowd, trades):
        return joined([several(one) if len(members) > 1 else one for one in shared])
    for key in _keys(members):
        values = {person.person_id: {value} for person in crowd.people if (value := person.stated(key))}
        if shared := _shared(members, crowd, values):
            return _called(key, shared)
    return None


def spoken_of(crowd: Crowd) -> Counter[str]:
    """By the noun of a thing how many people speak of it, whatever they say."""
    return Counter(
        noun
        for person in crowd.people
        for noun in {_noun(mention.thing) for own in person.insights.values() for mention in own}
    )


def matters_of(insights: Sequence[Insight], spoken: Mapping[str, int]) -> list[str]:
    """What findings are about, in a few words each and none twice: "slow payout", "wrong refund and export", "no-shows".
    ``spoken``: by noun how many people of the study speak of it. A thing of which they say much else tells nothing by
    itself: "trouble with list"."""
    by_form: dict[str, list[str]] = {}
    stems_used: set[str] = set()
    for insight in insights:
        form, matter = _matter(insight)
        stems = set(content_stems(matter))
        if not form or not stems or stems & stems_used:
            continue
        if form == _TROUBLE and insight.n_people < _TELLS * spoken.get(_noun(insight.thing), 0):
            continue
        stems_used |= stems
        if form in by_form or len(by_form) < MOST_MATTERS:
            by_form.setdefault(form, []).append(matter)
    return [form.format(joined(several_[:2], capital=False)) for form, several_ in by_form.items()][:MOST_MATTERS]


def _noun(phrase: str | None) -> str:
    stems = content_stems(phrase or "")
    return stems[-1] if stems else ""


def _matter(insight: Insight) -> tuple[str, str]:
    # A heading without a colon is a trouble by itself: "No-shows".
    if ":" in insight.name and insight.thing and (form := MATTERS.get(insight.what or "")):
        return form, _lower(insight.thing)
    text = insight.title.strip().rstrip(".!")
    tokens = words(text)
    # A heading of a few words without a stop word is a noun phrase; anything longer is somebody's sentence.
    if tokens and len(tokens) <= MOST_WORDS and ":" not in text and not any(is_stop(one) for one in tokens):
        return "{}", _lower(text)
    if insight.thing and insight.kind in HARMS:
        return _TROUBLE, _lower(insight.thing)
    return "", ""


def _trades(person: Person) -> set[str]:
    trades = (one for one in person.disclosures if one.field == "occupation" and one.quotable != "none")
    return {one.thing.strip().lower() for one in trades if one.thing}


def several(trade: str) -> str:
    """The plural of a trade: "tutors", "nannies", "bookkeepers"; what is one already stays."""
    if trade.endswith(("s", "men", "people", "staff")):
        return trade
    return f"{trade[:-1]}ies" if trade.endswith("y") and trade[-2:-1] not in "aeiou" else f"{trade}s"


def _keys(members: Sequence[Person]) -> list[str]:
    """Attributes, those that tell a role first, then those known of most people."""
    counts: dict[str, int] = {}
    for person in members:
        for name in person.attributes:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (name.lower() not in ROLE_KEYS, -counts[name], name))


def _shared(members: Sequence[Person], crowd: Crowd, values: Mapping[str, Collection[str]]) -> list[str]:
    inside = {person.person_id for person in members}
    outside = len(crowd.people) - len(inside)
    counts: dict[str, int] = {}
    for key in sorted(inside):
        for value in values.get(key, ()):
            counts[value] = counts.get(value, 0) + 1
    if len(members) == 1:
        return sorted(counts)[:1]
    there = {value: sum(value in several_ for key, several_ in values.items() if key not in inside) for value in counts}
    apart = [
        value
        for value, count in counts.items()
        if count > 1 and outside and log_odds(count, len(inside), there[value], outside) >= CLEARLY
    ]
    best = sorted(apart, key=lambda value: (-counts[value], value))[:MOST_VALUES]
    for width in range(1, len(best) + 1):
        sharing = sum(not set(best[:width]).isdisjoint(values.get(key, ())) for key in inside)
        if sharing >= MOST_PEOPLE_OF_ALL * len(inside):
            return best[:width]
    return []


def _called(key: str, values: Sequence[str]) -> str:
    """ "Manager", "In Ireland", "Solo and Free plan", "No plan"."""
    name = key.replace("_", " ").lower()
    if key.lower() in ROLE_KEYS:
        return joined(values)
    if key.lower() in PLACE_KEYS:
        return f"In {joined(values, capital=False)}"
    if len(values) == 1 and values[0].lower() in NOTHING:
        return f"No {name}"
    return f"{joined(values)} {name}"


def alliterative(terms: Sequence[str], used_names: set[str]) -> str | None:
    """ "Delivery Dana": a term and the given name of its first letter; None where no term begins with such a letter."""
    for term in terms:
        word = term.split()[-1]
        forename = GIVEN_NAMES.get(word[:1].lower())
        if forename and (name := f"{word[:1].upper()}{word[1:]} {forename}").lower() not in used_names:
            return name
    return None


def joined(terms: Sequence[str], *, capital: bool = True) -> str:
    """ "Calendar, staff and desk": with a capital where the first word is no abbreviation."""
    text = ", ".join(terms[:-1]) + f" and {terms[-1]}" if len(terms) > 1 else terms[0]
    return text[:1].upper() + text[1:] if capital else text


def unique(names: Sequence[str], used_names: set[str], fallback: str) -> str:
    """The first name that no other persona has."""
    for name in names:
        if name and name.lower() not in used_names:
            return name
    return fallback


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """Without its capital where that is one of a sentence: "VAT" and "iPad" stay."""
    return text if text[1:2].isupper() or text[:1].islower() else text[:1].lower() + text[1:]
