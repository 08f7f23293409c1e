"""Refitted heads on disk: the two files of the heads, and a card that says what the labels did."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.adapt import FEWEST_OF_EACH, FEWEST_ROWS, Moved
from voc_engine.mentions.heads.labels import ADVICE
from voc_engine.mentions.heads.linear import NUMBERS, SETTINGS, LinearHeads, save_heads

HEADER = ("column", "label", "sentences", "with it", "log-loss before", "after", "yes from", "what became of it")
CARD = "card.md"
FILES = (NUMBERS, SETTINGS, CARD)
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Training:
    """What heads were refitted with. ``labels`` is how many labels each column gave, ``empty`` how many of ``rows`` had
    no text, ``other`` how many were in another language, ``ignored`` the columns that no head learns from."""

    source: str
    extractor: str
    rows: int
    labels: Mapping[str, int]
    empty: int
    other: int
    ignored: Sequence[str]
    told: Sequence[Moved]

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Cells in the order of HEADER, one line per head, then a line per column that has no label or no head."""
        lines = [_cells(moved) for moved in self.told]
        listed = {line[0] for line in lines}
        for column in self.labels:
            if column in self.ignored:
                why = "not adaptable: the encoder alone reads it"
                lines.append((column, *[_NOTHING] * 6, why))
            elif column not in listed:
                why = f"kept: 0 labels, {FEWEST_ROWS} are needed"
                lines.append((column, _NOTHING, "0", "0", *[_NOTHING] * 3, why))
        return lines

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know, one sentence each."""
        used = ", ".join(f"{column} {count}" for column, count in self.labels.items())
        notes = [f"{self.rows} rows of {self.source}; labels: {used}."]
        if self.empty:
            notes.append(f"{self.empty} rows without text were left out.")
        if self.other:
            notes.append(f"{self.other} rows in another language than English were left out.")
        moved = sum(not one.unchanged for one in self.told)
        notes.append(f"{moved} of {len(self.told)} heads were refitted; those kept answer as before.")
        return notes


def _cells(moved: Moved) -> tuple[str, ...]:
    group, name = moved.output
    column, label = (group, name) if group != "kinds" else ("request" if name == ADVICE else name, "1")
    if name == ADVICE:
        label = "1, as advice to others"
    losses = [_NOTHING if value is None else f"{value:.4f}" for value in (moved.before, moved.after)]
    point = _NOTHING if moved.point is None else f"{moved.point:.2f}"
    return column, label, str(moved.rows), str(moved.yes), *losses, point, moved.why


def card(training: Training) -> str:
    """The card as Markdown, without a date: the same labels give the same bytes."""
    rows = [HEADER, ("---",) * len(HEADER), *training.lines]
    return "\n".join(
        [
            "# Refitted mention heads",
            "",
            f"Made with `voc train` from the heads of {training.extractor}.",
            "",
            *[f"- {note}" for note in training.notes],
            "",
            *["| " + " | ".join(row) + " |" for row in rows],
            "",
            "Log-loss per sentence is measured in cross-validation: each label is answered by heads that did not see it.",
            "Lower is better; 0.69 is what a coin gives. A head is refitted only where that makes the log-loss lower.",
            "A refitted head says yes from the probability under 'yes from', where its expected F1 is highest; its",
            "probabilities are moved so that this point is 0.5. Where it is below 0.5, they read higher than shares would.",
            f"Fewer than {FEWEST_ROWS} labels, or fewer than {FEWEST_OF_EACH} of either answer, move no head. The labels",
            "are not stored here; words in them can weigh in the heads' n-grams, which are hashed.",
            "",
        ]
    )


def save(heads: LinearHeads, training: Training, folder: Path) -> None:
    """Write heads and card to ``folder``, each file whole or not at all. Raises ConfigError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".voc-", dir=folder) as part:
            save_heads(heads, Path(part))
            (Path(part) / CARD).write_text(card(training), encoding="utf-8")
            for path in sorted(Path(part).iterdir()):
                os.replace(path, folder / path.name)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written.", found=str(error), do="check --out") from error
