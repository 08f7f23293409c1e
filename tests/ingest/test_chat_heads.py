"""Chats whose messages stand under a line with day and time: the name behind or below it, answers once, no reactions."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import put, read, said

TEXT = """May 17, 2022  5:29:42 PM (Read by you after 1 minute)
+15550100
Did you see the new price list?
    May 17, 2022  5:36:12 PM
    Me
    I saw it on the door.

May 17, 2022  5:31:12 PM (Read by them after 2 seconds)
Me
I hate it, it is far too much.

May 17, 2022  5:34:42 PM
+15550100
We may move to the other shop.
/Users/me/Attachments/aa/IMG_01.heic
Tapbacks:
Loved by Me

May 17, 2022  5:36:12 PM
Me
I saw it on the door.
This message responded to an earlier message.

May 17, 2022  6:04:42 PM You renamed the conversation to Prices

"""


def _page(time: str, sender: str, words: str, side: str) -> str:
    return (
        f'<div class="message"><div class="{side}"><p><span class="timestamp"><a href="sms://open?message-guid=1">'
        f'{time}</a></span>\n<span class="sender">{sender}</span></p>\n<hr><div class="message_part">\n'
        f'<span class="bubble">{words}</span>'
        "\n</div></div></div>"
    )


PAGE = '<html><head><meta charset="UTF-8"><style>.message{}</style></head><body>' + "\n".join(
    [
        _page("May 17, 2022  5:29:42 PM", "+15550100", "Did you see the new price list?", "received"),
        _page("May 17, 2022  5:31:12 PM", "Me", "I hate it, it is far too much.", "sent iMessage"),
        _page("May 17, 2022  5:34:42 PM", "+15550100", "We may move to the other shop.", "received"),
        '<div class="announcement"><p><span class="timestamp">May 17, 2022  5:40:00 PM</span> You named it Prices at last'
        "</p></div>",
        _page("May 17, 2022  5:36:12 PM", "Me", "I saw it on the door.", "sent iMessage"),
        "</body></html>",
    ]
)


@pytest.mark.parametrize(("name", "content"), [("a.txt", TEXT), ("a.html", PAGE)])
def test_every_message_is_its_senders_and_stands_once(tmp_path: Path, name: str, content: str) -> None:
    (talk,), skipped = read(put(tmp_path, name, content))
    assert [(speaker, words) for speaker, _, words in said(talk)] == [
        ("+15550100", "Did you see the new price list?"),
        ("Me", "I hate it, it is far too much."),
        ("+15550100", "We may move to the other shop."),
        ("Me", "I saw it on the door."),
    ]
    assert not any(one.quarantined for one in skipped)


def test_what_the_program_tells_is_set_aside(tmp_path: Path) -> None:
    _, skipped = read(put(tmp_path, "a.txt", TEXT))
    told = "\n".join(one.found for one in skipped)
    assert all(words in told for words in ("Tapbacks:", "Loved by Me", "IMG_01", "responded to an earlier", "renamed"))


def test_times_above_sentences_are_no_names(tmp_path: Path) -> None:
    """Headings with a time over minutes of a meeting name nobody."""
    lines = [f"May {n}, 2022 10:00 AM\nWe talked of topic {n} and left it\nIt was late." for n in range(1, 6)]
    (talk,), _ = read(put(tmp_path, "a.txt", "\n\n".join(lines)))
    assert {speaker for speaker, _, _ in said(talk)} == {None}
