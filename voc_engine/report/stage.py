"""The report stage: asks each configured format for its files. The runner writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from voc_engine.config.sections import ReportConfig
from voc_engine.errors import StageError
from voc_engine.registry import component
from voc_engine.report.contract import ReportFormat, Study


def run(study: Study, options: ReportConfig) -> Iterator[tuple[str, bytes]]:
    """Pairs of relative path and content, format by format in the configured order.

    Raises ConfigError for a format that is not registered, StageError where two formats write one file or a format
    names a file outside the report folder.
    """
    formats: list[ReportFormat] = [component("report format", name) for name in dict.fromkeys(options.formats)]
    written: dict[str, str] = {}
    for report_format in formats:
        for path, content in report_format.write(study):
            _check(path, report_format.name, written)
            written[path] = report_format.name
            yield path, content


def _check(path: str, name: str, written: dict[str, str]) -> None:
    relative = PurePosixPath(path)
    if not path or relative.is_absolute() or ".." in relative.parts or "\\" in path or ":" in relative.parts[0]:
        raise StageError(
            f"The report format {name} names a file outside the report folder.",
            found=repr(path),
            do="mend the format: paths are relative, with forward slashes",
        )
    if path in written:
        raise StageError(
            f"Two files of the report have the same name {path!r}.",
            found=f"written by {written[path]} and again by {name}",
            do="take one of the two formats out of [report] formats",
        )
