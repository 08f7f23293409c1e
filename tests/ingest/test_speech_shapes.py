"""Speech services' JSON and tables of turns in layouts that no reader names: the shape tells."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .reading import put, read, said

ASKED, ANSWERED = "How far is the well?", "Two hours, there and back."
WORDS = [(word, 0) for word in ASKED.split()] + [(word, 1) for word in ANSWERED.split()]


def _speechmatics() -> Any:
    items = []
    for n, (word, who) in enumerate(WORDS):
        for part in (word.rstrip("?.,"), word[len(word.rstrip("?.,")) :]):
            if part:
                sort = "word" if part.isalpha() else "punctuation"
                alternatives = [{"content": part, "confidence": 0.9, "speaker": f"S{who + 1}"}]
                items.append(
                    {"type": sort, "start_time": n * 0.4, "end_time": n * 0.4 + 0.3, "alternatives": alternatives}
                )
    return {"format": "2.9", "job": {"id": "x"}, "results": items}


def _google() -> Any:
    plain = [
        {"startTime": f"{n * 0.4:.1f}s", "endTime": f"{n * 0.4 + 0.3:.1f}s", "word": word}
        for n, (word, _) in enumerate(WORDS)
    ]
    tagged = [{**one, "speakerTag": who + 1} for one, (_, who) in zip(plain, WORDS, strict=True)]
    text = f"{ASKED} {ANSWERED}"
    return {
        "results": [{"alternatives": [{"transcript": text, "words": plain}]}, {"alternatives": [{"words": tagged}]}]
    }


def _azure() -> Any:
    def phrase(text: str, who: int, at: float) -> Any:
        return {"channel": 0, "speaker": who, "offset": f"PT{at}S", "duration": "PT2S", "offsetInTicks": at * 1e7,
                "nBest": [{"confidence": 0.9, "display": text}, {"display": "How far is hell?"}]}  # fmt: skip

    return {
        "combinedRecognizedPhrases": [{"display": "x"}],
        "recognizedPhrases": [phrase(ASKED, 1, 0.5), phrase(ANSWERED, 2, 3)],
    }


def _elevenlabs() -> Any:
    words = []
    for n, (word, who) in enumerate(WORDS):
        words.append(
            {"text": word, "type": "word", "start": n * 0.4, "end": n * 0.4 + 0.3, "speaker_id": f"speaker_{who}"}
        )
        words.append(
            {
                "text": " ",
                "type": "spacing",
                "start": n * 0.4 + 0.3,
                "end": n * 0.4 + 0.4,
                "speaker_id": f"speaker_{who}",
            }
        )
    return {"language_code": "eng", "text": f"{ASKED} {ANSWERED}", "words": words}


def _gong() -> Any:
    def turn(who: str, text: str, at: int) -> Any:
        return {"speakerId": who, "topic": "x", "sentences": [{"start": at, "end": at + 900, "text": text}]}

    return {"callTranscripts": [{"callId": "1", "transcript": [turn("77", ASKED, 0), turn("78", ANSWERED, 1800)]}]}


SERVICES = {"speechmatics": _speechmatics, "google": _google, "azure": _azure, "elevenlabs": _elevenlabs, "gong": _gong}


@pytest.mark.parametrize("name", SERVICES)
def test_a_services_words_and_speakers_are_known_by_their_shape(name: str, tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.json", json.dumps(SERVICES[name]())))
    assert [(role, text) for _, role, text in said(talk)] == [("interviewer", ASKED), ("participant", ANSWERED)]
    assert not [one for one in skipped if one.quarantined]
    assert 1000 <= talk.utterances[1].time_ms[0] <= 4000


@pytest.mark.parametrize(
    "rows",
    [
        [{"id": 1, "timestamp": "2025-03-12T10:00:00Z", "text": "It broke.", "user": "a"}] * 3,
        [{"start_time": 1741773600, "end_time": 1741777200, "text": "It broke.", "agent": "b"}] * 3,
    ],
)
def test_records_with_dates_are_no_recording(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, "a.json", json.dumps([{**row, "id": n} for n, row in enumerate(rows)])))
    assert {talk.document.kind for talk in talks} != {"interview"}


ROWS = [
    ("0:00:01", "Otieno", ASKED),
    ("0:00:04", "Wanjiku", ANSWERED),
    ("0:00:09", "Otieno", "Who goes?"),
    ("0:00:11", "Wanjiku", "I do."),
]
TABLES = {
    "maxqda.tsv": "Zeitspanne\tSprecher\tInhalt\n" + "".join(f"{t} - {t}\t{who}\t{text}\n" for t, who, text in ROWS),
    "bare.csv": "".join(f'{who},{t},"{text}"\n' for t, who, text in ROWS),
    "frames.csv": "In;Out;Speaker Name;Text\n" + "".join(f"{t}:12;{t}:20;{who};{text}\n" for t, who, text in ROWS),
}


@pytest.mark.parametrize("name", [*TABLES, "book.xlsx"])
def test_a_table_of_turns_is_a_talk(name: str, tmp_path: Path) -> None:
    content: str | bytes = TABLES.get(name, "")
    if not content:
        book = openpyxl.Workbook()
        for row in [("Start", "Speaker", "Transcript"), *ROWS]:
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        content = stream.getvalue()
    (talk,), _ = read(put(tmp_path, name, content))
    assert [(speaker, role) for speaker, role, _ in said(talk)] == [
        ("Otieno", "interviewer"),
        ("Wanjiku", "participant"),
    ] * 2
    assert [text for _, _, text in said(talk)] == [text for _, _, text in ROWS]


def test_a_table_of_reviews_is_no_talk(tmp_path: Path) -> None:
    text = "name,date,text\nAna,2025-03-01,Slow\nBea,2025-03-02,Fine\nAna,2025-03-03,Slow again\n"
    talks, _ = read(put(tmp_path, "a.csv", text))
    assert len(talks) == 3
