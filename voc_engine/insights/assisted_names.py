"""A finding's name in a language model's words: what it is asked, and what of its answer may stand.

A name is words about people's words, so every word of content has to be theirs or on the published list (names.toml), the
thing has to be what most of them speak of, and it has to lean as they do. What does not hold is dropped; the finding keeps
the name, or the key point, that it had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from voc_engine.insights.assisted_members import Findings, may_leave
from voc_engine.insights.finding_names import phrases
from voc_engine.insights.shared_words import said_words
from voc_engine.language.negation import is_negated
from voc_engine.language.polarity import complaint, lean
from voc_engine.language.tokens import words
from voc_engine.records import KIND_DEFINITIONS, Batch, Insight, Mention, Question, answer_in, quoted

_QUOTES = 12  # a choice: voices that a model reads of; by then a finding's matter is plain
_LONGEST_NAME, _MOST_WORDS = 80, 12  # characters and words of a heading; a choice: more is a sentence
# Letters, digits and what stands between words in a heading: no marks of code, addresses or masks.
_PLAIN = re.compile(r"[^\W_](?:[^\W_]|[ ,'’&/+%.\-‐‑–—:()])*")
_OTHER_SIDE = {"delight": ("pain_point", "request"), "pain_point": ("delight",), "objection": ("delight",),
               "request": ("delight",)}  # fmt: skip


def name_questions(batch: Batch, most: int, *, outside: bool) -> list[Question]:
    """One for each of the leading findings of three people and more of whose words enough may leave."""
    questions = (_question(*finding, outside) for finding in Findings(batch).leading())
    return [question for question in questions if question is not None][:most]


def _question(insight: Insight, members: Sequence[Mention], outside: bool) -> Question | None:
    able = [mention for mention in members if may_leave(mention, outside)]
    first = sorted(
        able, key=lambda one: (one.mention_id != insight.medoid_mention_id, -one.probability, one.mention_id)
    )
    voices = list({mention.person_id: mention for mention in reversed(first)}.values())[::-1][:_QUOTES]
    if len(voices) <= 1:  # what one person says is no finding's name
        return None
    lines = [
        "Task: word a heading for what these customers say alike: the thing, a colon, and what is said about it. 2 to 8"
        " words, out of the words of the quotes; what most of them say and not what one of them says.",
        f"They are of the kind {insight.kind.replace('_', ' ')}: {KIND_DEFINITIONS[insight.kind]}",
        f"Behind the colon may also stand one of: {'; '.join(phrases(insight.kind).values())}.",
        *(f"{number}. {quoted(mention.quote)}" for number, mention in enumerate(voices, 1)),
        'Answer in this form, in words of these quotes: {"name": "Bicycle rack: missing"}',
    ]
    return Question(
        "names", insight.insight_id, "\n".join(lines), tuple(mention.mention_id for mention in voices),
        frozenset(mention.document_id for mention in voices), frozenset(mention.person_id for mention in voices),
    )  # fmt: skip


def name_in(reply: str, kind: str, members: Sequence[Mention]) -> tuple[str, str]:
    """(name, why it does not stand): one of the two is empty. ``members``: the finding's mentions, ``kind`` what most do."""
    answer = answer_in(reply)
    name = answer.get("name") if answer else None
    if not isinstance(name, str):
        return "", "no such answer"
    name = " ".join(name.split()).strip(" .")
    if not name or len(name) > _LONGEST_NAME or len(words(name)) > _MOST_WORDS or not _PLAIN.fullmatch(name):
        return "", "no heading"
    able = [mention for mention in members if mention.quotable != "none"]
    fault = _foreign(name, kind, able) or _leans_otherwise(name, kind, able)
    return ("", fault) if fault else (name[:1].upper() + name[1:], "")


def _foreign(name: str, kind: str, members: Sequence[Mention]) -> str:
    """Whether a word of it is neither the people's nor on the list, or none of it is what most of them speak of."""
    people_of: dict[str, set[str]] = {}
    for mention in members:
        for word in said_words(f"{mention.quote} {mention.thing or ''}"):
            people_of.setdefault(word, set()).add(mention.person_id)
    people = len({mention.person_id for mention in members})
    listed = {word for phrase in phrases(kind).values() for word in said_words(phrase)}
    here = said_words(name)
    if not here or any(word not in people_of and word not in listed for word in here):
        return "words that nobody said"
    widest = max((len(people_of[word]) for word in here if word in people_of), default=0)
    return "" if widest > 1 and 2 * widest >= people else "not what most of them speak of"


_MOST_OF_THEM = 0.5  # share of the mentions


def _leans_otherwise(name: str, kind: str, members: Sequence[Mention]) -> str:
    """Whether it says the opposite: praises what is complained of, denies what they claim, claims what they deny."""
    fault = "says the opposite"
    name_words = words(name)
    about = name.casefold().rpartition(": ")[2]
    other = {phrase for side in _OTHER_SIDE.get(kind, ()) for phrase in phrases(side).values()}
    own_list = about in phrases(kind).values()
    if not own_list and about in other:
        return fault
    denies = is_negated(name_words)
    blames = any(word in complaint() for word in name_words)
    denying = _share(members, lambda mention: is_negated(words(mention.quote)))
    if kind == "delight":
        return fault if (blames and not denies) or (denies and not own_list and denying < _MOST_OF_THEM) else ""
    if own_list:
        return ""
    if lean(name_words) > 0 and not denies:
        return fault
    return (
        fault
        if (denies and denying < _MOST_OF_THEM) or (not denies and not blames and denying >= _MOST_OF_THEM)
        else ""
    )


def _share(members: Sequence[Mention], holds: Callable[[Mention], bool]) -> float:
    people = {mention.person_id for mention in members}
    return len({mention.person_id for mention in members if holds(mention)}) / max(1, len(people))


def without_doubles(names: Mapping[str, str], insights: Sequence[Insight]) -> dict[str, str]:
    """The names, but for those that another finding of its kind goes by already."""
    named = {(insight.kind, insight.title.casefold()): insight.insight_id for insight in insights}
    kind = {insight.insight_id: insight.kind for insight in insights}
    unique: dict[str, str] = {}
    for insight_id, name in sorted(names.items()):
        if named.setdefault((kind[insight_id], name.casefold()), insight_id) == insight_id:
            unique[insight_id] = name
    return unique
