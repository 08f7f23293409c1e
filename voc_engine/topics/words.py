"""Words, phrases and fillers: what in a sentence carries content and may name a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 4  # words of a phrase

# Closed classes of English, contractions, and words that fill speech without naming anything.
_CLOSED = """
a an the this that these those such same other another each every either neither both all any some no none few many
much more most less least several enough own what which who whom whose whatever whichever whoever i me my mine myself
we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they
them their theirs themselves one ones someone somebody something anyone anybody anything everyone everybody everything
nobody nothing am is are was were be been being do does did doing done have has had having can could will would shall
should may might must ought cannot need needs and or but nor so yet if then else than because as while although though
unless until since whether when whenever where wherever why how however therefore thus hence of in on at by for with
about against between into through during before after above below to from up down out off over under again further
upon within without toward towards across along among around behind beside besides beyond despite except inside
outside near onto per via throughout like unlike not never yes very too also just only even still already ever almost
always often sometimes usually quite rather really actually basically literally definitely probably maybe perhaps
simply truly totally absolutely certainly seriously finally honestly obviously apparently especially particularly
mostly mainly pretty well here there now soon later once twice ago away back instead anyway somehow somewhere anywhere
everywhere today yesterday tomorrow get gets got getting gotten go goes going gone went come comes came coming make
makes made making take takes took taken taking put puts putting give gives gave given giving let lets say says said
saying tell tells told telling know knows knew known think thinks thought thinking want wants wanted see sees saw seen
look looks looked looking try tries tried trying keep keeps kept seem seems seemed mean means meant feel feels felt
start started use used using guess happen happens happened become becomes became end ended thing things stuff lot lots
bit kind kinds sort sorts way ways part parts little big good bad great nice best better first second last next new
old long two three four five six seven eight nine ten yeah yep yup nope nah ok okay oh uh um uhm umm hmm mhm mm mmm ah
aha er erm hey hi hello bye goodbye wow haha lol thanks thank thx please pls sorry welcome sure right exactly indeed
cool fine alright agreed correct gonna wanna gotta kinda sorta dunno cheers dear regards sincerely don doesn didn isn
aren wasn weren hasn haven hadn won wouldn couldn shouldn ll ve re im ive id dont doesnt didnt ca wo sha isnt arent
wasnt werent hasnt havent hadnt wont wouldnt couldnt shouldnt cant thats theres whats etc eg ie vs amp rt
"""
STOP = frozenset(_CLOSED.split())
_PARTICLES = {"up", "off", "out", "down"}
_BARRIER = re.compile(r"https?://\S+|www\.\S+|[\[<{][^\]>}]{0,40}[\]>}]|@\w+|\bX{2,}\b|&\w+;")
_WORD = re.compile(r"[^\W_]+(?:['’\-&][^\W_]+)*")
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m|t))$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """``text[start:end]`` of one sentence; ``words`` are its lower-cased words."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words joined with one space: how the same phrase of two sentences is recognised."""
        return " ".join(self.words)


def is_stop(word: str) -> bool:
    """True for a word that neither carries content nor may begin or end a label; contractions count by their stem."""
    stem = _CLITIC.sub("", word)
    return word in STOP or stem in STOP or len(stem) < 2 or not any(letter.isalpha() for letter in stem)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    # A phrase must stand in the text as it reads, so only words parted by a single space can share one.
    blank = _BARRIER.sub(lambda found: "\n" * len(found.group()), text)
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(blank):
        if run and blank[run[-1].end() : word.start()] != " ":
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def content_words(text: str) -> set[str]:
    """Distinct lower-cased words that carry content; empty for a filler such as "Yeah, thanks!"."""
    return {word.group().lower() for run in _runs(text) for word in run if not is_stop(word.group().lower())}


def phrases(text: str, longest: int = LONGEST) -> Iterator[Phrase]:
    """Phrases of 1 to ``longest`` words that stand verbatim in the text and neither begin nor end in a stop word."""
    for run in _runs(text):
        lowered = [word.group().lower() for word in run]
        stops = [is_stop(word) for word in lowered]
        for first in range(len(run)):
            if stops[first]:
                continue
            for last in range(first, min(first + longest, len(run))):
                torn = last > first and last + 1 < len(run) and lowered[last + 1] in _PARTICLES
                if not stops[last] and not torn:
                    yield Phrase(run[first].start(), run[last].end(), tuple(lowered[first : last + 1]))
