"""What people did not allow: their documents are set aside, their turns masked, their words marked as not to be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from voc_engine.errors import ConfigError
from voc_engine.language.word_lists import word_list
from voc_engine.privacy.silenced import without_words
from voc_engine.records import EVIDENCE_ROLES, QUOTABLE, Document, Skipped, Utterance

CONSENT_KEYS = ("analyse", "quote_internal", "quote_external")
NO_ANALYSIS = "no analysis"
# Names of columns without what joins their words, so that "Consent: analyse" and "consentQuoteInternal" are known.
_COLUMNS = {f"consent{key.replace('_', '')}": key for key in CONSENT_KEYS} | {"consentanalyze": "analyse"}
# Strictest first; the last is what holds where nothing is stated.
CONSENTS = (NO_ANALYSIS, *QUOTABLE)
_YES = word_list("yes_no", "yes", "yes_in_consent") | {"1", "1.0", "✓", "✔"}
_NO = word_list("yes_no", "no", "no_in_consent") | {"0", "0.0", "✗", "✘"}
_NOT_STATED = frozenset(("", "-", "n/a", "nan", "null"))
NO_CONSENT = "no consent to analyse"
NO_CONSENT_TURNS = "turns of a person without consent to analyse"
NO_WORDS = "[left out: no consent to analyse]"


def consent_answer(value: str | None) -> bool | None:
    """True for yes, False for no, None where nothing is stated. Raises ValueError for anything else."""
    answer = (value or "").strip().casefold()
    if answer in _NOT_STATED:
        return None
    if answer in _YES or answer in _NO:
        return answer in _YES
    raise ValueError(value)


def is_consent_column(name: str) -> bool:
    """Whether a column of that name states a consent, however its words are joined."""
    return _column_key(name) is not None


def stated_consent(cells: Mapping[str, str | None], where: str, named: Mapping[str, str] | None = None) -> str | None:
    """One of CONSENTS as the cells of a row state it, None where they say nothing.

    ``named``: by CONSENT_KEYS the columns that are called otherwise. Raises ConfigError (see ``consent_of``).
    """
    stated = {key: cells[column] for column in cells if (key := _column_key(column))}
    stated |= {key: cells.get(column) for key, column in (named or {}).items()}
    return consent_of(stated, where) if stated else None


@lru_cache(maxsize=4096)
def _column_key(name: str) -> str | None:
    return _COLUMNS.get("".join(re.findall(r"[^\W_]+", name)).casefold())


def consent_of(stated: Mapping[str, str | None], where: str) -> str | None:
    """One of CONSENTS for answers by CONSENT_KEYS, None where nothing is stated.

    Who may not be quoted inside may not be quoted outside either. Raises ConfigError for an answer that is neither
    yes nor no: to guess would be to quote somebody who said no. ``where`` names the row in the error.
    """
    answers: dict[str, bool | None] = {}
    for key in CONSENT_KEYS:
        try:
            answers[key] = consent_answer(stated.get(key))
        except ValueError:
            raise ConfigError(
                f"{where}: the consent {key!r} is neither yes nor no.",
                found=repr(stated.get(key)),
                do="write yes or no, or leave the cell empty where nothing was agreed",
            ) from None
    if all(answer is None for answer in answers.values()):
        return None
    refused = [consent for key, consent in zip(CONSENT_KEYS, CONSENTS, strict=False) if answers[key] is False]
    return strictest(refused) if refused else CONSENTS[-1]


def strictest(consents: Iterable[str]) -> str:
    """The one that allows least; "external" where there is none."""
    return min(consents, key=CONSENTS.index, default=CONSENTS[-1])


def with_consent(
    document: Document,
    turns: Sequence[Utterance],
    consents: Mapping[str, str],
    attributes: Mapping[str, Mapping[str, str]],
) -> tuple[Document | None, list[Utterance], list[Skipped]]:
    """The redacted document as its people allow it, its turns, and what was left out. None: it is set aside whole.

    ``consents`` maps a pseudonym to what the person allowed; who is not in it allowed everything. A document in which
    nobody else speaks as a customer goes with its author; elsewhere the turns of who refused lose their words, and
    where the author did, the next customer takes the place, with what ``attributes`` say of them by pseudonym.
    """
    refused = {person for person, consent in consents.items() if consent == NO_ANALYSIS} if consents else set()
    if document.person_id not in refused and not any(turn.person_id in refused for turn in turns):
        quotable = consents.get(document.person_id, CONSENTS[-1])
        unchanged = document.quotable == quotable
        return document if unchanged else replace(document, quotable=quotable), _marked(turns, consents), []
    consenting = [turn.person_id for turn in turns if turn.role in EVIDENCE_ROLES and turn.person_id not in refused]
    if document.person_id in refused and not consenting:
        return None, [], [_left_out(document, NO_CONSENT, 1)]
    author = consenting[0] if document.person_id in refused else document.person_id
    text, masked = without_words(document.text, turns, refused, NO_WORDS, NO_CONSENT)
    count = sum(turn.person_id in refused for turn in turns)
    allowed = replace(document, text=text, person_id=author, quotable=consents.get(author, "external"))
    if author != document.person_id:
        allowed = replace(allowed, attributes=dict(attributes.get(author, {})))
    return allowed, _marked(masked, consents), [_left_out(document, NO_CONSENT_TURNS, count)]


def _marked(turns: Sequence[Utterance], consents: Mapping[str, str]) -> list[Utterance]:
    return [
        replace(turn, quotable=consents[turn.person_id]) if consents.get(turn.person_id, NO_ANALYSIS) != NO_ANALYSIS
        else turn
        for turn in turns
    ]  # fmt: skip


def _left_out(document: Document, reason: str, count: int) -> Skipped:
    return Skipped(document.source, document.locator, reason, "", "", "", count, quarantined=False)
