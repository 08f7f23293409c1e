"""A second batch of transcripts, written after the first one had been mended for and before anything was mended for it."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import io
import json
from html import escape

from .kept_aside_talks import ANY, Talk, Turn, called, captions, clock, joined, timeless, turns

CAFE = turns(
    "Anna Kowalska | i | 2 | Let's start with the morning. What is the first thing you do when you open the café?",
    "Karim B. (he/him) | p | 9 | I count the till, and then I find out that the card reader lost its connection again overnight.",
    "Anna Kowalska | | 24 | Again? How do you notice?",
    "Karim B. (he/him) | | 28 | A customer tells me. Usually the first one, who has no cash of course.",
    "Anna Kowalska | | 40 | Tell me about the last time it happened.",
    "Karim B. (he/him) | | 44 | Yesterday. I lost four sales before nine, and the hotline put me on hold for half an hour.",
)
LISTENED = turns(
    "Interviewer (Dana) | i | 1 | How did you choose the school for your son?",
    "Participant 04 | p | 7 | By distance, mostly. [laughs] We looked at five of them.",
    "Interviewer (Dana) | | 15 | Mm-hmm.",
    "Participant 04 | | 17 | And then there was the question of lunch: three of the five do not cook.",
    "Interviewer (Dana) | | 29 | What did the website tell you about lunch?",
    "Participant 04 | | 34 | Nothing. I had to phone, and nobody picks up before ten.",
)
SALES = turns(
    "Agent | a | 0 | Thank you for calling, how can I help you today?",
    "Customer | p | 5 | My router blinks red since Tuesday and I work from home.",
    "Agent | | 14 | I am sorry to hear that. Could you restart it for me?",
    "Customer | | 19 | I did that six times already.",
)
PORTUGUESE = turns(
    "Entrevistadora | i | 3 | Como foi a primeira vez que usou o aplicativo?",
    "Participante 2 | p | 9 | Confusa. Eu não sabia onde clicar e desisti duas vezes.",
    "Entrevistadora | | 19 | E o que fez depois?",
    "Participante 2 | | 23 | Pedi ajuda ao meu filho, que resolveu em um minuto.",
)
GERMAN = turns(
    "Interviewerin | i | 3 | Was stört Sie an der neuen Rechnung am meisten?",
    "Befragter | p | 9 | Man findet die Kundennummer nicht mehr. Früher stand sie oben rechts.",
    "Interviewerin | | 19 | Wie helfen Sie sich?",
    "Befragter | | 23 | Ich hebe eine alte Rechnung auf und schreibe sie ab.",
)
FRENCH = turns(
    "Enquêtrice | i | 3 | Qu'est-ce qui vous a fait changer de banque ?",
    "Répondant | p | 9 | Les frais. On m'a prélevé douze euros sans me prévenir.",
    "Enquêtrice | | 19 | Comment l'avez-vous appris ?",
    "Répondant | | 23 | En lisant mon relevé, trois mois plus tard.",
)
JAPANESE = turns(
    "田中 | i | 3 | 最初に困ったことは何ですか？",
    "佐藤 | p | 9 | 登録のメールが届かなかったことです。二日も待ちました。",
    "田中 | | 19 | それからどうしましたか？",
    "佐藤 | | 23 | 電話しましたが、誰も出ませんでした。",
)
_TWO = {"Anna Kowalska": "Speaker 1", "Karim B. (he/him)": "Speaker 2"}
_LAST_FIRST = {"Anna Kowalska": "Kowalska, Anna", "Karim B. (he/him)": "Benali, Karim"}
_QA = {"Anna Kowalska": "Q", "Karim B. (he/him)": "A"}
_TEST = {"Anna Kowalska": "Facilitator", "Karim B. (he/him)": "P07"}


def _in_parts() -> str:
    """Answers of several paragraphs, headings and a summary above."""
    lines = ["# Interview 04", "", "## Summary", "", "Dana: the family chose by distance.", "", "## Transcript", ""]
    for turn in LISTENED:
        first, *rest = turn.text.split(". ", 1)
        lines += [f"**{turn.speaker}:** {first}" + (". " if rest else ""), "", *rest, ""]
    lines.insert(14, "## Part 2: lunch\n")
    return "\n".join(lines)


def _utterances() -> bytes:
    people = {"Anna Kowalska": "A", "Karim B. (he/him)": "B"}
    made = [
        {"confidence": 0.9, "start": int(str(t.at)) * 1000, "end": int(str(t.at)) * 1000 + 900, "text": t.text, "speaker": people[str(t.speaker)],
         "words": [{"text": w, "start": int(str(t.at)) * 1000, "end": 9, "confidence": 0.9, "speaker": people[str(t.speaker)]} for w in t.text.split()]}
        for t in CAFE
    ]  # fmt: skip
    return json.dumps(
        {
            "id": "x1",
            "status": "completed",
            "audio_duration": 61,
            "text": " ".join(t.text for t in CAFE),
            "words": [],
            "utterances": made,
        }
    ).encode()


def _docx_pairs() -> bytes:
    import docx

    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph("Interview 04, 17 April 2026")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Speaker", "Transcript"
    for turn in LISTENED:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(turn.speaker), turn.text
    document.save(stream)
    return stream.getvalue()


def _pdf_timed() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    stream, style = io.BytesIO(), getSampleStyleSheet()["Normal"]
    story = []
    for turn in called(CAFE, _TWO):
        story += [Paragraph(f"{turn.speaker} ({clock(turn.at, 'ms')}):", style), Paragraph(escape(turn.text), style)]
    SimpleDocTemplate(stream, invariant=1).build(story)
    return stream.getvalue()


def _divs() -> bytes:
    body = "".join(
        f'<div class="turn"><div class="who">{escape(str(t.speaker))}</div><div class="at">{clock(t.at, "ms")}</div><p>{escape(t.text)}</p></div>'
        for t in CAFE
    )
    return f"<!doctype html><html><body><h2>Café visit</h2>{body}</body></html>".encode()


def _rtf() -> bytes:
    body = "".join(
        f"Speaker {1 if t.role == 'agent' else 2} ({clock(t.at, 'ms')}):\\par {t.text.encode('ascii', 'replace').decode()}\\par\\par\n"
        for t in SALES
    )
    return ("{\\rtf1\\ansi\\deff0 " + body + "}").encode()


LATER: list[Talk] = [
    Talk("zoom_pronouns.vtt", ("WEBVTT\n\n" + captions(CAFE, "{speaker}: {text}")).encode(), CAFE),
    Talk("teams_last_first.vtt", ("WEBVTT\n\n" + captions(called(CAFE, _LAST_FIRST), "<v {speaker}>{text}</v>", ids="b3d0/{n}-1")).encode(), called(CAFE, _LAST_FIRST)),
    Talk("otter_numbers.txt", (joined(called(CAFE, _TWO), "{speaker}  {time}\n{text}", "\n\n", "short") + "\n\nTranscribed by https://otter.ai").encode(), called(CAFE, _TWO)),
    Talk("parts.md", _in_parts().encode(), timeless(LISTENED)),
    Talk("deposition.txt", joined(called(CAFE, _QA), "{speaker}. {text}", "\n").encode(), timeless(called(CAFE, _QA))),
    Talk("names_alone.txt", joined(called(CAFE, {"Karim B. (he/him)": "Karim Benali"}), "{speaker}\n{text}", "\n\n").encode(), timeless(called(CAFE, {"Karim B. (he/him)": "Karim Benali"}))),
    Talk("riverside.txt", joined(called(CAFE, {"Karim B. (he/him)": "Karim Benali"}), "{speaker} ({time}.520)\n{text}", "\n\n", "ms").encode(),
         [t._replace(at=int(str(t.at)) + 0.52) for t in called(CAFE, {"Karim B. (he/him)": "Karim Benali"})]),
    Talk("brackets.txt", joined(called(CAFE, {"Karim B. (he/him)": "Karim"}), "[{time}] {speaker}: {text}", "\n", "ms").encode(), called(CAFE, {"Karim B. (he/him)": "Karim"})),
    Talk("bars.txt", joined(called(CAFE, {"Karim B. (he/him)": "Karim"}), "{speaker} | {time}\n{text}", "\n\n", "ms").encode(), called(CAFE, {"Karim B. (he/him)": "Karim"})),
    Talk("usability.txt", ("Session 7, 17 April 2026\nTask 1: pay a bill\n\n" + joined(called(CAFE, _TEST), "{speaker}: {text}", "\n")).encode(), timeless(called(CAFE, _TEST)), date="2026-04-17"),
    Talk("sales.txt", joined(SALES, "{speaker}: {text}", "\n").encode(), timeless(SALES)),
    Talk("portuguese.txt", joined(PORTUGUESE, "{speaker}: {text}", "\n").encode(), timeless(PORTUGUESE)),
    Talk("german_parts.txt", joined(GERMAN, "{speaker}: {text}", "\n").encode("cp1252"), timeless(GERMAN)),
    Talk("french.txt", joined(FRENCH, "{speaker} : {text}", "\n").encode(), timeless(FRENCH)),
    Talk("japanese.txt", joined(JAPANESE, "{speaker}：{text}", "\n").encode(), timeless(JAPANESE)),
    Talk("dots.srt", captions(called(CAFE, {"Karim B. (he/him)": "Karim"}), "<i>{speaker}:</i> {text}", every=False).encode("utf-16"), called(CAFE, {"Karim B. (he/him)": "Karim"})),
    Talk("assembly.json", _utterances(), [t._replace(speaker=ANY) for t in CAFE]),
    Talk("pairs.docx", _docx_pairs(), timeless(LISTENED), "document", "2026-04-17"),
    Talk("timed.pdf", _pdf_timed(), called(CAFE, _TWO), "document"),
    Talk("divs.html", _divs(), CAFE, "document"),
    Talk("rev.rtf", _rtf(), [Turn(f"Speaker {1 if t.role == 'agent' else 2}", ANY, t.at, t.text) for t in SALES], "document"),
]  # fmt: skip
