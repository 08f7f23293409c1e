"""The decision about a file's layout: which reader, how sure, what speaks for and against, and what has to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from voc_engine.ingest.contract import Reader
from voc_engine.ingest.source import SourceFile
from voc_engine.registry import component

# Below it nobody knows the layout: what is read is writing by whoever, and asked about.
FLOOR = 0.3
_CLOSE = 0.05
_CERTAIN = 0.95


@dataclass(frozen=True)
class LayoutDecision:
    """``confidence`` is 0 to 1; ``runner_up`` is "" where no other reader knows the content. ``question`` is to be answered
    by one key in the configuration, printed ready to paste; "" where nothing is in doubt. ``refused``: until then the file
    is set aside."""

    winner: str
    confidence: float
    runner_up: str = ""
    next_confidence: float = 0.0
    question: str = ""
    refused: bool = False


def decide(ranked: Sequence[tuple[float, str]], name: str) -> LayoutDecision:
    """The decision by how sure each reader is, surest first; ``name`` is the file's, for the question."""
    (confidence, winner), *others = ranked
    runner_up, second = (others[0][1], others[0][0]) if others else ("", 0.0)
    question, refused = "", False
    if confidence < FLOOR:
        question = f"no layout of {name} is known; if one is meant, name its reader"
    elif _close(confidence, second) and _kind(winner) != _kind(runner_up):
        question, refused = f"{name} may be {winner} or {runner_up}; say which", True
    if question:
        keys = f'format = "{winner}"' + (f'  # or "{runner_up}"' if runner_up else "")
        question = f"{question}: {keys}"
    return LayoutDecision(winner, min(confidence, 1.0), runner_up, min(second, 1.0), question, refused)


def _close(confidence: float, second: float) -> bool:
    return second >= FLOOR and confidence < _CERTAIN and confidence - second < _CLOSE


def _kind(name: str) -> bool:
    """Whether a reader gives talks: taking rows for turns, or turns for rows, is what goes wrong in silence."""
    return cast(Reader, component("reader", name)).kind == "interview"


def reasons(reader: Reader, source: SourceFile, head: bytes) -> tuple[list[str], list[str]]:
    """(what speaks for a reader, what against), where it says so."""
    reasons_of = getattr(reader, "reasons", None)
    return reasons_of(source, head) if reasons_of is not None else ([], [])
