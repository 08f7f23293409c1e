"""A component that breaks: the error names the stage and the part."""

import pytest

from voc_engine.config import SegmentConfig
from voc_engine.errors import StageError
from voc_engine.pipeline import stage
from voc_engine.records import Batch
from voc_engine.runners.tasks import map_part
from voc_engine.store.parts import PartStore


def test_the_error_names_stage_and_part(tmp_path, monkeypatch):
    def broken(batch, options):
        raise ValueError("no such luck")

    monkeypatch.delenv("VOC_DEBUG", raising=False)
    monkeypatch.setattr("voc_engine.segment.stage.run", broken)
    PartStore(tmp_path).write("redact", "abc", stage("redact").writes, Batch())
    with pytest.raises(StageError, match="segment failed on its part xyz") as told:
        map_part(tmp_path, "xyz", "segment", [("redact", "abc")], SegmentConfig())
    assert "ValueError: no such luck" in str(told.value)
