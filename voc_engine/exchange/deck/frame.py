"""What every sheet of the deck shares: its frame, quotes, bars, and the words for counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voc_engine.exchange.drawing.shapes import WIDTH, Panel, Paragraph, Rule, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import fits, fitted, set_height
from voc_engine.exchange.plain_text import one_line, shortened
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.exchange.said import said_by
from voc_engine.language.tokens import parts
from voc_engine.records import Insight
from voc_engine.report import wording
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes
from voc_engine.report.report_frame import Frame

LEFT, RIGHT, TOP, FOOT = 48.0, WIDTH - 48.0, 118.0, 496.0
WHOLE = RIGHT - LEFT
CUTS = 24  # steps in which a quote that is too long is made shorter
SHORT_WORD = 3  # letters; shorter ones are mostly articles and prepositions
SMALLEST = 9.0  # points, of a quote
LEAST_TYPE = 0.74  # of its size: smaller words are not read on a wall
_HALF_WORD = re.compile(r"(?<=\S)\s+\S*…$")  # half a word before the mark that something was left away
Shapes = list[Panel | Rule]


@dataclass(frozen=True)
class Deck:
    """One run as the sheets need it: the view, and the report's own way of choosing and wording."""

    view: RunView

    @cached_property
    def quotes(self) -> Quotes:
        return Quotes(self.view.evidence, Places(self.view.evidence))

    @property
    def frame(self) -> Frame:
        """Whom the report is made for."""
        return self.quotes.places.frame

    def sheet(self, key: str, kicker: str, title: str, shapes: Sequence[Panel | Rule], notes: Sequence[str] = (),
              colour: str = "accent") -> Sheet:  # fmt: skip
        """A sheet with its kicker, title and foot."""
        heading = fitted(Panel(LEFT, 46, WHOLE, 62, (plain(one_line(title), 25, bold=True),), name="Title"))
        above = Panel(LEFT, 26, WHOLE, 16, (plain(kicker.upper(), 10.5, colour, bold=True),), name="Kicker")
        return Sheet(key, heading, (above, *shapes, *self._foot()), tuple(notes))

    def _foot(self) -> Shapes:
        origin = f"{self.view.title} · {self.sample}"
        words = fitted(Panel(LEFT, 511, WHOLE - 60, 14, (plain(one_line(origin), 9, "muted"),), name="Foot"))
        number = Paragraph((Run("", 9, "muted", page_number=True),), align="right")
        return [Rule(LEFT, 505, RIGHT, 505), words, Panel(RIGHT - 50, 511, 50, 14, (number,), name="Page")]

    @cached_property
    def sample(self) -> str:
        """ "200 people in 568 documents, 5 Jan to 28 Jun 2026 · run-0123456789ab"."""
        view = self.view
        dates = f", {view.dates}" if view.dates else ""
        documents = wording.count(len(view.documents), "document")
        return f"{wording.people(view.n_people)} in {documents}{dates} · {view.run_id}"

    def voices(self, insight: Insight, most: int = 2) -> list[Quote]:
        """Words of different people that tell more than the insight's own statement, where there are such."""
        same = parts(insight.statement)
        ranked = sorted(
            self.view.quotes_of[insight.insight_id],
            key=lambda one: (not wording.tells(one.words), parts(one.words) == same,
                             not _content(one.words) & _content(insight.statement),
                             -one.mention.probability, one.mention.mention_id),
        )  # fmt: skip
        chosen: dict[str, Quote] = {}
        for quote in ranked:
            chosen.setdefault(quote.mention.person_id, quote)
        return list(chosen.values())[:most]


def _content(words: str) -> set[str]:
    """Words that are long enough to mean something."""
    return {one for one in parts(words) if len(one) > SHORT_WORD}


def kept_together(words: str) -> str:
    """With blanks at which no line breaks: a count is read in one piece."""
    return words.replace(" ", "\u00a0")


def quote_panel(quote: Quote, x: float, y: float, width: float, height: float, size: float = 15) -> Panel:
    """The exact words between quotation marks and nothing else: a reader of the file finds the quote by its panel.

    Type is made smaller first; what then does not fit is cut, and ends in "…".
    """
    return words_panel(quote.words, quote.mention.mention_id, Panel(x, y, width, height), size)


def words_panel(
    verbatim: str, mention_id: str, box: Panel, size: float, least: float = SMALLEST, colour: str = "ink"
) -> Panel:
    """Exact words in the box of ``box``, in type of ``size`` and not below ``least`` points; see ``quote_panel``."""
    words = one_line(verbatim)
    for length in (len(words), *range(len(words) - 1, 0, -max(len(words) // CUTS, 1))):
        cut = _HALF_WORD.sub("…", shortened(words, length)) if length < len(words) else words
        quoted = Paragraph((Run(f"“{cut}”", size, colour),))
        panel = fitted(replace(box, paragraphs=(quoted,), mention_id=mention_id), max(LEAST_TYPE, least / size))
        if fits(panel):
            break
    return replace(panel, height=min(set_height(panel.paragraphs, box.width) + 1, box.height))


def quote_card(quote: Quote, x: float, y: float, width: float, height: float, colour: str, size: float = 16) -> Shapes:
    """A quote with its bar and who said it; the card is as tall as its words, at most ``height``."""
    inner = width - 24
    words = quote_panel(quote, x + 18, y + 2, inner, height - 24, size)
    tall = min(set_height(words.paragraphs, inner), height - 24)
    who = Panel(x + 18, y + tall + 7, inner, 15, (plain(said_by(quote), 10.5, "muted"),), name="Who said it")
    return [
        Panel(x, y + 2, 4, tall + 18, fill=colour, name="Bar"),
        replace(words, height=tall + 2),
        fitted(who),
    ]


def card_height(quote: Quote, width: float, most: float, size: float = 16) -> float:
    """How tall ``quote_card`` makes it."""
    words = quote_panel(quote, 0, 0, width - 24, most - 24, size)
    return min(set_height(words.paragraphs, width - 24), most - 24) + 26


def heading(text: str, x: float, y: float, width: float, colour: str = "muted") -> Panel:
    """A small heading over a block."""
    return Panel(x, y, width, 15, (plain(text.upper(), 9.5, colour, bold=True),), name="Heading")


def text(
    x: float, y: float, width: float, height: float, *paragraphs: Paragraph, anchor: str = "top", name: str = ""
) -> Panel:
    """Words in a panel that is invisible, in type that fits."""
    return fitted(Panel(x, y, width, height, paragraphs, anchor=anchor, name=name))


def empty(deck_gap: str, x: float, y: float, width: float, height: float) -> Panel:
    """What is not known is said, not hidden."""
    return text(x, y, width, height, plain(deck_gap, 11, "muted", italic=True), name="Not known")


def bar(x: float, y: float, width: float, height: float, share: float, colour: str, low: float | None = None,
        high: float | None = None) -> Shapes:  # fmt: skip
    """A share in [0, 1] of ``width`` on its track, with the plausible range as a thin line where it is known."""
    shapes: Shapes = [Panel(x, y, width, height, fill="soft", name="Track")]
    if share > 0:
        shapes.append(Panel(x, y, max(width * min(share, 1.0), 1.5), height, fill=colour, name="Bar"))
    if low is not None and high is not None:
        middle, start, stop = y + height / 2, x + width * min(low, 1.0), x + width * min(high, 1.0)
        shapes += [
            Rule(start, middle, stop, middle, "ink", 1.0),
            Rule(start, middle - 3, start, middle + 3, "ink", 1.0),
            Rule(stop, middle - 3, stop, middle + 3, "ink", 1.0),
        ]
    return shapes
