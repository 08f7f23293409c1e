"""Headings of quoted mail in any language, lines of hyphens, marked signatures, folders of a mailbox, files of systems."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest.mail import split_mail

from .reading import put, read

OWN = "The patch did not help."
OLD = "We are dreadfully sorry."


@pytest.mark.parametrize(
    "heading",
    [
        "Dňa 12. 3. 2026 o 10:03 Sam <sam@acme.example> napísal(a):",
        "12 mars 2026 10:03, Sam\n<sam@acme.example> rakstīja:",
        "Am 12.03.2026 um 10:03 schrieb Sam:",
        "От: Sam\nОтправлено: 12 марта 2026 г. 10:03\nКому: Mara",
        "Od: Sam <sam@acme.example>\nWysłano: 12 marca 2026 10:03\nDo: Mara",
        "发件人: Sam\n发送时间: 2026年3月12日 10:03\n收件人: Mara",
    ],
)
def test_what_stands_below_a_heading_is_quoted(heading: str) -> None:
    cuts = split_mail(f"{OWN}\n\n{heading}\n\n{OLD}")
    assert [text for text, cut in cuts if cut is None] == [OWN]
    assert OLD in cuts[-1][0]


@pytest.mark.parametrize(
    "own", ["On Friday it saved, on Sunday the log wrote:", "As the manual wrote:", "Le matin, la machine a écrit :"]
)
def test_a_sentence_of_ones_own_is_no_heading(own: str) -> None:
    cuts = split_mail(f"{OWN}\n\n{own}\n\n> error 9\n\nand it stopped.")
    assert "and it stopped." in [text for text, cut in cuts if cut is None][-1]


def test_hyphens_between_two_matters_cut_nothing() -> None:
    second = "Also the invoice goes to my old address, which I have told you twice already."
    assert all(cut is None for _, cut in split_mail(f"{OWN}\n--\n{second}"))
    assert split_mail(f"{OWN}\n--\nMara Lind\n+49 170 1234567")[-1][1] == "signature"


def test_what_a_desk_writes_in_a_customers_name_is_cut() -> None:
    cuts = split_mail(
        'Request #77 "Kiln" was closed and merged into this request. Last comment in request #77:\n\nStill cold.'
    )
    assert [(text, cut) for text, cut in cuts if cut is None] == [("Still cold.", None)]


@pytest.mark.parametrize(
    "mark", ['class="gmail_signature"', 'id="ms-outlook-mobile-signature"', 'class="moz-signature"']
)
def test_a_signature_that_the_program_marked_is_cut(tmp_path: Path, mark: str) -> None:
    mail = (
        "From: Mara Lind <mara@example.org>\nTo: help@acme.example\nSubject: Kiln\nDate: Tue, 10 Mar 2026 10:03:11 +0100\n"
        f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<div>It stays cold.</div><div {mark}>Mara<br>"
        "Potter of the year<br>Kiln Lane 4</div>\n"
    )
    (talk,), _ = read(put(tmp_path, "a.eml", mail))
    evidence = [talk.document.text[u.start : u.end] for u in talk.utterances if u.cut is None]
    assert evidence == ["Kiln", "It stays cold."]


@pytest.mark.parametrize("label", ["X-Gmail-Labels: Entwurf", "X-Spam-Flag: YES", "X-Folder: Deleted Items"])
def test_mail_that_nobody_sent_to_anybody_is_set_aside(tmp_path: Path, label: str) -> None:
    def mail(number: int, extra: str) -> str:
        return (
            f"From m{number}@example.org Tue Mar 10 10:0{number}:11 2026\n{extra}From: M{number} <m{number}@example.org>\n"
            f"To: help@acme.example\nSubject: S{number}\nDate: Tue, 10 Mar 2026 10:0{number}:11 +0000\n"
            f"Message-ID: <{number}@example.org>\n\nWords of mail {number}.\n\n"
        )

    talks, skipped = read(put(tmp_path, "box.mbox", mail(1, "") + mail(2, f"{label}\n") + mail(3, "")))
    assert len(talks) == 2
    assert any(one.reason.startswith("mail in the folder of") for one in skipped)


def test_files_of_systems_in_a_zip_are_no_files(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("t/a.csv", "id,comment\n1,The lid is loose\n2,It drips on the desk\n")
        for name in ("t/desktop.ini", "t/~$a.csv", "t/.~lock.a.csv#", "__MACOSX/t/._a.csv", "t/Thumbs.db"):
            archive.writestr(name, "x")
    talks, skipped = read(put(tmp_path, "t.zip", stream.getvalue()))
    assert len(talks) == 2
    assert not skipped


@pytest.mark.parametrize(
    "head", [b"ID3\x04", b"\x00\x00\x00\x20ftypM4A ", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb\x90\x00"]
)
def test_a_recording_is_to_be_transcribed(tmp_path: Path, head: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        read(put(tmp_path, "talk.bin", head + bytes(range(1, 200))))
    assert "transcribe it first" in refused.value.do
    assert "whisper.cpp" in refused.value.do
