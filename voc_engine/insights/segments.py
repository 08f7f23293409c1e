"""Segments: who says a finding more often than others do, by any attribute of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

from voc_engine.records import CountedLine
from voc_engine.statistics import benjamini_hochberg, cochran, newcombe

LEAST_SAYING, LEAST_IN_VALUE = 5, 10  # people who say it, and of a value; a choice, told in docs/method.md
# of an attribute; a choice: one value compares nobody, many have too few people each
FEWEST_VALUES, MOST_VALUES = 2, 12
RATE = 0.05  # of false discoveries over all findings, attributes and values: the usual one


def said_more(
    stated: Mapping[str, Mapping[str, str]], source: Mapping[str, str], people: Mapping[str, Set[str]]
) -> dict[str, tuple[CountedLine, ...]]:
    """By finding, the values of attributes whose people say it more than the others of whom the attribute is known, within
    sources; the clearest first. ``stated``: attribute -> person -> value; ``source`` by person.

    Looked at are attributes of two to twelve values, values of ten people and more, findings that five of them say. Of
    what is told, one in twenty is expected to be chance (Benjamini & Hochberg 1995).
    """
    tests: list[tuple[str, CountedLine, float]] = []
    for attribute, of_person in sorted(stated.items()):
        sizes = Counter(of_person.values())
        if not FEWEST_VALUES <= len(sizes) <= MOST_VALUES:
            continue
        by_value = {value: {person for person in of_person if of_person[person] == value} for value in sorted(sizes)}
        for key, saying in sorted(people.items()):
            speaking = saying & of_person.keys()
            if len(speaking) < LEAST_SAYING:
                continue
            for value, inside in by_value.items():
                if len(inside) >= LEAST_IN_VALUE and len(of_person) - len(inside) >= LEAST_IN_VALUE:
                    tests.append((key, *_tested(attribute, value, inside, set(of_person) - inside, speaking, source)))
    sure = benjamini_hochberg([p for _, _, p in tests], RATE)
    by_finding: dict[str, list[tuple[float, CountedLine]]] = {}
    for (key, line, p), yes in zip(tests, sure, strict=True):
        low, _ = newcombe((line.n_elsewhere, line.total_elsewhere), (line.n_people, line.total))
        if yes and low > 0 and line.n_people >= LEAST_SAYING:
            by_finding.setdefault(key, []).append((p, line))
    return {
        key: tuple(line for _, line in sorted(lines, key=lambda one: (one[0], one[1].of, one[1].name)))
        for key, lines in by_finding.items()
    }


def _tested(
    attribute: str, value: str, inside: set[str], outside: set[str], saying: Set[str], source: Mapping[str, str]
) -> tuple[CountedLine, float]:
    line = CountedLine(
        value, len(saying & inside), len(inside), of=attribute, n_elsewhere=len(saying & outside),
        total_elsewhere=len(outside),
    )  # fmt: skip
    strata = []
    for name in sorted({source.get(person, "") for person in inside}):
        here, there = ({person for person in group if source.get(person, "") == name} for group in (inside, outside))
        strata.append(((len(there & saying), len(there)), (len(here & saying), len(here))))
    return line, max(cochran(strata), _exact(line))


def _exact(line: CountedLine) -> float:
    """Fisher's exact p of all sources together: of a handful of people Cochran's is too small."""
    from scipy.stats import fisher_exact

    silent = line.total - line.n_people, line.total_elsewhere - line.n_elsewhere
    return float(fisher_exact([[line.n_people, line.n_elsewhere], list(silent)])[1])
