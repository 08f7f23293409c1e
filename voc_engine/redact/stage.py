"""Put pseudonyms in place of identities and masks in place of contact data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from voc_engine.config import RedactConfig
from voc_engine.records import Batch, Document, Skipped, Utterance
from voc_engine.redact.consent import with_consent
from voc_engine.redact.masks import Span, apply, contact_spans, moved, name_spans
from voc_engine.redact.people import role_prefix

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Pseudonyms:
    """What the serial pass gives to a part: ``ids`` maps "<prefix>|<identity key>" to a pseudonym, ``attributes`` a
    pseudonym to what the people file says of it, ``names`` a pseudonym to the name that must not stay in the text,
    ``consents`` a pseudonym to what the person allowed, where that is less than everything, ``silent`` a source of
    which nothing that was set aside may be shown (somebody in it refused) to the reason."""

    ids: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    consents: Mapping[str, str] = field(default_factory=dict)
    silent: Mapping[str, str] = field(default_factory=dict)


def run(batch: Batch, options: RedactConfig, pseudonyms: Pseudonyms) -> Batch:
    """The same records with pseudonyms for people; masked text unless redaction is off."""
    turns: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in batch.of(Utterance):
        turns[utterance.document_id].append(utterance)
    documents, utterances = [], []
    skipped = _skipped(batch, options, pseudonyms)
    for document in batch.of(Document):
        done, said = _redact(document, turns[document.document_id], options, pseudonyms)
        kept, said, left_out = with_consent(done, said, pseudonyms.consents, pseudonyms.attributes)
        documents += [] if kept is None else [kept]
        utterances.extend(said)
        skipped.extend(left_out)
    return Batch.make((Document, documents), (Utterance, utterances), (Skipped, skipped))


def _skipped(batch: Batch, options: RedactConfig, given: Pseudonyms) -> list[Skipped]:
    """What was set aside may name the people of its part as well, or be the words of who refused."""
    told = [replace(one, found="") if one.source in given.silent else one for one in batch.of(Skipped)]
    if not options.enabled:
        return told
    names = {name: person for person, name in sorted(given.names.items(), reverse=True)}
    by_word: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(_WORD.findall(name)):
            by_word[word].append(name)

    def near(text: str) -> dict[str, str]:
        # A part may hold fifty thousand people; only those are looked for of whom a word is there.
        return {name: names[name] for word in _WORD.findall(text) for name in by_word.get(word, ())}

    return [replace(one, found=_mask(one.found, near(one.found))[0]) for one in told]


def _redact(
    document: Document, turns: Sequence[Utterance], options: RedactConfig, given: Pseudonyms
) -> tuple[Document, list[Utterance]]:
    author = given.ids[f"P|{document.person_id}"]
    speakers = [given.ids[f"{role_prefix(turn.role)}|{turn.person_id}"] for turn in turns]
    names = {given.names[person]: person for person in (author, *speakers) if given.names.get(person)}
    for turn, person in zip(turns, speakers, strict=True):
        if turn.speaker and not turn.person_id.startswith("speaker:"):
            names.setdefault(turn.speaker, person)
    masked, said = _mask_turns(document.text, turns, names if options.enabled else None)

    def clean(text: str) -> str:
        return _mask(text, names)[0] if options.enabled else text

    attributes = {key: clean(one) for key, one in document.attributes.items() if not key.startswith("identity.")}
    attributes = _joined_attributes(attributes, given.attributes.get(author, {}))
    kept = replace(
        document, person_id=author, text=masked, title=document.title and clean(document.title),
        context=document.context and clean(document.context), attributes=attributes,
    )  # fmt: skip
    return kept, [replace(turn, person_id=person, speaker=person) for turn, person in zip(said, speakers, strict=True)]


def _joined_attributes(own: Mapping[str, str], of_person: Mapping[str, str]) -> dict[str, str]:
    """The people file knows better than a source, also where one writes "Country" and the other "country"."""
    said = {key.casefold() for key in of_person}
    return {key: value for key, value in own.items() if key.casefold() not in said} | dict(of_person)


def _mask(text: str, names: Mapping[str, str]) -> tuple[str, list[tuple[int, int, int]]]:
    spans: list[Span] = [*contact_spans(text), *name_spans(text, names)]
    return apply(text, spans)


def _mask_turns(text: str, turns: Sequence[Utterance], names: Mapping[str, str] | None) -> tuple[str, list[Utterance]]:
    """Each turn is masked by itself, so that no mask reaches over a turn's end; the text between turns stays."""
    if names is None:
        return text, list(turns)
    pieces: list[str] = []
    said: list[Utterance] = []
    at = length = 0
    for turn in turns:
        pieces.append(text[at : turn.start])
        length += turn.start - at
        masked, edits = _mask(text[turn.start : turn.end], names)
        offsets = tuple(length + moved(offset - turn.start, edits) for offset in turn.time_offsets)
        said.append(replace(turn, start=length, end=length + len(masked), time_offsets=offsets))
        pieces.append(masked)
        length += len(masked)
        at = turn.end
    return "".join([*pieces, text[at:]]), said
