"""A company's template of the card: which fields in which order, under which headings, in which colours, with which logo."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from PIL import Image, ImageOps
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from voc_engine.config.load import explained
from voc_engine.errors import ConfigError, nearest
from voc_engine.report.card_lines import CardLines
from voc_engine.report.trait_lists import CARD_LISTS

SETTINGS, PAGE = "card.toml", "card.html"
OWN_TERMS = "words"
# Points of 1/72 inch, upright.
PAPERS = {"A4": (595.28, 841.89), "Letter": (612.0, 792.0)}
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_MOST_PIXELS, _PORTRAIT, _LOGO = 50_000_000, (640, 640), (1200, 400)
_HEADINGS = {
    **dict(CARD_LISTS),
    "goals": "What they want",
    "pains": "What hurts",
    "objections": "What holds them back",
    "requests": "What they ask for",
    "delights": "What they praise",
    "triggers": "What made them look",
    "facts": "Who they are",
    "roles": "Their role",
    "criteria": "What decides",
    "alternatives": "What else there is",
    "contents": "Where they look and whom they ask",
    "approvers": "Who has to agree",
    "emotions": "Emotional triggers",
    "churn": "What made them leave",
    "staying": "What keeps them",
    "about": "What they speak of more",
    "unlike": "What this persona is not",
    "channels": "Where we heard them",
    "selves": "Who they are, as they tell it",
    OWN_TERMS: "Words they use",
}
_COUNTED = tuple(one.name for one in fields(CardLines) if "LineView" in str(one.type))
FIELDS = tuple(dict.fromkeys((*(name for name, _ in CARD_LISTS), *_COUNTED, OWN_TERMS)))

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class _Part(BaseModel):
    """Frozen, and strict about unknown keys: a typing error must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Layout(_Part):
    """What stands on the card."""

    main: tuple[str, ...] = ("goals", "pains", "objections", "requests")
    side: tuple[str, ...] = ("facts", "about", "triggers", "delights", OWN_TERMS)
    lines: int = Field(4, ge=1, le=8)
    quotes: int = Field(2, ge=0, le=4)
    line_quotes: bool = True
    least_people: int = Field(2, ge=1)
    paper: Literal["A4", "Letter"] = "A4"


class Words(_Part):
    """Fixed words. Names in braces are filled in."""

    primary: str = "Persona · primary"
    secondary: str = "Persona · secondary"
    negative: str = "Not our customer"
    persona: str = "Persona"
    quotes: str = "In their words"
    as_of: str = "As of {date}"
    review: str = "Due for review on {date}"
    changes: str = "Since the run before"
    more: str = "{n} more in the report"
    gaps: str = "Nothing that enough of them share: {fields}."
    untold: str = "Not heard, or not read surely enough: {fields}."
    foot: str = "Counts are people. Quotes are exact words; people are shown by pseudonym."


class Colours(_Part):
    """On paper and on a light screen."""

    page: Colour = "#FFFFFF"
    ink: Colour = "#1D1B18"
    muted: Colour = "#625D54"
    soft: Colour = "#F1EEE6"
    rule: Colour = "#DCD7CB"
    accent: Colour = "#A13A1E"
    goals: Colour = "#116466"
    pains: Colour = "#A13A1E"
    objections: Colour = "#7D5800"
    requests: Colour = "#2B559B"
    delights: Colour = "#3B6B21"
    triggers: Colour = "#74407F"

    def of(self, name: str) -> str:
        """A field's colour; fields without one of their own have the accent."""
        return str(getattr(self, name, self.accent))


class DarkColours(Colours):
    """On a dark screen."""

    page: Colour = "#171614"
    ink: Colour = "#ECE7DD"
    muted: Colour = "#ACA496"
    soft: Colour = "#24221F"
    rule: Colour = "#3A3732"
    accent: Colour = "#EF8A69"
    goals: Colour = "#62C3C0"
    pains: Colour = "#EF8A69"
    objections: Colour = "#DFB154"
    requests: Colour = "#8FB2F0"
    delights: Colour = "#97C877"
    triggers: Colour = "#D09DDC"


_LIGHTER = 0.45  # of white in a colour of the company's own, where it stands on a dark ground


def _on_dark(colours: Colours, dark: DarkColours) -> DarkColours:
    """Colours that a company gave for paper and not for dark screens, made lighter for these."""
    theirs = colours.model_fields_set - dark.model_fields_set - {"page", "ink", "muted", "soft", "rule"}
    return dark.model_copy(update={name: _lighter(getattr(colours, name)) for name in sorted(theirs)})


def _lighter(colour: str) -> str:
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(one + (255 - one) * _LIGHTER):02X}" for one in parts)


class Logo(_Part):
    """``file`` lies in the template's folder; "" for none."""

    file: str = ""
    says: str = ""


class CardSettings(_Part):
    """The whole of card.toml."""

    card: Layout = Layout()
    headings: Mapping[str, str] = {}
    words: Words = Words()
    colours: Colours = Colours()
    dark: DarkColours = DarkColours()
    logo: Logo = Logo()
    portraits: Mapping[str, str] = {}


@dataclass(frozen=True)
class CardTemplate:
    """``pictures``: file name -> PNG, of the logo and portraits, without whatever else their files held.

    ``folder`` is where card.html is looked for; None for the one that comes along.
    """

    settings: CardSettings = field(default_factory=CardSettings)
    folder: Path | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def logo(self) -> bytes | None:
        return self.pictures.get(self.settings.logo.file)

    def portrait(self, persona_id: str) -> bytes | None:
        """The picture that somebody gave for a persona, as PNG; None for the abstract mark."""
        return self.pictures.get(self.settings.portraits.get(persona_id, ""))

    def heading(self, name: str) -> str:
        """What stands above a field."""
        heading = self.settings.headings.get(name) or _HEADINGS.get(name)
        return heading or (name[:1].upper() + name[1:]).replace("_", " ")


def load_template(folder: Path) -> CardTemplate:
    """The template in a folder: card.toml, card.html and pictures, each of which may be absent.

    Raises ConfigError for a folder that holds neither, for a key or field that is not known (with the nearest), and for a
    picture that cannot be read.
    """
    path = folder / SETTINGS
    if not path.is_file() and not (folder / PAGE).is_file():
        raise ConfigError(
            f"{folder} holds no template of a card.",
            found=_contents(folder),
            do=f"make one with 'voc export persona-cards --write-template {folder}'",
        )
    settings = parse_settings(_text(path), str(path)) if path.is_file() else CardSettings()
    pictures = {}
    for name, size, square in _named(settings):
        if name and name not in pictures:
            pictures[name] = _picture(folder, name, size, square=square)
    return CardTemplate(settings, folder, pictures)


def parse_settings(text: str, name: str = SETTINGS) -> CardSettings:
    """The settings in TOML; ``name`` is used in errors. Raises ConfigError."""
    try:
        settings = CardSettings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} is not valid TOML.", found=str(error), do="mend that line") from error
    except ValidationError as error:
        raise explained(error, text, name, CardSettings) from None
    card = settings.card
    for section, several in (("card.main", card.main), ("card.side", card.side), ("headings", settings.headings)):
        _check_fields(several, f"{name}: {section}")
    for key in Words.model_fields:
        _check_braces(key, getattr(settings.words, key), name)
    return settings.model_copy(update={"dark": _on_dark(settings.colours, settings.dark)})


def default_files() -> Iterator[tuple[str, bytes]]:
    """The template that comes along, to be edited."""
    folder = resources.files("voc_engine.exchange.cards") / "default"
    for name in (SETTINGS, PAGE):
        yield name, (folder / name).read_bytes()


def _contents(folder: Path) -> str:
    if not folder.is_dir():
        return "no such folder"
    return ", ".join(sorted(one.name for one in folder.iterdir())[:6]) or "an empty folder"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read as UTF-8 text.", found=str(error), do="save it as UTF-8") from error


def _check_fields(fields: Iterable[str], section: str) -> None:
    for name in fields:
        if name not in FIELDS:
            raise ConfigError(f"{section}: there is no field {name!r}.", found=name, do=nearest(name, FIELDS))


def _check_braces(key: str, text: str, name: str) -> None:
    allowed = re.findall(r"{(\w+)}", Words.model_fields[key].default)
    try:
        names = [one for _, one, _, _ in Formatter().parse(text) if one is not None]
    except ValueError as error:
        raise ConfigError(
            f"{name}: words.{key} cannot be used.", found=text, do=f"{error}; write a brace twice"
        ) from None
    for brace_name in names:
        if brace_name not in allowed:
            may = " and ".join(f"{{{name}}}" for name in allowed) or "no name in braces"
            raise ConfigError(
                f"{name}: words.{key} cannot be used.", found=f"{{{brace_name}}}", do=f"it may hold {may}"
            )


def _named(settings: CardSettings) -> Iterator[tuple[str, tuple[int, int], bool]]:
    yield settings.logo.file, _LOGO, False
    for file in settings.portraits.values():
        yield file, _PORTRAIT, True


def _picture(folder: Path, name: str, size: tuple[int, int], *, square: bool) -> bytes:
    """The picture as PNG, no larger than it is printed; what a camera wrote into the file is left behind."""
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    if path.suffix.lower() not in PICTURES or not inside or not path.is_file():
        raise ConfigError(
            f"The picture {name!r} cannot be used.",
            found="it leads out of the template's folder" if not inside else "no such file" if not path.is_file() else
            f"a file that ends in {path.suffix or 'nothing'}",
            do=f"put it beside {SETTINGS}, as one of {', '.join(PICTURES)}",
        )  # fmt: skip
    try:
        with Image.open(path) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise ConfigError(
                    f"The picture {name!r} is too large.",
                    found=f"{image.width} by {image.height} pixels",
                    do=f"make it smaller than {_MOST_PIXELS // 1_000_000} million pixels",
                )
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError) as error:
        raise ConfigError(
            f"The picture {name!r} cannot be read.", found=str(error), do="save it anew as PNG"
        ) from error
    if square:
        upright = ImageOps.fit(upright, (min(upright.size),) * 2)
    upright.thumbnail(size)
    sink = io.BytesIO()
    upright.save(sink, "PNG", optimize=True)
    return sink.getvalue()
