"""Given codes as the templates show them: the tree with people counted, and quotes of different people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Code, Coding
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import anchor
from voc_engine.report.quotes import Quotes, QuoteView

CODE_QUOTES = 3  # a choice: as much as a reader needs to see what the code holds


@dataclass(frozen=True, slots=True)
class CodeView:
    """``depth`` in the tree; ``checked`` of its passages a person put there or accepted; ``share`` in [0, 1] for its bar."""

    code: Code
    anchor: str
    depth: int
    reach: str
    share: float
    checked: int
    quotes: tuple[QuoteView, ...]


def codes_view(evidence: Evidence, quotes: Quotes) -> tuple[CodeView, ...]:
    """Every code behind the one above it; empty where none was given."""
    codes, codings = evidence.study.tables.of(Code), defaultdict(list)
    for coding in evidence.study.tables.of(Coding):
        codings[coding.code_id].append(coding)
    children: dict[str | None, list[Code]] = defaultdict(list)
    for code in codes:
        children[code.above].append(code)
    total = max(len(evidence.people), 1)

    def walk(above: str | None, depth: int) -> Iterator[CodeView]:
        for code in children.get(above, ()):
            reach = wording.of_people(code.n_people, total, code.share_low, code.share_high)
            under_code = codings[code.code_id]
            yield CodeView(code, anchor(code.code_id), depth, reach, code.n_people / total,
                           sum(one.checked for one in under_code), _quotes(under_code, evidence, quotes))  # fmt: skip
            yield from walk(code.code_id, depth + 1)

    return tuple(walk(None, 0))


def _quotes(codings: list[Coding], evidence: Evidence, quotes: Quotes) -> tuple[QuoteView, ...]:
    """Sentences of different people that may be shown: what a person looked at first, then the surest."""
    able = [one for one in codings if one.segment_id in evidence.segments and one.document_id in evidence.documents]
    able = [one for one in able if evidence.segments[one.segment_id].text != MARK]
    able.sort(key=lambda one: (not one.checked, -one.probability, one.coding_id))
    first = {one.person_id: one for one in reversed(able)}
    chosen = [one for one in able if first[one.person_id] is one][:CODE_QUOTES]
    return tuple(quotes.sentence(evidence.segments[one.segment_id]) for one in chosen)
