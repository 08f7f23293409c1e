"""Who answers for the company where nothing says it: the voice that returns over many conversations, each with another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.identity import FREE_MAIL, is_placeholder
from voc_engine.ingest.source import SourceFile
from voc_engine.records import Skipped

# Fewer exchanges than this show no pattern.
_FEWEST = 3
_MOST = 0.8
# What comes again as often on the other side is no customer's mark: both sides may be the company's.
_RIVAL = 0.6


@dataclass(frozen=True)
class Counterparts:
    """``staff`` are authors and domains of addresses ("@acme.example"); ``exchanges`` counts the conversations of two voices
    or more, ``answered`` those in which exactly one of the voices is no staff."""

    staff: frozenset[str] = frozenset()
    exchanges: int = 0
    answered: int = 0

    @property
    def clear(self) -> bool:
        """Whether nearly all conversations are between one of the staff and one other."""
        return bool(self.staff) and self.exchanges >= _FEWEST and self.answered >= _MOST * self.exchanges

    def holds(self, marks: Iterable[str]) -> bool:
        """Whether an author, by any of their marks, is of the staff."""
        return not self.staff.isdisjoint(marks)


NOBODY = Counterparts()


def marks(names: Iterable[str], mail: str, thread: str) -> tuple[str, ...]:
    """What an author is known by: the first name, handle or id that is one, and the address's domain where it is a firm's.

    Who is nameless is somebody else in every conversation.
    """
    who = next((name.strip().casefold() for name in names if name.strip() and not is_placeholder(name)), "")
    domain = mail.strip().casefold().rpartition("@")[2]
    return (who or nameless(thread), *((f"@{domain}",) if domain and domain not in FREE_MAIL else ()))


def nameless(thread: str) -> str:
    """What stands for an author without a name."""
    return f"nameless in {thread}"


def counterparts(spoken: Iterable[tuple[str, Sequence[str]]]) -> Counterparts:
    """From (conversation, marks of an author) of each message, in any order."""
    threads: dict[str, dict[str, Sequence[str]]] = {}
    for thread, author in spoken:
        threads.setdefault(thread, {})[author[0]] = author
    exchanges = {thread: authors for thread, authors in threads.items() if len(authors) > 1}
    covers = _covers(exchanges)
    staff: set[str] = set()
    unmet = set(exchanges)
    while covers:
        best = min(covers, key=lambda mark: (-len(covers[mark] & unmet), not mark.startswith("@"), mark))
        if len(covers[best] & unmet) <= 1:
            break
        staff.add(best)
        unmet -= covers[best]
    others = {mark: met for mark, met in covers.items() if mark not in staff and not _beside(mark, staff, exchanges)}
    most = max((len(covers[mark]) for mark in staff), default=0)
    if any(len(met) >= _RIVAL * most for met in others.values()):
        return Counterparts(frozenset(), len(exchanges), 0)
    answered = sum(sum(staff.isdisjoint(marks) for marks in authors.values()) == 1 for authors in exchanges.values())
    return Counterparts(frozenset(staff), len(exchanges), answered)


def _covers(exchanges: dict[str, dict[str, Sequence[str]]]) -> dict[str, set[str]]:
    """The exchanges in which a mark meets somebody without it, for marks that meet two people at least."""
    covers: dict[str, set[str]] = {}
    met: dict[str, set[str]] = {}
    for thread, authors in exchanges.items():
        for mark in {one for author in authors.values() for one in author}:
            opposite = {who for who, author in authors.items() if mark not in author}
            if opposite:
                covers.setdefault(mark, set()).add(thread)
                met.setdefault(mark, set()).update(opposite)
    return {mark: found for mark, found in covers.items() if len(found) > 1 and len(met[mark]) > 1}


def _beside(mark: str, staff: set[str], exchanges: dict[str, dict[str, Sequence[str]]]) -> bool:
    """Whether a mark is one more of somebody who is of the staff by another."""
    return any(
        mark in author and not staff.isdisjoint(author) for authors in exchanges.values() for author in authors.values()
    )


def told_staff(source: SourceFile, where: str, sides: Counterparts) -> Iterator[Skipped]:
    """That authors were taken for staff by what they do, so that a person can say otherwise."""
    if sides.staff:
        reason = (
            'note: taken for staff, as they answer in many conversations; agents = [...] or kind = "post" corrects it'
        )
        yield set_aside(source, where, reason, "", len(sides.staff))


def unanswered(source: SourceFile, where: str, words: str) -> Skipped:
    """A conversation of several voices, none of whom is known to be staff."""
    return quarantine(
        source,
        where,
        "a conversation in which nothing tells who answers for the company",
        expected="one voice that is known to be staff",
        found=words,
        to_do='name the staff: agents = ["..."] takes names, addresses and domains',
    )
