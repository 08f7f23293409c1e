"""How much of a study is read in full: the sections of a run that samples."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from voc_engine.config.section import Section


class RunConfig(Section):
    effort: Literal["exact", "sampled", "auto"] = Field(
        "exact",
        description="'exact' reads every sentence in full. 'sampled' reads some in full (section sample): what people say"
        " who are drawn at random and those whose words seem rare, and estimates how many of all people say what was found;"
        " 'auto' does so above 60,000 distinct sentences. Without it nothing is sampled; a long exact run only says so.",
    )


class SampleConfig(Section):
    sentences: int = Field(
        15_000,
        ge=100,
        description="With [run] effort 'sampled': about how many sentences are read in full. Twice as many make intervals"
        " seven tenths as wide. A kind of source of which at most 200 people speak is read whole.",
    )
    sought: float = Field(
        0.3,
        ge=0,
        le=0.9,
        description="Share of them that goes to people whose words nobody uses who was drawn at random, and to those of whom"
        " the fast reader is least sure: so that what is rare is found. The rest is drawn at random.",
    )


class EstimatesConfig(Section):
    least_people: int = Field(
        3,
        ge=1,
        description="In a sampled run: what fewer people of those read in full say is estimated from their number alone,"
        " without the fast reader.",
    )
