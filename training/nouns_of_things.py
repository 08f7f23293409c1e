"""Which nouns name what people speak of: counted in sentences whose thing a reader named, by stem."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from training.windows import windows_of
from voc_engine.language.stems import stem
from voc_engine.language.tokens import parts
from voc_engine.mentions.parsing import parse

NAME = "things.json"
# A noun that fewer labelled sentences say tells nothing of itself.
_LEAST_SAID = 8


def things_stage(data: Path, gold: Path, judges: Path) -> str:
    """Write to ``judges``/things.json, for each noun that enough sentences say, how many of these have it as the noun of
    their thing, and how many they are; "" holds the sums. Return the nouns that do so least."""
    read = [one for one in windows_of(data, gold) if one.thing and one.kinds and parts(one.thing)]
    said: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for one, doc in zip(read, parse([one.text for one in read]), strict=True):
        thing = stem(parts(one.thing)[-1])
        nouns = [parts(token.text) for token in doc if token.pos_ in ("NOUN", "PROPN")]
        for noun in {stem(words[-1]) for words in nouns if words}:
            said[noun] += 1
            named[noun] += noun == thing
    sums = [sum(named.values()), sum(said.values())]
    counts = {noun: [named[noun], said[noun]] for noun in sorted(said) if said[noun] >= _LEAST_SAID}
    told = {"": sums, **counts}
    lines = ",\n".join(f" {json.dumps(noun)}: {json.dumps(count)}" for noun, count in told.items())
    (judges / NAME).write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    least = sorted(counts, key=lambda noun: (counts[noun][0] / counts[noun][1], -said[noun], noun))
    return f"{len(read)} sentences, {sums[0]} of {sums[1]} nouns are the thing; the least: {', '.join(least[:40])}"
