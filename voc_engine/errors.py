"""Typed errors. Each says what happened, what was found and what to do; the command line maps them to exit codes."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# A run that ended before it was done; 1 is a run with input set aside, 2 a wrong command or configuration.
FAILED = 3


class VocError(Exception):
    """Base of every error that a user may see.

    ``happened`` is one sentence, ``found`` what was there instead of what was expected, ``do`` the next step.
    """

    exit_code = FAILED

    def __init__(self, happened: str, *, found: str = "", do: str = "") -> None:
        self.happened, self.found, self.do = happened, found, do
        super().__init__(happened)

    def __str__(self) -> str:
        lines = [self.happened]
        if self.found:
            lines.append(f"  found: {self.found}")
        if self.do:
            lines.append(f"  to do: {self.do}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries; keyword-only arguments need their own way to be rebuilt.
        return (_rebuild, (type(self), self.happened, self.found, self.do))


def _rebuild(kind: type[VocError], happened: str, found: str, do: str) -> VocError:
    return kind(happened, found=found, do=do)


class ConfigError(VocError):
    """The configuration or the command's arguments are wrong."""

    exit_code = 2


class SourceError(VocError):
    """A source file cannot be understood; the run sets it aside, counts it and goes on."""

    exit_code = 1


class StoreError(VocError):
    """The workspace on disk is damaged or cannot be written."""


class EvidenceError(VocError):
    """A claim does not resolve to the exact words of its source."""


class StageError(VocError):
    """A stage failed on one of its parts."""


def nearest(name: str, choices: Iterable[str]) -> str:
    """A hint that names the closest known name, or all of them when none is close."""
    names = sorted(choices)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(names)}"
