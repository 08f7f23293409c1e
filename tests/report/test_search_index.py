"""The report's search: an index file beside the pages, the same each time, with every sentence that may be shown."""

from __future__ import annotations

import json

from report_studies import small_study

from voc_engine.records import Document, Segment
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places
from voc_engine.report.search_index import search_index
from voc_engine.report.site import HtmlReport

START = "var vocSearch = "


def told(script: str) -> dict[str, list[list[object]]]:
    assert script.startswith(START)
    return json.loads(script.removeprefix(START).rstrip().removesuffix(";"))  # type: ignore[no-any-return]


def test_every_sentence_is_in_the_index_and_leads_to_its_document() -> None:
    study = small_study()
    files = dict(HtmlReport().write(study))
    index = told(files["assets/search-index.js"].decode())
    words = {str(one[2]) for one in index["sentences"]}
    assert {" ".join(one.text.split()) for one in study.tables.of(Segment)} <= words
    for place, _, _ in index["documents"]:
        page, _, mark = str(place).partition("#")
        assert f'id="{mark}"' in files[page].decode()
    assert all(str(one[2]).partition("#")[0] == "insights.html" for one in index["findings"])
    page = files["search.html"].decode()
    assert '<script src="assets/search-index.js" defer>' in page
    assert "http:" not in page.split("</head>")[0].replace("http-equiv", "")


def test_of_a_study_that_is_too_large_only_what_was_marked_is_looked_in() -> None:
    evidence = Evidence(small_study())
    index = search_index(evidence, Places(evidence), most=10)
    assert not index.whole
    assert index.n_sentences == len(evidence.mentions)
    assert index == search_index(evidence, Places(evidence), most=10)


def test_a_text_that_was_not_cut_into_sentences_is_found_as_a_whole() -> None:
    study = small_study()
    study.tables.tables[Segment] = []
    evidence = Evidence(study)
    index = told(search_index(evidence, Places(evidence)).script)
    assert len(index["sentences"]) == len(study.tables.of(Document))
