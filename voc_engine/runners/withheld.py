"""The pass that keeps words from readers: whose they are, once everybody's consent is known."""

from __future__ import annotations

from voc_engine.privacy.withholding import withheld_people
from voc_engine.runners.state import RunContext


def withheld(context: RunContext) -> frozenset[str]:
    """Pseudonyms of those who may not be quoted to the readers of this run.

    Stages that see everything choose their words from ``for_readers``, and what is published goes through ``withhold``.
    """
    return withheld_people(context.state.consents, context.config.report.audience)
