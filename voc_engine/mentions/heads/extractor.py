"""heads.v1: every label from one pass of an encoder that reads in context, and calibrated heads on top of it.

Whether something is marked, the heads decide. Clauses from syntax give its span and its statement, cue phrases reasons
that a reader can check.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.language.handles import without_handles
from voc_engine.mentions.clauses import Span, trimmed
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.mentions.heads.disclosure_head import Telling, TellingHead, load_telling
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.features import head_features, ngrams
from voc_engine.mentions.heads.head_readings import Answer, PartScore, kinds_found, parts_to_score, reading_of
from voc_engine.mentions.heads.linear import LinearHeads, load_heads
from voc_engine.mentions.heads.quadrant_chances import QuadrantChances, load_chances
from voc_engine.mentions.heads.second_head import NUMBERS as SECOND
from voc_engine.mentions.heads.second_head import SecondHead, load_second
from voc_engine.mentions.heads.standing_head import StandingHead, load_standing
from voc_engine.mentions.heads.weights import hash_of
from voc_engine.mentions.parsing import parse
from voc_engine.records import MENTION_KINDS, SENTIMENTS, stable_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_MEMO_SIZE = 50_000  # readings; a choice: a bound on memory, beyond it the memo begins anew
_ANEW = "install the package again, or make it anew with 'python -m training {}'"
_CHUNK = 2_000  # sentences encoded at a time; memory, no result
WEIGHTS, REACH = "voice.safetensors", "voice_reach.safetensors"


def shipped() -> Path:
    """The folder of the weights that come with the package."""
    return Path(str(files("voc_engine.mentions.heads") / "model"))


@cache
def encoder_hash() -> str:
    """Hash of the shipped encoder's weights: heads belong to one encoder."""
    return hash_of(shipped() / WEIGHTS)


def reader_hash(folder: Path) -> str:
    """Hash (16 hex digits) of all that the calibrated heads stand on in ``folder``: the encoder and the second head."""
    return stable_hash(hash_of(folder / WEIGHTS), hash_of(folder / SECOND))


@cache
def _shipped_reader() -> str:
    return reader_hash(shipped())


def _check(encoder: str, what: str, do: str, where: str = "", wanted: str | None = None) -> None:
    """Raises ConfigError for a head of another encoder than the shipped one."""
    wanted = wanted or encoder_hash()
    if encoder != wanted:
        raise ConfigError(
            f"{what} made for another encoder.",
            found=f"{where}encoder {encoder or 'not named'}, here is {wanted}",
            do=do,
        )


class HeadsExtractor:
    """The default extractor. ``folder`` may hold refitted heads (``voc train``); the encoder is the shipped one."""

    name = "heads.v1"
    needs_vectors = False

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or shipped()
        self._encoder = VoiceEncoder(shipped() / WEIGHTS, shipped() / REACH)
        self._memo: dict[Sentence, Reading] = {}

    @cached_property
    def heads(self) -> LinearHeads:
        """Raises ConfigError where they were made for another encoder."""
        heads = load_heads(self._folder)
        again = "make them again with 'voc train'"
        _check(heads.encoder, "The mention heads were", again, f"{self._folder}: ", _shipped_reader())
        return heads

    @cached_property
    def second(self) -> SecondHead:
        """What is averaged with the encoder's own logits. Raises ConfigError where it was made for another encoder."""
        head = load_second(shipped())
        _check(head.encoder, "The second head of mentions was", _ANEW.format("second heads"))
        return head

    @cached_property
    def telling(self) -> TellingHead:
        """What people tell of themselves; it is not refitted. Raises ConfigError where it was made for another encoder."""
        head = load_telling(shipped())
        _check(head.encoder, "The head for what people tell of themselves was", _ANEW.format("disclosures"))
        return head

    @cached_property
    def standing(self) -> StandingHead:
        """Which words can stand alone; it is not refitted. Raises ConfigError where it was made for another encoder."""
        head = load_standing(shipped())
        _check(head.encoder, "The head that tells which words can stand alone was", _ANEW.format("standing"))
        return head

    @cached_property
    def quadrants(self) -> QuadrantChances:
        """How sure a quadrant may be; it is not refitted. Raises ConfigError where it was made for another encoder."""
        fit = load_chances(shipped())
        _check(fit.encoder, "How surely mentions stand in their quadrants was", _ANEW.format("quadrants"))
        return fit

    def refitted(self, folder: Path) -> HeadsExtractor:
        """The same encoder with the heads in ``folder``. Raises ConfigError where they do not fit this version."""
        extractor = HeadsExtractor(folder)
        extractor.heads  # noqa: B018 - told now and not in the middle of a run
        extractor._encoder = self._encoder
        return extractor

    def read(self, sentences: Sequence[Sentence], vectors: NDArray[Any] | None = None) -> list[Reading]:
        """One Reading per sentence, in order; ``vectors`` are not looked at. Each distinct one is read once."""
        if len(self._memo) > _MEMO_SIZE:
            self._memo.clear()
        readings = {sentence: self._memo[sentence] for sentence in sentences if sentence in self._memo}
        fresh = [sentence for sentence in dict.fromkeys(sentences) if sentence not in readings]
        for start in range(0, len(fresh), _CHUNK):
            chunk = fresh[start : start + _CHUNK]
            for sentence, reading in zip(chunk, self._read(chunk), strict=True):
                readings[sentence] = self._memo[sentence] = reading
        return [readings[sentence] for sentence in sentences]

    def labels(self, sentences: Sequence[Sentence]) -> list[Reading]:
        """One Reading per sentence without its findings: no span, statement or reason is looked for, which costs as much
        again as the labels."""
        readings: list[Reading] = []
        for start in range(0, len(sentences), _CHUNK):
            chunk = sentences[start : start + _CHUNK]
            answers = self._answers(chunk)
            readings += [
                reading_of(sentence, answer, None, {}) for sentence, answer in zip(chunk, answers, strict=True)
            ]
        return readings

    def _read(self, sentences: Sequence[Sentence]) -> Iterator[Reading]:
        answers = self._answers(sentences, tells=True)
        marked = [row for row, answer in enumerate(answers) if kinds_found(answer)]
        wanted = [row for row, answer in enumerate(answers) if kinds_found(answer) or answer.disclosed]
        docs = dict(zip(wanted, parse([sentences[row].text for row in wanted]), strict=True))
        parts = {row: parts for row in marked if (parts := parts_to_score(answers[row], docs[row]))}
        scores = self._scores(sentences, parts, answers)
        for row, sentence in enumerate(sentences):
            yield reading_of(sentence, answers[row], docs.get(row), scores.get(row, {}))

    def _answers(self, sentences: Sequence[Sentence], tells: bool = False) -> list[Answer]:
        encoded = self._look([sentence.text for sentence in sentences], sentences)
        disclosed = self._disclosed(encoded, sentences) if tells else [()] * len(sentences)
        alone = self.standing.chances(encoded)
        odds = self.heads.log_odds(*self._inputs(encoded, sentences, [sentence.text for sentence in sentences]))
        quadrants = self.quadrants.likeliest(odds)
        emotion, severity, whose, what = (encoded.of(name) for name in ("emotion", "severity", "whose", "what"))
        answers = []
        for row, sentence in enumerate(sentences):
            thing, in_context = encoded.things[row]
            if in_context:
                thing = _in_context(sentence, thing)
            answer = Answer(
                self.heads, odds[row], emotion[row], severity[row], whose[row], what[row], encoded.aspects[row],
                thing, in_context, alone[row], quadrants[row], disclosed[row],
            )  # fmt: skip
            answers.append(answer)
        return answers

    def _disclosed(self, encoded: Encoded, sentences: Sequence[Sentence]) -> list[tuple[Telling, ...]]:
        texts = [without_handles(sentence.text) for sentence in sentences]
        return self.telling.disclosed(encoded, [sentence.kind or "" for sentence in sentences], texts)

    def _scores(
        self, sentences: Sequence[Sentence], parts: Mapping[int, Sequence[Span]], answers: Sequence[Answer]
    ) -> dict[int, dict[Span, PartScore]]:
        """What is read of parts of sentences, each in its sentence's own context; by row and part. What is the whole
        sentence has its answer already."""
        n_kinds = len(MENTION_KINDS)
        wholes = {row: trimmed(sentences[row].text) for row in parts}
        scores = {
            row: {whole: PartScore(answers[row].odds[:n_kinds], answers[row].alone, answers[row].quadrant)}
            for row, whole in wholes.items()
        }
        left = [(row, part) for row, of_sentence in parts.items() for part in of_sentence if part != wholes[row]]
        if left:
            beside = [sentences[row] for row, _ in left]
            texts = [sentences[row].text[part.start : part.end] for row, part in left]
            encoded = self._look(texts, beside)
            odds = self.heads.log_odds(*self._inputs(encoded, beside, texts))
            told = zip(odds, self.standing.chances(encoded), self.quadrants.likeliest(odds), strict=True)
            for (row, part), (values, alone, quadrant) in zip(left, told, strict=True):
                scores[row][part] = PartScore(values[:n_kinds], alone, quadrant)
        return scores

    def _look(self, texts: Sequence[str], sentences: Sequence[Sentence]) -> Encoded:
        before = [second_segment(sentence.kind, sentence.context) for sentence in sentences]
        return self._encoder.encode([without_handles(text) for text in texts], before)

    def head_inputs(self, sentences: Sequence[Sentence]) -> tuple[NDArray[Any], csr_matrix]:
        """What the heads look at: features (sentences, NAMES) and n-grams (sentences, columns), for refitting."""
        encoded = self._look([sentence.text for sentence in sentences], sentences)
        return self._features(encoded, sentences), ngrams([sentence.text for sentence in sentences])

    def _inputs(
        self, encoded: Encoded, sentences: Sequence[Sentence], texts: Sequence[str]
    ) -> tuple[NDArray[Any], csr_matrix | None]:
        return self._features(encoded, sentences), ngrams(texts) if self.heads.speaks_of_grams else None

    def _features(self, encoded: Encoded, sentences: Sequence[Sentence]) -> NDArray[Any]:
        return head_features(self.second.mixed(encoded), [sentence.kind or "" for sentence in sentences])

    def polarity_of(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
        """One of SENTIMENTS for the words at each text's span (half-open code points)."""
        return [SENTIMENTS[place] for place in self._encoder.sides(texts, spans).argmax(1)]


def _in_context(sentence: Sentence, span: Span | None) -> Span | None:
    """A place of the second segment as one of the context, which begins behind the kind of document."""
    shift = len(second_segment(sentence.kind, sentence.context)) - len(sentence.context)
    return Span(span.start - shift, span.end - shift) if span is not None and span.start >= shift else None
