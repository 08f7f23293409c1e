"""Empathy maps: one per persona (NN/g), pains and gains after the XPLANE canvas of 2017."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.config.sections import EmpathyConfig
from voc_engine.empathy.contradictions import mark
from voc_engine.empathy.map_entries import by_list, by_quadrant, says
from voc_engine.empathy.persona_evidence import Evidence, collect
from voc_engine.records import Batch, EmpathyEntry


def run(batch: Batch, options: EmpathyConfig) -> Batch:
    """Entries by persona in the order of the personas, by quadrant (says ... gains), widest shared first.

    Reads Persona, Membership, Insight, InsightMember, Mention and Segment. An empty quadrant has no entry. Entries
    that nobody stated are given only in studies of ``options.inferred_min_people`` people or more.
    """
    study = collect(batch)
    inferred = study.n_people >= options.inferred_min_people
    entries = [entry for evidence in study.personas for entry in _map(evidence, options.entries, inferred)]
    return Batch.make((EmpathyEntry, entries))


def _map(evidence: Evidence, most: int, inferred: bool) -> list[EmpathyEntry]:
    card = evidence.persona
    voices = says(evidence, most)
    used = {one for entry in voices for one in entry.mention_ids}
    quadrants = [voices]
    for quadrant in ("thinks", "does", "feels"):
        quadrants.append(by_quadrant(evidence, quadrant, most, inferred, used))
        used |= {one for entry in quadrants[-1] for one in entry.mention_ids}
    quadrants.append(by_list(evidence, "pains", (*card.pains, *card.objections), most))
    quadrants.append(by_list(evidence, "gains", (*card.goals, *card.delights), most))
    numbered = [replace(entry, index=number) for entries in quadrants for number, entry in enumerate(entries)]
    return mark(numbered, {m.mention_id: m for m in evidence.mentions})
