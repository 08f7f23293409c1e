"""sample: who of a large study is read in full: drawn at random, or looked for on purpose."""
