"""Asking a language model that the user has, where one is configured: the only room that speaks to another server."""
