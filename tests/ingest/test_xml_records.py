"""XML: the element that returns is the record; what is no table is told; dumps, feeds and backups come out as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.errors import SourceError

from .reading import put, read, said

POSTS = """<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="4" PostTypeId="1" CreationDate="2024-03-02T21:42:52.667" Score="3"
   Body="&lt;p&gt;My oven never gets hot and I have tried it twice.&lt;/p&gt;"
   OwnerUserId="8" Title="Oven stays cold" Tags="&lt;oven&gt;" />
  <row Id="7" PostTypeId="2" ParentId="4" CreationDate="2024-03-03T22:17:57.883" Score="2"
   Body="&lt;p&gt;Mine did the same until I changed the fuse.&lt;/p&gt;" OwnerUserId="9" />
</posts>"""
SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
  <sms address="+15550100" date="1700000000000" type="1" subject="null"
   body="I never got the parcel you promised" contact_name="Jonas Feld" />
  <sms address="+15550100" date="1700000060000" type="2" subject="null"
   body="Sorry, we will send another one today" contact_name="Jonas Feld" />
  <sms address="+15550199" date="1700000160000" type="1" subject="null"
   body="The courier left it in the rain" contact_name="Ana Ruiz" />
</smses>"""
TALKS = """<conversations>
<conversation id="c1"><customer>Jonas</customer><messages>
 <message><from type="customer">Jonas</from><body>My parcel never came.</body></message>
 <message><from type="agent">Mia</from><body>We will send another one.</body></message></messages></conversation>
<conversation id="c2"><customer>Ana</customer><messages>
 <message><from type="customer">Ana</from><body>The invoice is wrong again.</body></message></messages></conversation>
</conversations>"""
FEED = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Bikes</title>
<item><title>Brake</title><dc:creator>mona</dc:creator>
 <description>&lt;p&gt;My brake squeals since the rain.&lt;/p&gt;</description></item>
<item><title>Saddle</title><dc:creator>dirk</dc:creator><description>I like the new saddle, it is soft.</description></item>
</channel></rss>"""


def test_a_dump_of_a_forum_gives_its_posts(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "Posts.xml", POSTS))
    assert [talk.document.person_id for talk in talks] == ["id:posts:8", "id:posts:9"]
    assert [talk.document.created_at for talk in talks] == ["2024-03-02T21:42:52", "2024-03-03T22:17:57"]
    assert [said(talk)[-1][2] for talk in talks] == [
        "My oven never gets hot and I have tried it twice.", "Mine did the same until I changed the fuse.",
    ]  # fmt: skip
    assert [talk.document.rating for talk in talks] == [None, None]
    assert skipped == []


def test_what_was_sent_from_the_phone_is_no_evidence(tmp_path: Path) -> None:
    """Regression: the numbers of received and sent messages told nobody who wrote."""
    talks, _ = read(put(tmp_path, "sms.xml", SMS))
    roles = {words: role for talk in talks for _, role, words in said(talk)}
    assert roles == {
        "I never got the parcel you promised": "participant",
        "Sorry, we will send another one today": "agent",
        "The courier left it in the rain": "participant",
    }


def test_messages_inside_records_are_turns(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "c.xml", TALKS))
    assert [[(role, words) for _, role, words in said(talk)] for talk in talks] == [
        [("participant", "My parcel never came."), ("agent", "We will send another one.")],
        [("participant", "The invoice is wrong again.")],
    ]
    assert skipped == []


def test_a_feed_gives_its_entries_with_their_authors(tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, "feed.xml", FEED))
    assert [(talk.document.kind, talk.document.person_id) for talk in talks] == [
        ("post", "handle:mona"), ("post", "handle:dirk"),
    ]  # fmt: skip
    assert said(talks[0])[-1][2] == "My brake squeals since the rain."


@pytest.mark.parametrize(
    ("content", "found", "to_do"),
    [
        ("<?xml version='1.0'?><TEI><text><u>How so?</u><u>I wait.</u></text></TEI>", "<TEI>", 'format = "xml.v1"'),
        ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><r><x>I &a; it</x><x>so</x></r>", "document type", "DOCTYPE"),
        ("<?xml version='1.0'?><note><to>Ana</to><body>I wait for it</body></note>", "<note>", "CSV"),
    ],
)  # fmt: skip
def test_xml_that_is_no_table_is_told_with_the_key_to_paste(
    tmp_path: Path, content: str, found: str, to_do: str
) -> None:
    with pytest.raises(SourceError) as caught:
        read(put(tmp_path, "a.xml", content))
    assert found in caught.value.found
    assert to_do in caught.value.do


def test_a_damaged_record_costs_itself(tmp_path: Path) -> None:
    row = "<row Id='9' Body='lost & found under the seat' OwnerUserId='3'/>"
    last = "<row Id='10' Body='I found it under the seat' OwnerUserId='5'/>"
    talks, skipped = read(put(tmp_path, "Posts.xml", POSTS.replace("</posts>", f"{row}\n{last}</posts>")))
    assert [talk.document.person_id for talk in talks] == ["id:posts:8", "id:posts:9", "id:posts:5"]
    (told,) = [one for one in skipped if one.quarantined]
    assert told.locator == "row 3"
    assert "lost & found under the seat" in told.found


ITEM = (
    "<item><title>{title}</title><dc:creator>shop</dc:creator><content:encoded>{own}</content:encoded>{comments}</item>"
)
COMMENT = (
    "<wp:comment><wp:comment_author>{who}</wp:comment_author><wp:comment_content>{said}</wp:comment_content>"
    "</wp:comment>"
)
SPACES = 'xmlns:dc="http://d" xmlns:content="http://c" xmlns:wp="http://w"'


def test_what_stands_once_is_a_list_where_it_stands_several_times_elsewhere(tmp_path: Path) -> None:
    """Regression: one comment under an article was lost, and the article was its author's words."""
    two = "".join(COMMENT.format(who=who, said=f"My {who} saddle hurts") for who in ("Mona", "Dirk"))
    one = COMMENT.format(who="Ana", said="They squeal whenever it is wet")
    items = ITEM.format(title="New saddle", own="We made a saddle that you will love.", comments=two)
    items += ITEM.format(title="Brakes", own="Clean them in five steps.", comments=one)
    talks, _ = read(put(tmp_path, "w.xml", f"<rss {SPACES}><channel>{items}</channel></rss>"))
    voice = [(who, words) for talk in talks for who, role, words in said(talk) if role == "participant"]
    assert voice == [
        ("Mona", "My Mona saddle hurts"), ("Dirk", "My Dirk saddle hurts"), ("Ana", "They squeal whenever it is wet"),
    ]  # fmt: skip
