"""Documents made to hang a reader, fill its memory or reach outside: each is refused in words, or read as what it is."""

from __future__ import annotations

import io
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile, bounded, read_source
from voc_engine.records import Skipped

pytestmark = pytest.mark.slow
MEGA = 1 << 20


def read(folder: Path, name: str, data: bytes, **given: str) -> list[Conversation | Skipped]:
    path = folder / name
    path.write_bytes(data)
    return list(read_source(SourceFile(path, name), SourceConfig(path="x", **given)))


def refusal(folder: Path, name: str, data: bytes, **given: str) -> str:
    """What people are told; the refusal always has advice."""
    with pytest.raises(SourceError) as told:
        read(folder, name, data, **given)
    assert told.value.do
    return str(told.value)


def read_or_none(folder: Path, name: str, data: bytes) -> list[Conversation | Skipped] | None:
    """What is read; None where the file is refused, which must come with advice."""
    try:
        return read(folder, name, data)
    except SourceError as error:
        refused = error
    assert refused.do
    return None


def archive(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return stream.getvalue()


FIRST_MEMBER = {
    "docx": ("[Content_Types].xml", b"<Types/>"),
    "odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
    "xlsx": ("[Content_Types].xml", b"<Types/>"),
}
PARTS = {"docx": "word/document.xml", "odt": "content.xml", "xlsx": "xl/workbook.xml"}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML_ATTACKS = {
    "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>',
    "quadratic entity": f'<!DOCTYPE a [<!ENTITY b "{"b" * 50_000}">]><a>{"&b;" * 5_000}</a>',
    "external file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "external address": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><a/>',
}


@pytest.mark.parametrize("ending", sorted(PARTS))
@pytest.mark.parametrize("attack", sorted(XML_ATTACKS))
def test_entities_and_document_types_are_refused(tmp_path: Path, attack: str, ending: str) -> None:
    data = archive(FIRST_MEMBER[ending], (PARTS[ending], XML_ATTACKS[attack].encode()))
    assert "document type or entities" in refusal(tmp_path, f"a.{ending}", data)


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


ARCHIVES: dict[str, Callable[[str], bytes]] = {
    "a parent path": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), ("../../evil.txt", b"x")),
    "a parent path by backslash": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), ("..\\evil.txt", b"x")),
    "an absolute path": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), ("/tmp/evil.txt", b"x")),
    "a drive": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), ("C:/evil.txt", b"x")),
    "a link": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), (_link("word/x.xml"), b"/etc/passwd")),
    "many members": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), *((f"m{n}", b"") for n in range(5_001))),
    "a bomb": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a/>"), ("big.bin", b"\0" * 40 * MEGA)),
    "a bomb of text": lambda e: archive(FIRST_MEMBER[e], (PARTS[e], b"<a>" + b" " * 40 * MEGA + b"</a>")),
}


@pytest.mark.parametrize("ending", sorted(PARTS))
@pytest.mark.parametrize("attack", sorted(ARCHIVES))
def test_unsafe_archives_are_refused_and_write_nothing(tmp_path: Path, attack: str, ending: str) -> None:
    folder = tmp_path / "inside" / "study"
    folder.mkdir(parents=True)
    refusal(folder, f"a.{ending}", ARCHIVES[attack](ending))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [f"a.{ending}"]


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = archive(FIRST_MEMBER["odt"], ("content.xml", b"<a/>"), ("content.xml", b"<b/>"))
    assert "two members of one name" in refusal(tmp_path, "a.odt", data)


def test_a_zip_in_a_zip_and_a_bomb_of_zips_are_refused(tmp_path: Path) -> None:
    inner = archive(("a.txt", b"Ann: Why?\nBo: So.\n" * 10))
    assert "zip in a zip" in refusal(tmp_path, "a.zip", archive(("b.zip", inner)))
    data = archive(("a.txt", b"\0" * 64 * MEGA))
    assert "far more than it should" in refusal(tmp_path, "b.zip", data, format="notes.v1")


@pytest.mark.parametrize("tag", ["text:span", "text:p", "text:section"])
def test_deep_xml_costs_no_stack(tmp_path: Path, tag: str) -> None:
    deep = f"<{tag}>" * 200_000 + "words" + f"</{tag}>" * 200_000
    head = '<office:text xmlns:office="o" xmlns:text="t"><text:p>one</text:p>'
    data = archive(FIRST_MEMBER["odt"], ("content.xml", f"{head}<text:p>{deep}</text:p></office:text>".encode()))
    (talk,) = [one for one in read(tmp_path, "a.odt", data) if isinstance(one, Conversation)]
    assert talk.document.text.split() == ["one", "words"]


def pdf_of(*objects: bytes, root: int = 1, tail: bytes = b"") -> bytes:
    """A PDF of raw objects 1, 2, ... with a sound table of their places."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        tail,
        start,
    )


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def page(content: bytes) -> bytes:
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    return pdf_of(CATALOG, PAGES, leaf, content, FONT)


def test_the_raw_pdf_of_these_tests_is_sound(tmp_path: Path) -> None:
    text = stream(b"BT /F1 12 Tf 50 700 Td (It rained all day) Tj ET")
    (talk,) = read(tmp_path, "a.pdf", page(text))
    assert isinstance(talk, Conversation)
    assert talk.document.text == "It rained all day"


def _nested(depth: int) -> bytes:
    data = b"\0" * 30 * MEGA
    for _ in range(depth):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * depth + b"]")


def _form_loop() -> bytes:
    leaf = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>")
    return pdf_of(CATALOG, PAGES, leaf, stream(b"/X Do"), form)


def _object_stream_loop() -> bytes:
    body = zlib.compress(b"1 0 2 8 " + b"9 0 R " * 10)
    loop = stream(body, b"/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode /Extends 3 0 R")
    return pdf_of(b"<< /Type /Catalog /Pages 3 0 R >>", b"2 0 R", loop)


PDFS: dict[str, Callable[[], bytes]] = {
    "nested filters": lambda: page(_nested(3)),
    "one bomb": lambda: page(stream(zlib.compress(b"\0" * 120 * MEGA, 9), b"/Filter /FlateDecode")),
    "many filters": lambda: page(stream(b"x", b"/Filter [" + b"/ASCIIHexDecode " * 10_000 + b"]")),
    "circular page tree": lambda: pdf_of(CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
    "page tree that grows": lambda: pdf_of(
        CATALOG, *(b"<< /Type /Pages /Kids [%s] /Count 99 >>" % (b"%d 0 R " % (n + 1) * 10) for n in range(2, 40))
    ),
    "catalog of itself": lambda: pdf_of(b"1 0 R"),
    "huge count": lambda: pdf_of(CATALOG, b"<< /Type /Pages /Kids [] /Count 2147483647 >>"),
    "huge cross-reference table": lambda: (
        b"%PDF-1.7\nxref\n0 999999999\n"
        + b"0000000000 65535 f \n" * 50_000
        + b"trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    ),
    "cross-reference tables in a circle": lambda: pdf_of(CATALOG, PAGES, tail=b"/Prev 9"),
    "form that draws itself": _form_loop,
    "object stream of itself": _object_stream_loop,
    "deep array": lambda: pdf_of(CATALOG, b"[" * 500_000),
    "deep dictionary": lambda: pdf_of(CATALOG, b"<< /A " * 200_000),
    "endless numbers": lambda: page(stream(b"1 " * 2_000_000 + b"Td")),
    "nothing but the mark": lambda: b"%PDF-1.7\n" + b"\0" * 1_000_000,
    "stream with a false length": lambda: page(b"<< /Length 99999999999 >>\nstream\nx"),
}


@pytest.mark.parametrize("attack", sorted(PDFS))
def test_hostile_pdfs_are_refused(tmp_path: Path, attack: str) -> None:
    refusal(tmp_path, "a.pdf", PDFS[attack]())


def test_a_pdf_never_runs_over_the_limit_of_pages(tmp_path: Path) -> None:
    leaves = [b"<< /Type /Page /Parent 2 0 R >>"] * 2_001
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(2_001))
    data = pdf_of(CATALOG, b"<< /Type /Pages /Kids [%s] /Count 2001 >>" % kids, *leaves)
    assert "2,001 pages" in refusal(tmp_path, "a.pdf", data)


RTFS = {
    "deep groups": b"{\\rtf1 " + b"{" * MEGA,
    "closed too often": b"{\\rtf1 " + b"}" * MEGA,
    "endless hyperlink": b"{\\rtf1 " + b'{\\field{\\*\\fldinst{HYPERLINK "' * 50_000,
    "huge unicode": b"{\\rtf1 \\u99999999999? x}",
    "endless control word": b"{\\rtf1 \\" + b"a" * 5 * MEGA,
    "endless number": b"{\\rtf1 \\uc" + b"9" * MEGA + b" x}",
    "binary without end": b"{\\rtf1 {\\pict\\bin99999999999 x}",
    "empty": b"{\\rtf1}",
}


@pytest.mark.parametrize("attack", sorted(RTFS))
def test_hostile_rtf_is_refused_or_read_as_what_it_is(tmp_path: Path, attack: str) -> None:
    items = read_or_none(tmp_path, "a.rtf", RTFS[attack])
    if items is None:
        return
    assert items
    for item in items:
        text = item.document.text if isinstance(item, Conversation) else item.found
        assert len(text) <= 2 * len(RTFS[attack])


PAGES_OF_HTML = {
    "nested tags": "<div>" * 1_000_000,
    "tags without end": "<a " * 300_000,
    "quotes without end": "<a b='" * 300_000,
    "comments without end": "<!--" * 300_000,
    "declarations without end": "<![CDATA[" * 300_000,
    "scripts without end": "<script>" * 300_000,
    "an entity of many digits": "&#" + "9" * 100_000 + ";",
    "closing tags": "</p>" * 300_000,
    "a cell for every blank": "<td> " * 300_000,
}


@pytest.mark.parametrize("attack", sorted(PAGES_OF_HTML))
def test_hostile_html_ends_and_keeps_the_words(tmp_path: Path, attack: str) -> None:
    page = f"<!doctype html><body><p>first words</p>{PAGES_OF_HTML[attack]}<p>last words</p>"
    items = read(tmp_path, "a.html", page.encode())
    shown = " ".join(one.document.text if isinstance(one, Conversation) else one.found for one in items)
    assert "first words" in shown
    assert "last words" in shown


LINES = {
    "a line without end": "word " * (4 * MEGA),
    "blanks": "Ann: hello" + " " * (4 * MEGA) + "x\nBo: hi\nAnn: so\n",
    "blank lines": "\n" * (2 * MEGA) + "Ann: hello there\nBo: hi\nAnn: so\nBo: yes\n",
    "blanks before a date": "Date x" + " " * MEGA + "y\nAnn: hello there\nBo: hi\nAnn: so\nBo: yes\n",
    "a speaker for every line": "".join(f"Ann{n}: hello there\nBo: yes\nBo: no\n" for n in range(20_000)),
    "rules": "- " * (2 * MEGA) + "x\nhello there, all of you\n",
    "a turn of many cues": "Ann: Why?\nBo: well\n" + "and so on it went\n" * 200_000,
    "voices without end": "WEBVTT\n\n00:01.000 --> 00:02.000\nhello " + "<v " * MEGA,
    "blanks in a voice": "WEBVTT\n\n00:01.000 --> 00:02.000\nhello <v" + " " * (4 * MEGA),
    "classes without end": "WEBVTT\n\n00:01.000 --> 00:02.000\nhello " + "<c." * MEGA,
    "stars": "*" * (4 * MEGA) + "\nhello there, all of you\n",
    "brackets": "[Ann] 10:00:00\nhello there\n" + "[" * (4 * MEGA) + "\n[Bo] 10:00:01\nhi\n[Ann] 10:00:02\nso\n",
}


@pytest.mark.parametrize("attack", sorted(LINES))
def test_hostile_lines_end_and_keep_the_words(tmp_path: Path, attack: str) -> None:
    items = read_or_none(tmp_path, "a.txt", LINES[attack].encode())
    if items is None:
        # Nothing but blanks or marks at its beginning: no reader knows it, and it is not read further.
        assert attack in ("blank lines", "rules", "stars")
        return
    shown = [one.document.text if isinstance(one, Conversation) else one.found for one in items]
    assert any("hello" in text or "word" in text or "well" in text for text in shown)


def test_a_text_of_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with open(path, "wb") as sink:
        sink.write(b"Ann: Why?\nBo: So.\nAnn: " + b"x" * 1000)
        sink.truncate(1 << 30)
    with pytest.raises(SourceError, match="too large") as told:
        list(read_source(SourceFile(path, "a.txt"), SourceConfig(path="x", format="notes.v1")))
    assert "64 MB" in told.value.found


JOBS = {
    "time": "def run(data):\n    while True: pass\n",
    "memory": "def run(data):\n    return {'x': len(bytearray(1 << 34))}\n",
    "a written file": "def run(data):\n    open({path!r}, 'wb', 0).write(b'x' * 9)\n    return {{}}\n",
    "a crash": "import os\ndef run(data):\n    os._exit(3)\n",
    "a signal": "import os, signal\ndef run(data):\n    os.kill(os.getpid(), signal.SIGSEGV)\n",
    "no answer": "def run(data):\n    return {'x': object()}\n",
}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")
@pytest.mark.parametrize("harm", sorted(JOBS))
def test_what_a_library_does_in_the_child_process_ends_there(tmp_path: Path, harm: str) -> None:
    written = tmp_path / "written.txt"
    job = tmp_path / "job.py"
    job.write_text(JOBS[harm].format(path=str(written)) if "{path" in JOBS[harm] else JOBS[harm])
    with pytest.raises(SourceError) as told:
        bounded.in_child(job, b"", "a.pdf", seconds=1)
    assert told.value.do
    assert not written.exists() or written.read_bytes() == b""


def test_a_file_is_read_whatever_the_one_before_it_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are read by forks of one process: what one file does, or the wait for it, may not cost or change the next."""
    sound = tmp_path / "sound.py"
    sound.write_text("said = []\ndef run(data):\n    said.append(data.decode())\n    return {'said': said}\n")
    for harm in sorted(JOBS):
        job = tmp_path / f"{harm}.py"
        job.write_text(JOBS[harm].format(path=str(tmp_path / "written.txt")) if "{path" in JOBS[harm] else JOBS[harm])
        with pytest.raises(SourceError):
            bounded.in_child(job, b"", "a.pdf", seconds=1)
        assert bounded.in_child(sound, harm.encode(), "b.pdf") == {"said": [harm]}
    monkeypatch.setattr(bounded, "_WAITING_SECONDS", 0.5)
    with pytest.raises(SourceError, match="stopped for safety") as told:
        bounded.in_child(tmp_path / "time.py", b"", "a.pdf")
    assert "reasonable time" in told.value.found
    monkeypatch.undo()
    assert bounded.in_child(sound, b"at last", "b.pdf") == {"said": ["at last"]}
