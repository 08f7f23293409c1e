"""python -m voc_engine is voc."""

from voc_engine.cli import main

main()
