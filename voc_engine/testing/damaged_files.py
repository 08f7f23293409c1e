"""Damaged variants of a file: cut short, bytes changed, lines lost, noise inside. The same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

_LOST_SHARE = 0.3  # of the lines
Damage = Callable[[bytes, random.Random], bytes]


def _cut_short(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _changed_bytes(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _lost_lines(data: bytes, rng: random.Random) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if rng.random() > _LOST_SHARE)


def _noise(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes(rng.randrange(256) for _ in range(rng.choice((1, 8, 200)))) + data[at:]


def _other_encoding(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(("utf-16", "cp1252", "utf-32", "utf-16-be")), "replace")


# After these the words that are left stand where they stood, so none of them may vanish.
KEEPING_WORDS: tuple[Damage, ...] = (_cut_short, _lost_lines, _noise)
ALL: tuple[Damage, ...] = (*KEEPING_WORDS, _changed_bytes, _other_encoding)


def variants(data: bytes, count: int, kinds: tuple[Damage, ...] = ALL) -> Iterator[tuple[str, bytes]]:
    """``count`` pairs of (what was done, damaged bytes), the kinds of damage in turn."""
    for number in range(count):
        damage = kinds[number % len(kinds)]
        rng = random.Random(f"{damage.__name__} {number}")
        yield f"{damage.__name__.strip('_').replace('_', ' ')}, variant {number}", damage(data, rng)
