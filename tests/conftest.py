"""What all tests share: repeatable random examples, and studies that are run once and looked at often."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine and day: a test that fails only sometimes is a test that nobody believes.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data, for tests marked ``shared``."""
    return Path(os.environ.get("VOC_SHARED", REPOSITORY.parent / "shared")).resolve()
