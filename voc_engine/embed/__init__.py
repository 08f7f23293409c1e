"""Sentence embeddings, the same bits for the same sentence whatever else is embedded beside it."""
