"""What a language model is worth: our answers with the unsure ones put to it, as a study with [assistant] does it."""

from __future__ import annotations

from voc_engine.assistant.asking import Asking, Remembered
from voc_engine.assistant.model_server import ModelServer
from voc_engine.config.sections import MentionsConfig
from voc_engine.evaluation.reader import TextReader
from voc_engine.evaluation.system_answers import Answers
from voc_engine.evaluation.task import Row, Task
from voc_engine.mentions.assisted_mentions import confirmed_in, is_unsure, question_of
from voc_engine.mentions.marking import marked

_OPTIONS = MentionsConfig()


class Assistant:
    """Asks each question once; an answer that fails its check, or does not come, leaves ours as it is."""

    def __init__(self, server: ModelServer) -> None:
        self._asking = Asking(Remembered(), lambda: server, server.model)
        self.asked = self.sound = 0

    @property
    def faults(self) -> dict[str, int]:
        """Why questions were not answered, each with its number."""
        return dict(self._asking.faults)

    def answers_of(self, task: Task, answers: Answers, reader: TextReader) -> list[tuple[str, ...]] | None:
        """Our answers without what the model rejects, one tuple of classes per row; None for a question that it is not
        asked in a study."""
        if task.question not in ("kinds", "marked", "worth"):
            return None
        return [self._confirmed(task, row, kinds, reader) for row, kinds in zip(task.rows, answers.said, strict=True)]

    def _confirmed(self, task: Task, row: Row, kinds: tuple[str, ...], reader: TextReader) -> tuple[str, ...]:
        if task.question == "kinds":
            labels = reader.labels[row.asked]
            sure = dict(labels.probabilities) if labels is not None else {}
            return tuple(kind for kind in kinds if not is_unsure(sure.get(kind, 1.0), 1.0) or self._stands(row, kind))
        chances: dict[str, float] = {}
        for _, reading in reader.sentences(row.asked):
            for finding in marked(reading, _OPTIONS):
                near = min(finding.probability, reading.worth)
                chances[finding.kind] = max(near, chances.get(finding.kind, 0.0))
        confirmed = {kind for kind, near in chances.items() if not is_unsure(near, 1.0) or self._stands(row, kind)}
        if task.question == "worth":
            return kinds if confirmed or not chances else ()
        return tuple(kind for kind in kinds if kind in confirmed or kind not in chances)

    def _stands(self, row: Row, kind: str) -> bool:
        question = question_of(kind, row.text, [row.context] if row.context else [], "")
        replies = self._asking.all_of([question])
        self.asked += 1
        holds, fault = confirmed_in(next(iter(replies.values()))) if replies else (None, "")
        self.sound += int(bool(replies) and not fault)
        return holds is not False
