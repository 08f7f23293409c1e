"""voc_engine: voice-of-customer research from real words only, with every claim linked to its evidence."""

__version__ = "0.1.0"
