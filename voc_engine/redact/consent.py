"""What people did not allow: their documents are set aside, their turns masked, their words marked as not to be quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from voc_engine.records import EVIDENCE_ROLES, NO_ANALYSIS, Document, Skipped, Utterance
from voc_engine.redact.masks import moved

NO_CONSENT = "no consent to analyse"
NO_CONSENT_TURNS = "turns of a person without consent to analyse"
NO_WORDS = "[left out: no consent to analyse]"


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
    refused = {person for person, consent in consents.items() if consent == NO_ANALYSIS}
    if document.person_id not in refused and not any(turn.person_id in refused for turn in turns):
        return replace(document, quotable=consents.get(document.person_id, "external")), _marked(turns, consents), []
    left = [turn.person_id for turn in turns if turn.role in EVIDENCE_ROLES and turn.person_id not in refused]
    if document.person_id in refused and not left:
        return None, [], [_left_out(document, NO_CONSENT, 1)]
    author = left[0] if document.person_id in refused else document.person_id
    text, masked = without_words(document.text, turns, refused, NO_WORDS, NO_CONSENT)
    count = sum(turn.person_id in refused for turn in turns)
    kept = replace(document, text=text, person_id=author, quotable=consents.get(author, "external"))
    if author != document.person_id:
        kept = replace(kept, attributes=dict(attributes.get(author, {})))
    return kept, _marked(masked, consents), [_left_out(document, NO_CONSENT_TURNS, count)]


def without_words(
    text: str, turns: Sequence[Utterance], people: set[str], mark: str, cut: str | None = None
) -> tuple[str, list[Utterance]]:
    """The text with ``mark`` in place of all that ``people`` say, and every turn at its new place.

    ``cut`` tells in these people's turns why they are no evidence.
    """
    edits = [(turn.start, turn.end, len(mark)) for turn in turns if turn.person_id in people]
    pieces, at = [], 0
    for start, end, _ in edits:
        pieces += [text[at:start], mark]
        at = end
    placed = []
    for turn in turns:
        start = moved(turn.start, edits)
        if turn.person_id in people:
            gone = replace(turn, start=start, end=start + len(mark), time_offsets=(start,) * len(turn.time_offsets))
            placed.append(replace(gone, cut=cut or turn.cut))
        else:
            offsets = tuple(moved(offset, edits) for offset in turn.time_offsets)
            placed.append(replace(turn, start=start, end=moved(turn.end, edits), time_offsets=offsets))
    return "".join([*pieces, text[at:]]), placed


def _marked(turns: Sequence[Utterance], consents: Mapping[str, str]) -> list[Utterance]:
    return [
        replace(turn, quotable=consents[turn.person_id]) if consents.get(turn.person_id, NO_ANALYSIS) != NO_ANALYSIS
        else turn
        for turn in turns
    ]  # fmt: skip


def _left_out(document: Document, reason: str, count: int) -> Skipped:
    return Skipped(document.source, document.locator, reason, "", "", "", count, quarantined=False)
