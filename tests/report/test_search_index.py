"""The report's search: an index file beside the pages, the same each time, with every sentence that may be shown."""

from __future__ import annotations

import json
from typing import Any

from report_studies import small_study

from voc_engine.records import Document, Segment
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places
from voc_engine.report.search_index import search_index
from voc_engine.report.site import HtmlReport

START = "var vocSearch = "


MOST = 20_000_000


def told(script: str) -> dict[str, Any]:
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
    quotes = [" ".join(one.quote.split()) for one in evidence.mentions.values()]
    most = sum(map(len, quotes))
    index = search_index(evidence, Places(evidence), most)
    assert (index.whole, index.cut) == (False, False)
    assert index.n_sentences == len(evidence.mentions)
    assert index == search_index(evidence, Places(evidence), most)


def test_where_not_even_all_quotes_have_room_those_of_the_leading_findings_stay() -> None:
    evidence = Evidence(small_study())
    first = next(one for key in evidence.insights for one in evidence.members.get(key, ()))
    index = search_index(evidence, Places(evidence), len(" ".join(first.quote.split())))
    assert (index.whole, index.cut, index.n_sentences) == (False, True, 1)
    held = told(index.script)
    ((document, _, words),) = held["sentences"]
    assert words == " ".join(first.quote.split())
    assert [number for number, one in enumerate(held["documents"]) if one] == [document]


def test_a_text_that_was_not_cut_into_sentences_is_found_as_a_whole() -> None:
    study = small_study()
    study.tables.tables[Segment] = []
    evidence = Evidence(study)
    index = told(search_index(evidence, Places(evidence), MOST).script)
    assert len(index["sentences"]) == len(study.tables.of(Document))


def test_words_that_nobody_says_lead_to_those_that_are_said() -> None:
    evidence = Evidence(small_study())
    index = told(search_index(evidence, Places(evidence), MOST).script)
    said = " ".join(str(one[2]).lower() for one in index["sentences"])
    assert all(word in said for word in index["own"]), "what is near is a word of the study"
    assert any(word not in said for word in index["near"]), "what is asked need not be"
    for word, near in index["near"].items():
        places, hundredths = near[::2], near[1::2]
        assert all(word not in index["own"][place] for place in places), "the word itself is found as it is"
        assert list(hundredths) == sorted(hundredths, reverse=True)
        assert all(45 <= one <= 100 for one in hundredths)
