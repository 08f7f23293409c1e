"""The environment in which every template is filled."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from voc_engine.records import HARMS
from voc_engine.report import wording
from voc_engine.report.document_pages import heading


def verbatim(text: str) -> Markup:
    """Escaped text whose every character survives the reading of the page: a bare carriage return would not."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))


@cache
def environment(*packages: str) -> Environment:
    """Templates of the report, and before them those of other ``packages``; one for a process, since each template is
    compiled when it is first filled.

    Escaping is always on; an unknown name in a template is an error, not an empty string.
    """
    templates = Environment(
        loader=ChoiceLoader([PackageLoader(one) for one in (*packages, "voc_engine.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "verbatim": verbatim,
        "kind": wording.kind_name,
        "tag": wording.kind_tag,
        "kinds": wording.kinds,
    }
    templates.filters |= {
        "sentence": wording.sentence,
        "number": wording.number,
        "date": wording.date,
        "role": wording.role,
    }
    templates.filters |= {"reasons": wording.reasons, "lower_first": wording.lower_first, "named": wording.named}
    templates.globals |= {
        "count": wording.count,
        "people": wording.people,
        "doc_count": wording.documents,
        "doc_noun": wording.document_noun,
        "heading": heading,
        "harms": HARMS,
    }
    return templates
