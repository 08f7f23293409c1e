"""What stands on a persona's card as one page: counted lines, exact words, how old it is and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voc_engine.exchange.cards.card_template import OWN_TERMS, CardTemplate
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.exchange.said import said_by
from voc_engine.records import Persona
from voc_engine.report import wording
from voc_engine.report.card_lines import LineView, card_lines
from voc_engine.report.diff.card_changes import CardChange, card_changes
from voc_engine.report.freshness import freshness
from voc_engine.report.people import persona_view
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.sales_sheet import own_terms
from voc_engine.report.trait_lists import Trait, trait_lists

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_MOST_NAMES = 3  # names of lines that came or went, before they are only counted


@dataclass(frozen=True, slots=True)
class Said:
    """Exact words; ``who`` is the pseudonym, the kind of document and its date."""

    words: str
    mention_id: str
    who: str


@dataclass(frozen=True, slots=True)
class CardLine:
    """``count`` is "12 of 47"; ``share`` in [0, 1] for a bar."""

    text: str
    count: str
    share: float
    quote: Said | None = None


@dataclass(frozen=True, slots=True)
class CardField:
    """``colour`` is a colour of the template ("#116466"), ``dark`` the one on a dark screen. ``more`` says how many lines
    the report has beyond these, ``rest``, and is "" for none. ``inline``: short things that stand in one line."""

    name: str
    heading: str
    colour: str
    dark: str
    lines: tuple[CardLine, ...]
    rest: int = 0
    more: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a card shows, as words. ``gaps`` names the fields that nothing stands in; ``sure`` says how steady
    the group is; ``changes`` are lines on the run before, none where there is none."""

    persona_id: str
    name: str
    kicker: str
    bio: str
    reach: str
    documents: str
    as_of: str
    review: str
    quotes: tuple[Said, ...]
    main: tuple[CardField, ...]
    side: tuple[CardField, ...]
    gaps: str
    changes: tuple[str, ...]
    sure: str
    study: str
    run_id: str
    unredacted: bool = False


def cards(view: RunView, template: CardTemplate) -> list[Card]:
    """One card a persona, in the order of the report."""
    quotes = Quotes(view.evidence, Places(view.evidence))
    changed = card_changes(view.changes) if view.changes is not None else {}
    return [_Maker(view, template, quotes, one).card(changed.get(one.persona_id)) for one in view.personas]


@dataclass(frozen=True)
class _Maker:
    view: RunView
    template: CardTemplate
    quotes: Quotes
    persona: Persona

    def card(self, changed: CardChange | None) -> Card:
        persona, view, words = self.persona, self.view, self.template.settings.words
        profile = persona_view(persona, view.evidence, self.quotes.places)
        dates = freshness(view.evidence)
        fields = {name: self._field(name) for name in self._named()}
        layout = self.template.settings.card
        empty = [one.heading for one in fields.values() if not one.lines]
        return Card(
            persona_id=persona.persona_id,
            name=one_line(persona.name),
            kicker=getattr(words, persona.rank, words.persona) if len(view.personas) > 1 else words.persona,
            bio=one_line(profile.digest),
            reach=profile.reach,
            documents=wording.count(persona.n_documents, "document"),
            as_of=words.as_of.format(date=wording.date(dates.newest)) if dates.newest else "",
            review=words.review.format(date=wording.date(dates.review)) if dates.review else "",
            quotes=self._voices(layout.quotes),
            main=tuple(fields[name] for name in layout.main if fields[name].lines),
            side=tuple(fields[name] for name in layout.side if fields[name].lines),
            gaps=self._gaps(empty),
            changes=tuple(self._changes(changed)) if changed else (),
            sure=f"Stability {profile.stability}; {profile.full_match} hold every leading trait."
            if persona.n_people > 1
            else "",
            study=one_line(view.title),
            run_id=view.run_id,
            unredacted=not view.study.config.redact.enabled,
        )

    @property
    def _least(self) -> int:
        """People who have to say a line for it to stand on the card."""
        return min(self.template.settings.card.least_people, self.persona.n_people)

    def _gaps(self, headings: list[str]) -> str:
        if not headings:
            return ""
        words, least = self.template.settings.words, self._least
        fields = wording.listing([wording.lower_first(one) for one in headings])
        several = _NUMBERS.get(least, wording.number(least))
        return words.gaps.format(n=several, fields=fields) if least > 1 else words.untold.format(fields=fields)

    def _named(self) -> Iterable[str]:
        layout = self.template.settings.card
        return dict.fromkeys((*layout.main, *layout.side))

    def _voices(self, most: int) -> tuple[Said, ...]:
        quotes = self.view.named(self.persona.quotes)
        ranked = sorted(quotes, key=lambda one: (not wording.tells(one.words), -len(one.words), one.mention.mention_id))
        return tuple(_voice(one) for one in ranked[:most])

    def _field(self, name: str) -> CardField:
        colours = self.template.settings.colours, self.template.settings.dark
        lines = [*self._lines(name)]
        most = self.template.settings.card.lines * (3 if name == OWN_TERMS else 1)
        rest = max(len(lines) - most, 0) if name != OWN_TERMS else 0
        more = self.template.settings.words.more.format(n=rest) if rest else ""
        return CardField(
            name, self.template.heading(name), colours[0].of(name), colours[1].of(name), tuple(lines[:most]), rest, more,
            inline=name == OWN_TERMS,
        )  # fmt: skip

    def _lines(self, name: str) -> Iterator[CardLine]:
        persona, evidence = self.persona, self.view.evidence
        least = self._least
        for several in trait_lists(persona, evidence, self.quotes):
            if several.field == name:
                yield from (
                    self._trait(one)
                    for one in (*several.leading, *several.further, *several.single)
                    if one.n_people >= least
                )
        if name == OWN_TERMS:
            for term in own_terms(persona, self.quotes):
                share = term.n_people / max(persona.n_people, 1)
                yield CardLine(one_line(term.text), wording.number(term.n_people), share)
        lines: tuple[LineView, ...] = getattr(card_lines(persona, evidence, self.quotes), name, ())
        if name == "facts":
            lines = self._leading_first(lines)
        for line in lines:
            if line.n_people >= least:
                yield CardLine(wording.named(one_line(line.name)), f"{line.count}{line.more}", line.share)

    def _leading_first(self, lines: tuple[LineView, ...]) -> tuple[LineView, ...]:
        """The commonest value of each attribute, then the others: five countries tell less than one country and one plan."""
        firsts = {fact.of: line for fact, line in reversed([*zip(self.persona.facts, lines, strict=True)])}
        leading = sorted((line for line in lines if line in firsts.values()), key=lambda one: -one.share)
        return (*leading, *(line for line in lines if line not in leading))

    def _trait(self, trait: Trait) -> CardLine:
        quote = self._quoted(trait.quote) if self.template.settings.card.line_quotes else None
        count = f"{wording.number(trait.n_people)} of {wording.number(self.persona.n_people)}"
        share = trait.n_people / max(self.persona.n_people, 1)
        return CardLine(wording.sentence(one_line(trait.view.insight.title)), count, share, quote)

    def _quoted(self, quote: QuoteView | None) -> Said | None:
        if quote is None or quote.mention_id is None:
            return None
        quotes = self.view.named((quote.mention_id,))
        return _voice(quotes[0]) if quotes else None

    def _changes(self, change: CardChange) -> Iterator[str]:
        everybody = (change.people, change.old_people) == (change.of, change.old_of)
        now, then = (wording.people(a) if everybody else f"{wording.number(a)} of {wording.people(b)}" for a, b in (
            (change.people, change.of), (change.old_people, change.old_of)))  # fmt: skip
        before = f" (documents to {wording.date(change.since)})" if change.since else ""
        if change.status == "new":
            yield f"New: no group of the run before{before} is like it."
            return
        grown = {"split": "Part of a larger group then. ", "merged": "Several groups then. "}.get(change.status, "")
        sure = "" if everybody else ": more than chance gives" if change.told else ": no clear change"
        yield f"{grown}{wording.sentence(now)}, then {then}{before}{sure}."
        if change.came:
            yield f"New on the card: {self._titles(change.came)}."
        if change.left:
            yield f"No longer on the card: {self._titles(change.left)}."
        if change.n_gone:
            yield f"{wording.count(change.n_gone, 'line')} of then {'is' if change.n_gone == 1 else 'are'} not found again."

    def _titles(self, ids: tuple[str, ...]) -> str:
        insights = [self.view.evidence.insights[key] for key in ids if key in self.view.evidence.insights]
        ranked = sorted(insights, key=lambda one: (-one.n_people, one.insight_id))
        names = [one_line(one.title) for one in ranked[:_MOST_NAMES]]
        rest = len(ranked) - len(names)
        return "; ".join([*names, *([f"{rest} more"] if rest else [])])


def _voice(quote: Quote) -> Said:
    who = said_by(quote)
    persona = f" ({one_line(quote.persona.name)})" if quote.persona else ""
    # On the card it goes without saying which persona speaks.
    return Said(quote.words, quote.mention.mention_id, who.replace(persona, "", 1))
