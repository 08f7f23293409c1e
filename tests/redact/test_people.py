"""Who is who over several sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from voc_engine.config import PeopleConfig
from voc_engine.errors import ConfigError
from voc_engine.privacy.people_file import PeopleFile, identity_keys, joined, parse_people
from voc_engine.privacy.pseudonyms import identities, pseudonyms_for
from voc_engine.runners.allocate import read_people
from voc_engine.store.identities import Vault

PEOPLE = """person,name,email,handle,id,country,plan
maren,Maren Vos,maren@example.org;m.vos@example.com,mvos,70001,Ireland,Pro
ben,Ben Roe,,,zendesk:70002,,Free
"""
BY_MAIL = ("mail:maren@example.org", {"identity.email": "Maren@Example.org"})
BY_OTHER_MAIL = ("mail:m.vos@example.com", {"identity.email": "m.vos@example.com"})
BY_HANDLE = ("handle:mvos", {"identity.handle": "MVos"})
BY_NAME = ("name:maren vos", {"identity.name": "Maren Vos"})
BY_ID = ("id:zendesk:70001", {"identity.id": "70001"})
EVERY_WAY = (BY_MAIL, BY_OTHER_MAIL, BY_HANDLE, BY_NAME, BY_ID)


def people() -> PeopleFile:
    return parse_people(PEOPLE, "people.csv")


def allocated(
    vault: Vault,
    known: PeopleFile,
    *documents: tuple[str, Mapping[str, str]],
    turns: tuple[tuple[str, str, str], ...] = (),
) -> dict[str, str]:
    """Identity key -> pseudonym."""
    found = identities(documents, turns, known)
    ids = vault.allocate((one.prefix, one.keys, one.shown) for one in found)
    return {key.partition("|")[2]: person for key, person in pseudonyms_for(found, ids, known).ids.items()}


def test_the_people_file_joins_one_person_over_sources(tmp_path: Path) -> None:
    given = allocated(Vault(tmp_path / "v"), people(), *EVERY_WAY)
    assert set(given.values()) == {"P0001"}
    assert len(given) == len(EVERY_WAY)


def test_without_it_two_people_may_share_a_name_or_handle(tmp_path: Path) -> None:
    given = allocated(Vault(tmp_path / "v"), PeopleFile(), *EVERY_WAY)
    assert len(set(given.values())) == len(EVERY_WAY)


def test_an_id_may_be_bound_to_its_system() -> None:
    assert joined(("id:zendesk:70002",), people())[0] == "person:ben"
    assert joined(("id:shop:70002",), people()) == ("id:shop:70002",)
    assert joined(("id:shop:70001",), people())[0] == "person:maren"


def test_a_people_file_that_comes_later_keeps_the_pseudonyms(tmp_path: Path) -> None:
    """Regression: adding a people file gave everybody in it a new number, and decisions about them were lost."""
    vault = Vault(tmp_path / "v")
    before = allocated(vault, PeopleFile(), ("handle:other", {}), BY_MAIL)
    after = allocated(vault, people(), ("handle:other", {}), BY_MAIL, BY_HANDLE)
    assert after == {**before, "handle:mvos": before["mail:maren@example.org"]}


def test_attributes_come_from_the_file() -> None:
    found = identities([BY_MAIL, ("handle:other", {})], [], people())
    given = pseudonyms_for(found, {"P|person:maren": "P0001", "P|handle:other": "P0002"}, people())
    assert given.attributes == {"P0001": {"country": "Ireland", "plan": "Pro"}}
    assert given.names == {"P0001": "Maren Vos"}


def test_a_name_beside_a_mail_address_is_masked_too() -> None:
    """Regression: of a review's author with mail and name, the name stayed in the text."""
    found = identities([("mail:tom@x.org", {"identity.name": "Tom Reed"})], [], PeopleFile())
    assert pseudonyms_for(found, {"P|mail:tom@x.org": "P0001"}, PeopleFile()).names == {"P0001": "Tom Reed"}


def test_who_says_no_in_a_later_document_is_heard() -> None:
    """Whoever was met before is passed over, unless something is said of their consent."""
    first = ("mail:tom@x.org", {"identity.name": "Tom Reed"})
    later = (first[0], {**first[1], "identity.consent": "no analysis"})
    (tom,) = identities([first, first, later, first], [(first[0], "participant", None)], PeopleFile())
    assert (tom.consent, tom.name) == ("no analysis", "Tom Reed")


def test_a_handle_is_no_name() -> None:
    found = identities([("handle:Coffee Lover", {"identity.handle": "Coffee Lover"})], [], PeopleFile())
    assert pseudonyms_for(found, {"P|handle:Coffee Lover": "P0001"}, PeopleFile()).names == {}


def test_one_mouth_in_two_roles_has_two_pseudonyms(tmp_path: Path) -> None:
    found = identities([BY_NAME], [("name:maren vos", "interviewer", "Maren Vos")], PeopleFile())
    ids = Vault(tmp_path / "v").allocate((one.prefix, one.keys, one.shown) for one in found)
    assert pseudonyms_for(found, ids, PeopleFile()).ids == {
        "P|name:maren vos": "P0001",
        "I|name:maren vos": "I0001",
    }


def test_an_unknown_voice_counts_as_a_person(tmp_path: Path) -> None:
    given = allocated(Vault(tmp_path / "v"), PeopleFile(), turns=(("speaker:d1:a", "unknown", "A"),))
    assert given == {"speaker:d1:a": "P0001"}


def test_keys_come_strongest_first() -> None:
    attributes = {"identity.name": "Maren Vos", "identity.email": "M@x.org", "identity.handle": "mv"}
    assert identity_keys("id:z:7", attributes) == ("id:z:7", "mail:m@x.org", "handle:mv", "name:maren vos")


@pytest.mark.parametrize(
    ("text", "happened", "found"),
    [
        ("name,email\nMaren,m@x.org\n", "has no column 'person'", "name, email"),
        ("", "has no column 'person'", "no header"),
        ("person,email\na,m@x.org\nb,M@x.org\n", "one identity to two people", "mail:m@x.org for a and b"),
        ("person,plan\na,Pro\na,Free\n", "two rows for one person", "a"),
    ],
)
def test_a_people_file_that_cannot_be_used_is_told(text: str, happened: str, found: str) -> None:
    with pytest.raises(ConfigError, match=happened) as raised:
        parse_people(text, "people.csv")
    assert raised.value.found == found
    assert raised.value.do


def test_rows_without_a_person_and_blank_cells_are_passed_over() -> None:
    known = parse_people("person,name,plan\n,Nobody,Pro\nmaren, ,\n", "people.csv")
    assert known.attributes == {"maren": {}}


def test_a_missing_people_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_people(PeopleConfig(file="people.csv"), tmp_path)
    assert read_people(PeopleConfig(), tmp_path) == PeopleFile()


def test_a_people_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("\ufeff" + PEOPLE, encoding="utf-8")
    assert read_people(PeopleConfig(file="people.csv"), tmp_path).names == {"maren": "Maren Vos", "ben": "Ben Roe"}
