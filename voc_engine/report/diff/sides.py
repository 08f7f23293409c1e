"""One side of a comparison: who was heard, on what channel, what they say and in which persona they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.insights.insight_matching import Claim
from voc_engine.language.stems import content_stems
from voc_engine.records import EVIDENCE_ROLES
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

CARD_LINES = ("goals", "pains", "objections", "requests", "delights", "triggers")
LEAST_FOR_CENTROID = 2  # people: what one person says is matched by evidence or not at all


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both ISO 8601 and both within."""

    first: str
    last: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """ "2026-01-01..2026-03-31", also with months ("2026-01..2026-03") or years. Raises ConfigError."""
        from calendar import monthrange
        from datetime import date

        first, _, last = text.partition("..")
        try:
            begin = date.fromisoformat((first + "-01-01" if first.isdigit() else first + "-01")[:10])
            year, *rest = (int(part) for part in last.split("-"))
            month, *days = rest or [12]
            end = date(year, month, days[0] if days else monthrange(year, month)[1])
        except (ValueError, IndexError) as error:
            raise ConfigError(
                f"{text!r} is no period.", found=str(error), do="write it as 2026-01-01..2026-03-31 or 2026-01..2026-03"
            ) from error
        if begin > end:
            raise ConfigError(f"The period {text!r} ends before it begins.", do="turn the two dates round")
        return cls(begin.isoformat(), end.isoformat())

    def holds(self, created_at: str | None) -> bool:
        """Whether something dated so is within; what bears no date is in no period."""
        return bool(created_at) and self.first <= str(created_at)[:10] <= self.last


@dataclass(frozen=True)
class Said:
    """One insight: ``people`` who say it, and what it is matched by."""

    kind: str
    statement: str
    people: frozenset[str]
    claim: Claim


@dataclass(frozen=True)
class Theme:
    """``people`` who say any finding of it. Its key are the stems of its name: "invoice" and "Invoices" are one theme."""

    name: str
    people: frozenset[str]


@dataclass(frozen=True)
class Group:
    """One persona: its name, its members, and ``apart`` (dimensions,), the direction in which the mean of their sentence
    vectors lies from that of everybody: what all people talk about makes no two personas alike. ``lines`` are the ids of
    the insights on its card."""

    name: str
    people: frozenset[str]
    apart: Floats | None
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Side:
    """``heard``: person -> channel, for everybody whose words may count. ``home`` is the folder whose vault dealt the
    pseudonyms: the same pseudonym is the same person only within one. ``placed``: the run found more than one persona."""

    name: str
    home: Path
    run_id: str
    heard: Mapping[str, str]
    insights: Mapping[str, Said]
    groups: Mapping[str, Group]
    documents: int
    first: str | None
    last: str | None
    themes: Mapping[str, Theme] = field(default_factory=dict)


def load(workspace: Workspace, run_id: str, period: Period | None = None) -> Side:
    """A run, or what was said in a period of it. Raises ConfigError where nothing was, StoreError where it is damaged."""
    tables = workspace.report(run_id) / "tables"
    documents = {
        row["document_id"]: row
        for row in _rows(tables, "documents", ("document_id", "kind", "created_at"))
        if period is None or period.holds(row["created_at"])
    }
    segments = [
        row
        for row in _rows(tables, "segments", ("document_id", "person_id", "role", "text_key"))
        if row["document_id"] in documents and row["role"] in EVIDENCE_ROLES
    ]
    if not segments:
        raise ConfigError(
            f"Nobody was heard in {_name(run_id, period)}.",
            found=f"{len(documents)} documents",
            do="choose another period; documents without a date are in none",
        )
    vectors = _Vectors(workspace, run_id)
    mentions = [
        row
        for row in _rows(tables, "mentions", ("document_id", "person_id", "start", "end", "insight_id", "text_key"))
        if row["document_id"] in documents and row["insight_id"] is not None
    ]
    dates = sorted(row["created_at"][:10] for row in documents.values() if row["created_at"])
    return Side(
        _name(run_id, period), workspace.root, run_id, _channels(segments, documents),
        _insights(tables, mentions, vectors), _groups(tables, segments, vectors), len(documents),
        dates[0] if dates else None, dates[-1] if dates else None, _themes(tables, mentions),
    )  # fmt: skip


def _name(run_id: str, period: Period | None) -> str:
    return f"{period.first} to {period.last}" if period else run_id


def _rows(tables: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_parquet(tables / f"{name}.parquet", columns).to_pylist()
    return rows


def _channels(segments: list[dict[str, Any]], documents: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """Person -> the kind of most of the person's documents: finer channels would leave too few people in each."""
    kinds_of: dict[str, dict[str, str]] = defaultdict(dict)
    for row in segments:
        kinds_of[row["person_id"]][row["document_id"]] = documents[row["document_id"]]["kind"]
    channels = {}
    for person, kinds in sorted(kinds_of.items()):
        counts = Counter(kinds.values())
        channels[person] = min(counts, key=lambda channel: (-counts[channel], channel))
    return channels


def _insights(tables: Path, mentions: list[dict[str, Any]], vectors: _Vectors) -> dict[str, Said]:
    by_insight: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in mentions:
        by_insight[row["insight_id"]].append(row)
    insights = {}
    for row in _rows(tables, "insights", ("insight_id", "kind", "name", "statement")):
        members = by_insight.get(row["insight_id"], [])
        if not members:
            continue
        people = frozenset(one["person_id"] for one in members)
        evidence = frozenset(f"{one['document_id']}:{one['start']}:{one['end']}" for one in members)
        keys = sorted({one["text_key"] for one in members})
        centroid = vectors.mean(keys) if len(people) >= LEAST_FOR_CENTROID else None
        claim = Claim(row["insight_id"], row["kind"], evidence, centroid)
        insights[row["insight_id"]] = Said(row["kind"], row["name"] or row["statement"], people, claim)
    return insights


def _themes(tables: Path, mentions: list[dict[str, Any]]) -> dict[str, Theme]:
    label = {row["insight_id"]: row["theme"] for row in _rows(tables, "insights", ("insight_id", "theme"))}
    names: dict[str, str] = {}
    people: dict[str, set[str]] = defaultdict(set)
    for row in mentions:
        name = label.get(row["insight_id"])
        if name:
            key = " ".join(sorted(set(content_stems(name)))) or name
            names[key] = min(name, names.get(key, name))
            people[key].add(row["person_id"])
    return {key: Theme(names[key], frozenset(own)) for key, own in sorted(people.items())}


def _groups(tables: Path, segments: list[dict[str, Any]], vectors: _Vectors) -> dict[str, Group]:
    keys: dict[str, set[str]] = defaultdict(set)
    for row in segments:
        keys[row["person_id"]].add(row["text_key"])
    members: dict[str, set[str]] = defaultdict(set)
    for row in _rows(tables, "memberships", ("person_id", "persona_id")):
        if row["persona_id"] is not None and row["person_id"] in keys:
            members[row["persona_id"]].add(row["person_id"])
    # A person is one voice however much was said: means of means.
    means = {person: mean for person in sorted(keys) if (mean := vectors.mean(sorted(keys[person]))) is not None}
    middle = _mean_of(list(means.values()))
    groups = {}
    for row in _rows(tables, "personas", ("persona_id", "name", *CARD_LINES)):
        own_people = members.get(row["persona_id"], set())
        if own_people:
            here = _mean_of([means[person] for person in sorted(own_people) if person in means])
            apart = None if here is None or middle is None else _unit(here - middle)
            lines = frozenset(key for name in CARD_LINES for key in row[name])
            groups[row["persona_id"]] = Group(row["name"], frozenset(own_people), apart, lines)
    return groups


class _Vectors:
    """Sentence vectors of a run by text key; read at first use, absent where the parts were cleared away."""

    def __init__(self, workspace: Workspace, run_id: str) -> None:
        manifest = workspace.manifest(run_id) or {}
        names = manifest.get("parts", {}).get("embed", [])
        store = workspace.parts
        there = all(list((store.root / "embed").glob(f"{name}.vectors.parquet")) for name in names)
        self._vectors = store.read_vectors("embed", names) if names and there else None

    def mean(self, keys: list[str]) -> Floats | None:
        """The mean direction of some sentences; None where none has a vector."""
        import numpy as np

        with_vectors = [key for key in keys if self._vectors is not None and key in self._vectors]
        if self._vectors is None or not with_vectors:
            return None
        return _unit(self._vectors.rows(with_vectors).astype(np.float64).mean(axis=0))


def _mean_of(several: list[Floats]) -> Any:
    import numpy as np

    return np.mean(np.array(several, dtype=np.float64), axis=0) if several else None


def _unit(row: Any) -> Floats:
    import numpy as np

    length = float(np.linalg.norm(row))
    return np.asarray(row / length if length else row, dtype=np.float32)
