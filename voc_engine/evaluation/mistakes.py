"""The surest errors of each set and kind as pages to read: figures tell how many, only the words tell of what kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from voc_engine.evaluation.measuring import Result
from voc_engine.evaluation.shipped import Mistake

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_NO_NAME = re.compile(r"[^\w-]+")


def pages(results: Sequence[Result], extractor: str) -> dict[str, str]:
    """Markdown by file name: one page per set and kind that has errors, and ``index.md`` with a line for each."""
    files, lines = dict[str, str](), list[str]()
    for result in results:
        if not result.mistakes:
            continue
        name, kind = f"{_NO_NAME.sub('-', result.name)}.md", result.kinds[0].kind
        wrong = [one for one in result.mistakes if one.wrong]
        missed = [one for one in result.mistakes if not one.wrong]
        files[name] = "\n".join(_page(result.name, kind, wrong, missed))
        lines.append(f"- [{result.name}]({name}): {kind}, {len(wrong)} wrong and {len(missed)} missed are shown")
    head = ["# Surest errors", "", f"Extractor {extractor}. The texts are the gold sets'; mind their licences.", ""]
    return {"index.md": "\n".join([*head, *(lines or ["None."]), ""]), **files}


def _page(name: str, kind: str, wrong: Sequence[Mistake], missed: Sequence[Mistake]) -> Iterable[str]:
    yield from (
        f"# {name}: {kind}",
        "",
        "Each with the probability that was given, and what the readers say instead.",
        "",
    )
    for head, rows in (("Surest wrong", wrong), ("Surest missed", missed)):
        yield from (f"## {head}", "", *(_line(one) for one in rows), *([] if rows else ["None."]), "")


def _line(mistake: Mistake) -> str:
    gold = dict.fromkeys([*mistake.row.gold, *(mistake.row.second or ())])
    before = f" (after: {_plain(mistake.row.context)})" if mistake.row.context else ""
    facts = [f"{mistake.chance:.2f}", mistake.row.kind or "", ", ".join(gold) or "nothing"]
    return f"- {' · '.join(filter(None, facts))}: {_plain(mistake.row.text)}{before}"


def _plain(text: str) -> str:
    """The words on one line, with no mark that Markdown or HTML would take for its own."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
