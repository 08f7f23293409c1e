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


class _Known:
    """Directories of a part's names, each made once."""

    def __init__(self, given: Pseudonyms, options: RedactConfig) -> None:
        self._given = given
        # Attributes are words without a sentence around them: only what has a form of its own or is known is masked.
        self.plain = options.model_copy(update={"names": "list"})
        self.companies = Directory(given.companies, company=True)
        self.others = cache(lambda source: Directory(given.others.get(source, {})))
        self.full = cache(lambda source: Directory(given.full.get(source, {}), whole=True))
        # In what was set aside a part of a name is enough: nobody reads it for what it says.
        self.parts = cache(lambda source: self._parts(source))
        # A part may hold fifty thousand people; only those are looked for of whom a word is there.
        self.people = cache(lambda: Directory(given.names))

    def _parts(self, source: str) -> Directory:
        full = self._given.full.get(source, {})
        return Directory(full, whole=len(full) > MOST_PEOPLE)

    def near(self, source: str, texts: Sequence[str], own: Mapping[str, str]) -> list[KnownName]:
        """``own`` people first, by name, then others of the source, then companies."""
        text = "\n".join(texts)
        people = [KnownName(name, f"[{person}]") for name, person in own.items()]
        return [*people, *self.others(source).near(text), *self.full(source).near(text), *self.companies.near(text)]

    def own_companies(self, attributes: Mapping[str, str]) -> list[KnownName]:
        """The companies that a document's own attributes name."""
        ids = self._given.company_ids
        return [KnownName(name, f"[{ids[key]}]", company=True) for key, name in companies_in(attributes) if key in ids]


def run(batch: Batch, options: RedactConfig, pseudonyms: Pseudonyms) -> Batch:
    """The same records with pseudonyms for people; masked text unless redaction is off."""
    turns: dict[str, list[Utterance]] = defaultdict(list)
    for utterance in batch.of(Utterance):
        turns[utterance.document_id].append(utterance)
    documents, utterances = [], []
    known = _Known(pseudonyms, options)
    skipped = [*pseudonyms.unmatched.values(), *_skipped(batch, options, pseudonyms, known)]
    for document in batch.of(Document):
        done, said = _redact(document, turns[document.document_id], options, pseudonyms, known)
        kept, said, left_out = with_consent(done, said, pseudonyms.consents, pseudonyms.attributes)
        documents += [] if kept is None else [kept]
        utterances.extend(said)
        skipped.extend(left_out)
    return Batch.make((Document, documents), (Utterance, utterances), (Skipped, skipped))


def _skipped(batch: Batch, options: RedactConfig, given: Pseudonyms, known: _Known) -> list[Skipped]:
    """What was set aside may name the people of its part as well, or be the words of who refused."""
    told = [replace(one, found="") if one.source in given.silent else one for one in batch.of(Skipped)]
    if not options.enabled:
        return told
    found = []
    for one in told:
        near = [
            *known.people().near(f"{one.found}\n{one.locator}"),
            *known.near(one.source, [one.found, one.locator], {}),
            *known.parts(one.source).near(f"{one.found}\n{one.locator}"),
        ]
        (spans,) = Finder(near, options, english=False).spans([one.found])
        found.append(
            replace(
                one,
                source=given.sources.get(one.source, one.source),
                found=apply(one.found, spans)[0],
                locator=apply(one.locator, list(known_spans(one.locator, near)))[0],
            )
        )
    return found


def _redact(
    document: Document, turns: Sequence[Utterance], options: RedactConfig, given: Pseudonyms, known: _Known
) -> tuple[Document, list[Utterance]]:
    author = given.ids[f"P|{document.person_id}"]
    speakers = [given.ids[f"{role_prefix(turn.role)}|{turn.person_id}"] for turn in turns]
    own = {key: one for key, one in document.attributes.items() if not key.startswith("identity.")}
    attributes = _joined_attributes(own, given.attributes.get(author, {}))
    if not options.enabled:
        said = [replace(turn, person_id=who, speaker=who) for turn, who in zip(turns, speakers, strict=True)]
        return replace(document, person_id=author, attributes=attributes), said
    names = _names_of(document, turns, author, speakers, given)
    extra = [document.title or "", document.context or ""]
    texts = [*(document.text[turn.start : turn.end] for turn in turns), *extra]
    near = known.near(document.source, [*texts, document.locator, document.url or "", *attributes.values()], names)
    near += known.own_companies(attributes)
    spans = Finder(near, options, english=_is_english(document, turns)).spans(texts)
    text, said = _mask_turns(document.text, turns, spans[: len(turns)])
    title, context = (apply(one, found)[0] for one, found in zip(extra, spans[len(turns) :], strict=True))
    kept = replace(
        document, person_id=author, text=text, title=document.title and title, context=document.context and context,
        source=given.sources.get(document.source, document.source), url=document.url and _masked_url(document.url, near),
        locator=apply(document.locator, list(known_spans(document.locator, near)))[0],
        attributes=_masked_attributes(attributes, near, known.plain, given.company_ids),
    )  # fmt: skip
    return kept, [replace(turn, person_id=who, speaker=who) for turn, who in zip(said, speakers, strict=True)]


def _is_english(document: Document, turns: Sequence[Utterance]) -> bool:
    """Whether several people speak English in a document, where too little is said to tell the language as well.

    Who writes alone was not asked for a name: a strange word in a review is a slip ("whyyyy").
    """
    if len({turn.person_id for turn in turns}) < _FEWEST_SPEAKERS:
        return False
    return is_english(document.text) if document.language is None else document.language == "en"


def _names_of(
    document: Document, turns: Sequence[Utterance], author: str, speakers: Sequence[str], given: Pseudonyms
) -> dict[str, str]:
    """Name -> pseudonym of the author and of everybody who speaks."""
    names = {given.names[person]: person for person in (author, *speakers) if given.names.get(person)}
    for turn, person in zip(turns, speakers, strict=True):
        if turn.speaker and not turn.person_id.startswith("speaker:"):
            names.setdefault(turn.speaker, person)
    return names


def _masked_url(url: str, known: Sequence[KnownName]) -> str:
    return apply(url, [*link_spans(url), *known_spans(url, known)])[0]


def _masked_attributes(
    given: Mapping[str, str], known: Sequence[KnownName], options: RedactConfig, companies: Mapping[str, str]
) -> dict[str, str]:
    plain = Finder(known, options)
    return {
        key: companies[company_key(value)]
        if is_company_column(key) and company_key(value) in companies
        else apply(value, plain.spans([value])[0])[0]
        for key, value in given.items()
    }


def _joined_attributes(own: Mapping[str, str], of_person: Mapping[str, str]) -> dict[str, str]:
    """The people file knows better than a source, also where one writes "Country" and the other "country"."""
    said = {key.casefold() for key in of_person}
    return {key: value for key, value in own.items() if key.casefold() not in said} | dict(of_person)


def _mask_turns(text: str, turns: Sequence[Utterance], found: Sequence[Sequence[Span]]) -> tuple[str, list[Utterance]]:
    """Each turn is masked by itself, so that no mask reaches over a turn's end; the text between turns stays."""
    pieces: list[str] = []
    said: list[Utterance] = []
    at = length = 0
    for turn, spans in zip(turns, found, strict=True):
        pieces.append(text[at : turn.start])
        length += turn.start - at
        masked, edits = apply(text[turn.start : turn.end], spans)
        said.append(_placed(turn, length, masked, edits))
        pieces.append(masked)
        length += len(masked)
        at = turn.end
    return "".join([*pieces, text[at:]]), said


def _placed(turn: Utterance, at: int, masked: str, edits: Sequence[Edit]) -> Utterance:
    offsets = tuple(at + moved(offset - turn.start, edits) for offset in turn.time_offsets)
    return replace(turn, start=at, end=at + len(masked), time_offsets=offsets)
