"""Codes of one's own in a project: passages under them as they go out, and what was changed there when it comes back.

Other tools code over several turns and sentences; here a passage is one person's turn, so that what spans several becomes
one passage in each turn that may be evidence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from voc_engine.codebook.refi_codes import ReadCode
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.refi.project_reader import ReadProject
from voc_engine.exchange.run_view import RunView
from voc_engine.privacy.withholding import MARK
from voc_engine.records import (
    EVIDENCE_ROLES,
    Code,
    CodedWords,
    Coding,
    Decision,
    Document,
    GivenCode,
    Segment,
    Texts,
    code_id,
    coding_id,
)

_BETWEEN = " > "
_ID = re.compile(r"^\[c-[^\]\s]*\]\s*")


@dataclass(frozen=True)
class Placed:
    """A passage under a code of one's own as it came back: where, which code, and by whom."""

    place: tuple[int, int]
    code_id: str
    author: str | None


def told_coding(coding: Coding) -> str:
    """A coding on one line, with the id by which it is found again."""
    checked = ", checked by a person" if coding.checked else ""
    return f"[{coding.coding_id}] by {coding.by}{checked}, {coding.probability:.2f}"


def shown_codings(view: RunView) -> dict[str, dict[tuple[int, int], list[Coding]]]:
    """Document id -> place -> codings there, without those whose words may not be shown."""
    by_document: dict[str, dict[tuple[int, int], list[Coding]]] = defaultdict(lambda: defaultdict(list))
    texts = view.evidence.documents
    for coding in view.study.tables.of(Coding):
        document = texts.get(coding.document_id)
        if document is not None and document.text[coding.start : coding.end] not in ("", MARK):
            by_document[coding.document_id][coding.start, coding.end].append(coding)
    return by_document


@dataclass
class OwnCodes:
    """The run's codes of one's own, held against those of a project that comes back.

    ``decisions`` grow as codes and passages are looked at; ``lost`` counts what stands where nothing is evidence.
    """

    view: RunView
    project: ReadProject
    decisions: list[Decision] = field(default_factory=list)
    lost: int = 0
    _made: set[str] = field(default_factory=set)

    @cached_property
    def _run_codes(self) -> dict[str, Code]:
        return {one.code_id: one for one in self.view.study.tables.of(Code)}

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Names from the top, joined -> code id."""
        return {_joined(self._names(one)): key for key, one in self._run_codes.items()}

    @cached_property
    def _by_name(self) -> dict[str, str | None]:
        """Name -> code id; None where several have it."""
        ids: dict[str, str | None] = {}
        for key, code in self._run_codes.items():
            name = one_line(code.name).casefold()
            ids[name] = None if name in ids else key
        return ids

    @cached_property
    def _texts(self) -> Texts:
        return Texts(self.view.evidence.documents, self.view.study.tables.of(Segment))

    def _names(self, code: Code) -> tuple[str, ...]:
        above = self._run_codes.get(code.above or "")
        return (*(self._names(above) if above else ()), code.name)

    def id_of(self, described_id: str | None, code: ReadCode) -> str | None:
        """The code that a read code is: by the id in its description (``described_id``), by its guid or names as
        lists of codes are read, or by its name alone where no other has it; None for one that is new."""
        read = (described_id or "", code.code_id, code_id(*code.path))
        matching = next((key for key in read if key in self._run_codes), None)
        return matching or self._paths.get(_joined(code.path)) or self._by_name.get(one_line(code.name).casefold())

    def defined(self, code: ReadCode, author: str | None) -> str:
        """The id of a code that somebody made elsewhere, decided on with those above it."""
        existing = self.id_of(None, code)
        if existing is not None:
            return existing
        over = self.project.codes.get(code.above or "")
        above = self.defined(over, author) if over is not None else None
        key = code_id(*code.path)
        if key not in self._made:
            self._made.add(key)
            new_code = GivenCode(key, one_line(code.name) or "unnamed", code.description.strip(), above=above)
            self.decisions.append(Decision("code", key, "define", new_code.as_value(), author))
        return key

    def changed(self, key: str, code: ReadCode, name: str, author: str | None) -> None:
        """Decide on a code of the run that came back with another name or definition; ``name``: what it went out as."""
        run_code = self._run_codes[key].given
        definition = one_line(_ID.sub("", code.description, count=1))
        if one_line(code.name) != name or definition != one_line(run_code.definition):
            called = run_code.name if one_line(code.name) == name else one_line(code.name)
            changed_code = replace(run_code, name=called, definition=definition)
            self.decisions.append(Decision("code", key, "define", changed_code.as_value(), author))

    def compare(
        self, document: Document, now: Iterable[Placed], before: Iterable[Coding], *, whole: bool, author: str | None
    ) -> None:
        """Decide on the passages of a source: as they came back, and ``before``, as they went out, of which none is
        rejected unless the source came back as a ``whole``."""
        exported = {((one.start, one.end), one.code_id): one for one in before}
        came = list(now)
        there: set[str] = set()
        for passage in came:
            if (passage.place, passage.code_id) in exported:
                continue
            parts = list(self._parts(document, *passage.place))
            self.lost += not parts
            for start, end, segment in parts:
                key = coding_id(passage.code_id, segment)
                if key not in there:
                    there.add(key)
                    words = CodedWords(passage.code_id, start, end, document.text[start:end])
                    self.decisions.append(
                        Decision("document", document.document_id, "code", words.as_value(), passage.author)
                    )
        missing = exported.keys() - {(one.place, one.code_id) for one in came}
        for absent in sorted(missing) if whole else ():
            # What was marked anew at the same sentence takes the place of what stood there.
            if exported[absent].coding_id not in there:
                self.decisions.append(Decision("coding", exported[absent].coding_id, "reject", None, author))

    def _parts(self, document: Document, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, segment id) of a passage in each turn that may be evidence."""
        turns: dict[str, list[Segment]] = defaultdict(list)
        for segment in self._texts.over(document.document_id, start, end):
            if segment.role in EVIDENCE_ROLES:
                turns[segment.utterance_id].append(segment)
        for several in turns.values():
            at = max(start, min(one.start for one in several))
            to = min(end, max(one.end for one in several))
            carrier = self._texts.carrier(document.document_id, at, to)
            if carrier is not None:
                yield at, to, carrier.segment_id


def _joined(path: Iterable[str]) -> str:
    return _BETWEEN.join(" ".join(name.split()) for name in path).casefold()
