"""A study of nine people that runs in seconds, and the command line as a user sees it."""

from __future__ import annotations

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

REVIEWS = """id,author,email,date,rating,plan,review
1,Maren Vos,,2026-01-04,2,Pro,"The export button does not work. I copy every row by hand, which takes two hours."
2,Tom Reed,tom.reed@example.org,2026-01-05,1,Free,"Export is broken again. I cannot export my bookings. Tom Reed"
3,Ida Lund,,2026-01-09,5,Pro,"I love the calendar view. It is easy to see the whole week."
4,Paul Roe,,2026-02-01,3,Free,"I wish there was a dark mode. My eyes hurt at night 😀."
5,Rosa Diaz,,2026-02-03,2,Free,"It is too expensive for a small studio. Write to rosa@example.org or +49 30 1234567."
6,Kofi Boateng,,2026-02-11,1,Pro,"The app crashes every time I open the invoice page."
7,Lena Beck,,2026-03-01,4,Pro,"I want to send invoices faster so that I get paid on time."
8,Omar Sy,,2026-03-02,1,Free,"The export does not work and support never answers."
"""
MORE_REVIEWS = """id,author,email,date,rating,plan,review
21,Nils Berg,,2026-03-11,1,Free,"The import loses every second customer. It takes me a whole day to repair that."
22,Ida Lund,,2026-03-12,5,Pro,"I love the new colours."
"""
TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Nadia Ferrante>What gets in the way when you plan your week, Yusuf?

00:00:05.000 --> 00:00:12.000
<v Yusuf Marchetti>I have to type every booking twice. It takes me an hour every evening.

00:00:13.000 --> 00:00:15.000
<v Nadia Ferrante>And what do you want instead?

00:00:16.000 --> 00:00:22.000
<v Yusuf Marchetti>I want the calendar to sync by itself so that I can go home earlier.
"""
MORE_TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Nadia Ferrante>What has changed since March?

00:00:05.000 --> 00:00:12.000
<v Yusuf Marchetti>The sync fails every night. I have to type every booking twice.
"""
CONFIG = """[study]
name = "Tiny"

[[sources]]
path = "reviews*.csv"
kind = "review"
attributes = ["plan"]

[[sources]]
path = "*.vtt"
kind = "interview"
interviewers = ["Nadia Ferrante"]
"""


@dataclass(frozen=True)
class Outcome:
    """What a user sees of one command."""

    code: int
    out: str
    err: str


def run_voc(*arguments: str, folder: Path | None = None) -> Outcome:
    """``voc`` with these arguments in this process, where the heavy libraries are loaded once for all tests."""
    from voc_engine.cli import main

    out, err = io.StringIO(), io.StringIO()
    here = chdir(folder or Path.cwd())
    with patch.object(sys, "argv", ["voc", *arguments]), redirect_stdout(out), redirect_stderr(err), here:
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    assert isinstance(code, int)
    return Outcome(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class TinyStudy:
    """A study of nine people in a folder; its paths in ``voc.toml`` are relative."""

    root: Path

    @classmethod
    def create(cls, root: Path) -> TinyStudy:
        root.mkdir(parents=True)
        for name, text in (("reviews.csv", REVIEWS), ("talk.vtt", TALK), ("voc.toml", CONFIG)):
            (root / name).write_text(text, encoding="utf-8")
        return cls(root)

    def voc(self, *arguments: str) -> Outcome:
        """A command in the study's folder."""
        return run_voc(*arguments, folder=self.root)

    def add_reviews(self) -> None:
        """Two more reviews, one by a person who is known already."""
        (self.root / "reviews-2.csv").write_text(MORE_REVIEWS, encoding="utf-8")

    def add_talk(self) -> None:
        """One more interview, with the same person and the same interviewer; it comes last in the order of files."""
        (self.root / "talk-later.vtt").write_text(MORE_TALK, encoding="utf-8")

    def configure(self, section: str, line: str) -> None:
        """Add a line to the configuration, in a section of its own or in one that is there."""
        path = self.root / "voc.toml"
        text = path.read_text(encoding="utf-8")
        header = f"[{section}]\n"
        text = text.replace(header, f"{header}{line}\n") if header in text else f"{text}\n{header}{line}\n"
        path.write_text(text, encoding="utf-8")

    def parts(self) -> dict[str, int]:
        """Every file below .voc/parts with the time at which it was written."""
        root = self.root / ".voc" / "parts"
        return {
            path.relative_to(root).as_posix(): path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()
        }

    @property
    def run_id(self) -> str:
        """The latest run."""
        from voc_engine.store.workspace import Workspace

        return Workspace(self.root).latest()

    @property
    def report(self) -> Path:
        """The report folder of the latest run."""
        return self.root / "reports" / self.run_id

    def published(self) -> dict[str, bytes]:
        """Every file of the latest report."""
        return {
            path.relative_to(self.report).as_posix(): path.read_bytes()
            for path in sorted(self.report.rglob("*"))
            if path.is_file()
        }
