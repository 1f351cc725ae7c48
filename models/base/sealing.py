"""Sealing of secrets that have to be read again: AES-256-GCM under the key-encryption key of `KEY_FILE`.

What is sealed for one place cannot be opened at another: its label is authenticated with it.
"""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SHORTEST_KEY = 32  # bytes
_NONCE = 12  # bytes
_FORMAT = b"\x01"


class SealBroken(ValueError):  # noqa: N818 - named for what came
    """The bytes were sealed under another key or for another place, or have been changed."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals under a key of at least 32 bytes. Raises `ValueError` for a shorter one."""

    key: bytes = field(repr=False)
    _cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the key-encryption key needs at least {SHORTEST_KEY} bytes")
        derived = HKDF(SHA256(), 32, salt=None, info=b"leadgate seal 1").derive(self.key)
        object.__setattr__(self, "_cipher", AESGCM(derived))

    def seal(self, label: str, secret: bytes) -> bytes:
        """Return the sealed secret, different each time; `label` says where it is stored."""
        nonce = secrets.token_bytes(_NONCE)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, secret, label.encode())

    def open(self, label: str, sealed: bytes) -> bytes:
        """Return the secret. Raises `SealBroken`."""
        if sealed[:1] != _FORMAT or len(sealed) < 1 + _NONCE:
            raise SealBroken("these bytes are not sealed")
        nonce, content = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, content, label.encode())
        except InvalidTag:
            raise SealBroken("sealed under another key or for another place, or changed") from None
