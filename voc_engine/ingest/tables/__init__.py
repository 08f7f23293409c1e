"""Readers of tables: one row is one text, or one person's answers."""
