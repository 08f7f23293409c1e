"""One section per stage. Field descriptions are the documentation: the packaged default TOML is generated from them."""

from __future__ import annotations

from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from voc_engine.config.effort import EstimatesConfig as EstimatesConfig
from voc_engine.config.effort import RunConfig as RunConfig
from voc_engine.config.effort import SampleConfig as SampleConfig
from voc_engine.config.section import Section as Section
from voc_engine.records import language_code

Kind = Literal["interview", "review", "post", "ticket", "survey"]
Use = Literal["names", "members", "mentions"]


class StudyConfig(Section):
    name: str = Field("Voice of the customer", description="Title of the study, shown on every page of the report.")
    workspace: str = Field(".", description="Folder of the workspace (.voc and reports), relative to this file.")
    question: str = Field("", description="The research question, printed on the overview.")
    guide: list[str] = Field(
        default_factory=list,
        description="The questions of the interview guide, one text each, for the report's grid of questions; absent:"
        " what is asked in at least half of the talks in much the same words.",
    )
    interviewers: list[str] = Field(
        default_factory=list, description="Names of those who ask, in all talks of the study: never evidence."
    )
    participants: list[str] = Field(
        default_factory=list, description="Names of those who took part, in all talks of the study."
    )
    agents: list[str] = Field(
        default_factory=list, description="Staff in all tickets and mails: mail addresses, names, or domains."
    )
    part_rows: int = Field(
        2_000,
        ge=1,
        description="Turns (of a table: rows) that are worked on as one part. Smaller parts use more processes and less"
        " memory, larger ones take less time in all; the results are the same.",
    )


class SourceConfig(Section):
    path: str = Field(description="File, folder or glob, relative to this file. ** crosses folders.")
    kind: Kind | None = Field(None, description="interview, review, post, ticket or survey; guessed when absent.")
    format: str | None = Field(
        None, description="Name of a reader such as zendesk.v1; guessed from content when absent."
    )
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="What a column means, where it cannot be guessed: text, id, person, date, rating, title, channel, url.",
    )
    attributes: list[str] = Field(default_factory=list, description="Columns kept as attributes of the person.")
    proof: bool = Field(
        False,
        description="The company's own texts, such as help, prices, case studies: nobody is counted and nothing in them is"
        " evidence; their sentences may answer objections (answers, of the personas).",
    )
    interviewers: list[str] = Field(default_factory=list, description="Names of interviewers in these transcripts.")
    participants: list[str] = Field(default_factory=list, description="Names of participants in these transcripts.")
    agents: list[str] = Field(
        default_factory=list,
        description="Staff in these tickets and mails, where the source does not tell: mail addresses, names, or domains"
        " such as example.com.",
    )
    channel: str | None = Field(None, description="Channel to record for these documents.")
    encoding: str | None = Field(None, description="Text encoding; detected when absent.")
    day_first: bool | None = Field(
        None, description="Whether 03/04/2026 is the 3rd of April; told from the column's dates when absent."
    )
    ids: str | None = Field(
        None,
        description="Name of the system whose ids name the people of these tables, such as crm: sources of one system"
        " share their people by id.",
    )
    consent: dict[Literal["analyse", "quote_internal", "quote_external"], str] = Field(
        default_factory=dict,
        description="Columns with yes or no to: analyse, quote_internal, quote_external; columns named consent_analyse,"
        " consent_quote_internal and consent_quote_external are found without this.",
    )
    retention_days: int | None = Field(
        None,
        ge=0,
        description="Days for which a document may be kept after its date; 'voc retention' tells what is over.",
    )
    keep_until: date | None = Field(None, description="Day until which the whole source may be kept: 2027-12-31.")
    collected: date | None = Field(None, description="Day that counts for documents without a date of their own.")


class PeopleConfig(Section):
    file: str | None = Field(
        None,
        description="CSV with one row per person: a column 'person', any of name, email, handle, id by which sources"
        " know the person (several separated by ;), and further columns taken as attributes.",
    )


class RedactConfig(Section):
    enabled: bool = Field(
        True, description="Mask names, contact data, ids and addresses before anything else reads the text."
    )
    names: Literal["model", "cues", "list"] = Field(
        "model",
        description="How names of people outside the study are found: 'model' (a language model, word lists and what stands"
        " around a name), 'cues' (the same without the model, for dumps of millions of tickets), 'list' (not at all: only"
        " the study's own people).",
    )
    companies: bool = Field(
        True,
        description="Put C01, C02 ... in place of companies that a column company, organisation or account names, in the"
        " column and in the text.",
    )
    keep: list[str] = Field(
        default_factory=list,
        description="Names and handles that are never masked: your own company, its products, the brand under study.",
    )


class SegmentConfig(Section):
    languages: list[str] = Field(
        default_factory=lambda: ["en"],
        description="Codes of the languages that are read. A document that is surely written in another one is kept, set"
        " aside and counted; what is too short or too mixed to tell is read. [] reads everything.",
    )
    max_words: int = Field(60, ge=10, description="Longer sentences are cut at clause boundaries.")
    set_copies_aside: bool = Field(
        True,
        description="Count what was sent twice once: the first of one person's copies, and of a long text that several"
        " people sent. The rest is kept, set aside and counted.",
    )
    copy_likeness: float = Field(
        0.8,
        ge=0.7,
        le=1,
        description="Share of their runs of five words that two texts have in common when one is a copy of the other."
        " Under 8 words only the very same words are a copy.",
    )
    repost_words: int = Field(
        20,
        ge=0,
        description="From this many words on, a text that somebody else sent before is a repost, a template or a"
        " campaign, and no further voice. 0: never; shorter words of two people always count as two.",
    )

    boilerplate_people: int = Field(
        5,
        ge=0,
        description="Lines and sentences that at least so many people sent alike inside longer texts are set aside: headings"
        " of forms, check boxes, disclaimers, lines of a log. What people also send by itself stays. 0: never.",
    )

    @field_validator("languages")
    @classmethod
    def _codes(cls, stated: list[str]) -> list[str]:
        """Names are taken as well ("German"): a word that is no language would set everything aside."""
        codes = [language_code(one) for one in stated]
        if None in codes:
            raise ValueError(f"{stated[codes.index(None)]!r} is no language; write its ISO 639-1 code, such as 'de'")
        return [code for code in codes if code]


class EmbedConfig(Section):
    model: str = Field(
        "minilm.v2",
        description='Embedder, by its registered name. "minilm.v1" is all-MiniLM-L6-v2 as it was published; "minilm.v2"'
        " was tuned so that what says the same lies together.",
    )


class TopicsConfig(Section):
    model: str = Field("bertopic.v1", description="Topic model, by its registered name.")
    min_size: int | None = Field(None, ge=2, description="Fewest segments in a topic; follows the amount when absent.")
    max_topics: int | None = Field(
        None, ge=2, description="Most topics to keep apart; follows the amount when absent (28 of 2,500 sentences)."
    )
    sample: int = Field(10_000, ge=100, description="Distinct sentences that the fit sees; the rest is assigned.")


class MentionsConfig(Section):
    extractor: str = Field("heads.v1", description="Mention extractor, by its registered name.")
    heads: str | None = Field(
        None,
        description="Folder of heads refitted with 'voc train', relative to this file; the shipped ones when absent.",
    )
    min_probability: float = Field(0.5, ge=0, le=1, description="Mentions below it are not kept.")
    min_worth: float = Field(
        0.5, ge=0, le=1, description="Mentions in sentences less likely worth a researcher's marking are not kept."
    )
    every_kind: bool = Field(
        False,
        description="Mark also the kinds that are off for a kind of source, or beside a sentence's sentiment, "
        "because too few were right there.",
    )


class InsightsConfig(Section):
    join: float = Field(
        0.4,
        gt=0,
        lt=1,
        description="Two groups of mentions become one theme where they say the same with at least this mean probability.",
    )
    stay: float = Field(
        0.35, gt=0, lt=1, description="A mention is of a theme whose others it says with at least this probability."
    )
    match: float = Field(
        0.3,
        ge=0,
        lt=1,
        description="What may be of a finding is gathered where it says the key point with at least this probability.",
    )
    member: float = Field(
        0.6,
        ge=0,
        lt=1,
        description="A finding holds whoever says its key point with at least this probability, and bears a name that its"
        " people say with it.",
    )
    second: float = Field(
        0.65,
        ge=0,
        lt=1,
        description="A finding stands where somebody else than who lends its key point says it with this probability.",
    )
    title: float = Field(
        0.6, ge=0, lt=1, description="How likely a strict reader takes the title of a finding for right, at least."
    )
    sure: float = Field(
        0.6, ge=0, le=1, description="Mentions below this probability stay alone: findings are of what is surer."
    )
    firm: float = Field(
        0.7,
        ge=0,
        le=1,
        description="A finding needs two people with mentions of at least this probability; what is less sure joins it.",
    )
    clear: float = Field(
        0.5,
        ge=0,
        le=1,
        description="Mentions that can be understood by themselves with less than this probability join findings and"
        " never make one.",
    )
    half_life_days: float = Field(180.0, gt=0, description="Age at which a mention counts half for recency.")


class CodebookConfig(Section):
    file: str | None = Field(
        None,
        description="Codes of your own, relative to this file: TOML, CSV, a REFI-QDA codebook (.qdc), or a list of codes as"
        " MAXQDA and NVivo write them (.xlsx, .txt). They are applied beside what is found; 'voc review' makes codes too.",
    )
    sure: float = Field(
        0.65, gt=0, lt=1, description="A sentence is coded where it is of the code with at least this probability."
    )
    embedder: str | None = Field(
        None,
        description="Embedder of the codes' words; that of [embed] when absent, with which sentences are compared.",
    )


class PersonasConfig(Section):
    attribute: str | None = Field(None, description="Declare personas by this attribute instead of discovering them.")
    within: bool = Field(
        False, description="With an attribute: look for groups among the people of each of its values as well."
    )
    names: Literal["phrase", "alliterative"] = Field(
        "phrase",
        description='"phrase": who they are and what they talk about, counted. "alliterative": a given name before it'
        ' ("Delivery Dana"); the name is a label and tells of no person.',
    )
    answers: list[Literal["reply", "proof", "customer"]] = Field(
        default_factory=list,
        description="What may answer an objection beside what you typed in 'voc review': 'reply' (what staff said next),"
        " 'proof' (sentences of sources with proof = true), 'customer' (others who are content). Off: of words that were"
        " read, fewer than 70% answered.",
    )
    max_personas: int = Field(6, ge=2, description="Most personas that are looked for.")
    min_members: int = Field(3, ge=2, description="Fewest people in a persona.")
    negative: dict[str, str] = Field(
        default_factory=dict, description="Attribute and value by which a persona is ranked negative."
    )
    review_after_days: int = Field(
        180, ge=1, description="A card is due for review this many days after the newest document."
    )


class EmpathyConfig(Section):
    entries: int = Field(6, ge=1, description="Most entries in a quadrant.")
    inferred_min_people: int = Field(8, ge=0, description="Inferred entries are off in studies with fewer people.")


def _every_use() -> list[Use]:
    return ["names", "members", "mentions"]


class AssistantConfig(Section):
    endpoint: str | None = Field(
        None,
        description="Address of a language model's server that speaks the OpenAI protocol, such as"
        " http://localhost:8080/v1. Off where absent: then nothing leaves this machine. Where it is set, masked quotes go"
        " there; 'voc plan' and the report's method page tell how many and of whom.",
    )
    model: str = Field("", description="Name of the model, as the server knows it; some servers need none.")
    key_variable: str | None = Field(
        None, description="Environment variable that holds the server's key; the key itself is written nowhere."
    )
    uses: list[Use] = Field(
        default_factory=_every_use,
        description="What it is asked for: 'names' (the heading of a finding of three people and more, in words of its"
        " quotes), 'members' (whether what hardly says a finding's key point says it), 'mentions' (whether what is unsure"
        " is a mention). It never adds one.",
    )
    most: int = Field(300, ge=1, description="Most questions of each use in a run: the leading, or least sure, first.")
    timeout_seconds: float = Field(
        60.0, gt=0, description="Time for one answer. After three that do not come in a row nothing more is asked."
    )

    @field_validator("endpoint")
    @classmethod
    def _address(cls, stated: str | None) -> str | None:
        """What is no plain address would send words to nobody knows where."""
        if stated is None:
            return None
        try:
            parts = urlsplit(stated)
            plain = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
        except ValueError:
            plain = False
        if not plain or "@" in parts.netloc or parts.query or parts.fragment or not stated.isprintable():
            raise ValueError(
                "write the address alone, such as 'http://localhost:8080/v1'; a key goes into an environment variable that"
                " key_variable names"
            )
        return stated.rstrip("/")


class ReportConfig(Section):
    formats: list[str] = Field(default_factory=lambda: ["html.v1"], description="Report formats by registered names.")
    audience: Literal["internal", "external"] = Field(
        "internal",
        description="Who will read it. Words of people who did not consent to be quoted to these readers are withheld.",
    )
    frame: Literal["research", "cx", "marketing"] | None = Field(
        None,
        description="Whom the pages are made for: decides which there are, their order and their words. If absent, research"
        " where interviews are at least half of what was said, else cx where there are tickets, else marketing.",
    )
    search_characters: int = Field(
        20_000_000,
        ge=0,
        description="How many characters the search page may look in: it loads them all. In a larger study it looks in"
        " quotes alone, those of the leading findings first.",
    )


class Config(Section):
    """The whole configuration of a study, sections in flow order."""

    study: StudyConfig = StudyConfig()
    run: RunConfig = RunConfig()
    sources: list[SourceConfig] = Field(default_factory=list)
    people: PeopleConfig = PeopleConfig()
    redact: RedactConfig = RedactConfig()
    segment: SegmentConfig = SegmentConfig()
    sample: SampleConfig = SampleConfig()
    embed: EmbedConfig = EmbedConfig()
    topics: TopicsConfig = TopicsConfig()
    mentions: MentionsConfig = MentionsConfig()
    insights: InsightsConfig = InsightsConfig()
    codebook: CodebookConfig = CodebookConfig()
    personas: PersonasConfig = PersonasConfig()
    empathy: EmpathyConfig = EmpathyConfig()
    assistant: AssistantConfig = AssistantConfig()
    estimates: EstimatesConfig = EstimatesConfig()
    report: ReportConfig = ReportConfig()

    @model_validator(mode="after")
    def _for_every_source(self) -> Config:
        """Who asks, takes part or is staff in the whole study does so in each source."""
        shared = {key: getattr(self.study, key) for key in ("interviewers", "participants", "agents")}
        if any(shared.values()):
            sources = [
                one.model_copy(update={key: list(dict.fromkeys([*getattr(one, key), *shared[key]])) for key in shared})
                for one in self.sources
            ]
            object.__setattr__(self, "sources", sources)
        return self

    @model_validator(mode="after")
    def _codes_as_sentences(self) -> Config:
        """Codes are compared with sentences, so that one embedder has to read both."""
        if self.codebook.embedder is None:
            object.__setattr__(self, "codebook", self.codebook.model_copy(update={"embedder": self.embed.model}))
        return self
