"""A vault under a passphrase: values that cannot be read and keys that cannot be recognised without it.

scrypt (RFC 7914) makes a key of the passphrase; it opens the vault's own random key, from which AES-256-GCM seals the
values and keyed BLAKE2b (RFC 7693) marks the look-up keys. Changing the passphrase so changes one row and not all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from voc_engine.errors import ConfigError

VARIABLE = "VOC_VAULT_PASSPHRASE"
_NONCE = 12  # bytes: the 96 bits of AES-GCM (NIST SP 800-38D)
_COST, _BLOCK, _LANES = 2**15, 8, 1  # 32 MiB and about a tenth of a second
_typed: list[str] = []


def type_passphrase(passphrase: str) -> None:
    """Keep for this process what somebody typed."""
    _typed[:] = [passphrase]


def passphrase() -> str | None:
    """What the environment holds, else what was typed, else None."""
    return os.environ.get(VARIABLE) or next(iter(_typed), None)


@dataclass(frozen=True)
class Seal:
    """``key``: 32 random bytes of one vault."""

    key: bytes

    def hide(self, value: str, context: str) -> bytes:
        """Nonce and ciphertext. ``context`` is bound to it: a value moved to another row does not open."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(self._derived(b"values")).encrypt(nonce, value.encode(), context.encode())

    def show(self, hidden: bytes, context: str) -> str:
        """The value. Raises ValueError where it was altered or the key is another."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            opened = AESGCM(self._derived(b"values")).decrypt(hidden[:_NONCE], hidden[_NONCE:], context.encode())
        except InvalidTag as error:
            raise ValueError("altered, or sealed with another key") from error
        return opened.decode()

    def mark(self, key: str) -> str:
        """The same 40 digits for the same key; without the vault's key nobody can tell which."""
        return blake2b(key.encode(), key=self._derived(b"marks"), digest_size=20).hexdigest()

    def _derived(self, purpose: bytes) -> bytes:
        return blake2b(purpose, key=self.key, digest_size=32).digest()


def new_lock(passphrase: str, key: bytes) -> bytes:
    """What is stored in order to open ``key`` with the passphrase: salt and sealed key."""
    salt = os.urandom(16)
    return salt + Seal(_stretched(passphrase, salt)).hide(key.hex(), "vault key")


def open_lock(lock: bytes, passphrase: str | None, path: str) -> Seal:
    """The seal of a vault. Raises ConfigError without a passphrase and for a wrong one."""
    if passphrase is None:
        raise ConfigError(
            f"The vault {path} is encrypted and there is no passphrase.",
            do=f"set the environment variable {VARIABLE}, or run the command in a terminal, where it is asked for",
        )
    try:
        return Seal(bytes.fromhex(Seal(_stretched(passphrase, lock[:16])).show(lock[16:], "vault key")))
    except ValueError:
        raise ConfigError(
            f"The passphrase does not open the vault {path}.",
            do="try again; without the right passphrase nobody can open it, and its pseudonyms cannot be undone",
        ) from None


@lru_cache(maxsize=8)
def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES).derive(passphrase.encode())
