"""A persona's mark: an abstract tile pattern from its id. It is no face, because nobody's face is known."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from markupsafe import Markup

TILE = 25  # units of the drawing, which is scaled to wherever it stands
_SHAPES = (
    "M0 0H{t}A{t} {t} 0 0 1 0 {t}Z",  # quarter disc, four turns
    "M{t} 0V{t}A{t} {t} 0 0 1 0 0Z",
    "M{t} {t}H0A{t} {t} 0 0 1 {t} 0Z",
    "M0 {t}V0A{t} {t} 0 0 1 {t} {t}Z",
    "M0 0H{t}V{t}Z",
    "M{h} 0A{h} {h} 0 0 1 {h} {t}A{h} {h} 0 0 1 {h} 0Z",
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One piece of the left half: ``path`` in SVG's words, moved by ``x`` and ``y``; ``tone`` 1 to 3."""

    x: int
    y: int
    tone: int
    path: str


def tiles(persona_id: str) -> tuple[Tile, ...]:
    """The left half of the mark, which is 100 by 100 units; the right half is its mirror image."""
    digest = blake2b(persona_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    mark = []
    for row in range(4):
        for column in range(2):
            byte = digest[row * 2 + column]
            shape = _SHAPES[byte % len(_SHAPES)].format(t=TILE, h=TILE / 2)
            mark.append(Tile(column * TILE, row * TILE, 1 + byte // 8 % 3, shape))
    return tuple(mark)


def portrait(persona_id: str) -> Markup:
    """Inline SVG, 100 by 100 units, symmetric about its middle; colours come from the page's stylesheet."""
    half = "".join(
        f'<path class="tone-{one.tone}" transform="translate({one.x} {one.y})" d="{one.path}"/>'
        for one in tiles(persona_id)
    )
    return Markup(
        '<svg class="portrait" viewBox="0 0 100 100" aria-hidden="true" focusable="false">'
        '<rect class="tone-0" width="100" height="100"/>'
        f'<g>{half}</g><g transform="translate(100 0) scale(-1 1)">{half}</g></svg>'
    )
