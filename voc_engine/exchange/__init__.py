"""Exchange: a run out to other tools' formats, and what was done there back in. Formats are components."""
