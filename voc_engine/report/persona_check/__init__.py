"""A persona that somebody brings, held against what the people of a run said: verdicts, a page and a table."""
