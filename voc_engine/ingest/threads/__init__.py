"""Readers of written exchanges as their systems export them: help desks and social platforms."""
