"""Personas that somebody brings, as claims: Markdown, Word, tables."""
