"""The pass that takes out what may not stay: who was forgotten, and what was kept as long as agreed."""

from __future__ import annotations

from voc_engine.privacy.forgotten import Forgotten
from voc_engine.privacy.removal import Removal
from voc_engine.store.workspace import Workspace


def removal_of(workspace: Workspace) -> Removal:
    """What may not stay in this workspace; it is taken out of each file's records before any of them is written."""
    return Removal(Forgotten(*workspace.tombstones.read()), workspace.kept_from())
