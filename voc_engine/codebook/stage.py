"""The codebook stage: given codes and sentences with their vectors in, codes with people counted and codings out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from voc_engine.codebook.applying import Answers, CodeScorer, Sentences, applied
from voc_engine.codebook.code_files import read_codes
from voc_engine.config.sections import CodebookConfig
from voc_engine.records import (
    EVIDENCE_ROLES,
    MACHINE,
    Batch,
    Code,
    Coding,
    Document,
    GivenCode,
    Segment,
    Vectors,
    below,
    coding_id,
)
from voc_engine.registry import component
from voc_engine.statistics import wilson

_NEAR = 12  # sentences that a person is shown as likely, below what is coded


@dataclass(frozen=True)
class Chosen:
    """The section with the codes that its file holds."""

    options: CodebookConfig
    codes: tuple[GivenCode, ...] = ()


@dataclass(frozen=True)
class Coded:
    """``codings`` by code and then by segment; code id -> by how much answers shifted it, and the likeliest sentences
    that are not of it."""

    codings: list[Coding] = field(default_factory=list)
    shifts: Mapping[str, float] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def settled(options: CodebookConfig, folder: Path) -> tuple[Chosen, dict[str, Any]]:
    """The codes of the file (its path is relative to ``folder``), and what stands for them in the names of parts: what
    they say, and not where they stand. Raises ConfigError for a file that cannot be used: now, and not after hours of
    work."""
    codes = read_codes(folder / options.file) if options.file else ()
    content = {**options.model_dump(exclude={"file"}), "codes": [asdict(one) for one in codes]}
    return Chosen(options, codes), content


def unread(chosen: Chosen) -> tuple[type, ...]:
    """What is not looked at: without codes a study's sentences need not be read once more."""
    return () if chosen.codes else (Document, Segment, Vectors)


def run(batch: Batch, chosen: Chosen) -> Batch:
    """Every code by its definition and examples, before people correct anything. Reads Segment and ``batch.vectors``."""
    machine = coded(batch, chosen.codes, chosen.options, {}) if chosen.codes else Coded()
    return Batch.make((Code, counted(chosen.codes, machine.codings, batch, machine)), (Coding, machine.codings))


def coded(batch: Batch, codes: Sequence[GivenCode], options: CodebookConfig, answers: Mapping[str, Answers]) -> Coded:
    """What the machine codes."""
    from threadpoolctl import threadpool_limits

    sentences = Sentences.of(batch.of(Segment), batch.vectors)
    if not sentences.segments:
        return Coded()
    embedder = component("embedder", options.embedder or "")
    # One thread: sums are then added up in the same order on every number of processors.
    with threadpool_limits(1, user_api="blas"):
        placed = applied(codes, CodeScorer(codes, embedder.encode), sentences, answers)
    codings = [
        _coding(key, sentences.segments[row], float(one.chance[row]), one.why(row))
        for key, one in sorted(placed.items())
        for row in range(len(sentences.segments))
        if one.chance[row] >= options.sure
    ]
    near = {key: _near(one.chance, sentences.segments, options.sure) for key, one in placed.items()}
    return Coded(codings, {key: one.shift for key, one in placed.items()}, near)


def _near(chance: Any, segments: Sequence[Segment], sure: float) -> tuple[str, ...]:
    near_misses = [row for row in range(len(segments)) if 0 < chance[row] < sure]
    return tuple(segments[row].segment_id for row in sorted(near_misses, key=lambda row: (-chance[row], row))[:_NEAR])


def _coding(code: str, segment: Segment, chance: float, why: str) -> Coding:
    return Coding(
        coding_id(code, segment.segment_id), code, segment.segment_id, segment.document_id, segment.person_id,
        segment.start, segment.end, chance, MACHINE, reasons=(why,),
    )  # fmt: skip


def counted(codes: Sequence[GivenCode], codings: Sequence[Coding], batch: Batch, machine: Coded) -> list[Code]:
    """The codes in their order with people counted: who is coded with one, or with one below it, counts once."""
    total = len({one.person_id for one in batch.of(Segment) if one.role in EVIDENCE_ROLES})
    people: dict[str, set[str]] = {one.code_id: set() for one in codes}
    sizes = dict.fromkeys(people, 0)
    for coding in codings:
        people[coding.code_id].add(coding.person_id)
        sizes[coding.code_id] += 1
    under = below({one.code_id: one.above for one in codes})
    records = []
    for code in codes:
        n_people = len(set[str]().union(*(people[key] for key in under[code.code_id])))
        low, high = wilson(n_people, total)
        records.append(
            Code(
                code.code_id, code.name, code.definition, "given", n_people, sizes[code.code_id], low, high,
                code.above if code.above in people else None, code.include, code.exclude, code.examples, code.insight_id,
                n_machine=sizes[code.code_id], shift=machine.shifts.get(code.code_id, 0.0),
                example_segments=code.passages, near_segments=machine.near.get(code.code_id, ()),
            )
        )  # fmt: skip
    return records
