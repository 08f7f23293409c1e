"""The built-in report formats, held to the kit."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import count

import pytest

from voc_engine.registry import names
from voc_engine.report.site import HtmlReport
from voc_engine.testing import ReportFormatKit


class Quotes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "q":
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "q"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


class TestHtml(ReportFormatKit):
    format = HtmlReport()

    def shown_quotes(self, path: str, content: bytes) -> list[str]:
        reader = Quotes()
        if path.endswith(".html"):
            reader.feed(content.decode())
            reader.close()
        return reader.found


def test_no_report_format_is_without_its_kit() -> None:
    assert names("report format") == [TestHtml.format.name]


class Careless(TestHtml):
    """A format with one fault at a time."""

    def __init__(self, fault: str) -> None:
        clock, inner = count(), HtmlReport()

        class Format:
            name = "careless" if fault == "name" else "careless.v1"

            def write(self, study: object) -> Iterator[tuple[str, bytes]]:
                for path, content in inner.write(study):  # type: ignore[arg-type]
                    if fault == "path":
                        path = f"/tmp/{path}"
                    if fault == "clock":
                        content += str(next(clock)).encode()
                    if fault == "quote":
                        content = content.replace(b"drops the last row", b"drops the last rows")
                    yield path, content

        self.format = Format()


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("name", "test_it_has_a_versioned_name"),
        ("path", "test_paths_are_relative_and_each_is_written_once"),
        ("clock", "test_the_same_study_gives_the_same_bytes_in_the_same_order"),
        ("quote", "test_quotes_are_exact"),
    ],
)
def test_the_kit_finds_the_fault(fault: str, test: str) -> None:
    with pytest.raises(AssertionError):
        getattr(Careless(fault), test)()
