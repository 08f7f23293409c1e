"""Files in the layouts of real exports, written from one truth, so that every field read can be held against it."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Truth = Mapping[str, Any]
Column = tuple[str, Callable[[Truth], object]]


def truths(rows: Sequence[str], *names: str) -> list[dict[str, Any]]:
    """One record per line of cells between bars, with a number for ids."""
    return [
        dict(zip(("n", *names), (number, *(cell.strip().replace("\\n", "\n") for cell in row.split("|"))), strict=True))
        for number, row in enumerate(rows, 1)
    ]


REVIEWS = truths(
    [
        "Ann Lee|annlee7|ann.lee@example.org|2025-11-03T08:15:00|2|No sync|It loses my list, every single time 😡|Sorry Ann, we mend it.|GB|Solo|iOS",
        "Bo Kim|bokim|Bo.Kim@example.org|2025-11-14T19:02:11|5|Love it|Fast and clear. My whole team uses it daily.||US|Team|Android",
        "Cara Díaz|cara_d|cara@example.net|2025-12-01T00:30:45|4|Good but pricey|Great calendar; the price went up twice this year||ES|Solo|iOS",
        "Dov Arendt|dovarendt|dov@example.com|2025-12-09T23:59:59|1|Refund?|I asked for a refund on Monday.\\nNobody has answered me since.|Hello Dov, please write to us.|DE|Team|iOS",
        "Eve O'Neil|evey|eve.oneil@example.org|2026-01-02T12:00:00|3|Okay|Does what it says, \"mostly\", but crashes on export||IE|Free|Android",
        "Finn Berg|finnb|finn@example.net|2026-01-17T06:45:30|5|Five stars|Support was kind & quick, thank you so much ❤️|Thank you Finn!|NO|Team|iOS",
        "Gil Haddad|gilh|gil@example.com|2026-02-20T15:15:15|2|Slow|Since the last update it takes a minute to open||FR|Free|Android",
        "Hana Mori|hanamo|hana@example.org|2026-03-28T10:10:10|4|Nearly there|I would like a dark mode for the evenings||JP|Solo|iOS",
    ],
    "name", "handle", "mail", "date", "rating", "title", "text", "reply", "country", "plan", "device",
)  # fmt: skip

FOREIGN = truths(
    [
        "Jörg Weiß|jorgw|jorg@example.org|2025-11-03|2|Leider enttäuscht|Die App stürzt nach jedem Öffnen ab, sehr ärgerlich!|Bitte melden Sie sich bei uns.|Berlin",
        "Élodie Petit|elodiep|elodie@example.net|2025-11-25|5|Parfait|Livraison rapide et emballage soigné, je recommande||Paris",
        "José Núñez|josen|jose@example.com|2025-12-13|4|Muy bueno|Funciona bien pero la batería dura poco tiempo||Sevilla",
        "Zoë Krämer|zoek|zoe@example.org|2026-01-05|1|Nie wieder|Nach zwei Wochen ist immer noch nichts angekommen|Das tut uns leid.|Köln",
        "Noël Faure|noelf|noel@example.net|2026-01-19|3|Correct|Le produit est correct; la notice n'est pas claire||Lyon",
        "Inés Vega|inesv|ines@example.com|2026-02-22|5|Excelente|¿Qué más puedo pedir? Todo llegó a tiempo – ¡gracias!||Madrid",
    ],
    "name", "handle", "mail", "date", "rating", "title", "text", "reply", "city",
)  # fmt: skip

POSTS = truths(
    [
        "Ann Lee|annlee7|2025-11-03T08:15:00|124|Has anybody got the import to work with large files?|general",
        "Bo Kim|bokim|2025-11-14T19:02:11|-3|It never worked for me, I gave up and went back to paper|general",
        "Cara Díaz|cara_d|2025-12-01T00:30:45|17|You have to split the file first 🙄 see the manual|howto",
        "Dov Arendt|dovarendt|2025-12-09T23:59:59|2|Why can I not share a board with my brother?|sharing",
        "Eve O'Neil|evey|2026-01-02T12:00:00|58|The new calendar is lovely, \"finally\" I can see a month|general",
        "Finn Berg|finnb|2026-01-17T06:45:30|0|I wish there was an offline mode for the train|wishes",
        "Ann Lee|annlee7|2026-02-20T15:15:15|9|Thanks, splitting it did the trick for us|howto",
    ],
    "name", "handle", "date", "votes", "text", "board",
)  # fmt: skip

ANSWERS = truths(
    [
        "ann.lee@example.org|Ann Lee|2026-03-02T09:00:00|9|Team|Weekly|Planning the shifts of the whole month|More templates would be good|Price",
        "bo.kim@example.org|Bo Kim|2026-03-02T09:21:30|6|Solo|Daily|Seeing at a glance who is late with paying|N/A|Price, Support",
        "cara@example.net|Cara Díaz|2026-03-03T17:45:10|10|Team|Daily|It saves me an hour each morning 😀|Nothing, it is fine as it is|Support",
        "dov@example.com|Dov Arendt|2026-03-04T20:05:00|3|Free|Rarely|I could not find out how to invite anyone|Explain the first steps better|",
        "eve.oneil@example.org|Eve O'Neil|2026-03-05T07:30:00|8|Solo|Weekly|Writing invoices on the phone|-|Design",
        "finn@example.net|Finn Berg|2026-03-13T11:11:11|7|Free|Daily|sharing lists with my wife|A web version, please|Design, Price",
    ],
    "mail", "name", "date", "score", "plan", "often", "job", "better", "why",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file and what each of its documents must be: ``fields`` maps what is compared to its true value, row by row.

    ``rows`` are the truths in the file's order; ``questions`` (of surveys) pair a question with the truth's answer.
    """

    name: str
    data: bytes
    kind: str
    rows: Sequence[Truth]
    fields: Mapping[str, Callable[[Truth], object]]
    questions: Sequence[tuple[str, str]] = ()
    silent: frozenset[str] = field(default_factory=lambda: frozenset(("", "N/A", "-")))


def of(name: str) -> Callable[[Truth], object]:
    """A cell with the truth as it stands."""
    return lambda truth: truth[name]


def fixed(value: object) -> Callable[[Truth], object]:
    return lambda _: value


def numbered(pattern: str) -> Callable[[Truth], object]:
    return lambda truth: pattern.format(n=truth["n"], t=truth)


def date_as(pattern: str) -> Callable[[Truth], object]:
    return lambda truth: datetime.fromisoformat(truth["date"]).strftime(pattern)


def seconds(truth: Truth) -> int:
    """The truth's date, taken as UTC, in seconds since 1970."""
    return int((datetime.fromisoformat(truth["date"]) - datetime(1970, 1, 1)).total_seconds())


def utc(truth: Truth) -> str:
    return str(truth["date"]) + "Z"


def day(truth: Truth) -> str:
    return str(truth["date"])[:10]


def minute(truth: Truth) -> str:
    return str(truth["date"])[:16] + ":00"


def rating(truth: Truth) -> float:
    return float(truth["rating"])


def delimited(
    columns: Sequence[Column], rows: Sequence[Truth], *, by: str = ",", encoding: str = "utf-8",
    above: Sequence[Sequence[str]] = (), below: Sequence[Sequence[str]] = (), lines: str = "\r\n",
) -> bytes:  # fmt: skip
    """The rows as delimited text; ``above`` are lines over the header, ``below`` further header lines under it."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=by, lineterminator=lines)
    writer.writerows(above)
    writer.writerow([header for header, _ in columns])
    writer.writerows(below)
    writer.writerows([[cell(row) for _, cell in columns] for row in rows])
    return stream.getvalue().encode(encoding)


def objects(columns: Sequence[Column], rows: Sequence[Truth]) -> list[dict[str, object]]:
    """The rows as objects; "a.b" is nested."""
    made = []
    for row in rows:
        record: dict[str, Any] = {}
        for header, cell in columns:
            *path, last = header.split(".")
            inner = record
            for key in path:
                inner = inner.setdefault(key, {})
            inner[last] = cell(row)
        made.append(record)
    return made


def json_lines(columns: Sequence[Column], rows: Sequence[Truth]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects(columns, rows)).encode()


def sheet(columns: Sequence[Column], rows: Sequence[Truth], above: Sequence[Sequence[object]] = ()) -> bytes:
    """The rows as a workbook; a datetime becomes a date cell."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in above:
        page.append(list(line))
    page.append([header for header, _ in columns])
    for row in rows:
        page.append([cell(row) for _, cell in columns])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
