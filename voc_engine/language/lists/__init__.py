"""Lists of words, one a file: what the list is for, and its words in named groups."""
