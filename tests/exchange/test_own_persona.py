"""A persona file as claims: whose line it is, under which heading, and what is set aside and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.errors import ConfigError
from voc_engine.exchange.own_persona.persona_files import read_personas
from voc_engine.records.claim import Claim

MARKDOWN = """---
name: Tess
---
# Our personas

## Tess the *tutor*
![portrait](tess.png)
Tess teaches violin from home. She sends invoices at night.

**Plan:** Solo

**Goals**
1. Free evenings

### Pains
| Pains | Goals |
|---|---|
| App is slow; logs her out | Paid on time |

## Dan
Pains: double bookings; no rooms
> “I can't see my Saturday” — Dan
"""


def lines(claims: list[Claim]) -> list[tuple[str, str, str]]:
    return [(one.persona, one.section, one.text) for one in claims]


def test_markdown_with_two_personas(tmp_path: Path) -> None:
    path = tmp_path / "personas.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    found = read_personas(path)
    assert lines(found.claims) == [
        ("Tess the tutor", "other", "Tess teaches violin from home."),
        ("Tess the tutor", "other", "She sends invoices at night."),
        ("Tess the tutor", "other", "Plan: Solo"),
        ("Tess the tutor", "goals", "Free evenings"),
        ("Tess the tutor", "pains", "App is slow"),
        ("Tess the tutor", "pains", "logs her out"),
        ("Tess the tutor", "goals", "Paid on time"),
        ("Dan", "pains", "double bookings"),
        ("Dan", "pains", "no rooms"),
        ("Dan", "quotes", "I can't see my Saturday"),
    ]
    assert [(one.attribute, one.value) for one in found.claims if one.attribute] == [("Plan", "Solo")]
    assert found.claims[3].place == "line 13"
    assert [one.reason for one in found.aside] == ["the persona's name", "a title", "a picture or a mark"]


@pytest.mark.parametrize(
    "table",
    [
        "persona,section,line\nTess,Goals,Free evenings\nTess,Pains,App is slow\nDan,Pains,Double bookings\n",
        "name;goals;pains\nTess;Free evenings;App is slow\nDan;;Double bookings\n",
        "\tTess\tDan\nGoals\tFree evenings\t\nPains\tApp is slow\tDouble bookings\n",
    ],
    ids=["a line a row", "a persona a row", "a section a row"],
)
def test_each_kind_of_table_says_the_same(tmp_path: Path, table: str) -> None:
    path = tmp_path / ("personas.tsv" if "\t" in table else "personas.csv")
    path.write_text(table, encoding="utf-8")
    assert sorted(lines(read_personas(path).claims)) == [
        ("Dan", "pains", "Double bookings"),
        ("Tess", "goals", "Free evenings"),
        ("Tess", "pains", "App is slow"),
    ]


def test_a_word_document_by_its_styles_and_table(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("Tess", 1)
    made.add_heading("Goals", 2)
    made.add_paragraph("Free evenings", style="List Bullet")
    table = made.add_table(rows=2, cols=2)
    for place, words in enumerate(("Pains", "App is slow", "Likes", "Cheap")):
        table.cell(place // 2, place % 2).text = words
    made.save(tmp_path / "tess.docx")
    found = read_personas(tmp_path / "tess.docx")
    assert lines(found.claims) == [
        ("Tess", "goals", "Free evenings"),
        ("Tess", "pains", "App is slow"),
        ("Tess", "delights", "Cheap"),
    ]


def test_a_workbook_with_a_persona_a_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for name, line in (("Tess", "App is slow"), ("Dan", "Double bookings")):
        sheet = book.create_sheet(name)
        sheet.append(["section", "line"])
        sheet.append(["Pains", line])
    del book["Sheet"]
    book.save(tmp_path / "personas.xlsx")
    found = read_personas(tmp_path / "personas.xlsx")
    assert lines(found.claims) == [("Tess", "pains", "App is slow"), ("Dan", "pains", "Double bookings")]


@pytest.mark.parametrize(("name", "text"), [("p.md", "# Tess\n\n---\n"), ("p.pdf", "x"), ("p.csv", "a,b,c\n1,2,3\n")])
def test_a_file_without_a_line_to_check_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        read_personas(tmp_path / name)
