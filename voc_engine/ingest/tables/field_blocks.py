"""Records written as fields, one on a line ("Author: Mona", "Text: I hate it"), block under block: a table, and no talk.

YAML lists of plain values, and reviews in the layout of SNAP's Amazon dumps ("review/text: ...").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import encoding_of, head_text, open_text
from voc_engine.ingest.jsonscan import Item
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import is_known_header
from voc_engine.ingest.tables.records import JsonRecords
from voc_engine.ingest.transcripts.roles import part_named

_FIELD = re.compile(r"^(?P<dash>-\s+)?\s{0,8}(?P<name>[^\W\d_][\w ./-]{0,39}?)\s*:(?:[ \t]+(?P<value>.*))?$")
_RULE = re.compile(r"^\s*(?:-{3,}|={3,}|\*{3,}|\.{3})\s*$")
_FEWEST_BLOCKS = 2
_FEWEST_FIELDS = 2
_ALIKE = 0.8  # a choice: of the blocks, which begin with the same field and have no other order of fields
_SHORT_WORDS = 4  # of most values of a field that is none of what people say
_SNIFFED = 400  # lines
_QUOTED = re.compile(r"^([\"'])(?P<inside>.*)\1$")


def blocks_of(lines: Iterator[str]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """(line of its beginning, (field, value) in order) of each block; lines without a field go on with the one above."""
    block: list[tuple[str, str]] = []
    begin = 1
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        match = _FIELD.match(line[:4_000])
        # A field that comes again is the next record's, whose blank line was lost.
        begins = match is not None and (match["dash"] is not None or any(match["name"] == name for name, _ in block))
        if block and (not line.strip() or _RULE.match(line) or begins):
            yield begin, block
            block = []
        if match is not None:
            begin = begin if block else number
            value = (match["value"] or "") + line[4_000:]
            bare = _QUOTED.match(value.strip())
            block.append((match["name"].strip(), bare["inside"] if bare else value.strip()))
        elif block and line.strip() and not _RULE.match(line):
            name, value = block[-1]
            block[-1] = (name, f"{value}\n{line.strip()}".strip())
    if block:
        yield begin, block


def are_records(blocks: Sequence[Sequence[tuple[str, str]]]) -> bool:
    """Whether blocks are records and no turns: each has the same fields in the same order, none twice, none of them a part
    in a talk ("Q", "Interviewer"), one that heads columns of tables, and one that holds nothing but short values (a name, a
    date, a rating), which nobody's turns are throughout."""
    if len(blocks) < _FEWEST_BLOCKS:
        return False
    orders = Counter(tuple(name for name, _ in block) for block in blocks)
    order, count = orders.most_common(1)[0]
    if len(set(order)) < max(_FEWEST_FIELDS, len(order)) or count < _ALIKE * len(blocks):
        return False
    if any(part_named(name) for name in order) or not any(is_known_header(name.rpartition("/")[2]) for name in order):
        return False
    values = {name: [dict(block).get(name, "") for block in blocks] for name in order}
    short = [name for name, cells in values.items() if all(len(cell.split()) <= _SHORT_WORDS for cell in cells)]
    worded = [name for name in values if name not in short]
    return bool(short) and bool(worded) and not any("?" in cell for name in short for cell in values[name])


class FieldBlocks(JsonRecords):
    """A record per block of fields."""

    name = "fields.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] in "{[<":
            return 0.0
        lines = text.split("\n")[:_SNIFFED]
        blocks = [block for _, block in blocks_of(iter(lines))]
        fields = sum(len(block) for block in blocks)
        filled = sum(1 for line in lines if line.strip() and not _RULE.match(line))
        # The last block may be cut by the end of the head.
        whole = blocks[:-1] if len(blocks) > _FEWEST_BLOCKS else blocks
        return 0.96 if filled and fields >= _ALIKE * filled and are_records(whole) else 0.0

    def items(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        with open_text(source, encoding_of(source, options)) as stream:
            for begin, block in blocks_of(iter(stream)):
                yield Item({name.replace("/", "."): value for name, value in block}, f"line {begin}")
