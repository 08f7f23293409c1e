"""What the report says of redaction: which options held, what was masked in this run, how well it works on a gold set."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

from voc_engine.config import RedactConfig
from voc_engine.report import wording

OFF = "OFF: names and contact data stand as they were written"
_NAMES = {
    "model": "other people's names by a language model, word lists and cues",
    "cues": "other people's names by word lists and cues, without a language model",
    "list": "other people's names not looked for",
}
_MASK = re.compile(
    r"\[(email|phone|card|iban|ip|path|url|id|birthdate|address|handle|person \d+|[PIAB]\d{4,}|C\d{2,})\]"
)
_KIND_WORDS = {
    "email": "mail addresses", "phone": "phone numbers", "card": "card numbers", "iban": "IBANs", "ip": "IP addresses",
    "url": "links", "id": "ids of orders, accounts and the like", "birthdate": "dates of birth",
    "address": "postal addresses", "handle": "user handles", "participant": "names of known people",
    "person": "names of other people", "company": "companies",
}  # fmt: skip


def told_options(options: RedactConfig) -> str:
    """One line on the options, for the manifest and the method page."""
    if not options.enabled:
        return OFF
    parts = ["assisted redaction: names of known people, contact data, ids and addresses", _NAMES[options.names]]
    parts.append("companies by pseudonym" if options.companies else "companies as written")
    if options.keep:
        parts.append("never masked: " + wording.listing(sorted(options.keep)))
    return "; ".join(parts)


def masked(texts: Iterable[str]) -> str:
    """How many masks of which kind stand in the texts, the most frequent first."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(_kind(mark) for mark in _MASK.findall(text))
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return wording.listing([f"{_KIND_WORDS[kind]} {amount:,}" for kind, amount in ranked]) if ranked else "nothing"


def _kind(mark: str) -> str:
    if mark == "path":
        return "url"
    if mark.startswith("person"):
        return "person"
    return mark if mark in _KIND_WORDS else "company" if mark.startswith("C") else "participant"


@cache
def measured() -> str:
    """Recall per kind on the gold set, from the figures that ``voc evaluate --only redaction`` last wrote; "" without."""
    file = resources.files("voc_engine.report") / "redaction_figures.json"
    if not file.is_file():
        return ""
    figures = json.loads(file.read_text(encoding="utf-8"))
    recalls = [
        f"{_KIND_WORDS[one['kind']]} {one['found']:,} of {one['true']:,}" for one in figures["held"] if one["true"]
    ]
    return (
        f"On the half of our gold set ({figures['sentences']:,} invented sentences) that no rule was tuned on, it found "
        f"{wording.listing(recalls)}; {figures['person_precision']:.0%} of what it took for other people's names were such."
        f" Measured with '{figures['command']}'; on your material it finds less."
    )
