"""People as Presidio names them with our language model: the row that stands beside ours where its package is installed."""

from __future__ import annotations

from collections.abc import Callable

from voc_engine.language.english_model import english_model
from voc_engine.privacy.masks import Span
from voc_engine.redact.recognisers import PERSON

People = Callable[[str], list[Span]]


def presidio_people() -> People | None:
    """A function from a text to the stretches that Presidio calls a person; None where it is not installed.

    Of its recognisers only the one of names is asked: others fetch lists from the network.
    """
    try:
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.nlp_engine import NlpEngineProvider
        from presidio_analyzer.predefined_recognizers import SpacyRecognizer
    except ImportError:
        return None
    model = english_model()
    if model is None:
        return None
    named = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    registry = RecognizerRegistry()
    registry.add_recognizer(SpacyRecognizer(supported_entities=["PERSON"]))
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=NlpEngineProvider(nlp_configuration=named).create_engine())

    def people(text: str) -> list[Span]:
        return [(one.start, one.end, PERSON) for one in analyzer.analyze(text, "en", entities=["PERSON"])]

    return people
