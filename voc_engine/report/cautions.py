"""How sure the study can be: the warnings that the overview and the method page print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.personas.discover import FEWEST
from voc_engine.records import LANGUAGE_NAMES
from voc_engine.report import wording
from voc_engine.report.estimated import LIMIT, read_in_full
from voc_engine.report.evidence import Evidence

LOPSIDED = 0.8  # a choice: four in five documents of one kind, and shares are that kind's shares
# From a quarter on, a reader of the topics must know that they are not the whole.
_MANY_FREE = 0.25
UNGROUPED = ("profile", "no stable segmentation")


@dataclass(frozen=True, slots=True)
class Caution:
    """``name`` is a short heading, ``text`` what it means for the reader, ``href`` where to read more."""

    name: str
    text: str
    href: str = ""


def cautions(evidence: Evidence) -> list[Caution]:
    """Warnings that apply to this study, gravest first. An empty list is possible, and rare."""
    return [*_in_part(evidence), *_sample(evidence), *_groups(evidence), *_voices(evidence), *_gaps(evidence)]


def _in_part(evidence: Evidence) -> Iterator[Caution]:
    if evidence.sampling:
        yield Caution("Read in part", f"Read in full: {read_in_full(evidence)}. {LIMIT}", "method.html")


def _sample(evidence: Evidence) -> Iterator[Caution]:
    total = len(evidence.people)
    if not total:
        yield Caution("Nobody was heard", "No source held the words of a customer, so there is nothing to report.")
    elif total < wording.SMALL_SAMPLE:
        yield Caution(
            "Small sample",
            f"{wording.sentence(wording.people(total))} {'was' if total == 1 else 'were'} heard. Read the counts as what"
            " these people said; they show which matters exist, not how common they are among all customers.",
        )
    alone = sum(one.n_people == 1 for one in evidence.insights.values())
    if alone:
        yield Caution(
            "One voice only",
            f"{wording.of_things(alone, len(evidence.insights), 'finding')} {'rests' if alone == 1 else 'rest'} on a"
            " single person.",
            "insights.html",
        )


def _groups(evidence: Evidence) -> Iterator[Caution]:
    total, personas = len(evidence.people), list(evidence.personas.values())
    if total and not personas:
        yield Caution("No personas", "Too little was said to describe a group of people.", "personas.html")
    elif personas and all(one.method in UNGROUPED for one in personas):
        text = (
            f"Under {FEWEST} people no groups are looked for: each profile is one person's."
            if total < FEWEST
            else "The people could not be parted into groups that hold up when some of them are left out, so they are"
            " described as they are and not cut into segments."
        )
        yield Caution("No stable segmentation", text, "personas.html")
    weak = [one for one in personas if one.stability is not None and one.stability < wording.STEADY]
    for persona in weak:
        yield Caution(
            "Unsteady group",
            f"“{persona.name}” re-forms only in part when people are left out (stability {persona.stability:.2f} of 1).",
            "personas.html",
        )
    alone = sum(one.persona_id is None for one in evidence.memberships)
    if alone and personas:
        yield Caution(
            "People in no persona",
            f"{wording.sentence(wording.of_people(alone, max(total, alone)))} could not be assigned to a persona.",
            "personas.html",
        )


def _voices(evidence: Evidence) -> Iterator[Caution]:
    unknown = {
        turn.document_id for turns in evidence.utterances.values() for turn in turns if turn.role == "unknown"
    } & {key for key, one in evidence.documents.items() if one.kind == "interview"}
    if unknown:
        yield Caution(
            "Roles not known",
            f"{wording.sentence(wording.documents('interview', len(unknown)))} did not tell the interviewer from the"
            " participant, so every speaker in them was counted. Name the interviewers in the configuration to mend it.",
            "sources.html",
        )
    for key, text in evidence.study.method.items():
        if "guess" in key.lower():
            yield Caution("Roles guessed", text, "method.html")
    kinds = Counter(one.kind for one in evidence.documents.values())
    if len(kinds) > 1:
        kind, most = min(kinds.items(), key=lambda item: (-item[1], item[0]))
        if most / len(evidence.documents) > LOPSIDED:
            yield Caution(
                "One channel dominates",
                f"{wording.sentence(wording.of_things(most, len(evidence.documents), 'document'))} are"
                f" {wording.DOCUMENT_NAMES.get(kind, (kind, kind))[1]}.",
                "sources.html",
            )


def _gaps(evidence: Evidence) -> Iterator[Caution]:
    files = [one for one in evidence.skipped if one.quarantined]
    if files:
        yield Caution(
            "Input set aside",
            f"{wording.count(len(files), 'file, sheet or row', 'files, sheets or rows')} could not be used: see what was"
            " found in each and what to do about it.",
            "sources.html#page-skipped",
        )
    read = evidence.study.config.segment.languages
    other = Counter(one.language for one in evidence.documents.values() if read and one.language not in (None, *read))
    if other:
        named = sorted(other, key=lambda code: (-other[code], code or ""))
        yield Caution(
            "Other languages set aside",
            f"{wording.sentence(wording.of_things(other.total(), len(evidence.documents), 'document'))} are in languages"
            f" that this run does not read ({', '.join(LANGUAGE_NAMES.get(code or '', code or '') for code in named)}):"
            " these customers are not heard in it.",
            "method.html",
        )
    segments = evidence.evidence_segments
    if segments and evidence.topics:
        free = sum(one.segment_id not in evidence.topic_of for one in segments)
        if free / len(segments) > _MANY_FREE:
            yield Caution(
                "Sentences without a topic",
                f"{wording.sentence(wording.of_things(free, len(segments), 'sentence'))} fit no topic and were left out"
                " of the topics, not forced into one.",
                "topics.html",
            )
