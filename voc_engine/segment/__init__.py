"""Sentences and clauses with their exact place."""
