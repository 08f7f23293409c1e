"""The extractor that a study or a command asked for: a registered one, with refitted heads where a folder is named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from voc_engine.errors import ConfigError
from voc_engine.mentions.contract import MentionExtractor, Sentence
from voc_engine.mentions.heads.linear import LinearHeads, content_of
from voc_engine.registry import component

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


@runtime_checkable
class Refittable(Protocol):
    """An extractor whose ``heads`` look at ``head_inputs``, and can be replaced by those that ``voc train`` wrote
    to a folder."""

    @property
    def heads(self) -> LinearHeads: ...

    def head_inputs(self, sentences: Sequence[Sentence]) -> tuple[NDArray[Any], csr_matrix]: ...

    def refitted(self, folder: Path) -> MentionExtractor: ...


def extractor_named(name: str, heads: Path | None = None) -> MentionExtractor:
    """The registered extractor, with the heads in the folder ``heads`` where it is given.

    The folder is looked at in every call: what was written there anew is used, what is the same is loaded once. Raises
    ConfigError for an unknown name, an extractor without heads, and a folder without heads that fit this version.
    """
    if heads is None:
        return cast(MentionExtractor, component("mention extractor", name))
    refittable(name)
    return _refitted(name, heads.resolve(), content_of(heads))


def refittable(name: str) -> Refittable:
    """The registered extractor; raises ConfigError where it has no heads that can be refitted."""
    extractor = component("mention extractor", name)
    if isinstance(extractor, Refittable):
        return extractor
    raise ConfigError(
        f"The extractor {name!r} has no heads that can be refitted.",
        found=name,
        do="use heads.v1 with refitted heads, or leave them out",
    )


@cache
def _refitted(name: str, folder: Path, content: str) -> MentionExtractor:
    return refittable(name).refitted(folder)
