"""Who asks and who answers, in small talks of the kinds that researchers bring."""

from pathlib import Path

import pytest

from voc_engine.ingest.transcripts.roles import Turn, voices

from .reading import put, read

TALKS: dict[str, tuple[str, dict[str | None, str]]] = {
    "plain": (
        "Ann Lee: How do you plan the week?\nBo Kim: On paper. I tried an app once.\n"
        "Ann Lee: What happened?\nBo Kim: It lost my shifts, twice.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "an interviewer who talks much": (
        "Ann Lee: Thanks for coming. We build tools for bakeries, and we are here today to learn, not to sell. I will "
        "take notes while you talk, and nothing you say will be shared. There are no wrong answers. How do you plan?\n"
        "Bo Kim: On paper. It hangs beside the oven.\n"
        "Ann Lee: That is interesting, because others told us much the same thing last month, and we had not expected "
        "it at all. One of them had three walls of it. So what happens when somebody is ill?\n"
        "Bo Kim: I call around. It takes an hour.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "two interviewers": (
        "Ann Lee: How do you plan?\nBo Kim: On paper, since the app lost everything in May and nobody ever called back.\n"
        "Cy Orr: Which app was it?\nBo Kim: I forget. It was blue and it was slow, and it cost forty a month.\n"
        "Ann Lee: And today?\nBo Kim: Today it is the wall, and the wall has never crashed on me.\n"
        "Cy Orr: Who else writes on it?\nBo Kim: Everybody does, and that is the trouble with it on Mondays.\n",
        {"Ann Lee": "interviewer", "Cy Orr": "interviewer", "Bo Kim": "participant"},
    ),
    "a participant who asks many questions": (
        "Ann Lee: How do you plan?\nBo Kim: Do you mean at work? At work it is paper. You know why? Because paper stays.\n"
        "Ann Lee: What else do you use?\nBo Kim: What else is there? A phone, I suppose. I send pictures of the wall.\n"
        "Ann Lee: Who gets them?\nBo Kim: Who does not? All nine of us do. It is mad, really.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "a focus group": (
        "Ann Lee: What annoyed you last week?\nBo Kim: The queue. I stood there for forty minutes.\n"
        "Cy Orr: Same here, and the screen froze.\nDi Paz: I just gave up and went home.\n"
        "Ann Lee: What would have helped?\nDi Paz: A second till.\nCy Orr: Or somebody who says how long it takes.\n"
        "Bo Kim: Somebody, yes.\nAnn Lee: Anything else?\nCy Orr: No, that was it.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant", "Cy Orr": "participant", "Di Paz": "participant"},
    ),
    "prompts instead of questions": (
        "Ann Lee: Tell me about the last order.\nBo Kim: It came late. Very late, in fact.\n"
        "Ann Lee: Walk me through that day.\nBo Kim: I waited at home, and nobody rang.\n"
        "Ann Lee: Please describe the box.\nBo Kim: Wet. It was wet through.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "signs of listening": (
        "Ann Lee: How do you plan?\nBo Kim: On paper, mostly.\nAnn Lee: Mm-hmm.\nBo Kim: There is a wall for it.\n"
        "Ann Lee: Right.\nBo Kim: It works. It never crashes.\nAnn Lee: Okay.\nBo Kim: That is all.\n"
        "Ann Lee: And on Mondays?\nBo Kim: On Mondays it is a mess. Isn't it always?\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "no punctuation": (
        "Ann Lee: so how do you plan the week\nBo Kim: on paper it hangs beside the oven\n"
        "Ann Lee: what happens when somebody is ill\nBo Kim: i call around it takes an hour\n"
        "Ann Lee: do you like that\nBo Kim: no not at all\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant"},
    ),
    "letters": (
        "Q: How was it?\nA: Slow, and I had to start again.\nQ: Why?\nA: It lost my card.\n",
        {"Q": "interviewer", "A": "participant"},
    ),
    "words": (
        "Question: How was it?\nAnswer: Slow.\nQuestion: Why?\nAnswer: It lost my card.\n",
        {"Question": "interviewer", "Answer": "participant"},
    ),
    "parts": (
        "INT: So you both came back.\nR1: We did.\nP3: I did not want to.\nINT: Go on.\nR1: It was cheap.\nP3: It was.\n",
        {"INT": "interviewer", "R1": "participant", "P3": "participant"},
    ),
    "parts in brackets": (
        "Dana Wells (Moderator): Welcome back.\nTom Reed: Thanks. Is this on?\n"
        "Dana Wells (Moderator): It is.\nTom Reed: Should I start?\n",
        {"Dana Wells (Moderator)": "interviewer", "Tom Reed": "participant"},
    ),
    "a call with an agent": (
        "Agent: Good morning.\nCustomer: My order never came.\nAgent: I see.\nCustomer: It is the third time.\n",
        {"Agent": "agent", "Customer": "participant"},
    ),
    "machines in the call": (
        "Ann Lee: How do you plan?\nBo Kim: On paper.\nFireflies.ai Notetaker: This call is being recorded.\n"
        "Bo Kim's Presentation: Buy now and save forty.\nAnn Lee: And why?\nBo Kim: It stays where it is.\n",
        {"Ann Lee": "interviewer", "Bo Kim": "participant", "Fireflies.ai Notetaker": "bot", "Bo Kim's Presentation": "bot"},
    ),
    "heading": (
        "Moderators: Bo Kim and Cy Orr\nDate: 2026-03-02\n\nBo Kim: Hello both.\nAnn Lee: Hello. Shall I begin?\n"
        "Cy Orr: Please.\nBo Kim: Yes.\nAnn Lee: Why is it so slow? It takes an hour.\n",
        {"Bo Kim": "interviewer", "Cy Orr": "interviewer", "Ann Lee": "participant"},
    ),
    "two friends": (
        "Ann Lee: I walk.\nBo Kim: I drive.\nAnn Lee: I like it.\nBo Kim: I do not.\n",
        {"Ann Lee": "participant", "Bo Kim": "participant"},
    ),
    "a diary": ("Monday. The app froze again. Why me?\n\nTuesday. It worked.\n", {None: "unknown"}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TALKS))
def test_parts_of_a_talk(tmp_path: Path, name: str) -> None:
    text, expected = TALKS[name]
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert {u.speaker: u.role for u in talk.utterances} == expected


def test_names_in_the_configuration_correct_every_guess(tmp_path: Path) -> None:
    text, _ = TALKS["a participant who asks many questions"]
    (talk,), _ = read(put(tmp_path, "a.txt", text), interviewers=["Bo Kim"], participants=["Ann Lee"])
    assert {u.speaker: u.role for u in talk.utterances} == {"Bo Kim": "interviewer", "Ann Lee": "participant"}


def test_a_machines_words_make_nobody_the_main_person(tmp_path: Path) -> None:
    text = "Ann Lee: Why?\nBo Kim: So.\nFireflies.ai Notetaker: " + "blah " * 50 + "\nAnn Lee: And?\nBo Kim: Then.\n"
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert talk.document.person_id == "name:bo kim"


def test_a_turn_without_a_stop_is_read_once() -> None:
    """Regression: 20,000 characters without a mark took ten seconds, and these would take an hour."""
    long, asks = voices([Turn("well and then " * 30_000, "Ann"), Turn("How so? And then", "Bo")])
    assert (long.questions, asks.speaker) == (0.0, "Bo")
    assert asks.questions > 0
