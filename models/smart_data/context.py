"""What smart contact data needs besides the database: keys, the sources that are on, and reserved names."""

from collections.abc import Callable
from dataclasses import dataclass

from models.base.keyed_hash import KeyedHash
from models.base.sealing import Sealer
from models.outside.names import public_name
from models.outside.sources.source import LookUp, OutsideSource

_LABELS = {LookUp.PERSON: "smart_data:person", LookUp.ORGANISATION: "smart_data:organisation"}


def is_reserved(domain: str) -> bool:
    """Return whether a domain is reserved for examples or networks, so that nobody can be asked about it."""
    return public_name(domain) is None


@dataclass(frozen=True, slots=True)
class SmartDataContext:
    """Made once per process. `sources` are those that the server asks; `reserved` says of a domain whether it
    is none that can be asked about.
    """

    hashes: KeyedHash
    sealer: Sealer
    sources: frozenset[OutsideSource]
    reserved: Callable[[str], bool] = is_reserved

    def key(self, kind: LookUp, text: str) -> str:
        """Return the keyed hash under which an address or a domain is looked up."""
        return self.hashes.of(_LABELS[kind], text.lower())
