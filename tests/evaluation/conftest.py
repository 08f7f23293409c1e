"""A gold folder to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold_folder import make


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with every set."""
    return make(tmp_path / "gold folder")
