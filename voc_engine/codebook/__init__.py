"""Codes that a researcher gave, by definition and example, applied to every sentence beside what is found."""
