"""A project as another tool gives it back: the export of a run, unpacked, to be changed and packed again."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from uuid import UUID, uuid5

from lxml import etree

from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.run_view import RunView

NAMESPACE = "urn:QDA-XML:project:1.0"
SPACE = {"q": NAMESPACE}


class ChangedProject:
    """``top`` is the project's document, ``files`` are the archive's other members."""

    def __init__(self, view: RunView, *switches: str) -> None:
        ((_, content),) = RefiQda().write(view, frozenset(switches)).files
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.top = etree.fromstring(self.files.pop("project.qde"))

    def all(self, path: str):
        return self.top.xpath(path, namespaces=SPACE)

    def one(self, path: str):
        (found,) = self.all(path)
        return found

    def code(self, name: str):
        return self.one(f"//q:Code[@name='{name}']")

    def selection(self, words: str):
        """The selection whose name begins with the words."""
        return next(one for one in self.all("//q:PlainTextSelection") if one.get("name").startswith(words))

    def user(self, name: str) -> str:
        users = self.one("//q:Users")
        made = etree.SubElement(users, f"{{{NAMESPACE}}}User", guid=str(uuid5(UUID(int=0), name)), name=name)
        return made.get("guid")

    def mark(self, source: str, words: str, code: str, user: str | None = None) -> None:
        """Code words of a source, as somebody would with the mouse."""
        place = next(one for one in self.all("//q:TextSource") if one.get("name").startswith(source))
        text = self.files[f"sources/{place.get('guid')}.txt"].decode()
        start = text.index(words)
        made = etree.Element(f"{{{NAMESPACE}}}PlainTextSelection", guid=str(uuid5(UUID(int=1), words)), name=words,
                             startPosition=str(start), endPosition=str(start + len(words)))  # fmt: skip
        coding = etree.SubElement(made, f"{{{NAMESPACE}}}Coding", guid=str(uuid5(UUID(int=2), words)))
        if user:
            coding.set("creatingUser", user)
        etree.SubElement(coding, f"{{{NAMESPACE}}}CodeRef", targetGUID=code)
        place.insert(1, made)

    def new_guids(self) -> None:
        """QualCoder makes new guids for everything."""
        content = etree.tostring(self.top).decode()
        for guid in sorted(set(self.all("//@guid"))):
            fresh = str(uuid5(UUID(int=3), guid))
            content = content.replace(guid, fresh)
            if f"sources/{guid}.txt" in self.files:
                self.files[f"sources/{fresh}.txt"] = self.files.pop(f"sources/{guid}.txt")
        self.top = etree.fromstring(content)

    def save(self, folder: Path, name: str = "changed.qdpx") -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", etree.tostring(self.top, xml_declaration=True, encoding="utf-8"))
            for member, content in self.files.items():
                archive.writestr(member, content)
        return path
