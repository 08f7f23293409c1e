"""Sentences that were read in their windows: those of the shared set, and the project's own labels (corpora/gold).

A row knows its sentence, what stands before it, and all that its reader said. What the shared set does not tell
(sentiment, emotion, whose) stays None and teaches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from training.draw import Line as SourceLine
from training.draw import lines_of, rows_of
from training.gold import LETTERS, SIDES, rows
from voc_engine.mentions.context import LINES_BEFORE, Line, context_of
from voc_engine.records import stable_hash

# Of a hundred documents so many calibrate, and so many only measure; the rest teach. There are few long interviews:
# these are dealt out by name, so that each part has some.
_CALIBRATE, _MEASURE = 14, 21
_DEALT = {
    "betty-and-earl": "calibrate", "tessa": "calibrate", "20231218T230441Z-otel-q-a": "calibrate",
    "20250501T060052Z-otel-me-": "calibrate", "dawn-of-the-monsters": "measure", "jolene": "measure",
    "20240617T190022Z-otel-q-a": "measure",
    "get-a-grip-chip": "teach", "gigasword-jack-breen": "teach", "edmund": "teach", "neil": "teach", "nadine": "teach",
}  # fmt: skip
_UNLIKE_STUDIES = (
    "persuasion", "negotiation", "design-meeting", "research-meeting", "train/meetings", "train/persuasion",
    "train/negotiation",
)  # fmt: skip
# Raw captions are cut in the middle of sentences; their documents begin with the time of recording.
_CAPTIONS = re.compile(r"\d{8}T")
_DOCUMENT = re.compile(r"\d{8}T\d{6}Z-.{8}|[a-z]+(?:-[a-z]+)*(?=\.md|-\d)")
_KIND_OF_SET = {
    "interviews": "interview", "captions of user talks": "interview", "persuasion": "interview",
    "persuasion, negotiation": "interview", "support": "ticket", "reviews": "review", "comments, bank queries": "post",
}  # fmt: skip
_KIND_OF_PLACE = {
    "survey": "survey", "design-meeting": "interview", "research-meeting": "interview", "complaint": "ticket",
    "bank-query": "ticket", "comment": "post",
}  # fmt: skip
# So many lines back a question is looked for that governs.
_FAR_BACK = 12
_SEVERITIES = {"l": "low", "m": "medium", "h": "high", "": None}
_WHOSE = {"self": "self", "other": "other", "story": "story", "hyp": "hypothetical"}


@dataclass(frozen=True, slots=True)
class Read:
    """One labelled sentence. ``document`` names what it was drawn from; ``sample`` is "random" where it was drawn at
    random, so that rates are natural. ``severity`` is told of pain points and objections only."""

    text: str
    context: str
    kind: str
    document: str
    sample: str
    kinds: frozenset[str]
    worth: bool
    severity: str | None
    thing: str
    what: str
    sentiment: str | None = None
    emotion: str | None = None
    whose: str | None = None

    @property
    def natural(self) -> bool:
        """Drawn at random from what people bring: no meetings among colleagues, no
        bargaining or persuasion, no comments among strangers about nobody's product, no raw captions."""
        chat = self.kind == "post" or self.document.startswith(_UNLIKE_STUDIES)
        return self.sample == "random" and not chat and not _CAPTIONS.match(self.document)

    @property
    def part(self) -> str:
        """ "calibrate", "measure" or "teach": by the document, so that no document stands in two of them."""
        if self.document in _DEALT:
            return _DEALT[self.document]
        place = int(stable_hash("windows", self.document), 16) % 100
        return "calibrate" if place < _CALIBRATE else "measure" if place < _MEASURE else "teach"


def shared_windows(data: Path, lines: int = LINES_BEFORE) -> list[Read]:
    """The rows of gold/windows/windows-train.tsv that carry a label, in order."""
    return [read for _, read in named_windows(data, lines)]


def named_windows(data: Path, lines: int = LINES_BEFORE) -> list[tuple[str, Read]]:
    """The same, each with its id."""
    path = data / "gold/windows/windows-train.tsv"
    found = []
    for _, window in groupby(rows(path), key=lambda row: row["window"]):
        before: list[Line] = []
        for row in window:
            asks = row["role"] == "Q"
            if not asks:
                place = row["place"].split()[0]
                kind = _KIND_OF_PLACE.get(place) or _KIND_OF_SET.get(row["set"], "review")
                context = context_of(before, lines=lines)
                read = _read(row, row["text"], context, kind, _document(row["place"]), "random")
                found.append((row["id"], read))
            before.append(Line(row["text"], asks))
    return found


def own_windows(data: Path, gold: Path, lines: int = LINES_BEFORE) -> list[Read]:
    """The rows of windows.tsv that carry a label; raises KeyError where a source no longer has a row."""
    return [read for _, read in named_own_windows(data, gold, lines)]


def named_own_windows(data: Path, gold: Path, lines: int = LINES_BEFORE) -> list[tuple[str, Read]]:
    """The same, each with its id."""
    told = list(rows(gold / "windows.tsv"))
    texts = {
        source: {row.row: row for row in rows_of(data, source)} for source in sorted({row["source"] for row in told})
    }
    found = []
    for _, window in groupby(told, key=lambda row: row["window"]):
        before: list[Line] = []
        for row in window:
            whole = texts[row["source"]][row["row"]]
            text = " ".join(whole.text[int(row["start"]) : int(row["end"])].split())
            if row["labels"]:
                document = _document(whole.talk) if _is_shared(whole.talk) else f"{row['source']} {whole.talk}"
                context = context_of(before, lines=lines)
                found.append((row["id"], _read(row, text, context, row["kind"], document, row["sample"])))
            before.append(Line(text, row["asks"] == "1"))
    return found


def named_lines(data: Path, path: Path, lines: int = LINES_BEFORE) -> list[tuple[str, Read]]:
    """Sentences that are told by their places alone, each with its id and what stands before it in its talk; raises
    KeyError where a source no longer has one. Of mentions nothing is known."""
    told = list(rows(path))
    places: dict[tuple[str, str, int], tuple[list[SourceLine], int]] = {}
    for source in sorted({row["source"] for row in told}):
        for _, talk in groupby(rows_of(data, source), key=lambda row: row.talk):
            own = [line for row in talk for line in lines_of(row)]
            places |= {(source, line.row.row, line.start): (own, at) for at, line in enumerate(own)}
    found = []
    for row in told:
        own, at = places[row["source"], row["row"], int(row["start"])]
        before = [Line(" ".join(one.text.split()), one.row.asks) for one in own[max(0, at - _FAR_BACK) : at]]
        text, talk_name = " ".join(own[at].text.split()), own[at].row.talk
        document = _document(talk_name) if _is_shared(talk_name) else f"{row['source']} {talk_name}"
        context, kind = context_of(before, lines=lines), own[at].row.kind
        read = Read(text, context, kind, document, row["sample"], frozenset(), False, None, "", "")
        found.append((row["id"], read))
    return found


def _is_shared(talk: str) -> bool:
    return talk[:8].isdigit() or talk.endswith(".md")


def _document(place: str) -> str:
    """The talk or the person that a place belongs to: both talks with one maintainer are one document, as are the
    windows of one recording in both sets; of chats the number counts too."""
    found = _DOCUMENT.match(place)
    return found.group() if found else place


def _read(row: dict[str, str], text: str, context: str, kind: str, document: str, sample: str) -> Read:
    kinds = frozenset(LETTERS[letter] for letter in row["labels"].split(",") if letter in LETTERS)
    harms = bool(kinds & {"pain_point", "objection"})
    return Read(
        text,
        context,
        kind,
        document,
        sample,
        kinds,
        row["worth"] == "1",
        _SEVERITIES[row["severity"]] if harms else None,
        row["thing"],
        row["what"],
        SIDES.get(row.get("sentiment", "")),
        row.get("emotion") or None,
        _WHOSE.get(row.get("whose", "")),
    )


def windows_of(data: Path, gold: Path, lines: int = LINES_BEFORE) -> list[Read]:
    """All of them, each with so many lines before it."""
    return [*shared_windows(data, lines), *own_windows(data, gold, lines)]


def by_part(found: Sequence[Read]) -> Iterator[tuple[str, list[Read]]]:
    """ "teach", "calibrate" and "measure" with their rows."""
    for part in ("teach", "calibrate", "measure"):
        yield part, [row for row in found if row.part == part]
