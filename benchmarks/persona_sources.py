"""Whether groups of people are the files they came in, or the products they speak of.

python -m benchmarks.persona_sources [--studies demo reviews tickets mixed posts planted] [--cache FOLDER] [--until STAGE]

For each study: how many groups, and the adjusted mutual information (Vinh et al. 2010: 0 by chance, 1 where one tells
the other) of a person's group with the file that most of the person's documents stand in, with their channel, and with
each attribute of few values. The bar: below 0.2 with the file and with what names a product, or "no stable
segmentation". Read up to the vectors unless ``--until`` names a later stage: what people say tells groups apart, and
finding their mentions takes the longest. The posts are for evaluation alone.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.__main__ import SHARED
from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.foreign_marks import origins_of, shared
from voc_engine.personas.profiles import Person, gather
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Membership, Persona

ROOT = Path(__file__).parents[1]
DATA = SHARED / "data"
REVIEWS = (f'[[sources]]\npath = "{DATA}/reviews/product-reviews.csv"\nkind = "review"\n',)
TICKETS = (f'[[sources]]\npath = "{DATA}/tickets/cfpb-credit-card-complaints.csv"\nkind = "ticket"\n',)
INTERVIEWS = (
    f'[[sources]]\npath = "{DATA}/interviews/*.md"\nkind = "interview"\ninterviewers = ["Jonas Rosland"]\n',
    f'[[sources]]\npath = "{DATA}/studies/foss-pypi/raw/*"\nkind = "interview"\n',
)
POSTS = (f'[[sources]]\npath = "{DATA}/posts/us-airline-tweets.csv"\nkind = "post"\n',)
STUDIES = {
    "reviews": REVIEWS, "tickets": TICKETS, "mixed": (*REVIEWS, *TICKETS, *INTERVIEWS), "posts": POSTS,
}  # fmt: skip
FEW = 12  # values of an attribute that is told


def main() -> None:
    """One block per study."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.persona_sources", description=__doc__)
    parser.add_argument("--studies", nargs="+", choices=("demo", *STUDIES), default=["demo", *STUDIES])
    parser.add_argument("--cache", type=Path, default=Path("/tmp/voc-persona-sources"))
    parser.add_argument("--until", default="topics", help="the stage before which reading stops")
    given = parser.parse_args()
    for name in given.studies:
        batch, truth = study(name, given.cache, given.until)
        started = time.process_time()
        result = run(batch, PersonasConfig())
        seconds = time.process_time() - started
        print(f"{name}: {told(batch, result)}   {seconds:.0f} s", flush=True)
        for line in lines(batch, result, truth):
            print(f"    {line}", flush=True)


def study(name: str, cache: Path, until: str) -> tuple[Batch, Mapping[str, str]]:
    """(what the personas stage reads, person -> true group where it is known)."""
    from voc_engine.interface.locate import locate_study
    from voc_engine.pipeline import STAGES, stage
    from voc_engine.records import Vectors
    from voc_engine.runners.engine import Engine
    from voc_engine.store.results import records_of

    folder = cache / name
    folder.mkdir(parents=True, exist_ok=True)
    config = ROOT / "configs" / "demo.toml" if name == "demo" else folder / "voc.toml"
    if name != "demo":
        config.write_text("\n".join(STUDIES[name]), encoding="utf-8")
    options, place_of, place = locate_study(str(config), str(folder))
    engine = Engine(options, place_of, place)
    parts = engine.execute(until=until).parts
    written = {kind for one in STAGES if one.name in parts for kind in one.writes}
    done = [kind for kind in stage("personas").reads if kind is not Vectors and kind in written]
    batch = Batch.make(*records_of(place.parts, parts, done))  # type: ignore[arg-type]
    batch.vectors = place.parts.read_vectors("embed", parts["embed"])
    return batch, _groups(folder / ".voc" / "vault.sqlite") if name == "demo" else {}


def told(batch: Batch, result: Batch) -> str:
    """Number of groups and people, with the method."""
    personas, people = result.of(Persona), len(result.of(Membership))
    placed = sum(one.persona_id is not None for one in result.of(Membership))
    sizes = sorted((one.n_people for one in personas), reverse=True)
    return f"{personas[0].method if personas else 'nobody'}, {placed} of {people} people in {sizes}"


def lines(batch: Batch, result: Batch, truth: Mapping[str, str]) -> list[str]:
    """Mutual information with where people come from, and recovery of groups that are known."""
    from sklearn.metrics import adjusted_rand_score

    home = {one.person_id: one.persona_id for one in result.of(Membership) if one.persona_id is not None}
    people = [one for one in gather(batch).people if one.person_id in home]
    number = {key: place for place, key in enumerate(sorted(set(home.values())))}
    groups = [number[home[one.person_id]] for one in people]
    made = []
    for name, values in origins(people).items():
        told_of = [value for value in values if value]
        made.append(f"{name}: {shared(values, groups):.2f} over {len(told_of)} people, {len(set(told_of))} values")
    if truth:
        known = sorted(truth)
        alone = adjusted_rand_score([truth[one] for one in known], [home.get(one) or f"alone {one}" for one in known])
        other = adjusted_rand_score([truth[one] for one in known], [home.get(one) or "none" for one in known])
        made.append(f"true groups: adjusted Rand {other:.2f}, {alone:.2f} where each unassigned is alone")
    return made


def origins(people: Sequence[Person]) -> dict[str, list[str]]:
    """What a person comes from, by name, and every attribute of few values."""
    found = origins_of(people)
    for name in sorted({name for person in people for name in person.attributes}):
        values = [person.stated(name) for person in people]
        if len(set(values) - {""}) in range(2, FEW + 1):
            found[name] = values
    return found


def _groups(vault: Path) -> dict[str, str]:
    with (ROOT / "corpora" / "demo" / "groups.csv").open(encoding="utf-8", newline="") as rows:
        group = {f"P|person:{row['person']}": row["group"] for row in csv.DictReader(rows)}
    with sqlite3.connect(vault) as open_vault:
        known = open_vault.execute("SELECT key, person_id FROM identity").fetchall()
    return {person: group[key] for key, person in known if key in group}


if __name__ == "__main__":
    main()
