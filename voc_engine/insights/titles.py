"""Titles of findings: of all that could head one, the wording that most of its people say and that is understood alone.

What could: the clauses and noun phrases of the members, cut to what others say too (``title_spans``), their key points, and
the thing with what about it from the published list (names.toml).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.agreement import Agreement
from voc_engine.insights.finding_names import MOST_NAME_IT, phrases
from voc_engine.insights.key_points import marked, stands_alone, tidied
from voc_engine.insights.kinds_together import SIDE_OF
from voc_engine.insights.shared_words import Ints, said_words
from voc_engine.insights.spoken_for import SaidByOthers, able_to_speak
from voc_engine.insights.title_judge import Wording, Words, title_chances, title_features
from voc_engine.insights.title_spans import form_of, parsed, title_spans
from voc_engine.language.tokens import parts, words
from voc_engine.records import Insight, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Of a finding so many mentions are read for a title, and so many of what they give are heard by the judge: a choice, for
# time. Twice as many of either found no more titles that were right (``python -m training titles``).
_READ, _JUDGED = 24, 20
# So large a share of its people says of the thing what its name says. Of ten such names on labelled findings that did not
# decide, six are left, among them the four that are right.
AGREED = 0.75
# So likely a key point heads a finding that has no title: of the labelled findings that did not decide, with .3 one less is
# right, two more vague and three more wrong.
_POINT = 0.35
_LONG_QUOTE = (
    60  # words; a longer quote is read by its statement, since a parse is slow and most of it beside the point
)
_LONGEST_WHOLE = 16  # words of a whole statement that may head a finding
_LISTED = 2  # what most say of the thing, from the published list: the first two
_SEVERAL = 2  # people who name a thing, or say the same of it, before it names others' finding
# The first look, by words alone: what neither the others say nor can stand still comes last and not nowhere, and what
# points at something or says one word comes after what does not. A choice: only who is heard follows from it.
_LEAST, _POINTS, _ONE_WORD = 0.2, 0.5, 0.6
_EDGES = " \"“”'‘’.!,;:-–—("


@dataclass(frozen=True, slots=True)
class Untitled:
    """A finding that a title is sought for: the numbers of its units, and its mentions."""

    own: Ints
    insight: Insight
    mentions: Sequence[Mention]

    @property
    def side(self) -> str:
        return SIDE_OF[self.insight.kind]

    def lenders(self) -> list[Mention]:
        """Who may lend a title, the surest first."""
        able = (self.mentions[row] for row in able_to_speak(self.mentions))
        return sorted(
            (one for one in able if one.quotable != "none"), key=lambda one: (-one.probability, one.mention_id)
        )[:_READ]

    def listed(self) -> dict[str, float]:
        """Headings out of the thing and the published list, with the share of people who say that of it."""
        named: dict[str, float] = {self.insight.name: self.agreed(self.insight.what)} if self.insight.name else {}
        said = Counter(code for code, _ in {(one.what, one.person_id) for one in self.mentions} if code)
        for code in sorted(said, key=lambda code: (-said[code], code))[:_LISTED]:
            about = phrases(self.insight.kind).get(code) if said[code] >= _SEVERAL else None
            if about and (thing := self._thing()):
                named.setdefault(f"{thing[:1].upper()}{thing[1:]}: {about}", self.agreed(code))
        return named

    def _thing(self) -> str | None:
        named = [one for one in self.mentions if parts(one.thing or "") and one.quotable != "none"]
        nouns = Counter(noun for noun, _ in {(parts(one.thing or "")[-1], one.person_id) for one in named})
        usual = min(nouns, key=lambda noun: (-nouns[noun], noun), default=None)
        enough = max(_SEVERAL, MOST_NAME_IT * len({one.person_id for one in self.mentions}))
        return self.insight.thing or (usual if usual and nouns[usual] >= enough else None)

    def agreed(self, code: str | None) -> float:
        """The share of people who say this of the thing."""
        people = {one.person_id for one in self.mentions}
        return round(len({one.person_id for one in self.mentions if one.what and one.what == code}) / len(people), 4)


def titles_of(findings: Sequence[Untitled], agreement: Agreement, options: InsightsConfig) -> list[str | None]:
    """The title of each; empty where its key point heads it as a quote, None where nothing can. What is not judged, since
    clauses cannot be read, keeps its name.

    A wording heads a finding that is its likeliest, with ``title`` and more, and points at nothing outside; of findings of
    one side whose titles are of the same words the first has it. Else its key point does where it is likely enough, else
    the name that its people agree on.
    """
    if agreement.clauses.embedder is None:
        return [finding.insight.name for finding in findings]
    candidates = wordings(findings)
    # Read together, as the embedder is quickest; each is asked for alone below.
    agreement.clauses.meaning([wording.text for several in candidates for wording in several])
    used_titles: set[tuple[str, ...]] = set()
    titles: list[str | None] = []
    for finding, several in zip(findings, candidates, strict=True):
        chances = _chances(finding, several, agreement)
        titles.append(_title(finding, list(zip(several, chances, strict=True)), used_titles, options))
    return titles


def _chances(finding: Untitled, several: Sequence[Wording], agreement: Agreement) -> list[float]:
    heard_of = [agreement.hearing(finding.own, wording.text, wording.mention.person_id) for wording in several]
    hearings = [one for one in heard_of if one is not None]
    return [float(chance) for chance in title_chances(title_features(several, hearings, Words(finding.mentions)))]


def _title(
    finding: Untitled,
    judged: Sequence[tuple[Wording, float]],
    used_titles: set[tuple[str, ...]],
    options: InsightsConfig,
) -> str | None:
    def free(wording: Wording) -> bool:
        return not wording.form.open and (finding.side, *said_words(wording.text)) not in used_titles

    able = [(wording, chance) for wording, chance in judged if free(wording)]
    best = min(able, key=lambda one: (-one[1], len(one[0].text), one[0].text), default=None)
    if best is None or best[1] < options.title:
        return _stays(finding, able)
    used_titles.add((finding.side, *said_words(best[0].text)))
    return best[0].text


def _stays(finding: Untitled, able: Sequence[tuple[Wording, float]]) -> str | None:
    """What heads a finding without a sure title: its key point, else a name that its people agree on."""
    point = max((chance for wording, chance in able if wording.text == finding.insight.statement), default=0.0)
    if point >= _POINT:
        return ""
    agreed = finding.agreed(finding.insight.what) >= AGREED
    return (finding.insight.name or None) if agreed else None


def wordings(findings: Sequence[Untitled]) -> list[list[Wording]]:
    """For each finding what could head it: at most some twenty wordings, the best by their words alone."""
    written = [[*one.listed(), one.insight.statement] for one in findings]
    read = [list(map(_sentence, one.lenders())) for one in findings]
    texts = sorted({text for own in (*written, *read) for text in own})
    docs = dict(zip(texts, parsed(texts), strict=True))
    return [_first_looked(one, _candidates(one, docs)) for one in findings]


def _sentence(mention: Mention) -> str:
    return mention.quote if len(words(mention.quote)) <= _LONG_QUOTE else mention.statement or mention.quote


def _heading(text: str) -> str:
    """As a heading is written; empty where it holds a mark that none has."""
    plain = tidied(text).strip(_EDGES)
    return "" if marked(plain) or ":" in plain else plain[:1].upper() + plain[1:]


def _candidates(finding: Untitled, docs: Mapping[str, Doc]) -> Iterator[Wording]:
    lends = next(one for one in finding.mentions if one.mention_id == finding.insight.medoid_mention_id)
    for text, agreed in finding.listed().items():
        yield Wording(text, lends, form_of(docs[text][:]), listed=True, agreed=agreed)
    yield Wording(finding.insight.statement, lends, form_of(docs[finding.insight.statement][:]))
    for mention in finding.lenders():
        doc = docs[_sentence(mention)]
        if stated := _stated(mention, doc):
            yield stated
        for start, end in title_spans(doc):
            if text := _heading(doc[start:end].text):
                yield Wording(text, mention, form_of(doc[start:end]))


def _stated(mention: Mention, doc: Doc) -> Wording | None:
    """The whole statement, where it is no longer than a heading may be."""
    statement = mention.statement or mention.quote
    text, start = _heading(statement), doc.text.find(statement)
    span = doc.char_span(start, start + len(statement), alignment_mode="expand") if start >= 0 else None
    if not text or span is None or len(words(text)) > _LONGEST_WHOLE:
        return None
    return Wording(text, mention, form_of(span))


def _first_looked(finding: Untitled, candidates: Iterator[Wording]) -> list[Wording]:
    """Each wording once: all of the list, the key point, and of the others those that say most of what is shared."""
    shared, words_of = SaidByOthers(finding.mentions), Words(finding.mentions)
    once: dict[str, Wording] = {}
    for wording in candidates:
        once.setdefault(wording.text.casefold(), wording)
    fixed, others = [], []
    for wording in once.values():
        looked = replace(wording, part=shared.part(wording.text, wording.mention))
        if wording.listed or wording.text == finding.insight.statement:
            fixed.append(looked)
        elif words_of.common(wording.text):
            others.append((-_worth(looked), looked.text, looked))
    return [*fixed, *(looked for *_, looked in sorted(others, key=lambda entry: entry[:2])[:_JUDGED])]


def _worth(wording: Wording) -> float:
    stands = stands_alone(wording.text, replace(wording.mention, stands=None))
    worth = (_LEAST + wording.part) * (_LEAST + stands) * (_POINTS if wording.form.open else 1.0)
    return worth * (_ONE_WORD if len(said_words(wording.text)) <= 1 else 1.0)
