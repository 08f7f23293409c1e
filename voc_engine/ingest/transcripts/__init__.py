"""Readers of talks: captions, note-taker exports, word-processor files and prose."""
