"""What every section of the configuration is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Frozen, and strict about unknown keys: a typing error in a configuration must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)
