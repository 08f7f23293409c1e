"""An extractor that looks at vectors: its finished parts stay finished when a file is added."""

from voc_engine.config import Config
from voc_engine.mentions import stage as mentions
from voc_engine.pipeline import stage
from voc_engine.runners.engine import Engine
from voc_engine.store.workspace import Workspace


def mention_parts(tmp_path, monkeypatch, segments):
    """Names of the mention parts that a plan gives for these segment parts."""
    monkeypatch.setattr(mentions, "unread", lambda options: ())
    monkeypatch.setattr(Engine, "_distinct_sentences", lambda self, before: {})
    engine = Engine(Config(), tmp_path, Workspace(tmp_path), dry=True)
    engine._choose()
    engine.state.packs = [(one,) for one in segments]
    engine.state.parts = {"redact": list(segments), "segment": list(segments)}
    engine._embed(stage("embed"))
    engine._map(stage("mentions"))
    return engine.state.parts["mentions"]


def test_a_new_file_leaves_old_mention_parts_done(tmp_path, monkeypatch):
    before = mention_parts(tmp_path, monkeypatch, ["one", "two"])
    after = mention_parts(tmp_path, monkeypatch, ["one", "two", "three"])
    assert after[:2] == before
    assert len(set(after)) == 3
