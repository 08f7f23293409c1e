"""voc vault: the file that knows who is who, under a passphrase or in the open."""

from __future__ import annotations

import os

import click


@click.command()
@click.argument("action", type=click.Choice(["encrypt", "decrypt", "show"]))
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
def vault(action: str, workspace: str) -> int:
    """Put the vault under a passphrase (encrypt), take it off (decrypt), or print who is behind each pseudonym (show).

    The passphrase is asked for, or taken from the environment variable VOC_VAULT_PASSPHRASE. Encrypting an encrypted
    vault again changes its passphrase: the new one is then taken from VOC_VAULT_NEW_PASSPHRASE or asked for. Pseudonyms
    stay the same. A lost passphrase cannot be found again. The vault is all that is encrypted: .voc/parts holds what the
    sources say, unmasked.

    \b
    Example:
      voc vault encrypt --workspace my-study
      voc vault show --workspace my-study
    """
    from pathlib import Path

    from voc_engine.cli.opening import unlock
    from voc_engine.store.workspace import Workspace

    opened = Workspace(Path(workspace).resolve())
    unlock(opened)
    if action == "show":
        for person_id, name in sorted(opened.vault.names().items()):
            click.echo(f"{person_id}  {name}")
        return 0
    with opened.lock():
        if action == "encrypt":
            count = opened.vault.encrypt(_new_passphrase(again=opened.vault.encrypted))
            click.echo(f"The vault is encrypted: {count:,} people. Keep the passphrase where the vault is not.")
        else:
            count = opened.vault.decrypt()
            click.echo(f"The vault is in the open again: {count:,} people.")
    return 0


def _new_passphrase(*, again: bool) -> str:
    """From the environment, else typed twice."""
    from voc_engine.errors import ConfigError
    from voc_engine.privacy.sealing import VARIABLE

    name = "VOC_VAULT_NEW_PASSPHRASE" if again else VARIABLE
    passphrase = os.environ.get(name)
    if passphrase is None:
        passphrase = click.prompt("New passphrase of the vault", hide_input=True, confirmation_prompt=True, err=True)
    if not passphrase.strip():
        raise ConfigError("An empty passphrase protects nothing.", do=f"set {name}, or type one")
    return str(passphrase)
