"""From bytes to code points: which encoding, and what to do with bytes that do not belong to it."""

from __future__ import annotations

import codecs
import io
import re
from functools import lru_cache
from typing import BinaryIO

from voc_engine.config import SourceConfig
from voc_engine.errors import ConfigError
from voc_engine.ingest.source import WHOLE_FILE_LIMIT, SourceFile

# Undecodable bytes become lone surrogates, so that the row that holds them can be found and set aside by name
# instead of the whole file being refused or the bytes vanishing. A zero byte is no character of any text either.
BROKEN = re.compile("[\x00\ud800-\udfff]")
_UNDECODED = re.compile("[\ud800-\udfff]")
_MOST_ZEROS = 0.01
_HANDLER = "voc-mark-broken"
_SAMPLE = 1 << 18
_FEW_FOREIGN = 0.015
_SPARSE = 0.15
_WESTERN = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŸ“”„‘’‚–—…«»‹›¿¡€£§°ºª·•\u00a0²³½®©™")
_RUN = re.compile(r"[À-ÖØ-öø-ÿŒœŸ]{3}")
# Shares of zeros among every second byte of Latin text in UTF-16, and among the others.
_WIDE, _NARROW = 0.4, 0.1
_FEWEST_PAIRS = 4  # a choice: in less a zero in every second byte may be chance
_LAST_PLAIN = 0x7F  # of ASCII


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in broken), error.end


codecs.register_error(_HANDLER, _mark)


def _by_mark(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)) and len(head) % 4 == 0:
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark, Latin text in UTF-16 has a zero in every second byte.
    even, odd = head[0:4096:2], head[1:4096:2]
    enough = len(odd) >= _FEWEST_PAIRS
    if enough and odd.count(0) > _WIDE * len(odd) and even.count(0) < _NARROW * len(even):
        return "utf-16-le"
    enough = len(even) >= _FEWEST_PAIRS
    if enough and even.count(0) > _WIDE * len(even) and odd.count(0) < _NARROW * len(odd):
        return "utf-16-be"
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """True where a few damaged bytes stand among sound multi-byte characters, or among plain ASCII only."""
    text = sample.decode("utf-8", _HANDLER)
    broken = len(_UNDECODED.findall(text))
    sound = sum(1 for char in text if not char.isascii()) - broken
    # Sound multi-byte sequences hardly come about by chance, so a few outweigh more broken ones.
    return broken <= 4 * sound


def _reads_western(text: str) -> bool:
    """Whether foreign characters are those of Western European writing and stand one by one among plain letters.

    Cyrillic, Greek or Asian bytes taken for Windows-1252 stand in runs and hold signs that no such language writes.
    """
    if is_binary(text):
        return False  # two or four bytes to a character
    foreign = [char for char in text if not char.isascii()]
    return all(char in _WESTERN for char in foreign) and len(foreign) < _SPARSE * len(text) and not _RUN.search(text)


@lru_cache(maxsize=64)
def _guess(sample: bytes) -> str:
    """The encoding of bytes that are not sound UTF-8: damaged UTF-8, Windows-1252, or what charset-normalizer says."""
    if _mostly_utf8(sample):
        return "utf-8"
    try:
        sample.decode("cp1252")
        western = True
    except UnicodeDecodeError:
        western = False
    if western and sum(byte > _LAST_PLAIN for byte in sample) < _FEW_FOREIGN * len(sample):
        # Too little to judge by; a wrong multi-byte encoding would swallow plain letters.
        return "cp1252"
    if western and _reads_western(sample.decode("cp1252")):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample[: 1 << 16]).best()
    name = best.encoding if best is not None else "cp1252"
    # The detector calls short Western text by the names of its many near relatives; Windows-1252 holds them all.
    relatives = {
        "cp1252",
        "latin_1",
        "iso8859_15",
        "cp1250",
        "cp1254",
        "cp1257",
        "cp1258",
        "mac_roman",
        "cp850",
        "cp437",
    }
    return "cp1252" if western and (name in relatives or best is None) else name


def head_encoding(head: bytes) -> str:
    """Encoding judged by the beginning alone, for sniffing."""
    marked = _by_mark(head)
    if marked:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        return "utf-8"
    except UnicodeDecodeError:
        return _guess(head)


@lru_cache(maxsize=16)
def head_text(head: bytes) -> str:
    """The beginning of a file as text with LF line ends; broken bytes are lone surrogates."""
    decoder = codecs.getincrementaldecoder(head_encoding(head))(_HANDLER)
    return unify(decoder.decode(head).removeprefix("\ufeff"))


def _sound_utf8(source: SourceFile) -> tuple[bool, bytes]:
    """Whether the whole file is UTF-8, and the first stretch that is not (with its neighbourhood)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        while chunk := stream.read(1 << 20):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return False, chunk[max(0, error.start - _SAMPLE // 2) : error.start + _SAMPLE // 2]
    return True, b""


def encoding_of(source: SourceFile, options: SourceConfig) -> str:
    """The configured encoding, else the detected one. Reads the file once, in bounded memory.

    Raises ConfigError for a configured name that is no encoding.
    """
    if options.encoding:
        try:
            return codecs.lookup(options.encoding).name
        except LookupError as error:
            raise ConfigError(
                f"There is no encoding named {options.encoding!r}.", do="use utf-8, utf-16, windows-1252 ..."
            ) from error
    marked = _by_mark(source.head(4096))
    if marked:
        return marked
    sound, sample = _sound_utf8(source)
    return "utf-8" if sound else _guess(sample)


def open_text(source: SourceFile, encoding: str) -> io.TextIOWrapper:
    """The file as a stream of text, from the beginning of its part on; line ends as they are; broken bytes as lone
    surrogates."""
    raw: BinaryIO = source.open()
    if source.part is not None and source.part.number:
        raw.seek(source.part.start)
        encoding = encoding.removesuffix("-sig")
    return io.TextIOWrapper(raw, encoding=encoding, errors=_HANDLER, newline="")


def whole_text(source: SourceFile, options: SourceConfig, limit: int = WHOLE_FILE_LIMIT) -> str:
    """The file as one text with LF line ends, without byte-order mark. Raises SourceError for more than ``limit`` bytes."""
    data = source.read_whole(limit)
    text = data.decode(encoding_of(source, options), _HANDLER)
    return unify(text.removeprefix("\ufeff"))


def unify(text: str) -> str:
    """Line ends as LF; no other code point changes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_binary(text: str) -> bool:
    """Whether so many zero bytes stand in it that they are of the format, and not damage to a text."""
    return text.count("\x00") > _MOST_ZEROS * len(text)


def is_broken(text: str) -> bool:
    """Whether the text holds bytes that could not be decoded, half a surrogate pair or a zero byte."""
    return BROKEN.search(text) is not None
