"""Put pseudonyms in place of identities and masks in place of contact data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from voc_engine.config import RedactConfig
from voc_engine.privacy.companies import companies_in, company_key, is_company_column
from voc_engine.privacy.consent import with_consent
from voc_engine.privacy.known_names import Directory, KnownName, known_spans
from voc_engine.privacy.masks import Edit, Span, apply, moved
from voc_engine.privacy.name_lists import is_english
from voc_engine.privacy.people_file import role_prefix
from voc_engine.privacy.pseudonyms import Pseudonyms
from voc_engine.privacy.roster import MOST_PEOPLE
from voc_engine.records import Batch, Document, Skipped, Utterance
from voc_engine.redact.finding import Finder
from voc_engine.redact.links import link_spans

_FEWEST_SPEAKERS = 2


class _Directories:
    """Directories of a part's names, each made once."""

    def __init__(self, pseudonyms: Pseudonyms, options: RedactConfig) -> None:
        self._pseudonyms = pseudonyms
        # Attributes are words without a sentence around them: only what has a form of its own or is known is masked.
        self.plain = options.model_copy(update={"names": "list"})
        self.companies = Directory(pseudonyms.companies, company=True)
        self.others = cache(lambda source: Directory(pseudonyms.others.get(source, {})))
        self.full = cache(lambda source: Directory(pseudonyms.full.get(source, {}), whole=True))
        # In what was set aside a part of a name is enough: nobody reads it for what it says.
        self.parts = cache(lambda source: self._parts(source))
        # A part may hold fifty thousand people; only those are looked for of whom a word is there.
        self.people = cache(lambda: Directory(pseudonyms.names))

    def _parts(self, source: str) -> Directory:
        full = self._pseudonyms.full.get(source, {})
        return Directory(full, whole=len(full) > MOST_PEOPLE)

    def near(self, source: str, texts: Sequence[str], speakers: Mapping[str, str]) -> list[KnownName]:
        """The ``speakers`` first, by name, then others of the source, then companies."""
        text = "\n".join(texts)
        people = [KnownName(name, f"[{person}]") for name, person in speakers.items()]
        return [*people, *self.others(source).near(text), *self.full(source).near(text), *self.companies.near(text)]

    def own_companies(self, attributes: Mapping[str, str]) -> list[KnownName]:
        """The companies that a document's own attributes name."""
        ids = self._pseudonyms.company_ids
        return [KnownName(name, f"[{ids[key]}]", company=True) for key, name in companies_in(attributes) if key in ids]


def run(batch: Batch, options: RedactConfig, pseudonyms: Pseudonyms) -> Batch:
    """The same records with pseudonyms for people; masked text unless redaction is off."""
    turns: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in batch.of(Utterance):
        turns[utterance.document_id].append(utterance)
    documents, utterances = [], []
    directories = _Directories(pseudonyms, options)
    skipped = [*pseudonyms.unmatched.values(), *_skipped(batch, options, pseudonyms, directories)]
    for document in batch.of(Document):
        redacted, masked_turns = _redact(document, turns[document.document_id], options, pseudonyms, directories)
        allowed, masked_turns, left_out = with_consent(
            redacted, masked_turns, pseudonyms.consents, pseudonyms.attributes
        )
        documents += [] if allowed is None else [allowed]
        utterances.extend(masked_turns)
        skipped.extend(left_out)
    return Batch.make((Document, documents), (Utterance, utterances), (Skipped, skipped))


def _skipped(batch: Batch, options: RedactConfig, pseudonyms: Pseudonyms, directories: _Directories) -> list[Skipped]:
    """What was set aside may name the people of its part as well, or be the words of who refused."""
    records = [
        replace(record, found="") if record.source in pseudonyms.silent else record for record in batch.of(Skipped)
    ]
    if not options.enabled:
        return records
    redacted = []
    for record in records:
        near = [
            *directories.people().near(f"{record.found}\n{record.locator}"),
            *directories.near(record.source, [record.found, record.locator], {}),
            *directories.parts(record.source).near(f"{record.found}\n{record.locator}"),
        ]
        (spans,) = Finder(near, options, english=False).spans([record.found])
        redacted.append(
            replace(
                record,
                source=pseudonyms.sources.get(record.source, record.source),
                found=apply(record.found, spans)[0],
                locator=apply(record.locator, list(known_spans(record.locator, near)))[0],
            )
        )
    return redacted


def _redact(
    document: Document,
    turns: Sequence[Utterance],
    options: RedactConfig,
    pseudonyms: Pseudonyms,
    directories: _Directories,
) -> tuple[Document, list[Utterance]]:
    author = pseudonyms.ids[f"P|{document.person_id}"]
    speakers = [pseudonyms.ids[f"{role_prefix(turn.role)}|{turn.person_id}"] for turn in turns]
    stated = {key: value for key, value in document.attributes.items() if not key.startswith("identity.")}
    attributes = _joined_attributes(stated, pseudonyms.attributes.get(author, {}))
    if not options.enabled:
        masked_turns = [replace(turn, person_id=who, speaker=who) for turn, who in zip(turns, speakers, strict=True)]
        return replace(document, person_id=author, attributes=attributes), masked_turns
    names = _names_of(document, turns, author, speakers, pseudonyms)
    extra = [document.title or "", document.context or ""]
    texts = [*(document.text[turn.start : turn.end] for turn in turns), *extra]
    near = directories.near(
        document.source, [*texts, document.locator, document.url or "", *attributes.values()], names
    )
    near += directories.own_companies(attributes)
    spans = Finder(near, options, english=_is_english(document, turns)).spans(texts)
    text, masked_turns = _mask_turns(document.text, turns, speakers, spans[: len(turns)])
    title, context = (apply(value, of_text)[0] for value, of_text in zip(extra, spans[len(turns) :], strict=True))
    redacted = replace(
        document, person_id=author, text=text, title=document.title and title, context=document.context and context,
        source=pseudonyms.sources.get(document.source, document.source),
        url=document.url and _masked_url(document.url, near),
        locator=apply(document.locator, list(known_spans(document.locator, near)))[0],
        attributes=_masked_attributes(attributes, near, directories.plain, pseudonyms.company_ids),
    )  # fmt: skip
    return redacted, masked_turns


def _is_english(document: Document, turns: Sequence[Utterance]) -> bool:
    """Whether several people speak English in a document, where too little is said to tell the language as well.

    Who writes alone was not asked for a name: a strange word in a review is a slip ("whyyyy").
    """
    if len({turn.person_id for turn in turns}) < _FEWEST_SPEAKERS:
        return False
    return is_english(document.text) if document.language is None else document.language == "en"


def _names_of(
    document: Document, turns: Sequence[Utterance], author: str, speakers: Sequence[str], pseudonyms: Pseudonyms
) -> dict[str, str]:
    """Name -> pseudonym of the author and of everybody who speaks."""
    names = {pseudonyms.names[person]: person for person in (author, *speakers) if pseudonyms.names.get(person)}
    for turn, person in zip(turns, speakers, strict=True):
        if turn.speaker and not turn.person_id.startswith("speaker:"):
            names.setdefault(turn.speaker, person)
    return names


def _masked_url(url: str, names: Sequence[KnownName]) -> str:
    return apply(url, [*link_spans(url), *known_spans(url, names)])[0]


def _masked_attributes(
    attributes: Mapping[str, str], names: Sequence[KnownName], options: RedactConfig, companies: Mapping[str, str]
) -> dict[str, str]:
    plain = Finder(names, options)
    return {
        key: companies[company_key(value)]
        if is_company_column(key) and company_key(value) in companies
        else apply(value, plain.spans([value])[0])[0]
        for key, value in attributes.items()
    }


def _joined_attributes(stated: Mapping[str, str], of_person: Mapping[str, str]) -> dict[str, str]:
    """The people file knows better than a source, also where one writes "Country" and the other "country"."""
    of_file = {key.casefold() for key in of_person}
    return {key: value for key, value in stated.items() if key.casefold() not in of_file} | dict(of_person)


def _mask_turns(
    text: str, turns: Sequence[Utterance], speakers: Sequence[str], spans_of: Sequence[Sequence[Span]]
) -> tuple[str, list[Utterance]]:
    """Each turn is its speaker's and masked by itself: no mask reaches over its end; the text between turns stays."""
    pieces: list[str] = []
    masked_turns: list[Utterance] = []
    at = length = 0
    for turn, speaker, spans in zip(turns, speakers, spans_of, strict=True):
        pieces.append(text[at : turn.start])
        length += turn.start - at
        masked, edits = apply(text[turn.start : turn.end], spans)
        masked_turns.append(_placed(turn, speaker, length, masked, edits))
        pieces.append(masked)
        length += len(masked)
        at = turn.end
    return "".join([*pieces, text[at:]]), masked_turns


def _placed(turn: Utterance, speaker: str, at: int, masked: str, edits: Sequence[Edit]) -> Utterance:
    offsets = tuple(at + moved(offset - turn.start, edits) for offset in turn.time_offsets)
    return replace(turn, person_id=speaker, speaker=speaker, start=at, end=at + len(masked), time_offsets=offsets)
