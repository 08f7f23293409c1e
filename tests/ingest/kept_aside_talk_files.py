"""Transcripts as text: captions, recognisers' files, meeting programs, notes."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

from .kept_aside_talks import (
    ANY,
    BANKING,
    CLINIC,
    GERMAN,
    GROUP,
    LONG,
    PLANNER,
    REMARKS,
    SHOP,
    Talk,
    called,
    captions,
    clock,
    fireflies,
    fireflies_download,
    joined,
    pieces,
    rev_json,
    timeless,
    unnamed,
    whisper_json,
)

GUID = "7e1bb8fe-1f6a-4a35-9c8e-5b1f0a3d9c11/{n}-0"
OTTER_END = "\n\nTranscribed by https://otter.ai\n"
MEET_END = (
    "\n\nMeeting ended after 00:31:45 👋\n\nThis editable transcript was computer generated and might contain errors."
    " People can also change the text after it was created.\n"
)


def _zoom_clock(at: object) -> str:
    return clock(int(str(at)) + 36190)


def _blocks(talk: list, form: str) -> str:  # type: ignore[type-arg]
    return "\n\n".join(form.format(speaker=t.speaker, time=_zoom_clock(t.at), text=t.text) for t in talk) + "\n"


def _since_first(talk: list) -> list:  # type: ignore[type-arg]
    return [t._replace(at=t.at - talk[0].at) for t in talk]


def _meet(talk: list) -> str:  # type: ignore[type-arg]
    names = list(dict.fromkeys(t.speaker for t in talk))
    body = joined(talk, "{speaker}: {text}", "\n")
    return (
        "Interview kitchen (2026-03-12 10:03 GMT+1) - Transcript\nAttendees\n" + ", ".join(names)
        + "\nTranscript\n\n00:00:00\n \n" + body + MEET_END
    )  # fmt: skip


def _meet_bold(talk: list) -> str:  # type: ignore[type-arg]
    first, second = joined(talk[:4], "**{speaker}:** {text}", "\n\n"), joined(talk[4:], "**{speaker}:** {text}", "\n\n")
    return (
        "# **Mar 12, 2026**\n\n## Booking research \\- Transcript\n\n### 00:00:00\n\n" + first + "\n\n### 00:05:00\n\n" + second + MEET_END
    )  # fmt: skip


def _at_first(talk: list, *when: tuple[int, int]) -> list:  # type: ignore[type-arg]
    """Only the first turn under a time heading has a time that can be held against something."""
    known = dict(when)
    return [t._replace(at=known.get(n, ANY)) for n, t in enumerate(talk)]


def _rolling(talk: list) -> str:  # type: ignore[type-arg]
    """YouTube's way: each caption repeats the line before it, then shows its own with tags for each word."""
    parts = [part for t in talk for part in pieces(t.text, 7)]
    lines = [(part, talk[0].at + 2 * n) for n, part in enumerate(parts)]
    made, before = ["WEBVTT", "Kind: captions", "Language: en", ""], " "
    for text, at in lines:
        tagged = text.split(" ")[0] + "".join(f"<{clock(at)}.500><c> {word}</c>" for word in text.split(" ")[1:])
        made += [f"{clock(at)}.000 --> {clock(at + 1)}.990 align:start position:0%", before, tagged, ""]
        made += [f"{clock(at + 1)}.990 --> {clock(at + 2)}.000 align:start position:0%", text, " ", ""]
        before = text
    return "\n".join(made)


META = "Project: Delivery study\nDate: 12 March 2026\nLocation: Leeds, room 4\nParticipant: R-07\n\n# Interview 7\n\n"

FILES: list[tuple[str, str, list, str | None]] = [  # type: ignore[type-arg]
    ("zoom.vtt", "WEBVTT\n\n" + captions(BANKING, "{speaker}: {text}"), BANKING, None),
    ("zoom_crlf_bom.vtt", "\ufeffWEBVTT\r\n\r\n" + captions(CLINIC, "{speaker}: {text}").replace("\n", "\r\n"), CLINIC, None),
    ("teams_closed.vtt", "WEBVTT\n\n" + captions(SHOP, "<v {speaker}>{text}</v>", ids=GUID), SHOP, None),
    ("teams_open.vtt", "\ufeffWEBVTT\n\n" + captions(BANKING, "<v {speaker}>{text}", ids=GUID), BANKING, None),
    ("grain.vtt", "WEBVTT\n\nNOTE made by a recorder\n\nSTYLE\n::cue { color: white }\n\n" + captions(PLANNER, "<v {speaker}>{text}", ids=""), PLANNER, None),
    ("two_in_a_cue.vtt", "WEBVTT\n\n" + "\n\n".join(
        f"{clock(a.at)}.000 --> {clock(b.at)}.900\n<v {a.speaker}>{a.text}</v>\n<v {b.speaker}>{b.text}</v>"
        for a, b in zip(CLINIC[::2], CLINIC[1::2], strict=True)) + "\n",
     [t._replace(at=t.at if n % 2 == 0 else CLINIC[n - 1].at) for n, t in enumerate(CLINIC)], None),
    ("whisper.vtt", "WEBVTT\n\n" + captions(BANKING, "{text}", ids=""), unnamed(BANKING), None),
    ("youtube.vtt", _rolling(BANKING), unnamed(BANKING), None),
    ("named.srt", captions(BANKING, "{speaker}: {text}", mark=",", every=False), BANKING, None),
    ("chevrons.srt", captions(SHOP, ">> {speaker}: {text}", mark=",", every=False), SHOP, None),
    ("upper.srt", captions(called(BANKING, {"Maria Keller": "MARIA KELLER", "Tom O'Brien": "TOM O'BRIEN"}), "{speaker}: {text}", mark=",", every=False),
     called(BANKING, {"Maria Keller": "MARIA KELLER", "Tom O'Brien": "TOM O'BRIEN"}), None),
    ("whisper.srt", captions(CLINIC, "{text}", mark=","), unnamed(CLINIC), None),
    ("whisper.tsv", "start\tend\ttext\n" + "".join(f"{t.at * 1000}\t{t.at * 1000 + 2000}\t{t.text}\n" for t in BANKING), unnamed(BANKING), None),
    ("whisper_printed.txt", "".join(f"[{clock(t.at)}.000 --> {clock(t.at + 2)}.000]  {t.text}\n" for t in CLINIC), unnamed(CLINIC), None),
    ("otter.txt", joined(LONG, "{speaker}  {time}\n{text}", "\n\n", "short") + OTTER_END, LONG, None),
    ("otter_head.txt", "Interview with Amit\nTue, Mar 3, 2026 10:03AM • 12:31\n\nSUMMARY KEYWORDS\nbooking, code, website, phone\n\nSPEAKERS\nDr. Helen Marsh, Prof. Amit Rao\n\n"
     + joined(CLINIC, "{speaker}  {time}\n{text}", "\n\n", "ms") + OTTER_END, CLINIC, "2026-03-03T10:03:00"),
    ("otter.md", "# Kitchen talk\n\n" + joined(SHOP, "**{speaker}**  {time}\n\n{text}", "\n\n", "short") + OTTER_END, SHOP, None),
    ("meet.txt", _meet(SHOP), _at_first(SHOP, (0, 0)), "2026-03-12T10:03:00+01:00"),
    ("meet_gemini.md", _meet_bold(CLINIC), _at_first(CLINIC, (0, 0), (4, 300)), "2026-03-12"),
    ("rev.txt", joined(BANKING, "{speaker} ({time}):\n{text}", "\n\n", "ms") + "\n", BANKING, None),
    ("rev_speakers.txt", joined(called(CLINIC, {"Dr. Helen Marsh": "Speaker 1", "Prof. Amit Rao": "Speaker 2"}), "{speaker} ({time}):\n{text}", "\n\n", "ms") + "\n",
     called(CLINIC, {"Dr. Helen Marsh": "Speaker 1", "Prof. Amit Rao": "Speaker 2"}), None),
    ("plaud.txt", joined(called(BANKING, {"Maria Keller": "Speaker 1", "Tom O'Brien": "Speaker 2"}), "{time} {speaker}\n{text}", "\n\n"),
     called(BANKING, {"Maria Keller": "Speaker 1", "Tom O'Brien": "Speaker 2"}), None),
    ("word_transcribe.txt", "Audio file\nInterview_04.mp3\nTranscript\n" + joined(called(CLINIC, {"Dr. Helen Marsh": "Speaker 1", "Prof. Amit Rao": "Speaker 2"}), "{time} {speaker}\n{text}", "\n"),
     called(CLINIC, {"Dr. Helen Marsh": "Speaker 1", "Prof. Amit Rao": "Speaker 2"}), None),
    ("happyscribe.txt", joined(BANKING, "[{time}.000] - {speaker}\n{text}", "\n\n"), BANKING, None),
    ("sonix.txt", "Interview 4\n\n" + joined(SHOP, "[{time}] {speaker}:\n{text}", "\n\n"), SHOP, None),
    ("trint.txt", joined(BANKING, "[{time}] {speaker}: {text}", "\n\n"), BANKING, None),
    ("descript.md", "# Session 3\n\n" + joined(BANKING, "**{speaker}:** [{time}] {text}", "\n\n"), BANKING, None),
    ("zoom_saved.txt", _blocks(BANKING, "[{speaker}] {time}\n{text}"), _since_first(BANKING), None),
    ("zoom_tabs.txt", _blocks(CLINIC, "{time}\t{speaker}\n{text}"), _since_first(CLINIC), None),
    ("notes_plain.txt", META + joined(REMARKS, "{speaker}: {text}", "\n\n"), timeless(REMARKS), "2026-03-12"),
    ("notes_qa.txt", "Expert call, 4 March 2026\n\n" + joined(called(BANKING, {"Maria Keller": "Q", "Tom O'Brien": "A"}), "{speaker}: {text}", "\n"),
     timeless(called(BANKING, {"Maria Keller": "Q", "Tom O'Brien": "A"})), None),
    ("focus_group.txt", "Focus group 2 – ticket machines\nModerator: Ruth\nParticipants: P1, P2, P3, P4\n\n" + joined(GROUP, "{speaker}: {text}", "\n"), timeless(GROUP), None),
    ("lower.txt", joined(PLANNER, "{speaker}: {text}", "\n"), timeless(PLANNER), None),
    ("accents_latin1.txt", joined(SHOP, "{speaker}: {text}", "\n"), timeless(SHOP), None),
    ("titles.txt", joined(CLINIC, "{speaker}: {text}", "\n\n"), timeless(CLINIC), None),
    ("german.txt", "Transkript Interview 12\nDatum: 04.03.2026\n\n" + joined(GERMAN, "{speaker}: {text}", "\n"), timeless(GERMAN), "2026-03-04"),
    ("maxqda.txt", joined(GERMAN, "{speaker}: {text} #{time}-1#", "\n"), timeless(GERMAN, ANY), None),
    ("initials.txt", joined(called(BANKING, {"Maria Keller": "MK", "Tom O'Brien": "TO"}), "{speaker}: {text}", "\n"),
     timeless(called(BANKING, {"Maria Keller": "MK", "Tom O'Brien": "TO"})), None),
    ("tabs.txt", joined(called(BANKING, {"Maria Keller": "INT", "Tom O'Brien": "P3"}), "{speaker}:\t{text}", "\n"),
     timeless(called(BANKING, {"Maria Keller": "INT", "Tom O'Brien": "P3"})), None),
    ("numbered.txt", joined(called(GROUP, {"Moderator": "Moderator", "P1": "Participant 1", "P2": "Participant 2", "P3": "Participant 3", "P4": "Participant 4"}), "{speaker}: {text}", "\n\n"),
     timeless(called(GROUP, {"P1": "Participant 1", "P2": "Participant 2", "P3": "Participant 3", "P4": "Participant 4"})), None),
]  # fmt: skip

_CODES = {"accents_latin1.txt": "cp1252", "whisper.srt": "utf-16"}
TALKS = [
    *(Talk(name, text.encode(_CODES.get(name, "utf-8")), talk, date=date) for name, text, talk, date in FILES),
    Talk("rev.json", rev_json(BANKING), BANKING),
    Talk("fireflies.json", fireflies(BANKING), BANKING, date="2026-03-03T10:03:00+00:00"),
    Talk("fireflies_download.json", fireflies_download(SHOP), SHOP),
    Talk("whisper.json", whisper_json(BANKING), unnamed(BANKING)),
]
