"""A project of ours that was changed in another tool: what differs from the run becomes decisions.

Things are known again by the ids in descriptions, by guid, then by what they are: a code by its name, a source by its
text, a mention by its place. Nothing is rejected in a source of which less than half came back: a part of a project is no
verdict.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from voc_engine.codebook.refi_codes import ReadCode
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.refi.code_tree import Code, code_tree
from voc_engine.exchange.refi.foreign_project import file_of
from voc_engine.exchange.refi.identities_out import Guids
from voc_engine.exchange.refi.own_codes import OwnCodes, Placed, shown_codings, told_coding
from voc_engine.exchange.refi.project_reader import ReadCoding, ReadProject, ReadSource
from voc_engine.exchange.refi.project_writer import USER, stored_text, told_mention
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.records import MENTION_KINDS, NOWHERE, Coding, Decision, Document, Passage
from voc_engine.records import Code as Given

_ID = re.compile(r"^\[([^\]\s]+)\]", re.MULTILINE)
_HALF = 0.5  # a choice: where more is gone the project was cut down, and nobody rejected each of them


Key = tuple[str | None, str | None]


@dataclass(frozen=True)
class Meant:
    """What a code stands for: an insight, a kind alone, a code of one's own, or none of them. ``kind`` is that of the code
    at its top; ``new`` is a code that somebody made elsewhere."""

    kind: str | None = None
    insight_id: str | None = None
    pin: bool = False
    new: bool = False
    code_id: str | None = None

    @property
    def key(self) -> Key:
        """What tells codings of one place apart."""
        return self.kind, self.insight_id


# Place in the run's document -> what it is coded with.
Codings = dict[tuple[int, int], list[tuple[Meant, ReadCoding]]]


@dataclass
class Differences:
    """``decisions`` in a fixed order; ``lines`` say what was understood and what was not taken."""

    decisions: list[Decision] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """A read source and the document that it is; ``ours`` where it went out from here, not where it was imported."""

    source: ReadSource
    document: Document
    ours: bool


def known_sources(project: ReadProject, view: RunView) -> list[Known]:
    """The project's sources that are documents of the run."""
    guids = Guids(view.title)
    by_id = {one.document_id: one for one in view.documents}
    by_guid = {guids.of("source", key): one for key, one in by_id.items()}
    laid = {Path(one.source).name: one for one in view.documents}
    by_text: dict[str, Document | None] = {}
    for document in view.documents:
        key = one_line(document.text)
        by_text[key] = None if key in by_text else document
    sources = []
    for source in project.sources:
        match = _ID.match(source.description)
        ours = by_id.get(match[1] if match else "") or by_guid.get(source.guid)
        # A file that was laid down from a project holds its source's text: what the machine marked there never went out.
        matched = ours or laid.get(file_of(source))
        if matched is None:
            matched = ours = by_text.get(one_line(source.text))
        if matched is not None:
            sources.append(Known(source, matched, ours is not None))
    return sources


def differences(project: ReadProject, view: RunView) -> Differences:
    """What people changed since the run was exported, as decisions on it."""
    return _Comparison(project, view).differences()


class _Comparison:
    def __init__(self, project: ReadProject, view: RunView) -> None:
        self.project, self.view = project, view
        self.guids = Guids(view.title)
        self.exported = _flat(code_tree(view, self.guids, people=True))
        self.names = {one.name: guid for guid, one in self.exported.items()}
        self.own = OwnCodes(view, project)
        self.own_passages = shown_codings(view)
        self.cases = {one.guid for one in project.cases}
        self.meanings = self._meanings()
        self.quotes: dict[str, list[Quote]] = defaultdict(list)
        for quote in view.quotes:
            self.quotes[quote.document.document_id].append(quote)
        self.codes = {guid: self._meaning(one) for guid, one in project.codes.items()}
        self.known = known_sources(project, view)
        self.made_ = Differences()
        self.kept_apart: Counter[str] = Counter()
        self.author = self._author()

    def differences(self) -> Differences:
        self._renamed()
        merged = self._merged()
        self.kept_apart["sources that are none of the run's"] += len(self.project.sources) - len(self.known)
        for matched in self.known:
            if matched.source.reading.sound:
                self._source(matched, merged)
            else:
                source = matched.source
                doubt = f"codings of {source.name}: only {source.reading.score:.0%} of its places hold what they name"
                self.kept_apart[doubt] += len(source.codings)
        self.made_.decisions += self.own.decisions
        self.kept_apart["passages under codes of your own where nobody who is heard speaks"] += self.own.lost
        self.kept_apart.update(self.project.not_taken)
        self.kept_apart = +self.kept_apart
        self.made_.lines += [f"not taken: {count:,} {what}" for what, count in sorted(self.kept_apart.items())]
        return self.made_

    def _meaning(self, code: ReadCode) -> Meant:
        """What a read code stands for; a code that is new takes its kind from the codes above it."""
        ours = self._ours(code)
        if ours is not None:
            return ours
        run_code_id = self.own.id_of(None, code)
        if run_code_id is not None:
            return Meant(code_id=run_code_id)
        above = self.project.codes.get(code.above or "")
        over = self._meaning(above) if above is not None else Meant()
        # A person's passages are no code of anything (NVivo codes them with the guid of the case).
        return Meant(over.kind, new=code.guid not in self.cases)

    def _meanings(self) -> dict[str, Meant]:
        """Guid as exported -> what it stands for; people stand for no mention."""
        meanings = {guid: Meant() for guid in self.exported}
        meanings |= {self.guids.of("kind", kind): Meant(kind) for kind in MENTION_KINDS}
        meanings |= {
            self.guids.of("insight", one.insight_id): Meant(one.kind, one.insight_id) for one in self.view.insights
        }
        meanings |= {
            self.guids.of("code", one.code_id): Meant(code_id=one.code_id) for one in self.view.study.tables.of(Given)
        }
        return {**meanings, self.guids.of("pinned"): Meant(pin=True)}

    def _ours(self, code: ReadCode) -> Meant | None:
        """What a code of ours stands for, wherever it stands now; None for a code that somebody else made."""
        match = _ID.match(code.description)
        key = match[1] if match else ""
        if key in MENTION_KINDS:
            return Meant(key)
        if key and self.own.id_of(key, code) == key:
            return Meant(code_id=key)
        if key in self.view.evidence.insights:
            meaning: Meant | None = self.meanings[self.guids.of("insight", key)]
        else:
            meaning = self.meanings.get(code.guid) or self.meanings.get(self.names.get(code.name, ""))
        if meaning is None or meaning.insight_id is None:
            return meaning
        return replace(meaning, kind=self._top_kind(code) or meaning.kind)

    def _top_kind(self, code: ReadCode) -> str | None:
        """The kind below which a code stands now."""
        above = self.project.codes.get(code.above or "")
        while above is not None:
            meaning = self._ours(above) if above.above is None else None
            if meaning is not None and meaning.insight_id is None:
                return meaning.kind
            above = self.project.codes.get(above.above or "")
        return None

    def _author(self) -> str | None:
        """The one other user of the project, where there is just one: who deletes a coding leaves no name."""
        others = sorted({name for name in self.project.users.values() if name and name != USER})
        return others[0] if len(others) == 1 else None

    def _decide(self, target: str, key: str, action: str, value: str | None = None, author: str | None = None) -> None:
        self.made_.decisions.append(Decision(target, key, action, value, self._author_of(author)))

    def _renamed(self) -> None:
        for guid, meaning in self.codes.items():
            read = self.project.codes[guid]
            match = _ID.match(read.description)
            if meaning.code_id is not None and match is not None and match[1] == meaning.code_id:
                name = self.exported[self.guids.of("code", meaning.code_id)].name
                self.own.changed(meaning.code_id, read, name, self.author)
            if meaning.insight_id is None:
                continue
            exported = self.exported[self.guids.of("insight", meaning.insight_id)]
            if one_line(read.name) != exported.name:
                self._decide("insight", meaning.insight_id, "rename", one_line(read.name))
            old = {one_line(line) for line in exported.description.splitlines()}
            self._commented("insight", meaning.insight_id, read.description, old)

    def _commented(self, target: str, key: str, now: str, old: set[str]) -> None:
        """Lines that stand in a description beside those that were exported."""
        new = [line for line in map(one_line, now.splitlines()) if line and line not in old]
        if new:
            self._decide(target, key, "comment", " ".join(new))

    def _merged(self) -> dict[str, str]:
        """Insight whose code is gone -> the insight under which all that came back of it stands."""
        remaining = {meant.insight_id for meant in self.codes.values()}
        homes: dict[str, set[str | None]] = defaultdict(set)
        for matched in self.known:
            if not matched.source.reading.sound or not matched.ours:
                continue
            now = _by_place(matched.source, stored_text(matched.document.text), self.codes)
            for quote in self.quotes[matched.document.document_id]:
                if quote.insight is not None and quote.insight.insight_id not in remaining:
                    for meaning, _ in now.get(_span_of(quote), ()):
                        homes[quote.insight.insight_id].add(meaning.insight_id)
        merged = {}
        for gone, targets in sorted(homes.items()):
            home = next(iter(targets))
            if len(targets) == 1 and home is not None:
                self._decide("insight", gone, "merge", home)
                merged[gone] = home
        return merged

    def _source(self, matched: Known, merged: dict[str, str]) -> None:
        text = stored_text(matched.document.text)
        now = _by_place(matched.source, text, self.codes)
        used = self._exported(matched, text, now, merged) if matched.ours else set()
        lost = len(matched.source.codings) - sum(map(len, now.values()))
        self.kept_apart["codings whose words a mask cuts into, or that stand there several times"] += lost
        self._added(matched.document, text, now, used)
        self._coded(matched, now)

    def _exported(
        self, matched: Known, text: str, now: Codings, merged: dict[str, str]
    ) -> set[tuple[tuple[int, int], Meant]]:
        """Decide on the mentions that went out with a source; gives the codings that are theirs."""
        by_mention = _by_mention(matched.source, text)
        quotes = self.quotes[matched.document.document_id]
        old = {one_line(told_mention(one)) for one in quotes}
        old |= {one_line(told_coding(one)) for one in self._own_passages(matched.document)}
        places = {one.mention.mention_id: by_mention.get(one.mention.mention_id) or _span_of(one) for one in quotes}
        claimed = {(places[one.mention.mention_id], key) for one in quotes for key in self._keys(one, merged)}
        gone, used = [], set()
        for quote in quotes:
            span, keys = places[quote.mention.mention_id], self._keys(quote, merged)
            coded = [one for one in now.get(span, ()) if one[0].kind is not None]
            unchanged = [one for one in coded if one[0].key in keys]
            # What another mention of the place was exported with is that mention's.
            free = [one for one in coded if (span, one[0].key) not in claimed and (span, one[0]) not in used]
            if not unchanged and not free:
                gone.append(quote)
                continue
            meaning, coding = (unchanged or free)[0]
            used |= {(span, one) for one, _ in unchanged or free[:1]}
            if span != _span_of(quote):
                self._decide("mention", quote.mention.mention_id, "bounds", f"{span[0]}:{span[1]}", coding.user)
            if not unchanged:
                self._moved(quote, meaning, coding.user, merged)
            self._commented("mention", quote.mention.mention_id, coding.description, old)
            if any(one.pin for one, _ in now[span]) and not quote.mention.pinned:
                self._decide("mention", quote.mention.mention_id, "pin")
        if len(gone) <= _HALF * len(quotes):
            for quote in gone:
                self._decide("mention", quote.mention.mention_id, "reject")
        else:
            self.kept_apart["codings that did not come back, in sources of which less than half did"] += len(gone)
        return used

    def _keys(self, quote: Quote, merged: dict[str, str]) -> set[Key]:
        """What a mention was exported with, and what that is now that insights were merged."""
        insight_id = quote.insight.insight_id if quote.insight else None
        kind = quote.insight.kind if quote.insight else quote.mention.kind
        return {(kind, insight_id), (kind, merged.get(insight_id or "", insight_id))}

    def _moved(self, quote: Quote, after: Meant, author: str, merged: dict[str, str]) -> None:
        mention, key = quote.mention, quote.mention.mention_id
        insight_id = quote.insight.insight_id if quote.insight else None
        before = quote.insight.kind if quote.insight else mention.kind
        if after.kind not in (before, mention.kind):
            self._decide("mention", key, "relabel", after.kind, author)
        if after.new:
            self.kept_apart["codings with codes that are new: their kind is taken, the code is not"] += 1
        elif after.insight_id != merged.get(insight_id or "", insight_id):
            self._decide("mention", key, "move", after.insight_id or NOWHERE, author)

    def _added(self, document: Document, text: str, now: Codings, used: set[tuple[tuple[int, int], Meant]]) -> None:
        for (start, end), codings in sorted(now.items()):
            for meaning, coding in codings:
                if ((start, end), meaning) in used or meaning.pin:
                    continue
                if meaning.kind is not None and text[start:end].strip():
                    passage = Passage(start, end, meaning.kind, document.text[start:end], meaning.insight_id)
                    self._decide("document", document.document_id, "add", passage.as_value(), coding.user)

    def _coded(self, matched: Known, now: Codings) -> None:
        """Decide on the passages of a source that stand under codes of one's own. Codes that are new and of no kind become
        such codes."""
        before = self._own_passages(matched.document)
        here = []
        for span, codings in sorted(now.items()):
            for meaning, coding in codings:
                author, key = self._author_of(coding.user), meaning.code_id
                if key is None and meaning.new and meaning.kind is None:
                    key = self.own.defined(self.project.codes[coding.code], author)
                if key is not None:
                    here.append(Placed(span, key, author))
        came = {(*one.place, one.code_id) for one in here}
        gone = [one for one in before if (one.start, one.end, one.code_id) not in came]
        whole = matched.ours and len(gone) <= _HALF * len(before)
        if matched.ours and not whole:
            self.kept_apart["codings that did not come back, in sources of which less than half did"] += len(gone)
        self.own.compare(matched.document, here, before, whole=whole, author=self.author)

    def _own_passages(self, document: Document) -> list[Coding]:
        return [one for some in self.own_passages.get(document.document_id, {}).values() for one in some]

    def _author_of(self, author: str | None) -> str | None:
        return author if author and author != USER else self.author


def _flat(codes: Iterable[Code]) -> dict[str, Code]:
    by_guid = {}
    for code in codes:
        by_guid[code.guid] = code
        by_guid |= _flat(code.children)
    return by_guid


def _span_of(quote: Quote) -> tuple[int, int]:
    return quote.mention.start, quote.mention.end


def _by_place(source: ReadSource, text: str, codes: dict[str, Meant]) -> Codings:
    """Place in the run's document -> what it is coded with."""
    codings: Codings = defaultdict(list)
    for coding in source.codings:
        span = _in_document(coding, source.text, text)
        if span is not None and coding.code in codes:
            codings[span].append((codes[coding.code], coding))
    return codings


def _by_mention(source: ReadSource, text: str) -> dict[str, tuple[int, int]]:
    """Mention's id in a selection's description -> where the selection is now."""
    spans: dict[str, tuple[int, int]] = {}
    for coding in source.codings:
        span = _in_document(coding, source.text, text)
        if span is not None:
            spans.update((key, span) for key in _ID.findall(coding.description) if key.startswith("m-"))
    return spans


def _in_document(coding: ReadCoding, read: str, text: str) -> tuple[int, int] | None:
    """Where a coding's words stand in the run's document: at their own place, else where they stand once."""
    words = read[coding.start : coding.end]
    if not words:
        return None
    if read == text or text[coding.start : coding.end] == words:
        return coding.start, coding.end
    at = text.find(words)
    return (at, at + len(words)) if at >= 0 and text.find(words, at + 1) < 0 else None
