"""estimates: of a study that is read in part, how many of all its people say something."""
