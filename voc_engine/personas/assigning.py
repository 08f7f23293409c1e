"""New people and leads: which persona each belongs to, how sure that is, or that it is none of these.

The groups of a finished run are learned again from its people (a mixture as in ``mixture``). Its log weights are brought
to probabilities by a temperature that is fitted on people held out in turn (Guo et al. 2017). Whoever is farther from
the chosen persona than nearly all held-out members are is "none of these": a conformal p-value (Vovk et al. 2005) of
how near a person's sentences come to those of the members. How likely such a one belongs there all the same is learned
by leaving out each persona in turn: its people are then people of an unseen kind (logistic regression, Platt 1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from voc_engine.errors import ConfigError
from voc_engine.personas.distinctive_terms import Terms, content
from voc_engine.personas.mixture import Mixture, Voices, chances
from voc_engine.personas.profiles import Crowd, Person, Statement, gather
from voc_engine.personas.space import Floats, Ints, ThemeSpace, statements_of
from voc_engine.records import Batch, Membership, Persona, Vectors, stable_hash

MOST_LEARNED = 1_000  # a choice: the temperature is fitted on folds of them; more cost time and move it little
FOLDS = 5  # the usual five: four fifths of the members are learned from each time
LEAST_FIT = 0.03  # share of held-out members that may be called "none of these" by mistake
LEAST_PROBABILITY = 0.5  # calibrated: at or below it the person more likely belongs elsewhere
LEAST_PEOPLE = 20  # a choice: of fewer no temperature and no conformal p-value under .05 can be learned
NEAR = 0.6  # cosine from which a member's insight is a reason
MOST_REASONS = 3  # a choice: enough to see why
NOTHING_SAID = "too little was said to place this person"
NO_PERSONAS = ("no stable segmentation", "profile")


@dataclass(frozen=True)
class Placement:
    """``persona_id`` None: none of these. ``probability`` is that of the persona ``nearest_id``, calibrated; of who is
    none of these it is never above one half. ``fit``: share of held-out members who are as far away or farther."""

    person_id: str
    persona_id: str | None
    nearest_id: str | None
    probability: float
    fit: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Nearness:
    """How near members come to their persona: mean and variance of a sentence, variance of a person, and the held-out
    scores, sorted."""

    mean: float
    within: float
    between: float
    scores: Floats
    slope: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def learn(cls, near: Sequence[Floats], unseen: Sequence[Floats], k: int) -> _Nearness:
        """``near``: one array per held-out member, of the cosine of each sentence to the nearest one of the persona;
        ``unseen``: the same to the nearest of the ``k`` - 1 other personas, as if the own one were unknown."""
        means = np.array([one.mean() for one in near])
        within = float(np.mean([one.var() for one in near])) + 1e-6
        expected = within * float(np.mean([1 / len(one) for one in near]))
        rough = cls(float(means.mean()), within, max(1e-4, float(means.var()) - expected), np.zeros(0))
        scores = np.sort([rough.score(one) for one in near])
        far = np.array([rough.score(one) for one in unseen])
        return cls(rough.mean, within, rough.between, scores, _slope(scores, far, k))

    def score(self, near: Floats) -> float:
        """How far above what is usual, in standard deviations for so many sentences."""
        return round(float((near.mean() - self.mean) / np.sqrt(self.between + self.within / len(near))), 6)

    def fit(self, near: Floats) -> float:
        """Conformal p-value in (0, 1]."""
        below = int(np.searchsorted(self.scores, self.score(near), side="right"))
        return round((below + 1) / (len(self.scores) + 1), 4)

    @property
    def least(self) -> float:
        """The fit of who is farther away than every held-out member."""
        return round(1 / (len(self.scores) + 1), 4)

    def chance_known(self, near: Floats) -> float:
        """Probability in [0, 1] of belonging to a persona of the study at all, were there one more as large as these."""
        return float(1 / (1 + np.exp(-(self.slope[0] + self.slope[1] * self.score(near)))))


class Assigner:
    """Learned once from a run; places any number of people."""

    def __init__(
        self,
        batch: Batch,
        personas: Sequence[Persona],
        memberships: Sequence[Membership],
        readable: Batch | None = None,
        crowd: Crowd | None = None,
    ) -> None:
        """``batch`` as the personas stage reads it; ``readable``: the same without words that readers may not see, from
        which reasons are told; ``crowd``: the people of the batch, where they were gathered before. Raises ConfigError where
        the run has no personas to assign to."""
        self.personas = _usable(personas)
        home = {m.person_id: m.persona_id for m in memberships if m.persona_id in {p.persona_id for p in self.personas}}
        number_of = {persona.persona_id: number for number, persona in enumerate(self.personas)}
        crowd = gather(batch) if crowd is None else crowd
        members = [p for p in crowd.people if p.person_id in home and statements_of(p, batch.vectors)]
        members = sorted(members, key=lambda p: stable_hash("assign", p.person_id))[:MOST_LEARNED]
        members.sort(key=lambda p: p.person_id)
        self._labels: Ints = np.array([number_of[str(home[p.person_id])] for p in members], dtype=np.int64)
        if len(members) < LEAST_PEOPLE or len(set(self._labels.tolist())) < len(self.personas):
            raise ConfigError(
                "This run has too few people to learn from whom new people are like.",
                found=f"{len(members)} people with personas, needed {LEAST_PEOPLE} and some of each persona",
                do="add data and run the study again",
            )
        self._members, self._vectors = members, batch.vectors
        self._space = ThemeSpace(members, batch.vectors)
        traits = self._space.traits(members)
        self._mixture = Mixture.learn(Voices.learn(traits), self._labels, len(self.personas))
        self._temperature = _temperature(Voices.learn(traits), self._labels, len(self.personas))
        self._said = _Said(members, self._labels, batch.vectors, len(self.personas))
        self._nearness = _Nearness.learn(*self._said.sample_nearness(), len(self.personas))
        self._reasons = _Reasons(crowd if readable is None else gather(readable), members, self._labels)

    def place(self, people: Sequence[Person], vectors: Vectors, *, reasons: bool = True) -> list[Placement]:
        """One Placement per person, in order. ``vectors`` hold the sentences of these people. ``reasons`` take their
        time."""
        speaking = [person for person in people if statements_of(person, vectors)]
        scores = self._mixture.scores(self._space.hearing(vectors).traits(speaking)) if speaking else np.zeros((0, 1))
        sure = chances(scores / self._temperature)
        placed = {one.person_id: self._placed(one, sure[row], vectors, reasons) for row, one in enumerate(speaking)}
        return [
            placed.get(p.person_id) or Placement(p.person_id, None, None, 0.0, 0.0, (NOTHING_SAID,)) for p in people
        ]

    def place_silent(self, person_ids: Iterable[str]) -> list[Placement]:
        """People who said nothing are none of these."""
        return [Placement(one, None, None, 0.0, 0.0, (NOTHING_SAID,)) for one in person_ids]

    def _placed(self, person: Person, sure: Floats, vectors: Vectors, reasons: bool) -> Placement:
        best = int(sure.argmax())
        near, insights = self._said.near(person, vectors, best)
        fit, probability = self._nearness.fit(near), round(float(sure[best]), 4)
        nearest = self.personas[best].persona_id
        if fit < max(LEAST_FIT, self._nearness.least + 1e-9):
            probability = round(probability * self._nearness.chance_known(near), 4)
            if probability <= LEAST_PROBABILITY:
                far: tuple[str, ...] = (f"farther from every persona than {1 - fit:.0%} of their people",)
                return Placement(person.person_id, None, nearest, probability, fit, far)
        if probability < LEAST_PROBABILITY:
            return Placement(person.person_id, None, nearest, probability, fit, ("near to several personas alike",))
        reason_lines = self._reasons.of(person, best, insights) if reasons else ()
        return Placement(person.person_id, nearest, nearest, probability, fit, reason_lines)


class _Said:
    """Members' sentences, to see how near others come to them."""

    def __init__(self, members: Sequence[Person], labels: Ints, vectors: Vectors | None, k: int) -> None:
        if vectors is None:
            raise ConfigError("This run has no vectors.", do="run the study again")
        statements = [(row, s) for row, person in enumerate(members) for s in statements_of(person, vectors)]
        self._owner = np.array([row for row, _ in statements])
        self._statements: list[Statement] = [statement for _, statement in statements]
        self._matrix = vectors.rows([statement.text_key for _, statement in statements])
        self._rows = [np.flatnonzero(labels[self._owner] == group) for group in range(k)]
        self._keys = np.unique([statement.text_key for _, statement in statements], return_inverse=True)[1]
        self._labels = labels

    def sample_nearness(self) -> tuple[list[Floats], list[Floats]]:
        """For every member whose persona has others: nearness of each sentence to the nearest one of another member, and
        to the nearest one of the other persona that comes nearest."""
        familiar, strange = [], []
        for row, group in enumerate(self._labels):
            mine = np.flatnonzero(self._owner == row)
            alike = self._matrix[mine] @ self._matrix.T
            # The very same sentence of two members (a template, a shared post) tells nothing of a new person's.
            alike[self._keys[mine][:, None] == self._keys] = -1.0
            others = self._rows[group][self._owner[self._rows[group]] != row]
            if len(others) and ((near := alike[:, others].max(axis=1)) > -1.0).all():
                familiar.append(near.astype(np.float64))
                rest = [alike[:, rows].max(axis=1) for number, rows in enumerate(self._rows) if number != group]
                strange.append(max(rest, key=lambda one: float(one.mean())).astype(np.float64))
        return familiar, strange

    def near(self, person: Person, vectors: Vectors, group: int) -> tuple[Floats, list[str]]:
        """Nearness of each sentence, and the insights of the nearest sentences, nearest first."""
        matrix = vectors.rows([s.text_key for s in statements_of(person, vectors)])
        rows = self._rows[group]
        alike = matrix @ self._matrix[rows].T
        best = [(float(alike[n, col]), col) for n, col in enumerate(alike.argmax(axis=1))]
        best.sort(key=lambda one: (-round(one[0], 6), one[1]))
        insights = [i for cosine, col in best if cosine >= NEAR for i in self._statements[rows[col]].insights]
        return np.asarray(alike.max(axis=1), dtype=np.float64), list(dict.fromkeys(insights))


class _Reasons:
    """Insights and words that a person shares with a persona's people."""

    def __init__(self, crowd: Crowd, members: Sequence[Person], labels: Ints) -> None:
        self._crowd, self._ids = crowd, [person.person_id for person in members]
        self._groups = [
            [p for p, g in zip(members, labels, strict=True) if g == n] for n in range(int(labels.max()) + 1)
        ]
        self._insights = crowd.insights

    @cached_property
    def _terms(self) -> list[Mapping[str, float]]:
        terms = Terms(Crowd(self._crowd.of(self._ids), self._crowd.insights))
        return [terms.of(group) for group in self._groups]

    def of(self, person: Person, group: int, insights: Sequence[str]) -> tuple[str, ...]:
        """Up to three insights, then the persona's own words that the person uses."""
        statements = [self._insights[i].statement.strip() for i in insights if i in self._insights]
        reasons = [f"near to: {one}" for one in dict.fromkeys(statements)][:MOST_REASONS]
        words = {word for statement in person.statements for word in content(statement.text)}
        shared = [term for term in self._terms[group] if set(content(term)) <= words][:5]
        if shared:
            reasons.append(f"shares the words: {', '.join(shared)}")
        return tuple(reasons) or ("says much the same as this group in other words",)


def _slope(near: Floats, far: Floats, k: int) -> tuple[float, float]:
    """Intercept and slope of the log odds of belonging to a known persona, by score; ``far`` weigh 1 in k + 1."""
    from sklearn.linear_model import LogisticRegression

    scores = np.concatenate([near, far])[:, None]
    labels = np.repeat([1, 0], [len(near), len(far)])
    fitted = LogisticRegression().fit(
        scores, labels, sample_weight=np.where(labels == 1, k / len(near), 1 / len(far)) * len(near)
    )
    return round(float(fitted.intercept_[0]), 6), round(float(fitted.coef_[0, 0]), 6)


def newcomers(texts: Mapping[str, Sequence[str]]) -> list[Person]:
    """People from their sentences, by person id; a sentence is its own key among the vectors."""
    people = []
    for person_id, sentences in texts.items():
        person = Person(person_id)
        person.statements = [Statement(text, text, False, ()) for text in sentences]
        people.append(person)
    return people


def _usable(personas: Sequence[Persona]) -> list[Persona]:
    usable = [p for p in personas if p.method not in NO_PERSONAS]
    if len(usable) <= 1:
        why = personas[0].method if personas else "no people"
        raise ConfigError(
            "This run has no personas to assign people to.",
            found={"profile": "profiles of single people: fewer than 8 people"}.get(why, why),
            do="add data until groups are found, or declare personas by an attribute ([personas] attribute)",
        )
    return usable


def _temperature(voices: Voices, labels: Ints, k: int) -> float:
    """What log weights are divided by so that held-out members are given the right probability; never under 1, since the
    groups that are learned here were found by the same words."""
    fold = np.arange(len(labels)) % FOLDS
    scores = np.zeros((len(labels), k))
    for number in range(FOLDS):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        mixture = Mixture.learn(voices.part(train), labels[train], k)
        scores[test] = mixture.weigh(voices.part(test))
    steps = np.round(np.exp(np.linspace(0.0, np.log(16.0), 41)), 6)
    people = np.arange(len(labels))
    loss = [-np.log(np.maximum(chances(scores / step)[people, labels], 1e-9)).mean() for step in steps]
    return float(steps[int(np.argmin(np.round(loss, 8)))])
