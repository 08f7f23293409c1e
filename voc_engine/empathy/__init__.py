"""Empathy maps: what a persona's people say, think, do and feel, with pains and gains, every entry from evidence."""
