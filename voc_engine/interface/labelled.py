"""Labels for texts, without a study."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from voc_engine.config import EmbedConfig
from voc_engine.ingest.language import language_of
from voc_engine.mentions.chosen import extractor_named
from voc_engine.mentions.row_labelling import CHUNK, Labeller
from voc_engine.mentions.rows import COLUMNS
from voc_engine.registry import component
from voc_engine.segment.sentences import sentence_spans

if TYPE_CHECKING:
    import pandas as pd

_MAX_WORDS = 60  # longer sentences are cut at clauses, as in a study with [segment] max_words at its default


def labeller_for(
    extractor: str, heads: str | os.PathLike[str] | None = None, *, any_language: bool, kind: str | None = None
) -> Labeller:
    """Texts of that kind of document in, labels out. Raises ConfigError for an extractor or heads that cannot be used."""

    def split(text: str) -> list[str]:
        return [text[start:end] for start, end in sentence_spans(text, _MAX_WORDS)]

    return Labeller(
        extractor_named(extractor, None if heads is None else Path(heads)),
        split,
        lambda texts: component("embedder", EmbedConfig().model).encode(texts),
        language_of,
        None if any_language else "en",
        kind,
    )


def label(
    texts: Iterable[str | None],
    contexts: Iterable[str] | None = None,
    *,
    kind: str | None = None,
    extractor: str = "heads.v1",
    heads: str | os.PathLike[str] | None = None,
    any_language: bool = False,
) -> pd.DataFrame:
    """One row per text with the columns that ``voc label`` adds: probabilities in [0, 1] of the kinds, and the rest.

    The rows bear the index of ``texts`` where it is a pandas Series. A text without a word, or surely in another language
    than English unless ``any_language``, has a row without labels. ``heads`` is a folder that ``voc train`` wrote. Raises
    ConfigError for an extractor or heads that cannot be used. ``contexts`` tells, per text, what stands before it; ``kind``
    is the kind of document that all are (interview, review, post, ticket, survey).
    """
    import pandas as pd

    index = texts.index if isinstance(texts, pd.Series) else None
    values = [text if isinstance(text, str) else None for text in texts]
    before = [""] * len(values) if contexts is None else list(contexts)
    labeller = labeller_for(extractor, heads, any_language=any_language, kind=kind)
    rows = [
        row
        for start in range(0, len(values), CHUNK)
        for row in _rows(labeller, values[start : start + CHUNK], before[start : start + CHUNK])
    ]
    return pd.DataFrame(rows, index=index, columns=list(COLUMNS))


def _rows(labeller: Labeller, values: list[str | None], before: list[str]) -> list[dict[str, str | float | None]]:
    languages = labeller.languages(values)
    wanted = [text if labeller.is_read(language) else None for text, language in zip(values, languages, strict=True)]
    labels = labeller.label(wanted, before)
    return [
        {**(found.cells() if found is not None else {}), "language": language}
        for found, language in zip(labels, languages, strict=True)
    ]
