"""Persona cards as things of their own: a file a persona and a format, in a company's words, order and colours."""
