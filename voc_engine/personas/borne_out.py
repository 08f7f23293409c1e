"""Whether a group's own people say what stands over a finding, and so may be counted under it on the group's card.

A finding is gathered over the whole study. The people of one group may be those at its edge: they speak of the thing, and
not of what its heading says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from voc_engine.language.stems import content_set
from voc_engine.personas.profiles import Person
from voc_engine.privacy.withholding import MARK
from voc_engine.records import BY_KEY_POINT, Insight, Mention

# Words of content that two say alike who say the same: of 123 findings that were read 79 of 100 with two such words were
# right, 53 with one. Whoever says the same in other words is missed: asked of every group, it took the finding of most
# people from a card of 363 ("the quality of the pictures", 41), and three right lines from the demo's beside a wrong one. So
# it is asked where a group may stand at the edge.
_WORDS = 2


def borne_out(insight: Insight, members: Iterable[Person]) -> bool:
    """True where most who say it are of this group; else where at least half of those of the group, beside whoever lends it
    its key point, share two words of content with the key point. Of a goal it is always asked, and more than half have to,
    since a card opens with it. What stands on a thing and a side, and what people gave, has no key point that all say; who
    may not be quoted is not looked at."""
    key = content_set(insight.statement)
    if insight.basis != BY_KEY_POINT or not key or insight.statement == MARK:
        return True
    said = [one.insights[insight.insight_id] for one in members if insight.insight_id in one.insights]
    if insight.kind != "goal" and 2 * len(said) > insight.n_people:
        return True
    others = [
        mentions
        for mentions in map(_told, said)
        if mentions and all(one.mention_id != insight.medoid_mention_id for one in mentions)
    ]
    say = sum(any(_shares(key, one) for one in mentions) for mentions in others)
    return not others or 2 * say > len(others) or (2 * say == len(others) and insight.kind != "goal")


def held_surely(
    counts: Mapping[str, int], insights: Mapping[str, Insight], members: Sequence[Person]
) -> dict[str, int]:
    """Those counts, by insight, that the people counted bear out."""
    return {key: count for key, count in counts.items() if key in insights and borne_out(insights[key], members)}


def _told(mentions: Sequence[Mention]) -> list[Mention]:
    return [one for one in mentions if one.quote != MARK]


def _shares(key: frozenset[str], mention: Mention) -> bool:
    return len(key & content_set(mention.quote)) >= min(_WORDS, len(key))
