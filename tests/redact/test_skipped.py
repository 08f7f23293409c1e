"""What was set aside is redacted too, and the people file wins over a source's attribute."""

from voc_engine.config import RedactConfig
from voc_engine.records import Batch, Document, Skipped, Utterance
from voc_engine.redact.stage import Pseudonyms, run

GIVEN = Pseudonyms({"P|name:maren holloway": "P0001"}, {"P0001": {"country": "Germany"}}, {"P0001": "Maren Holloway"})
HEADING = Skipped("a.md", "lines 1-3", "heading", "", "Interview with Maren Holloway, maren@example.org", "")


def batch():
    document = Document("interview-1", "interview", "a.md", "transcript", "name:maren holloway", "Fine.", attributes={"Country": "UK"})
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
