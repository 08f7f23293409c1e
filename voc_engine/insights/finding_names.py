"""Names of findings: the thing, in the words of its people, and what about it, from the published list (names.toml)."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voc_engine.insights.key_points import marked
from voc_engine.insights.shared_words import said_words
from voc_engine.insights.things import SIDES, bare, own_key, thing_of
from voc_engine.language.matters import can_name
from voc_engine.language.negation import is_negator
from voc_engine.language.polarity import complaint
from voc_engine.language.stems import content_stems, stem
from voc_engine.language.tokens import parts
from voc_engine.records import HARMS, Insight, KindCount, Mention, coded_as

# So large a share of the people has to name the thing before it is a name (else it names for the others what they may not
# mean: a brand), and more than such a share has to say the same about it, of those of the kind and of all. What is read of
# single sentences is often wrong, and two of them agree by chance: three people have to.
MOST_NAME_IT, _MOST_SAY_IT, _FEWEST_SAY_IT = 0.65, 0.5, 3
# A longer phrase names the thing better where so many of those who name it say it whole.
_SAY_IT_WHOLE = 0.5
# What all of a study say is still a thing, if nothing else is.
_COMMON = 1.1
_PLURAL = {
    "pain_point": "pain points", "objection": "objections", "request": "requests", "delight": "praise", "goal": "goals",
    "trigger": "triggers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """``thing`` and ``what`` (a code) of a finding, each None where its people do not agree on it. ``about`` tells what of
    the thing, empty where it is a trouble by itself; without ``named`` it is no heading."""

    thing: str | None = None
    what: str | None = None
    about: str = ""
    named: bool = False

    @property
    def text(self) -> str:
        """The heading; empty where thing or what is missing."""
        if not self.named or not self.thing:
            return ""
        heading = f"{self.thing[:1].upper()}{self.thing[1:]}"
        return f"{heading}: {self.about}" if self.about else heading


def commonness(mentions: Iterable[Mention]) -> tuple[Counter[str], int]:
    """By stem how many people say it in what was marked, and how many people there are."""
    people_of: dict[str, set[str]] = {}
    people = set()
    for mention in mentions:
        people.add(mention.person_id)
        for word in said_words(_quote_and_thing(mention)):
            people_of.setdefault(word, set()).add(mention.person_id)
    return Counter({word: len(who) for word, who in people_of.items()}), len(people)


def name_of(mentions: Sequence[Mention], kind: str, common: tuple[Counter[str], int]) -> Name:
    """The name of one finding of these mentions; ``kind`` is what most of its people do."""
    able = [mention for mention in mentions if mention.quotable != "none"]
    people = len({mention.person_id for mention in able})
    if people <= 1:
        return Name()
    thing = _thing(able, people, common)
    what = "missing" if kind in HARMS and thing and _lacked(able, thing) else _what(mentions, kind)
    return _with_words(thing, what, kind)


def name_by_thing(mentions: Sequence[Mention], kind: str) -> Name:
    """The name of a finding by thing and side: the thing as most write it, and what about it where its people agree, else
    the side; nothing where no two of them speak of one thing."""
    able = [mention for mention in mentions if mention.quotable != "none"]
    key = thing_of(able)
    if key is None or kind not in SIDES:
        return Name()
    forms: dict[str, set[str]] = {}
    for mention in able:
        if mention.thing and own_key(mention) == key:
            forms.setdefault(bare(mention.thing), set()).add(mention.person_id)
    thing = _form(forms, len(set().union(*forms.values())))
    what = "missing" if kind in HARMS and _lacked(able, thing) else _what(able, kind)
    return _with_words(thing, what, kind, SIDES[kind])


def _with_words(thing: str | None, what: str | None, kind: str, side: str = "") -> Name:
    """``side`` stands where nothing is said of the thing that has a word."""
    if thing and kind in HARMS and _is_trouble(thing):
        return Name(thing, what, named=True)
    about = phrases(kind).get(what or "", side)
    return Name(thing, what, about, named=bool(thing and about))


def _is_trouble(thing: str) -> bool:
    """A thing that is a trouble by itself ("no-show", "crash") needs no word of what about it, and nobody who agrees on
    one."""
    thing_words = parts(thing)
    return is_negator(thing_words[0]) or thing_words[-1] in complaint()


def _lacked(mentions: Sequence[Mention], thing: str) -> bool:
    """Whether at least half of the people who name the thing have none of it ("no signal", "without a period lock"), unless
    three and more say one and the same other thing of it: a player that says "no disc" lacks none."""
    head = _head(thing)
    named, lacked = set(), set()
    for mention in mentions:
        quote_words = parts(mention.quote)
        for at in (at for at, word in enumerate(quote_words) if stem(word) == head):
            named.add(mention.person_id)
            if any(map(is_negator, quote_words[max(0, at - len(parts(thing)) - 1) : at])):
                lacked.add(mention.person_id)
    people, codes = {mention.person_id for mention in mentions}, {mention.what for mention in mentions}
    agreed = len(people) >= _FEWEST_SAY_IT and len(codes) == 1 and "missing" not in codes
    return not agreed and len(lacked) >= _FEWEST_SAY_IT and 2 * len(lacked) >= len(named)


class Themes:
    """The things that groups of a study are about; a mention that stays alone is of the theme whose noun it speaks of."""

    def __init__(self, common: tuple[Counter[str], int]) -> None:
        self._common = common
        self._label: dict[str, str] = {}

    def learn(self, mentions: Sequence[Mention]) -> None:
        """Take the thing of a group, where its people agree on one. The first that names a noun gives the label."""
        able = [mention for mention in mentions if mention.quotable != "none"]
        people = len({mention.person_id for mention in able})
        thing = _thing(able, people, self._common) if people > 1 else None
        if thing:
            self._label.setdefault(_head(thing), thing)

    def name(self, thing: str) -> None:
        """Take a thing that several people speak of, unless its noun has a label."""
        self._label.setdefault(_head(thing), thing)

    def settle(self, mentions: Sequence[Mention]) -> None:
        """Once all groups are learned: a label of several words stands where at least half of everybody who speaks of its
        noun says it whole. Else it is as most say it: "number", where some mean invoice numbers and others phone numbers."""
        forms: dict[str, dict[str, set[str]]] = {
            head: {} for head, label in self._label.items() if len(parts(label)) > 1
        }
        for mention in mentions:
            head = _head(mention.thing) if mention.thing and parts(mention.thing) else ""
            if mention.thing and head in forms and mention.quotable != "none":
                forms[head].setdefault(mention.thing, set()).add(mention.person_id)
        for head, people_of in forms.items():
            whole = " ".join(parts(self._label[head]))
            able = {person for form, who in people_of.items() if whole in " ".join(parts(form)) for person in who}
            people = len(set().union(*people_of.values()))
            if len(able) < _SAY_IT_WHOLE * people:
                self._label[head] = _form(people_of, people)

    @staticmethod
    def key(insight: Insight) -> tuple[object, ...]:
        """What a name says, whatever the form of its thing: "invoice number" and "Invoice numbers" are one."""
        return tuple(sorted(set(content_stems(insight.thing or "")))), insight.what or ""

    def of(self, mentions: Sequence[Mention], thing: str | None) -> str | None:
        """The label of a finding's theme: by its thing, else by what most of its people take it to be about."""
        heads = Counter(
            head for head, _ in {(_head(m.thing), m.person_id) for m in mentions if m.thing and parts(m.thing)}
        )
        candidates = [_head(thing)] if thing else sorted(heads, key=lambda head: (-heads[head], head))
        return next((self._label[head] for head in candidates if head in self._label), None)


def _head(phrase: str) -> str:
    return stem(parts(phrase)[-1])


def definition(name: Name, kinds: Sequence[KindCount]) -> str:
    """What belongs to a finding of that name; empty where it has none."""
    if not name.text:
        return ""
    plurals = ", ".join(_PLURAL[count.kind] for count in kinds)
    about = name.about if name.what else ""
    return f"{plurals[:1].upper()}{plurals[1:]} about {name.thing} (and what is meant by it)" + (
        f": {about}." if about else "."
    )


def titled_definition(title: str, kinds: Sequence[KindCount]) -> str:
    """What belongs to a finding under a title in its people's words."""
    plurals = ", ".join(_PLURAL[count.kind] for count in kinds)
    return f"{plurals[:1].upper()}{plurals[1:]} that say in whatever words: {title}."


@cache
def phrases(kind: str) -> Mapping[str, str]:
    """Code -> what stands for it in a heading."""
    table = tomllib.loads((files(__package__) / "names.toml").read_text("utf-8"))
    of_kind: Mapping[str, str] = table[coded_as(kind)]
    return of_kind


def _quote_and_thing(mention: Mention) -> str:
    return f"{mention.quote} {mention.thing or ''}"


def _thing(mentions: Sequence[Mention], people: int, common: tuple[Counter[str], int]) -> str | None:
    """The noun phrase whose noun most of them say, some as the thing itself, and the others of the study seldom; as most
    write it."""
    forms: dict[str, dict[str, set[str]]] = {}
    named: dict[str, set[str]] = {}
    for mention in mentions:
        for phrase in (mention.thing, *mention.nouns):
            if not phrase or marked(phrase) or not can_name(parts(phrase)[-1] if parts(phrase) else ""):
                continue
            head = stem(parts(phrase)[-1])
            forms.setdefault(head, {}).setdefault(phrase, set()).add(mention.person_id)
            if phrase is mention.thing:
                named.setdefault(head, set()).add(mention.person_id)
    people_of: dict[str, set[str]] = {head: set() for head in named}
    for mention in mentions:
        for head in named.keys() & said_words(_quote_and_thing(mention)):
            people_of[head].add(mention.person_id)
    spread, everyone = common

    def telling(head: str) -> float:
        here, there = len(people_of[head]) / people, spread[head] / max(1, everyone)
        share = (len(people_of[head]) + len(named[head])) / (2 * people)
        return round(share * (_COMMON - there), 4) if here >= MOST_NAME_IT and len(people_of[head]) > 1 else 0.0

    best = min(named, key=lambda head: (-telling(head), head), default=None)
    return _form(forms[best], len(people_of[best])) if best is not None and telling(best) > 0 else None


def _form(forms: Mapping[str, set[str]], people: int) -> str:
    """The longest form that enough of its people say whole, else the one that most of them say; in small letters but for
    names and abbreviations."""
    folded: dict[str, set[str]] = {}
    for form, who in forms.items():
        folded.setdefault(" ".join(parts(form)), set()).update(who)
    whole = {form: {person for other, who in folded.items() if form in other for person in who} for form in folded}
    able = [form for form, who in whole.items() if len(who) >= max(2, _SAY_IT_WHOLE * people)]
    best = min(
        able or folded, key=lambda form: (-len(form.split()) if able else len(form.split()), -len(whole[form]), form)
    )
    written = [form for form in forms if " ".join(parts(form)) == best]
    usual = min(written, key=lambda form: (-len(forms[form]), form))
    return " ".join(part if any(map(str.isupper, part[1:])) else part.lower() for part in usual.split())


def _what(mentions: Sequence[Mention], kind: str) -> str | None:
    """The code that most people of the kind give, where enough of them agree on it."""
    of_kind = [mention for mention in mentions if coded_as(mention.kind) == coded_as(kind)]
    voices = {(mention.what, mention.person_id) for mention in of_kind if mention.what}
    counts = Counter(code for code, _ in voices)
    best = min(counts, key=lambda code: (-counts[code], code), default=None)
    people = len({mention.person_id for mention in of_kind})
    everybody = len({mention.person_id for mention in mentions})
    least = max(_FEWEST_SAY_IT, _MOST_SAY_IT * people)
    agreed = best and counts[best] >= least and counts[best] > _MOST_SAY_IT * everybody
    return best if agreed and best != "other" else None
