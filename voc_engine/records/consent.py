"""Consent: what a person allowed, from what a source or the people file states in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from voc_engine.errors import ConfigError
from voc_engine.records.document import QUOTABLE

CONSENT_KEYS = ("analyse", "quote_internal", "quote_external")
NO_ANALYSIS = "no analysis"
# Strictest first; the last is what holds where nothing is stated.
CONSENTS = (NO_ANALYSIS, *QUOTABLE)
_YES = frozenset((
    "yes", "y", "true", "t", "1", "1.0", "ja", "j", "oui", "si", "sí", "sì", "sim", "on", "ok", "agree", "agreed",
    "given", "granted", "consent", "consented", "x", "✓", "✔",
))  # fmt: skip
_NO = frozenset((
    "no", "n", "false", "f", "0", "0.0", "nein", "non", "nee", "não", "nao", "off", "refused", "denied", "declined",
    "withdrawn", "none", "✗", "✘",
))  # fmt: skip
_NOT_STATED = frozenset(("", "-", "n/a", "nan", "null"))


def consent_answer(value: str | None) -> bool | None:
    """True for yes, False for no, None where nothing is stated. Raises ValueError for anything else."""
    said = (value or "").strip().casefold()
    if said in _NOT_STATED:
        return None
    if said in _YES or said in _NO:
        return said in _YES
    raise ValueError(value)


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
