"""Which words of a table or of JSON nobody reads: what a person may have written, and no text, title or turn holds, is told.

Counted on the first records, by the column or key that the words stand under: what is read may be moved, cut or set aside
with its reason, but words that were never looked at would be lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from voc_engine.ingest.contract import quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.headers import names_reply
from voc_engine.ingest.tables.identity_columns import names_a_person
from voc_engine.ingest.tables.labelled_columns import is_label_column, is_of_notes, is_personal, is_written_beside
from voc_engine.ingest.tables.record_shapes import DEEPEST
from voc_engine.ingest.tables.texts import reads_free
from voc_engine.records import Skipped

# What the words are held against: records looked at, and the words of a text that may be a sentence. Titles of products,
# addresses and names of files stay below, or are not written as phrases are.
LOOKED_AT = 200
# What an account calls the entries of a list in a record, and what stands in the file beside the list of records.
LIST, BESIDE = "list", "beside the records:"
# words; at five "Plan a month ahead." was lost, at four no file of the tests and cases is asked about wrongly
_SENTENCE = 4
# a choice: of a sentence's words so many are letters only; ids, paths and programs' lines have digits and marks
_PLAIN_SHARE = 0.7
_SHARE = 0.03  # a choice: of all words that are read: less is a remark at the edge (the topic of a room)
_DIFFERENT = 0.5  # a choice: of the texts; what returns is a choice or a form's
_SAME = 0.8  # a choice: of the rows of two columns hold the same words
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?…)\"”'’]*|[(\"“‘'¿¡][^\W\d_]+[.,;:!?…)\"”'’]*")
_WORD = re.compile(r"\w+")


@dataclass
class Account:
    """``read_words`` counts what is read; ``unread`` are the texts that are not, by the column or key they stand under."""

    records: int = 0
    read_words: int = 0
    unread: dict[str, list[str]] = field(default_factory=dict)

    def add(self, texts: Iterable[tuple[str, str]], read: Iterable[str]) -> None:
        """One record: its texts by column or key, and those that are read of it."""
        said = "\n".join(dict.fromkeys(map(folded, read)))
        self.records += 1
        self.read_words += len(said.split())
        for path, text in texts:
            if _is_sentence(text) and folded(text) not in said:
                self.unread.setdefault(path, []).append(text)

    def told(self) -> Iterator[tuple[str, list[str]]]:
        """(column or key, texts) where a person may have written what is not read, and it is no small share."""
        for path, texts in self.unread.items():
            words = sum(len(text.split()) for text in texts)
            different = set(texts)
            # A list's entries are of many kinds, of which one may be a sentence; a column's are all of one.
            single = len(texts) == 1 and (self.records == 1 or path.startswith((LIST, BESIDE)))
            several, free = len(different) > 1 or single, single or reads_free(sorted(different))
            if several and free and len(different) >= _DIFFERENT * len(texts) and words >= _SHARE * self.read_words:
                yield path, texts


def folded(text: str) -> str:
    """The words of a text, however it is marked up, cut and punctuated."""
    return " ".join(_WORD.findall(plain(text).casefold()))


def same_words(cells: Sequence[str], others: Sequence[str]) -> bool:
    """Whether nearly every row's cell is part of the other one, or holds it ("body" beside "body without quotations")."""
    pairs = [(folded(one), folded(two)) for one, two in zip(cells[:LOOKED_AT], others[:LOOKED_AT], strict=True)]
    pairs = [(one, two) for one, two in pairs if one and two]
    return bool(pairs) and sum(one in two or two in one for one, two in pairs) >= _SAME * len(pairs)


def texts_in(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(dotted key, text) of every string in a JSON value; the entries of a list stand under the list's key."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict) and depth <= DEEPEST:
        for key, inner in value.items():
            yield from texts_in(inner, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list) and depth <= DEEPEST:
        for inner in value:
            yield from texts_in(inner, path, depth + 1)


def is_known(path: str, mapping: ColumnMap | None = None) -> bool:
    """Whether it is known why words under a header are not read: labels, notes, what staff or a machine wrote, contacts."""
    leaf = path.rpartition(".")[2]
    return (
        (mapping is not None and path in mapping.unused)
        or is_label_column(leaf)
        or is_written_beside(leaf)
        or is_of_notes(leaf)
        or is_personal(leaf)
        or names_a_person(leaf)
        or names_reply(path)
    )


def columns_read(mapping: ColumnMap) -> list[str]:
    """The columns whose words reach a document, or are told of on their own."""
    keys = (mapping.by_key[key] for key in ("title", "reply", "question") if key in mapping.by_key)
    return [*(column for column, _ in mapping.texts), *keys, *mapping.noted, *mapping.doubtful]


def account_of_rows(rows: Sequence[Mapping[str, str]], mapping: ColumnMap, known: Sequence[str] = ()) -> Account:
    """The account of a table by its columns; ``known`` are columns that are told of elsewhere."""
    account = Account()
    used = columns_read(mapping)
    for cells in rows[:LOOKED_AT]:
        texts = (
            (c, cell) for c, cell in cells.items() if c not in used and c not in known and not is_known(c, mapping)
        )
        account.add(texts, [cells.get(column, "") for column in used])
    return account


def told_unread(source: SourceFile, where: str, account: Account, used: str) -> Iterator[Skipped]:
    """One Skipped for each column or key of unread words; ``used`` names the columns that are read, for the key to paste."""
    for path, texts in account.told():
        words = sum(len(text.split()) for text in texts)
        to_do = f'columns = {{ text = "{used} + {path}" }} takes it too, {{ text = "{used}" }} leaves it out'
        if not used or path.startswith((LIST, BESIDE)):
            to_do = "export these as a file of their own, a row per entry with who wrote it, or take them out"
        yield quarantine(
            source,
            path if path.startswith((LIST, BESIDE)) else f"{where}, {path}",
            "words that a person may have written and that are not read",
            expected="people's words in the columns and lists that are read",
            found=f"{len(texts)} texts with {words} words, such as: {texts[0]}",
            to_do=to_do,
        )


def _is_sentence(text: str) -> bool:
    words = text.split()
    if len(words) < _SENTENCE or text.lstrip().startswith(("{", "[{")):
        return False
    shown = plain(text).split() if "<" in text else words
    return sum(bool(_PLAIN_WORD.fullmatch(word)) for word in shown) >= _PLAIN_SHARE * len(shown) > 0
