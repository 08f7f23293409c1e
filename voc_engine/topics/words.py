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
# Dates, numbers and sums of money tell when and how much, never what about: no phrase reaches over them.
_BARRED = """
january february march april june july august september october november december jan feb apr jun jul aug sep sept oct
nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
sundays mon tue tues wed thu thur thurs fri christmas easter zero eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
million millions dozen dozens half third fourth fifth sixth seventh eighth ninth tenth euro euros pound pounds dollar
dollars quid cent cents pence penny buck bucks fiver tenner o'clock oclock percent mr mrs ms miss dr sir madam herr frau
"""
BARRED = frozenset(_BARRED.split())
# Units and times of day name something only beside another word: "closed month", "day view", "waiting time".
_TIMES = """
time times moment moments second seconds minute minutes min mins hour hours hr hrs day days daytime week weeks weekday
weekdays weekend weekends fortnight month months quarter quarters year years decade decades morning mornings noon
lunchtime afternoon afternoons evening evenings night nights midnight tonight spring summer autumn winter early earlier
late later ages date dates
"""
TIMES = frozenset(_TIMES.split())
_NUMBER = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|h|min|k|m)?|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-\w+|(?:half|quarter|one|two|three|four|five)-.*"
)
_PARTICLES = {"up", "off", "out", "down"}
_BARRIER = re.compile(
    r"https?://\S+|www\.\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|\b[\w\-]+(?:\.[\w\-]+)*\.(?:com|net|org|io|app|eu|uk|de|fr)\b"
    r"|[\[<{][^\]>}]{0,40}[\]>}]|[@#]\w+|\bX{2,}\b|&\w+;"
)
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


def is_barred(word: str) -> bool:
    """True for a lower-cased word of a date, a number, an amount or a form of address."""
    stem = _CLITIC.sub("", word)
    return stem in BARRED or word in BARRED or bool(_NUMBER.fullmatch(stem))


def is_telling(word: str) -> bool:
    """True for a lower-cased word that can name a matter: no stop word, no date, number, amount or time of day."""
    return not is_stop(word) and not is_barred(word) and _CLITIC.sub("", word) not in TIMES


def stem(word: str) -> str:
    """Without possessive and plural ending: how two forms of one word are recognised."""
    bare = _CLITIC.sub("", word)
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def words_at(text: str) -> Iterator[re.Match[str]]:
    """The words of a sentence in their places; links, masks, handles and hash tags are passed over."""
    return _WORD.finditer(_unbarred(text))


def _unbarred(text: str) -> str:
    return _BARRIER.sub(lambda found: "\n" * len(found.group()), text)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    # A phrase must stand in the text as it reads, so only words parted by a single space can share one.
    blank = _unbarred(text)
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(blank):
        barred = is_barred(word.group().lower())
        if run and (barred or blank[run[-1].end() : word.start()] != " "):
            yield run
            run = []
        if not barred:
            run.append(word)
    if run:
        yield run


def content_words(text: str) -> set[str]:
    """Distinct lower-cased words that carry content; empty for a filler such as "Yeah, thanks!"."""
    return {word.group().lower() for run in _runs(text) for word in run if is_telling(word.group().lower())}


def phrases(text: str, longest: int = LONGEST) -> Iterator[Phrase]:
    """Phrases of 1 to ``longest`` words that stand verbatim in the text and neither begin nor end in a stop word.

    None holds a date, a number or an amount, and each holds a word that names a matter.
    """
    for run in _runs(text):
        lowered = [word.group().lower() for word in run]
        stops = [is_stop(word) for word in lowered]
        for first in range(len(run)):
            if stops[first]:
                continue
            for last in range(first, min(first + longest, len(run))):
                torn = last > first and last + 1 < len(run) and lowered[last + 1] in _PARTICLES
                if not stops[last] and not torn and any(map(is_telling, lowered[first : last + 1])):
                    yield Phrase(run[first].start(), run[last].end(), tuple(lowered[first : last + 1]))
