"""Who said something, in words: what every export sets beside a quote."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.records import Insight
from voc_engine.report import wording

SINGLE = 1  # a finding of one person is told after those that several share


def said_by(quote: Quote, with_persona: bool = True) -> str:
    """ "P0123 (Runs the shop), ticket, 12 Mar 2026"; on a persona's own pages without its name."""
    persona = f" ({one_line(quote.persona.name)})" if quote.persona and with_persona else ""
    about = [wording.document_noun(quote.document.kind), wording.date(quote.document.created_at)]
    return ", ".join(one for one in (f"{quote.mention.person_id}{persona}", *about) if one)


def evidence_note(quote: Quote) -> str:
    """A line for the speaker: whose words these are, where they stand, and the id that 'voc verify' looks up."""
    return f"{quote.mention.mention_id}: {said_by(quote)}; {one_line(quote.location)}"


def shared(view: RunView) -> list[Insight]:
    """What several people say; where nothing is shared, all there is."""
    return of_several(view.insights)


def of_several(insights: Sequence[Insight], exempt: Collection[str] = ()) -> list[Insight]:
    """Those of several people, and those ``exempt`` by their ids; all where there are none. A single voice beside what
    several people say would look as if it weighed as much."""
    several = [insight for insight in insights if insight.n_people > SINGLE or insight.insight_id in exempt]
    return several or list(insights)
