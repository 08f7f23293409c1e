"""Words in and words out per registered reader: kept as evidence, kept as context, set aside with the reason, missing.

python -m benchmarks.formats

The first table writes the same sentences in each reader's layout, so that the words in are known. The second reads the
files that the tests keep aside, whose headings, notices, quotations and answers of staff are no evidence.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.ingest import test_kept_aside, test_kept_aside_talks
from tests.ingest.reading import options, put, read, words
from tests.ingest.table_files import SURVEY_FORMATS
from tests.ingest.test_no_word_lost import FORMATS
from voc_engine.ingest import Conversation
from voc_engine.ingest.stage import choose_reader, unpacked
from voc_engine.records import EVIDENCE_ROLES, Skipped
from voc_engine.registry import names

_SENTENCES = [
    f"{begin} and {then} in week {n}"
    for n in range(1, 13)
    for begin, then in (
        ("The export took an hour", "my boss asked twice where it was"),
        ("I gave up on the calendar", "went back to paper"),
        ("Nobody answered my question", "the ticket was closed"),
        ("It saves me a whole morning", "I told two friends"),
    )
]


@dataclass
class Tally:
    """What became of the words of one reader's files."""

    files: int = 0
    documents: int = 0
    evidence: int = 0
    context: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, talks: list[Conversation], skipped: list[Skipped]) -> None:
        self.files += 1
        self.documents += len(talks)
        for talk in talks:
            for turn in talk.utterances:
                said = len(talk.document.text[turn.start : turn.end].split())
                spoken = turn.cut is None and turn.role in EVIDENCE_ROLES
                self.evidence += said if spoken else 0
                self.context += 0 if spoken else said
                if turn.cut:
                    self.reasons[turn.cut] += said
        for one in skipped:
            self.reasons[f"{one.reason}{' (quarantined)' if one.quarantined else ''}"] += len(one.found.split())

    def told(self) -> str:
        return "; ".join(f"{reason} {count}" for reason, count in self.reasons.most_common(4)) or "-"


def main() -> None:
    """Print both tables as Markdown."""
    _head("reader", "words in", "documents", "words out", "missing or added", "set aside, with reason (words)")
    with tempfile.TemporaryDirectory(prefix="voc-formats-") as folder:
        for name in names("reader"):
            print(_planted(name, Path(folder)))
        print()
        _head(
            "reader", "files", "documents", "evidence words", "context words", "cut or set aside, with reason (words)"
        )
        for name, tally in sorted(_kept_aside(Path(folder)).items()):
            row = (name, tally.files, tally.documents, tally.evidence, tally.context, tally.told())
            print("| " + " | ".join(map(str, row)) + " |")


def _head(*columns: str) -> None:
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")


def _planted(name: str, folder: Path) -> str:
    file, write = {**FORMATS, **SURVEY_FORMATS}[name]
    talks, skipped = read(put(folder, f"{name}/{file}", write(_SENTENCES)), format=name)
    tally = Tally()
    tally.add(talks, skipped)
    out = words(*(talk.document.text for talk in talks), *(one.found for one in skipped if not one.quarantined))
    given = words(*_SENTENCES)
    missing, added = (given - out).total(), (out - given).total()
    row = (name, given.total(), tally.documents, out.total(), f"{missing} / {added}", tally.told())
    return "| " + " | ".join(map(str, row)) + " |"


def _kept_aside(folder: Path) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    cases = [*test_kept_aside.CASES, *test_kept_aside_talks.ALL, *test_kept_aside_talks.DESKS]
    for number, case in enumerate(cases):
        source = put(folder, f"{number}/{case.name}", case.data)
        reader = choose_reader(unpacked(source), options())
        tallies[reader.name].add(*read(source))
    return tallies


if __name__ == "__main__":
    main()
