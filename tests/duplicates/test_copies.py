"""What is sent twice is counted once, and what two people say is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.config import SegmentConfig
from voc_engine.pipeline import stage
from voc_engine.records import COPY, REPOST, Batch, Copies, Document, Segment, Skipped, Utterance
from voc_engine.runners.copy_finder import CopyFinder
from voc_engine.runners.workers import LocalWorkers
from voc_engine.segment.signatures import PERMUTATIONS, SHORT_WORDS, folded, likeness, shingles, signatures
from voc_engine.segment.stage import run
from voc_engine.store.parts import PartStore

LONG = (
    "since the update of last week the calendar does not load any booking that was made on a phone and I have to type"
    " every one of them again by hand before the first guests arrive in the morning"
)
LETTER = f"Dear [P0007], {LONG}. Please write to [email] and pass this letter on to five of your friends."


def said(number: int, person: str, text: str, when: str | None = None, **given: str | None) -> Document:
    return Document(
        f"review-{number:04d}", "review", "reviews.csv", f"row {number}", person, text, created_at=when, **given
    )  # type: ignore[arg-type]


def whole(document: Document, role: str = "participant", cut: str | None = None) -> Utterance:
    return Utterance(
        f"{document.document_id}-u0",
        document.document_id,
        0,
        None,
        document.person_id,
        role,
        0,
        len(document.text),
        cut,
    )


def found(
    folder: Path, parts: Sequence[Sequence[Document]], options: SegmentConfig | None = None,
    turns: Iterable[Utterance] | None = None,
) -> list[Copies | None]:  # fmt: skip
    """The copies of parts with these documents, as a run finds them."""
    store = PartStore(folder)
    names = [f"part-{number}-of-{len(parts)}" for number in range(len(parts))]
    said = list(turns) if turns is not None else [whole(one) for part in parts for one in part]
    for name, part in zip(names, parts, strict=True):
        here = {one.document_id for one in part}
        batch = Batch.make(
            (Document, part), (Utterance, [one for one in said if one.document_id in here]), (Skipped, ())
        )
        store.write("redact", name, stage("redact").writes, batch)
    return CopyFinder(store, names, options or SegmentConfig()).by_part(LocalWorkers())


def aside(
    folder: Path, *documents: Document, options: SegmentConfig | None = None, turns: Iterable[Utterance] | None = None
) -> dict[int, tuple[str, int]]:
    """Number of each document that is set aside -> (reason's first word, number of the first)."""
    (copies,) = found(folder, [documents], options, turns)
    if copies is None:
        return {}
    return {
        int(key[-4:]): (reason.partition(":")[0], int(copies.firsts[key][-4:]))
        for key, reason in copies.reasons.items()
    }


def test_two_people_with_the_same_short_words_are_two_people(tmp_path: Path) -> None:
    assert (
        aside(tmp_path, said(1, "P0001", "The export does not work."), said(2, "P0002", "The export does not work."))
        == {}
    )


def test_the_same_persons_words_count_once_whatever_their_case_and_points(tmp_path: Path) -> None:
    documents = (said(1, "P0001", "The export doesn't work!"), said(2, "P0001", "the  EXPORT doesn’t work"))
    assert aside(tmp_path, *documents) == {2: ("copy", 1)}


def test_short_words_that_differ_are_no_copies(tmp_path: Path) -> None:
    assert (
        aside(tmp_path, said(1, "P0001", "The export does not work"), said(2, "P0001", "The import does not work"))
        == {}
    )


def test_the_same_answer_to_two_questions_is_two_answers(tmp_path: Path) -> None:
    documents = (
        said(1, "P0001", "The price", context="What is bad?"),
        said(2, "P0001", "The price", context="And worst?"),
    )
    assert aside(tmp_path, *documents) == {}


def test_the_same_few_words_on_two_things_are_two_reviews(tmp_path: Path) -> None:
    documents = (said(1, "P0001", "Very good.", title="Kettle"), said(2, "P0001", "Very good.", title="Toaster"))
    assert aside(tmp_path, *documents) == {}


def test_a_near_copy_of_the_same_person_counts_once(tmp_path: Path) -> None:
    assert aside(tmp_path, said(1, "P0001", LONG), said(2, "P0001", f"{LONG} thanks")) == {2: ("copy", 1)}


def test_another_long_text_of_the_same_person_stays(tmp_path: Path) -> None:
    other = LONG.replace("calendar", "invoice page").replace("booking", "customer").replace("guests", "tax forms")
    assert aside(tmp_path, said(1, "P0001", LONG), said(2, "P0001", other)) == {}


def test_a_long_text_that_several_people_sent_is_one_voice(tmp_path: Path) -> None:
    documents = [said(number, f"P{number:04d}", LONG) for number in range(1, 6)]
    assert aside(tmp_path, *documents) == dict.fromkeys(range(2, 6), ("repost", 1))


def test_a_letter_to_somebody_else_is_the_same_letter(tmp_path: Path) -> None:
    documents = (said(1, "P0001", LETTER), said(2, "P0002", LETTER.replace("P0007", "P0009").replace("five", "ten")))
    assert aside(tmp_path, *documents) == {2: ("repost", 1)}


def test_reposts_are_left_alone_where_the_study_wants_it(tmp_path: Path) -> None:
    documents = (said(1, "P0001", LONG), said(2, "P0002", LONG), said(3, "P0002", LONG))
    assert aside(tmp_path, *documents, options=SegmentConfig(repost_words=0)) == {3: ("copy", 2)}


def test_nothing_is_looked_for_where_the_study_does_not_want_it(tmp_path: Path) -> None:
    documents = (said(1, "P0001", LONG), said(2, "P0001", LONG))
    assert aside(tmp_path, *documents, options=SegmentConfig(set_copies_aside=False, boilerplate_people=0)) == {}
    assert not (tmp_path / "copies").exists()


def test_the_first_by_date_stays(tmp_path: Path) -> None:
    documents = (
        said(1, "P0001", LONG),
        said(2, "P0001", LONG, "2026-03-01T10:00:00+02:00"),
        said(3, "P0001", LONG, "2026-03-01T09:00:00Z"),
        said(4, "P0001", LONG, "2026-03-01T07:59:00"),
    )
    assert aside(tmp_path, *documents) == {1: ("copy", 4), 2: ("copy", 4), 3: ("copy", 4)}


def test_what_agents_paste_and_what_was_quoted_makes_no_copy(tmp_path: Path) -> None:
    own = ("The app crashes on my phone.", "Where is my parcel? I wait for it since May.")
    documents = [said(number, "P0001", f"{LONG}{text}") for number, text in enumerate(own, 1)]
    turns = []
    for document, role, cut in zip(documents, ("agent", "participant"), (None, "quoted mail"), strict=True):
        place = len(LONG)
        turns.append(
            Utterance(f"{document.document_id}-a", document.document_id, 0, None, "A0001", role, 0, place, cut)
        )
        end = len(document.text)
        turns.append(
            Utterance(f"{document.document_id}-b", document.document_id, 1, None, "P0001", "participant", place, end)
        )
    assert aside(tmp_path, *documents, turns=turns) == {}


def test_a_document_without_evidence_is_no_copy(tmp_path: Path) -> None:
    documents = (said(1, "P0001", LONG), said(2, "P0001", LONG))
    assert aside(tmp_path, *documents, turns=[whole(one, "agent") for one in documents]) == {}


def many(amount: int) -> list[Document]:
    """Long texts of few people, a third of them changed copies of others; seeded."""
    random = np.random.default_rng(7)
    words = [f"word{number}" for number in range(400)]
    texts: list[list[str]] = []
    for number in range(amount):
        text = list(random.choice(words, 70))
        if number % 3 == 2:
            text = list(texts[int(random.integers(len(texts)))])
            text[int(random.integers(70))] = "other"
        texts.append(text)
    day = (f"2026-01-{1 + int(random.integers(28)):02d}" for _ in range(amount))
    return [
        said(number, f"P{number % 5:04d}", " ".join(text), next(day)) for number, text in enumerate(texts)
    ]  # fmt: skip


def pooled(copies: Iterable[Copies | None]) -> dict[str, tuple[str, str]]:
    return {key: (reason, one.firsts[key]) for one in copies if one for key, reason in one.reasons.items()}


@pytest.mark.parametrize("cut", [1, 7, 50])
def test_where_parts_end_does_not_matter(tmp_path: Path, cut: int) -> None:
    documents = many(150)
    at_once = pooled(found(tmp_path / "one", [documents]))
    parts = [documents[start : start + cut] for start in range(0, 150, cut)]
    assert pooled(found(tmp_path / "cut", parts)) == at_once
    assert len(at_once) > 30
    assert {reason for reason, _ in at_once.values()} == {COPY, REPOST}


def test_lsh_finds_what_comparing_all_with_all_finds(tmp_path: Path) -> None:
    documents = many(150)
    sets = {one.document_id: shingles(folded(one.text)) for one in documents}
    stays: list[str] = []
    expected = set()
    for one in sorted(documents, key=lambda one: (one.created_at, one.document_id)):
        if any(likeness(sets[one.document_id], sets[first]) >= 0.8 for first in stays):
            expected.add(one.document_id)
        else:
            stays.append(one.document_id)
    assert set(pooled(found(tmp_path, [documents]))) == expected


def test_every_copy_is_near_the_first_and_the_first_stays(tmp_path: Path) -> None:
    documents = {one.document_id: one for one in many(150)}
    copies = pooled(found(tmp_path, [list(documents.values())]))
    assert not {first for _, first in copies.values()} & set(copies)
    for copy, (_, first) in copies.items():
        pair = [shingles(folded(documents[key].text)) for key in (copy, first)]
        assert likeness(*pair) >= 0.8


def test_a_second_look_reads_what_the_first_one_wrote(tmp_path: Path) -> None:
    documents = many(30)
    first = found(tmp_path, [documents])
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "copies").iterdir()}
    assert CopyFinder(PartStore(tmp_path), ["part-0-of-1"], SegmentConfig()).by_part(LocalWorkers()) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "copies").iterdir()} == before


def test_a_study_without_any_words_has_no_copies(tmp_path: Path) -> None:
    assert found(tmp_path / "a", [[], []]) == [None, None]
    assert found(tmp_path / "b", []) == []


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_can_be_signed(texts: list[str]) -> None:
    documents = [said(number, "P0001", text) for number, text in enumerate(texts)]
    made = signatures(documents, [whole(one) for one in documents])
    assert {one.document_id for one in made} <= {one.document_id for one in documents}
    assert made == [] or all(one.words > 0 for one in made)


def test_likeness_is_the_share_of_shingles() -> None:
    one, other = shingles(["a", "b", "c", "d", "e", "f"]), shingles(["a", "b", "c", "d", "e", "g"])
    assert likeness(one, one) == 1
    assert likeness(one, other) == pytest.approx(1 / 3)
    assert likeness(one, shingles([])) == 0
    assert len(shingles(("x",) * 9)) == 1


def test_a_copy_gives_no_segments_and_is_told() -> None:
    documents = [said(1, "P0001", LONG), said(2, "P0001", LONG)]
    batch = Batch.make((Document, documents), (Utterance, [whole(one) for one in documents]), (Skipped, ()))
    made = run(batch, SegmentConfig(), Copies({"review-0002": COPY}, {"review-0002": "review-0001"}))
    assert {one.document_id for one in made.of(Segment)} == {"review-0001"}
    (told,) = made.of(Skipped)
    assert (told.locator, told.reason, told.expected) == ("row 2", COPY, "the first is review-0001")
    assert not told.quarantined
    assert told.found == "", "a person who may not be quoted may have written it"


@given(st.lists(st.text("abcdef \n", min_size=30, max_size=300), min_size=1, max_size=8))
def test_minima_are_those_of_the_library(texts: list[str]) -> None:
    """Those of a part are found together, each as if its text were alone."""
    documents = [said(number, f"P{number:04d}", text, context="Why?") for number, text in enumerate(texts)]
    for one in signatures(documents, [whole(document) for document in documents]):
        if one.bands is None or one.sketch is None:
            assert one.words < SHORT_WORDS
            continue
        theirs = MinHash(PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
        text = documents[int(one.document_id[-4:])].text
        theirs.update_batch((shingles(folded(text)) & np.uint64(0xFFFFFFFF)).tolist())
        assert one.sketch.tolist() == (theirs.hashvalues & 0xFF).tolist()
        alone = signatures([said(0, "P1", text, context="Why?")], [whole(said(0, "P1", text))])[0]
        assert alone.bands is not None
        assert alone.bands.tolist() == one.bands.tolist()
