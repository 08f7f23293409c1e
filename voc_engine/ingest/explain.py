"""How a file was understood, in words for ``voc ingest --explain FILE``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.archive import archive_members
from voc_engine.ingest.contract import Conversation, Reader
from voc_engine.ingest.layout import decide, reasons
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.stage import HEAD_BYTES, choose_reader, ranking, read_source, unpacked
from voc_engine.ingest.transcripts.roles import Turn, voices
from voc_engine.records import EVIDENCE_ROLES, Skipped, language_name

_PREVIEWS = 3  # a choice: what is read in a terminal without scrolling
_PREVIEW_CHARS = 160  # two lines of a terminal
_SPEAKERS = 30  # a choice: a focus group and its staff fit


@dataclass
class _Tally:
    """What one pass over a file counts."""

    documents: int = 0
    turns: int = 0
    words: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    previews: list[str] = field(default_factory=list)
    lost: Counter[tuple[bool, str]] = field(default_factory=Counter)
    lost_words: Counter[tuple[bool, str]] = field(default_factory=Counter)
    examples: dict[tuple[bool, str], Skipped] = field(default_factory=dict)
    interview: Conversation | None = None


def explain(source: SourceFile, options: SourceConfig) -> str:
    """Format and why, encoding, columns, counts in and out, losses with reasons, speakers, first documents.

    An archive of several files is told file by file. Raises SourceError for a file that is not understood at all.
    """
    members = archive_members(source)
    if members:
        return "\n".join(_explained_member(member, options) for member in members)
    content = unpacked(source)
    reader = choose_reader(content, options)
    tally = _count(read_source(source, options))
    lines = [f"{source.name}: read as {reader.name}", *_why(content, reader, options)]
    if content.packing:
        lines.append(f"  packed with {content.packing}" + (f", file {content.member}" if content.member else ""))
    lines += [f"  {line}" for line in reader.describe(content, options)]
    lines += [*_counts(tally), *_losses(tally), *_speakers(tally), *_previews(tally)]
    return "\n".join(line.encode("utf-8", "backslashreplace").decode("utf-8") for line in lines) + "\n"


def _explained_member(member: SourceFile, options: SourceConfig) -> str:
    try:
        return explain(member, options)
    except SourceError as error:
        lines = [f"{member.name}: CANNOT BE USED: {error.happened}", f"  found: {error.found}", f"  to do: {error.do}"]
        return "\n".join(lines) + "\n"


def _why(source: SourceFile, reader: Reader, options: SourceConfig) -> list[str]:
    """How sure, the runner-up, what speaks for and against, and the question where something is in doubt."""
    head = source.head(HEAD_BYTES)
    pro, contra = reasons(reader, source, head)
    if options.format:
        lines = ["why: set in the configuration"]
    else:
        ranked = ranking(source, head)
        decision = decide(ranked, source.name)
        others = ", ".join(f"{name} {min(score, 1.0):.2f}" for score, name in ranked[1:4])
        lines = [f"why: by content ({decision.confidence:.2f} of 1" + (f"; next: {others})" if others else ")")]
        lines += [f"TO ANSWER: {decision.question}"] if decision.question else []
    lines[1:1] = [f"for: {one}" for one in pro] + [f"against: {one}" for one in contra]
    return [f"  {line}" for line in lines]


def _count(items: Iterator[Conversation | Skipped]) -> _Tally:
    tally = _Tally()
    for item in items:
        if isinstance(item, Skipped):
            key = (item.quarantined, item.reason)
            tally.lost[key] += item.count
            tally.lost_words[key] += len(item.found.split())
            tally.examples.setdefault(key, item)
        else:
            _count_conversation(tally, item)
    return tally


def _count_conversation(tally: _Tally, item: Conversation) -> None:
    document = item.document
    tally.documents += 1
    tally.languages[language_name(document.language) if document.language else "not told"] += 1
    tally.turns += len(item.utterances)
    for utterance in item.utterances:
        words = len(document.text[utterance.start : utterance.end].split())
        tally.roles[utterance.role] += 1
        tally.words[utterance.cut or (f"said by {utterance.role}")] += words
        if utterance.role in EVIDENCE_ROLES and utterance.cut is None:
            tally.people.add(utterance.person_id)
    if document.kind == "interview" and tally.documents == 1:
        tally.interview = item
    if len(tally.previews) < _PREVIEWS:
        tally.previews.append(_preview(item))


def _preview(item: Conversation) -> str:
    document = item.document
    facts = [document.locator, document.kind, document.person_id, document.created_at or "no date"]
    if document.rating is not None:
        facts.append(f"rating {document.rating:g}")
    facts += [f"{name}={value}" for name, value in sorted(document.attributes.items())]
    text = " ".join(document.text.split())
    return f"{', '.join(facts)}\n    {text[:_PREVIEW_CHARS]}{'…' if len(text) > _PREVIEW_CHARS else ''}"


def _counts(tally: _Tally) -> list[str]:
    words = sum(tally.words.values())
    set_aside = sum(tally.lost_words.values())
    parts = ", ".join(f"{count:,} {what}" for what, count in sorted(tally.words.items()))
    return [
        "counts:",
        f"  documents {tally.documents:,}, turns {tally.turns:,}, people who give evidence {len(tally.people):,}",
        f"  words {words:,} kept ({parts}), about {set_aside:,} in what was set aside",
        "  languages: " + ", ".join(f"{name} {count:,}" for name, count in _by_count(tally.languages)),
    ]


def _by_count(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _losses(tally: _Tally) -> list[str]:
    if not tally.lost:
        return ["not used: nothing"]
    lines = ["not used:"]
    for key in sorted(tally.lost, key=lambda key: (not key[0], -tally.lost[key], key[1])):
        quarantined, reason = key
        example = tally.examples[key]
        lines.append(
            f"  {tally.lost[key]:,} {'QUARANTINED' if quarantined else 'set aside'}: {reason} (first: {example.locator})"
        )
        if quarantined:
            lines.append(f"    expected: {example.expected}")
            lines.append(f"    found: {' '.join(example.found.split())[:200]}")
            lines.append(f"    to do: {example.to_do}")
    return lines


def _speakers(tally: _Tally) -> list[str]:
    if tally.interview is None:
        return (
            ["parts: " + ", ".join(f"{role} {count:,} turns" for role, count in sorted(tally.roles.items()))]
            if tally.roles
            else []
        )
    document, utterances = tally.interview.document, tally.interview.utterances
    turns = [Turn(document.text[u.start : u.end], u.speaker) for u in utterances]
    roles = {u.speaker: u.role for u in utterances}
    lines = ["speakers (correct the parts with interviewers = [...] and participants = [...]):"]
    for voice in voices(turns)[:_SPEAKERS]:
        lines.append(
            f"  {voice.speaker or 'nobody named'}: {roles[voice.speaker]}, {voice.turns} turns, {voice.words:,} words,"
            f" {voice.questions:.0%} of sentences ask"
        )
    if set(roles) == {None}:
        lines.append(
            "  TO ANSWER: no speaker is named: a run takes its words as context until 'voc speakers FILE' is filled in"
        )
    elif not {"interviewer", "agent", "bot"} & set(roles.values()) and len(roles) > 1:
        lines.append(
            "  TO ANSWER: nobody stands out as the interviewer: a run takes its words as context until somebody says who"
        )
        lines.append('    asks: [study] interviewers = ["..."], or that nobody does: participants = ["...", "..."]')
    return lines


def _previews(tally: _Tally) -> list[str]:
    return ["first documents:"] + [f"  {preview}" for preview in tally.previews] if tally.previews else []
