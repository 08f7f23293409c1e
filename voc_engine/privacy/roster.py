"""Whom and which companies the study knows beyond the people of one document, as redaction is given them.

Everything here follows from the sources, the configuration and the vault alone, never from how files were packed into
parts: ``voc verify`` reads the sources again and must come to the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from voc_engine.config import Config
from voc_engine.privacy.companies import companies_in
from voc_engine.privacy.known_names import Directory
from voc_engine.privacy.people_file import PeopleFile
from voc_engine.privacy.pseudonyms import Pseudonyms
from voc_engine.privacy.source_names import NamedSource, shown_sources

# In a source of more people or documents, a first name could be anybody's, and each text would be searched for all.
MOST_PEOPLE = 300
MOST_DOCUMENTS = 20_000
Person = tuple[str, tuple[str, ...], str]


@dataclass(frozen=True)
class RosterFile:
    """One source file: ``section`` is the place of its section in the configuration."""

    source: str
    section: int
    documents: int


class Roster:
    """Filled while identities are given their pseudonyms; asked when that is done."""

    def __init__(self, config: Config, files: Sequence[RosterFile], people: PeopleFile) -> None:
        self.config, self.files, self.people = config, files, people
        self._section = {one.source: one.section for one in files}
        self._names: dict[str, dict[str, set[str]]] = {one.source: {} for one in files}
        self._companies: dict[str, str] = {}
        self._listed: dict[str, str] = {}
        self._of_section: dict[int, dict[str, str]] = {}
        documents: dict[int, int] = {}
        for file in files:
            documents[file.section] = documents.get(file.section, 0) + file.documents
        self._small = {section for section, amount in documents.items() if amount <= MOST_DOCUMENTS}
        self._all_small = sum(documents.values()) <= MOST_DOCUMENTS
        self.wanted = config.redact.enabled

    def listed(self) -> list[Person]:
        """(prefix, keys, name) of everybody in the people file, and of whom a section names without their speaking."""
        people: list[Person] = [("P", (f"person:{person}",), name) for person, name in self.people.names.items()]
        for options in self.config.sources:
            people += [("P", self._keys(name), name) for name in options.participants]
            people += [("I", self._keys(name), name) for name in options.interviewers]
        return people if self.wanted else []

    def _keys(self, name: str) -> tuple[str, ...]:
        key = f"name:{' '.join(name.split()).casefold()}"
        person = self.people.alias.get(key)
        return (key,) if person is None else (f"person:{person}", key)

    def is_small(self, source: str) -> bool:
        """Whether everybody in the file's section may be looked for in each of its texts."""
        return self.wanted and self._section[source] in self._small

    def add(self, source: str, names: Iterable[tuple[str, str]]) -> None:
        """(pseudonym, name) of people of a source; of one person there may be several."""
        for person, name in names:
            if name:
                self._names[source].setdefault(person, set()).add(name)

    def add_companies(self, companies: Iterable[tuple[str, str]], ids: Mapping[str, str]) -> None:
        """(key, name) of companies; ``ids`` maps "C|company:<key>" to the vault's pseudonym."""
        for key, name in companies:
            self._companies.setdefault(key, name)
            self._company_ids.setdefault(key, shown_company(ids[f"C|company:{key}"]))

    @cached_property
    def _company_ids(self) -> dict[str, str]:
        return {}

    def companies_of(self, attributes: Mapping[str, str]) -> list[tuple[str, str]]:
        """(key, name) of the companies that a document's attributes name; none where they are not to be masked."""
        if not (self.wanted and self.config.redact.companies):
            return []
        return list(companies_in(attributes, self.config.redact.keep))

    def settle(self, ids: Mapping[str, str]) -> None:
        """Called when everybody has a pseudonym. ``ids`` holds at least those of ``listed``."""
        for prefix, keys, name in self.listed():
            person = ids[f"{prefix}|{keys[0]}"]
            self._listed[person] = ";".join(sorted({*filter(None, self._listed.get(person, "").split(";")), name}))
        for section in sorted(self._small):
            together: dict[str, set[str]] = {}
            for file in self.files:
                if file.section == section:
                    for person, names in self._names[file.source].items():
                        together.setdefault(person, set()).update(names)
            if len(together) <= MOST_PEOPLE:
                self._of_section[section] = {
                    person: ";".join(sorted(names)) for person, names in sorted(together.items())
                }

    @cached_property
    def _elsewhere(self) -> dict[str, str]:
        """Everybody of the small sections, whom texts of other small ones may name in full; in a large study nobody."""
        names_of: dict[str, set[str]] = {}
        for names in self._of_section.values():
            for person, name in names.items():
                names_of.setdefault(person, set()).add(name)
        return (
            {one: ";".join(sorted(names_of[one])) for one in sorted(names_of)} if len(names_of) <= MOST_PEOPLE else {}
        )

    @cached_property
    def shown_names(self) -> dict[str, str]:
        """Source -> the name under which tables and pages show it, where that is another."""
        if not self.wanted:
            return {}
        few = self._listed if len(self._listed) <= MOST_PEOPLE else {}
        return shown_sources(
            [
                NamedSource(
                    one.source,
                    {person: ";".join(sorted(names)) for person, names in sorted(self._names[one.source].items())},
                    {**few, **self._of_section.get(one.section, {})},
                )
                for one in self.files
            ]
        )

    def pseudonyms_in(
        self, base: Pseudonyms, sources: Sequence[str], companies: Iterable[str], text: str | None
    ) -> Pseudonyms:
        """``base`` with what the roster knows for these sources and company keys. Of what is only looked for in texts,
        what does not occur in ``text`` is left out, so that a new name does not touch the parts without it."""
        if not self.wanted:
            return base
        others = {source: self._others(source) for source in sorted(sources)}
        elsewhere = self._elsewhere if text is None else _occurring(self._elsewhere, text)
        listed = self._listed if len(self._listed) > MOST_PEOPLE else {}
        full = {one: {**(elsewhere if self.is_small(one) else {}), **listed} for one in sorted(sources)}
        everywhere = self._companies if self._all_small and len(self._companies) <= MOST_PEOPLE else {}
        looked_for = {self._company_ids[key]: name for key, name in everywhere.items()}
        if text is not None:
            others = {source: _occurring(names, text) for source, names in others.items()}
            looked_for = _occurring(looked_for, text, company=True)
        return replace(
            base, others={source: names for source, names in others.items() if names},
            full={source: names for source, names in full.items() if names},
            companies=dict(sorted(looked_for.items())),
            company_ids={key: self._company_ids[key] for key in sorted(set(companies))},
            sources={source: self.shown_names[source] for source in sorted(sources) if source in self.shown_names},
        )  # fmt: skip

    def _others(self, source: str) -> dict[str, str]:
        few = self._listed if len(self._listed) <= MOST_PEOPLE else {}
        return dict(sorted({**few, **self._of_section.get(self._section[source], {})}.items()))


def shown_company(pseudonym: str) -> str:
    """C01 for the vault's C0001: companies are few."""
    return f"C{int(pseudonym[1:]):02d}"


def _occurring(names: Mapping[str, str], text: str, *, company: bool = False) -> dict[str, str]:
    near = Directory(names, company=company).near(text)
    masks = {one.mask.strip("[]") for one in near}
    return {person: name for person, name in names.items() if person in masks}
