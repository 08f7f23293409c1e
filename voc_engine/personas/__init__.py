"""Personas: groups of real people who share goals, pains and words; or the finding that there are none."""
