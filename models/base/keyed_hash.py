"""Keyed hashes of personal data, under a key that never rotates: stored ones cannot be made anew."""

import hmac
from dataclasses import dataclass, field

SHORTEST_KEY = 32  # bytes


@dataclass(frozen=True, slots=True)
class KeyedHash:
    """Hashes under `HASH_KEY`, each kind with a label of its own. `ValueError` for a key below 32 bytes."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"the key of hashes needs at least {SHORTEST_KEY} bytes")

    def of(self, label: str, text: str) -> str:
        """Return a hash (64 hexadecimal digits), which cannot be computed without the key."""
        message = f"{label}:{text}".encode("utf-8", "backslashreplace")
        return hmac.digest(self.key, message, "sha256").hex()
