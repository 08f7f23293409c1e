"""Handles: names of accounts in a post. They address somebody and tell nothing of what is said."""

from __future__ import annotations

import re

_HANDLE = re.compile(r"(?<![\w@.])@\w{1,40}")
_STANDS_FOR = "them"
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+|\bRT\b")


def without_handles(text: str) -> str:
    """The text at the same length: handles at its beginning and end are blank, inside it they read "them".

    Places of words do not move, so that what is found in it stands at the same place in the text.
    """
    if "@" not in text:
        return text
    handles = list(_HANDLE.finditer(text))
    letters = list(text)
    for match in handles:
        leads = not _HANDLE.sub("", text[: match.start()]).strip(" .,:;-–—")
        trails = not _HANDLE.sub("", text[match.end() :]).strip(" .,:;!?-–—")
        word = "" if leads or trails else _STANDS_FOR
        letters[match.start() : match.end()] = word[: len(match.group())].ljust(len(match.group()))
    return "".join(letters)


def without_addresses(text: str) -> str:
    """The text without links, handles and the mark of a post passed on."""
    return _ADDRESS.sub(" ", text) if any(mark in text for mark in ("@", "://", "www.", "RT")) else text


def spoken(text: str) -> str:
    """The text without handles, as it is embedded; the text itself where it holds nothing else."""
    bare = without_handles(text)
    return text if bare == text else " ".join(bare.split()) or text
