"""Gold sets, measures and agreement: how often the labels are right, with the command that gives the figures again."""
