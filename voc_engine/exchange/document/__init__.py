"""The report as a text document: real headings, quotes that keep their ids, tables, and the codebook as its annex."""
