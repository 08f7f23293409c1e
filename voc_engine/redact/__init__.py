"""Pseudonyms for people and masks for contact data, before anything else reads the text."""
