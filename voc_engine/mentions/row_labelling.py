"""Rows in, the same rows with labels out: what ``voc label`` does between two open streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from voc_engine.errors import VocError
from voc_engine.mentions.context import Line, context_of
from voc_engine.mentions.contract import LabelReader, MentionExtractor, Reading, Sentence
from voc_engine.mentions.rows import COLUMNS, TextLabels, join
from voc_engine.mentions.tabular import Row, Writer
from voc_engine.records import language_name

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 500  # rows read at a time; memory, no result
# Up to this many words a text is read as one: a post's sentences say one thing together, and so people labelled them.
WHOLE = 45
_MOST_SHOWN = 5


More = Callable[[Sequence[str | None], Sequence[str]], Sequence[Mapping[str, str | float]]]


@dataclass(frozen=True, slots=True)
class Labeller:
    """``split`` gives a text's sentences; ``embed`` their vectors, called only where the extractor needs them.

    ``language`` gives the code of a text's language, None where it is not sure; where ``reads`` is set, texts that are
    surely in another language than that get no labels. ``kind`` is the kind of document that all texts are, if one is known.
    """

    extractor: MentionExtractor
    split: Callable[[str], Sequence[str]]
    embed: Callable[[Sequence[str]], NDArray[Any]]
    language: Callable[[str], str | None] = lambda text: None
    reads: str | None = None
    kind: str | None = None

    def languages(self, values: Sequence[object]) -> list[str | None]:
        """The language of each value, None where there is no text or it is not sure."""
        return [self.language(value) if isinstance(value, str) else None for value in values]

    def is_read(self, language: str | None) -> bool:
        """Whether texts in the language get labels."""
        return self.reads is None or language in (None, self.reads)

    def label(self, values: Sequence[object], contexts: Sequence[str] = ()) -> list[TextLabels | None]:
        """Labels per value, None where there is no word to read. All sentences are read in one call.

        ``contexts`` tells, per value, what stands before it (the question, the turn before); empty where nothing does.
        """
        before = contexts or [""] * len(values)
        texts = [
            self.sentences(value, context) if isinstance(value, str) else []
            for value, context in zip(values, before, strict=True)
        ]
        flat = [sentence for sentences in texts for sentence in sentences]
        readings = iter(self._readings(flat))
        return [
            join([sentence.text for sentence in own], list(islice(readings, len(own)))) if own else None
            for own in texts
        ]

    def _readings(self, sentences: Sequence[Sentence]) -> list[Reading]:
        if isinstance(self.extractor, LabelReader):
            return self.extractor.labels(sentences)
        wanted = self.extractor.needs_vectors and sentences
        vectors = self.embed([sentence.text for sentence in sentences]) if wanted else None
        return self.extractor.read(sentences, vectors)

    def sentences(self, text: str, context: str = "") -> list[Sentence]:
        """The text's parts, each with what stands before it: the context, then the parts before."""
        sentences, before = [], list[Line]()
        for part in self.parts(text):
            sentences.append(Sentence(part, context_of(before, context or None), self.kind))
            before.append(Line(part))
        return sentences

    def parts(self, text: str) -> Sequence[str]:
        """The text itself where it is short, else its sentences; nothing where it holds no word."""
        parts = self.split(text)
        return [" ".join(text.split())] if len(parts) > 1 and len(text.split()) <= WHOLE else parts


@dataclass
class Summary:
    """Rows seen, and rows that got no labels: with line and reason, or because of their language, by its code."""

    column: str
    rows: int = 0
    n_bad: int = 0
    shown: list[str] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)

    def set_aside(self, line: int, reason: str) -> None:
        self.n_bad += 1
        if len(self.shown) < _MOST_SHOWN:
            self.shown.append(f"line {line}: {reason}")

    @property
    def unread(self) -> str:
        """How many rows are in which other language, in words; empty where there is none."""
        if not self.other:
            return ""
        codes = sorted(self.other, key=lambda code: (-self.other[code], code))
        return ", ".join(f"{self.other[code]} in {language_name(code)}" for code in codes)

    @property
    def problem(self) -> str:
        """What happened, was found and can be done about rows without labels; empty where there is none."""
        if not self.n_bad:
            return ""
        more = f"; and {self.n_bad - len(self.shown)} more" if self.n_bad > len(self.shown) else ""
        error = VocError(
            f"{self.n_bad} of {self.rows} rows could not be read and have empty labels.",
            found="; ".join(self.shown) + more,
            do=f"mend these rows or fill {self.column!r} and run the command again",
        )
        return str(error)


def free_names(columns: Sequence[str], further: Sequence[str] = ()) -> dict[str, str]:
    """COLUMNS and ``further`` ones with the names that they get beside the file's own: a taken one gets "voc_" before it."""
    names = {}
    for name in (*COLUMNS, *further):
        ours = name
        while ours in columns:
            ours = f"voc_{ours}"
        names[name] = ours
    return names


def label_rows(
    rows: Iterable[Row],
    out: Writer,
    names: dict[str, str],
    labeller: Labeller,
    column: str,
    context: str | None = None,
    more: More | None = None,
) -> Iterator[tuple[int, Summary]]:
    """Write each row with its labels under ``names``, read after what its column ``context`` holds. ``more`` gives further
    cells of texts (None where nothing is read) and of what stands before each.

    After each chunk yields its number of rows and the summary.
    """
    summary, flow = Summary(column), iter(rows)
    while chunk := list(islice(flow, CHUNK)):
        values = [None if row.problem else row.values.get(column) for row in chunk]
        languages = labeller.languages(values)
        read = [labeller.is_read(language) for language in languages]
        before = [str(row.values.get(context) or "") if context else "" for row in chunk]
        labels = labeller.label([value if wanted else None for value, wanted in zip(values, read, strict=True)], before)
        able = [
            value if wanted and isinstance(value, str) else None for value, wanted in zip(values, read, strict=True)
        ]
        further: Sequence[Mapping[str, str | float]] = more(able, before) if more else [{}] * len(chunk)
        for row, labelled, language, wanted, others in zip(chunk, labels, languages, read, further, strict=True):
            summary.rows += 1
            if language and not wanted:
                summary.other[language] += 1
            elif labelled is None:
                summary.set_aside(row.line, row.problem or f"no text in {column!r}")
            cells = {**(labelled.cells() if labelled is not None else {}), "language": language, **others}
            out.write(row, {ours: cells.get(name) for name, ours in names.items()})
        yield len(chunk), summary
