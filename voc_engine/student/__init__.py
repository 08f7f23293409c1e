"""student: a linear reader of hashed words that learns from what was read in full, and foresees the rest fast."""
