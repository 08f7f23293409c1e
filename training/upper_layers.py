"""The embedder's upper layers, tuned on pairs that people read and on public sets of one meaning.

Pairs are judged by the cosine of their vectors less the mean of their domain, as at work; of public sets, what has one
intent, one key point or one perspective is drawn together (Khosla et al. 2020). The lower layers are not touched: what
they say of a sentence is computed once.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training.judged_pairs import HELD, Pair, by_domain, read_pairs, sentences
from training.public_encoder import original
from voc_engine.embed.same_sense import LOWER, save_layers

_MOST_PIECES = 48
_PAIRS, _SET = 48, 60
_TEMPERATURE = 0.07
# How much alike a pair is to become: what is related lies a little nearer than what is not.
_TARGET = {"S": 1.0, "R": 0.15, "O": 0.05, "D": 0.0}
_EPOCHS, _RATE, _WARM_UP, _SEED = 2, 8e-5, 0.06, 5
# Of public sets so much is drawn from.
_QUERIES, _ARGUMENTS, _CLAIMS = 1_200, 3_500, 160
_PUBLIC = ("queries", "requests", "arguments", "perspectives", "arguments", "perspectives")
SHARE = 0.7

Group = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class PublicSets:
    """``groups``: per set, lists of (what it means, words) of which those with one meaning are alike; ``judged``: per
    topic, pairs of an argument and a key point with whether they match."""

    groups: dict[str, list[list[Group]]]
    judged: list[list[tuple[str, str, int]]]

    def texts(self) -> set[str]:
        found = {text for pools in self.groups.values() for pool in pools for _, text in pool}
        return found | {text for topic in self.judged for one, other, _ in topic for text in (one, other)}


class Encoder:
    """The transformer, its lower layers' answers kept for every text that is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.transformer, self._tokenizer = original()
        self.upper = self.transformer.encoder.layer[LOWER:]
        self._kept = dict(zip(texts, self._lower(texts), strict=True))

    @torch.no_grad()
    def _lower(self, texts: Sequence[str]) -> list[Tensor]:
        ids = self._tokenizer(list(texts), truncation=True, max_length=_MOST_PIECES)["input_ids"]
        found: list[Tensor] = [torch.empty(0)] * len(texts)
        order = sorted(range(len(texts)), key=lambda row: len(ids[row]))
        for at in range(0, len(order), 64):
            chosen = order[at : at + 64]
            longest = len(ids[chosen[-1]])
            padded = torch.tensor([ids[row] + [0] * (longest - len(ids[row])) for row in chosen])
            mask = torch.tensor([[1.0] * len(ids[row]) + [0.0] * (longest - len(ids[row])) for row in chosen])
            states = _through(
                self.transformer.embeddings(input_ids=padded), self.transformer.encoder.layer[:LOWER], mask
            )
            for place, row in enumerate(chosen):
                found[row] = states[place, : len(ids[row])].clone()
        return found

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Vectors of unit length, (texts, 384)."""
        kept = [self._kept[text] for text in texts]
        longest = max(map(len, kept))
        states = torch.stack([F.pad(one, (0, 0, 0, longest - len(one))) for one in kept])
        mask = torch.tensor([[1.0] * len(one) + [0.0] * (longest - len(one)) for one in kept])
        states = _through(states, self.upper, mask)
        mean = (states * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean, dim=1)


def _through(states: Tensor, layers: Any, mask: Tensor) -> Tensor:
    hidden = (1 - mask)[:, None, None, :] * -1e4
    for layer in layers:
        answer = layer(states, hidden)
        states = answer[0] if isinstance(answer, tuple) else answer
    return states


def same_sense_stage(data: Path, gold: Path, model: Path, held: bool) -> None:
    """Write the upper layers to ``model``; with ``held`` the studies of HELD take no part, so that they can measure."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    said = {name: sentence.text for name, sentence in sentences(data, gold).items()}
    pairs = [pair for pair in read_pairs(gold) if not (held and pair.domain in HELD)]
    public = public_sets(data)
    wanted = {said[name] for pair in pairs for name in (pair.first, pair.second)}
    encoder = Encoder(sorted(wanted | public.texts()))
    start = {name: value.clone() for name, value in encoder.upper.state_dict().items()}
    _fit(encoder, pairs, said, public)
    own = encoder.upper.state_dict()
    save_layers({name: SHARE * own[name] + (1 - SHARE) * start[name] for name in own}, model / "same_sense.safetensors")


def _fit(encoder: Encoder, pairs: Sequence[Pair], said: dict[str, str], public: PublicSets) -> None:
    rng = random.Random(_SEED)
    slope, shift = torch.nn.Parameter(torch.tensor(10.0)), torch.nn.Parameter(torch.tensor(-4.0))
    body = list(encoder.upper.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _RATE}, {"params": [slope, shift], "lr": 1e-2}], weight_decay=0.01
    )
    every = len(_batches(pairs, random.Random(0)))
    steps = _EPOCHS * (every + every // 2)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (_WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    encoder.transformer.train()
    for step, batch in enumerate(_drawn(pairs, rng)):
        if isinstance(batch, str):
            loss = _public_loss(encoder, public, batch, rng, slope, shift)
        else:
            told = [(said[pair.first], said[pair.second], _TARGET[pair.label]) for pair in batch]
            loss = _pair_loss(encoder, told, slope, shift)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        if step % 100 == 0:
            print(f"{step}/{steps} {float(loss):.3f}", file=sys.stderr, flush=True)
    encoder.transformer.eval()


def _drawn(pairs: Sequence[Pair], rng: random.Random) -> Iterator[list[Pair] | str]:
    """Batches of pairs, each of one domain, with half as many of public sets among them."""
    for _ in range(_EPOCHS):
        own: list[list[Pair] | str] = [*_batches(pairs, rng)]
        own += [rng.choice(_PUBLIC) for _ in range(len(own) // 2)]
        rng.shuffle(own)
        yield from own


def _batches(pairs: Sequence[Pair], rng: random.Random) -> list[list[Pair]]:
    found = []
    for _, own in sorted(by_domain(pairs).items()):
        rng.shuffle(own)
        found += [own[at : at + _PAIRS] for at in range(0, len(own), _PAIRS)]
    return found


def _pair_loss(encoder: Encoder, told: Sequence[tuple[str, str, float]], slope: Tensor, shift: Tensor) -> Tensor:
    texts = sorted({text for one, other, _ in told for text in (one, other)})
    place = {text: at for at, text in enumerate(texts)}
    vectors = _centred(encoder(texts))
    ones, others = ([place[pair[side]] for pair in told] for side in (0, 1))
    odds = slope * (vectors[ones] * vectors[others]).sum(1) + shift
    return F.binary_cross_entropy_with_logits(odds, torch.tensor([target for _, _, target in told]))


def _public_loss(
    encoder: Encoder, public: PublicSets, name: str, rng: random.Random, slope: Tensor, shift: Tensor
) -> Tensor:
    if name == "arguments":
        topic = rng.choice(public.judged)
        drawn = rng.sample(topic, min(_PAIRS, len(topic)))
        return _pair_loss(encoder, [(one, other, float(match)) for one, other, match in drawn], slope, shift)
    pools = public.groups[name]
    chosen = [pair for pool in rng.sample(pools, min(4, len(pools))) for pair in _several(pool, rng)][:_SET]
    vectors = _centred(encoder([text for _, text in chosen]))
    alike = torch.tensor([[float(one[0] == other[0]) for other in chosen] for one in chosen])
    alike.fill_diagonal_(0)
    near = F.log_softmax((vectors @ vectors.T / _TEMPERATURE).fill_diagonal_(-1e4), 1)
    return -0.5 * ((near * alike).sum(1) / alike.sum(1).clamp_min(1)).mean()


def _several(pool: Sequence[Group], rng: random.Random) -> list[Group]:
    """Some of a pool, three of a meaning at most, where it has two or more."""
    by_meaning: dict[Any, list[Group]] = defaultdict(list)
    for pair in rng.sample(pool, min(400, len(pool))):
        by_meaning[pair[0]].append(pair)
    return [pair for own in by_meaning.values() if len(own) > 1 for pair in own[:3]]


def _centred(vectors: Tensor) -> Tensor:
    return F.normalize(vectors - vectors.mean(0), dim=1)


def public_sets(data: Path) -> PublicSets:
    """Banking queries (half of the intents: the others measure), short requests, arguments, perspectives."""
    same, rng = data / "gold/same", random.Random(3)
    queries = [(row["category"], row["text"]) for row in _table(data / "gold/banking77-train.csv")]
    intents = sorted({intent for intent, _ in queries})
    rng.shuffle(intents)
    queries = [pair for pair in queries if pair[0] in set(intents[: len(intents) // 2])]
    requests = [(row["intent"], row["text"]) for row in _table(same / "clinc150-train.csv")]
    groups = {"queries": [rng.sample(queries, _QUERIES)], "requests": [rng.sample(requests, _QUERIES)]}
    groups["perspectives"] = _perspectives(same / "perspectrum")
    return PublicSets(groups, _arguments(same / "argkp2021", rng))


def _arguments(folder: Path, rng: random.Random) -> list[list[tuple[str, str, int]]]:
    points = {row["key_point_id"]: row["key_point"] for row in _table(folder / "key_points_train.csv")}
    arguments = {row["arg_id"]: row for row in _table(folder / "arguments_train.csv")}
    kept = set(rng.sample(sorted(arguments), _ARGUMENTS))
    topics: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for row in _table(folder / "labels_train.csv"):
        if row["arg_id"] in kept:
            one = arguments[row["arg_id"]]
            topics[one["topic"]].append((one["argument"], points[row["key_point_id"]], int(row["label"])))
    return [topics[name] for name in sorted(topics)]


def _perspectives(folder: Path) -> list[list[Group]]:
    """Per claim, the perspectives on it, numbered by what they mean."""
    words = {one["pId"]: one["text"] for one in json.loads((folder / "perspective_pool_v1.0.json").read_text("utf-8"))}
    split = json.loads((folder / "dataset_split_v1.0.json").read_text("utf-8"))
    found = []
    for claim in json.loads((folder / "perspectrum_with_answers_v1.0.json").read_text("utf-8")):
        own = [[words[name] for name in group["pids"] if name in words] for group in claim["perspectives"]]
        if split.get(str(claim["cId"])) == "train" and len(own) > 2:
            found.append([((claim["cId"], number), text) for number, group in enumerate(own) for text in group])
    return found[:_CLAIMS]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
