"""The map: the stages in order, the passes between them, what each reads and writes, and how it is run.

Folders, configuration sections, command-line help, the README's picture and the progress bars follow this list, and
tests hold them to it. ``entry`` is loaded only when the stage runs, so that reading the map costs nothing.
"""

from __future__ import annotations

from voc_engine import records as r
from voc_engine.passes import Pass, Stage
from voc_engine.privacy.pseudonyms import Pseudonyms

_READ = (r.Document, r.Utterance, r.Skipped)
_EVIDENCE = (r.Mention, r.Disclosure)
_ASSISTED, _CAST = (r.Mention, r.Insight, r.InsightMember), (r.Persona, r.Membership)
_DECIDED = (r.Topic, r.TopicAssignment, *_ASSISTED, r.Code, r.Coding, *_CAST)
FLOW: tuple[Pass, ...] = (
    Stage("ingest", (), _READ, "files",
          "voc_engine.ingest.stage:read_source", "read source files, tell customers from interviewers, agents and bots"),
    Pass("removal", _READ, _READ, "remove",
         "voc_engine.runners.removals:removal_of", "leave out who was forgotten and what was kept as long as agreed"),
    Pass("speakers", (*_READ, r.Decision), _READ, "settle",
         "voc_engine.runners.settle:settled", "settle who speaks over the study; what nobody confirmed is context"),
    Pass("pseudonyms", (r.Document, r.Utterance), (Pseudonyms,), "give",
         "voc_engine.runners.allocate:pseudonyms", "allocate a pseudonym to everybody, learn what they consented to"),
    Stage("redact", (*_READ, Pseudonyms), _READ, "map",
          "voc_engine.redact.stage:run", "give people pseudonyms and mask contact data"),
    Pass("copies", (r.Document, r.Utterance), (r.Copies,), "give",
         "voc_engine.runners.copy_finder:copies", "find over the whole study what was sent twice, and what many sent alike"),
    Stage("segment", (*_READ, r.Copies), (r.Segment, r.Skipped), "map",
          "voc_engine.segment.stage:run", "set other languages aside, cut into sentences with their exact place"),
    Pass("drawing", (r.Document, r.Segment), (r.Drawn,), "give",
         "voc_engine.runners.sampling:drawn", "where a study is sampled: choose who is read in full"),
    Stage("sample", (r.Document, r.Utterance, r.Segment, r.Drawn), (r.Document, r.Utterance, r.Segment), "map",
          "voc_engine.sample.stage:run", "where a study is sampled: go on with them alone"),
    Stage("embed", (r.Segment,), (r.Vectors,), "distinct",
          "voc_engine.embed.stage:run", "embed each distinct sentence once"),
    Pass("withholding", (*_READ, r.Segment, *_EVIDENCE), (*_READ, r.Segment, *_EVIDENCE), "withhold",
         "voc_engine.runners.withheld:withheld", "keep the words of who may not be quoted from all that readers see"),
    Stage("topics", (r.Segment, r.Vectors), (r.Topic, r.TopicAssignment), "fit",
          "voc_engine.topics.stage:run", "find what people talk about"),
    Stage("mentions", (r.Document, r.Segment, r.Vectors), _EVIDENCE, "map",
          "voc_engine.mentions.stage:run", "find pain points, goals, objections, requests, delights, triggers, disclosures"),
    Stage("insights", (r.Document, r.Segment, r.Mention, r.Topic, r.TopicAssignment, r.Vectors), _ASSISTED[1:], "fit",
          "voc_engine.insights.stage:run", "merge what says the same, count the people"),
    Stage("codebook", (r.Document, r.Segment, r.Vectors), (r.Code, r.Coding), "fit",
          "voc_engine.codebook.stage:run", "apply the researcher's own codes by definition and example"),
    Stage("personas", (r.Document, r.Segment, r.Disclosure, *_ASSISTED, r.Vectors), _CAST, "fit",
          "voc_engine.personas.stage:run", "group people who share goals, pains and objections"),
    Stage("empathy", (r.Segment, r.Mention, r.Insight, r.InsightMember, r.Persona, r.Membership), (r.EmpathyEntry,), "fit",
          "voc_engine.empathy.stage:run", "say, think, do, feel, pains and gains per persona"),
    Pass("assistant", (r.Segment, *_ASSISTED), _ASSISTED, "ask",
         "voc_engine.runners.assisting:assisted", "ask a language model, where one is configured"),
    Pass("decisions", (r.Decision, *_DECIDED), _DECIDED, "replay",
         "voc_engine.runners.decide:replay", "repeat people's decisions on what the stages gave"),
    Stage("estimates", (r.Segment, *_ASSISTED, r.Membership, r.Drawn), (r.Estimate, r.Sampling), "fit",
          "voc_engine.estimates.stage:run", "where a study is sampled: estimate how many of all people say it"),
    Stage("report", (), (), "report", "voc_engine.report.stage:run", "write the tables and the pages"),
)  # fmt: skip
STAGES: tuple[Stage, ...] = tuple(one for one in FLOW if isinstance(one, Stage))
PASSES: tuple[Pass, ...] = tuple(one for one in FLOW if not isinstance(one, Stage))


def stage(name: str) -> Stage:
    """The stage of that name. Raises KeyError for a name that is not on the map."""
    return {one.name: one for one in STAGES}[name]
