"""The guide as a grid: question by theme by person (the framework method, Ritchie and Spencer 1994).

A question is of the guide where it is asked in at least half of the talks in much the same words, where a survey asks
it, or where the configuration gives it. What is answered to a probe ("And then?") belongs to the question before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import words
from voc_engine.privacy.withholding import MARK
from voc_engine.records import EVIDENCE_ROLES, Document, GuideCell, Insight, Mention, Segment
from voc_engine.report.evidence import Evidence

# Two questions are one where they share so much of their words of content; a given one is asked where so much of it is said.
_ALIKE, _COVERED = 0.6, 0.5
_FEWEST_SESSIONS = FEWEST_PEOPLE = 2
# An interviewer's question of fewer words asks on: "What happened then?".
_FEWEST_WORDS = 5
# Only here somebody asks; a session is a talk, or all that one person answers to a survey.
_WITH_QUESTIONS = ("interview", "survey")


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """``asked``: in so many of ``sessions`` sessions. ``cells``: theme -> person -> mentions there, the widest theme first
    and None (no theme) last; ``people``: everybody who answered, with the number of their sentences; ``answers``: their
    sentences, in order."""

    number: int
    text: str
    basis: str
    asked: int
    sessions: int
    people: Mapping[str, int]
    cells: Mapping[str | None, Mapping[str, tuple[Mention, ...]]]
    answers: Mapping[str, tuple[Segment, ...]]


@dataclass(frozen=True, slots=True)
class Guide:
    """``questions`` in the order in which they are asked; ``place``: sentence that answers one -> its number, from 0;
    ``asked``: by question the sessions in which it is, ``sessions``: of how many of that kind."""

    questions: tuple[str, ...]
    place: Mapping[str, int]
    asked: tuple[frozenset[str], ...]
    sessions: tuple[int, ...]


def guide_in(
    documents: Mapping[str, Document], segments: Iterable[Segment], given_questions: Sequence[str] = ()
) -> Guide:
    """The guide of these documents; ``given_questions`` take the place of those that sessions share."""
    sessions = _sessions(documents, segments)
    questions = [_Asked(text, frozenset(content_stems(text))) for text in given_questions] or _shared_questions(
        sessions
    )
    of = {text: _which(text, questions, is_given=bool(given_questions)) for own in sessions.values() for text, _ in own}
    number_of: dict[str, int] = {}
    sessions_of: dict[int, set[Session]] = defaultdict(set)
    amount = Counter(kind for kind, _ in sessions)
    for session, turns in sessions.items():
        current: int | None = None
        for text, segment in turns:
            probe = of[text] is None and session[0] == "interview"
            current = current if probe else of[text]
            if current is not None:
                number_of[segment.segment_id] = current
                sessions_of[current].add(session)
    order = {number: at for at, number in enumerate(sorted(sessions_of))}
    return Guide(
        tuple(questions[number].text for number in order), {key: order[number] for key, number in number_of.items()},
        tuple(frozenset(name for _, name in sessions_of[number]) for number in order),
        tuple(sum(amount[kind] for kind in {kind for kind, _ in sessions_of[number]}) for number in order),
    )  # fmt: skip


def guide_of(evidence: Evidence) -> list[GuideQuestion]:
    """The questions of the guide in the order in which they are asked; none where sessions share none."""
    given_questions = evidence.study.config.study.guide
    guide = guide_in(evidence.documents, evidence.segments.values(), given_questions)
    answers: dict[int, list[Segment]] = defaultdict(list)
    for key, number in guide.place.items():
        answers[number].append(evidence.segments[key])
    basis = "given" if given_questions else "found"
    return [
        _question(
            number + 1, text, basis, (len(guide.asked[number]), guide.sessions[number]), answers[number], evidence
        )
        for number, text in enumerate(guide.questions)
    ]


def guide_rows(evidence: Evidence) -> list[GuideCell]:
    """The rows of the table: a person's row for what is of no theme, and one for each theme."""
    rows = []
    for question in guide_of(evidence):
        for person, sentences in sorted(question.people.items()):
            rest = question.cells.get(None, {}).get(person, ())
            rows.append(_row(question, None, person, sentences, rest))
            for theme, cells in question.cells.items():
                if theme is not None and person in cells:
                    mentions = cells[person]
                    rows.append(_row(question, theme, person, len({each.segment_id for each in mentions}), mentions))
    return rows


def _row(
    question: GuideQuestion, theme: str | None, person: str, sentences: int, mentions: Iterable[Mention]
) -> GuideCell:
    ids = tuple(each.mention_id for each in mentions)
    return GuideCell(question.number, question.text, theme, person, sentences, ids, question.basis)


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    stems: frozenset[str]


Session = tuple[str, str]


def _sessions(
    documents: Mapping[str, Document], segments: Iterable[Segment]
) -> dict[Session, list[tuple[str, Segment]]]:
    """(kind, session) -> (question, sentence that answers it), in their order."""
    answers: dict[Session, list[tuple[str, Segment]]] = defaultdict(list)
    number_of = {key: number for number, key in enumerate(documents)}
    for segment in sorted(segments, key=lambda each: (number_of.get(each.document_id, -1), each.index, each.start)):
        document = documents.get(segment.document_id)
        if (
            document is None
            or document.kind not in _WITH_QUESTIONS
            or segment.role not in EVIDENCE_ROLES
            or not segment.question
        ):
            continue
        session = segment.document_id if document.kind == "interview" else segment.person_id
        if segment.question != MARK:
            answers[document.kind, session].append((segment.question, segment))
    return dict(answers)


def _shared_questions(sessions: Mapping[Session, Sequence[tuple[str, Segment]]]) -> list[_Asked]:
    """Questions that at least half of the sessions of their kind share, as most ask them, in the order of the sessions."""
    times: dict[str, set[Session]] = defaultdict(set)
    positions: dict[str, list[int]] = defaultdict(list)
    for session, turns in sessions.items():
        for at, text in enumerate(dict.fromkeys(text for text, _ in turns)):
            times[text].add(session)
            positions[text].append(at)
    groups: list[tuple[_Asked, set[Session], list[int]]] = []
    for text in sorted(times, key=lambda each: (-len(times[each]), each)):
        stems = frozenset(content_stems(text))
        home = next((group for group in groups if _alike(stems, group[0].stems)), None)
        if home is None:
            groups.append((_Asked(text, stems), set(times[text]), list(positions[text])))
        else:
            home[1].update(times[text])
            home[2].extend(positions[text])
    amount = Counter(kind for kind, _ in sessions)
    shared = [group for group in groups if any(_half(kind, *group[:2], amount) for kind in _WITH_QUESTIONS)]
    shared.sort(key=lambda group: (sum(group[2]) / len(group[2]), group[0].text))
    return [asked for asked, _, _ in shared]


def _half(kind: str, question: _Asked, sessions: set[Session], amount: Mapping[str, int]) -> bool:
    """Whether enough sessions of the kind have it: a survey asks everybody, whoever leaves a field empty."""
    n_sessions = sum(one == kind for one, _ in sessions)
    if kind == "interview" and len(words(question.text)) < _FEWEST_WORDS:
        return False
    return n_sessions >= max(_FEWEST_SESSIONS, ceil(amount.get(kind, 0) / 2) if kind == "interview" else 0)


def _alike(stems: frozenset[str], other: frozenset[str]) -> bool:
    """A question without words of content ("Anything else?") is alike to none but itself."""
    return bool(stems) and len(stems & other) >= _ALIKE * len(stems | other)


def _which(text: str, questions: Sequence[_Asked], *, is_given: bool) -> int | None:
    """Number of the question of the guide that is asked; None for a probe."""
    stems = frozenset(content_stems(text))

    def near(question: _Asked) -> float:
        if question.text == text:
            return 1.0
        if is_given:
            share = len(stems & question.stems) / len(question.stems) if question.stems else 0.0
            return share if share >= _COVERED else 0.0
        return len(stems & question.stems) / len(stems | question.stems) if _alike(stems, question.stems) else 0.0

    best = max(range(len(questions)), key=lambda number: (near(questions[number]), -number), default=None)
    return best if best is not None and near(questions[best]) > 0 else None


def _question(
    number: int, text: str, basis: str, counts: tuple[int, int], answers: Sequence[Segment], evidence: Evidence
) -> GuideQuestion:  # fmt: skip
    marked = evidence.mentions_by_segment
    cells: dict[str | None, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for segment in answers:
        for mention in marked.get(segment.segment_id, ()):
            insight = evidence.insights.get(evidence.insight_of.get(mention.mention_id, ""))
            cells[_heading(insight, evidence)][mention.person_id].append(mention)
    order = sorted(cells, key=lambda theme: (theme is None, -len(cells[theme]), theme or ""))
    cells_by_theme = {theme: {person: tuple(said) for person, said in sorted(cells[theme].items())} for theme in order}
    by_person: dict[str, list[Segment]] = defaultdict(list)
    for answer in answers:
        by_person[answer.person_id].append(answer)
    people = {person: len(said) for person, said in by_person.items()}
    return GuideQuestion(
        number,
        text,
        basis,
        *counts,
        people,
        cells_by_theme,
        {person: tuple(said) for person, said in by_person.items()},
    )


def _heading(insight: Insight | None, evidence: Evidence) -> str | None:
    """The theme of a finding; itself where it stands by itself, and None for a single voice of no theme."""
    if insight is None:
        return None
    if insight.theme in evidence.themes:
        return insight.theme
    return insight.title if insight.n_people >= FEWEST_PEOPLE else None
