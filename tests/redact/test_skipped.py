"""What was set aside is redacted too, and the people file wins over a source's attribute."""

from voc_engine.config import RedactConfig
from voc_engine.privacy.pseudonyms import Pseudonyms
from voc_engine.records import Batch, Document, Skipped, Utterance
from voc_engine.redact.stage import run

GIVEN = Pseudonyms({"P|name:maren holloway": "P0001"}, {"P0001": {"country": "Germany"}}, {"P0001": "Maren Holloway"})
HEADING = Skipped("a.md", "lines 1-3", "heading", "", "Interview with Maren Holloway, maren@example.org", "")


def batch():
    document = Document(
        "interview-1", "interview", "a.md", "transcript", "name:maren holloway", "Fine.", attributes={"Country": "UK"}
    )
    turn = Utterance("interview-1-u0", "interview-1", 0, "Maren Holloway", "name:maren holloway", "participant", 0, 5)
    return Batch.make((Document, [document]), (Utterance, [turn]), (Skipped, [HEADING]))


def test_a_heading_that_was_set_aside_names_nobody():
    (found,) = run(batch(), RedactConfig(), GIVEN).of(Skipped)
    assert found.found == "Interview with [P0001], [email]"


def test_without_redaction_it_stays():
    (found,) = run(batch(), RedactConfig(enabled=False), GIVEN).of(Skipped)
    assert found == HEADING


def test_the_people_file_replaces_an_attribute_of_another_case():
    (document,) = run(batch(), RedactConfig(), GIVEN).of(Document)
    assert document.attributes == {"country": "Germany"}


def test_among_many_people_each_is_still_found():
    """Regression: every set-aside row was searched for every name of its part, days for a large help desk."""
    letters = [f"{one}{other}{third}" for one in "ABCDEFGH" for other in "aeiou" for third in "klmnprst"]
    names = {
        f"P{row:05d}": f"{first}o {last}i" for row, (first, last) in enumerate(zip(letters, letters[::-1], strict=True))
    }
    people = {f"{person}{copy}": f"{name}{'x' * copy}" for copy in range(5) for person, name in names.items()}
    skipped = [
        Skipped("a.csv", f"row {row}", "no text", "", f"{name} wrote", "") for row, name in enumerate(people.values())
    ]
    found = run(Batch.make((Skipped, skipped)), RedactConfig(), Pseudonyms({}, {}, people)).of(Skipped)
    assert [one.found for one in found] == [f"[{person}] wrote" for person in people]


def test_what_was_set_aside_names_nobody_of_another_source_even_in_part():
    """Regression: a deletion that named somebody of another source by the family name alone stayed as it was."""
    given = Pseudonyms({}, {}, {}, full={"b.docx": {"P0007": "Thaddeus Quillfeather"}})
    deleted = Skipped("b.docx", "paragraph 3", "deleted text", "", "ask quillfeather about the roof", "")
    (found,) = run(Batch.make((Skipped, [deleted])), RedactConfig(), given).of(Skipped)
    assert found.found == "ask [P0007] about the roof"
