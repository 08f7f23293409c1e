"""Asking each question once: what was answered before is known, and a server that does not answer is left alone."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from voc_engine.assistant.model_server import ModelServer, Unanswered
from voc_engine.config import AssistantConfig
from voc_engine.errors import ConfigError
from voc_engine.records import Question
from voc_engine.records.question import LONGEST_ANSWER

# After so many in a row that were not answered nothing more is asked.
PATIENCE = 3
NOT_ASKED = "not asked, since the server did not answer"


class Kept(Protocol):
    """Where answers are kept, by key of the question."""

    def stored(self, until: int | None = None) -> dict[str, str]: ...
    def keep(self, key: str, answer: str, question: Question) -> None: ...


class Remembered:
    """Answers of this process alone: nothing is written."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def stored(self, until: int | None = None) -> dict[str, str]:
        """Key of the question -> what was said."""
        return self._said

    def keep(self, key: str, answer: str, question: Question) -> None:
        """Remember an answer."""
        self._said[key] = answer


@dataclass
class Asking:
    """``server`` gives the server when first one is needed; None asks nothing: what is known already is all there is."""

    answers: Kept
    server: Callable[[], ModelServer] | None
    model: str = ""
    until: int | None = None
    in_vain: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def all_of(
        self, questions: Iterable[Question], advance: Callable[[int], None] = lambda one: None
    ) -> dict[str, str]:  # fmt: skip
        """What was said by key of the question; those that have no answer are missing, and ``faults`` tell why."""
        earlier = self.answers.stored(self.until)
        answers: dict[str, str] = {}
        for question in questions:
            key = question.key(self.model)
            answer = earlier.get(key)
            if answer is None and self.server is not None:
                answer = self._ask(self.server(), question, key)
            if answer is not None:
                answers[key] = answer
            advance(1)
        return answers

    def _ask(self, server: ModelServer, question: Question, key: str) -> str | None:
        if self.in_vain >= PATIENCE:
            self.faults[NOT_ASKED] += 1
            return None
        try:
            # What a server says may hold halves of characters, which no store takes.
            answer = server.ask(question)[:LONGEST_ANSWER].encode("utf-8", "replace").decode("utf-8")
        except Unanswered as why:
            self.in_vain += 1
            self.faults[str(why)] += 1
            return None
        self.in_vain = 0
        self.answers.keep(key, answer, question)
        return answer


def server_of(options: AssistantConfig) -> ModelServer:
    """The server that is configured. Raises ConfigError where its key is not in the environment."""
    key = os.environ.get(options.key_variable) if options.key_variable else None
    if options.key_variable and not key:
        raise ConfigError(
            "The key of the assistant's server is not there.",
            found=f"no environment variable {options.key_variable}",
            do=f"set {options.key_variable}, or take [assistant] key_variable out of the configuration",
        )
    return ModelServer(str(options.endpoint), options.model, key, options.timeout_seconds)
