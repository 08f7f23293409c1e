"""The XML of office documents as a stream of events: no tree is built, so that a large part costs no memory."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.handler import ContentHandler

from voc_engine.errors import SourceError
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.unpack import check_document_archive, zip_member_stream


class Lines(ContentHandler):
    """Gathers a part's text as lines, and what is set aside as (reason, text).

    ``bold`` are the lines that are in bold type from end to end. Subclasses call ``say``, ``end_line``, ``put_aside`` and
    ``back`` from their element events.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.bold: set[int] = set()
        self.aside: list[tuple[str, str]] = []
        self._line: list[str] = []
        self._put: list[str] = []
        self._reason = ""
        self._depth = 0
        self._rows: list[list[int]] = []

    def say(self, text: str) -> None:
        """Text for the line, or for what is being set aside."""
        (self._put if self._reason else self._line).append(text)

    def end_line(self) -> None:
        if self._reason:
            self._put.append("\n")
        else:
            if self._line and self.is_bold(len(self._line)):
                self.bold.add(len(self.lines))
            self.lines.append("".join(self._line))
            self._line = []

    def is_bold(self, pieces: int) -> bool:
        """Whether all ``pieces`` of the line that ends are in bold type; a format that tells it overrides this."""
        return False

    def begin_row(self) -> None:
        """A table's row begins; the places of its cells among the lines are noted until ``end_row``."""
        self._rows.append([])

    def begin_cell(self) -> None:
        if self._rows:
            self._rows[-1].append(len(self.lines))

    def end_row(self) -> None:
        """A row whose cells hold a line each (the last one perhaps more) becomes one line with its cells as columns."""
        starts = self._rows.pop() if self._rows else []
        if self._reason or len(starts) <= 1:
            return
        cells = [self.lines[a:b] for a, b in pairwise([*starts, len(self.lines)])]
        if sum(1 for cell in cells if any(line.strip() for line in cell)) <= 1 or any(
            len(cell) > 1 for cell in cells[:-1]
        ):
            return
        self.bold = {n for n in self.bold if n < starts[0]}
        self.lines[starts[0] :] = ["\t".join([*("".join(cell) for cell in cells[:-1]), *cells[-1][:1]]), *cells[-1][1:]]

    def put_aside(self, reason: str) -> None:
        """From here to the matching ``back`` words are set aside; inside another stretch the outer one's reason holds."""
        self._depth += 1
        self._reason = self._reason or reason

    def back(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            text = "".join(self._put).strip()
            if text:
                self.aside.append((self._reason, text))
            self._put, self._reason = [], ""

    def text(self) -> str:
        return "\n".join(self.all_lines())

    def all_lines(self) -> list[str]:
        """All lines; an unfinished one belongs to them."""
        return [*self.lines, *(["".join(self._line)] if self._line else [])]


def members_of(source: SourceFile) -> list[str]:
    """Names in an office document whose archive and XML are sound. Raises SourceError."""
    with source.seekable() as stream:
        return check_document_archive(stream, source.name)


def read_part(source: SourceFile, member: str, handler: Lines) -> None:
    """Runs one XML member through ``handler``. Raises SourceError for a missing or damaged one."""
    from defusedxml import sax

    with source.seekable() as packed:
        try:
            with zip_member_stream(packed, member, source.name) as stream:
                sax.parse(stream, handler, forbid_dtd=True)
        except SourceError:
            raise
        except Exception as error:
            raise SourceError(
                f"{source.name} is damaged.",
                found=f"{member}: {error}",
                do="save it again from the program that made it",
            ) from error
