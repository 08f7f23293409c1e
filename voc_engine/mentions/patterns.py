"""The rules that need syntax, in the order in which their evidence is listed, and the types of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from voc_engine.mentions.aims import purpose, wants
from voc_engine.mentions.answers import answer
from voc_engine.mentions.asking import asks, asks_for_a_way, polite_question, would_if
from voc_engine.mentions.blame import ability, absence, burden, charge, excess, gone, quantity, question
from voc_engine.mentions.dealings import bafflement, comparison, duration, expectation, workaround
from voc_engine.mentions.decisions import lone_event, threat, trigger_event, unwilling
from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame

RULES: tuple[Callable[[Frame], Iterator[Evidence]], ...] = (
    ability,
    excess,
    absence,
    charge,
    gone,
    burden,
    quantity,
    question,
    comparison,
    workaround,
    expectation,
    duration,
    bafflement,
    asks,
    polite_question,
    asks_for_a_way,
    would_if,
    wants,
    purpose,
    unwilling,
    threat,
    trigger_event,
    lone_event,
    answer,
)

# The types that a finding's ``pattern`` may have, each with what it tells.
PATTERN_TYPES: dict[str, str] = {
    "ability": "something cannot be done",
    "failure": "something does not do what it should",
    "absence": "something that should be there is not",
    "loss": "something is gone",
    "effort": "something is hard or has to be done",
    "repetition": "the same has to be done or happens again",
    "workaround": "something else is done in its place",
    "delay": "it takes or took long",
    "cost": "money is charged or lost",
    "confusion": "it is not understood",
    "expectation": "it was meant or hoped to be otherwise",
    "comparison": "it is better or worse than something else",
    "quality": "a poor judgement of quality",
    "problem": "a problem is named",
    "feeling": "a feeling is voiced",
    "treatment": "people are wronged",
    "consequence": "what people did because of it",
    "question": "a question that blames or asks",
    "tone": "only the tone tells",
    "praise": "a good judgement of quality",
    "ease": "something is easy, or not",
    "gain": "something is won or saved",
    "recommendation": "it is recommended",
    "spared": "a bad thing stays away",
    "imperative": "a command to the provider",
    "advice": "advice to other customers",
    "please": "asked politely",
    "wish": "a wish about the product",
    "want": "something is wanted of somebody",
    "should": "what the product should do",
    "aim": "an end state of one's own",
    "purpose": "what it is for",
    "refusal": "a step that is refused, or leaving",
    "hedge": "a doubt ahead of the decision",
    "price": "the price stands against it",
    "unaffordable": "it is beyond their means",
    "worth": "its worth is doubted",
    "barrier": "something stands in the way of adopting it",
    "one more": "one more thing to take on",
    "switching": "switching costs them",
    "timing": "the time is wrong",
    "authority": "somebody else decides",
    "trust": "it is not trusted with what matters",
    "status quo": "what they have does the job",
    "event": "the event that set it off",
    "answer": "answers a question about it",
}
