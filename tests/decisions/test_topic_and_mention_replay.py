"""Topics merged, quotes pinned: counted anew, and nothing else moves."""

from voc_engine.mentions import replay as mentions
from voc_engine.records import Batch, Decision, Disclosure, Mention, Segment, Topic, TopicAssignment, end_of_merges
from voc_engine.topics import replay as topics

from .test_decisions import mention


def segment(number: int, person: str) -> Segment:
    return Segment(f"s{number}", f"d{number}", "u", 0, 0, 2, "Hm", "Hm", person, "participant")


def study() -> Batch:
    segments = [segment(1, "P1"), segment(2, "P2"), segment(3, "P1"), segment(4, "P3")]
    homes = ["fees", "fees", "costs", None]
    return Batch.make(
        (Segment, segments),
        (Topic, [Topic("fees", "Fees", ("fee",), 2, 2, ("s1",), 0.9), Topic("costs", "Costs", ("cost",), 1, 1, ("s3",))]),
        (TopicAssignment, [TopicAssignment(s.segment_id, home, 0.8) for s, home in zip(segments, homes, strict=True)]),
    )  # fmt: skip


def test_a_merged_topic_takes_in_the_segments_and_counts_each_person_once():
    done = topics.replayed(study(), None, [Decision("topic", "costs", "merge", "fees")])
    (left,) = done.of(Topic)
    assert (left.topic_id, left.label, left.n_segments, left.n_people) == ("fees", "Fees", 3, 2)
    assert left.representative_segment_ids == ("s1", "s3")
    assert [one.topic_id for one in done.of(TopicAssignment)] == ["fees", "fees", "fees", None]


def test_a_merge_into_what_is_itself_merged_ends_at_the_last_one():
    assert end_of_merges("a", {"a": "b", "b": "c"}) == "c"
    assert end_of_merges("a", {"a": "b", "b": "a"}) == "b"


def test_a_renamed_topic_keeps_its_counts():
    done = topics.replayed(study(), None, [Decision("topic", "costs", "rename", "What it costs")])
    assert [(one.label, one.n_people) for one in done.of(Topic)] == [("Fees", 2), ("What it costs", 1)]


def test_a_pinned_quote_is_marked_and_a_relabelled_one_says_who_did_it():
    batch = Batch.make((Mention, [mention("m1"), mention("m2")]))
    decisions = [Decision("mention", "m1", "pin"), Decision("mention", "m2", "relabel", "objection")]
    pinned, relabelled = mentions.replayed(batch, None, decisions).of(Mention)
    assert (pinned.pinned, relabelled.pinned) == (True, False)
    assert relabelled.kind == "objection"
    assert relabelled.reasons[-1] == "re-labelled by a person"


def test_what_people_tell_of_themselves_stays_when_mentions_are_decided_on():
    told = Disclosure("y1", "s1", "d1", "P1", "occupation", 0, 2, "Hm", 0.9)
    batch = Batch.make((Mention, [mention("m1")]), (Disclosure, [told]))
    done = mentions.replayed(batch, None, [Decision("mention", "m1", "reject")])
    assert (done.of(Mention), done.of(Disclosure)) == ([], [told])
