"""Insights: mentions of one kind that say the same, merged into one statement with the people behind it counted."""
