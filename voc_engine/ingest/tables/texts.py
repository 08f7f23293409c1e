"""Which columns hold people's words, and which of them answer a question: by wording, length and how answers differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.headers import ORDER, folded, normal
from voc_engine.ingest.tables.identity_columns import asks_name, holds_mails, names_a_person
from voc_engine.ingest.tables.labelled_columns import (
    is_label_column,
    is_of_notes,
    is_personal,
    is_written_beside,
    open_question,
    opinion_part,
)
from voc_engine.ingest.tables.person_names import are_person_names, header_names_somebody
from voc_engine.ingest.tables.survey_tools import is_open_part
from voc_engine.ingest.tables.values import are_dates, are_links, are_numbers, filled
from voc_engine.ingest.tables.words_column import fewest_words, mean_words, named_text, varied, wordiest
from voc_engine.language.persons import speaks_of_self

_KEYWORDS = keywords("texts")

# What people type to get past a question.
_NO_ANSWER = re.compile(_KEYWORDS.pattern("no_answer"), re.IGNORECASE)
# What survey tools and their users write where nothing was answered: negative codes, runs of 7, 8 and 9, and words.
_MISSING = re.compile(_KEYWORDS.pattern("missing"), re.IGNORECASE)
_MISSING_CHARS = 40
_FEW = 5
_FEWEST_ALIKE = 3  # a choice: rows; two people may say the same
_OPEN = re.compile(_KEYWORDS.pattern("open"))
_CLOSED = re.compile(_KEYWORDS.pattern("closed"))
_SCALE = re.compile(_KEYWORDS.pattern("scale"), re.IGNORECASE)
_TRUTH = frozenset(("true", "false"))
_CHOICES = re.compile(r"[,;|]")
_OF_SELF = 0.25
_FEWEST_NAMED = 2
_PHRASE_WORDS = 2  # per answer, from which answers may be phrases
_WORDY = 4  # words per answer, of free text whatever else is known
# Where several answered alike: words per answer, and the share of different answers, that still make them people's own.
_ALIKE, _LONG_ALIKE, _LEAST_DISTINCT = 0.6, 8, 0.3
# Below a question that asks to choose, one that asks to tell, and one that says neither.
_CLOSED_WORDS, _CLOSED_DISTINCT = 5, 0.8
_OPEN_WORDS, _OPEN_DISTINCT = 1.5, 0.6
_PLAIN_WORDS = 3  # words per answer, where the question tells nothing; a choice
_OPTION_WORDS = 6  # words of an option, on average; a choice: sentences between commas have more


@dataclass(frozen=True)
class TextColumn:
    """A column of people's words, the question that it answers (None: it answers none), and why it was taken."""

    column: str
    context: str | None
    why: str


def says_nothing(text: str) -> bool:
    """Whether an answer only gets past a question ("n/a", "-", "none"), or is a code for a missing one ("-99")."""
    return bool(_NO_ANSWER.match(text)) or is_missing(text)


def is_missing(text: str) -> bool:
    """Whether a cell is a survey's code for an answer that nobody gave ("-99", "999", "Not asked", "Prefer not to say")."""
    return len(text) <= _MISSING_CHARS and bool(_MISSING.match(text))


def text_columns(free: Sequence[str], values: Mapping[str, Sequence[str]], survey: bool) -> list[TextColumn]:
    """The text columns among those that have no other meaning, in the table's order; [] where there is none."""
    free = [c for c in free if not is_label_column(c) and not is_written_beside(c)]
    free = [c for c in free if not _tells_who(c, values[c]) and not _is_no_text(values[c])]
    # Several may have sent the same short complaint: where no other column holds words, it is theirs.
    differing = [c for c in free if not says_always_the_same(values[c])]
    free = differing if any(reads_free(values[c]) for c in differing) else free
    notes = [c for c in free if holds_notes(c, values[c])]
    clear = [c for c in free if c not in notes]
    answered = [c for c in clear if _is_answered(c, values[c])]
    named = named_text(ORDER["text"], clear, values)
    if answered or (named is not None and mean_words(values[named]) > 0):
        # Beside people's own words a column of notes is somebody's about them, until a person says otherwise.
        free = clear
    else:
        named = named_text(ORDER["text"], free, values)
    if answered and (named is None or named in answered or survey or len(answered) > 1):
        chosen = {c: TextColumn(c, c, "the answer to an open question") for c in answered}
        if named is not None and named not in chosen and mean_words(values[named]) >= _PHRASE_WORDS:
            chosen[named] = TextColumn(named, None, "text (by its name)")
        if survey:
            chosen |= {
                c: TextColumn(c, c, "the answer to an open question") for c in free if _is_wordy(c, values[c])
            } | chosen
        if any(mean_words(_answers(values[c])) >= 1 for c in chosen):
            return [chosen[c] for c in free if c in chosen]
    if survey and (wordy := [c for c in free if _is_wordy(c, values[c])]):
        wordy_columns = {c: TextColumn(c, c, "free text in a survey") for c in wordy}
        if named is not None and mean_words(values[named]) >= _FEWEST_NAMED:
            wordy_columns[named] = TextColumn(named, None, "text (by its name)")
        return [wordy_columns[c] for c in free if c in wordy_columns]
    if named is not None:
        return [TextColumn(named, None, "text (by its name)")]
    if (most := wordiest([c for c in free if not is_personal(c)], values)) is not None:
        return [TextColumn(most, None, "text (the column with the most words)")]
    least = fewest_words(ORDER["text"], free, values)
    return [] if least is None else [TextColumn(least, None, "text (by its name)")]


def holds_notes(column: str, values: Sequence[str]) -> bool:
    """Whether a column's header says notes and its cells are phrases; a mark at school and a tick are no note."""
    answers = filled(values)
    return is_of_notes(column) and mean_words(answers) >= _FEWEST_NAMED and not are_numbers(answers)


def may_be_notes(column: str, values: Sequence[str]) -> bool:
    """Whether a column may hold what staff noted of people: its header says notes, and its words seldom say "I" or "we"."""
    return holds_notes(column, values) and not says_whose(values)


def says_whose(values: Sequence[str]) -> bool:
    """Whether so many cells say "I" or "we" that they are the words of those whom they are about."""
    answers = filled(values)
    return bool(answers) and sum(map(speaks_of_self, answers)) >= _OF_SELF * len(answers)


def _answers(values: Sequence[str]) -> list[str]:
    return [value for value in filled(values) if not says_nothing(value)]


def _tells_who(column: str, values: Sequence[str]) -> bool:
    """Whether a column is about the person and holds none of their words."""
    return (
        holds_mails(values)
        or (header_names_somebody(column) and are_person_names(column, values))
        or asks_name(column)
        or (names_a_person(column) and not open_question(column))
    )


def says_always_the_same(values: Sequence[str]) -> bool:
    """Whether every row has the same phrase: a question, a form's or a program's words, and nobody's own."""
    answers = filled(values)
    return len(answers) >= _FEWEST_ALIKE and len(set(answers)) == 1 and mean_words(answers) >= _PLAIN_WORDS


def _is_no_text(values: Sequence[str]) -> bool:
    """Numbers, dates, links, truth values, or records as a program writes them."""
    answers = filled(values)
    if answers and {value.casefold() for value in answers} <= _TRUTH:
        return True
    if answers and all(value.lstrip().startswith(("[{", '{"')) for value in answers):
        return True
    return (
        bool(answers) and len(answers) > 1 and (are_numbers(answers) or are_dates(answers, 0.9) or are_links(answers))
    )


def _is_answered(column: str, values: Sequence[str]) -> bool:
    if opinion_part(column):
        return any(re.search(r"[^\W\d]", value) for value in values)
    return open_question(column) and is_open(column, values)


def _is_wordy(column: str, values: Sequence[str]) -> bool:
    """A survey's column whose header is no question and whose cells are free text all the same."""
    answers = _answers(values)
    if normal(column) in ORDER["text"] or is_personal(column) or are_person_names(column, values):
        return False
    if is_open_part(column):
        return bool(answers) and not are_numbers(answers)
    return (mean_words(answers) >= _WORDY or (len(answers) >= _FEW and reads_free(answers))) and is_open(column, values)


def reads_free(values: Sequence[str]) -> bool:
    """Whether short texts all differ and go on in lower case, as phrases do and names of places and products do not."""
    answers = _answers(values)
    if len(answers) <= 1 or len(set(answers)) < 0.9 * len(answers) or mean_words(answers) < _PHRASE_WORDS:
        return False
    later = [word for answer in answers for word in answer.split()[1:] if word[0].isalpha()]
    return bool(later) and sum(word[0].islower() for word in later) >= 0.6 * len(later)


def is_open(header: str, values: Sequence[str]) -> bool:
    """Whether the answers are people's own words and no choices; told by repeats, length, scales and the question.

    Holds for few rows: with two or three answers the wording of the question decides, then their length.
    """
    answers = [value.casefold() for value in _answers(values)]
    if is_open_part(header) and answers and not are_numbers(answers):
        return True
    if not answers or are_numbers(answers) or are_dates(answers, 0.8):
        return False
    mean, distinct = mean_words(answers), len(set(answers)) / len(answers)
    if sum(bool(_SCALE.match(one)) for one in answers) >= 0.6 * len(answers) or are_choices(answers):
        return False
    question = folded(header)
    # A sentence that two people wrote alike is rare; a choice that two people made is not.
    if len(answers) >= _FEW and distinct <= _ALIKE:
        return mean >= _LONG_ALIKE and distinct > _LEAST_DISTINCT
    if _CLOSED.search(question) and not _OPEN.search(question):
        return mean >= _CLOSED_WORDS and distinct > _CLOSED_DISTINCT
    if _OPEN.search(question):
        return mean >= _OPEN_WORDS or distinct > _OPEN_DISTINCT
    return mean >= _PLAIN_WORDS or (mean >= _PHRASE_WORDS and varied(answers))


def are_choices(answers: Sequence[str]) -> bool:
    """Whether the answers are lists of few options that come again ("Price, Support"; "Design;Price;")."""
    parts = [part.strip() for answer in answers for part in _CHOICES.split(answer.strip(" ,;|")) if part.strip()]
    lists = sum(bool(_CHOICES.search(answer.strip(" ,;|"))) for answer in answers)
    options = set(parts)
    return lists >= 1 and len(parts) >= 1.5 * len(options) and mean_words(sorted(options)) <= _OPTION_WORDS
