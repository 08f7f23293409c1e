"""A run in which every field that holds text holds the same hostile text."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.exchange.run_view import RunView
from voc_engine.records import (
    Batch,
    Document,
    EmpathyEntry,
    Insight,
    Mention,
    Persona,
    Topic,
)
from voc_engine.testing import example_study


def hostile_view(payload: str) -> RunView:
    """The example study with the payload in titles, names, labels, places, attributes, and behind every quote."""
    study = example_study()
    tables = study.tables
    documents, moved = [], {}
    for one in tables.of(Document):
        text = f"{one.text}\n{payload}!"
        moved[one.document_id] = (len(one.text) + 1, len(text), text)
        documents.append(
            replace(one, text=text, title=payload, source=payload, locator=payload, channel=payload, url=payload,
                    language=payload, context=payload, attributes={payload: payload, "channel": payload})
        )  # fmt: skip
    mentions = []
    for one in tables.of(Mention):
        start, end, text = moved[one.document_id]
        mentions.append(replace(one, start=start, end=end, quote=text[start:end], statement=text[start:end]))
    changed = {
        Document: documents,
        Mention: mentions,
        Insight: [replace(one, statement=payload) for one in tables.of(Insight)],
        Topic: [replace(one, label=payload, keywords=(payload,)) for one in tables.of(Topic)],
        Persona: [replace(one, name=payload, summary=payload) for one in tables.of(Persona)],
        EmpathyEntry: [replace(one, statement=payload) for one in tables.of(EmpathyEntry)],
    }
    return RunView(replace(study, title=payload, question=payload, tables=Batch({**tables.tables, **changed})))
