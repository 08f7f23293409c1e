"""Readers of public gold sets, one module per family. They hold no rows: the files stay where the user has them."""
