"""Whether what a file gave can be true: told where every word is taken for staff's, turns come twice, or nobody answers.

These are signs that a layout was misread in a way that no reader sees by itself; talks are settled over the study instead
(``study_speakers``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from voc_engine.ingest.contract import Conversation, quarantine
from voc_engine.ingest.language import language_of
from voc_engine.ingest.source import SourceFile
from voc_engine.records import EVIDENCE_ROLES, Skipped

# Messages this long are not said twice by chance ("Thanks, that worked").
_FEWEST_WORDS = 5  # a choice
_TWICE = 0.4  # a choice: of the long turns of a document say again what one said before
_FEWEST_TURNS = 4  # two said twice
_MOST = 0.5  # a choice: of the conversations of two voices and more
_FEWEST_DOCUMENTS = 2  # one may be an oddity
_FEWEST_SERVED = 10  # tickets or reviews: so many of one customer are seldom exported alone
_FEWEST_DOUBLED = 3  # people: two may write in their own language and again for the reader
_DOUBLED = 0.2  # a choice: of the documents; no file of the tests and cases has one
_LONGEST_DOUBLED = 2_000  # a choice: characters; a text and its translation are a message or a review
_MOST_PARAGRAPHS = 3
_BLANK_LINES = re.compile(r"\n\s*\n")
_WRITTEN = ("ticket", "post", "review", "survey")


def in_two_languages(text: str) -> bool:
    """Whether the first and the last paragraph of a short text are surely in different languages."""
    if len(text) > _LONGEST_DOUBLED or "\n" not in text:
        return False
    parts = _BLANK_LINES.split(text.strip())
    if not 1 < len(parts) <= _MOST_PARAGRAPHS:
        return False
    first = language_of(parts[0])
    return first is not None and language_of(parts[-1]) not in (None, first)


@dataclass
class Plausibility:
    """Filled with all that a file gives, in its order; ``told`` gives one Skipped for each thing that cannot be true."""

    documents: int = 0
    evidence: int = 0
    turns: int = 0
    exchanges: int = 0
    unanswered: int = 0
    repeating: int = 0
    served: int = 0
    doubled: int = 0
    example: str = ""
    people: set[str] = field(default_factory=set)
    locators: dict[str, str] = field(default_factory=dict)

    def add(self, item: Conversation) -> None:
        document, turns = item.document, item.utterances
        if document.kind not in _WRITTEN:
            return
        self.documents += 1
        self.served += document.kind in ("ticket", "review")
        self.turns += len(turns)
        voice = [turn for turn in turns if turn.role in EVIDENCE_ROLES and turn.cut is None]
        self.evidence += len(voice)
        if len(self.people) <= 1:
            self.people |= {turn.person_id for turn in voice}
        doubled = any(in_two_languages(document.text[turn.start : turn.end]) for turn in voice)
        self.doubled += doubled
        self._note("doubled", document.locator if doubled else "")
        self.example = self.example or document.text[:200]
        if document.kind == "ticket" and len({turn.person_id for turn in turns}) > 1:
            self.exchanges += 1
            unanswered = len({turn.person_id for turn in voice}) > 1 and all(
                turn.role in EVIDENCE_ROLES for turn in turns
            )
            self.unanswered += unanswered
            self._note("unanswered", document.locator if unanswered else "")
        texts = [(turn.person_id, document.text[turn.start : turn.end]) for turn in turns]
        long = [one for one in texts if len(one[1].split()) >= _FEWEST_WORDS]
        again = len(long) - len(set(long))
        repeats = len(long) >= _FEWEST_TURNS and again >= _TWICE * len(long)
        self.repeating += repeats
        self._note("repeating", document.locator if repeats else "")

    def join(self, later: Plausibility) -> None:
        """Take in what the conversations behind gave."""
        for name in ("documents", "evidence", "turns", "exchanges", "unanswered", "repeating", "served", "doubled"):
            setattr(self, name, getattr(self, name) + getattr(later, name))
        self.example = self.example or later.example
        self.people |= later.people
        self.locators = {**later.locators, **self.locators}

    def _note(self, what: str, locator: str) -> None:
        if locator:
            self.locators.setdefault(what, locator)

    def told(self, source: SourceFile) -> Iterator[Skipped]:
        if self.documents >= _FEWEST_DOCUMENTS and self.turns and not self.evidence:
            yield quarantine(
                source,
                "whole file",
                "all words are taken for the company's or for quoted ones, and none for a customer's",
                expected="people's own words in some of the records",
                found=self.example,
                to_do="look at 'voc ingest --explain': take the source out, or name the columns (text, role) that hold it",
            )
        if self.doubled >= _FEWEST_DOUBLED and self.doubled >= _DOUBLED * self.documents:
            yield quarantine(
                source,
                self.locators["doubled"],
                "texts in two languages, as a text beside its translation",
                expected="what people wrote, in the language in which they wrote it",
                found=f"{self.doubled:,} of {self.documents:,} documents",
                to_do="export the original texts without a translation, or with each in a column of its own and"
                ' columns = { text = "..." } for the original',
            )
        if self.served >= _FEWEST_SERVED and len(self.people) == 1:
            yield quarantine(
                source,
                "whole file",
                "one person wrote all of it",
                expected="the customers of a company, several of them",
                found=f"{self.served:,} tickets or reviews by {next(iter(self.people)).partition(':')[0]}",
                to_do='name the column of who wrote: columns = { person = "..." }; take the source out where it is the'
                " company's own account",
            )
        if self.unanswered >= _FEWEST_DOCUMENTS and self.unanswered >= _MOST * self.exchanges:
            yield quarantine(
                source,
                self.locators["unanswered"],
                "conversations of several people, none of whom answers for the company",
                expected="one voice that is known to be staff",
                found=f"{self.unanswered:,} of {self.exchanges:,} conversations",
                to_do='name the staff: agents = ["..."] takes names, addresses and domains; kind = "post" where all are'
                " customers",
            )
        if self.repeating >= _FEWEST_DOCUMENTS and self.repeating >= _MOST * self.documents:
            yield quarantine(
                source,
                self.locators["repeating"],
                "conversations in which the same turns come twice",
                expected="every turn once",
                found=f"{self.repeating:,} of {self.documents:,} documents",
                to_do="export each conversation once, without the copy of its messages",
            )
