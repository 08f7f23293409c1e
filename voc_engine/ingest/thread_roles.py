"""Parts in written threads: who is a customer, who staff, what a machine wrote."""

from __future__ import annotations

import re

from voc_engine.language.pattern_screen import screened

_BOT_TEXT = screened(
    r"\b(this is an auto(?:mat(?:ic|ed))?[- ]?(?:reply|response|message|notification|e-?mail)|i am a bot|out of office|"
    r"do not reply to this (?:e-?mail|message)|auto-?reply|automatic reply|please type your reply above this line)\b",
    re.IGNORECASE,
)
_BOT_NAME = re.compile(
    r"(?:^|[\s_.\-])(?:bot|chatbot|autoresponder|auto-?reply|no-?reply|mailer-daemon|automation)(?:$|[\s_.\-\d])|"
    r"(?-i:[a-z]Bot)$|automoderator",
    re.IGNORECASE,
)
_ROLES = {
    "participant": (
        "participant customer user end-user end enduser client requester lead contact visitor reviewer respondent author "
        "buyer consumer guest"
    ),
    "agent": (
        "agent admin staff supervisor support operator team assistant representative rep employee teammate owner moderator "
        "developer"
    ),
    "bot": "bot system automation automated trigger rule chatbot",
    "interviewer": "interviewer researcher",
}
# What makes a machine of an agent or an assistant.
_MACHINES = frozenset(("virtual", "ai"))
_BY_WORD = {word: role for role, words in _ROLES.items() for word in words.split()}


def is_bot_text(text: str) -> bool:
    """Whether a message says of itself that a machine wrote it."""
    return _BOT_TEXT.search(text[:600]) is not None


def is_bot_name(name: str) -> bool:
    """Whether an account's name says that it is a bot ("AutoModerator", "helpdesk-bot"); "Abbot" is none."""
    return _BOT_NAME.search(name) is not None


def role_named(value: str) -> str:
    """The engine's role for a source's word ("end-user", "admin"); "unknown" for a word it does not know."""
    value = value.strip().casefold()
    if not value:
        return "participant"
    parts = value.replace("-", " ").replace("_", " ").split() or [value]
    if parts[1:] and _MACHINES & set(parts):
        return "bot"
    named = [_BY_WORD[part] for part in (parts[0], parts[-1]) if part in _BY_WORD]
    # "end user", "customer support", "admin user": staff wherever one of the words says so, else the last one tells.
    return _BY_WORD.get(value) or ("agent" if "agent" in named else [*named, "unknown"][len(named[1:])])
