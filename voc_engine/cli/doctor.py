"""voc doctor: is everything here that a run needs?"""

from __future__ import annotations

from collections.abc import Callable

import click


@click.command()
@click.option(
    "--workspace", type=click.Path(file_okay=False), default=".", show_default=True, help="Workspace to check."
)
def doctor(workspace: str) -> int:
    """Check Python, libraries, models, registered components and the workspace; nothing is downloaded.

    \b
    Example:
      voc doctor
    """
    checks: dict[str, Callable[[str], str]] = {
        "python": _python, "libraries": _libraries, "language model": _language_model, "embedder": _embedder,
        "components": _components, "workspace": _workspace,
    }  # fmt: skip
    failed = 0
    for name, check in checks.items():
        try:
            click.echo(f"ok      {name:<15} {check(workspace)}")
        except Exception as error:  # a check-up reports whatever is broken, and goes on
            failed += 1
            click.echo(f"BROKEN  {name:<15} {type(error).__name__}: {error}")
    click.echo("Everything is in place." if not failed else f"{failed} of {len(checks)} checks failed.")
    return 3 if failed else 0


def _python(_: str) -> str:
    import sys

    if sys.maxsize < 1 << 32:
        raise RuntimeError("a 64-bit Python is needed")
    return sys.version.split()[0]


def _libraries(_: str) -> str:
    from importlib import import_module

    for name in (
        "pandas",
        "pyarrow",
        "duckdb",
        "sklearn",
        "spacy",
        "textblob",
        "vaderSentiment",
        "jinja2",
        "snowballstemmer",
    ):
        import_module(name)
    from voc_engine.runners.fingerprint import library_versions

    return ", ".join(f"{name} {version}" for name, version in library_versions().items())


def _language_model(_: str) -> str:
    from voc_engine.mentions.parsing import pipeline

    doc = pipeline()("The export button does not work.")
    negations = [token.lemma_ for token in doc if token.dep_ == "neg"]
    if negations != ["not"]:
        raise RuntimeError("the parser does not see the negation in a plain sentence")
    return "parses a plain sentence"


def _embedder(_: str) -> str:
    from voc_engine.config import EmbedConfig
    from voc_engine.registry import component

    embedder = component("embedder", EmbedConfig().model)
    matrix = embedder.encode(["It crashes all the time.", "It keeps crashing.", "The weather was fine."])
    near, far = float(matrix[0] @ matrix[1]), float(matrix[0] @ matrix[2])
    if near <= far:
        raise RuntimeError("a paraphrase is not nearer than another sentence; the model's weights are damaged")
    return f"{embedder.revision}: paraphrase {near:.2f}, other sentence {far:.2f}"


def _components(_: str) -> str:
    from voc_engine.registry import GROUPS, component, names

    for kind in GROUPS:
        for name in names(kind):
            component(kind, name)
    return ", ".join(f"{len(names(kind))} {kind}s" for kind in GROUPS)


def _workspace(workspace: str) -> str:
    import os
    import shutil
    import tempfile
    from pathlib import Path

    root = Path(workspace).resolve()
    with tempfile.NamedTemporaryFile(dir=root, prefix=".voc-check-"):
        free = shutil.disk_usage(root).free
    if free < 1 << 30:
        raise RuntimeError(f"less than 1 GB is free in {root}")
    vault = root / ".voc" / "vault.sqlite"
    if vault.exists() and os.stat(vault).st_mode & 0o077:
        raise RuntimeError(f"{vault} can be read by others: chmod 600 it")
    return f"{root} can be written, {free / (1 << 30):.0f} GB free"
