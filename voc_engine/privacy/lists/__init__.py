"""Word lists of the room: given names, surnames, nicknames, and what is read as a person's name and is none."""
