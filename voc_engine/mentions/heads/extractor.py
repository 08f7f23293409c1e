"""heads.v1: every label from one encoder pass, named features and n-grams in calibrated logistic heads.

Rules still give spans, statements and quoted reasons where they find something; whether it counts, the heads decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.extractor import Reading, Sentence
from voc_engine.mentions.heads.answer import Answer, reading_of
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.features import features, ngrams
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.mentions.heads.linear import LinearHeads, encoder_of, load_heads
from voc_engine.mentions.language import parse
from voc_engine.mentions.rules import Analysis, Key, analyse, sentence_key
from voc_engine.records import EMOTIONS, SENTIMENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_MEMO_SIZE = 50_000
_CHUNK = 2_000
WEIGHTS = "voice.safetensors"


def shipped() -> Path:
    """The folder of the weights that come with the package."""
    return Path(str(files("voc_engine.mentions.heads") / "model"))


@cache
def encoder_hash() -> str:
    """Hash of the shipped encoder's weights: refitted heads belong to one encoder."""
    return blake2b((shipped() / WEIGHTS).read_bytes(), digest_size=8).hexdigest()


class HeadsExtractor:
    """The default extractor. ``folder`` may hold refitted heads (``voc train``); the encoder is the shipped one."""

    name = "heads.v1"
    needs_vectors = False

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or shipped()
        self._encoder = VoiceEncoder(shipped() / WEIGHTS)
        self._memo: dict[Key, Reading] = {}

    @cached_property
    def heads(self) -> LinearHeads:
        return load_heads(self._folder)

    def refitted(self, folder: Path) -> HeadsExtractor:
        """The same encoder under the heads in ``folder``. Raises ConfigError where they cannot be used here."""
        found = HeadsExtractor(folder)
        # Read now: a folder that is written again under a running extractor must not change its answers.
        found.heads  # noqa: B018
        if encoder_of(folder) != encoder_hash():
            raise ConfigError(
                "The mention heads were made for another version.",
                found=f"{folder}: heads of another encoder than this version's",
                do="make them again with 'voc train'",
            )
        found._encoder = self._encoder
        return found

    def read(self, sentences: Sequence[Sentence], vectors: NDArray[Any] | None = None) -> list[Reading]:
        """One Reading per sentence, in order; ``vectors`` are not looked at. Each distinct sentence is read once."""
        keys = [sentence_key(sentence) for sentence in sentences]
        if len(self._memo) > _MEMO_SIZE:
            self._memo.clear()
        known = {key: self._memo[key] for key in keys if key in self._memo}
        fresh = [key for key in dict.fromkeys(keys) if key not in known]
        for start in range(0, len(fresh), _CHUNK):
            chunk = fresh[start : start + _CHUNK]
            for key, reading in zip(chunk, self._read(chunk), strict=True):
                known[key] = self._memo[key] = reading
        return [known[key] for key in keys]

    def _read(self, keys: Sequence[Key]) -> list[Reading]:
        encoded, analyses = look(self._encoder, keys)
        rows = seen_features(encoded, analyses)
        odds = self.heads.log_odds(*self._inputs(keys, rows))
        feelings = encoded.of("emotion").argmax(1)
        return [
            reading_of(
                analysis,
                Answer(self.heads, row, own, EMOTIONS[feeling], aspects),
            )
            for analysis, row, own, feeling, aspects in zip(
                analyses, rows, odds, feelings, encoded.aspects, strict=True
            )
        ]

    def seen(self, sentences: Sequence[Sentence]) -> tuple[NDArray[Any], csr_matrix]:
        """What the heads look at: named features (sentences, names) and n-grams (sentences, columns), for refitting."""
        keys = [sentence_key(sentence) for sentence in sentences]
        return self._inputs(keys, seen_features(*look(self._encoder, keys)))

    def _inputs(self, keys: Sequence[Key], rows: Sequence[Mapping[str, float]]) -> tuple[NDArray[Any], csr_matrix]:
        return self.heads.matrix(rows), ngrams([key[0] for key in keys])

    def polarity_of(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
        """One of SENTIMENTS for the words at each text's span (half-open code points)."""
        return [SENTIMENTS[place] for place in self._encoder.sides(texts, spans).argmax(1)]


def look(encoder: VoiceEncoder, keys: Sequence[Key]) -> tuple[Encoded, list[Analysis]]:
    """What the encoder and the rules say of each sentence. The encoder leaves Python's lock alone, so both go on at once."""
    texts = [key[0] for key in keys]
    with ThreadPoolExecutor(1) as pool:
        encoded = pool.submit(encoder.encode, texts)
        analyses = [analyse(doc, key) for doc, key in zip(parse(texts), keys, strict=True)]
        return encoded.result(), analyses


def seen_features(encoded: Encoded, analyses: Sequence[Analysis]) -> list[dict[str, float]]:
    """Named features of each sentence, the encoder's logits among them as "encoder: <head> <class>"."""
    names = [f"encoder: {head} {name}" for head, classes in SENTENCE_HEADS.items() for name in classes]
    together = zip(analyses, encoded.logits.tolist(), strict=True)
    return [{**features(analysis), **dict(zip(names, logits, strict=True))} for analysis, logits in together]
