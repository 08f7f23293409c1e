"""Whether a goal is an aim that somebody lives or works by, or the errand of one contact ("I want a haircut on Friday").

A logistic regression on the sentence's vector, trained on goals that were read (``corpora/gold/aims.tsv``); vectors are
those of the embedder it was fitted on, whatever the study's own are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from statistics import fmean
from typing import Any

from voc_engine.language.handles import spoken
from voc_engine.privacy.withholding import MARK
from voc_engine.records import Mention
from voc_engine.registry import component

# Below it a goal is an errand rather than an aim: of goals that were read, each answered by a head that had not seen its
# document, 157 of 172 errands are, and 5 of 105 aims (``python -m training aims``).
ERRAND = 0.3
# Surely enough an aim to stand for itself. Of 42 goals of three studies from here on that are understood alone 30 tell an
# aim of the person, 10 say little, 2 are wrong; a goal that lies between the two points may be either.
AIM = 0.7
_MOST_READ = 20  # mentions by which a finding of many people is judged; a choice: they say much the same


def aim_chances(quotes: Iterable[str]) -> tuple[float, ...]:
    """P(an aim) of each quote, to four digits."""
    # Half a surrogate pair has no UTF-8 form, and no tokenizer takes it.
    return _chances(tuple(spoken(quote).encode("utf-8", "replace").decode("utf-8") for quote in quotes))


def is_errand(mentions: Iterable[Mention]) -> bool:
    """Whether what these people want is, on the whole, the errand of one contact; words that are withheld tell nothing."""
    quotes = list(islice((one.quote for one in mentions if one.quote != MARK), _MOST_READ))
    return bool(quotes) and fmean(aim_chances(quotes)) < ERRAND


def is_aim(mention: Mention) -> bool:
    """Whether a goal of one person surely is an aim."""
    return mention.quote != MARK and aim_chances((mention.quote,))[0] >= AIM


# A run asks of the same quotes for a card, its name and the overview.
@lru_cache(maxsize=10_000)
def _chances(texts: tuple[str, ...]) -> tuple[float, ...]:
    import numpy as np
    from scipy.special import expit

    weights, constant, embedder = _model()
    vectors = np.asarray(component("embedder", embedder).encode(texts), np.float64)
    return tuple(round(float(chance), 4) for chance in expit(vectors @ weights + constant))


@cache
def _model() -> tuple[Any, float, str]:
    import numpy as np

    told = json.loads((files("voc_engine.personas") / "model" / "aims.json").read_text("utf-8"))
    return np.array(told["weights"], np.float64), float(told["constant"]), str(told["embedder"])
