"""From blocks and rows to claims: whose persona a line belongs to, under which heading, and what is no claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from voc_engine.exchange.own_persona.blocks import Block
from voc_engine.exchange.own_persona.template_words import column_of, section_of
from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import words
from voc_engine.records.claim import Aside, Claim
from voc_engine.segment.sentences import sentence_spans

_PAIR = re.compile(r"(?P<name>[^:]{1,40}?)\s*:\s+(?P<value>\S.*)$", re.DOTALL)
_PARTS = re.compile(r"\s*(?:\n+|;|•|·)\s*")
_MARKS = "\"'“”‘’«»„ "
_SPOKEN_BY = re.compile(r"([\"”»])\s*(?:[-–—].*)?$")
_NAMES = ("name", "persona")
_LONGEST_NAME = 3  # words before a colon that may be a heading's; longer ones begin a sentence; a choice
_MOST_WORDS = 60  # a choice: a longer sentence is cut, since the encoder reads 128 pieces
_TEXTS = ("about", "other")
_FEW_HEADS, _PAIR_OF_COLUMNS = 0.5, 2  # of the cells of a head; two columns are a heading and what it says


@dataclass
class Brought:
    """The claims of a file in its order, and what was set aside."""

    claims: list[Claim] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)

    @property
    def personas(self) -> list[str]:
        """Names in order of first appearance."""
        return list(dict.fromkeys(one.persona for one in self.claims))


@dataclass
class _Place:
    persona: str
    section: str = "other"
    heading: str = ""


def claims_of_blocks(blocks: Iterable[Block], name: str) -> Brought:
    """``name`` is the persona's where the file tells none."""
    brought, all_blocks = Brought(), list(blocks)
    whose = _persona_level(all_blocks)
    at = _Place(name)
    for block in all_blocks:
        if block.kind in ("heading", "bold"):
            _turn(block, whose, at, brought)
        elif block.kind == "aside":
            brought.aside.append(Aside(block.place, block.text, block.reason))
        elif block.kind == "table":
            _table(block, at, brought)
        elif block.kind == "quote" or block.text[:1] in '"“„«':
            text = _SPOKEN_BY.sub(r"\1", block.text).strip(_MARKS)
            _add(brought, Claim(at.persona, text, block.place, "quotes", at.heading))
        elif block.kind == "item" or ":" in block.text:
            _line(block.text, block.place, at, brought)
        else:
            for sentence in _sentences(block.text):
                _add(brought, Claim(at.persona, sentence, block.place, at.section, at.heading))
    return brought


def claims_of_rows(rows: Sequence[tuple[str, Sequence[str]]], name: str) -> Brought:
    """``rows`` are (place, cells), the header first: a claim a row, a persona a row with sections as columns, or sections
    as rows with personas as columns."""
    brought = Brought()
    filled = [(place, [cell.strip() for cell in cells]) for place, cells in rows if any(cell.strip() for cell in cells)]
    if filled:
        _rows(filled, _Place(name), brought)
    return brought


def _persona_level(blocks: Sequence[Block]) -> int:
    """The level of the headings that name personas: the one above the sections', else the first one."""
    heads = [one for one in blocks if one.kind == "heading"]
    sections = [one.level for one in heads if section_of(one.text)]
    above = [one.level for one in heads if not section_of(one.text) and one.level < min(sections, default=99)]
    return max(above, default=0) if sections else min(above, default=0)


def _turn(block: Block, whose: int, at: _Place, brought: Brought) -> None:
    """A heading: a persona begins, or a section, or it is a title."""
    section = section_of(block.text)
    if block.kind == "heading" and block.level == whose and not (section and whose > 1):
        at.persona = _named(block.text) or at.persona
        at.section, at.heading = "other", ""
    elif block.kind == "heading" and block.level < whose:
        brought.aside.append(Aside(block.place, block.text, "a title"))
    elif section or block.kind == "heading":
        at.section, at.heading = section or at.section, block.text
    else:
        _line(block.text, block.place, at, brought)


def _named(heading: str) -> str:
    match = _PAIR.match(heading)
    return (match["value"] if match and " ".join(words(match["name"])) in _NAMES else heading).strip(_MARKS)


def _line(text: str, location: str, at: _Place, brought: Brought) -> None:
    """One item: "name: value", a section with its lines in one, or a claim."""
    match = _PAIR.match(text)
    if not match:
        for sentence in _sentences(text):
            _add(brought, Claim(at.persona, sentence, location, at.section, at.heading))
        return
    name, value = match["name"].strip(), match["value"].strip()
    few = len(name.split()) <= _LONGEST_NAME
    if " ".join(words(name)) in _NAMES:
        at.persona = value.strip(_MARKS)
        brought.aside.append(Aside(location, text, "the persona's name"))
    elif few and (section := section_of(name)):
        for item in _parts(value):
            _add(brought, Claim(at.persona, item.strip(_MARKS), location, section, name))
    elif few and at.section in _TEXTS:
        _add(brought, Claim(at.persona, text, location, at.section, at.heading, name, value))
    else:
        _add(brought, Claim(at.persona, text, location, at.section, at.heading))


def _table(block: Block, at: _Place, brought: Brought) -> None:
    rows = [(f"{block.place} row {number}", list(cells)) for number, cells in enumerate(block.rows, 1)]
    rows = [row for row in rows if any(cell.strip() for cell in row[1])]
    if rows:
        _rows(rows, at, brought)


def _rows(rows: Sequence[tuple[str, list[str]]], at: _Place, brought: Brought) -> None:
    header = rows[0][1]
    meaning = [column_of(cell) for cell in header]
    first = [cells[0] for _, cells in rows if cells]
    if ("line" in meaning and len(header) > 1) or meaning == ["line"]:
        _claim_a_row(rows[1:], meaning, at, brought)
    elif sum(section_of(cell) is not None for cell in header) > _FEW_HEADS * len(header) - 1 and any(
        section_of(cell) for cell in header[1:]
    ):
        _persona_a_row(rows, meaning, at, brought)
    elif sum(section_of(cell) is not None for cell in first) >= _FEW_HEADS * len(first):
        _section_a_row(rows, at, brought)
    elif len(header) <= _PAIR_OF_COLUMNS and at.section in _TEXTS:
        for location, cells in rows:
            pair = [cell for cell in cells if cell.strip()]
            _line(": ".join(pair), location, at, brought)
    else:
        for location, cells in rows:
            brought.aside.append(
                Aside(location, " | ".join(cells), "a table that names neither lines nor sections of personas")
            )


def _claim_a_row(
    rows: Sequence[tuple[str, list[str]]], meaning: Sequence[str | None], at: _Place, brought: Brought
) -> None:
    for location, cells in rows:
        by_meaning = {name: cell for name, cell in zip(meaning, cells, strict=False) if name and cell}
        if "line" not in by_meaning:
            brought.aside.append(Aside(location, " | ".join(cells), "a row without a line"))
            continue
        heading = by_meaning.get("section", at.heading)
        section = section_of(heading) or ("other" if "section" in by_meaning else at.section)
        here = _Place(by_meaning.get("persona", at.persona), section, heading)
        _line(by_meaning["line"].strip(_MARKS) if section == "quotes" else by_meaning["line"], location, here, brought)


def _persona_a_row(
    rows: Sequence[tuple[str, list[str]]], meaning: Sequence[str | None], at: _Place, brought: Brought
) -> None:
    header = rows[0][1]
    named = meaning.index("persona") if "persona" in meaning else None
    if named is None and not section_of(header[0]):
        named = 0
    for location, cells in rows[1:]:
        persona = cells[named] if named is not None and named < len(cells) and cells[named] else at.persona
        for column, cell in enumerate(cells[: len(header)]):
            if column == named or not cell:
                continue
            section = section_of(header[column])
            here = _Place(persona, section or "about", header[column])
            if section:
                for item in _parts(cell):
                    _line(item, location, here, brought)
            else:
                _add(brought, Claim(persona, f"{header[column]}: {cell}", location, "about", "", header[column], cell))


def _section_a_row(rows: Sequence[tuple[str, list[str]]], at: _Place, brought: Brought) -> None:
    """The first column names sections; a first row that does not names personas."""
    names = rows[0][1] if section_of(rows[0][1][0]) is None and len(rows[0][1]) > _PAIR_OF_COLUMNS else []
    for location, cells in rows[1:] if names else rows:
        section = section_of(cells[0])
        for column, cell in enumerate(cells[1:], 1):
            persona = names[column] if column < len(names) and names[column] else at.persona
            here = _Place(persona, section or "about", cells[0])
            for item in _parts(cell):
                if section:
                    _line(item, location, here, brought)
                else:
                    _add(brought, Claim(persona, f"{cells[0]}: {item}", location, "about", "", cells[0], item))


def _parts(cell: str) -> list[str]:
    """The lines of one cell."""
    parts = [re.sub(r"^\s*(?:[-*–]|\d{1,3}[.)])\s+", "", part).strip() for part in _PARTS.split(cell)]
    return [sentence for part in parts if part for sentence in _sentences(part)]


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text, _MOST_WORDS):
        if sentence := text[start:end].strip():
            yield sentence


def _add(brought: Brought, claim: Claim) -> None:
    if content_stems(claim.text) or claim.attribute:
        brought.claims.append(claim)
    elif claim.text:
        brought.aside.append(Aside(claim.place, claim.text, "no word that people could be heard on"))
