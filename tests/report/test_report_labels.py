"""A finished study whose mentions people decided on: the method card holds the program's labels against theirs."""

from __future__ import annotations

import csv

from tiny_study import TinyStudy


def test_decisions_on_mentions_are_measured_against_what_the_program_said(study: TinyStudy) -> None:
    with (study.report / "tables" / "mentions.csv").open(encoding="utf-8", newline="") as file:
        mentions = list(csv.DictReader(file))
    first, second, third = mentions[:3]
    other = "goal" if second["kind"] == "request" else "request"
    rows = [
        "target,target_id,action,value",
        f"mention,{first['mention_id']},pin,",
        f"mention,{second['mention_id']},relabel,{other}",
        f"mention,{third['mention_id']},reject,",
    ]
    (study.root / "decisions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert study.voc("import", "decisions", "decisions.csv").code == 0
    assert study.voc("run").code in (0, 1)
    page = " ".join((study.report / "method.html").read_text(encoding="utf-8").split())
    assert "People decided on 3 mentions; on 1 they left the kind as it was." in page
    assert "Too few to rely on" in page
