"""The layers of a BERT encoder (Devlin et al. 2019) with matrix products in 8 bits, for reading only.

Weights have one scale per row, and so has what they are multiplied with: one per word piece, from that piece alone. A sum of
products of whole numbers is exact in any order and grouping, so the products are the same on every machine and whatever
stands beside a text. Everything else is computed row by row in float32. There is no padding: texts stand one behind the
other, and only those of one length attend together.

A few of the states' columns are much larger than the rest and would leave it only few of the 255 levels. Such a column is
the sum of as many as its ``reach`` says, which meet the same weights (Zhao et al. 2019, outlier channel splitting).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

LEVELS = 127  # the largest of 8 bits with a sign that lies on both sides of zero
WIDTH, PARTS = 384, 12  # of all-MiniLM-L6-v2's states (Wang et al. 2020), and its attention heads
_EPSILON = 1e-12  # BERT's own (layer_norm_eps of the published configuration)
# Below this a row is nothing but zeros.
_NOTHING = 1e-12
# So many levels lie below zero, and GELU is nowhere less.
_BELOW, _LEAST_OF_GELU = 128, -0.17
# Sums of so many products of such numbers are whole numbers that float32 holds (768 * 128 * 127 < 2**24).
_MOST_EXACT = 768

# The products before which large columns are made smaller: they meet the states as they leave a layer's halves.
REACHES = ("asked", "up")
# How many texts stand one behind the other, and how many word pieces each of them has.
Group = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Copies:
    """Large columns as sums of several that are no larger than the rest: ``large`` names them, ``many`` tells of how many.
    The first of each stays in its place, the others stand behind all columns: ``further`` names their column, ``order``
    counts them from 1, ``of`` is how many that column has. ``shrinks`` (columns,) is 1 / many for every column."""

    shrinks: Tensor
    large: Tensor
    many: Tensor
    further: Tensor
    order: Tensor
    of: Tensor

    @classmethod
    def by(cls, reach: Tensor) -> Copies:
        """``reach`` (columns,) of at least 1 is rounded up to how many columns each becomes."""
        import torch

        many = reach.ceil()
        large = (many > 1).nonzero().squeeze(1)
        further = large.repeat_interleave(many[large].long() - 1)
        order = torch.cat([torch.arange(1.0, float(count)) for count in many[large]] or [torch.zeros(0)])
        return cls(1 / many, large, many[large], further, order, many[further])

    def spread(self, whole: Tensor) -> Tensor:
        """Whole numbers (rows, columns), changed in place, as such of which the copies of a column add up to what it was."""
        import torch

        # The sum of floor((n + k) / m) over k from 0 to m - 1 is n; the half keeps a quotient off its next whole number.
        more = whole[:, self.further].add_(self.order).add_(0.5).div_(self.of).floor_()
        whole[:, self.large] = whole[:, self.large].add_(0.5).div_(self.many).floor_()
        return torch.cat([whole, more], 1)


@dataclass(frozen=True, slots=True)
class Product:
    """``matrix`` (inputs, outputs) in 8 bits with its ``scale`` and ``bias``, (outputs,) each; ``copies`` where inputs are
    spread before."""

    matrix: Tensor
    scale: Tensor
    bias: Tensor
    copies: Copies | None

    @classmethod
    def of(cls, weight: Tensor, bias: Tensor, reach: Tensor | None = None) -> Product:
        """From float weights (outputs, inputs); those that were stored in 8 bits come back as they were stored."""
        import torch

        matrix, scale = _in_eight_bits(weight)
        if reach is None:
            return cls(matrix, scale, bias.contiguous(), None)
        copies = Copies.by(reach)
        return cls(torch.cat([matrix, matrix[copies.further]]), scale, bias.contiguous(), copies)

    def __call__(self, rows: Tensor) -> Tensor:
        """Rows (rows, inputs) times the matrix, and the bias: (rows, outputs)."""
        import torch

        sizes = rows if self.copies is None else rows * self.copies.shrinks
        largest = sizes.abs().amax(1, keepdim=True).clamp_min_(_NOTHING)
        whole = (rows * (LEVELS / largest)).round_()
        spread = whole if self.copies is None else self.copies.spread(whole)
        sums = multiplied(spread.to(torch.int8), self.matrix).float()
        return torch.addcmul(self.bias, sums.mul_(self.scale), largest.div_(LEVELS))


@dataclass(frozen=True, slots=True)
class ProductAfterGelu:
    """A product whose inputs are GELU's, hence nearly all positive: all levels lie between its least value and the row's
    largest. ``lift`` (outputs,) is what the levels below zero take away from the sums."""

    matrix: Tensor
    scale: Tensor
    bias: Tensor
    lift: Tensor

    @classmethod
    def of(cls, weight: Tensor, bias: Tensor) -> ProductAfterGelu:
        """From float weights (outputs, inputs)."""
        matrix, scale = _in_eight_bits(weight)
        columns = matrix.sum(0).float()
        return cls(matrix, scale, bias + _LEAST_OF_GELU * columns * scale, _BELOW * columns)

    def __call__(self, rows: Tensor) -> Tensor:
        """GELU of rows (rows, inputs), times the matrix, and the bias: (rows, outputs)."""
        import torch
        from torch.nn.functional import gelu

        above = gelu(rows).sub_(_LEAST_OF_GELU)
        largest = above.amax(1, keepdim=True)
        whole = above.mul_((LEVELS + _BELOW) / largest).round_().sub_(_BELOW).to(torch.int8)
        sums = multiplied(whole, self.matrix).float().add_(self.lift)
        return torch.addcmul(self.bias, sums.mul_(self.scale), largest.div_(LEVELS + _BELOW))


def _in_eight_bits(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Float weights (outputs, inputs) as whole numbers (inputs, outputs), and the scale of each output."""
    import torch

    scale = weight.abs().amax(1, keepdim=True).clamp_min(_NOTHING) / LEVELS
    return (weight / scale).round().to(torch.int8).t().contiguous(), scale.squeeze(1).contiguous()


def multiplied(left: Tensor, right: Tensor) -> Tensor:
    """The product of two matrices of whole numbers in 8 bits: whole numbers, whatever type holds them.

    Processors without instructions for it multiply in float32, in parts that are short enough to be exact, too.
    """
    import torch

    if exact_in_eight_bits():
        return torch._int_mm(left, right)
    sums = torch.zeros(len(left), right.shape[1])
    for start in range(0, left.shape[1], _MOST_EXACT):
        columns = slice(start, start + _MOST_EXACT)
        sums += left[:, columns].float() @ right[columns].float()
    return sums


@cache
def exact_in_eight_bits() -> bool:
    """Whether this processor multiplies 8 bits without losing any; some add pairs of products in 16 bits, which overflows.

    Tried once with the largest numbers that there are.
    """
    import torch

    capable = getattr(torch.cpu, "_is_vnni_supported", lambda: False)()
    if not capable or not hasattr(torch, "_int_mm"):
        return False
    signs = torch.ones(64, WIDTH, dtype=torch.int8)
    signs[1::2] = -1
    left, right = signs * LEVELS, (signs * LEVELS).t().contiguous()
    return torch.equal(torch._int_mm(left, right).double(), left.double() @ right.double())


@dataclass(frozen=True, slots=True)
class Even:
    """Brings each row to mean 0 and variance 1, then to its own ``weight`` and ``bias`` (WIDTH,)."""

    weight: Tensor
    bias: Tensor

    def __call__(self, rows: Tensor) -> Tensor:
        import torch

        return torch.layer_norm(rows, (WIDTH,), self.weight, self.bias, _EPSILON)


@dataclass(frozen=True, slots=True)
class Layer:
    """``asked`` gives queries, keys and values beside each other."""

    asked: Product
    told: Product
    first: Even
    up: Product
    down: ProductAfterGelu
    second: Even

    def attending(self, rows: Tensor, groups: Sequence[Group]) -> Tensor:
        """The first half, in which the pieces of a text see each other."""
        return self.first(self.told(_attended(self.asked(rows), groups)).add_(rows))

    def __call__(self, rows: Tensor, groups: Sequence[Group]) -> Tensor:
        """States (pieces, WIDTH) to states, the texts of ``groups`` one behind the other."""
        rows = self.attending(rows, groups)
        return self.second(self.down(self.up(rows)).add_(rows))


@dataclass(frozen=True, slots=True)
class EightBitEncoder:
    """``words``, ``places`` and ``types`` are the tables of the word embeddings, in float32."""

    words: Tensor
    places: Tensor
    types: Tensor
    start: Even
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, state: Mapping[str, Tensor], reach: Mapping[str, Tensor] | None = None) -> EightBitEncoder:
        """From the weights of a BertModel by its names, and its states' ``reach`` by the names REACHES, (layers, WIDTH)
        each. Raises KeyError where one is missing."""
        n_layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))
        table = "embeddings.{}_embeddings.weight"
        return cls(
            state[table.format("word")],
            state[table.format("position")],
            state[table.format("token_type")],
            _even(state, "embeddings.LayerNorm"),
            tuple(
                _layer(state, f"encoder.layer.{at}", *(None if reach is None else reach[name][at] for name in REACHES))
                for at in range(n_layers)
            ),
        )

    def states(self, ids: Tensor, types: Tensor | None, groups: Sequence[Group]) -> list[Tensor]:
        """The word embeddings and the states after each layer, (pieces, WIDTH) each; ``ids`` and ``types`` (pieces,) hold
        the texts of ``groups`` one behind the other."""
        import torch

        places = torch.cat([torch.arange(length).repeat(many) for many, length in groups])
        rows = self.words[ids] + (self.types[0] if types is None else self.types[types])
        states = [self.start(rows.add_(self.places[places]))]
        for layer in self.layers:
            states.append(layer(states[-1], groups))
        return states


def _attended(projected: Tensor, groups: Sequence[Group]) -> Tensor:
    """What each piece takes from the pieces of its own text, (pieces, WIDTH); ``projected`` is (pieces, 3 * WIDTH)."""
    import torch
    from torch.nn.functional import scaled_dot_product_attention

    attended, start = [], 0
    for many, length in groups:
        of_group = projected[start : start + many * length].view(many, length, 3, PARTS, WIDTH // PARTS)
        query, key, value = of_group.permute(2, 0, 3, 1, 4)
        attended.append(scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(many * length, WIDTH))
        start += many * length
    return torch.cat(attended) if len(attended) > 1 else attended[0]


def _layer(state: Mapping[str, Tensor], name: str, query_reach: Tensor | None, up: Tensor | None) -> Layer:
    import torch

    def weights(*parts: str) -> tuple[Tensor, Tensor]:
        weight, bias = (torch.cat([state[f"{name}.{part}.{kind}"] for part in parts]) for kind in ("weight", "bias"))
        return weight, bias

    return Layer(
        Product.of(*weights("attention.self.query", "attention.self.key", "attention.self.value"), reach=query_reach),
        Product.of(*weights("attention.output.dense")),
        _even(state, f"{name}.attention.output.LayerNorm"),
        Product.of(*weights("intermediate.dense"), reach=up),
        ProductAfterGelu.of(*weights("output.dense")),
        _even(state, f"{name}.output.LayerNorm"),
    )


def _even(state: Mapping[str, Tensor], name: str) -> Even:
    return Even(state[f"{name}.weight"], state[f"{name}.bias"])
