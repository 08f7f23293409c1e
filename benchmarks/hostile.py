"""Hostile texts and files made by grammar: seconds of processor time of each, how they grow, peak memory of all.

python -m benchmarks.hostile [--texts 200] [--files 100] [--size 20000] [--first 0]

A text is redacted and cut into sentences; a file is read, and what is read of it redacted and cut.
The limit is 25 seconds and 1 GB for each. Growth is measured without the language model, at four times the size, where a
text takes a fifth of a second.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Literal

from tests.hostile.grammar import hostile_file, hostile_text
from voc_engine.config import RedactConfig, SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.redact.finding import Finder
from voc_engine.segment.sentences import sentence_spans

Names = Literal["model", "cues", "list"]
LIMIT_S, LIMIT_MB = 25, 1024
_WORTH_GROWING = 0.2


def main() -> None:
    """Measure every one and print what is over a limit, the slowest ten and the growth."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--names", default="model", help="model, or cues: without the language model")
    for name, amount in (("texts", 200), ("files", 100), ("size", 20_000), ("first", 0)):
        parser.add_argument(f"--{name}", type=int, default=amount)
    given = parser.parse_args()
    # Models load once for all, and are nobody's fault.
    text_seconds("Ann Lee called Bo Or. He said so.", given.names)
    print(f"with models: {_peak_mb():,.0f} MB")
    every = range(given.first, given.first + max(given.texts, given.files))
    texts = {f"text {seed}": text_seconds(hostile_text(seed, given.size), given.names) for seed in every[: given.texts]}
    grown = {name: growth(int(name.split()[1]), given.size) for name, spent in texts.items() if spent > _WORTH_GROWING}
    with tempfile.TemporaryDirectory(prefix="voc-hostile-") as folder:
        files = {}
        for seed in every[: given.files]:
            name, data = hostile_file(seed, given.size)
            path = Path(folder) / name
            path.write_bytes(data)
            files[f"file {name}"] = file_seconds(path, given.names)
    both = texts | files
    over = {name: spent for name, spent in both.items() if spent > LIMIT_S}
    print(
        f"{len(texts)} texts, {len(files)} files; over {LIMIT_S} s: {len(over)}; peak {_peak_mb():,.0f} MB of {LIMIT_MB:,}"
    )
    for name, spent in sorted(both.items(), key=lambda one: -one[1])[:10]:
        print(f"  {spent:7.2f} s  {name}")
    for name, ratio in sorted(grown.items(), key=lambda one: -one[1])[:10]:
        print(f"  times {ratio:.1f} at four times the size: {name}")


def growth(seed: int, size: int) -> float:
    """How many times longer a text of four times the size takes; 4 where the time grows with the text."""
    once, fourfold = (text_seconds(hostile_text(seed, times * size), "cues") for times in (1, 4))
    return fourfold / max(once, 0.01)


def text_seconds(text: str, names: Names) -> float:
    """Processor seconds of redacting a text and cutting it, which was not cut before."""
    sentence_spans.cache_clear()
    started = time.process_time()
    _work(text, names)
    return time.process_time() - started


def file_seconds(path: Path, names: Names) -> float:
    """Processor seconds of reading a file, redacting and cutting what is in it; a refusal is an answer. With children."""
    started = _with_children()
    try:
        for item in read_source(SourceFile(path, path.name), SourceConfig(path="x")):
            if isinstance(item, Conversation):
                for turn in item.utterances:
                    _work(item.document.text[turn.start : turn.end], names)
    except SourceError:
        pass
    return _with_children() - started


def _work(text: str, names: Names) -> None:
    Finder([], RedactConfig(names=names)).spans([text])
    sentence_spans(text, 60)


def _with_children() -> float:
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + child.ru_utime + child.ru_stime


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
