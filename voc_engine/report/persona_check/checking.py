"""Check the personas that somebody brings against a finished run."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.config import Config
from voc_engine.errors import ConfigError
from voc_engine.privacy.withholding import withheld_in, withhold
from voc_engine.records import (
    EVIDENCE_ROLES,
    Batch,
    Mention,
    Segment,
)
from voc_engine.records.claim import Aside, Claim
from voc_engine.registry import component
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.persona_check.judging import Heard, verdicts
from voc_engine.report.persona_check.scope import scope_of
from voc_engine.report.persona_check.verdict_page import Checked, Pages
from voc_engine.report.publish import result_kinds
from voc_engine.store.results import records_of
from voc_engine.store.workspace import Workspace


def check_personas(
    workspace: Workspace,
    run_id: str,
    file: str,
    claims: Sequence[Claim],
    aside: Sequence[Aside] = (),
    persona: str | None = None,
    where: Sequence[str] = (),
) -> tuple[Checked, Pages]:
    """Everybody counts, those too who may not be quoted; the pages hold only words that the run's readers may see.

    Raises ConfigError where the run, the persona or the attribute is not there.
    """
    manifest = workspace.manifest(run_id)
    if manifest is None:
        raise ConfigError(f"There is no run {run_id!r} in {workspace.root}.", do="run the study first")
    config = Config.model_validate(manifest["config"])
    batch = Batch.make(*records_of(workspace.parts, manifest["parts"], result_kinds()))
    vectors = workspace.parts.read_vectors("embed", manifest["parts"]["embed"])
    segments = [one for one in batch.of(Segment) if one.role in EVIDENCE_ROLES and one.text_key in vectors]
    material = Heard(
        segments,
        vectors.rows([one.text_key for one in segments]),
        batch.of(Mention),
        component("embedder", config.embed.model).encode,
        component("mention extractor", config.mentions.extractor),
    )
    scope = scope_of(batch, persona, where)
    results = verdicts(claims, material, scope)
    study = Study(run_id, config.study.name, config.study.question, config, withhold(batch, withheld_in(manifest)))
    checked = Checked(file, run_id, scope.told, len(scope.people), results, aside)
    return checked, Pages(Evidence(study), workspace.report(run_id))
