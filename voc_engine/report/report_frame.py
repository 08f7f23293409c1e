"""Frames: whom the report is made for. A frame decides which pages there are, in which order, and in what words.

What is counted and quoted is the same in every frame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from voc_engine.records import Document
from voc_engine.report import wording

INTERVIEWS = 0.5  # of all characters, from which on a study is one of interviews
TEAMS = ("sales", "support", "onboarding")
Words = tuple[str, str]

# Sections of the overview -> (heading, what it shows). A frame words some of them otherwise.
WORDS: Mapping[str, Words] = {
    "brief": ("In short", ""),
    "heard": ("Who was heard", ""),
    "problems": (
        "What to act on",
        "Findings: what people complain of, ask for or stay away for, by how many say it, how badly it hurts and how"
        " recently.",
    ),
    "reach_map": ("How many, how badly", "The same findings as a map: most people on the right, gravest at the top."),
    "themes": ("By theme", "What several findings are about, by everybody who speaks of it, each counted once."),
    "changes": (
        "What is changing",
        "Findings, and themes of several findings, of which another share of people speaks than before.",
    ),
    "over_time": ("Themes over time", "How many of those heard in a month speak of each leading theme."),
    "hurts": ("Where it hurts", "Topics by the people who voice a pain point in them, in whatever words."),
    "heat": ("Who says what", "The leading findings by persona: how many of its people say each."),
    "journey": (
        "Along the journey",
        "People who tell of a stage, and how many voice trouble or praise in the same sentences.",
    ),
    "voiced": ("Who voices what", ""),
    "whom": ("Whom it concerns", "Groups of real people who share goals, pains and objections."),
    "sure": ("How sure this is", ""),
    "lists": ("", ""),
    "topics": ("What they talk about", ""),
}


@dataclass(frozen=True)
class Frame:
    """``pages`` are (path, name) of the navigation in order (that of a guide only where the
    study has one), ``sections`` those of the overview below its first screen.

    ``chapters``: the order of slides and of the document. ``sheets``: teams that get a one-page sheet per persona.
    ``first``: what the first screen begins with, "finding" or "persona". ``own``: words of sections that differ from WORDS;
    ``asks``: the first screen's three questions.
    """

    name: str
    readers: str
    kicker: str
    first: str
    asks: tuple[str, str, str]
    pages: tuple[Words, ...]
    sections: tuple[str, ...]
    chapters: tuple[str, ...]
    sheets: tuple[str, ...]
    own: Mapping[str, Words]

    def words(self, section: str) -> Words:
        """Heading and explanation of a section of the overview."""
        return self.own.get(section, WORDS[section])

    @property
    def thing(self) -> str:
        """What one of its findings is called, as the page of them is: "finding" or "insight"."""
        return dict(self.pages)["insights.html"].lower().removesuffix("s")

    def has(self, page: str) -> bool:
        """Whether the frame has the page of this path."""
        return any(path == page for path, _ in self.pages)


FRAMES: Mapping[str, Frame] = {
    "research": Frame(
        name="research",
        readers="a research team",
        kicker="User research",
        first="finding",
        asks=("What to take up first", "Whose need it is", "How sure this is"),
        pages=(
            ("index.html", "Overview"), ("insights.html", "Findings"), ("guide.html", "Guide"),
            ("personas.html", "Personas"), ("topics.html", "Topics"), ("sources.html", "Sources"),
            ("method.html", "Method"), ("data.html", "Data"), ("search.html", "Search"),
        ),
        sections=(
            "brief", "heard", "problems", "reach_map", "whom", "heat", "journey", "themes", "lists", "hurts", "topics",
            "changes", "over_time", "voiced", "sure",
        ),
        chapters=("heard", "problems", "wishes", "whom"),
        sheets=(),
        own={
            "problems": (
                "What we found",
                "Findings: where people struggle, what they ask for and what keeps them away, by how many say it, how badly"
                " it hurts and how recently.",
            ),
            "whom": ("Who they are", "Profiles of real people who share goals, pains and objections."),
            "heard": ("Who took part", ""),
        },
    ),
    "cx": Frame(
        name="cx",
        readers="a customer experience team",
        kicker="Customer experience",
        first="finding",
        asks=("What to mend first", "For whom", "How sure this is"),
        pages=(
            ("index.html", "Overview"), ("insights.html", "Findings"), ("topics.html", "Topics"),
            ("personas.html", "Personas"), ("guide.html", "Guide"), ("sources.html", "Sources"),
            ("method.html", "Method"), ("data.html", "Data"), ("search.html", "Search"),
        ),
        sections=(
            "brief", "problems", "reach_map", "changes", "over_time", "hurts", "heat", "themes", "whom", "journey", "lists",
            "topics", "voiced", "heard", "sure",
        ),
        chapters=("problems", "wishes", "whom", "objections", "heard"),
        sheets=("support", "onboarding"),
        own={
            "problems": (
                "What to mend",
                "Findings: what customers complain of, ask for or stay away for, by how many say it, how badly it hurts and"
                " how recently.",
            ),
            "whom": ("Which customers", "Groups of real customers who share goals, pains and objections."),
        },
    ),
    "marketing": Frame(
        name="marketing",
        readers="a marketing team",
        kicker="Voice of the customer",
        first="persona",
        asks=("Whom to address first", "What to say to them", "How sure this is"),
        pages=(
            ("index.html", "Overview"), ("personas.html", "Personas"), ("messages.html", "Messages"),
            ("insights.html", "Insights"), ("topics.html", "Topics"), ("guide.html", "Guide"), ("sources.html", "Sources"),
            ("method.html", "Method"), ("data.html", "Data"), ("search.html", "Search"),
        ),
        sections=(
            "brief", "whom", "lists", "heat", "journey", "problems", "reach_map", "themes", "changes", "over_time", "hurts",
            "topics", "voiced", "heard", "sure",
        ),
        chapters=("whom", "objections", "wishes", "problems", "heard"),
        sheets=TEAMS,
        own={
            "whom": ("Whom to speak to", "Groups of real people who share goals, pains and objections."),
        },
    ),
}  # fmt: skip


def frame_of(chosen: str | None, documents: Iterable[Document]) -> Frame:
    """The frame that the configuration names, else the one that the kinds of sources suggest."""
    return FRAMES[chosen or suggested(documents)[0]]


def suggested(documents: Iterable[Document]) -> tuple[str, str]:
    """(name, why) of the frame that fits the sources: interviews, tickets, or neither."""
    counted: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for document in documents:
        counted[document.kind] += 1
        characters[document.kind] += len(document.text)
    total = max(characters.total(), 1)
    if counted["interview"] and characters["interview"] >= INTERVIEWS * total:
        return "research", f"{wording.documents('interview', counted['interview'])} hold at least half of what was said"
    if counted["ticket"]:
        return "cx", f"{wording.documents('ticket', counted['ticket'])} are among the sources"
    return "marketing", "the sources are neither mostly interviews nor tickets"


def chosen_words(chosen: str | None, documents: Iterable[Document]) -> str:
    """Whom the pages are made for, and why, for the method page."""
    documents = tuple(documents)
    frame = frame_of(chosen, documents)
    why = "as the configuration says" if chosen else f"since {suggested(documents)[1]}"
    others = " or ".join(one for one in FRAMES if one != frame.name)
    return f"{frame.readers} ({frame.name}), {why}; [report] frame sets another ({others})"
