"""What would run and why."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class StagePlan:
    """Parts of one stage: how many there are, how many are done, and why the rest is to do. ``open`` when the number
    cannot be known before an earlier stage has run."""

    stage: str
    parts: int = 0
    done: int = 0
    reasons: list[str] = field(default_factory=list)
    open: bool = False

    @property
    def to_do(self) -> int:
        """Parts that would be computed."""
        return self.parts - self.done

    def line(self) -> str:
        """One line for people."""
        if self.open:
            return f"{self.stage:<9} follows what comes before"
        state = "nothing to do" if not self.to_do else f"{self.to_do} of {self.parts} parts to do"
        why = f": {'; '.join(self.reasons)}" if self.to_do and self.reasons else ""
        return f"{self.stage:<9} {state}{why}"
