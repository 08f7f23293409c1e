"""Other ways of naming speakers, turned into lines "Name: text": stops, dashes, headings, bold, labels in a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from voc_engine.ingest.transcripts.captions import is_sound
from voc_engine.ingest.transcripts.recording_times import CLOCK
from voc_engine.ingest.transcripts.speakers import QUESTION_AND_ANSWER, name_shaped, split_label

_STOPPED = re.compile(r"^(?P<before>[ \t]*)(?P<who>[QA])[.)](?=[ \t])", re.MULTILINE)
_DASHED = re.compile(r"^\s{0,8}(?P<name>[^\W\d_][^\n:：\-–—]{0,29}?)(?:\s+[-–—]+>?\s+|\s?[–—]\s?)(?P<text>\S.*)$")
_HEADED = re.compile(
    rf"^\s{{0,3}}(?:#{{1,6}}\s+(?:\*\*|__)?|\*\*|__)(?P<name>[^\W\d_][^\n:：*#\[\]]{{0,49}}?):?(?:\*\*|__)?:?"
    rf"(?:[\s–—-]*[\[(]?(?P<time>{CLOCK})[\])]?)?(?:\*\*|__)?\s*$"
)
_WORD = r"[^\W_][^\W_ .,:;!?]{0,19}"
_INSIDE = re.compile(rf"(?:^|(?<=[.!?…\"”’)\]。？！])\s+|\t)(?P<name>(?!\d){_WORD}(?: {_WORD}){{0,2}}):[ \t]+")
_ITEM = re.compile(
    r"^\s*(?:[-•–]|\*(?!\*)|\(?\d{1,2}[.)]|[a-z][.)]|#{1,6}|Q\d{1,2}[.:)]?)\s+(?:\*\*)?(?P<question>[^?？\n]{3,250}[?？])(?:\*\*)?\s*"
    r"(?:[*>→–-]+\s*(?P<answer>\S.*))?$"
)
_FEWEST_ITEMS = 3  # a choice: two questions may stand in a list of anything
# "**[00:01] Name:** text" and "**[00:01]** text": bold type around the head of a line.
_BOLD_HEAD = re.compile(rf"^\*\*(?P<head>\[{CLOCK}[^\]\n]{{0,20}}\][^*\n]{{0,60}})\*\*")
# A label that is no "Name: text": in brackets, after a star, glued to its time, behind seconds, with a figure of certainty.
_MOMENT = rf"(?:{CLOCK}|\d{{1,6}}\.\d{{1,3}})"
_RANGE = rf"[\[(]?(?P<time>{_MOMENT})(?:\s*(?:-->|[-–—]|to|\s)\s*{_MOMENT})?[\])]?\s*"
_SPEAKER = r"(?:speaker|spk|sprecher)[ _]?\d{1,2}"
_WRAPPED = re.compile(
    rf"^\s{{0,4}}(?:{_RANGE})?(?:[\[(](?P<a>{_SPEAKER}|[^\W\d_][^\n:\[\]()]{{1,30}})[\])]:?|\*(?P<b>[A-Z][A-Z0-9]{{1,6}}):|"
    rf"(?P<c>{_SPEAKER})(?=\s+[^\s(\[\d:])|(?P<d>[^\W\d_][^\n:\[\]()*]{{1,30}}?)\s*(?:\(0?\.\d+\))?:)\s+(?P<text>\S.*)$",
    re.IGNORECASE,
)
# Lists and links that note programs put around the head of a turn: "- [00:20](https://...) **Anna** — text".
_BULLET = re.compile(rf"^\s{{0,8}}(?:[-*•–]|\d{{1,4}}[.)])\s+(?=\[?[\[(]?{CLOCK}|\*\*|__)")
_TIME_LINK = re.compile(rf"^\[\s*\(?(?P<time>{CLOCK})\)?\s*\]\([^()\s]{{1,300}}\)\s*")
_BOLD_NAME = re.compile(
    rf"^(?P<time>[\[(]{CLOCK}[\])]\s*)?(?:\*\*|__)(?P<name>[^\W\d_][^*_\n:]{{0,49}}?)(?:\*\*|__)\s*[-–—]\s+(?=\S)"
)
_LEAST = 0.25
_MOSTLY = 0.6
_LONG_LINE = 80
_SEARCHED = 400
_PAIR = 2  # who talk to each other
_MOST_INSIDE = 4  # speakers within one line


def colon_lines(text: str) -> str:
    """The text with a label and a colon wherever one of the other ways names the speakers; else as it is."""
    lines = _unwrapped(_undecorated(_stopped(text).split("\n")))
    lines = [piece for line in lines for piece in _split_inside(line)]
    return "\n".join(_answered(_headed(_dashed(lines))))


def _stopped(text: str) -> str:
    """ "Q." and "A." before each question and answer, as courts write them."""
    counts = Counter(match["who"] for match in _STOPPED.finditer(text))
    return _STOPPED.sub(r"\g<before>\g<who>:", text) if min(counts["Q"], counts["A"]) > 1 else text


def _undecorated(lines: list[str]) -> list[str]:
    """Heads of turns without bullets, links around times, and a dash behind a name in bold."""
    plain = [_TIME_LINK.sub(r"[\g<time>] ", _BULLET.sub("", line[:_SEARCHED], count=1)) for line in lines]
    heads = {n: match for n, line in enumerate(plain) if (match := _BOLD_NAME.match(line))}
    names = _returning(match["name"].strip() for match in heads.values())
    bare_lines: list[str] = []
    for n, (line, bare) in enumerate(zip(lines, plain, strict=True)):
        match = heads.get(n)
        if match is not None and match["name"].strip() in names:
            bare = f"{match['time'] or ''}{match['name'].strip()}: {bare[match.end() :]}"
        bare_lines.append(bare + line[_SEARCHED:])
    return bare_lines


def _unwrapped(lines: list[str]) -> list[str]:
    """Times and labels out of what programs put around them: bold type, brackets, a star, how sure they are of a name."""
    plain = [_BOLD_HEAD.sub(r"\g<head> ", line, count=1) if line.startswith("**") else line for line in lines]
    heads = {n: match for n, line in enumerate(plain) if (match := _WRAPPED.match(line[:_SEARCHED]))}
    heads = {n: match for n, match in heads.items() if match["time"] or not match["c"]}
    named = {n: name for n, match in heads.items() if name_shaped(name := _label_in(match)) and not is_sound(name)}
    names = _returning(iter(named.values()))
    filled = sum(1 for line in plain if line.strip())
    if len(names) <= 1 or len(named) < _LEAST * filled or not any(_odd(heads[n]) for n in named):
        return plain
    return [
        f"{_stamp(heads[n]['time'] or '')}{named[n]}: {heads[n]['text']}{line[_SEARCHED:]}"
        if named.get(n) in names
        else line
        for n, line in enumerate(plain)
    ]


def _label_in(match: re.Match[str]) -> str:
    name = match["a"] or match["b"] or match["c"] or match["d"]
    return name[:1].upper() + name[1:].strip()


def _odd(match: re.Match[str]) -> bool:
    """Whether a line is none that "Name: text" would know."""
    head = match[0][: match.start("text") - match.start()]
    return match["d"] is None or re.search(r"\d[^\W\d_]|\(0?\.\d+\)|\d\.\d{3}\s", head) is not None


def _stamp(time: str) -> str:
    """The beginning of a stretch in brackets; seconds as a clock."""
    time = time.strip("[]() ")
    if re.fullmatch(r"\d{1,6}\.\d{1,3}", time):
        seconds = int(float(time))
        time = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"[{time}] " if time else ""


def _dashed(lines: list[str]) -> list[str]:
    """ "JR - Tell me ..." where a few such labels return and open most lines from the first one on."""
    dashed = {n: match for n, line in enumerate(lines) if (match := _DASHED.match(line[:_SEARCHED]))}
    dashed = {n: match for n, match in dashed.items() if name_shaped(match["name"].strip())}
    names = _returning(match["name"].strip() for match in dashed.values())
    dashed = {n: match for n, match in dashed.items() if match["name"].strip() in names}
    filled = sum(1 for line in lines[min(dashed, default=0) :] if line.strip())
    if len(names) <= 1 or len(dashed) < _MOSTLY * filled:
        return lines
    return [
        f"{dashed[n]['name'].strip()}: {dashed[n]['text']}{line[_SEARCHED:]}" if n in dashed else line
        for n, line in enumerate(lines)
    ]


def _returning(names: Iterator[str]) -> set[str]:
    """Names that return, and with two of them the others as well; none where most stand once, as heads of a list do."""
    counts = Counter(names)
    several = [name for name, count in counts.items() if count > 1]
    return set(counts) if len(several) > 1 or (several and len(counts) == _PAIR) else set()


def _headed(lines: list[str]) -> list[str]:
    """Names alone on a line, as Markdown headings or in bold, where they return with words below."""
    headings = {n: match for n, line in enumerate(lines) if (match := _HEADED.match(line[:_SEARCHED]))}
    headings = {n: match for n, match in headings.items() if name_shaped(match["name"].strip())}
    names = _returning(match["name"].strip() for match in headings.values())
    if not names:
        return lines
    return [
        _as_label(headings[n]) if n in headings and headings[n]["name"].strip() in names else line
        for n, line in enumerate(lines)
    ]


def _answered(lines: list[str]) -> list[str]:
    """A guide with the answers under its items ("- Where do you shop? *At the market", "1. How often?"); nobody is named."""
    if sum(1 for line in lines if name_shaped(split_label(line)[0] or "")) > 1:
        return lines
    items = {n: match for n, line in enumerate(lines) if (match := _ITEM.match(line[:_SEARCHED]))}
    filled = [n for n, line in enumerate(lines) if line.strip()]
    below = dict(pairwise(filled))
    answers = sum(1 for n, match in items.items() if match["answer"] or below.get(n, n) not in items)
    if len(items) < _FEWEST_ITEMS or answers < _MOSTLY * len(items):
        return lines
    question, answer = QUESTION_AND_ANSWER
    turns: list[str] = []
    waiting = False
    for n, line in enumerate(lines):
        match = items.get(n)
        if match is None:
            turns.append(f"{answer}: {line.strip(' *')}" if waiting and line.strip() else line)
            waiting = waiting and not line.strip()
            continue
        turns.append(f"{question}: {match['question'].strip()}")
        waiting = not match["answer"]
        if match["answer"]:
            turns.append(f"{answer}: {match['answer']}{line[_SEARCHED:]}")
    return turns


def _as_label(match: re.Match[str]) -> str:
    time = f" ({match['time']})" if match["time"] else ""
    return f"{match['name'].strip()}{time}:"


def _split_inside(line: str) -> Iterator[str]:
    """A line in which two labels or more answer each other ("Q: ... A: ... Q: ..."), as a line per turn."""
    if len(line) < _LONG_LINE and line.count(":") <= 1:
        yield line
        return
    labels = [match for match in _INSIDE.finditer(line) if name_shaped(match["name"])]
    counts = Counter(match["name"] for match in labels)
    answering = len(counts) > 1 and (min(counts.values()) > 1 or (len(counts) == _PAIR and _asks_and_answers(counts)))
    if not answering or len(counts) > _MOST_INSIDE:
        yield line
        return
    begin = 0
    for match in labels:
        start = match.start("name")
        if start > begin:
            yield line[begin:start].rstrip()
        begin = start
    yield line[begin:]


def _asks_and_answers(labels: Sequence[str] | Counter[str]) -> bool:
    """Whether one label names who asks and the other who answers, so that one question and one answer are enough."""
    from voc_engine.ingest.transcripts.roles import part_named

    parts = {part_named(label) for label in labels}
    return "participant" in parts and bool(parts & {"interviewer", "bot", "agent"})
