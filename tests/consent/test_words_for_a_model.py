"""Words of who may not be quoted go to no language model, and nobody's name does."""

from __future__ import annotations

from pathlib import Path

from consenting import NO_ANALYSIS, NOBODY, consenting_study
from model_stand_in import sensible, serving

NAMES = ("Maren", "Reed", "Yusuf", "Ferrante", "Hugo")


def test_only_masked_words_of_people_who_may_be_quoted_leave(tmp_path: Path) -> None:
    study = consenting_study(tmp_path / "consent")
    with serving(sensible) as server:
        study.configure("assistant", f'endpoint = "{server.endpoint}"')
        study.voc("run", "-q")
    assert server.asked
    assert [word for word in (*NO_ANALYSIS, *NOBODY, *NAMES) if word in server.texts] == []
