"""New texts under the given codes of a finished run, as that run had learned them from people's corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voc_engine.records import Batch, Code, Segment
from voc_engine.store.results import records_of
from voc_engine.store.workspace import Workspace

CODED = ("codes", "code_ids", "code_probability")
Coder = Callable[[Batch, int], list[Mapping[str, str | float]]]


def coder_for(
    workspace: Workspace, manifest: Mapping[str, Any], encode: Callable[[Sequence[str]], Any]
) -> Coder | None:
    """A batch of texts (document ids are their numbers) and how many they are in; the cells of CODED out, surest code
    first. None where the study has no codes."""
    from voc_engine.codebook.applying import CodeScorer, Sentences, answers_of

    parts = manifest["parts"]
    tables = Batch.make(*records_of(workspace.parts, parts, (Code,))) if "codebook" in parts else Batch()
    codes = tables.of(Code) if tables.tables else []
    if not codes:
        return None
    vectors = workspace.parts.read_vectors("embed", parts["embed"])
    sentences = Sentences.of(Batch.make(*records_of(workspace.parts, parts, (Segment,))).of(Segment), vectors)
    scorer = CodeScorer([one.given for one in codes], encode)
    heads = {one.above for one in codes}
    able = [one for one in codes if not (one.given.is_heading and not one.example_segments and one.code_id in heads)]
    learned = {one.code_id: scorer.vectors(one.given, sentences, answers_of(one)) for one in able}
    names = {one.code_id: one.name for one in codes}
    sure = float(manifest["config"].get("codebook", {}).get("sure", 0.5))

    def coded(batch: Batch, texts: int) -> list[Mapping[str, str | float]]:
        new = Sentences.of(batch.of(Segment), batch.vectors, sentences)
        best: list[dict[str, float]] = [{} for _ in range(texts)]
        for code in able if new.segments else ():
            chance = scorer.chances(new, learned[code.code_id], code.shift)
            for segment, value in zip(new.segments, chance.tolist(), strict=True):
                if value >= sure:
                    of_text = best[int(segment.document_id)]
                    of_text[code.code_id] = max(value, of_text.get(code.code_id, 0.0))
        return [_cells(found, names) for found in best]

    return coded


def _cells(chances: Mapping[str, float], names: Mapping[str, str]) -> Mapping[str, str | float]:
    if not chances:
        return {"codes": "none"}
    ranked = sorted(chances, key=lambda key: (-chances[key], key))
    return {
        "codes": "; ".join(names[key] for key in ranked), "code_ids": "; ".join(ranked),
        "code_probability": chances[ranked[0]],
    }  # fmt: skip
