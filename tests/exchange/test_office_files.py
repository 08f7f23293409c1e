"""Slides, document, pages and pictures, opened by what did not write them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring
from hostile_run import hostile_view
from hostile_text import PAYLOADS
from pypdf import PdfReader

from voc_engine.exchange.deck.build import deck_of
from voc_engine.exchange.drawing.shapes import HEIGHT, WIDTH, Panel, plain
from voc_engine.exchange.drawing.typesetting import fits, set_lines, text_width
from voc_engine.exchange.handout import Handout
from voc_engine.exchange.pictures import Pictures
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.said import of_several
from voc_engine.exchange.slide_deck import SlideDeck
from voc_engine.exchange.word_report import WordReport
from voc_engine.testing import example_study, no_study

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = ["<script>window.__hit=1</script>", "\x00null", "😀\U0001f9d1\u200d🚀", "x" * 300, "line\u2028break", "]]>"]


def parts(chosen, view: RunView) -> dict[str, bytes]:
    ((_, content),) = chosen.write(view, frozenset()).files
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def slides(view: RunView):
    found = parts(SlideDeck(), view)
    names = sorted(
        (name for name in found if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    return [fromstring(found[name]) for name in names], found


def test_slides_are_native_shapes_with_a_title_each() -> None:
    pages, found = slides(RunView(example_study()))
    for page in pages:
        (title,) = [one for one in page.iter(f"{P}sp") if one.find(f".//{P}ph[@type='title']") is not None]
        assert "".join(one.text or "" for one in title.iter(f"{A}t")).strip()
        assert not list(page.iter(f"{P}pic"))
    assert not any(name.startswith("ppt/media") for name in found)


def test_a_finding_has_its_count_and_its_evidence_in_the_notes() -> None:
    pages, found = slides(RunView(example_study()))
    told = [" ".join(one.text or "" for one in page.iter(f"{A}t")) for page in pages]
    (finding,) = [one for one in told if one.startswith("export drops rows")]
    assert "of 4 people" in finding
    notes = b" ".join(content for name, content in found.items() if name.startswith("ppt/notesSlides/notes")).decode()
    assert "m-i-export-d-0" in notes
    assert "reviews.csv, row 2" in notes


def test_no_shape_leaves_its_sheet_and_no_words_leave_their_shape() -> None:
    for view in (RunView(example_study()), RunView(no_study()), hostile_view("x" * 300), hostile_view("word " * 120)):
        for sheet in deck_of(view):
            for one in (sheet.title, *sheet.shapes):
                if isinstance(one, Panel):
                    assert one.x >= -0.5, one
                    assert one.x + one.width <= WIDTH + 0.5, (sheet.key, one.name)
                    assert one.y + one.height <= HEIGHT + 0.5, (sheet.key, one.name)
                    assert fits(one) or one.mention_id is None, (sheet.key, one)


def test_lines_are_no_wider_than_their_panel_and_lose_no_word() -> None:
    words = "A long word: " + "W" * 80 + " and then some, with emoji 😀 and ünïcode between them " * 3
    lines = set_lines([plain(words, 12)], 150)
    assert all(text_width("".join(run.text for run in line.runs).rstrip(), 12) <= 150 for line in lines)
    assert "".join(run.text for line in lines for run in line.runs) == words


def test_the_document_has_real_headings_and_contents_that_lead_to_them() -> None:
    body = fromstring(parts(WordReport(), RunView(example_study()))["word/document.xml"])
    headings, links = [], []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        words = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        if style is not None and style.get(f"{W}val") in ("Heading1", "Heading2"):
            headings.append((words, paragraph.find(f"{W}bookmarkStart").get(f"{W}name")))
        links += [(words, one.get(f"{W}anchor")) for one in paragraph.iter(f"{W}hyperlink")]
    assert headings == links
    assert headings[0][0] == "In short"
    assert ("Annex: codebook", headings[-1][1]) == headings[-1]


@pytest.mark.parametrize(
    ("frame", "chapters", "told"),
    [
        ("research", ["Who took part", "What we found", "Personas"], ["sample", "ranking", "wishes", "personas"]),
        ("cx", ["What to mend", "Personas", "Who was heard"], ["ranking", "wishes", "personas", "objections", "sample"]),
        ("marketing", ["Personas", "What to act on", "Who was heard"],
         ["personas", "objections", "wishes", "ranking", "sample"]),
    ],
)  # fmt: skip
def test_a_frame_decides_the_order_of_slides_and_of_the_document(
    frame: str, chapters: list[str], told: list[str]
) -> None:
    study = example_study()
    config = study.config.model_copy(update={"report": study.config.report.model_copy(update={"frame": frame})})
    view = RunView(replace(study, config=config))
    keys = [one.key for one in deck_of(view)]
    assert [key for key in keys if key in ("sample", "ranking", "wishes", "personas", "objections")] == told
    assert (keys[:2], keys[-1]) == (["cover", "short"], "method")
    body = fromstring(parts(WordReport(), view)["word/document.xml"])
    tops = [
        "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        for paragraph in body.iter(f"{W}p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "Heading1"
    ]
    assert tops == ["In short", *chapters, "How this was made", "Annex: codebook"]


def test_pages_hold_their_words_and_quotes_lead_to_their_sources() -> None:
    ((_, content),) = Handout().write(RunView(example_study()), frozenset()).files
    pages = PdfReader(io.BytesIO(content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert "export drops rows" in text
    assert "😀" in text, "a letter that cannot be drawn is a box to the eye and itself to a search"
    links = {str(one.get_object()["/Contents"]) for page in pages for one in page.get("/Annots") or ()}
    listed = {one for one in links if f"{one}: P000" in text}
    assert links
    assert listed == links


def test_letters_that_cannot_be_drawn_are_counted() -> None:
    made = Handout().write(hostile_view("漢字"), frozenset())
    assert [one.count > 0 for one in made.not_carried if "no picture" in one.what] == [True]
    plainly = Handout().write(hostile_view("plain words"), frozenset())
    assert [one.count for one in plainly.not_carried if "no picture" in one.what] == [0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_picture_is_shapes_and_text_whatever_anybody_wrote(payload: str) -> None:
    known = {"svg", "title", "rect", "g", "line", "ellipse", "text", "tspan"}
    for path, content in Pictures().write(hostile_view(payload), frozenset()).files:
        tags = {one.tag.rpartition("}")[2] for one in fromstring(content).iter()}
        assert tags <= known, (path, tags - known)


@pytest.mark.parametrize("payload", HOSTILE)
def test_slides_and_document_hold_hostile_text_as_text(payload: str) -> None:
    for chosen in (SlideDeck(), WordReport()):
        found = parts(chosen, hostile_view(payload))
        for name, content in found.items():
            if name.endswith((".xml", ".rels")):
                fromstring(content)
        outside = [
            name for name, content in found.items() if name.endswith(".rels") and b'TargetMode="External"' in content
        ]
        assert not outside, "nothing that anybody wrote is a link"


def test_a_single_voice_does_not_stand_beside_what_several_say_unless_somebody_answered_it() -> None:
    several, alone, answered = (
        replace(RunView(example_study()).insights[0], insight_id=key, n_people=n)
        for key, n in (("several", 3), ("alone", 1), ("answered", 1))
    )
    assert of_several([several, alone, answered], {"answered": "an answer"}) == [several, answered]
    assert of_several([alone]) == [alone]
