"""Ingest: source files of many formats to documents with utterances; nothing lost or guessed in silence."""

from voc_engine.ingest.contract import Conversation, Reader
from voc_engine.ingest.explain import explain
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.stage import read_source

__all__ = ["Conversation", "Reader", "SourceFile", "explain", "read_source"]
