"""The method card: how the report came about, and what it cannot tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from voc_engine.personas.told_well import OTHER, REVIEW, shown_fields
from voc_engine.privacy.removal import FORGOTTEN
from voc_engine.privacy.withholding import MARK
from voc_engine.records import BOILERPLATE, COPY, DISCLOSURES, MENTION_KINDS, REPOST, SAME_RECORD, language_name
from voc_engine.report import redaction, wording
from voc_engine.report.charts import Chart, saturation_chart
from voc_engine.report.estimated import LIMIT, read_in_full
from voc_engine.report.evidence import Evidence
from voc_engine.report.overview import channel_mix
from voc_engine.report.reliability import facts
from voc_engine.report.report_frame import chosen_words
from voc_engine.report.saturation import saturation, topic_saturation

LIMITS = (
    "Kinds, moods and severities are found by a program with rules and trained heads. It misses some mentions and takes"
    " some sentences for what they are not. The quote beside each claim is there so that you can judge it yourself.",
    "Sarcasm is not understood reliably.",
    "Who wrote or was interviewed is not a random sample of all customers. Shares and their intervals speak of people"
    " like the ones heard, in these channels.",
    "Silence is not satisfaction: what nobody mentioned may still matter. An interview guide decides what is spoken of.",
    "Priority is a way to sort (reach, times mean severity, times recency), not a forecast of sales or churn.",
    "A difference in ratings between those who say something and those who do not is no proof of a cause.",
    "Personas describe the groups in this material. They drift, and want to be refreshed when new voices come in.",
)


@dataclass(frozen=True, slots=True)
class MethodCard:
    facts: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, int], ...]
    charts: tuple[Chart, ...]
    saturation: str
    reliability: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str, str, int], ...]
    limits: tuple[str, ...]
    small: bool


def method_card(evidence: Evidence) -> MethodCard:
    curve, coarse = saturation(evidence), topic_saturation(evidence)
    study = evidence.study
    return MethodCard(
        facts=tuple(pair for pair in _facts(evidence) if pair[1]),
        skipped=_skipped(evidence),
        charts=tuple(
            saturation_chart(key, one, things)
            for key, one, things in (("saturation", curve, "findings"), ("saturation-topics", coarse, "topics"))
            if one
        ),
        saturation=_last_people(curve.people, curve.mean) if curve else "",
        reliability=tuple(facts(evidence)),
        notes=tuple((wording.sentence(key.replace("_", " ")), value) for key, value in study.method.items()),
        versions=tuple(sorted(study.versions.items())),
        definitions=tuple(
            (
                kind,
                wording.sentence(wording.kind_name(kind)),
                wording.KIND_DEFINITIONS[kind],
                sum(one.kind == kind for one in evidence.mentions.values()),
            )
            for kind in MENTION_KINDS
        ),
        limits=(*LIMITS, LIMIT) if evidence.sampling else LIMITS,
        small=len(evidence.people) < wording.SMALL_SAMPLE,
    )


def _facts(evidence: Evidence) -> list[tuple[str, str]]:
    dated = [one.created_at for one in evidence.documents.values() if one.created_at]
    undated = len(evidence.documents) - len(dated)
    words = sum(one.n_words for one in evidence.study.sources)
    return [
        ("People", f"{wording.people(len(evidence.people))} whose words count as evidence"),
        ("Channel mix", wording.listing(list(channel_mix(evidence)))),
        ("Read in full", read_in_full(evidence)),
        ("Words", wording.count(words, "word") if words else ""),
        ("Dates", wording.date_range(dated) + (f"; {wording.count(undated, 'document')} not dated" if undated else "")),
        ("Languages", languages(evidence)),
        ("Made for", chosen_words(evidence.study.config.report.frame, evidence.documents.values())),
        ("Coverage", coverage(evidence)),
        ("To check", to_check(evidence)),
        ("Not counted", _not_counted(evidence)),
        ("Told of themselves", _disclosures(evidence)),
        ("Copies and reposts", _copies(evidence)),
        ("Boilerplate", _boilerplate(evidence)),
        ("Not quoted", _withheld(evidence)),
        ("Forgotten", _forgotten(evidence)),
        *_redaction(evidence),
    ]


def _redaction(evidence: Evidence) -> list[tuple[str, str]]:
    options = evidence.study.config.redact
    if not options.enabled:
        return [("Redaction", f"Redaction was switched {redaction.OFF}. Do not pass this report on.")]
    texts = (text for one in evidence.documents.values() for text in (one.text, one.title or "", one.context or ""))
    return [
        (
            "Redaction",
            "Assisted redaction, before anything else read the text. It is not a promise that every name was caught:"
            " read before you pass this report on.",
        ),
        ("Redaction: options", redaction.told_options(options)),
        ("Redaction: masked in this run", redaction.masked(texts)),
        ("Redaction: measured", redaction.measured()),
    ]


def languages(evidence: Evidence) -> str:
    """How many documents are in which language, and which are not read."""
    counted = Counter(one.language for one in evidence.documents.values())
    codes = sorted((code for code in counted if code), key=lambda code: (-counted[code], code))
    read = evidence.study.config.segment.languages
    parts = [
        f"{language_name(code)}: {wording.count(counted[code], 'document')}"
        + (" set aside" if read and code not in read else "")
        for code in codes
    ]
    if counted[None]:
        parts.append(f"too short or mixed to tell: {counted[None]:,}" + (", read all the same" if codes else ""))
    return "; ".join(parts) if codes else ""


def to_check(evidence: Evidence) -> str:
    """How many mentions a person should look at, by reason; they stand in the mentions table."""
    reasons = Counter(reason for one in evidence.mentions.values() for reason in one.review)
    counts = [f"{amount:,} {reason}" for reason, amount in sorted(reasons.items())]
    return (
        f"mentions that a person should decide: {wording.listing(counts)} (column 'review' of the table)"
        if counts
        else ""
    )


def coverage(evidence: Evidence) -> str:
    """Share of customers' sentences that carry a mention or belong to a topic."""
    segments = evidence.evidence_segments
    if not segments:
        return ""
    mentioned = {one.segment_id for one in evidence.mentions.values()}
    with_mention = sum(one.segment_id in mentioned for one in segments)
    either = sum(one.segment_id in mentioned or one.segment_id in evidence.topic_of for one in segments)
    return (
        f"{wording.of_things(either, len(segments), 'sentence')} carry a mention or belong to a topic;"
        f" {wording.of_things(with_mention, len(segments), 'sentence')} carry a mention"
    )


def _not_counted(evidence: Evidence) -> str:
    turns = [turn for several in evidence.utterances.values() for turn in several]
    parts = []
    for role in ("interviewer", "agent", "bot", "proof"):
        amount = sum(turn.role == role for turn in turns)
        if amount:
            parts.append(wording.count(amount, f"{wording.role(role)} turn"))
    cut = sum(bool(turn.cut) for turn in turns)
    if cut:
        parts.append(wording.count(cut, "stretch", "stretches") + " of quoted mail, signatures and the like")
    return wording.listing(parts) + (" are shown as context and are never evidence" if parts else "")


def _disclosures(evidence: Evidence) -> str:
    """Which of what people tell of themselves the cards count, and which not, where anything was told."""
    if not evidence.disclosures:
        return ""
    reviews, others = shown_fields(REVIEW), shown_fields(OTHER)
    never = [one for one in DISCLOSURES if one not in (*reviews, *others)]
    return (
        f"cards count what a reader found right at least seven times in ten: in reviews {wording.listing(list(reviews))};"
        f" in other sources {wording.listing(list(others))}. Not shown, for it is not read well enough or was never found:"
        f" {wording.listing(never)}"
    )


def _copies(evidence: Evidence) -> str:
    """What was set aside so that one text counts once."""
    copies, reposts = _left_out(evidence, COPY, SAME_RECORD), _left_out(evidence, REPOST)
    parts = [wording.count(copies, "near copy", "near copies") + " by the same person"] if copies else []
    parts += [wording.count(reposts, "repost") + " of somebody else’s long text"] if reposts else []
    return f"{wording.listing(parts)} set aside: each text counts once" if parts else ""


def _boilerplate(evidence: Evidence) -> str:
    """What nobody wrote although many sent it."""
    lines = _left_out(evidence, BOILERPLATE)
    return (
        f"{wording.count(lines, 'line')} of forms, logs and the like, which several people sent in the same words inside"
        " longer texts, set aside: context, and no evidence"
        if lines
        else ""
    )


def _withheld(evidence: Evidence) -> str:
    silent = {one.person_id for one in evidence.evidence_segments if one.text == MARK}
    silent |= {one.person_id for one in evidence.mentions.values() if one.quote == MARK}
    verb = "does" if len(silent) == 1 else "do"
    return (
        f"{wording.people(len(silent))} {verb} not consent to be quoted here: counted, and never quoted"
        if silent
        else ""
    )


def _forgotten(evidence: Evidence) -> str:
    gone = _left_out(evidence, FORGOTTEN)
    return (
        f"{wording.count(gone, 'document')} of people who asked to be forgotten: removed, not counted" if gone else ""
    )


def _left_out(evidence: Evidence, *reasons: str) -> int:
    return sum(one.count for one in evidence.skipped if one.reason in reasons)


def _skipped(evidence: Evidence) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for skipped in evidence.skipped:
        counted[skipped.reason] = counted.get(skipped.reason, 0) + skipped.count
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _last_people(people: tuple[int, ...], mean: tuple[float, ...]) -> str:
    if len(people) <= 1:
        return ""
    rate = (mean[-1] - mean[-2]) / (people[-1] - people[-2])
    return (
        f"At the end of the curve of findings (of two people and more), one more person like these brings {rate:.1f} new"
        f" finding{'' if f'{rate:.1f}' == '1.0' else 's'} on average. Published studies of interviews see"
        " codes saturate at 9 to 17 people (Guest 2006; Hennink 2017, 2022); finely cut findings take more."
    )
