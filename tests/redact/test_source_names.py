"""Names of files that bear people's names."""

from __future__ import annotations

from voc_engine.privacy.companies import companies_in, company_key, is_company_column
from voc_engine.privacy.source_names import NamedSource, shown_sources

DANA = {"P0001": "Dana Smith"}


def shown(source: str, own: dict[str, str] | None = None, others: dict[str, str] | None = None) -> str:
    return shown_sources([NamedSource(source, own or {}, others or {})]).get(source, source)


def test_a_name_is_masked_in_any_case_and_joined_parts_once() -> None:
    assert shown("calls/2026-01_dana-smith.vtt", DANA) == "calls/2026-01_[P0001].vtt"
    assert shown("DANA.srt", DANA) == "[P0001].srt"
    assert shown("jose alvarez.txt", {"P0002": "José Álvarez"}) == "[P0002].txt"


def test_a_word_is_a_name_only_in_a_file_of_few_people() -> None:
    mark = {"P0001": "Mark Baker"}
    assert shown("mark.vtt", mark) == "[P0001].vtt"
    assert shown("mark.csv", {}, mark) == "mark.csv"
    assert shown("mark.csv", {f"P{number:04d}": "Mark Baker" for number in range(9)}) == "mark.csv"


def test_what_tells_of_nobody_stays() -> None:
    assert shown_sources([NamedSource("reviews.csv", DANA)]) == {}
    assert shown("interview-1.vtt", {"P0001": "Int View"}) == "interview-1.vtt"


def test_two_files_never_get_one_name() -> None:
    """Regression: pages and tables of two sources would be taken for one's."""
    files = [NamedSource(name, DANA) for name in ("dana.vtt", "smith.vtt", "[P0001] (2).vtt")]
    assert shown_sources(files) == {"dana.vtt": "[P0001].vtt", "smith.vtt": "[P0001] (3).vtt"}


def test_companies_are_what_such_a_column_names() -> None:
    given = {"Company": "Acme  Dairy", "organisation": "n/a", "account": "Pro", "plan": "Acme", "employer": "1234"}
    assert list(companies_in(given)) == [("acme dairy", "Acme  Dairy".replace("  ", " "))]
    assert list(companies_in(given, keep=["acme dairy"])) == []
    assert company_key("ÁCME dairy") == "acme dairy"
    assert [one for one in ("Customer company", "org", "account_name", "accountant", "plan") if is_company_column(one)] == [
        "Customer company", "org", "account_name",
    ]  # fmt: skip
