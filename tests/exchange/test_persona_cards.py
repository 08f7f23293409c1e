"""Persona cards as files of their own: what leaves, on which paper, in whose template, and what is refused."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hostile_run import hostile_view
from hostile_text import PAYLOADS
from PIL import Image
from pypdf import PdfReader
from tiny_study import TinyStudy

from voc_engine.config import Config
from voc_engine.config.sections import PersonasConfig
from voc_engine.errors import ConfigError
from voc_engine.exchange.cards.card_content import cards
from voc_engine.exchange.cards.card_export import PersonaCards, write_template
from voc_engine.exchange.cards.card_sheet import card_sheet, outline
from voc_engine.exchange.cards.card_template import (
    FIELDS,
    CardSettings,
    CardTemplate,
    default_files,
    load_template,
    parse_settings,
)
from voc_engine.exchange.drawing.shapes import Panel
from voc_engine.exchange.drawing.typesetting import fits
from voc_engine.exchange.run_view import RunView
from voc_engine.privacy.withholding import MARK, withhold
from voc_engine.testing import example_study


def written(chosen: PersonaCards, view: RunView | None = None) -> dict[str, bytes]:
    return dict(chosen.write(view or RunView(example_study()), frozenset()).files)


def kinds(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path.rpartition(".")[2]: content for path, content in files.items()}


def text_of(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode().partition("<body>")[2]).split())


def folder_with(folder: Path, settings: str = "", page: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in (("card.toml", settings), ("card.html", page)):
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_persona_leaves_as_one_file_a_format() -> None:
    assert list(written(PersonaCards())) == [
        f"persona-1-everyone-in-the-study.{one}" for one in ("html", "png", "svg", "pdf")
    ]
    some = PersonaCards().given({"format": ("pdf", "HTML", "pdf")})
    assert list(written(some)) == ["persona-1-everyone-in-the-study.pdf", "persona-1-everyone-in-the-study.html"]


@pytest.mark.parametrize(("paper", "points", "pixels"), [
    ("A4", (595.28, 841.89), (1587, 2245)), ("letter", (612, 792), (1632, 2112)),
])  # fmt: skip
def test_the_page_is_of_real_paper_and_the_picture_of_two_pixels_for_one(
    paper: str, points: tuple[float, float], pixels: tuple[int, int]
) -> None:
    files = kinds(written(PersonaCards().given({"paper": (paper,)})))
    (page,) = PdfReader(io.BytesIO(files["pdf"])).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(points, abs=0.01)
    assert "export drops rows" in page.extract_text().lower()
    with Image.open(io.BytesIO(files["png"])) as image:
        assert image.size == pixels
    assert f"size: {'Letter' if paper == 'letter' else 'A4'};" in files["html"].decode()


def test_words_in_the_vector_picture_are_words() -> None:
    root = fromstring(kinds(written(PersonaCards()))["svg"])
    told = " ".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Everyone in the study" in told
    assert not list(root.iter("{http://www.w3.org/2000/svg}image"))


def test_a_card_counts_its_people_and_says_how_old_it_is_and_when_to_look_again() -> None:
    study = replace(example_study(), config=Config(personas=PersonasConfig(review_after_days=30)))
    told = text_of(kinds(written(PersonaCards(), RunView(study)))["html"])
    for words in ("4 of 4 people", "4 documents", "As of 1 Apr 2026", "Due for review on 1 May 2026",
                  "Export drops rows 3 of 4", "Love the calendar 2 of 4"):  # fmt: skip
        assert words in told, words
    assert "close the month" not in told.partition("Love the")[0], "what one of four says is no line of the card"
    assert "Nothing that enough of them share: what they want" in told


def test_a_line_of_one_person_stands_where_the_template_says_so() -> None:
    template = CardTemplate(parse_settings("[card]\nleast_people = 1"))
    told = text_of(kinds(written(PersonaCards(template=template)))["html"])
    assert "Close the month in a day 1 of 4" in told
    assert "Not heard, or not read surely enough: what holds them back" in told


def test_nobody_is_quoted_who_did_not_consent() -> None:
    study = example_study()
    hidden = replace(study, tables=withhold(study.tables, frozenset({"P0003"})))
    for kind, content in kinds(written(PersonaCards(), RunView(hidden))).items():
        assert all(one.words != MARK for one in PersonaCards().shown(f"x.{kind}", content))
        assert b"rows are gone" not in content


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_anybody_wrote_stays_words(payload: str) -> None:
    files = kinds(written(PersonaCards(("html", "svg")), hostile_view(payload)))
    tags = {one.tag.rpartition("}")[2] for one in fromstring(files["svg"]).iter()}
    assert tags <= {"svg", "title", "rect", "g", "line", "ellipse", "text", "tspan", "polygon"}


def test_no_words_leave_their_shape_and_no_shape_the_page() -> None:
    for view in (RunView(example_study()), hostile_view("x" * 300), hostile_view("word " * 120)):
        for paper in ("A4", "Letter"):
            for one in cards(view, CardTemplate()):
                sheet = card_sheet(one, CardTemplate(), paper)
                for shape in (sheet.title, *sheet.shapes):
                    if isinstance(shape, Panel):
                        assert shape.x >= -0.5
                        assert shape.x + shape.width <= sheet.width + 0.5, shape.name
                        assert shape.y + shape.height <= sheet.height + 0.5, shape.name
                        assert fits(shape) or shape.mention_id is None, shape.name


def test_an_arc_of_the_mark_is_drawn_round() -> None:
    points = outline("M0 0H25A25 25 0 0 1 0 25Z")
    arc = [(x, y) for x, y in points if (x, y) != (0, 0)]
    assert all((x * x + y * y) ** 0.5 == pytest.approx(25) for x, y in arc)
    assert len(arc) > 8


def test_the_template_chooses_fields_order_words_and_colours(tmp_path: Path) -> None:
    settings = """
[card]
main = ["delights", "pains"]
side = []
[headings]
pains = "Where it <hurts>"
[words]
as_of = "Stand: {date}"
[colours]
delights = "#0B6E4F"
"""
    chosen = PersonaCards().given({"template": (str(folder_with(tmp_path / "own", settings)),)})
    files = kinds(written(chosen))
    told = text_of(files["html"])
    assert told.index("What they praise") < told.index("Where it &lt;hurts&gt;")
    assert "Stand: 1 Apr 2026" in told
    assert "Words they use" not in told
    for kind in ("html", "svg"):
        assert b"#0B6E4F" in files[kind]
    assert "WHERE IT <HURTS>" in PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()


def test_a_colour_of_ones_own_is_made_lighter_for_dark_screens_unless_it_is_given() -> None:
    settings = parse_settings("[colours]\naccent = '#0000FF'\ngoals = '#0000FF'\n[dark]\ngoals = '#123456'\n")
    assert (settings.dark.accent, settings.dark.goals) == ("#7373FF", "#123456")
    assert settings.dark.pains == CardSettings().dark.pains


def test_pictures_go_into_every_format_without_what_the_camera_wrote(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path / "own", '[logo]\nfile = "logo.png"\nsays = "Tidewell"\n[portraits]\n"p-everyone" = "dana.jpg"\n'
    )
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (900, 600), "#00FF00").save(folder / "dana.jpg", exif=exif)
    Image.new("RGBA", (40, 20), "#0000FF").save(folder / "logo.png")
    files = kinds(written(PersonaCards(template=load_template(folder))))
    assert files["html"].count(b"data:image/png;base64,") == 2
    assert b'alt="Tidewell"' in files["html"]
    assert len(list(fromstring(files["svg"]).iter("{http://www.w3.org/2000/svg}image"))) == 2
    assert len(PdfReader(io.BytesIO(files["pdf"])).pages[0].images) == 2
    with Image.open(io.BytesIO(files["png"])) as image:
        colours = {image.getpixel((place, 200)) for place in range(image.width)}
    assert any(green > 250 and red + blue < 10 for red, green, blue in colours)
    assert not any(b"taken at home" in content for content in files.values())


@pytest.mark.parametrize(("settings", "found", "do"), [
    ("[card]\nmain = ['gaols']", "gaols", "did you mean 'goals'?"),
    ("[card]\nlinse = 3", "", "did you mean 'lines'?"),
    ("[colours]\naccent = 'red'", "'red'", "pattern"),
    ("[card]\npaper = 'A5'", "'A5'", "'A4' or 'Letter'"),
    ("[words]\nas_of = 'on {day}'", "{day}", "it may hold {date}"),
    ("[words]\nas_of = '{date.__class__}'", "{date.__class__}", "it may hold {date}"),
    ("[logo]\nfile = '../logo.png'", "leads out of the template's folder", ".png"),
    ("[logo]\nfile = 'logo.svg'", "no such file", ".png"),
    ("[card\n", "line 1", "mend that line"),
])  # fmt: skip
def test_what_is_wrong_in_the_template_is_told(tmp_path: Path, settings: str, found: str, do: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_template(folder_with(tmp_path / "own", settings))
    assert found in error.value.found
    assert do in error.value.do


def test_a_folder_without_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no template"):
        load_template(tmp_path)


def test_a_page_of_ones_own_is_filled_with_escaping_and_verifies(tmp_path: Path) -> None:
    page = (
        "<h1>{{ card.name }}</h1>{% for one in card.quotes %}<p data-mention='{{ one.mention_id }}'>{{ one.words }}</p>"
        "{% endfor %}"
    )
    chosen = PersonaCards(("html",), template=load_template(folder_with(tmp_path / "own", page=page)))
    (content,) = written(chosen).values()
    assert b"The &lt;export&gt; drops" in content
    assert {one.words for one in chosen.shown("x.html", content)} >= {"I want to close it in a day."}


@pytest.mark.parametrize("page", [
    "{{ card.__class__.__mro__ }}", "{{ card.nothing }}", "{% if %}", "<img src='https://example.org/x.png'>",
    "<script>1</script>", "<p onclick='x'>", "<link rel=stylesheet href='x.css'>", "<style>@import 'x.css'</style>",
    "<p style=\"background: url(https://example.org/x)\">", "<a href='javascript:1'>",
])  # fmt: skip
def test_a_page_that_reaches_outside_is_refused(tmp_path: Path, page: str) -> None:
    chosen = PersonaCards(("html",), template=load_template(folder_with(tmp_path / "own", page=page)))
    with pytest.raises(ConfigError, match=r"card\.html"):
        written(chosen)


def test_the_template_to_edit_names_every_key_with_its_default() -> None:
    content = dict(default_files())["card.toml"].decode()
    keys = re.sub(r"^# (?=\w+ = )", "", content, flags=re.MULTILINE)
    told = tomllib.loads(keys)
    settings = CardSettings().model_dump(mode="json")
    for section in ("card", "words", "colours", "dark"):
        assert told[section] == settings[section]
    assert set(told["logo"]) == set(settings["logo"])
    listed = content.partition("# Fields: ")[2].partition(".\n")[0].replace("#", "")
    assert tuple(re.findall(r"\w+", listed)) == FIELDS


def test_the_written_template_names_the_personas_and_gives_the_same_cards(tmp_path: Path) -> None:
    view = RunView(example_study())
    write_template(tmp_path / "own", view)
    assert '# "p-everyone" = "picture.png"  # Everyone in the study' in (tmp_path / "own" / "card.toml").read_text()
    assert written(PersonaCards(template=load_template(tmp_path / "own"))) == written(PersonaCards())
    with pytest.raises(ConfigError, match="is there already"):
        write_template(tmp_path / "own", view)


@pytest.mark.parametrize("kind", ["html", "png", "svg"])
def test_a_card_that_went_out_alone_can_be_verified(first_run: TinyStudy, tmp_path: Path, kind: str) -> None:
    told = first_run.voc("export", "persona-cards", "--format", kind, "--out", str(tmp_path))
    assert told.code == 0, told.err
    checked = first_run.voc("verify", told.out.split()[0])
    assert checked.code == 0, checked.err


def test_the_verb_writes_cards_and_template_and_refuses_options_of_others(first_run: TinyStudy, tmp_path: Path) -> None:
    own = tmp_path / "own"
    told = first_run.voc("export", "persona-cards", "--write-template", str(own))
    assert told.code == 0, told.err
    told = first_run.voc(
        "export", "persona-cards", "--format", "pdf", "--template", str(own), "--out", str(tmp_path / "cards")
    )
    assert told.code == 0, told.err
    assert all(line.endswith(".pdf") for line in told.out.split())
    alone = first_run.voc("verify", told.out.split()[0])
    assert alone.code == 0, alone.err
    assert "Since the run before" not in PdfReader(told.out.split()[0]).pages[0].extract_text()
    told = first_run.voc("export", "csv", "--paper", "A4")
    assert (told.code, "has no option 'paper'" in told.err) == (2, True)
    told = first_run.voc("export", "persona-cards", "--paper", "A5")
    assert (told.code, "There is no paper 'A5'" in told.err) == (2, True)


def test_a_card_tells_what_changed_since_the_run_before(study: TinyStudy, tmp_path: Path) -> None:
    first = study.run_id
    study.add_reviews()
    assert study.voc("run", "voc.toml").code == 0
    told = study.voc("export", "persona-cards", "--format", "html", "--out", str(tmp_path / "new"))
    assert told.code == 0, told.err
    page = text_of(Path(told.out.split()[0]).read_bytes())
    assert "Since the run before" in page
    assert re.search(r"\b10 people, then 9 people \(documents to 2 Mar 2026\)\.", page), page
    # The older run says nothing of the newer one.
    told = study.voc("export", "persona-cards", first, "--format", "html", "--out", str(tmp_path / "old"))
    assert "Since the run before" not in text_of(Path(told.out.split()[0]).read_bytes())
