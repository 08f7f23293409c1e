"""Accuracy in public: gold sets, measures, one table."""
