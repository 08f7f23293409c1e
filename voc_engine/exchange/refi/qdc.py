"""The format "refi_qdc.v1": the codes alone, as a .qdc codebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from voc_engine import __version__
from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.refi.code_tree import code_tree, write_codes
from voc_engine.exchange.refi.elements import CODEBOOK, below, document_bytes, drop_empty, root
from voc_engine.exchange.refi.identities_out import SOURCE_NAME, Guids, Names
from voc_engine.exchange.run_view import RunView


class RefiCodebook:
    """Valid against Codebook.xsd: kinds, insights below them with their definitions, topics as sets."""

    name = "refi_qdc.v1"
    does = "a .qdc codebook (REFI-QDA): kinds and insights as codes with definitions, topics as sets"
    suffix = ".qdc"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        guids, names = Guids(view.title), Names(SOURCE_NAME)
        top = root(CODEBOOK, "CodeBook", origin=f"voc_engine {__version__}")
        write_codes(below(top, "Codes"), code_tree(view, guids))
        sets = below(top, "Sets")
        for topic in view.topics:
            element = below(
                sets, "Set", guid=guids.of("topic", topic.topic_id), name=names.unique(f"Topic: {topic.label}")
            )
            for insight in view.insights:
                if insight.topic_id == topic.topic_id:
                    below(element, "MemberCode", guid=guids.of("insight", insight.insight_id))
        drop_empty(top, "Sets")
        not_carried = (
            NotCarried("quotes (a codebook holds no sources)", len(view.quotes)),
            NotCarried("personas", len(view.personas)),
        )
        return Export([("codebook.qdc", document_bytes(top))], not_carried, n_quotes=0)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        """A codebook shows nobody's words as such."""
        yield from ()
