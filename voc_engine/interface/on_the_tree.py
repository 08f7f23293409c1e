"""New texts on the tree of a finished run: theme, finding and probability of each, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voc_engine.config import EmbedConfig, InsightsConfig, MentionsConfig
from voc_engine.interface.on_codes import CODED, coder_for
from voc_engine.records import Batch, Document, Insight, InsightMember, Mention, Segment, Vectors
from voc_engine.store.workspace import Workspace

PLACED = ("theme", "finding", "finding_id", "finding_probability", "further_findings", *CODED)
Placer = Callable[[Sequence[str | None], Sequence[str]], list[Mapping[str, str | float]]]


def placer_for(workspace: Workspace, run_id: str, kind: str, heads: str | None = None) -> Placer:
    """Texts, and what stands before each, in; the cells of PLACED out: empty for a text without words. ``kind``: the kind of
    document that all are.

    Of several findings that a text says the likeliest is told, the titles of the others in ``further_findings``. Contact
    data is masked before anything is read, where the study does so.
    """
    from voc_engine.insights.finding_assigner import FindingAssigner
    from voc_engine.registry import component

    manifest = workspace.manifest(run_id) or {}
    config = manifest["config"]
    mentions = MentionsConfig(**{**config["mentions"], "heads": heads})
    assigner = FindingAssigner(_run_of(workspace, run_id, manifest), InsightsConfig(**config["insights"]))
    embedder = component("embedder", EmbedConfig(**config["embed"]).model)
    coder = coder_for(workspace, manifest, embedder.encode)
    masks = bool(config["redact"]["enabled"])

    def placed(texts: Sequence[str | None], contexts: Sequence[str]) -> list[Mapping[str, str | float]]:
        batch = _batch(texts, contexts, kind, masks)
        keys = sorted({one.text_key for one in batch.of(Segment)})
        if not keys:
            return [{} for _ in texts]
        batch.vectors = Vectors(tuple(keys), embedder.encode(keys))
        text_mentions = _mentions(batch, mentions)
        homes = assigner.place(text_mentions, batch.vectors)
        cells: list[Mapping[str, str | float]] = []
        for number, text in enumerate(texts):
            text_homes = [
                home for one, home in zip(text_mentions, homes, strict=True) if one.document_id == str(number)
            ]
            cells.append(_cells(text_homes) if text and text.strip() else {})
        coded = coder(batch, len(texts)) if coder is not None else [{} for _ in texts]
        return [{**cell, **codes} if cell else {} for cell, codes in zip(cells, coded, strict=True)]

    return placed


def _run_of(workspace: Workspace, run_id: str, manifest: dict[str, Any]) -> Batch:
    """Mentions and findings of the run, the latter as its readers may see them."""
    from voc_engine.privacy.withholding import withheld_in
    from voc_engine.report.publish import published_records
    from voc_engine.store.results import records_of

    batch = Batch.make(*records_of(workspace.parts, manifest["parts"], (Mention, Insight, InsightMember)))
    if withheld_in(manifest):
        batch.tables[Insight] = list(published_records(workspace, run_id).of(Insight))
    batch.vectors = workspace.parts.read_vectors("embed", manifest["parts"]["embed"])
    return batch


def _batch(texts: Sequence[str | None], contexts: Sequence[str], kind: str, masks: bool) -> Batch:
    """A document for each text and a segment for each of its sentences; ids are the texts' numbers."""
    from voc_engine.privacy.masks import apply
    from voc_engine.redact.finding import pattern_spans
    from voc_engine.segment.sentences import sentence_spans

    documents, segments = [], []
    for number, (text, context) in enumerate(zip(texts, contexts, strict=True)):
        masked = text or ""
        masked = apply(masked, list(pattern_spans(masked)))[0] if masks else masked
        key = str(number)
        documents.append(Document(key, kind, "", key, key, masked, context=context or None))
        for index, (start, end) in enumerate(sentence_spans(masked, 60)):
            words = masked[start:end]
            if words.strip():
                segments.append(
                    Segment(f"{key}:{index}", key, key, index, start, end, words, words, key, "participant")
                )
    return Batch.make((Document, documents), (Segment, segments))


def _mentions(batch: Batch, options: MentionsConfig) -> list[Mention]:
    from voc_engine.mentions.stage import run

    return [one for one in run(batch, options).of(Mention) if one.holder == "self"]


def _cells(homes: Sequence[Any]) -> Mapping[str, str | float]:
    best = sorted(homes, key=lambda home: (home.insight is None, home.theme is None, -home.probability))
    titles = {home.insight.insight_id: home.insight.title for home in best if home.insight is not None}
    if not titles:
        near = max((home.probability for home in homes), default=0.0)
        theme = next((home.theme for home in best if home.theme), "none")
        return {"theme": theme, "finding": "none", "finding_id": "", "finding_probability": near}
    first, *further = titles
    return {
        "theme": best[0].theme or "none", "finding": titles[first], "finding_id": first,
        "finding_probability": best[0].probability, "further_findings": "; ".join(titles[key] for key in further),
    }  # fmt: skip
