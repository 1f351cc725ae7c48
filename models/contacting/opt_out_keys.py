"""Under which keyed hashes numbers and addresses are on opt-out lists."""

from models.base.keyed_hash import KeyedHash

_LABEL = "opt-out"


def number_key(hashes: KeyedHash, number: str) -> str:
    """Return the hash of a number in E.164."""
    return hashes.of(_LABEL, number)


def email_key(hashes: KeyedHash, email: str) -> str:
    """Return the hash of an email address. Only the case of its domain is ignored: what differs in dots or
    tags is another mailbox with most providers.
    """
    local, at, domain = email.rpartition("@")
    return hashes.of(_LABEL, f"{local}{at}{domain.lower()}")
