"""Two runs, or two periods of one, held against each other: what is new, gone, said by more people or by fewer."""
