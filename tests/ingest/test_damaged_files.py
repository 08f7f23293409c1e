"""Damaged files: told, never thrown, never swallowed. VOC_FUZZ=500 raises the number of variants per format."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile, explain, read_source
from voc_engine.records import Skipped

from .reading import check, options, words
from .test_no_word_lost import FORMATS
from .test_no_word_lost import as_csv as as_utf16_csv

VARIANTS = int(os.environ.get("VOC_FUZZ", "40"))
SENTENCES = [
    "Alder booked twice before breakfast",
    "Birch never arrived, nobody phoned",
    "Cedar costs forty pounds & more",
    "Dogwood: a cheap trick?",
    "Elder “quotes” everything, naïvely",
    "Fir said > hello < loudly",
    "Ginkgo waited\tuntil Sunday",
    "Hazel gave up; went home",
]
TEXTUAL = {"webvtt.v1", "srt.v1", "whisper.v1", "otter.v1", "notes.v1", "csv.v1", "json.v1", "jsonl.v1", "reddit.v1",
           "freshdesk_csv.v1", "hubspot_csv.v1", "salesforce_csv.v1", "jira_csv.v1", "hubspot.v1", "eml.v1", "mbox.v1",
           "speech_json.v1", "app_store.v1", "teams.v1", "zoom_text.v1",
           "youtube.v1", "youtube_takeout.v1", "mastodon.v1", "discourse.v1", "prose.v1", "x_archive.v1",
           "zendesk_csv.v1"}  # fmt: skip


def sample(name: str) -> bytes:
    data = FORMATS[name][1](SENTENCES)
    return data.decode("utf-16").encode() if name == "csv.v1" else data


def truncated(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def without_lines(data: bytes, rng: random.Random) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if rng.random() > 0.3)


def swapped(data: bytes, rng: random.Random) -> bytes:
    old, new = rng.choice(
        [(b'"', b""), (b",", b";"), (b"\n", b"\r\n"), (b"\n\n", b"\n"), (b":", b""), (b"{", b"["), (b"e", b"\xe9")]
    )
    parts = data.split(old)
    return b"".join(part + (new if rng.random() < 0.4 else old) for part in parts[:-1]) + parts[-1]


def in_another_encoding(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(["utf-16", "cp1252", "utf-32", "shift_jis", "utf-16-be"]), "replace")


def with_noise(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes(rng.randrange(256) for _ in range(rng.choice((1, 8, 200)))) + data[at:]


DAMAGES = [truncated, flipped, without_lines, swapped, in_another_encoding, with_noise]


def variants(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    for number in range(VARIANTS):
        rng = random.Random(f"{name} {number}")
        damage = DAMAGES[number % len(DAMAGES)]
        yield f"{damage.__name__} {number}", damage(data, rng)


def told(source: SourceFile, given: SourceConfig) -> list[Conversation | Skipped] | None:
    """What the reading gives; None where the file was refused, which must come with advice."""
    try:
        return list(read_source(source, given))
    except SourceError as error:
        refusal = error
    assert refusal.happened
    assert refusal.do
    return None


@pytest.mark.parametrize("forced", [False, True], ids=["sniffed", "forced"])
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_damage_is_told_and_never_thrown(tmp_path: Path, name: str, forced: bool) -> None:
    file = FORMATS[name][0]
    for label, data in variants(sample(name), name):
        path = tmp_path / file
        path.write_bytes(data)
        source = SourceFile(path, file)
        given = options(format=name) if forced else options()
        items = told(source, given)
        if items is None:
            continue
        assert items, f"{label}: a file that gives nothing must say why"
        for item in items:
            if isinstance(item, Conversation):
                check(item)
            else:
                assert item.reason, label
                item.found.encode("utf-8")


@pytest.mark.parametrize("name", sorted(TEXTUAL))
def test_no_word_of_a_damaged_file_vanishes(tmp_path: Path, name: str) -> None:
    """Each long word that still stands in the damaged file is in a document or in what was set aside."""
    file = FORMATS[name][0]
    vocabulary = set(re.findall(r"[A-Za-z]{4,}", " ".join(SENTENCES)))
    for label, data in variants(sample(name), name):
        if label.startswith(("in_another", "swapped")):
            continue
        path = tmp_path / file
        path.write_bytes(data)
        try:
            items = list(read_source(SourceFile(path, file), options(format=name)))
        except SourceError:
            continue
        shown = " ".join(
            f"{item.expected} {item.found} {item.locator}"
            if isinstance(item, Skipped)
            else f"{item.document} {item.utterances}"
            for item in items
        )
        standing = vocabulary & set(re.findall(r"[A-Za-z]{4,}", data.decode("utf-8", "replace")))
        assert {word for word in standing if word not in shown} == set(), label


def test_explain_tells_of_damage_as_well(tmp_path: Path) -> None:
    for name in ("csv.v1", "webvtt.v1", "zendesk.v1"):
        for _, data in list(variants(sample(name), name))[:12]:
            path = tmp_path / FORMATS[name][0]
            path.write_bytes(data)
            try:
                text = explain(SourceFile(path, path.name), options())
            except SourceError:
                continue
            assert "counts:" in text


def test_a_utf16_table_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(as_utf16_csv(SENTENCES)[:-1])
    items = list(read_source(SourceFile(path, "a.csv"), options()))
    assert sum(isinstance(item, Conversation) for item in items) >= len(SENTENCES) - 1


DEEP = "[" * 100_000
HOSTILE = {
    "deep.json": '[{"review_id": 1, "review": "fine by me"}, {"review_id": ' + DEEP + "}]",
    "deep.jsonl": '{"review_id": 1, "review": "fine by me"}\n{"review_id": ' + DEEP + "\n",
    "digits.jsonl": '{"review_id": 1, "review": "fine by me"}\n{"review_id": ' + "9" * 5_000 + "}\n",
    "quotes.csv": 'review_id,review\n1,fine by me\n2,"' + "never closed\n" * 5_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_records_cost_only_themselves(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(HOSTILE[name])
    items = list(read_source(SourceFile(path, name), options()))
    assert [item.document.text for item in items if isinstance(item, Conversation)][:1] == ["fine by me"]
    assert any(isinstance(item, Skipped) and item.quarantined for item in items)


# One file of it is one record, so that the row is the whole of it.
WHOLE = {"eml.v1"}
MAIL = {"mbox.v1": words(*SENTENCES[4:6])}


@pytest.mark.parametrize("name", sorted(TEXTUAL - WHOLE))
def test_a_zero_byte_quarantines_its_row_and_nothing_else(tmp_path: Path, name: str) -> None:
    """Regression: one zero byte among 150 reviews turned the table into one interview, and nobody was told."""
    file = FORMATS[name][0]
    sound = FORMATS[name][1](SENTENCES * 3)
    sound = sound.decode("utf-16").encode() if name == "csv.v1" else sound
    path = tmp_path / file
    path.write_bytes(sound)
    whole = _said(list(read_source(SourceFile(path, file), options())))
    path.write_bytes(sound.replace(b"Dogwood", b"Dog\x00wood", 1))
    items = list(read_source(SourceFile(path, file), options()))
    assert any(isinstance(item, Skipped) and item.quarantined for item in items)
    lost = whole - _said(items)
    assert {"cheap", "trick"} <= set(lost) <= {"Dogwood", "a", "cheap", "trick", *MAIL.get(name, ())}


def _said(items: list[Conversation | Skipped]) -> Counter[str]:
    return words(
        *(
            item.document.text[turn.start : turn.end]
            for item in items
            if isinstance(item, Conversation)
            for turn in item.utterances
        )
    )
