"""Annotated recordings: ELAN's files and Praat's TextGrids. A tier is a speaker; what depends on another is no speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.transcript_turns import Cue, Transcript
from voc_engine.records import Skipped

_KEYWORDS = keywords("tiers")

# Tiers of what was noted of the talk and not said in it: a name of one, or of one after a speaker's ("Anna-gloss").
_NO_SPEECH = re.compile(_KEYWORDS.pattern("no_speech"), re.IGNORECASE)
# A label of a pause or of a noise in place of words.
_PAUSE = re.compile(
    r"\s*(?:<[^<>]*>|\[[^\[\]]*\]|\([^()]*\)|[.…_*#\-]*|sil|sp|spn|silence|noise|\d+)\s*", re.IGNORECASE
)
_WORD = 1.5  # words in a label, of sentences; below stand words, syllables or sounds one by one
_COPIED = 0.8  # of the words of a tier, which stand in another one too


@dataclass
class _Tier:
    name: str
    speaker: str
    labels: list[tuple[float | None, str]] = field(default_factory=list)
    aside: str = ""

    @property
    def words(self) -> list[str]:
        return [word for _, text in self.labels for word in text.casefold().split()]

    def mean(self) -> float:
        return len(self.words) / len(self.labels) if self.labels else 0.0


def _transcript(tiers: Sequence[_Tier], source: SourceFile) -> Transcript:
    """The speech of all tiers in the order of the recording; what is no speech is set aside by tier."""
    transcript = Transcript()
    spoken = [tier for tier in tiers if tier.labels and not tier.aside]
    for tier in spoken:
        said = {other.name: set(other.words) for other in spoken if other is not tier and other.mean() > tier.mean()}
        words = tier.words
        copied = any(sum(word in one for word in words) >= _COPIED * len(words) for one in said.values())
        if _NO_SPEECH.search(tier.name):
            tier.aside = f"tier {tier.name!r}: notes on the talk and no speech"
        elif copied and tier.mean() < _WORD:
            tier.aside = f"tier {tier.name!r}: the words of another tier once more, one by one"
    cues: list[tuple[float, int, Cue]] = []
    for number, tier in enumerate(tiers):
        texts = [(start, text) for start, text in tier.labels if not _PAUSE.fullmatch(text)]
        if tier.aside and texts:
            said_of = "\n".join(text for _, text in texts)
            transcript.skipped.append(set_aside(source, f"tier {tier.name}", tier.aside, said_of, len(texts)))
            continue
        last = 0.0
        for start, text in texts:
            last = last if start is None else start
            ms = None if start is None else round(start)
            cues.append((last, number, Cue(text, f"tier {tier.name}, {last / 1000:.1f} s", tier.speaker or None, ms)))
    transcript.cues = [cue for _, _, cue in sorted(cues, key=lambda one: one[:2])]
    return transcript


class Elan(TranscriptReader):
    """ELAN's annotation documents (EAF 2 and 3): a tier that refers to another holds translations, glosses or codes."""

    name = "elan.v1"
    layout = "ELAN annotations, a tier per speaker"

    def sniff_text(self, text: str, ending: str) -> float:
        return 1.0 if re.match(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<ANNOTATION_DOCUMENT\b", text) else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            # The text is decoded already; what it declares of its encoding no longer holds.
            root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise SourceError(
                f"{source.name} is no sound ELAN file.", found=str(error), do="open it in ELAN and save it again"
            ) from error
        times = {
            slot.get("TIME_SLOT_ID", ""): _number(slot.get("TIME_VALUE"))
            for slot in root.iterfind("TIME_ORDER/TIME_SLOT")
        }
        transcript = _transcript([_elan_tier(tier, times) for tier in root.iterfind("TIER")], source)
        transcript.created_at = parse_date(root.get("DATE") or "")
        return transcript


def _elan_tier(element: Element, times: dict[str, float | None]) -> _Tier:
    name = element.get("TIER_ID") or ""
    tier = _Tier(name, (element.get("PARTICIPANT") or "").strip() or name)
    if element.get("PARENT_REF"):
        tier.aside = (
            f"tier {name!r}: it says something of tier {element.get('PARENT_REF')!r} and is no speech of its own"
        )
    for one in element.iterfind("ANNOTATION/*"):
        text = " ".join((one.findtext("ANNOTATION_VALUE") or "").split())
        if text:
            tier.labels.append((times.get(one.get("TIME_SLOT_REF1", "")), text))
    return tier


def _number(stated: str | None) -> float | None:
    return float(stated) if stated and stated.isdigit() else None


class TextGrid(TranscriptReader):
    """Praat's TextGrids, long and short text (Praat's manual, "TextGrid file formats"): numbers, and texts in quotes."""

    name = "textgrid.v1"
    layout = "Praat TextGrid, a tier per speaker"

    def sniff_text(self, text: str, ending: str) -> float:
        return 1.0 if re.match(r'\s*File type = "ooTextFile"\s+(?:Object class = )?"TextGrid"', text) else 0.0

    def parse(self, text: str, source: SourceFile, options: SourceConfig) -> Transcript:
        tiers: list[_Tier] = []
        faults: list[Skipped] = []
        try:
            for tier in _grid_tiers(iter(_VALUE.findall(text))):
                tiers.append(tier)
        except (StopIteration, ValueError, RuntimeError):
            faults.append(
                quarantine(
                    source,
                    f"after tier {len(tiers)}",
                    "the rest of the TextGrid cannot be read",
                    expected="tiers of intervals or points, each with its times and its text in quotes",
                    found=text[-100:],
                    to_do="open it in Praat and save it again as a text file",
                )
            )
        transcript = _transcript(tiers, source)
        transcript.skipped += faults
        return transcript


# Free standing numbers, flags and texts in quotes count, everything else is comment: so Praat reads its files.
_VALUE = re.compile(r'"(?:[^"]|"")*"|<exists>|(?<![^\s=])-?\d[\d.]*(?:[eE][-+]?\d+)?(?=\s|$)')


def _grid_tiers(values: Iterator[str]) -> Iterator[_Tier]:
    for expected in ("file type", "object class", "from", "to", "tiers"):
        _next(values, expected)
    for _ in range(int(_next(values, "size"))):
        kind, name = _quoted(_next(values, "class")), _quoted(_next(values, "name"))
        tier = _Tier(name, name)
        _next(values, "from"), _next(values, "to")
        for _ in range(int(_next(values, "size"))):
            start = float(_next(values, "start"))
            if kind == "IntervalTier":
                _next(values, "end")
            text = " ".join(_quoted(_next(values, "text")).split())
            if text:
                tier.labels.append((start * 1000, text))
        if kind != "IntervalTier":
            tier.aside = f"tier {name!r}: points, and no stretches of speech"
        yield tier


def _next(values: Iterator[str], what: str) -> str:
    value = next(values, None)
    if value is None:
        raise ValueError(f"no {what}")
    return value


def _quoted(value: str) -> str:
    if value[:1] != '"':
        raise ValueError(value)
    return value[1:-1].replace('""', '"')
