"""Under which keyed hashes numbers and addresses are on opt-out lists.

The key is a keyed hash of the SHA-256 of the normal form, because lists are also issued as SHA-256 hashes.
"""

from hashlib import sha256

from models.base.keyed_hash import KeyedHash

_LABEL = "opt-out"


def number_key(hashes: KeyedHash, number: str) -> str:
    """Return the key of a number in E.164."""
    return key_of_hash(hashes, sha256(number.encode()).hexdigest())


def email_key(hashes: KeyedHash, email: str) -> str:
    """Return the key of an email address. Only the case of its domain is ignored: what differs in dots or
    tags is another mailbox with most providers.
    """
    local, at, domain = email.rpartition("@")
    return key_of_hash(hashes, sha256(f"{local}{at}{domain.lower()}".encode()).hexdigest())


def key_of_hash(hashes: KeyedHash, digest: str) -> str:
    """Return the key of a SHA-256 (64 hexadecimal digits) of a normal form."""
    return hashes.of(_LABEL, digest.lower())
