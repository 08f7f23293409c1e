from pathlib import Path

from .reading import put, read, said

TEAMS = """\ufeffWEBVTT\r
\r
7c0e4b1d-52fa-4e83-9d16-a3f8b26c90e7/12-0\r
00:00:02.417 --> 00:00:09.286\r
<v Dana Wells>How do you plan\r
your week?</v>\r
\r
7c0e4b1d-52fa-4e83-9d16-a3f8b26c90e7/13-0\r
00:00:09.926 --> 00:00:12.530\r
<v Dana Wells>Tell me.\r
\r
00:00:13.000 --> 00:00:19.000\r
<v Tom Reed>On paper &amp; a wall.</v> <v Dana Wells>Really?</v>\r
"""


def test_teams_voices_with_missing_closing_tag_two_speakers_in_a_cue_bom_and_crlf(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.vtt", TEAMS))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "How do you plan your week? Tell me."),
        ("Tom Reed", "participant", "On paper & a wall."),
        ("Dana Wells", "interviewer", "Really?"),
    ]
    assert skipped == []
    assert talk.document.person_id == "name:tom reed"
    assert talk.document.attributes == {"identity.name": "Tom Reed"}


def test_merged_cues_keep_the_time_at_which_each_began(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.vtt", TEAMS))
    first = talk.utterances[0]
    assert first.time_ms == (2417, 9926)
    assert [talk.document.text[offset:][:4] for offset in first.time_offsets] == ["How ", "Tell"]


ZOOM = """WEBVTT

1
00:00:03.120 --> 00:00:08.047
Nadia Ferrante: Morning. What is on

2
00:00:08.687 --> 00:00:15.048
Nadia Ferrante: today?

3
00:00:15.963 --> 00:00:19.973
Pádraig Quigley: 10:30 Meeting: the bank.

4
00:00:20.000 --> 00:00:22.000
10:30 Meeting: that is all it says.

5
00:00:23.000 --> 00:00:24.000
Remember: it was a Monday.
"""


def test_zoom_turns_are_joined_and_a_time_or_a_lone_word_is_no_speaker(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.vtt", ZOOM))
    assert said(talk) == [
        ("Nadia Ferrante", "interviewer", "Morning. What is on today?"),
        (
            "Pádraig Quigley",
            "participant",
            "10:30 Meeting: the bank. 10:30 Meeting: that is all it says. Remember: it was a Monday.",
        ),
    ]


BLOCKS = """WEBVTT - a title
Kind: captions

NOTE
said by nobody

STYLE
::cue { color: red }

NOTE this one has an id below

NOTE
00:01.000 --> 00:02.000
an id may be called NOTE

intro & more
00:02.000 --> 00:03.000 align:start
1 < 2 and a <3 heart<00:02.500> <c.x>now</c> <i>yes</i>

lost words
without a time

00:03.000 --> 00:04.000

00:05.000 --> 00:0x.000
bad time
"""


def test_notes_styles_ids_tags_and_lost_cues(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.vtt", BLOCKS))
    assert talk.document.text == "an id may be called NOTE 1 < 2 and a <3 heart now yes"
    assert {(one.reason, one.quarantined) for one in skipped} == {
        ("file header", False),
        ("id of a cue", False),
        ("NOTE block", False),
        ("STYLE block", False),
        ("cue without words", False),
        ("text outside a cue", True),
    }
    lost = [one.found for one in skipped if one.quarantined]
    assert lost == ["lost words\nwithout a time", "00:05.000 --> 00:0x.000\nbad time"]


ROLLING = """WEBVTT

00:01.000 --> 00:02.000
so we

00:02.000 --> 00:03.000
so we
went home

00:03.000 --> 00:04.000
went home
and slept
"""


def test_rolling_captions_are_said_once_and_counted(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.vtt", ROLLING))
    assert talk.document.text == "so we went home and slept"
    assert [(one.count, one.found) for one in skipped] == [(2, "so we / went home")]


def test_a_word_really_said_twice_stays(tmp_path: Path) -> None:
    cues = ["00:01.000 --> 00:02.000\nNo.", "00:02.000 --> 00:03.000\nNo."]
    cues += [f"00:0{n}.000 --> 00:0{n + 1}.000\nLine {n}." for n in range(3, 9)]
    (talk,), skipped = read(put(tmp_path, "a.vtt", "WEBVTT\n\n" + "\n\n".join(cues)))
    assert talk.document.text.startswith("No. No. Line 3.")
    assert skipped == []


def test_captions_without_speakers_are_one_unknown_voice(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there."))
    assert said(talk) == [(None, "unknown", "Hello there.")]
    assert talk.document.person_id == f"speaker:{talk.document.document_id}:unknown"


def test_a_file_with_no_cue_is_quarantined_not_dropped(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "a.vtt", "WEBVTT\n\n"))
    assert talks == []
    assert [one.quarantined for one in skipped] == [True]
