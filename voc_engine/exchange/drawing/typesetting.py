"""How wide words are and where lines break, in the metrics of Helvetica, which Arial and Liberation Sans share.

Program, picture and paper break lines at the same words, so what fits in one fits in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics

from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Run

# Bold, italic -> the file of the face in font_roboto.
FACES = {
    (False, False): "Roboto",
    (True, False): "RobotoBold",
    (False, True): "RobotoItalic",
    (True, True): "RobotoBoldItalic",
}
LEADING = 1.22  # from line to line, in sizes
BULLET = 11.0  # how far lines behind a dot are set in, at size 12
SLACK = 0.97  # of a panel's width: programs round the widths of letters, each in its own way
WIDEST = 1000  # thousandths of the size: for letters of other scripts and emoji


@dataclass(frozen=True, slots=True)
class Line:
    """Runs that stand on one line. ``top`` is measured from the panel's inner edge, ``indent`` from the left."""

    runs: tuple[Run, ...]
    width: float
    top: float
    size: float
    indent: float
    align: str
    first: bool = False


def leading(size: float) -> float:
    return size * LEADING


@lru_cache(maxsize=4096)
def _width(character: str, bold: bool) -> int:
    try:
        code = character.encode("cp1252")[0]
    except UnicodeEncodeError:
        return WIDEST
    return int(pdfmetrics.getFont("Helvetica-Bold" if bold else "Helvetica").widths[code] or 0)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Points from the first letter to the end of the last."""
    return sum(_width(one, bold) for one in text) * size / 1000


def set_lines(paragraphs: Sequence[Paragraph], width: float) -> list[Line]:
    """The paragraphs broken into lines of at most ``width`` points."""
    return list(_set(tuple(paragraphs), width))


@lru_cache(maxsize=1024)
def _set(paragraphs: tuple[Paragraph, ...], width: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    top = 0.0
    for index, paragraph in enumerate(paragraphs):
        size = max((run.size for run in paragraph.runs), default=0.0)
        indent = BULLET * size / 12 if paragraph.bullet else 0.0
        top += paragraph.before if index else 0.0
        for number, runs in enumerate(_broken(paragraph.runs, width * SLACK - indent)):
            wide = sum(text_width(run.text, run.size, run.bold) for run in runs)
            lines.append(
                Line(tuple(runs), wide, top, size, indent, paragraph.align, first=number == 0 and paragraph.bullet)
            )
            top += leading(size)
    return tuple(lines)


def set_height(paragraphs: Sequence[Paragraph], width: float) -> float:
    """Points from the top of the first line to the foot of the last."""
    lines = set_lines(paragraphs, width)
    return lines[-1].top + leading(lines[-1].size) if lines else 0.0


def fits(panel: Panel) -> bool:
    inner = panel.width - 2 * panel.padding
    return set_height(panel.paragraphs, inner) <= panel.height - 2 * panel.padding + 0.5


def fitted(panel: Panel, least: float = 0.62) -> Panel:
    """The panel with its type made smaller, step by step and at most to ``least`` of its size, until it fits."""
    scale = 1.0
    smaller = panel
    while not fits(smaller) and scale > least:
        scale -= 0.04
        smaller = replace(panel, paragraphs=tuple(_scaled(one, scale) for one in panel.paragraphs))
    return smaller


def alike(panels: Sequence[Panel], least: float = 0.62) -> list[Panel]:
    """Panels that stand side by side, all in the type that the fullest of them needs."""
    scale = 1.0
    smaller = list(panels)
    while scale > least and not all(map(fits, smaller)):
        scale -= 0.04
        smaller = [
            replace(one, paragraphs=tuple(_scaled(paragraph, scale) for paragraph in one.paragraphs)) for one in panels
        ]
    return smaller


def as_many_as_fit(
    blocks: Iterable[Sequence[Paragraph]], width: float, height: float
) -> tuple[tuple[Paragraph, ...], int]:
    """Paragraphs of the first blocks that fit whole, and how many blocks they are."""
    fitting: list[Paragraph] = []
    count = 0
    for block in blocks:
        if set_height([*fitting, *block], width) > height:
            break
        fitting += block
        count += 1
    return tuple(fitting), count


def _scaled(paragraph: Paragraph, scale: float) -> Paragraph:
    runs = tuple(replace(run, size=round(run.size * scale * 2) / 2) for run in paragraph.runs)
    return replace(paragraph, runs=runs, before=paragraph.before * scale)


def _broken(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """Runs by line. A word that is wider than a line is broken within."""
    lines: list[list[Run]] = [[]]
    room = width
    for run in runs:
        for word in _words(run.text):
            wide = text_width(word, run.size, run.bold)
            if text_width(word.rstrip(), run.size, run.bold) > room and lines[-1]:
                lines.append([])
                room = width
            for fragment in _split_word(word, run, width) if wide > width else (word,):
                wide = text_width(fragment, run.size, run.bold)
                if wide > room and lines[-1] and fragment.strip():
                    lines.append([])
                    room = width
                _append(lines[-1], replace(run, text=fragment))
                room -= wide
    return lines


def _append(line: list[Run], run: Run) -> None:
    if line and replace(line[-1], text="") == replace(run, text=""):
        line[-1] = replace(line[-1], text=line[-1].text + run.text)
    else:
        line.append(run)


def _words(text: str) -> list[str]:
    """Words, each with the blank behind it."""
    words: list[str] = []
    for word in text.split(" "):
        if words:
            words[-1] += " "
        words.append(word)
    return [one for one in words if one]


def _split_word(word: str, run: Run, width: float) -> list[str]:
    fragments, room = [""], width
    for character in word:
        wide = text_width(character, run.size, run.bold)
        if wide > room and fragments[-1]:
            fragments.append("")
            room = width
        fragments[-1] += character
        room -= wide
    return fragments
