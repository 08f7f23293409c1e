"""Search by meaning: sentences whose vectors lie near that of what is asked, by the embedder of the study itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voc_engine.records import Segment, Vectors
from voc_engine.registry import component
from voc_engine.review.material import Material
from voc_engine.store.workspace import Workspace

# Below this cosine two sentences have little to do with each other.
LEAST = 0.3


@dataclass
class MeaningSearch:
    """Vectors and embedder are read when something is first asked, and kept for the run."""

    workspace: Workspace
    known: dict[str, tuple[list[Segment], Any]] = field(default_factory=dict)

    def find(self, material: Material, words: str, most: int) -> list[Segment]:
        """The nearest sentences of different words, nearest first; none where the run kept no vectors."""
        segments, rows = self._of(material)
        if not segments or not words.strip():
            return []
        import numpy as np

        query = np.asarray(component("embedder", self._embedder(material)).encode([words.strip()]))[0]
        near = rows @ query
        order = np.argsort(-near, kind="stable")
        nearest: dict[str, Segment] = {}
        for row in order.tolist():
            if near[row] < LEAST or len(nearest) == most:
                break
            nearest.setdefault(segments[row].text_key, segments[row])
        return list(nearest.values())

    @staticmethod
    def _embedder(material: Material) -> str:
        return str(material.manifest.get("config", {}).get("embed", {}).get("model", ""))

    def _of(self, material: Material) -> tuple[list[Segment], Any]:
        if material.run_id not in self.known:
            parts = material.manifest.get("parts", {}).get("embed", ())
            vectors = self.workspace.parts.read_vectors("embed", parts) if parts else None
            able = [one for one in material.readable.of(Segment) if vectors is not None and one.text_key in vectors]
            # What is withheld may not be found by what it says.
            able = [one for one in able if one.text == material.stored_segments[one.segment_id].text]
            self.known = {material.run_id: (able, _rows(able, vectors))}
        return self.known[material.run_id]


def _rows(segments: list[Segment], vectors: Vectors | None) -> Any:
    return vectors.rows([one.text_key for one in segments]) if segments and vectors is not None else None
