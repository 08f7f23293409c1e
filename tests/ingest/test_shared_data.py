"""Readers on real files. Needs the shared data: VOC_SHARED names the folder; run with -m shared."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile, explain
from voc_engine.records import Skipped

from .reading import options, read, words

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2].parent / "shared")) / "data"
pytestmark = pytest.mark.shared


def shared(name: str) -> SourceFile:
    return SourceFile(SHARED / name, name)


@pytest.mark.parametrize(
    ("name", "interviewers", "person", "date"),
    [
        ("betty-and-earl.md", {"Jonas Rosland"}, "name:matthew brelsford", "2022-03-30"),
        ("dawn-of-the-monsters.md", {"Jonas Rosland"}, "name:alex rushdy", "2022-12-06"),
        ("get-a-grip-chip.md", {"Jonas Rosland", "Rich McGrath"}, "name:jon lawitts", "2021-03-26"),
        ("gigasword-jack-breen.md", {"Jonas Rosland"}, "name:jack breen", "2022-02-16"),
    ],
)
def test_interviews(name: str, interviewers: set[str], person: str, date: str) -> None:
    source = shared(f"interviews/{name}")
    (talk,), skipped = read(source)
    assert {u.speaker for u in talk.utterances if u.role == "interviewer"} == interviewers
    assert (talk.document.person_id, talk.document.created_at) == (person, date)
    body = words(talk.document.text)
    aside = words(*(one.found for one in skipped))
    speakers = {u.speaker or "" for u in talk.utterances}
    lines = source.path.read_text(encoding="utf-8").split("\n")
    marks = re.compile(rf"^({'|'.join(map(re.escape, sorted(speakers)))})\s*([\d:]+)?\s*$")
    assert body + aside == words(*(line for line in lines if not marks.match(line)))


def test_four_machine_formats_hold_the_same_words() -> None:
    texts = []
    for ending in ("vtt", "srt", "tsv", "txt"):
        (talk,), skipped = read(shared(f"interviews/goodboy-galaxy.{ending}"))
        assert skipped == []
        assert {u.role for u in talk.utterances} == {"unknown"}
        texts.append(words(talk.document.text))
    assert texts[0] == texts[1] == texts[2] == texts[3]
    assert sum(texts[0].values()) > 6_000


@pytest.mark.parametrize(
    ("name", "kind", "documents"),
    [
        ("tickets/cfpb-credit-card-complaints.csv", "ticket", 50),
        ("reviews/product-reviews.csv", "review", 313),
    ],
)
def test_tables(name: str, kind: str, documents: int) -> None:
    talks, skipped = read(shared(name))
    assert {talk.document.kind for talk in talks} == {kind}
    assert len(talks) == documents
    assert skipped == []


def test_posts_use_every_row_or_say_why() -> None:
    import pandas as pd

    frame = pd.read_csv(SHARED / "posts/us-airline-tweets.csv", dtype=str, keep_default_na=False)
    talks, skipped = read(shared("posts/us-airline-tweets.csv"))
    rows = [one for one in skipped if not one.reason.startswith("note:")]
    assert len(talks) + sum(one.count for one in rows) == len(frame)
    assert not any(one.quarantined for one in skipped)
    assert sorted({talk.document.person_id for talk in talks})[0].startswith("handle:")
    assert all(talk.document.created_at for talk in talks)
    assert not any("sentiment" in name for talk in talks for name in talk.document.attributes)


def caption_files() -> list[str]:
    folder = SHARED / "formats" / "webvtt"
    return sorted(path.name for path in folder.glob("*.*")) if folder.is_dir() else []


@pytest.mark.parametrize("name", caption_files())
def test_caption_dialects(name: str) -> None:
    source = shared(f"formats/webvtt/{name}")
    if name in ("empty.vtt", "invalid_format1.srt"):
        with pytest.raises(SourceError):
            read(source)
        return
    talks, skipped = read(source)
    assert talks or any(one.quarantined for one in skipped)
    shown = " ".join([*(t.document.text for t in talks), *(one.found for one in skipped)])
    for number in re.findall(r"Caption text #(\d+)", source.path.read_text(encoding="utf-8")):
        assert f"Caption text #{number}" in shown
    assert isinstance(explain(source, options()), str)


@pytest.mark.parametrize("name", caption_files())
def test_every_caption_is_given_once(name: str) -> None:
    """Each numbered caption is in the talk or among what was set aside as often as it stands in the file."""
    if name in ("empty.vtt", "invalid_format1.srt"):
        return
    source = shared(f"formats/webvtt/{name}")
    talks, skipped = read(source)
    shown = " ".join([*(t.document.text for t in talks), *(one.found for one in skipped)])
    numbered = re.compile(r"Caption text #\d+")
    assert sorted(numbered.findall(shown)) == sorted(numbered.findall(source.path.read_text(encoding="utf-8")))
    assert not any("-->" in t.document.text or "WEBVTT" in t.document.text for t in talks)


def test_records_are_of_the_known_kinds() -> None:
    talks, skipped = read(shared("formats/webvtt/netflix_chicas_del_cable.vtt"))
    assert all(isinstance(talk, Conversation) for talk in talks)
    assert all(isinstance(one, Skipped) and not one.quarantined for one in skipped)
