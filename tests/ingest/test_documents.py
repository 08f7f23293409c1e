"""Word, OpenDocument, RTF, PDF and HTML files hold the same turns as their text; what is no speech is set aside."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest import explain

from .documents import as_docx, as_html, as_odt, as_pdf, as_rtf, odt_of, zipped
from .reading import options, put, read, said

LONG = "On paper: a wall calendar, because the app that we had lost every shift in May, and nobody ever told us why it did."
TURNS = [
    ("Dana Wells", (0, 0, 3), "How do you plan the week?"),
    ("Tom Reed", (0, 0, 7), LONG),
    ("Dana Wells", (0, 0, 41), "Does it “work” – naïvely asked?"),
    ("Tom Reed", (1, 2, 5), "Mostly."),
]


def _short(clock: tuple[int, int, int]) -> str:
    hours, minutes, seconds = clock
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


LAYOUTS = {
    "labels": [f"{name}: {text}" for name, _, text in TURNS],
    "otter": [line for name, at, text in TURNS for line in (f"{name}  {_short(at)}", text)],
    "one blank": [line for name, at, text in TURNS for line in (f"{name} {_short(at)}", text)],
    "stamps": ["[{:02}:{:02}:{:02}] {}: {}".format(*at, name, text) for name, at, text in TURNS],
    "zoom": [line for name, at, text in TURNS for line in ("[{}] {:02}:{:02}:{:02}".format(name, *at), text)],
    "teams": [line for name, at, text in TURNS for line in ("{}:{}:{}.100 --> 1:9:9.2".format(*at), name, text)],
}
WRITERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": as_docx,
    "odt": as_odt,
    "rtf": as_rtf,
    "html": as_html,
    "pdf": as_pdf,
}


@pytest.mark.parametrize("ending", sorted(WRITERS))
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_document_gives_the_turns_of_its_text(tmp_path: Path, layout: str, ending: str) -> None:
    lines = LAYOUTS[layout]
    (text,), _ = read(put(tmp_path, "a.txt", "\n".join(lines)))
    (talk,), skipped = read(put(tmp_path, f"a.{ending}", WRITERS[ending](lines)))
    roles = {"Dana Wells": "interviewer", "Tom Reed": "participant"}
    assert said(talk) == said(text) == [(name, roles[name], words) for name, _, words in TURNS]
    assert [u.time_ms for u in talk.utterances] == [u.time_ms for u in text.utterances]
    assert skipped == []


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_prose_in_a_document_is_one_unknown_voice(tmp_path: Path, ending: str) -> None:
    (talk,), skipped = read(put(tmp_path, f"a.{ending}", WRITERS[ending](["We moved in May.", "It rained twice."])))
    assert said(talk) == [(None, "unknown", "We moved in May.\nIt rained twice.")]
    assert skipped == []


def test_word_keeps_what_was_inserted_and_counts_what_was_not_said(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Tom Reed: It works.")
    made.sections[0].header.paragraphs[0].text = "Study 7"
    made.add_paragraph("Dana Wells: Does it?")
    stream = io.BytesIO()
    made.save(stream)
    change = (
        '<w:p><w:r><w:t xml:space="preserve">Tom Reed: It </w:t></w:r><w:del w:id="1"><w:r><w:delText>never</w:delText>'
        "</w:r></w:del><w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:t> works.</w:t></w:r></w:p>"
    )
    data = _changed(
        stream.getvalue(), "word/document.xml", lambda xml: xml.replace("<w:sectPr", change + "<w:sectPr", 1)
    )
    (talk,), skipped = read(put(tmp_path, "a.docx", data))
    assert [text for _, _, text in said(talk)] == ["It works.", "Does it?", "It always works."]
    assert sorted((one.reason, one.found) for one in skipped) == [("deleted text", "never"), ("page header", "Study 7")]


def test_word_gives_a_text_box_once(tmp_path: Path) -> None:
    box = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    data = as_docx(["We moved in May."])
    data = _changed(data, "word/document.xml", lambda xml: xml.replace("<w:sectPr", box + "<w:sectPr", 1))
    (talk,), _ = read(put(tmp_path, "a.docx", data))
    assert talk.document.text == "We moved in May.\nin the box"


def _changed(data: bytes, member: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    return zipped([(name, change(part.decode()).encode() if name == member else part) for name, part in parts])


def test_opendocument_lists_tables_headings_and_what_was_deleted(tmp_path: Path) -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>never</text:p></text:deletion>'
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Visit 3</text:h><text:p>It rains<text:change text:change-id="c1"/> often.'
        "<office:annotation><dc:creator>Ed</dc:creator><text:p>ask why</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>left</text:p></table:table-cell>"
        "<table:table-cell><text:p>right</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p>a<text:line-break/>b<text:s text:c="3"/>c<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>see below</text:p></text:note-body></text:note></text:p>"
    )
    (talk,), skipped = read(put(tmp_path, "a.odt", odt_of(body)))
    assert talk.document.text == "Visit 3\nIt rains often.\nfirst\nleft\tright\na\nb   c"
    assert [(one.reason, " ".join(one.found.split())) for one in skipped] == [
        ("deleted text", "never"),
        ("comment", "Ed ask why"),
        ("footnote", "1 see below"),
    ]


def test_rtf_code_pages_escapes_tables_and_what_nobody_said(tmp_path: Path) -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0 Arial;}}{\header Study 7\par}{\*\annotation look}"
        rb"\pard P\'f8\'edli\'9a drah\'e9 {\deleted old }\u8211? \u-10179?\u-8704? ok{\footnote see}.\par"
        rb"\trowd\cellx1\cellx2 a\cell b\cell\row\pard end\par}"
    )
    (talk,), skipped = read(put(tmp_path, "a.rtf", data))
    assert talk.document.text == "Příliš drahé – 😀 ok.\na\tb\nend"
    assert sorted((one.reason, one.found) for one in skipped) == [
        ("comment", "look"),
        ("deleted text", "old"),
        ("footnote", "see"),
        ("page header", "Study 7"),
    ]


HTML = """<!DOCTYPE html><html><head><title>Call 7 &amp; notes</title><style>p{color:red}</style>
<body><script>var a = "</p> said";</script><!-- hidden -->
<h1>Call 7</h1><div><b>Dana Wells</b> <span>0:03</span></div><p>How do<br>you plan?</p>
<div><b>Tom Reed</b> <span>0:09</span></div><p>On <i>paper</i> &mdash; 1 &lt; 2.</p>
<div><b>Dana Wells</b> <span>0:12</span></div><p>Why?</p>
"""


def test_a_saved_page_with_title_script_style_and_missing_closing_tags(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.html", HTML))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "How do\nyou plan?"),
        ("Tom Reed", "participant", "On paper — 1 < 2."),
        ("Dana Wells", "interviewer", "Why?"),
    ]
    assert talk.document.title == "Call 7 & notes"
    assert [(one.reason, one.count, one.found) for one in skipped] == [
        ("title of the page", 1, "Call 7 & notes"),
        ("script, style or comment of the page", 3, ""),
        ("heading and details before the talk", 1, "Call 7"),
    ]


def test_a_page_tells_its_code_page(tmp_path: Path) -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>Это работает.'
    )
    (talk,), _ = read(put(tmp_path, "a.html", page.encode("cp1251")))
    assert talk.document.text == "Это работает."


def test_a_table_of_a_page_is_read_by_columns(tmp_path: Path) -> None:
    rows = [("0:03", "Dana Wells", "Why?"), ("0:05", "Tom Reed", "It rained."), ("0:09", "Dana Wells", "And?")]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (talk,), _ = read(put(tmp_path, "a.html", f"<html><body><table>{table}</table></body></html>"))
    assert [(u.speaker, u.time_ms) for u in talk.utterances] == [
        ("Dana Wells", (3000,)),
        ("Tom Reed", (5000,)),
        ("Dana Wells", (9000,)),
    ]


def test_a_table_of_a_page_without_times_or_headings_is_a_talk_where_one_asks(tmp_path: Path) -> None:
    """A fault that was there: the first question was taken for a heading, and nobody spoke the other lines."""
    rows = [
        ("Dana Wells", "Why did you come by train?"),
        ("Tom Reed", "It rained and the bus was late."),
        ("Dana Wells", "And then?"),
        ("Tom Reed", "I walked up to the pottery."),
    ]
    table = "".join(f"<tr><td>{name}</td><td>{text}</td></tr>" for name, text in rows)
    (talk,), skipped = read(put(tmp_path, "a.html", f"<html><body><table>{table}</table></body></html>"))
    assert [(speaker, text) for speaker, _, text in said(talk)] == rows
    assert skipped == []


def test_pdf_running_heads_page_numbers_and_cut_words(tmp_path: Path) -> None:
    lines = []
    for n in range(30):
        lines += [
            f"Dana Wells: Question number {n}?",
            "Tom Reed: The planning of the shifts is a well-known mess that we all con-",
        ]
        lines += ["sider too costly, and it has been so for years. It is well-known."]
    source = put(tmp_path, "a.pdf", as_pdf(lines, head="Study 7, visit 2", wrap=False))
    (talk,), skipped = read(source)
    assert len(talk.utterances) == 60
    assert {text for speaker, _, text in said(talk) if speaker == "Tom Reed"} == {
        "The planning of the shifts is a well-known mess that we all consider too costly, and it has been so for years."
        " It is well-known."
    }
    assert [(one.reason, one.count) for one in skipped] == [("running head, running foot or page number", 6)]
    assert "words joined that a line's end had cut: 30" in explain(source, options())


def test_a_sentence_that_returns_at_the_edge_of_two_pages_is_speech(tmp_path: Path) -> None:
    """A fault that was there: two like sentences on top of two pages were taken for a running head."""
    lines = [f"It took number {n} forty minutes to arrive." for n in range(60)]
    (talk,), skipped = read(put(tmp_path, "a.pdf", as_pdf(lines)))
    assert talk.document.text.split() == " ".join(lines).split()
    assert skipped == []


def test_a_scanned_pdf_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no text") as told:
        read(put(tmp_path, "a.pdf", as_pdf([])))
    assert "OCRmyPDF" in told.value.do


def test_an_encrypted_pdf_is_refused_with_advice(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf(["Tom Reed: hello"]))))
    writer.encrypt("secret", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(SourceError) as told:
        read(put(tmp_path, "a.pdf", stream.getvalue()))
    assert told.value.found == "the PDF is encrypted"
    assert "password" in told.value.do


@pytest.mark.parametrize(("name", "new"), [("a.doc", ".docx"), ("a.xls", ".xlsx"), ("a.ppt", ".pdf")])
def test_an_old_office_file_is_refused_with_advice(tmp_path: Path, name: str, new: str) -> None:
    with pytest.raises(SourceError) as told:
        read(put(tmp_path, name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))
    assert told.value.found == "an old Office file (.doc, .xls, .ppt)"
    assert new in told.value.do


def test_an_opendocument_with_a_password_is_refused_with_advice(tmp_path: Path) -> None:
    manifest = (
        b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        b"<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    manifest = manifest.replace(b"m:", b"manifest:")
    data = odt_of("<text:p>x</text:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with pytest.raises(SourceError, match="password"):
        read(put(tmp_path, "a.odt", zipped([*parts, ("META-INF/manifest.xml", manifest)])))


def test_a_title_that_a_program_made_up_is_none(tmp_path: Path) -> None:
    """Regression: the Sources page called an interview "(anonymous)"."""
    from pypdf import PdfReader, PdfWriter

    for given, expected in (("(anonymous)", None), ("untitled", None), ("Visit 4", "Visit 4")):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(as_pdf(["Tom Reed: hello there", "Ann Lee: how are you?"]))))
        writer.add_metadata({"/Title": given})
        stream = io.BytesIO()
        writer.write(stream)
        (talk,), _ = read(put(tmp_path, "a.pdf", stream.getvalue()))
        assert talk.document.title == expected
