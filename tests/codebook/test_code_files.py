"""Codes from files: one's own, and those that other tools write."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from voc_engine.codebook.code_files import read_codes
from voc_engine.errors import ConfigError

QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Tool 1"><Codes>
<Code guid="{AA-1}" name="Price" isCodable="true"><Description>What it costs</Description>
<Code guid="AA-2" name="Renewal" isCodable="true"/></Code></Codes></CodeBook>"""
NVIVO = "Hierarchical Name\tDescription\tFiles\nCodes\\\\Price\tWhat it costs\t3\nCodes\\\\Price\\Renewal\t\t1\n"


def read(folder: Path, name: str, content: str | bytes) -> dict[str, tuple[str, str]]:
    """Name -> (definition, name of the code above)."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    codes = read_codes(path)
    names = {one.code_id: one.name for one in codes}
    return {one.name: (one.definition, names.get(one.above or "", "")) for one in codes}


def workbook(*rows: tuple[str, ...]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def test_a_toml_file_says_all_that_a_code_can_say(tmp_path: Path) -> None:
    (tmp_path / "codes.toml").write_text(
        '[[codes]]\nname = "Price"\ndefinition = "What it costs"\ninclude = ["fees", "renewals"]\n'
        'exclude = "taxes"\nexamples = ["It is too dear."]\n\n[[codes]]\nname = "Renewal"\nabove = "Price"\nid = "r-1"\n'
    )
    price, renewal = read_codes(tmp_path / "codes.toml")
    assert (price.include, price.exclude, price.examples) == (("fees", "renewals"), ("taxes",), ("It is too dear.",))
    assert renewal.above == price.code_id


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("codes.csv", "Code,Definition,Parent code\nPrice,What it costs,\nRenewal,,Price\n"),
        ("codes.csv", "Code;Definition\nPrice;What it costs\nPrice > Renewal;\n"),
        ("codes.xlsx", workbook(("Code", "Memo"), ("Price", "What it costs"), ("Price > Renewal", ""))),
        ("nodes.txt", NVIVO), ("nodes.txt", NVIVO.encode("utf-16")),
        ("codes.qdc", QDC),
    ],
)  # fmt: skip
def test_every_tool_s_list_gives_the_same_tree(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert read(tmp_path, name, content) == {"Price": ("What it costs", ""), "Renewal": ("", "Price")}


def test_a_definition_that_changes_leaves_the_code_the_same(tmp_path: Path) -> None:
    for definition in ("What it costs", "Money"):
        read(tmp_path, "codes.csv", f"code,definition\nPrice,{definition}\n")
        (code,) = read_codes(tmp_path / "codes.csv")
        (tmp_path / "ids").open("a").write(code.code_id + "\n")
    assert len(set((tmp_path / "ids").read_text().split())) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("codes.csv", "colour,size\nred,3\n", "no column of codes"), ("codes.csv", "code\n", "no codes"),
        ("codes.csv", "code\nPrice\nPrice\n", "stands twice"), ("codes.toml", "[[codes]]\nnam = 'x'\n", "'nam'"),
        ("codes.toml", "x = ", "not valid TOML"), ("codes.qdc", "<CodeBook/>", "no codes"), ("codes.xlsx", "x", "no Excel"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_codebook_says_why(tmp_path: Path, name: str, content: str, told: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read(tmp_path, name, content)
    assert told in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_codes(tmp_path / "none.csv")
