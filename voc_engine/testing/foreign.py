"""Contents that belong to built-in readers or to nobody, to show that a new reader does not claim them."""

from __future__ import annotations

# Reader whose content it is ("" for nobody), file name, content.
FOREIGN: tuple[tuple[str, str, bytes], ...] = (
    ("webvtt.v1", "call.vtt", b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Dana>How did it go?</v>\n"),
    ("srt.v1", "call.srt", b"1\n00:00:01,000 --> 00:00:04,000\nHow did it go?\n\n2\n00:00:05,000 --> 00:00:06,000\nFine.\n"),
    ("notes.v1", "call.txt", b"Dana: How did it go?\nTom: It went well.\nDana: And then?\nTom: We stopped.\n"),
    ("otter.v1", "call.md", b"Dana Wells  0:01\nHow did it go?\n\nTom Reed  0:05\nIt went well.\n"),
    ("csv.v1", "reviews.csv", b"review_id,rating,review\n1,5,It went well\n2,1,It went badly\n"),
    ("json.v1", "reviews.json", b'[{"review_id": 1, "review": "It went well"}, {"review_id": 2, "review": "Badly"}]'),
    ("jsonl.v1", "reviews.jsonl", b'{"review_id": 1, "review": "It went well"}\n{"review_id": 2, "review": "Badly"}\n'),
    ("zendesk.v1", "tickets.json", b'{"tickets": [{"id": 1, "subject": "", "description": "It broke", "requester_id": 1}]}'),
    ("prose.v1", "thoughts.txt", b"It went well until the third week.\n\nThen everybody left for the summer.\n"),
    ("pdf.v1", "paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
    ("", "picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00"),
    ("", "blank.txt", b" \n\n\t\n"),
)  # fmt: skip
