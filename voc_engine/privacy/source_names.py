"""Names of source files as the tables and pages show them: who is in a file's name is told by pseudonym."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from voc_engine.language.tokens import LETTERS
from voc_engine.privacy.masks import apply
from voc_engine.privacy.name_lists import SHORT_NAME, folded, is_word

# A file of more people bears nobody's name unless the name is no word besides.
_FEW = 5
_FILE_WORDS = frozenset(
    re.findall(
        r"\S+",
        "interview interviews review reviews ticket tickets post posts survey surveys transcript transcripts "
        "call calls session sessions notes data export csv vtt srt txt json jsonl docx xlsx pdf html md odt "
        "rtf gz zip parquet tsv xml mbox eml part final draft copy new old all the and with may",
    )
)


@dataclass(frozen=True)
class NamedSource:
    """A source file: pseudonym -> names of those who speak or write in it, and of others whom the study knows there."""

    source: str
    own: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)


def shown_sources(sources: Sequence[NamedSource]) -> dict[str, str]:
    """Source -> the name to show, for those whose name tells of a person. No two sources are shown by one name."""
    names: dict[str, str] = {}
    used = {one.source for one in sources}
    for source in sources:
        shown_name = _shown_name(source)
        if shown_name == source.source:
            continue
        number, free = 1, shown_name
        while free in used:
            number += 1
            free = _numbered(shown_name, number)
        used.add(free)
        names[source.source] = free
    return names


def _shown_name(source: NamedSource) -> str:
    parts = _parts(source.others, lambda word: not is_word(word))
    parts |= _parts(source.own, lambda word: len(source.own) <= _FEW or not is_word(word))
    spans = []
    for match in LETTERS.finditer(source.source):
        person = parts.get(folded(match.group()))
        if person is not None:
            spans.append((*match.span(), f"[{person}]"))
    # "dana_smith" is one person, not two.
    joined: list[tuple[int, int, str]] = []
    for start, end, mask in spans:
        if joined and joined[-1][2] == mask and re.fullmatch(r"[ _.,-]{1,2}", source.source[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end, mask)
        else:
            joined.append((start, end, mask))
    return apply(source.source, joined)[0]


def _parts(names: Mapping[str, str], wanted: Callable[[str], bool]) -> dict[str, str]:
    parts: dict[str, str] = {}
    for person, name in sorted(names.items(), reverse=True):
        for piece in LETTERS.findall(folded(name)):
            if len(piece) > SHORT_NAME and piece not in _FILE_WORDS and wanted(piece):
                parts[piece] = person
    return parts


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}).{ending}" if dot and "/" not in ending else f"{name} ({number})"
