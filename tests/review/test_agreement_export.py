"""'voc export agreement': the figures of the app's page as a file, and the sentences on which coders differ."""

from __future__ import annotations

import csv
from pathlib import Path

from tiny_study import TinyStudy

from voc_engine.records import MENTION_KINDS, BlindAnswer, Decision
from voc_engine.review.agreement_export import DIFFERENCES, FIGURES
from voc_engine.review.agreement_pages import agreement_table
from voc_engine.review.material import Material
from voc_engine.review.overlay import Overlay
from voc_engine.review.second_coder import sample
from voc_engine.store.workspace import Workspace


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def coded(workspace: Workspace, run_id: str) -> Overlay:
    """Two coders say of six sentences whether there is a goal; the second says it of one sentence more than the first."""
    overlay = Overlay(Material.load(workspace, run_id), workspace.decisions.in_force())
    told = []
    for number, one in enumerate(sample(overlay, 6)):
        for author, labels in (("ana", ["goal"][: number % 2]), ("ben", ["goal"][: number % 2 or number == 0])):
            answer = BlindAnswer(tuple(labels), MENTION_KINDS).as_value()
            told.append(Decision("segment", one.segment_id, "blind", answer, author=author))
    workspace.decisions.append(told)
    return Overlay(overlay.material, workspace.decisions.in_force())


def test_the_figures_of_the_page_and_every_difference_go_out_and_verify(study: TinyStudy, tmp_path: Path) -> None:
    workspace = Workspace(study.root)
    overlay = coded(workspace, study.run_id)
    told = study.voc("export", "agreement", "--out", str(tmp_path / "out"))
    assert told.code == 0, told.err
    figures = rows(tmp_path / "out" / FIGURES)
    pairs = {(one["first"], one["second"]) for one in figures}
    assert pairs == {("as it stands", "ana"), ("as it stands", "ben"), ("ana", "ben")}
    (goal,) = (one for one in figures if (one["first"], one["second"], one["label"]) == ("ana", "ben", "goal"))
    assert (goal["sentences"], goal["both"], goal["only_first"], goal["only_second"]) == ("6", "3", "0", "1")
    assert 0 < float(goal["kappa"]) < 1
    assert float(goal["alpha_low"]) <= float(goal["alpha"]) <= float(goal["alpha_high"])
    page = agreement_table(overlay, "ana", "ben").decode().splitlines()
    whole = (tmp_path / "out" / FIGURES).read_text(encoding="utf-8").splitlines()
    assert page == [whole[0], *(line for line in whole[1:] if ",ana,ben," in line)], "page and file say the same"

    (own,) = (one for one in rows(tmp_path / "out" / DIFFERENCES) if (one["first"], one["second"]) == ("ana", "ben"))
    assert (own["label"], own["first_says"], own["second_says"], own["settled"]) == ("goal", "no", "yes", "")
    assert own["segment_id"] == sample(overlay, 6)[0].segment_id
    checked = study.voc("verify", str(tmp_path / "out"), "--as", "agreement")
    assert checked.code == 0, checked.err
    changed = (tmp_path / "out" / DIFFERENCES).read_text(encoding="utf-8").replace(own["sentence"], "Nobody said so.")
    (tmp_path / "out" / DIFFERENCES).write_text(changed, encoding="utf-8")
    assert study.voc("verify", str(tmp_path / "out"), "--as", "agreement").code != 0


def test_documents_that_were_not_asked_for_are_not_compared(study: TinyStudy, tmp_path: Path) -> None:
    coded(Workspace(study.root), study.run_id)
    told = study.voc("export", "agreement", "--documents", "post", "--out", str(tmp_path / "out"))
    assert told.code == 0, told.err
    assert rows(tmp_path / "out" / DIFFERENCES) == []
