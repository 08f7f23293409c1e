"""The card of a persona: every line counts real people or is absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas import disclosed, lines, persona_names, signals
from voc_engine.personas.borne_out import held_surely
from voc_engine.personas.discover import Group, Groups
from voc_engine.personas.distinctive_terms import Terms, strongest
from voc_engine.personas.objection_answers import Answers
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.personas.traits import Holding, distinctive, holding, quotes
from voc_engine.records import CountedLine, Insight, Note, Persona, stable_hash
from voc_engine.statistics import SMALL_SAMPLE, wilson

MOST_TERMS = 5  # a choice: terms that one line holds
MOST_LEADING = 3  # a choice: of each field, goals and pains that stand for the persona
MOST_TOLD = 3  # themes in the biography
LEAST_TOLD = 3  # people behind a line of the biography
KINDS = (
    ("goals", "goal"),
    ("pains", "pain_point"),
    ("objections", "objection"),
    ("requests", "request"),
    ("delights", "delight"),
    ("triggers", "trigger"),
)


@dataclass(frozen=True)
class _Study:
    """What every card is held against."""

    groups: Groups
    crowd: Crowd
    everyone: Holding
    words: Terms
    answers: Answers
    names: str


def cards(groups: Groups, crowd: Crowd, options: PersonasConfig) -> list[Persona]:
    """One Persona per group, primary first."""
    study = _Study(groups, crowd, holding(crowd.people), Terms(crowd), Answers(crowd, options.answers), options.names)
    holdings = [holding(crowd.of(group.person_ids)) for group in groups.groups]
    ranks = _ranks(groups.groups, holdings, crowd, options.negative)
    order = sorted(
        range(len(holdings)),
        key=lambda n: (
            ("primary", "secondary", "negative").index(ranks[n]),
            -len(holdings[n].members),
            persona_id(groups.groups[n]),
        ),
    )
    used_names: set[str] = set()
    personas = []
    for number in order:
        card = _card(study, groups.groups[number], holdings[number], ranks[number], used_names)
        used_names.add(card.name.lower())
        personas.append(card)
    return personas


def persona_id(group: Group) -> str:
    """Hash of what survives new data: the declared value, or the first person of a discovered group."""
    return f"p-{stable_hash(*group.identity)}"


def _card(study: _Study, group: Group, holding: Holding, rank: str, used_names: set[str]) -> Persona:
    members, crowd, groups = holding.members, study.crowd, study.groups
    weights = study.words.weights(members)
    traits: dict[str, tuple[str, ...]] = {
        field: holding.ranked(crowd, kind, study.everyone.counts, weights) for field, kind in KINDS
    }
    apart = len(groups.groups) > 1 and len(members) > 1
    sizes = (len(members), len(crowd.people))
    special = _set_apart(study, holding) if apart else ()
    terms = strongest(study.words.of(members), MOST_TERMS) if apart else []
    about, unlike = signals.themes_apart(members, crowd) if apart else ((), ())
    leading = _leading(special, traits, holding)
    full, most = _matching(members, leading)
    low, high = wilson(*sizes)
    insight_ids = tuple(dict.fromkeys([*leading, *special, *(i for field, _ in KINDS for i in traits[field])]))
    roles = disclosed.roles(members)
    sentences = tuple(_sentences(holding, crowd, traits, about))
    return Persona(
        persona_id=persona_id(group),
        name=_name(study, group, members, _naming(special, traits, holding), about, terms, used_names),
        rank=rank,
        role_type=disclosed.leading_roles(roles, len(members)),
        n_people=len(members),
        stability=group.stability,
        summary=" ".join((_share_words(*sizes), *sentences)),
        sentences=sentences,
        method=group.method or groups.method,
        share_low=low,
        share_high=high,
        n_documents=len({d.document_id for p in members for d in p.documents}),
        n_mentions=sum(len(p.mentions) for p in members),
        n_full_match=full,
        distinctive=special,
        quotes=quotes(members, weights, insight_ids),
        channels=lines.channels(members),
        facts=lines.facts(members),
        journey=disclosed.journey(members),
        notes=_notes(groups, holding, crowd, leading, (full, most)),
        role_types=roles,
        decision_criteria=disclosed.section(members, "criterion"),
        content_preferences=disclosed.section(members, "source"),
        emotional_triggers=signals.emotions(members),
        churn_signals=disclosed.section(members, "leaves"),
        about=about,
        unlike=unlike,
        answers=study.answers.to(traits["objections"]),
        alternatives=disclosed.section(members, "alternative"),
        approvers=disclosed.section(members, "approver"),
        stay_signals=disclosed.section(members, "stays"),
        self_descriptions=disclosed.themselves(members),
        day=disclosed.day(members),
        # Those held out and placed are counted once every card is made.
        n_leading=holding.any_of(opening(traits, holding)),
        goals=traits["goals"],
        pains=traits["pains"],
        objections=traits["objections"],
        requests=traits["requests"],
        delights=traits["delights"],
        triggers=traits["triggers"],
    )


def _set_apart(study: _Study, holding: Holding) -> tuple[str, ...]:
    """What the group says clearly more than the others do, and bears out."""
    crowd, size = study.crowd, len(holding.members)
    surely = held_surely(holding.counts, crowd.insights, holding.members)
    return distinctive(surely, study.everyone.counts, (size, len(crowd.people)), crowd.insights)


def opening(traits: Mapping[str, Sequence[str]], holding: Holding) -> tuple[str, ...]:
    """The three leading goals and the three leading pains: those that a card opens with. One person's word leads
    nothing, unless there is only one."""
    least = min(2, len(holding.members))
    return tuple(i for field in ("goals", "pains") for i in traits[field][:MOST_LEADING] if holding.counts[i] >= least)


def _name(
    study: _Study,
    group: Group,
    members: Sequence[Person],
    leading: Sequence[str],
    about: Sequence[CountedLine],
    terms: Sequence[str],
    used_names: set[str],
) -> str:
    if study.names == "alliterative" and not group.label and (name := persona_names.alliterative(terms, used_names)):
        return name
    if len(members) == 1 and not group.label:
        who = persona_names.who_they_are(members, study.crowd)
        return f"{persona_names.capital(who)} ({members[0].person_id})" if who else f"Person {members[0].person_id}"
    names = persona_names.candidates(members, study.crowd, leading, group.label, terms, [one.name for one in about])
    # A part of a declared group needs more than the group's own name.
    return persona_names.unique(names[1:] if group.part else names, used_names, fallback=_fallback(group, study.groups))


def _naming(special: Sequence[str], traits: Mapping[str, Sequence[str]], holding: Holding) -> list[str]:
    """Insights that may name the group, since most of it says them: its goals, then what sets it apart, then its pains."""
    told = dict.fromkeys([*traits["goals"], *special, *traits["pains"]])
    return [i for i in told if 2 * holding.counts[i] > len(holding.members)]


def _leading(special: Sequence[str], traits: Mapping[str, Sequence[str]], holding: Holding) -> tuple[str, ...]:
    """Up to three traits that make the card: what sets it apart, its first goal and its first pain; one person's word
    makes nobody's card but their own."""
    least = min(2, len(holding.members))
    shared = {field: [i for i in traits[field] if holding.counts[i] >= least] for field, _ in KINDS}
    firsts = [*special[:1], *shared["goals"][:1], *shared["pains"][:1]]
    if not firsts:
        firsts = [ids[0] for field, _ in KINDS if (ids := shared[field])][:1]
    return tuple(dict.fromkeys(firsts))


def _fallback(group: Group, groups: Groups) -> str:
    if group.part:
        return f"{group.label}: the group of {group.person_ids[0]}"
    return f"The group of {group.person_ids[0]}"


def _ranks(
    groups: Sequence[Group], holdings: Sequence[Holding], crowd: Crowd, negative: Mapping[str, str]
) -> list[str]:
    def against(holding_: Holding) -> bool:
        hits = sum(
            any(p.stated(name).lower() == value.strip().lower() for name, value in negative.items())
            for p in holding_.members
        )
        return 2 * hits > len(holding_.members)

    ranks = ["negative" if against(one) else "secondary" for one in holdings]
    able = [n for n, rank in enumerate(ranks) if rank == "secondary"]
    if able:
        first = min(able, key=lambda n: (-holdings[n].unmet(crowd), -len(holdings[n].members), persona_id(groups[n])))
        ranks[first] = "primary"
    return ranks


def _matching(members: Sequence[Person], leading: Sequence[str]) -> tuple[int, int]:
    """People who hold every leading trait, and at least half of them."""
    held_by = [sum(one in person.insights for one in leading) for person in members]
    full = sum(bool(leading) and count == len(leading) for count in held_by)
    return full, sum(2 * count >= len(leading) for count in held_by)


def _sentences(
    holding: Holding, crowd: Crowd, traits: Mapping[str, Sequence[str]], about: Sequence[CountedLine]
) -> Iterator[str]:
    """A short biography in sentences that count people: who they are as given, what they speak of more than others do, what
    they want and what stands in the way."""
    size = len(holding.members)
    yield from _attribute_sentences(holding, crowd)
    if about:
        things = ", ".join(f"{one.name} ({one.n_people} of {size})" for one in about[:MOST_TOLD])
        yield f"More than others they speak of: {things}."
    for field, lead in (
        ("goals", "What they want"),
        ("pains", "What stands in the way"),
        ("objections", "What holds them back"),
        ("requests", "What they ask for"),
        ("delights", "What they like"),
    ):
        leading = [i for i in traits[field][:2] if holding.counts[i] >= min(LEAST_TOLD, size)]
        phrases = [f"{_heading(crowd.insights[i])} ({holding.counts[i]} of {size})" for i in leading]
        if phrases:
            yield f"{lead}: " + ", ".join(phrases) + "."


def _heading(insight: Insight) -> str:
    """Its name, or its key point as somebody's words."""
    return insight.name or f"“{insight.statement.strip()}”"


def _attribute_sentences(holding: Holding, crowd: Crowd) -> list[str]:
    """One sentence on each attribute of which one value is the rule here and less so among all, two at most."""
    sentences = []
    for name, counts in lines.known_values(holding.members).items():
        value = min(counts, key=lambda value: (-counts[value], value))
        total = sum(counts.values())
        others = [p.stated(name) for p in crowd.people if p.stated(name)]
        rule = 2 * counts[value] > total and counts[value] > 1
        if rule and (
            len(holding.members) == len(crowd.people) or counts[value] * len(others) > total * others.count(value)
        ):
            sentences.append((-counts[value] / total, _rule(name, value, counts[value], total)))
    return [sentence for _, sentence in sorted(sentences)[:2]]


def _rule(name: str, value: str, count: int, total: int) -> str:
    phrase = f"no {name}" if value.lower() in persona_names.NOTHING else f"{value} as {name}"
    return f"{'All' if count == total else 'Most'} ({count} of {total}) have {phrase}."


def _share_words(size: int, total: int) -> str:
    if size == total > 1:
        return f"All {total} people of the study."
    if total < SMALL_SAMPLE:
        return f"{size} of {total} people."
    low, high = wilson(size, total)
    return f"{size} of {total} people ({size / total:.0%}, 95% interval {low:.0%} to {high:.0%})."


def _notes(
    groups: Groups, holding: Holding, crowd: Crowd, leading: Sequence[str], matching: tuple[int, int]
) -> tuple[Note, ...]:
    """``matching``: people who hold every leading trait, and at least half of them."""
    size, total = len(holding.members), len(crowd.people)
    speaking = sum(bool(p.mentions) for p in holding.members)
    notes = [Note(f"{speaking} of {size} people carry at least one mention", "coverage")]
    if leading:
        whole = f"{matching[0]} of {size} people hold every leading trait ({len(leading)} traits)"
        notes.append(Note(whole, "whole card"))
    if len(leading) > 1:
        needed = (len(leading) + 1) // 2
        most = f"{matching[1]} of {size} people hold at least {needed} of {len(leading)} leading traits"
        notes.append(Note(most, "most of the card"))
    if groups.unassigned:
        notes.append(Note(f"{len(groups.unassigned)} of {total} people of the study", "not assigned"))
    if size < SMALL_SAMPLE:
        notes.append(Note(f"{size} people; counts are given, not percentages", "small sample"))
    notes += [
        Note(f"sources differ on {count} of {total} people of the study; the newest statement counts", name)
        for name, count in crowd.disputes().items()
    ]
    return (*notes, *map(Note, groups.notes))
