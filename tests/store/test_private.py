"""The working folder holds text as it was before masking: only its owner may look inside."""

from voc_engine.store.workspace import Workspace


def test_the_working_folder_is_its_owners_alone(tmp_path):
    place = Workspace(tmp_path / "study")
    with place.lock():
        assert (place.root / ".voc").stat().st_mode & 0o077 == 0
