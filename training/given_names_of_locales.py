"""Makes privacy/lists/given_names_of_locales.txt: given names that Faker's locales hold and our own lists do not.

    pip install faker==40.63.0 && python -m training.given_names_of_locales

Faker is no dependency: it is asked once, and the list is checked in.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Sequence
from pathlib import Path

from voc_engine.privacy.name_lists import folded, is_word, listed, single

_LIST = Path(__file__).parents[1] / "voc_engine" / "privacy" / "lists" / "given_names_of_locales.txt"
_HEAD = (
    "# Given names of the locales of Faker 40.63.0 (MIT, Copyright (c) 2012 Daniele Faraglia), without those listed "
    "elsewhere, words, places and brands.\n"
)
# Names that talk of products and journeys means as something else.
OTHER_THINGS = frozenset(
    re.findall(
        r"\S+",
        "dev loki indie ninja nova mac chi columbia avon rica danish destin reno indy cali toki mel gabor vela sol "
        "jira ana linux ruby perl java scala unity sonos zara ikea odin thor zeus vega orion luna rio roma sierra "
        "siri alexa cortana mango media data beta delta gamma omega sigma alpha kappa ajax atom node nano mini "
        "maxi pro app ios aren arial roman brixton "
        "thai thais cam brownie roe sim van jamon koi dutch harlem zen hudson peri lan bronx viet oden ama "
        "sapphire titan teal denim royale croix sahara sicily cherokee andromeda quran navi lux ventura "
        "berkeley hampton windsor dow avi neve daemon tyre del achilles griffin sumer tou ",
    )
)
_SHORT = 3  # names no longer than this are short for too many things


def names() -> list[str]:
    """The names, folded and sorted."""
    people = importlib.import_module("faker.providers.person")

    found: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        found.update(_of(provider))
    own = listed("given_names_by_hand") | listed("census_given_names")
    other = listed("places") | single("brands") | listed("surnames") | OTHER_THINGS | own
    return sorted(n for n in found if n not in other and not is_word(n) and len(n) > _SHORT)


def written(names: Sequence[str]) -> str:
    """A line for each first letter."""
    lines: dict[str, list[str]] = {}
    for name in names:
        lines.setdefault(name[0], []).append(name)
    return "".join(f"{' '.join(one)}\n" for _, one in sorted(lines.items()))


def _of(provider: object) -> set[str]:
    said = [getattr(provider, key) for key in dir(provider) if key.startswith(("first_names", "first_name_"))]
    texts = {one for group in said if isinstance(group, (tuple, list, dict)) for one in group if isinstance(one, str)}
    return {plain for one in texts if re.fullmatch(r"[a-z]{3,}", plain := folded(one.strip()))}


if __name__ == "__main__":
    # What is a word is told without the list that is made here.
    _LIST.write_text(_HEAD, encoding="utf-8")
    _LIST.write_text(_HEAD + written(names()), encoding="utf-8")
