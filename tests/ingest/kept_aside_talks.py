"""Transcripts in the layouts of real tools, written from what was truly said: who, in which part, when, which words."""

# ruff: noqa: E501
# One line of a talk is one turn.

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

ANY = "?"  # a field that the layout does not hold, so that nothing is judged


class Turn(NamedTuple):
    """``at`` is in seconds, None where the file tells no time, ANY where it is not judged."""

    speaker: str | None
    role: str
    at: object
    text: str


@dataclass(frozen=True)
class Talk:
    """A file of one conversation, and its turns; neighbouring turns of one speaker are one."""

    name: str
    data: bytes
    turns: Sequence[Turn]
    family: str = "transcript"
    date: str | None = None


def turns(*lines: str) -> list[Turn]:
    """Lines "speaker | i, p or u | seconds | text"; later lines may leave the part out."""
    made, parts = [], {"i": "interviewer", "p": "participant", "u": "unknown", "?": ANY, "a": "agent", "b": "bot"}
    known: dict[str, str] = {}
    for line in lines:
        speaker, role, at, text = (cell.strip() for cell in line.split("|", 3))
        known[speaker] = role = role or known[speaker]
        made.append(Turn(speaker or None, parts[role], int(at), text))
    return made


def timeless(talk: Sequence[Turn], at: object = None) -> list[Turn]:
    return [turn._replace(at=at) for turn in talk]


def unnamed(talk: Sequence[Turn]) -> list[Turn]:
    """What a recogniser without speakers leaves: one unknown voice."""
    return [Turn(None, "unknown", talk[0].at, " ".join(turn.text for turn in talk))]


def called(talk: Sequence[Turn], names: dict[str, str | None]) -> list[Turn]:
    return [turn._replace(speaker=names.get(turn.speaker or "", turn.speaker)) for turn in talk]


def clock(at: object, form: str = "hms", mark: str = ".") -> str:
    seconds = int(str(at))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if form == "short":
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    if form == "ms":
        return f"{seconds // 60:02}:{rest:02}"
    tail = f"{mark}000" if form == "full" else ""
    return f"{hours:02}:{minutes:02}:{rest:02}{tail}"


def joined(talk: Sequence[Turn], form: str, between: str = "\n", time: str = "hms") -> str:
    """Each turn by the pattern, which may name {n}, {speaker}, {time} and {text}."""
    return between.join(
        form.format(n=n, speaker=t.speaker, time=clock(t.at, time) if isinstance(t.at, int) else "", text=t.text)
        for n, t in enumerate(talk, 1)
    )


def pieces(text: str, words: int = 9) -> list[str]:
    """A turn cut into captions."""
    all_words = text.split()
    return [" ".join(all_words[at : at + words]) for at in range(0, len(all_words), words)]


def captions(talk: Sequence[Turn], payload: str, *, mark: str = ".", ids: str = "{n}", every: bool = True) -> str:
    """Captions of a few words each; ``payload`` names {speaker} and {text}; later ones of a turn carry no name unless ``every``."""
    made, number = [], 0
    for turn in talk:
        for place, part in enumerate(pieces(turn.text)):
            number += 1
            at = int(str(turn.at)) + place * 2
            line = payload.format(speaker=turn.speaker, text=part) if every or not place else part
            head = [ids.format(n=number)] if ids else []
            made.append("\n".join([*head, f"{clock(at, 'full', mark)} --> {clock(at + 2, 'full', mark)}", line]))
    return "\n\n".join(made) + "\n"


BANKING = turns(
    "Maria Keller | i | 3 | Thanks for joining today. Could you tell me how you keep track of your invoices?",
    "Tom O'Brien | p | 9 | Sure. I used to write everything into a notebook, and then I lost it on a train, so now I photograph each bill the day it comes in.",
    "Maria Keller | | 31 | And what happens to the photographs after that?",
    "Tom O'Brien | | 36 | Mostly nothing, honestly. At 10:30 Meeting: everyone asks me where the numbers are. I end up typing the same amount three times, which drives me mad.",
    "Maria Keller | | 58 | How often does that happen?",
    "Tom O'Brien | | 61 | Every single Monday. My boss wants the totals by noon and the export takes forever.",
    "Maria Keller | | 75 | What would you change first if you could?",
    "Tom O'Brien | | 80 | I'd want it to read the bill by itself. Is that too much to ask?",
)
CLINIC = turns(
    "Dr. Helen Marsh | i | 0 | Good morning. What brought you to the online booking in the first place?",
    "Prof. Amit Rao | p | 6 | The telephone line was busy for forty minutes, twice. After that I tried the website on my phone in the waiting room.",
    "Dr. Helen Marsh | | 22 | Can you walk me through the steps you took?",
    "Prof. Amit Rao | | 27 | First I had to make an account; it sent a code that never arrived. Then I asked my daughter, and she did it in two minutes.",
    "Dr. Helen Marsh | | 49 | How did that make you feel?",
    "Prof. Amit Rao | | 53 | A little foolish, to be frank. I teach engineering.",
)
SHOP = turns(
    "José Núñez | i | 2 | Hola and welcome. Where do you usually buy things for the kitchen?",
    "Zoë Krämer | p | 8 | Online, nearly always, but I return half of what I order because the colours are never as in the picture.",
    "François L'Hôpital-Dubois | p | 24 | For me it is the opposite: I go to the shop, touch everything, and then order the cheaper one at home.",
    "José Núñez | | 41 | Zoë, what do you do when a return is refused?",
    "Zoë Krämer | | 47 | I write to them on every channel until somebody answers. Last time it took nine days.",
    "José Núñez | | 60 | And you, François?",
    "François L'Hôpital-Dubois | | 63 | I give up. I have a whole cupboard full of things that I should have sent back.",
)
PLANNER = turns(
    "sam | i | 1 | so when did you start using the planner?",
    "priya | p | 4 | about two years ago, when my team moved to shifts and nobody knew who was working on sunday",
    "sam | | 15 | what was the first thing that annoyed you?",
    "priya | | 19 | it logs me out whenever i switch from the phone to the laptop, and then the draft is gone",
    "sam | | 33 | did you ever write to support about it?",
    "priya | | 37 | once. they told me to clear my cookies. it helped for a day",
)
GROUP = turns(
    "Moderator | i | 5 | Welcome everybody. Who has used the new ticket machine, and how was it?",
    "P1 | p | 14 | I have. It would not take my card, and there were twelve people behind me.",
    "P2 | p | 22 | Same here, but I found it easy once I understood the zones.",
    "P3 | p | 30 | The zones make no sense to me at all. I always buy the dearest one to be safe.",
    "Moderator | | 41 | What would help you with the zones?",
    "P4 | p | 46 | A map, a plain map. On the old machine there was one.",
    "P1 | | 53 | Yes, and bigger letters, please. I am seventy-one.",
    "Moderator | | 60 | P2, you said it was easy. What did you do differently?",
    "P2 | | 66 | I just typed the name of the station and let it choose.",
)
LONG = turns(
    "Nora Lindqvist | i | 0 | Let's begin. What does a normal morning look like for you at the depot?",
    "Unknown Speaker | u | 7 | I check the board, then I call the drivers one by one because the app does not show who is late.",
    "Nora Lindqvist | | 3598 | We have talked for an hour now. What should I have asked you?",
    "Unknown Speaker | | 3605 | About the winter. In winter nothing works, the tablets freeze and we go back to paper.",
    "Nora Lindqvist | | 3661 | Why paper?",
    "Unknown Speaker | | 3665 | Paper does not need charging.",
)
GERMAN = turns(
    "I | i | 2 | Wie sind Sie auf unser Angebot aufmerksam geworden?",
    "B | p | 8 | Eine Kollegin hat mir davon erzählt; sie war sehr zufrieden, nur die Anmeldung fand sie umständlich.",
    "I | | 19 | Und wie war das bei Ihnen?",
    "B | | 23 | Ähnlich. Ich habe das Passwort dreimal zurückgesetzt, bis es endlich ging.",
    "I | | 35 | Was hätten Sie sich gewünscht?",
    "B | | 39 | Eine Telefonnummer, unter der jemand abhebt.",
)
REMARKS = turns(
    "Interviewer | i | 4 | What do you do when the delivery is late?",
    "Participant | p | 10 | I look at https://example.org/track: it never says anything. Note: this was before the strike. Then I wait.",
    "Interviewer | | 25 | And after that?",
    "Participant | | 29 | Two things: I phone them, and I tell my neighbours. My rule is this: no parcel, no second order.",
    "Interviewer | | 44 | Is there a time when it worked well?",
    "Participant | | 49 | At 9:15 they called me: the driver was lost. That was kind of them.",
)


def rev_json(talk: Sequence[Turn]) -> bytes:
    names = sorted({t.speaker for t in talk if t.speaker})
    monologues = []
    for turn in talk:
        elements: list[dict[str, object]] = []
        for place, word in enumerate(turn.text.split(" ")):
            bare = word.rstrip(".,?!;:")
            stamp = clock(turn.at, "full", ",").replace("000", f"{place:03}") if place < 1000 else ""
            if place:
                elements.append({"type": "punct", "value": " "})
            elements.append({"type": "text", "value": bare, "timestamp": stamp, "end_timestamp": stamp})
            if bare != word:
                elements.append({"type": "punct", "value": word[len(bare) :]})
        monologues.append({"speaker": names.index(str(turn.speaker)), "elements": elements})
    people = [{"id": number, "name": name} for number, name in enumerate(names)]
    return json.dumps({"speakers": people, "monologues": monologues}).encode()


def fireflies(talk: Sequence[Turn]) -> bytes:
    """The answer of the GraphQL API: a sentence per line, the date in milliseconds."""
    sentences = [
        {
            "index": n, "speaker_name": t.speaker, "speaker_id": 0 if t.role == "interviewer" else 1, "text": t.text,
            "raw_text": t.text.lower(), "start_time": float(str(t.at)), "end_time": float(str(t.at)) + 3.2,
            "ai_filters": {"task": None, "question": t.text if "?" in t.text else None, "sentiment": "neutral"},
        }
        for n, t in enumerate(talk)
    ]  # fmt: skip
    body = {
        "id": "AbC12", "title": "Interview Tom", "date": 1772532180000, "duration": 1.5, "host_email": "m@example.org",
        "participants": ["m@example.org", "tom@example.com"], "sentences": sentences,
        "summary": {"keywords": ["invoices"], "overview": "Tom photographs bills."},
    }  # fmt: skip
    return json.dumps({"data": {"transcript": body}}, indent=1).encode()


def fireflies_download(talk: Sequence[Turn]) -> bytes:
    return json.dumps(
        [
            {
                "sentence": t.text, "startTime": clock(t.at, "ms"), "endTime": clock(int(str(t.at)) + 2, "ms"),
                "speaker_name": t.speaker, "speaker_id": 0,
            }
            for t in talk
        ]
    ).encode()  # fmt: skip


def whisper_json(talk: Sequence[Turn]) -> bytes:
    segments = [
        {"id": n, "seek": 0, "start": float(str(t.at)), "end": float(str(t.at)) + 2.5, "text": f" {t.text}",
         "tokens": [50364, 2561], "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.4, "no_speech_prob": 0.01}
        for n, t in enumerate(talk)
    ]  # fmt: skip
    return json.dumps({"text": "".join(f" {t.text}" for t in talk), "segments": segments, "language": "en"}).encode()
