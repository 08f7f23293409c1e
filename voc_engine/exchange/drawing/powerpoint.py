"""Sheets as slides: every panel is a native shape with editable text, every title a real title, notes for the speaker."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from voc_engine.exchange.drawing.office_package import same_bytes
from voc_engine.exchange.drawing.shapes import HEIGHT, PALETTE, WIDTH, Panel, Paragraph, Rule, Run, Sheet, hex_of
from voc_engine.exchange.drawing.typesetting import BULLET, leading
from voc_engine.exchange.plain_text import plain

FONT = "Arial"
QUOTE_NAME = "Quote "
MOST = 255  # characters of a property
_SHAPES = {"box": MSO_SHAPE.RECTANGLE, "rounded": MSO_SHAPE.ROUNDED_RECTANGLE, "disc": MSO_SHAPE.OVAL}
_ANCHORS = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
_ALIGN = {"left": PP_ALIGN.LEFT, "centre": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
_TITLE_ONLY = 5  # of the layouts of python-pptx's own template
_ROUNDING = 8.0  # points, whatever the size of the panel
# Where the palette stands in the slides' theme: who changes the theme's colours changes the deck.
_THEME = {"dk1": "ink", "lt1": "white", "dk2": "muted", "lt2": "soft", "accent1": "pain_point", "accent2": "goal",
          "accent3": "objection", "accent4": "request", "accent5": "delight", "accent6": "trigger"}  # fmt: skip


def slides(sheets: Sequence[Sheet], title: str, subject: str, stamp: datetime) -> bytes:
    """A presentation of 16:9. ``stamp`` stands in its properties: never the clock, so that bytes stay the same."""
    deck = Presentation()
    _wide(deck)
    _themed(deck)
    properties = deck.core_properties
    properties.title, properties.subject = plain(title)[:MOST], plain(subject)[:MOST]
    properties.author = "voc_engine"
    properties.created = properties.modified = stamp
    properties.last_modified_by, properties.revision = "voc_engine", 1
    layout = deck.slide_layouts[_TITLE_ONLY]
    for sheet in sheets:
        _slide(deck.slides.add_slide(layout), sheet)
    sink = io.BytesIO()
    deck.save(sink)
    return same_bytes(sink.getvalue())


def _wide(deck: Any) -> None:
    """The template is 4:3: its layouts are stretched, so that slides that people add later look right as well."""
    stretch = Pt(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            box = (shape.left, shape.top, shape.width, shape.height)
            shape.left, shape.top = round(box[0] * stretch), box[1]
            shape.width, shape.height = round(box[2] * stretch), box[3]


def _themed(deck: Any) -> None:
    """Our typeface and colours in the theme, in place of the template's."""
    for relation in deck.slide_master.part.rels.values():
        if relation.reltype.endswith("/theme"):
            xml = relation.target_part.blob.decode("utf-8")
            xml = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", xml)
            for slot, name in _THEME.items():
                xml = re.sub(rf"<a:{slot}>.*?</a:{slot}>", _slot(slot, name), xml, flags=re.DOTALL)
            relation.target_part._blob = xml.encode("utf-8")


def _slot(slot: str, name: str) -> str:
    return f'<a:{slot}><a:srgbClr val="{PALETTE[name]}"/></a:{slot}>'


def _slide(slide: Any, sheet: Sheet) -> None:
    if sheet.background != "white":
        fill = slide.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(hex_of(sheet.background))
    title = slide.shapes.title
    title.left, title.top = Pt(sheet.title.x), Pt(sheet.title.y)
    title.width, title.height = Pt(sheet.title.width), Pt(sheet.title.height)
    title.name = "Title"
    _written(title.text_frame, sheet.title)
    for shape in sheet.shapes:
        if isinstance(shape, Rule):
            _rule(slide, shape)
        else:
            _panel(slide, shape)
    if sheet.notes:
        slide.notes_slide.notes_text_frame.text = plain("\n".join(sheet.notes))


def _rule(slide: Any, rule: Rule) -> None:
    line = slide.shapes.add_connector(
        MSO_CONNECTOR.STRAIGHT, Pt(rule.x1), Pt(rule.y1), Pt(rule.x2), Pt(rule.y2)
    )  # fmt: skip
    line.line.color.rgb = RGBColor.from_string(hex_of(rule.colour))
    line.line.width = Pt(rule.weight)
    _bare(line)


def _panel(slide: Any, panel: Panel) -> None:
    box = Pt(panel.x), Pt(panel.y), Pt(panel.width), Pt(panel.height)
    if panel.fill is None and panel.line is None:
        shape = slide.shapes.add_textbox(*box)
    else:
        shape = slide.shapes.add_shape(_SHAPES[panel.shape], *box)
        _bare(shape)
        if panel.shape == "rounded":
            shape.adjustments[0] = min(_ROUNDING / min(panel.width, panel.height), 0.5)
        _coloured(shape, panel)
    name = f"{QUOTE_NAME}{panel.mention_id}" if panel.mention_id else plain(panel.name)
    if name:
        shape.name = name
    _written(shape.text_frame, panel)


def _coloured(shape: Any, panel: Panel) -> None:
    if panel.fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(hex_of(panel.fill))
    else:
        shape.fill.background()
    if panel.line:
        shape.line.color.rgb = RGBColor.from_string(hex_of(panel.line))
        shape.line.width = Pt(1)
    else:
        shape.line.fill.background()


def _bare(shape: Any) -> None:
    """Without the template's style: it brings shadows and a colour of its own."""
    for style in shape._element.findall(qn("p:style")):
        shape._element.remove(style)


def _written(frame: Any, panel: Panel) -> None:
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = _ANCHORS[panel.anchor]
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(panel.padding)
    for number, paragraph in enumerate(panel.paragraphs):
        _paragraph(frame.paragraphs[0] if number == 0 else frame.add_paragraph(), paragraph, first=number == 0)


def _paragraph(target: Any, paragraph: Paragraph, *, first: bool) -> None:
    size = max((run.size for run in paragraph.runs), default=12.0)
    target.alignment = _ALIGN[paragraph.align]
    target.line_spacing = Pt(leading(size))
    target.space_before, target.space_after = Pt(0 if first else paragraph.before), Pt(0)
    if paragraph.bullet:
        _bulleted(target, BULLET * size / 12, paragraph.runs[0].colour)
    for run in paragraph.runs:
        _run(target, run)


def _bulleted(target: Any, indent: float, colour: str) -> None:
    properties = target._p.get_or_add_pPr()
    properties.set("marL", str(Pt(indent)))
    properties.set("indent", str(-Pt(indent)))
    for xml in (
        f'<a:buClr {nsdecls("a")}><a:srgbClr val="{hex_of(colour)}"/></a:buClr>',
        f'<a:buFont {nsdecls("a")} typeface="Arial"/>',
        f'<a:buChar {nsdecls("a")} char="•"/>',
    ):
        properties.append(parse_xml(xml))


def _run(target: Any, run: Run) -> None:
    if run.page_number:
        _page_field(target, run)
        return
    for number, line in enumerate(plain(run.text).split("\n")):
        if number:
            target.add_line_break()
        text_run = target.add_run()
        text_run.text = line
        face = text_run.font
        face.size, face.bold, face.italic, face.name = Pt(run.size), run.bold, run.italic, FONT
        face.color.rgb = RGBColor.from_string(hex_of(run.colour))


def _page_field(target: Any, run: Run) -> None:
    """A field, not a figure: slides are moved about."""
    xml = (
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="en-US" sz="{round(run.size * 100)}">'
        f'<a:solidFill><a:srgbClr val="{hex_of(run.colour)}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/></a:rPr><a:t>‹#›</a:t></a:fld>'
    )
    target._p.append(parse_xml(xml))
